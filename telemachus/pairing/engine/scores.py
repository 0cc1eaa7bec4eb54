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

from telemachus.pairing.engine.cases import MOST, NEVER, CaseError, Places
from telemachus.pairing.engine.rules import Rule

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

    def points(self, rows: Places) -> Points:
        wanted, offered, count = self._matrices
        covered = (wanted[rows] @ offered).astype(np.int32)
        return self.weight * covered // count[rows, None]

    def of(self, row: int, column: int) -> Given:
        has, lacks = self.wanted[row] & self.offered[column], self.wanted[row] - self.offered[column]
        points = self.weight * len(has) // max(len(self.wanted[row]), 1)
        return Given(self.name, points, self.weight, tuple(sorted(has)), tuple(sorted(lacks)))

    @cached_property
    def _matrices(self) -> tuple[NDArray[np.float32], NDArray[np.float32], Points]:
        """Who wants what, what is offered by whom, and how many terms each mentee wants, at least 1."""
        terms = {term: at for at, term in enumerate(sorted(set().union(*self.wanted)))}
        wanted, offered = _marked(self.wanted, terms), _marked(self.offered, terms)
        count = np.array([max(len(each), 1) for each in self.wanted], dtype=np.int32)
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

    def points(self, rows: Places) -> Points:
        mentees, mentors = self._codes
        return np.where(mentees[rows, None] == mentors, np.int32(self.weight), np.int32(0))

    def of(self, row: int, column: int) -> Given:
        same = self.mentees[row] is not None and self.mentees[row] == self.mentors[column]
        return Given(self.name, self.weight if same else 0, self.weight)

    @cached_property
    def _codes(self) -> tuple[Points, Points]:
        kinds = {kind: at for at, kind in enumerate(dict.fromkeys(self.mentees))}
        mentees = np.array([-1 if kind is None else kinds[kind] for kind in self.mentees], dtype=np.int32)
        mentors = np.array([-2 if kind is None else kinds.get(kind, -2) for kind in self.mentors], dtype=np.int32)
        return mentees, mentors


@dataclass(frozen=True)
class Ahead:
    """Weight × steps ahead ÷ `enough`: how far the mentor's stage is beyond the mentee's, at most the whole weight."""

    name: str
    weight: int
    mentees: Sequence[int | None]
    mentors: Sequence[int | None]
    enough: int = 2

    def points(self, rows: Places) -> Points:
        mentees, mentors = self._stages
        steps = np.nan_to_num(np.clip(mentors - mentees[rows, None], 0, self.enough)).astype(np.int32)
        points: Points = self.weight * steps // self.enough
        return points

    @cached_property
    def _stages(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """An unknown stage is no number, and gives nothing."""
        mentees, mentors = (
            [np.nan if each is None else each for each in side] for side in (self.mentees, self.mentors)
        )
        return np.array(mentees, dtype=float), np.array(mentors, dtype=float)

    def of(self, row: int, column: int) -> Given:
        mentee, mentor = self.mentees[row], self.mentors[column]
        steps = 0 if mentee is None or mentor is None else min(max(mentor - mentee, 0), self.enough)
        return Given(self.name, self.weight * steps // self.enough, self.weight)


class Scores:
    """A table of points from parts, and of who is excluded by which rules."""

    def __init__(self, shape: tuple[int, int], parts: Sequence[Part], rules: Sequence[Rule] = ()) -> None:
        for part in parts:
            if part.weight < 0:
                raise CaseError(f"The weight of “{part.name}” is negative. Weights are 0 or more.")
        if (total := sum(part.weight for part in parts)) > MOST:
            raise CaseError(f"The weights sum to {total}. Together they may be at most {MOST}.")
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
