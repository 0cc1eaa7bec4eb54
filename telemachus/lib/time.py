"""The academic year, how long something has waited, and whose clock is meant."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

DAYS_UNTIL_WEEKS = 14
# Thirteen weeks are three months.
DAYS_UNTIL_MONTHS = 91
DAYS_OF_A_MONTH = 365.25 / 12


@dataclass(frozen=True)
class AcademicYear:
    """From `first` to `last`, both within."""

    first: date
    last: date

    @property
    def label(self) -> str:
        """Such as 2026-27, with an en dash, or 2026 for a calendar year."""
        if self.first.year == self.last.year:
            return str(self.first.year)
        return f"{self.first.year}\N{EN DASH}{self.last.year % 100:02}"

    def months(self) -> list[date]:
        """The first day of each calendar month that the year touches, in order."""
        start = _month_number(self.first)
        return [date(month // 12, month % 12 + 1, 1) for month in range(start, _month_number(self.last) + 1)]

    def contains(self, day: date) -> bool:
        return self.first <= day <= self.last

    def previous(self) -> "AcademicYear":
        return academic_year(self.first - timedelta(days=1), (self.first.month, self.first.day))

    def next(self) -> "AcademicYear":
        return academic_year(self.last + timedelta(days=1), (self.first.month, self.first.day))


def academic_year(day: date, starts: tuple[int, int]) -> AcademicYear:
    """The year that holds `day`; `starts` is month and day, such as (7, 1).

    Raises ValueError for a start that not every year has (29 February).
    """
    month, first_day = starts
    if starts == (2, 29):
        raise ValueError("an academic year cannot start on 29 February")
    year = day.year if (day.month, day.day) >= starts else day.year - 1
    first = date(year, month, first_day)
    return AcademicYear(first, first.replace(year=year + 1) - timedelta(days=1))


def age_in_words(days: int) -> str:
    """“today”, “12 days”, from two weeks on “6 weeks”, from thirteen weeks on “4 months”.

    Raises ValueError for a negative number of days.
    """
    if days < 0:
        raise ValueError(f"an age of {days} days")
    if days == 0:
        return _("today")
    if days < DAYS_UNTIL_WEEKS:
        return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    if days < DAYS_UNTIL_MONTHS:
        weeks = days // 7
        return ngettext("%(count)s week", "%(count)s weeks", weeks) % {"count": weeks}
    months = round(days / DAYS_OF_A_MONTH)
    return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}


def waiting_in_words(days: int) -> str:
    """“new today”, “waiting for 12 days”: how long something has waited for somebody."""
    return _("waiting for %(age)s") % {"age": age_in_words(days)} if days else _("new today")


def place_of(zone: str) -> str:
    """The place whose clock is meant, in words: Los Angeles."""
    return zone.rpartition("/")[2].replace("_", " ")


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1
