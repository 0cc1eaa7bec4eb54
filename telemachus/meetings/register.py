"""The register of one academic year: per pair the dates met, what is owed, and what is missing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from telemachus.lib.export import Cell
from telemachus.lib.time import AcademicYear
from telemachus.meetings.compliance import Span, Standing
from telemachus.meetings.models import Meeting
from telemachus.meetings.sheet import pauses_of, standing_of
from telemachus.pairing.models import Pairing, PairingQuerySet
from telemachus.program.models import Program


@dataclass(frozen=True)
class RegisterRow:
    """`dates` and `director_days` (the mentee's) lie in the year. A waiting pair is a claim: it owes nothing yet."""

    pairing: Pairing
    dates: list[date]
    director_days: list[date]
    standing: Standing

    @property
    def waiting(self) -> bool:
        return self.pairing.state == Pairing.State.WAITING

    @property
    def gap(self) -> bool:
        """The pair still owes a meeting; one that has ended can no longer make up for it."""
        return self.standing.missing > 0 and self.pairing.state == Pairing.State.ACTIVE

    @property
    def share(self) -> str:
        return _("%(met)d of %(owed)d") % {"met": self.standing.met, "owed": self.standing.at_least}


def register(program: Program, pairings: PairingQuerySet, year: AcademicYear, now: datetime) -> list[RegisterRow]:
    """Those of the pairs that stood in this year, by mentee; four queries for any number. None of a year to come."""
    if year.first > program.day(now):
        return []
    listed = list(pairings.filter(program=program).within(year.first, year.last).with_people().by_mentee())
    return register_rows(listed, _days_met(listed, year), _director_days(program, year), pauses_of(listed), year)


def register_rows(
    pairings: Sequence[Pairing],
    met: dict[UUID, list[date]],
    director_days: dict[UUID, list[date]],
    pauses: Mapping[Any, list[Span]],
    year: AcademicYear,
) -> list[RegisterRow]:
    """`met` and `pauses` by pair, `director_days` by mentee; whoever is missing in them has none."""
    return [
        RegisterRow(
            pairing=pairing,
            dates=met.get(pairing.pk, []),
            director_days=director_days.get(pairing.mentee_id, []),
            standing=standing_of(pairing, len(met.get(pairing.pk, [])), pauses.get(pairing.pk, []), year),
        )
        for pairing in pairings
    ]


def register_table(rows: Sequence[RegisterRow]) -> tuple[list[str], list[list[Cell]]]:
    """For export. The import of a paper register reads it back: `paper_columns.py` knows these names."""
    header = [
        _("Mentee"), _("Mentor"), _("Since"), _("Until"), _("Dates met"), _("Director mtg"),
        _("Met"), _("At least"), _("Missing"),
    ]  # fmt: skip
    return header, [_cells(row) for row in rows]


def _cells(row: RegisterRow) -> list[Cell]:
    pairing, stands = row.pairing, row.standing
    return [
        pairing.mentee.listed_name,
        pairing.mentor.listed_name,
        pairing.begins,
        pairing.ends,
        _joined(row.dates),
        _joined(row.director_days),
        stands.met,
        stands.at_least,
        stands.missing,
    ]


def _joined(days: Sequence[date]) -> str:
    return "; ".join(day.isoformat() for day in days)


def _days_met(pairings: Sequence[Pairing], year: AcademicYear) -> dict[UUID, list[date]]:
    found: dict[UUID, list[date]] = defaultdict(list)
    held = Meeting.objects.filter(pairing__in=pairings).held().between(year.first, year.last).order_by("day")
    for pairing, day in held.values_list("pairing", "day"):
        if pairing is not None:
            found[pairing].append(day)
    return found


def _director_days(program: Program, year: AcademicYear) -> dict[UUID, list[date]]:
    found: dict[UUID, list[date]] = defaultdict(list)
    held = Meeting.objects.filter(program=program, kind=Meeting.Kind.DIRECTOR).held()
    for person, day in held.between(year.first, year.last).order_by("day").values_list("person", "day"):
        if person is not None:
            found[person].append(day)
    return found
