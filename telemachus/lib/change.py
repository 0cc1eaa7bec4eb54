"""One way to move a row from one state to the next, so that two people at once cannot both win."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from telemachus.lib.errors import Conflict


def compare_and_set(row: Model, *, where: dict[str, Any], to: dict[str, Any], otherwise: str = "") -> None:
    """Write `to` if the stored row still matches `where`, else raise Conflict; `row` follows the database."""
    changed = type(row)._base_manager.filter(pk=row.pk, **where).update(**to)
    if not changed:
        raise Conflict(otherwise or _("Somebody was faster: this has changed since you opened the page."))
    for name, value in to.items():
        setattr(row, name, value)


@dataclass(frozen=True)
class Turn:
    """A verb of a noun with states: from which it leads, and to which. Without `before` it begins the noun's life,
    without `after` it ends it. `docs/rooms/states.md` is drawn from them.
    """

    verb: str
    before: tuple[str, ...]
    after: str


def turn(row: Any, verb: str, *, after: str = "", otherwise: str = "", **also: Any) -> None:
    """Move the row as `TURNS` of its class say, else raise Conflict; `also` is written with it.

    `after` chooses where a verb leads to more than one state.
    """
    [way] = [each for each in type(row).TURNS if each.verb == verb and after in ("", each.after)]
    compare_and_set(row, where={"state__in": way.before}, to={"state": way.after, **also}, otherwise=otherwise)
