"""One way to move a row from one state to the next, so that two people at once cannot both win."""

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
