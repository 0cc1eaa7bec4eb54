"""For whom the yearly word on the agreement is due (R12): from the day a pair is here, and a year after the last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max, Min

from telemachus.audit.models import Event
from telemachus.pairing.events import PairingEvent
from telemachus.pairing.models import Acknowledgement, Pairing
from telemachus.people.models import Person

# After so many days a word that is due is late; never the first one of a pair that came in mid-life.
DAYS_TO_ACKNOWLEDGE = 30
CAME_BY = (PairingEvent.ENTERED, PairingEvent.INTRODUCED, PairingEvent.ACCEPTED_FROM_PAPER)


@dataclass(frozen=True)
class Due:
    """`last` is the day of the reader's last word, `since` the day from which the next one is asked for."""

    pairing: Pairing
    last: date | None
    since: date
    today: date
    from_paper: bool

    @property
    def is_due(self) -> bool:
        return self.since <= self.today

    @property
    def is_late(self) -> bool:
        return not self.from_paper and (self.today - self.since).days > DAYS_TO_ACKNOWLEDGE


def dues(user: Person, pairings: Sequence[Pairing], now: datetime) -> list[Due]:
    """Of each pair what the person still owes to say; two queries for any number of pairs."""
    given = Acknowledgement.objects.filter(pairing__in=pairings, person=user)
    last = dict(given.values_list("pairing").annotate(Max("on")))
    came = _came(pairings)
    return [_due(pairing, last.get(pairing.pk), came.get(pairing.pk), now) for pairing in pairings]


def _due(pairing: Pairing, last: date | None, came: datetime | None, now: datetime) -> Due:
    day = pairing.program.day
    arrived = day(came) if came else pairing.begins
    since = a_year_after(last) if last else max(arrived, pairing.begins)
    return Due(pairing, last, since, day(now), from_paper=last is None and arrived > pairing.begins)


def _came(pairings: Sequence[Pairing]) -> dict[UUID, datetime]:
    """When each pair came to stand here, which may be long after it began: the record knows."""
    kinds = [kind.code for kind in CAME_BY]
    events = Event.objects.filter(kind__in=kinds, subject__in=[pairing.pk for pairing in pairings])
    return dict(events.values_list("subject").annotate(Min("at")))


def a_year_after(day: date) -> date:
    """The same day of the next year; 29 February is followed by 1 March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, month=3, day=1)


def last_words(pairing: Pairing) -> list[tuple[Person, date | None]]:
    """The two, mentee first, each with the day of the last word."""
    last = dict(pairing.acknowledgements.values_list("person").annotate(Max("on")))
    return [(person, last.get(person.pk)) for person in (pairing.mentee, pairing.mentor)]
