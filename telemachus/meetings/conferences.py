"""This year's career planning conferences: with whom one was held, and who may enter it."""

from dataclasses import dataclass
from datetime import datetime

from telemachus.meetings.access import conferring
from telemachus.meetings.models import Meeting
from telemachus.pairing.access import own_pairings
from telemachus.people.models import Person
from telemachus.program.access import Kind, holds
from telemachus.program.models import Program


@dataclass(frozen=True)
class Conference:
    """`is_own` says that the reader may enter dates here, but mentors this person: then somebody else enters it."""

    person: Person
    meeting: Meeting | None
    can_enter: bool
    is_own: bool


def conferences_of(user: Person, program: Program, now: datetime) -> list[Conference]:
    """One for each mentee but the reader, by name; of several held in a year the last."""
    year = program.year(now)
    held = Meeting.objects.filter(program=program, kind=Meeting.Kind.CONFERENCE).between(year.first, year.last)
    days = {meeting.person_id: meeting for meeting in held.order_by("day")}
    mine = set(own_pairings(user).filter(program=program).values_list("mentee", flat=True))
    records = holds(user, program, Kind.CHIEF, Kind.COORDINATOR)
    return [
        Conference(
            person=person,
            meeting=days.get(person.pk),
            can_enter=records and person.pk not in mine,
            is_own=records and person.pk in mine,
        )
        for person in conferring(program, now).exclude(pk=user.pk)
    ]
