"""What the matching is asked, and what it answers: ids, whole points, places. Plain values only."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

Whole = NDArray[np.int64]
Places = NDArray[np.intp]

MOST = 1000  # points of a perfect pair
NEVER = -1  # stands instead of points where a hard rule excludes the pair
NOBODY = -1  # stands instead of a mentor where a mentee has none
MOST_PLACES = 1_000_000  # of one mentor: sums of all places stay within whole numbers of 64 bits


class CaseError(ValueError):
    """The case cannot be solved as it was put; the sentence says what to change."""


def is_whole(number: object) -> bool:
    return isinstance(number, (int, np.integer)) and not isinstance(number, bool)


class Table(Protocol):
    """Points of mentees with mentors: 0 to MOST, or NEVER. Rows are asked for a block at a time."""

    shape: tuple[int, int]

    def rows(self, which: Places) -> tuple[NDArray[np.integer], Places]:
        """Of these mentees the points, and whose points they are: two arrays, or one and a row that holds for all."""
        ...


class Dense:
    """Every mentee's points with every mentor: an array of mentees × mentors."""

    def __init__(self, points: ArrayLike) -> None:
        self._points = _whole(points)
        rows, columns = self._points.shape
        self.shape = rows, columns
        self._all = np.arange(columns, dtype=np.intp)[None, :]

    def rows(self, which: Places) -> tuple[NDArray[np.integer], Places]:
        return self._points[which], self._all


class Listed:
    """A few mentors for each mentee, all others excluded: two arrays of mentees × as many as the longest list has.

    `columns` are places in the list of mentors, each at most once in a row; where a list is shorter NEVER stands.
    """

    def __init__(self, points: ArrayLike, columns: ArrayLike, mentors: int) -> None:
        self._points, whose = _whole(points), np.asarray(columns)
        if self._points.shape != whose.shape:
            raise CaseError("Say for each of the points whose they are.")
        if whose.size and not np.issubdtype(whose.dtype, np.integer):
            raise CaseError("Lists name mentors by their places: whole numbers.")
        if whose.size and not (whose.min() >= 0 and whose.max() < mentors):
            raise CaseError("A list names somebody who is not among the mentors.")
        self._columns = whose.astype(np.intp)
        if (twice := self._twice()) is not None:
            raise CaseError(f"The list in row {twice} names one mentor twice. Each stands there once.")
        self.shape = len(self._points), mentors

    def _twice(self) -> int | None:
        """The first row, counted from 0, in which points of one mentor stand twice; what is filled up may repeat."""
        apart = -1 - np.arange(self._columns.shape[1])
        named = np.sort(np.where(self._points == NEVER, apart, self._columns), axis=1)
        found = np.flatnonzero((named[:, 1:] == named[:, :-1]).any(axis=1))
        return int(found[0]) if len(found) else None

    def rows(self, which: Places) -> tuple[NDArray[np.integer], Places]:
        return self._points[which], self._columns[which]


def _whole(points: ArrayLike) -> NDArray[np.int16]:
    array = np.asarray(points)
    if array.ndim != 2:
        raise CaseError("Points are a table: one row for each mentee.")
    if array.size and not np.issubdtype(array.dtype, np.integer):
        raise CaseError("Points are whole numbers.")
    if array.size and not (array.min() >= NEVER and array.max() <= MOST):
        raise CaseError(f"Points run from 0 to {MOST}, and {NEVER} excludes a pair.")
    # Without a sign there would be no NEVER.
    return array.astype(np.int16, copy=False)


@dataclass(frozen=True)
class Aims:
    """How the director weighs what cannot all be had.

    `floor`: fewest mentees get less than this many points; None asks for the highest that can be kept for everyone
    who is placed. `load`: points that each further mentee of one mentor costs more than the one before.
    """

    floor: int | None = None
    load: int = 60

    def __post_init__(self) -> None:
        if not is_whole(self.load) or not (self.floor is None or is_whole(self.floor)):
            raise CaseError("The floor and the charge for load are whole numbers of points.")
        if self.load < 0:
            raise CaseError("The charge for load cannot be negative: further mentees would then be worth more.")
        if self.floor is not None and not 0 <= self.floor <= MOST:
            raise CaseError(f"The floor lies between 0 and {MOST} points.")


@dataclass(frozen=True)
class Case:
    """A cohort to be placed. `mentees` and `mentors` are stable ids; in which order they come changes nothing.

    `places` are free places by mentor, `standing` the mentees that each has already: pairs that stand are not part of
    the case and are never touched.
    """

    mentees: Sequence[str]
    mentors: Sequence[str]
    table: Table
    places: Sequence[int]
    standing: Sequence[int] = ()
    aims: Aims = field(default_factory=Aims)
    seed: int = 0

    def __post_init__(self) -> None:
        _once("mentee", self.mentees)
        _once("mentor", self.mentors)
        if self.table.shape != (len(self.mentees), len(self.mentors)):
            raise CaseError("The table of points needs one row for each mentee and one column for each mentor.")
        for name, counts in (("places", self.places), ("standing", self.standing or self.places)):
            if len(counts) != len(self.mentors) or not all(map(_is_count, counts)):
                raise CaseError(f"Say for each mentor, as a whole number from 0 to {MOST_PLACES:,}: {name}.")

    @cached_property
    def rows(self) -> Places:
        """The mentees in the order of their ids, whatever order they came in."""
        return np.array(sorted(range(len(self.mentees)), key=self.mentees.__getitem__), dtype=np.intp)

    @cached_property
    def columns(self) -> Places:
        return np.array(sorted(range(len(self.mentors)), key=self.mentors.__getitem__), dtype=np.intp)

    def block(self, first: int, last: int) -> "Block":
        """These mentees' points, in the order of their ids; who has no free place counts as excluded."""
        points, columns = self.table.rows(self.rows[first:last])
        columns = self._place[columns]
        if not self.free.all():
            points = np.where(self.free[columns] > 0, points, NEVER)
        return Block(first, points.astype(np.int32, copy=False), columns)

    @cached_property
    def _place(self) -> Places:
        """Each mentor's place in the order of ids."""
        place = np.empty(len(self.columns), dtype=np.intp)
        place[self.columns] = np.arange(len(self.columns))
        return place

    @cached_property
    def free(self) -> Whole:
        return np.array(self.places, dtype=np.int64)[self.columns]

    @cached_property
    def taken(self) -> Whole:
        return np.array(self.standing or [0] * len(self.mentors), dtype=np.int64)[self.columns]


@dataclass(frozen=True)
class Block:
    """Points of some mentees, the first of them at this place; `columns` says whose points, and broadcasts to them."""

    first: int
    points: NDArray[np.int32]
    columns: Places


def _is_count(number: int) -> bool:
    return is_whole(number) and 0 <= number <= MOST_PLACES


def _once(what: str, ids: Sequence[str]) -> None:
    [(first, count)] = Counter(ids).most_common(1) or [("", 0)]
    if count > 1:
        raise CaseError(f"The {what} {first} stands here {count} times.")


@dataclass(frozen=True)
class Certificate:
    """The proof of an answer, in exact integers: what it costs, and what no answer can cost less than."""

    cost: int
    bound: int

    @property
    def gap(self) -> int:
        return self.cost - self.bound

    @property
    def proved(self) -> bool:
        return self.gap == 0


@dataclass(frozen=True)
class Answer:
    """Who with whom, all by id.

    `prices`: what a place of this mentor costs the cohort, the charge for load and what others lose for it, in points.
    `by_lottery`: mentees who have somebody else in another answer that is as good. `blocking`: pairs that would rather
    have each other. A stable answer is proved by having none of these, and has neither prices nor certificate.
    """

    pairs: Mapping[str, str]
    points: Mapping[str, int]
    unplaced: tuple[str, ...]
    floor: int
    below_floor: tuple[str, ...]
    prices: Mapping[str, int]
    by_lottery: frozenset[str]
    blocking: int
    certificate: Certificate | None
