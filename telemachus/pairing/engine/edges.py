"""The pairs that are in play, what they cost, and the cheapest way to give every mentee one of them or nobody.

The orders of the matching stand in one whole number: an unplaced mentee costs more than all that lies below, a mentee
below the floor more than all regrets and loads together. So the least sum is the first in that order.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow, min_weight_full_bipartite_matching

from telemachus.pairing.engine.cases import MOST, NOBODY, Block, Case, CaseError, Places, Whole
from telemachus.pairing.engine.lottery import BITS
from telemachus.pairing.engine.paths import FAR, by_paths

# Whole numbers up to here are exact in the solver's floating point, with room for its sums.
EXACT = 2**51
# So many seats for each pair in play, with at most so few mentors: then not each seat gets a vertex.
MANY, FEW = 25, 300
# Costs beyond are not told apart where only few are taken: so a lot of BITS bits fits beside them.
CLIPPED = 2**42


@dataclass(frozen=True)
class Costs:
    """What each thing costs, in whole numbers."""

    load: int
    below: int
    unplaced: int
    floor: int

    @classmethod
    def of(cls, case: Case, floor: int) -> Self:
        # Even for nobody: prices are whole numbers there, too.
        mentees = max(len(case.mentees), 1)
        # No mentor takes more than all of them.
        seats = case.taken + np.minimum(case.free, mentees)
        most = MOST + case.aims.load * int(seats.max(initial=0))
        below = mentees * most + 1
        unplaced = mentees * (below + most) + 1
        if unplaced > EXACT:
            raise CaseError(
                "So many mentees of one mentor cannot be weighed exactly. Lower the charge for load, or the places."
            )
        return cls(case.aims.load, below, unplaced, floor)

    def regret(self, points: Whole, best: Whole) -> Whole:
        """Of pairs that may be: how far below the mentee's best, and whether below the floor. Arrays broadcast."""
        return best - points + self.below * (points < self.floor)


@dataclass(frozen=True)
class Edges:
    """Pairs in play: a mentee's place, a mentor's place and the pair's points, each an array of one length."""

    row: Places
    column: Places
    points: Whole

    def where(self, chosen: np.ndarray) -> "Edges":
        return Edges(self.row[chosen], self.column[chosen], self.points[chosen])


def edges_of(block: Block, chosen: np.ndarray) -> Edges:
    """The pairs of the block that are chosen: an array of its shape."""
    # Much quicker than all of `nonzero` where few are chosen.
    rows, places = np.divmod(np.flatnonzero(chosen), chosen.shape[1])
    columns = block.columns[rows if len(block.columns) > 1 else 0, places]
    return Edges(rows + block.first, columns, block.points[rows, places].astype(np.int64))


def joined(parts: list[Edges]) -> Edges:
    none = Edges(np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0, np.int64))
    parts = parts or [none]
    return Edges(
        np.concatenate([part.row for part in parts]),
        np.concatenate([part.column for part in parts]),
        np.concatenate([part.points for part in parts]),
    )


def few(edges: Edges, cost: Whole, lots: Whole, most: int) -> np.ndarray:
    """Which of these to take where some mentees have more than `most`: those that cost them least, and by lot a
    quarter, so that not all who are alike get the same. `edges` are in the order of rows."""
    begins = np.flatnonzero(np.diff(edges.row, prepend=-1))
    counts = np.diff(begins, append=len(edges.row))
    if counts.max(initial=0) <= most:
        return np.ones(len(edges.row), dtype=np.bool_)
    line = np.repeat(np.arange(len(counts)), counts)
    place = np.arange(len(line)) - begins[line]
    by_cost = (np.clip(cost, -CLIPPED, CLIPPED) << BITS) + lots
    by_lot = most // 4
    taken = _least(by_cost, line, place, most - by_lot)
    return taken | _least(lots, line, place, by_lot) if by_lot else taken


def _least(keys: Whole, line: Places, place: Places, most: int) -> np.ndarray:
    """Of the keys of each line the least."""
    width = max(int(place.max()) + 1, most)
    table = np.full((int(line[-1]) + 1, width), np.iinfo(np.int64).max)
    table[line, place] = keys
    chosen: np.ndarray = keys <= np.partition(table, most - 1, axis=1)[line, most - 1]
    return chosen


class _Seats:
    """A vertex for each seat of each mentor, at most as many as mentees are in play; an edge to each of them."""

    def __init__(self, edges: Edges, free: Whole) -> None:
        count = np.minimum(free, np.bincount(edges.column, minlength=len(free))).astype(np.int32)
        first = np.concatenate([[0], np.cumsum(count)]).astype(np.int32)
        times = count[edges.column]
        self.edge = np.repeat(np.arange(len(times), dtype=np.int32), times)
        begins = np.cumsum(times) - times
        self.number = np.arange(len(self.edge), dtype=np.int32) - begins.astype(np.int32)[self.edge]
        self.row = edges.row.astype(np.int32)[self.edge]
        self.vertex = first[edges.column[self.edge]] + self.number
        self.owner = np.repeat(np.arange(len(count)), count)


def cheapest(
    edges: Edges,
    cost: Whole,
    free: Whole,
    charge: Callable[[Places, Places], Whole],
    unplaced: Whole,
    *,
    last: bool,
) -> Places:
    """Each mentee's mentor, or NOBODY, at the least sum.

    `cost` by edge; `charge(mentors, k)` is what a mentor's k-th seat costs, counted from 0; `unplaced` by mentee is
    what having nobody costs, and `last` says that it is more than everything else. By scipy's LAPJVsp (Jonker and
    Volgenant, 1987), with a vertex for each seat, as long as mentors do not have very many.
    """
    if _crowded(edges, free):
        return _by_paths(edges, cost, free, charge, unplaced)
    seats = _Seats(edges, free)
    weights = cost[seats.edge] + charge(edges.column[seats.edge], seats.number)
    mentees, count = len(unplaced), len(seats.owner)
    if last and count >= mentees:
        # Where everybody can be placed it is half the work without the vertices for nobody.
        with suppress(ValueError):
            return seats.owner[_matched(weights, seats.row, seats.vertex, (mentees, count))]
    everybody = np.arange(mentees, dtype=np.int32)
    taken = _matched(
        np.concatenate([weights, unplaced]),
        np.concatenate([seats.row, everybody]),
        np.concatenate([seats.vertex, np.int32(count) + everybody]),
        (mentees, count + mentees),
    )
    return np.concatenate([seats.owner, np.full(mentees, NOBODY)])[taken]


def _crowded(edges: Edges, free: Whole) -> bool:
    there = np.bincount(edges.column, minlength=len(free))
    return int((np.minimum(free, there) * there).sum()) > MANY * len(edges.row) and int((there > 0).sum()) <= FEW


def _by_paths(
    edges: Edges, cost: Whole, free: Whole, charge: Callable[[Places, Places], Whole], unplaced: Whole
) -> Places:
    columns, column = np.unique(edges.column, return_inverse=True)
    table = np.full((len(unplaced), len(columns) + 1), FAR, dtype=np.int64)
    table[edges.row, column], table[:, -1] = cost, unplaced
    chosen = by_paths(table, free[columns], lambda mentors, seat: charge(columns[mentors], seat))
    return np.append(columns, NOBODY)[chosen]


def _matched(weights: Whole, rows: np.ndarray, columns: np.ndarray, shape: tuple[int, int]) -> Places:
    """Each row's column. Raises ValueError where not every row can have one."""
    # A weight of nought would be no edge: a shift that is the same for all changes nothing.
    shifted = (weights - weights.min(initial=0) + 1).astype(float)
    graph = csr_array((shifted, (rows, columns)), shape=shape)
    _rows, taken = min_weight_full_bipartite_matching(graph)
    return np.asarray(taken, dtype=np.intp)


def most_placed(edges: Edges, mentees: int, free: Whole) -> int:
    """How many can be placed along these edges: the greatest flow from mentees to places (Dinic, 1970)."""
    mentors = len(free)
    source, sink = mentees + mentors, mentees + mentors + 1
    everybody, all_mentors = np.arange(mentees), np.arange(mentees, source)
    begins = np.concatenate([np.full(mentees, source), edges.row, all_mentors])
    ends = np.concatenate([everybody, mentees + edges.column, np.full(mentors, sink)])
    room = np.concatenate([np.ones(mentees + len(edges.row)), np.minimum(free, mentees)]).astype(np.int32)
    graph = csr_array((room, (begins.astype(np.int32), ends.astype(np.int32))), shape=(sink + 1, sink + 1))
    return int(maximum_flow(graph, source, sink).flow_value)
