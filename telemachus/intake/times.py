"""Times for the first meeting: which to propose, and what a button sends."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import count, islice
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from telemachus.intake.models import HOUR, TIMES_TO_PROPOSE, ProposedTime, Recruit
from telemachus.program.models import Program

# Tuesday, Wednesday and Thursday; forenoon, noon and afternoon.
WEEKDAYS, HOURS = (1, 2, 3), (10, 13, 16)


def free_times(program: Program, now: datetime) -> list[datetime]:
    """Three hours on the division's clock that nobody else was promised: next week, or later where that is full."""
    agreed = Recruit.objects.open().filter(program=program, meets_at__gt=now).values_list("meets_at", flat=True)
    taken = {at for at in agreed if at}
    taken |= set(ProposedTime.objects.filter(recruit__program=program, at__gt=now).values_list("at", flat=True))
    free = (at for at in _hours(program, now) if all(abs(at - other) >= HOUR for other in taken))
    return list(islice(free, TIMES_TO_PROPOSE))


def _hours(program: Program, now: datetime) -> Iterator[datetime]:
    """Week by week, nine a week: each day once before any day twice."""
    today, zone = program.day(now), ZoneInfo(program.zone)
    monday = today + timedelta(days=7 - today.weekday())
    for week in count():
        for turn in range(len(HOURS)):
            for place, weekday in enumerate(WEEKDAYS):
                day = monday + timedelta(weeks=week, days=weekday)
                yield _at(day, HOURS[(place + turn) % len(HOURS)], zone)


def _at(day: date, hour: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=zone)


def instant(text: str) -> datetime | None:
    """The time on a button, with its zone; None for what is none."""
    try:
        at = parse_datetime(text)
    except ValueError:
        return None
    return at if at and timezone.is_aware(at) else None
