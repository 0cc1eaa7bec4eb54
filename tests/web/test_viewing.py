"""Whoever looks at a page about a person leaves role and day, and no name."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from telemachus.audit.models import Viewing
from tests.acts import ClientOf
from tests.cast import Cast


def seen() -> set[tuple[object, str, object]]:
    return set(Viewing.objects.values_list("about", "role", "day"))


def page(cast: Cast, who: str) -> str:
    return reverse("web:person", args=[cast.digestive.slug, getattr(cast, who).pk])


@pytest.mark.parametrize("office", ["director", "coordinator"])
def test_looking_is_recorded_as_role_and_day(cast: Cast, client_of: ClientOf, office: str) -> None:
    client_of(getattr(cast, office)).get(page(cast, "mei"))
    assert seen() == {(cast.mei.pk, office, cast.today)}


def test_looking_again_on_one_day_is_recorded_once(cast: Cast, client_of: ClientOf) -> None:
    for _again in range(3):
        client_of(cast.director).get(page(cast, "mei"))
    client_of(cast.directing_mentor).get(page(cast, "mei"))
    assert Viewing.objects.count() == 1
    tomorrow = cast.now + timedelta(days=1)
    with time_machine.travel(tomorrow, tick=False):
        client_of(cast.director).get(page(cast, "mei"))
    assert Viewing.objects.count() == 2


def test_looking_in_vain_is_not_recorded(cast: Cast, client_of: ClientOf) -> None:
    for other in (cast.chief, cast.osei, cast.other_director):
        assert client_of(other).get(page(cast, "mei")).status_code == 404
    assert seen() == set()


def test_who_looked_has_no_column() -> None:
    assert {field.name for field in Viewing._meta.get_fields()} == {"id", "about", "role", "day"}
