"""How a pair stands for one of its members: times to come, dates of this year, what waits."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from telemachus.lib.time import AcademicYear
from telemachus.meetings.compliance import Span, Standing, standing, standing_excused
from telemachus.meetings.models import AppointmentToMeet, Meeting, TalkWish
from telemachus.pairing.models import Excuse, LightTouch, Pairing, Pause
from telemachus.people.models import Person

# A pair that owes a meeting and has not met for so many days may need help.
DAYS_TO_WORRY = 120


@dataclass
class Rests:
    """When nothing is expected of a pair: its own pauses and those of its members; the first days of excused years."""

    pauses: list[Span] = field(default_factory=list)
    excused: set[date] = field(default_factory=set)

    def on(self, day: date) -> bool:
        return any(first <= day <= (until or day) for first, until in self.pauses)


def is_late(
    pairing: Pairing, standing: Standing, met: Iterable[date], rests: Rests, year: AcademicYear, today: date
) -> bool:
    """One rule for every page: a meeting is owed, nobody rests, and the last of `met` lies four months back."""
    last = max([pairing.begins, year.first, *met])
    return standing.missing > 0 and not rests.on(today) and (today - last).days > DAYS_TO_WORRY


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
    # The mentee's wish for less stands on the mentee's own page only.
    light_touch: LightTouch | None = None

    @property
    def is_mentees(self) -> bool:
        """Whether the reader is the mentee."""
        return self.pairing.mentee_id == self.reader.pk

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
    rests = rests_of(listed)
    made = {pairing.pk: _sheet(reader, pairing, rests[pairing.pk], now) for pairing in listed}
    for appointment in AppointmentToMeet.objects.filter(pairing__in=listed, at__gt=now).order_by("at"):
        made[appointment.pairing_id].appointments.append(appointment)
    for wish in TalkWish.objects.filter(pairing__in=listed):
        made[wish.pairing_id].wishes.append(wish)
    for touch in LightTouch.objects.filter(pairing__in=listed, pairing__mentee=reader, until=None):
        made[touch.pairing_id].light_touch = touch
    for meeting in Meeting.objects.filter(pairing__in=listed).order_by("day"):
        if meeting.pairing_id:
            _place(meeting, made[meeting.pairing_id], now)
    for sheet in made.values():
        sheet.standing = standing_of(
            sheet.pairing, len(sheet.met), rests[sheet.pairing.pk], sheet.pairing.program.year(now)
        )
    return list(made.values())


def rests_of(pairings: list[Pairing]) -> dict[object, Rests]:
    """The pauses that touch each pair and the years that are excused, in two queries."""
    found: dict[object, Rests] = defaultdict(Rests)
    if not pairings:
        return found
    for excuse in Excuse.objects.filter(pairing__in=pairings):
        found[excuse.pairing_id].excused.add(excuse.year)
    programs = {pairing.program_id for pairing in pairings}
    for pause in Pause.objects.filter(program__in=programs):
        for pairing in pairings:
            own = pause.pairing_id == pairing.pk
            member = pause.person_id in (pairing.mentee_id, pairing.mentor_id)
            if own or (member and pause.program_id == pairing.program_id):
                found[pairing.pk].pauses.append((pause.begins, pause.until))
    return found


def _sheet(reader: Person, pairing: Pairing, rests: Rests, now: datetime) -> Sheet:
    today = pairing.program.day(now)
    running = [until for begins, until in rests.pauses if until and begins <= today <= until]
    return Sheet(
        pairing=pairing,
        other=pairing.other(reader),
        reader=reader,
        standing=standing_of(pairing, 0, rests, pairing.program.year(now)),
        paused_until=max(running, default=None),
    )


def _place(meeting: Meeting, sheet: Sheet, now: datetime) -> None:
    if meeting.state != Meeting.State.CONFIRMED:
        sheet.open.append(meeting)
    elif sheet.pairing.program.year(now).contains(meeting.day):
        sheet.met.append(meeting)


def standing_of(pairing: Pairing, met: int, rests: Rests, year: AcademicYear) -> Standing:
    """How this pair stands in this year, by the numbers of its program."""
    if year.first in rests.excused:
        return standing_excused(met=met)
    program = pairing.program
    return standing(
        met=met,
        at_least=program.at_least,
        aim=program.aim,
        stood=(pairing.begins, pairing.ends),
        pauses=rests.pauses,
        year=year,
    )
