"""How many meetings a pair owes an academic year. Pure: dates in, numbers out.

The rule (R13, "pauses": REQUIREMENTS, Life): of the program's *at least*, a pair owes the share of the academic
year's days on which it stood and did not pause, to the nearest whole number, halves in the pair's favour:

    owed = ceil(at_least * days / days_of_year - 1/2)
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from telemachus.lib.time import AcademicYear

Span = tuple[date, date | None]


@dataclass(frozen=True)
class Standing:
    """How a pair stands in one academic year: meetings held, owed in all, and aimed at."""

    met: int
    at_least: int
    aim: int
    excused: bool = False

    @property
    def missing(self) -> int:
        return max(self.at_least - self.met, 0)


def standing(*, met: int, at_least: int, aim: int, stood: Span, pauses: Iterable[Span], year: AcademicYear) -> Standing:
    """`stood` and `pauses` are first and last days, both counted; a last day of None is open."""
    active = _days(stood, year)
    for pause in pauses:
        active -= _days(pause, year)
    return Standing(met=met, at_least=_share(at_least, len(active), year), aim=_share(aim, len(active), year))


def standing_excused(*, met: int) -> Standing:
    """A year that the director excused (B12): what was held counts, and nothing is owed."""
    return Standing(met=met, at_least=0, aim=0, excused=True)


def _share(whole: int, days: int, year: AcademicYear) -> int:
    length = (year.last - year.first).days + 1
    # ceil(whole * days / length - 1/2) in whole numbers
    return max(-((length - 2 * whole * days) // (2 * length)), 0)


def _days(span: Span, year: AcademicYear) -> set[date]:
    first = max(span[0], year.first)
    last = min(span[1] or year.last, year.last)
    return {first + timedelta(days=n) for n in range((last - first).days + 1)}
