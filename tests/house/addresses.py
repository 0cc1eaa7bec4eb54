"""The addresses of a division, with every object of it that they can name."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from django.db.models import Model
from django.urls import reverse

from telemachus.people.models import Delegation
from tests.cast import Cast
from tests.house.access_matrix import ROWS
from tests.house.routes import routes
from tests.house.stage import Stage

KINDS = {each.name: each.type for of in (Cast, Stage) for each in fields(of)} | {"delegation": Delegation}


def known(cast: Cast) -> dict[str, Any]:
    """What an address may ask for beside its object."""
    return {"slug": cast.digestive.slug, "form": "csv", "uidb36": "1", "key": "unknown", "mentor": cast.osei.pk}


def addresses(cast: Cast, objects: Iterable[Model]) -> list[str]:
    """Every address of the division, once with each of these objects that is of a kind it acts on; no demo pages."""
    taken = defaultdict(set)
    for row in ROWS:
        taken[row.route].add(KINDS.get(row.on))
    found, given = set(), known(cast)
    for route in routes():
        if route.name.startswith("demo") or route.name == "account_logout":
            continue
        pks = [each.pk for each in objects if type(each) in taken[route.name]] if "pk" in route.arguments else [""]
        found |= {
            reverse(route.name, kwargs={name: {**given, "pk": pk}[name] for name in route.arguments}) for pk in pks
        }
    return sorted(found)
