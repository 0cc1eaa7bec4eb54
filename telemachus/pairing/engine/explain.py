"""Why this pair, or why not: every rule, every part, ranks, room, price, and what would be better.

For whoever decides. What one side may read of it is decided where it is shown.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from telemachus.pairing.engine.cases import MOST, NEVER, Answer, Case, Whole
from telemachus.pairing.engine.edges import Costs
from telemachus.pairing.engine.margins import Margins
from telemachus.pairing.engine.scores import Given, Scores

STEP = 1000  # mentees whose points are reckoned together


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
    pair; None where no points would do, or where the answer is not proved. `cost`: regret, what falling below the
    floor costs, and the price; by it one mentee's pairs that may be stand in order, a pair of the answer first.
    `instead`: with whom else the mentee does best by it.
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
    cost: int
    instead: str | None


class Explainer:
    """Explains pairs of one answer. What they have in common is worked out once: a page asks for many.

    `found` is an answer to the case, whose table is `scores`.
    """

    def __init__(self, case: Case, scores: Scores, found: Answer) -> None:
        self._case, self._scores, self._found = case, scores, found
        self._row = {mentee: at for at, mentee in enumerate(case.mentees)}
        self._column = {mentor: at for at, mentor in enumerate(case.mentors)}
        self._seated = Counter(found.pairs.values())
        self._views: dict[str, _View] = {}

    def of(self, mentee: str, mentor: str) -> Explanation:
        """Raises ValueError where the case knows no such id."""
        view, column = self._view(mentee), _place(self._column, mentor)
        codes, parts = tuple(self._scores.why_not(view.row, column)), tuple(self._scores.of(view.row, column))
        points = sum(part.points for part in parts)
        missing = None if codes or not self._case.places[column] else self._missing(view.row, column, points)
        return Explanation(
            mentee=mentee,
            mentor=mentor,
            verdict=self._verdict(mentee, mentor, codes=codes, points=points, missing=missing),
            codes=codes,
            parts=parts,
            points=points,
            rank_for_mentee=0 if codes else 1 + int((view.points > points).sum()),
            rank_for_mentor=0 if codes else 1 + int((self._points[:, column] > points).sum()),
            room=self._case.places[column] - self._seated[mentor],
            price=self._found.prices.get(mentor, 0),
            missing=missing,
            cost=int(view.paying[column]),
            instead=view.instead(mentor),
        )

    def _verdict(self, mentee: str, mentor: str, *, codes: Sequence[str], points: int, missing: int | None) -> Verdict:
        if self._found.pairs.get(mentee) == mentor:
            return Verdict.CHOSEN
        if codes:
            return Verdict.EXCLUDED
        if not self._case.places[self._column[mentor]]:
            return Verdict.FULL
        if missing == 0:
            return Verdict.LOT
        return Verdict.BETTER if self._found.points.get(mentee, NEVER) >= points else Verdict.SOUGHT

    def _missing(self, row: int, column: int, points: int) -> int | None:
        return None if self._margins is None else self._margins.of(row, column).missing(points)

    @cached_property
    def _margins(self) -> Margins | None:
        proof = self._found.certificate
        return Margins(self._case, self._found) if proof is not None and proof.proved else None

    @cached_property
    def _points(self) -> NDArray[np.int16]:
        """Of every mentee with every mentor; looked at a part at a time, because these are wider numbers."""
        rows = range(0, self._scores.shape[0], STEP)
        parts = (self._scores.rows(np.arange(self._scores.shape[0])[first : first + STEP])[0] for first in rows)
        return np.concatenate([part.astype(np.int16) for part in parts])

    def _view(self, mentee: str) -> "_View":
        if mentee not in self._views:
            self._views[mentee] = self._seen(_place(self._row, mentee))
        return self._views[mentee]

    def _seen(self, row: int) -> "_View":
        """What each mentor would cost this mentee, the price counted."""
        points = self._points[row].astype(np.int64)
        regret = Costs.of(self._case, self._found.floor).regret(points, points.max(initial=0, keepdims=True))
        paying = regret + np.array([self._found.prices.get(each, 0) for each in self._case.mentors], dtype=np.int64)
        may = np.flatnonzero((points > NEVER) & (np.array(self._case.places) > 0)).tolist()
        return _View(row, points, paying, tuple(sorted((int(paying[at]), self._case.mentors[at]) for at in may)[:2]))


@dataclass(frozen=True)
class _View:
    """One mentee's place, points and costs with all mentors, and the two that cost least, by what they cost."""

    row: int
    points: Whole
    paying: Whole
    cheapest: tuple[tuple[int, str], ...]

    def instead(self, mentor: str) -> str | None:
        return next((other for _paying, other in self.cheapest if other != mentor), None)


def _place(places: Mapping[str, int], who: str) -> int:
    if who not in places:
        raise ValueError(f"{who} is not part of the case.")
    return places[who]


def explain(case: Case, scores: Scores, found: Answer, mentee: str, mentor: str) -> Explanation:
    """One pair. For several of one answer `Explainer` is quicker."""
    return Explainer(case, scores, found).of(mentee, mentor)


@dataclass(frozen=True)
class Swap:
    """Two mentees who would both do as well or better with each other's mentor, and by how many points each."""

    one: str
    other: str
    gains: tuple[int, int]


def swaps(case: Case, pairs: Mapping[str, str]) -> list[Swap]:
    """Swaps that could be offered among pairs, those that stand or those that are proposed; the best first.

    `case` has all of these people; else ValueError. Nothing is swapped: a swap is offered, to people.
    """
    row, column = ({who: at for at, who in enumerate(side)} for side in (case.mentees, case.mentors))
    ids = sorted(pairs)
    rows, columns = [_place(row, mentee) for mentee in ids], [_place(column, pairs[mentee]) for mentee in ids]
    table, whose = case.table.rows(np.array(rows, dtype=np.intp))
    points = np.full((len(rows), len(case.mentors)), NEVER, dtype=np.int64)
    at, listed = np.nonzero(table > NEVER)
    points[at, np.broadcast_to(whose, table.shape)[at, listed]] = table[at, listed]
    crossed = points[:, columns]
    gain = np.where(crossed > NEVER, crossed - np.diagonal(crossed)[:, None], NEVER * (MOST + 1))
    both = np.triu((gain >= 0) & (gain.T >= 0) & (gain + gain.T > 0), 1)
    twos = zip(*(each.tolist() for each in np.nonzero(both)), strict=True)
    found = [Swap(ids[one], ids[other], (int(gain[one, other]), int(gain[other, one]))) for one, other in twos]
    return sorted(found, key=lambda swap: (-sum(swap.gains), swap.one, swap.other))
