"""What the record of events keeps about a person."""

from typing import Any

from django.utils.translation import gettext as _

from telemachus.audit.models import Event, Viewing
from telemachus.lib.holding import Holding


def holdings(person: Any) -> list[Holding]:
    """The events that the person caused or is the subject of, and the viewings of pages about the person."""
    return [
        Holding(
            what=_("What you did here, and what was done about you: codes and times, no words"),
            models=("audit.Event", "audit.Pending"),
            who_sees=_("Nobody on a page; the operator could read the table"),
            until=_("seven years at most, then erased"),
            rows=[f"{event.at:%Y-%m-%d} {event.kind}" for event in Event.objects.filter(by=person.pk).order_by("at")],
        ),
        Holding(
            what=_("Who looked at a page about you: the role and the day"),
            models=("audit.Viewing",),
            who_sees=_("You"),
            until=_("two years"),
            rows=[
                f"{seen.day:%Y-%m-%d} {seen.role}" for seen in Viewing.objects.filter(about=person.pk).order_by("day")
            ],
        ),
    ]
