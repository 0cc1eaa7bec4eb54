"""The rhythm grid: people × months of one academic year, a dot for each meeting, the at-least as boxes to fill."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemachus.lib.time import AcademicYear
from telemachus.meetings.compliance import Standing
from telemachus.meetings.models import Meeting
from telemachus.meetings.sheet import Rests, is_late, rests_of, standing_of
from telemachus.pairing.models import Pairing, PairingQuerySet
from telemachus.program.models import Program


@dataclass(frozen=True)
class Dot:
    """`x` counts months from the first of the year. Times to come are the pair’s: no office sees one."""

    x: int
    kind: str
    label: str


@dataclass(frozen=True)
class GridRow:
    pairing: Pairing
    name: str
    url: str
    dots: list[Dot]
    standing: Standing
    late: bool
    paused: bool

    @property
    def met(self) -> int:
        return self.standing.met

    @property
    def need(self) -> int:
        return self.standing.at_least

    @property
    def aim(self) -> int:
        return self.standing.aim

    @property
    def text(self) -> str:
        if self.paused:
            return _("pausing")
        if self.standing.excused:
            return _("%(count)d met, excused") % {"count": self.met} if self.met else _("excused")
        return _("%(count)d met") % {"count": self.met} if self.met else _("none yet")


@dataclass(frozen=True)
class Grid:
    year: AcademicYear
    months: list[str]
    now_index: int | None
    rows: list[GridRow]

    @property
    def enough(self) -> int:
        return sum(1 for row in self.rows if row.standing.missing == 0 and not row.standing.excused)

    @property
    def begun(self) -> int:
        return sum(1 for row in self.rows if row.met and row.standing.missing)

    @property
    def not_met(self) -> int:
        return sum(1 for row in self.rows if not row.met and row.standing.missing)

    @property
    def summary(self) -> str:
        """How many pairs there are, and how many of them stand how; what is true of none is left out."""
        all_of_them = len(self.rows)
        if all_of_them == 1:
            return self._of_one()
        counted = (
            ngettext("%(n)s has met often enough this year", "%(n)s have met often enough this year", self.enough)
            % {"n": self.enough} if self.enough else "",
            ngettext("%(n)s has begun", "%(n)s have begun", self.begun) % {"n": self.begun} if self.begun else "",
            ngettext("%(n)s has not met yet", "%(n)s have not met yet", self.not_met) % {"n": self.not_met}
            if self.not_met else "",
        )  # fmt: skip
        pairs = ngettext("%(n)s pair.", "%(n)s pairs.", all_of_them) % {"n": all_of_them}
        said = ", ".join(filter(None, counted))
        return f"{pairs} {said}." if said else pairs

    def _of_one(self) -> str:
        if self.enough:
            return _("One pair, met often enough this year.")
        if self.begun:
            return _("One pair, begun.")
        return _("One pair, not met yet.") if self.not_met else _("One pair.")

    @property
    def late(self) -> list[GridRow]:
        return [row for row in self.rows if row.late]


def rhythm_of(program: Program, pairings: PairingQuerySet, now: datetime) -> Grid:
    """Pairs of the running academic year; four queries for any number of them."""
    year, today = program.year(now), program.day(now)
    listed = list(pairings.by_mentee())
    met = _days_met(listed, year)
    rests = rests_of(listed)
    rows = [_row(pairing, met[pairing.pk], rests[pairing.pk], year, today) for pairing in listed]
    months = [date_format(first, "M") for first in year.months()]
    return Grid(year, months, _month(year, today), rows)


def _row(pairing: Pairing, met: list[date], rests: Rests, year: AcademicYear, today: date) -> GridRow:
    stands = standing_of(pairing, len(met), rests, year)
    dots = [Dot(_month(year, day) or 0, "met", _("met on %(day)s") % {"day": date_format(day, "j F")}) for day in met]
    return GridRow(
        pairing=pairing,
        name=pairing.mentee.listed_name,
        url=reverse("meetings:dates", args=[pairing.pk]),
        dots=dots,
        standing=stands,
        late=is_late(pairing, stands, met, rests, year, today),
        paused=rests.on(today),
    )


def _days_met(pairings: list[Pairing], year: AcademicYear) -> dict[Any, list[date]]:
    found: dict[Any, list[date]] = defaultdict(list)
    held = Meeting.objects.filter(pairing__in=pairings).held().between(year.first, year.last)
    for pairing, day in held.order_by("day").values_list("pairing", "day"):
        found[pairing].append(day)
    return found


def _month(year: AcademicYear, day: date) -> int | None:
    if not year.contains(day):
        return None
    return (day.year - year.first.year) * 12 + day.month - year.first.month
