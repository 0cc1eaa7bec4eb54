"""Points of a pair from named parts, in whole numbers: what each part gives, and on which evidence.

A part gives at most its weight. All weights together are at most MOST. Rounded down part by part, so that the parts
of a pair always sum to its points.
"""

from collections.abc import Hashable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from telemachus.pairing.engine.cases import MOST, NEVER, CaseError, Places, is_whole
from telemachus.pairing.engine.rules import Rule

MOST_STAGE = 1_000_000_000

Points = NDArray[np.int32]
Terms = Set[str]


@dataclass(frozen=True)
class Given:
    """What one part gives one pair: points, and the terms that earned them and those that would earn more."""

    part: str
    points: int
    weight: int
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


class Part(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def weight(self) -> int: ...

    @property
    def shape(self) -> tuple[int, int]:
        """How many mentees and mentors it knows."""
        ...

    def points(self, rows: Places) -> Points:
        """Of these mentees with all mentors."""
        ...

    def of(self, row: int, column: int) -> Given: ...


@dataclass(frozen=True)
class Covered:
    """Weight × covered ÷ wanted: the share of a mentee's terms that are among the mentor's; 0 where none are wanted."""

    name: str
    weight: int
    wanted: Sequence[Terms]
    offered: Sequence[Terms]

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.wanted), len(self.offered)

    def points(self, rows: Places) -> Points:
        wanted, offered, count = self._matrices
        # Exact: whole numbers up to 2**24 are, and a quotient that is none lies further from the next than it errs.
        points = wanted[rows] @ offered
        points /= count[rows, None]
        return points.astype(np.int32)

    def of(self, row: int, column: int) -> Given:
        has, lacks = self.wanted[row] & self.offered[column], self.wanted[row] - self.offered[column]
        points = self.weight * len(has) // max(len(self.wanted[row]), 1)
        return Given(self.name, points, self.weight, tuple(sorted(has)), tuple(sorted(lacks)))

    @cached_property
    def _matrices(self) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        """Who wants what, at the weight, what is offered by whom, and how many terms each mentee wants, at least 1."""
        terms = {term: at for at, term in enumerate(sorted(set().union(*self.wanted)))}
        wanted, offered = _marked(self.wanted, terms), _marked(self.offered, terms)
        wanted *= np.float32(self.weight)
        count = np.array([max(len(each), 1) for each in self.wanted], dtype=np.float32)
        return wanted, np.ascontiguousarray(offered.T), count


def _marked(sets: Sequence[Terms], terms: Mapping[str, int]) -> NDArray[np.float32]:
    marks = np.zeros((len(sets), len(terms)), dtype=np.float32)
    for at, each in enumerate(sets):
        marks[at, [terms[term] for term in each if term in terms]] = 1
    return marks


@dataclass(frozen=True)
class Same:
    """The whole weight where both are of one kind, such as one series; None is of no kind."""

    name: str
    weight: int
    mentees: Sequence[Hashable | None]
    mentors: Sequence[Hashable | None]

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.mentees), len(self.mentors)

    def points(self, rows: Places) -> Points:
        mentees, mentors = self._codes
        kinds, which = np.unique(mentees[rows], return_inverse=True)
        points = np.where(kinds[:, None] == mentors, np.int32(self.weight), np.int32(0))
        return points[which]

    def of(self, row: int, column: int) -> Given:
        same = self.mentees[row] is not None and self.mentees[row] == self.mentors[column]
        return Given(self.name, self.weight if same else 0, self.weight)

    @cached_property
    def _codes(self) -> tuple[Points, Points]:
        kinds = {kind: at for at, kind in enumerate(dict.fromkeys(self.mentees))}
        mentees = np.array([kinds[kind] for kind in self.mentees], dtype=np.int32)
        mentors = np.array([-1 if kind is None else kinds.get(kind, -1) for kind in self.mentors], dtype=np.int32)
        return mentees, mentors


@dataclass(frozen=True)
class Ahead:
    """Weight × steps ahead ÷ `enough`: how far the mentor's stage is beyond the mentee's, at most the whole weight."""

    name: str
    weight: int
    mentees: Sequence[int | None]
    mentors: Sequence[int | None]
    enough: int = 2

    def __post_init__(self) -> None:
        if not is_whole(self.enough) or self.enough < 1:
            raise CaseError(f"“{self.name}” gives all its points from some step ahead on: say which, 1 or more.")
        if not all(each is None or _is_stage(each) for side in (self.mentees, self.mentors) for each in side):
            raise CaseError(f"“{self.name}” knows stages as whole numbers up to {MOST_STAGE:,}, and None.")

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.mentees), len(self.mentors)

    def points(self, rows: Places) -> Points:
        mentees, mentors = self._stages
        stages, which = np.unique(mentees[rows], return_inverse=True)
        steps = np.clip(mentors - stages[:, None], 0, self.enough)
        points: Points = (self.weight * steps // self.enough).astype(np.int32)
        return points[which]

    @cached_property
    def _stages(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Whoever's stage is unknown is the last as a mentor and the first as a mentee: nobody is ahead."""
        mentees = [MOST_STAGE if each is None else each for each in self.mentees]
        mentors = [-MOST_STAGE if each is None else each for each in self.mentors]
        return np.array(mentees, dtype=np.int64), np.array(mentors, dtype=np.int64)

    def of(self, row: int, column: int) -> Given:
        mentee, mentor = self.mentees[row], self.mentors[column]
        steps = 0 if mentee is None or mentor is None else min(max(mentor - mentee, 0), self.enough)
        return Given(self.name, self.weight * steps // self.enough, self.weight)


def _is_stage(stage: int) -> bool:
    return is_whole(stage) and abs(stage) <= MOST_STAGE


class Scores:
    """A table of points from parts, and of who is excluded by which rules."""

    def __init__(self, shape: tuple[int, int], parts: Sequence[Part], rules: Sequence[Rule] = ()) -> None:
        for part in parts:
            if not is_whole(part.weight) or part.weight < 0:
                raise CaseError(f"The weight of “{part.name}” is {part.weight}. Weights are whole numbers, 0 or more.")
            if part.shape != shape:
                raise CaseError(f"“{part.name}” does not know as many mentees and mentors as there are.")
        if (total := sum(part.weight for part in parts)) > MOST:
            raise CaseError(f"The weights sum to {total}. Together they may be at most {MOST}.")
        for rule in rules:
            if not rule.within(shape):
                raise CaseError(f"The rule {rule.code} names somebody who is not among the mentees and mentors.")
        self.shape, self.parts, self.rules = shape, tuple(parts), tuple(rules)
        self._all = np.arange(shape[1], dtype=np.intp)[None, :]

    def rows(self, which: Places) -> tuple[NDArray[np.int32], Places]:
        points = np.zeros((len(which), self.shape[1]), dtype=np.int32)
        for part in self.parts:
            if part.weight:
                points += part.points(which)
        for rule in self.rules:
            points[rule.against(which, self.shape[1])] = NEVER
        return points, self._all

    def of(self, row: int, column: int) -> list[Given]:
        """The parts of one pair, excluded or not."""
        return [part.of(row, column) for part in self.parts]

    def why_not(self, row: int, column: int) -> list[str]:
        """The codes of all rules against the pair."""
        return [rule.code for rule in self.rules if rule.excludes(row, column)]
