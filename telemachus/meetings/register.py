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
from telemachus.meetings.compliance import Standing
from telemachus.meetings.models import Meeting
from telemachus.meetings.sheet import Rests, is_late, rests_of, standing_of
from telemachus.pairing.models import Pairing, PairingQuerySet
from telemachus.people.models import Person
from telemachus.program.models import Program


@dataclass(frozen=True)
class RegisterRow:
    """`dates` and `director_days` (the mentee's) lie in the year. A waiting pair is a claim: it owes nothing yet."""

    pairing: Pairing
    dates: list[date]
    director_days: list[date]
    standing: Standing
    late: bool

    @property
    def waiting(self) -> bool:
        return self.pairing.state == Pairing.State.WAITING

    @property
    def gap(self) -> bool:
        """The pair still owes a meeting; one that has ended can no longer make up for it."""
        return self.standing.missing > 0 and self.pairing.state == Pairing.State.ACTIVE

    @property
    def share(self) -> str:
        if self.standing.excused:
            return _("%(met)d met, excused") % {"met": self.standing.met}
        return _("%(met)d of %(owed)d") % {"met": self.standing.met, "owed": self.standing.at_least}


def register(program: Program, pairings: PairingQuerySet, year: AcademicYear, now: datetime) -> list[RegisterRow]:
    """Those of the pairs that stood in this year, by mentee; five queries for any number. None of a year to come."""
    today = program.day(now)
    if year.first > today:
        return []
    listed = list(pairings.filter(program=program).within(year.first, year.last).with_people().by_mentee())
    return register_rows(listed, _days_met(listed, year), _director_days(program, year), rests_of(listed), year, today)


def register_rows(
    pairings: Sequence[Pairing],
    met: dict[UUID, list[date]],
    director_days: dict[UUID, list[date]],
    rests: Mapping[Any, Rests],
    year: AcademicYear,
    today: date,
) -> list[RegisterRow]:
    """`met` and `rests` by pair, `director_days` by mentee; whoever is missing in them has none."""
    return [
        _row(
            pairing,
            met.get(pairing.pk, []),
            director_days.get(pairing.mentee_id, []),
            rests.get(pairing.pk, Rests()),
            year,
            today,
        )
        for pairing in pairings
    ]


def _row(
    pairing: Pairing, met: list[date], director_days: list[date], rests: Rests, year: AcademicYear, today: date
) -> RegisterRow:
    stands = standing_of(pairing, len(met), rests, year)
    return RegisterRow(
        pairing=pairing,
        dates=met,
        director_days=director_days,
        standing=stands,
        late=pairing.state == Pairing.State.ACTIVE and is_late(pairing, stands, met, rests, year, today),
    )


def without_pair(
    program: Program, rows: Sequence[RegisterRow], year: AcademicYear, *, but: Person
) -> list[tuple[Person, list[date]]]:
    """Who met the director in this year and stands in no row of it: the first meeting comes before the pair."""
    shown = {row.pairing.mentee_id for row in rows} | {but.pk}
    days = {person: met for person, met in _director_days(program, year).items() if person not in shown}
    return [(person, days[person.pk]) for person in Person.objects.filter(pk__in=days).order_by("sort_name", "pk")]


def register_table(
    rows: Sequence[RegisterRow], alone: Sequence[tuple[Person, list[date]]] = ()
) -> tuple[list[str], list[list[Cell]]]:
    """For export. The import of a paper register reads the pairs back: `paper_columns.py` knows these names."""
    header = [
        _("Mentee"), _("Mentor"), _("Since"), _("Until"), _("Dates met"), _("Director mtg"),
        _("Met"), _("At least"), _("Missing"),
    ]  # fmt: skip
    seen: list[list[Cell]] = [
        [person.listed_name, "", None, None, "", _joined(days), 0, 0, 0] for person, days in alone
    ]
    return header, [*(_cells(row) for row in rows), *seen]


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
