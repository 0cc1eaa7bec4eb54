"""Why this pair, or why not: every rule, every part, ranks, room, price, and what would be better.

For whoever decides. What one side may read of it is decided where it is shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from telemachus.pairing.engine.cases import MOST, NEVER, Answer, Case, Whole
from telemachus.pairing.engine.edges import Costs
from telemachus.pairing.engine.margins import margin
from telemachus.pairing.engine.scores import Given, Scores


class Verdict(StrEnum):
    """How a pair stands in an answer."""

    CHOSEN = "chosen"
    EXCLUDED = "excluded"  # by a rule
    FULL = "full"  # the mentor has no free place at all
    BETTER = "better"  # the mentee has somebody with as many points or more
    LOT = "lot"  # an answer that is as good has this pair: the lottery decided
    SOUGHT = "sought"  # the place does more for the cohort with somebody else


@dataclass(frozen=True)
class Explanation:
    """One pair in one answer.

    Points of the parts sum to `points`. Ranks count from 1 among the pairs that no rule excludes, equals sharing the
    better one; 0 where this pair is excluded. `room`: places that the answer leaves free. `price`: what a place of this
    mentor costs the cohort, in points. `missing`: points more at which an answer that is as good as any has this
    pair; None where no points would do, or where the answer is not proved. `instead`: with whom else the mentee does
    best, prices counted.
    """

    mentee: str
    mentor: str
    verdict: Verdict
    codes: tuple[str, ...]
    parts: tuple[Given, ...]
    points: int
    rank_for_mentee: int
    rank_for_mentor: int
    room: int
    price: int
    missing: int | None
    instead: str | None


def explain(case: Case, scores: Scores, found: Answer, mentee: str, mentor: str) -> Explanation:
    """`found` is an answer to the case, whose table is `scores`. Raises ValueError where the case knows no such id."""
    row, column = case.mentees.index(mentee), case.mentors.index(mentor)
    codes, parts = tuple(scores.why_not(row, column)), tuple(scores.of(row, column))
    points = sum(part.points for part in parts)
    fit = _fitting(scores, row)
    missing = None if codes or not case.places[column] else _missing(case, found, mentee, mentor, points)
    return Explanation(
        mentee=mentee,
        mentor=mentor,
        verdict=_verdict(case, found, mentee, mentor, codes=codes, points=points, missing=missing),
        codes=codes,
        parts=parts,
        points=points,
        rank_for_mentee=0 if codes else 1 + int((fit > points).sum()),
        rank_for_mentor=0 if codes else 1 + sum(int((block > points).sum()) for block in _column(scores, column)),
        room=case.places[column] - sum(chosen == mentor for chosen in found.pairs.values()),
        price=found.prices.get(mentor, 0),
        missing=missing,
        instead=_instead(case, found, fit, row, column),
    )


def _verdict(
    case: Case, found: Answer, mentee: str, mentor: str, *, codes: Sequence[str], points: int, missing: int | None
) -> Verdict:
    if found.pairs.get(mentee) == mentor:
        return Verdict.CHOSEN
    if codes:
        return Verdict.EXCLUDED
    if not case.places[case.mentors.index(mentor)]:
        return Verdict.FULL
    if missing == 0:
        return Verdict.LOT
    return Verdict.BETTER if found.points.get(mentee, NEVER) >= points else Verdict.SOUGHT


def _fitting(scores: Scores, row: int) -> Whole:
    """One mentee's points with all mentors."""
    points, _all = scores.rows(np.array([row]))
    of_mentee: Whole = points[0].astype(np.int64)
    return of_mentee


def _column(scores: Scores, column: int, step: int = 1000) -> Iterator[Whole]:
    """One mentor's points with all mentees."""
    for first in range(0, scores.shape[0], step):
        points, _all = scores.rows(np.arange(first, min(first + step, scores.shape[0])))
        of_mentor: Whole = points[:, column].astype(np.int64)
        yield of_mentor


def _paying(case: Case, found: Answer, fit: Whole) -> Whole:
    """What each mentor would cost this mentee, the price counted."""
    regret = Costs.of(case, found.floor).regret(fit, fit.max(initial=0, keepdims=True))
    return regret + np.array([found.prices.get(mentor, 0) for mentor in case.mentors], dtype=np.int64)


def _missing(case: Case, found: Answer, mentee: str, mentor: str, points: int) -> int | None:
    if found.certificate is None or not found.certificate.proved:
        return None
    return margin(case, found, mentee, mentor).missing(points)


def _instead(case: Case, found: Answer, fit: Whole, row: int, column: int) -> str | None:
    paying, places = _paying(case, found, fit), np.array(case.places)
    others = (at for at in np.flatnonzero((fit > NEVER) & (places > 0)).tolist() if at != column)
    best = min(others, key=lambda at: (int(paying[at]), case.mentors[at]), default=None)
    return None if best is None else case.mentors[best]


@dataclass(frozen=True)
class Swap:
    """Two mentees who would both do as well or better with each other's mentor, and by how many points each."""

    one: str
    other: str
    gains: tuple[int, int]


def swaps(case: Case, pairs: Mapping[str, str]) -> list[Swap]:
    """Swaps that could be offered among pairs, those that stand or those that are proposed; the best first.

    `case` has all of these people. Nothing is swapped: a swap is offered, to people.
    """
    rows = [at for at in case.rows.tolist() if case.mentees[at] in pairs]
    place = {mentor: at for at, mentor in enumerate(case.mentors)}
    columns = [place[pairs[case.mentees[at]]] for at in rows]
    table, whose = case.table.rows(np.array(rows, dtype=np.intp))
    points = np.full((len(rows), len(case.mentors)), NEVER, dtype=np.int64)
    at, listed = np.nonzero(table > NEVER)
    points[at, np.broadcast_to(whose, table.shape)[at, listed]] = table[at, listed]
    crossed = points[:, columns]
    gain = np.where(crossed > NEVER, crossed - np.diagonal(crossed)[:, None], NEVER * (MOST + 1))
    both = np.triu((gain >= 0) & (gain.T >= 0) & (gain + gain.T > 0), 1)
    ids = [case.mentees[at] for at in rows]
    twos = zip(*(each.tolist() for each in np.nonzero(both)), strict=True)
    found = [Swap(ids[one], ids[other], (int(gain[one, other]), int(gain[other, one]))) for one, other in twos]
    return sorted(found, key=lambda swap: (-sum(swap.gains), swap.one, swap.other))
