"""What this room keeps about a person."""

from django.utils.translation import gettext as _

from telemachus.lib.holding import Holding
from telemachus.notify.models import Dispatch
from telemachus.people.models import Person


def holdings(person: Person) -> list[Holding]:
    """That mails were sent: kind and day, not the words."""
    return [
        Holding(
            what=_("That a mail was sent to you: its kind and day, not its words"),
            models=("notify.Dispatch",),
            who_sees=_("Nobody on a page; the operator could read the table"),
            until=_("thirty days"),
            rows=[
                f"{row.made:%Y-%m-%d} {row.kind}" for row in Dispatch.objects.filter(recipient=person).order_by("made")
            ],
        )
    ]
