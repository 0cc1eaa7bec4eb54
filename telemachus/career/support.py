"""When the support for new faculty ends, and by when its end must be talked about (R19): an estimate."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

SUPPORT_MONTHS = 36
RAISE_AT_MONTH = 18


@dataclass(frozen=True)
class Support:
    ends: date
    raise_by: date


def support_from(begins: date) -> Support:
    """Ends the day before three years are over; must be raised no later than after one and a half."""
    return Support(months_after(begins, SUPPORT_MONTHS) - timedelta(days=1), months_after(begins, RAISE_AT_MONTH))


def months_after(day: date, months: int) -> date:
    """The same day so many months on; the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
