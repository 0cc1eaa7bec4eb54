"""How a pair stands for one of its members: times to come, dates of this year, what waits."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from telemachus.lib.time import AcademicYear
from telemachus.meetings.compliance import Span, Standing, standing
from telemachus.meetings.models import AppointmentToMeet, Meeting, TalkWish
from telemachus.pairing.models import Pairing, Pause
from telemachus.people.models import Person


@dataclass
class Sheet:
    """`met` holds this academic year's registered meetings, `open` those that wait for one of the two."""

    pairing: Pairing
    other: Person
    reader: Person
    standing: Standing
    appointments: list[AppointmentToMeet] = field(default_factory=list)
    met: list[Meeting] = field(default_factory=list)
    open: list[Meeting] = field(default_factory=list)
    wishes: list[TalkWish] = field(default_factory=list)
    paused_until: date | None = None

    @property
    def next(self) -> AppointmentToMeet | None:
        return self.appointments[0] if self.appointments else None

    @property
    def asked(self) -> list[Meeting]:
        return [meeting for meeting in self.open if meeting.state == Meeting.State.ASKED]

    @property
    def to_confirm(self) -> list[Meeting]:
        """What the other registered."""
        return [row for row in self.open if row.state == Meeting.State.LOGGED and row.logged_by_id != self.reader.pk]

    @property
    def to_be_confirmed(self) -> list[Meeting]:
        """What the reader registered."""
        return [row for row in self.open if row.state == Meeting.State.LOGGED and row.logged_by_id == self.reader.pk]

    @property
    def wished_by_other(self) -> list[TalkWish]:
        return [wish for wish in self.wishes if wish.by_id != self.reader.pk]

    @property
    def wished_by_reader(self) -> bool:
        return any(wish.by_id == self.reader.pk for wish in self.wishes)


def sheets(reader: Person, pairings: Iterable[Pairing], now: datetime) -> list[Sheet]:
    """One sheet for each pair, in the given order, with the same few queries for one pair as for thirty."""
    listed = list(pairings)
    pauses = pauses_of(listed)
    made = {pairing.pk: _sheet(reader, pairing, pauses[pairing.pk], now) for pairing in listed}
    for appointment in AppointmentToMeet.objects.filter(pairing__in=listed, at__gt=now).order_by("at"):
        made[appointment.pairing_id].appointments.append(appointment)
    for wish in TalkWish.objects.filter(pairing__in=listed):
        made[wish.pairing_id].wishes.append(wish)
    for meeting in Meeting.objects.filter(pairing__in=listed).order_by("day"):
        if meeting.pairing_id:
            _place(meeting, made[meeting.pairing_id], now)
    for sheet in made.values():
        sheet.standing = standing_of(
            sheet.pairing, len(sheet.met), pauses[sheet.pairing.pk], sheet.pairing.program.year(now)
        )
    return list(made.values())


def pauses_of(pairings: list[Pairing]) -> dict[object, list[Span]]:
    """The pauses that touch each pair: its own and those of its members, in one query."""
    found: dict[object, list[Span]] = defaultdict(list)
    if not pairings:
        return found
    programs = {pairing.program_id for pairing in pairings}
    for pause in Pause.objects.filter(program__in=programs):
        for pairing in pairings:
            own = pause.pairing_id == pairing.pk
            member = pause.person_id in (pairing.mentee_id, pairing.mentor_id)
            if own or (member and pause.program_id == pairing.program_id):
                found[pairing.pk].append((pause.begins, pause.until))
    return found


def _sheet(reader: Person, pairing: Pairing, pauses: list[Span], now: datetime) -> Sheet:
    today = pairing.program.day(now)
    running = [until for begins, until in pauses if until and begins <= today <= until]
    return Sheet(
        pairing=pairing,
        other=pairing.other(reader),
        reader=reader,
        standing=standing_of(pairing, 0, pauses, pairing.program.year(now)),
        paused_until=max(running, default=None),
    )


def _place(meeting: Meeting, sheet: Sheet, now: datetime) -> None:
    if meeting.state != Meeting.State.CONFIRMED:
        sheet.open.append(meeting)
    elif sheet.pairing.program.year(now).contains(meeting.day):
        sheet.met.append(meeting)


def standing_of(pairing: Pairing, met: int, pauses: list[Span], year: AcademicYear) -> Standing:
    """How this pair stands in this year, by the numbers of its program."""
    program = pairing.program
    return standing(
        met=met,
        at_least=program.at_least,
        aim=program.aim,
        stood=(pairing.begins, pairing.ends),
        pauses=pauses,
        year=year,
    )
