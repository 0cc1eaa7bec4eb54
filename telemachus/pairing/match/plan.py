"""A cohort from files as a case for the engine, and the engine's answer as rows and sentences."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemachus.lib.export import Cell
from telemachus.pairing.engine import (
    NEVER,
    Ahead,
    Aims,
    Answer,
    Case,
    Covered,
    Given,
    Rule,
    Same,
    Scores,
)
from telemachus.pairing.engine.edges import Costs
from telemachus.pairing.match.file import Cohort, Entry
from telemachus.pairing.match.settings import MENTEES, MENTORS, Wishes

HEADER = ("mentee", "mentor", "points", "reasons", "lottery", "mentee name", "mentor name")
# What each part compares: a field of the mentees and one of the mentors.
COMPARED = {
    "needs": ("needs", "offers"),
    "interests": ("interests", "interests"),
    "series": ("series", "series"),
    "stage": ("stage", "stage"),
}


@dataclass(frozen=True)
class Problem:
    """Who seeks a mentor, with whom, by which rules. Mentees who have one in the file keep that one and seek none."""

    cohort: Cohort
    wanted: Wishes

    @cached_property
    def mentees(self) -> list[Entry]:
        settled = {mentee for mentee, _mentor in self.cohort.stands()}
        return [each for each in self.cohort.mentees if each.id not in settled]

    @property
    def mentors(self) -> list[Entry]:
        return self.cohort.mentors

    @cached_property
    def column(self) -> dict[str, int]:
        return {each.id: at for at, each in enumerate(self.mentors)}

    @cached_property
    def free(self) -> list[int]:
        return [max(each.places - each.has, 0) for each in self.mentors]

    @cached_property
    def scores(self) -> Scores:
        weights, ours, theirs = self.wanted.weights, self.mentees, self.mentors
        parts = (
            Covered("needs", weights["needs"], [each.wants for each in ours], [each.wants for each in theirs]),
            Covered(
                "interests",
                weights["interests"],
                [each.interests for each in ours],
                [each.interests for each in theirs],
            ),
            Same("series", weights["series"], [each.series for each in ours], [each.series for each in theirs]),
            Ahead("stage", weights["stage"], [each.stage for each in ours], [each.stage for each in theirs]),
        )
        return Scores((len(ours), len(theirs)), parts, self._rules())

    def _rules(self) -> list[Rule]:
        column = self.column
        named = {(row, column[other]) for row, each in enumerate(self.mentees) for other in each.others}
        # Somebody may be in both files.
        selves = {(row, column[each.id]) for row, each in enumerate(self.mentees) if each.id in column}
        return [Rule("not", frozenset(named)), Rule("self", frozenset(selves))]

    @cached_property
    def case(self) -> Case:
        """Raises CaseError where the engine cannot take it."""
        return Case(
            mentees=[each.id for each in self.mentees],
            mentors=[each.id for each in self.mentors],
            table=self.scores,
            places=self.free,
            standing=[each.has for each in self.mentors],
            aims=Aims(floor=self.wanted.floor, load=self.wanted.load),
            seed=self.wanted.seed,
        )

    def idle(self) -> Iterator[str]:
        """Parts that can give nobody any points, since a file has no such column."""
        for part, fields in COMPARED.items():
            lacking = [
                f"{side}.{what}"
                for side, what in zip((MENTEES, MENTORS), fields, strict=True)
                if what not in self.cohort.columns[side]
            ]
            if lacking and self.wanted.weights[part]:
                yield _("%(part)s gives no points: no column for %(lacking)s.") % {
                    "part": part,
                    "lacking": _(" and ").join(lacking),
                }


# The rows


def rows(problem: Problem, found: Answer) -> Iterator[tuple[Cell, ...]]:
    """Pairs in the order of the mentees' file, unplaced mentees at the end."""
    stands: dict[str, list[str]] = {}
    for mentee, mentor in problem.cohort.stands():
        stands.setdefault(mentee, []).append(mentor)
    seeking = {each.id: row for row, each in enumerate(problem.mentees)}
    names = {each.id: each for each in problem.mentors}
    for each in problem.cohort.mentees:
        for mentor in stands.get(each.id, ()):
            yield _row(each, names[mentor], None, _("Stands already."), "")
        if each.id in found.pairs:
            yield _pair(problem, found, seeking[each.id], each, names[found.pairs[each.id]])
    unplaced = set(found.unplaced)
    for each in problem.mentees:
        if each.id in unplaced:
            yield _row(each, None, None, _why_unplaced(problem, seeking[each.id]), _yes_no(problem, found, each))


def _row(mentee: Entry, mentor: Entry | None, points: int | None, why: str, drawn: str) -> tuple[Cell, ...]:
    theirs = ("", "") if mentor is None else (mentor.id, mentor.name)
    return mentee.id, theirs[0], points, why, drawn, mentee.name, theirs[1]


def _pair(problem: Problem, found: Answer, row: int, mentee: Entry, mentor: Entry) -> tuple[Cell, ...]:
    given = problem.scores.of(row, problem.column[mentor.id])
    said = [sentence for part in given if (sentence := _said(part, mentee, mentor, problem.cohort.spelled))]
    why = " ".join(said) or _("Nothing in the files speaks for this pair, and nothing against it.")
    return _row(mentee, mentor, found.points[mentee.id], why, _yes_no(problem, found, mentee))


def _yes_no(problem: Problem, found: Answer, mentee: Entry) -> str:
    """Known only where the optimum is proved."""
    if found.certificate is None or not found.certificate.proved:
        return ""
    return _("yes") if mentee.id in found.by_lottery else _("no")


def _said(given: Given, mentee: Entry, mentor: Entry, spelled: Mapping[str, str]) -> str:
    """What one part says for the pair; nothing where it gives nothing, but needs that nobody covers are named."""
    terms = "; ".join(spelled[term] for term in given.has)
    total = len(given.has) + len(given.lacks)
    numbers = {"has": len(given.has), "all": total}
    if given.part == "needs" and total:
        covers = ngettext("Covers %(has)s of %(all)s need", "Covers %(has)s of %(all)s needs", total)
        return f"{covers % numbers}: {terms}." if terms else f"{covers % numbers}."
    if given.part == "interests" and given.has:
        shares = ngettext("Shares %(has)s of %(all)s interest", "Shares %(has)s of %(all)s interests", total)
        return f"{shares % numbers}: {terms}."
    if given.part == "series" and mentee.series is not None and mentee.series == mentor.series:
        return _("Same series: %(series)s.") % {"series": spelled[mentee.series]}
    if given.part == "stage" and mentee.stage is not None and mentor.stage is not None:
        return _steps(mentor.stage - mentee.stage)
    return ""


def _steps(ahead: int) -> str:
    if ahead <= 0:
        return _("Not ahead in stage.")
    return ngettext("%(count)s stage ahead.", "%(count)s stages ahead.", ahead) % {"count": ahead}


def _why_unplaced(problem: Problem, row: int) -> str:
    points, _all = problem.scores.rows(np.array([row], dtype=np.intp))
    allowed = np.flatnonzero(points[0] > NEVER)
    if not any(problem.free):
        return _("No mentor has a free place.")
    if not len(allowed):
        return _("Nobody is allowed: every mentor is excluded.")
    if not any(problem.free[at] for at in allowed):
        return _("Whoever is allowed has no free place.")
    return _("All places of those who are allowed are taken by others.")


# The summary


def summary(problem: Problem, found: Answer) -> Iterator[str]:
    stands = len(problem.cohort.stands())
    yield _room(len(problem.mentees), len(problem.mentors), sum(problem.free))
    if stands:
        yield ngettext("%(count)s pair stands already.", "%(count)s pairs stand already.", stands) % {"count": stands}
    yield from problem.idle()
    for file, unread in problem.cohort.unread.items():
        if unread:
            yield _("%(file)s: not read: %(columns)s.") % {"file": file, "columns": ", ".join(unread)}
    yield _("Placed: %(placed)s. Unplaced: %(unplaced)s.") % {
        "placed": len(found.pairs),
        "unplaced": len(found.unplaced),
    }
    floor = ngettext(
        "Floor: %(floor)s point; below it: %(below)s.", "Floor: %(floor)s points; below it: %(below)s.", found.floor
    )
    yield floor % {"floor": found.floor, "below": len(found.below_floor)}
    yield _proof(problem, found)
    yield _("Blocking pairs, who would rather have each other: %(count)s.") % {"count": found.blocking}
    if found.certificate is not None and found.certificate.proved:
        drawn = sum(mentee in found.by_lottery for mentee in problem.case.mentees)
        yield _("The lottery decided for %(count)s.") % {"count": drawn}


def _room(mentees: int, mentors: int, free: int) -> str:
    seek = ngettext("%(count)s mentee seeks a mentor", "%(count)s mentees seek a mentor", mentees)
    have = ngettext("%(count)s mentor has %(places)s", "%(count)s mentors have %(places)s", mentors)
    places = ngettext("%(count)s free place", "%(count)s free places", free) % {"count": free}
    return f"{seek % {'count': mentees}}; {have % {'count': mentors, 'places': places}}."


def _proof(problem: Problem, found: Answer) -> str:
    if found.certificate is None:
        return _("Stable pairs; how far they are from the optimum is not known.")
    if found.certificate.proved:
        return _("Optimum: proved, gap 0.")
    costs, gap = Costs.of(problem.case, found.floor), found.certificate.gap
    if gap >= costs.unplaced:
        return _("Not proved: at most %(count)s more could be placed.") % {"count": gap // costs.unplaced}
    if gap >= costs.below:
        return _("Not proved: at most %(count)s more could be lifted to the floor.") % {"count": gap // costs.below}
    points = ngettext(
        "Not proved: at most %(count)s point from the optimum, over all pairs.",
        "Not proved: at most %(count)s points from the optimum, over all pairs.",
        gap,
    )
    return points % {"count": gap}
