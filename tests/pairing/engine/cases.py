"""Cohorts to solve: small ones that hypothesis draws, bigger ones by number, and the same cohort told otherwise."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import strategies as st

from telemachus.pairing.engine import (
    MOST,
    NEVER,
    Aims,
    Case,
    Dense,
    Given,
    Listed,
    Rule,
    Scores,
    draw,
    edges,
    optimum,
    survey,
)

# Points that tie, alone and with one charge of 60 between them, and points that hardly ever do.
PALETTES = ((NEVER, 500), (0, 1), (NEVER, 440, 500, 560), (NEVER, 0, 499, 500, MOST), tuple(range(NEVER, MOST + 1)))
FLOORS = st.none() | st.sampled_from((0, 1, 300, 500, 501, MOST))
SEEDS = st.integers(0, 10**6)


@st.composite
def tables(draw, mentees: int, mentors: int):
    one = st.sampled_from(draw(st.sampled_from(PALETTES)))
    rows = [[draw(one) for _ in range(mentors)] for _ in range(mentees)]
    return np.array(rows, dtype=np.int64).reshape(mentees, mentors)


@st.composite
def cohorts(draw, mentees: int = 4, mentors: int = 3, floors=FLOORS, seeds=SEEDS) -> Case:
    """Few enough for brute force; ids come in any order."""
    count, of_mentors = draw(st.integers(0, mentees)), draw(st.integers(0, mentors))
    names = st.permutations([f"m{at}" for at in range(count)]), st.permutations([f"x{at}" for at in range(of_mentors)])
    some = st.lists(st.integers(0, 3), min_size=of_mentors, max_size=of_mentors)
    return Case(
        draw(names[0]),
        draw(names[1]),
        Dense(draw(tables(count, of_mentors))),
        places=draw(some),
        standing=draw(some | st.just([])),
        aims=Aims(floor=draw(floors), load=draw(st.sampled_from((0, 1, 60, 700)))),
        seed=draw(seeds),
    )


def cohort(number: int, mentees: int, mentors: int, *, distinct: int, places: int, floor: int | None = None) -> Case:
    """A bigger one, the same for each number: so many distinct points, at most so many places, a tenth excluded."""
    chance = np.random.default_rng(number)
    points = chance.choice(np.linspace(0, MOST, distinct, dtype=np.int64), (mentees, mentors))
    points[chance.random(points.shape) < 0.1] = NEVER
    return Case(
        [f"m{at:03}" for at in chance.permutation(mentees)],
        [f"x{at:03}" for at in chance.permutation(mentors)],
        Dense(points),
        places=chance.integers(0, places + 1, mentors).tolist(),
        standing=chance.integers(0, 3, mentors).tolist(),
        aims=Aims(floor=floor),
        seed=number,
    )


# Many ties, scarce places, few distinct points, hardly a tie, a floor, and fewer mentors than candidates.
BIG = (
    cohort(1, 60, 90, distinct=5, places=2),
    cohort(2, 60, 90, distinct=21, places=1, floor=600),
    cohort(3, 90, 40, distinct=2, places=2),
    cohort(4, 60, 90, distinct=1001, places=3),
    cohort(5, 80, 60, distinct=11, places=1, floor=MOST),
    cohort(6, 70, 15, distinct=101, places=9),
)


def sought_by_all(mentees: int = 60, mentors: int = 90) -> Case:
    """Everybody wants the same few: the best are gone, and many rounds are needed."""
    worth = np.linspace(900, 100, mentors, dtype=np.int64)[None, :]
    keen = np.arange(mentees)[:, None] % 7
    return Case(
        [f"m{at:03}" for at in range(mentees)],
        [f"x{at:03}" for at in range(mentors)],
        Dense(worth + keen * (np.arange(mentors)[None, :] % 5)),
        places=[1] * mentors,
        aims=Aims(load=0),
    )


def points_of(case: Case) -> np.ndarray:
    """The table of a dense case as it was put."""
    points, _whose = case.table.rows(np.arange(len(case.mentees)))
    return np.array(points, dtype=np.int64).reshape(len(case.mentees), len(case.mentors))


def with_points(case: Case, mentee: str, mentor: str, points: int) -> Case:
    changed = points_of(case)
    changed[case.mentees.index(mentee), case.mentors.index(mentor)] = points
    return replace(case, table=Dense(changed))


def with_places(case: Case, mentor: str, places: int) -> Case:
    changed = list(case.places)
    changed[case.mentors.index(mentor)] = places
    return replace(case, places=changed)


def shuffled(case: Case, rows: list[int], columns: list[int]) -> Case:
    """The same people in another order."""
    return replace(
        case,
        mentees=[case.mentees[at] for at in rows],
        mentors=[case.mentors[at] for at in columns],
        table=Dense(points_of(case)[rows][:, columns]),
        places=[case.places[at] for at in columns],
        standing=[case.standing[at] for at in columns] if len(case.standing) else (),
    )


def listed(case: Case, number: int = 0) -> Case:
    """The same points as lists without the excluded, each in an order of its own; short lists filled up with NEVER."""
    chance, points, mentors = np.random.default_rng(number), points_of(case), len(case.mentors)
    lists = [chance.permutation(np.flatnonzero(row > NEVER)) for row in points]
    longest = max(map(len, lists), default=0)
    columns, short = np.zeros((len(lists), longest), dtype=np.intp), np.full((len(lists), longest), NEVER)
    for at, each in enumerate(lists):
        columns[at, : len(each)], short[at, : len(each)] = each, points[at, each]
    return replace(case, table=Listed(short, columns, mentors))


class Rounds:
    """Asked between rounds, and counts them; says that it is `enough` after so many."""

    def __init__(self, enough: int = 10**9) -> None:
        self.count, self._enough = 0, enough

    def __call__(self) -> bool:
        self.count += 1
        return self.count >= self._enough


@contextmanager
def narrowed(candidates: int = 1, more: int = 1, block: int = 1, near: int = 1) -> Iterator[None]:
    """Few candidates, few more in each round, few pairs at a time: many rounds even for a small cohort. Ties are too
    many to be kept, and few of them in play."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(survey, "CANDIDATES", candidates)
        patch.setattr(optimum, "MORE", more)
        patch.setattr(optimum, "NEAR", near)
        patch.setattr(optimum, "TIES", 0)
        patch.setattr(draw, "KEPT", more)
        patch.setattr(survey, "BLOCK", block)
        yield


@contextmanager
def by_paths(always: bool = True) -> Iterator[None]:
    """As if every mentor had very many places, or none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(edges, "MANY", 0 if always else 10**9)
        yield


@dataclass(frozen=True)
class Told:
    """A part whose points are told, not reckoned."""

    table: np.ndarray
    name: str = "told"
    weight: int = MOST

    @property
    def shape(self) -> tuple[int, int]:
        rows, columns = self.table.shape
        return rows, columns

    def points(self, rows: np.ndarray) -> np.ndarray:
        return self.table[rows].astype(np.int32)

    def of(self, row: int, column: int) -> Given:
        return Given(self.name, int(self.table[row, column]), self.weight)


def scored(case: Case) -> Case:
    """The same points as `Scores`; a rule with the code APART stands against the excluded pairs."""
    points = points_of(case)
    apart = Rule("APART", pairs={(int(row), int(column)) for row, column in np.argwhere(points == NEVER)})
    return replace(case, table=Scores(points.shape, [Told(np.maximum(points, 0))], [apart]))
