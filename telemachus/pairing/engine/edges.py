"""The pairs that are in play, what they cost, and the cheapest way to give every mentee one of them or nobody.

The orders of the matching stand in one whole number: an unplaced mentee costs more than all that lies below, a mentee
below the floor more than all regrets and loads together. So the least sum is the first in that order.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching, min_weight_full_bipartite_matching

from telemachus.pairing.engine.cases import MOST, NOBODY, Block, Case, CaseError, Places, Whole

# Whole numbers up to here are exact in the solver's floating point, with room for its sums.
EXACT = 2**51


@dataclass(frozen=True)
class Costs:
    """What each thing costs, in whole numbers."""

    load: int
    below: int
    unplaced: int
    floor: int

    @classmethod
    def of(cls, case: Case, floor: int) -> Self:
        mentees = len(case.mentees)
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
    rows, places = np.nonzero(chosen)
    columns = block.columns[rows if len(block.columns) > 1 else 0, places]
    return Edges(rows + block.first, columns, block.points[rows, places])


def joined(parts: list[Edges]) -> Edges:
    none = Edges(np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0, np.int64))
    parts = parts or [none]
    return Edges(
        np.concatenate([part.row for part in parts]),
        np.concatenate([part.column for part in parts]),
        np.concatenate([part.points for part in parts]),
    )


class _Seats:
    """A vertex for each seat of each mentor, at most as many as mentees are in play; an edge to each of them."""

    def __init__(self, edges: Edges, free: Whole) -> None:
        count = np.minimum(free, np.bincount(edges.column, minlength=len(free)))
        first = np.concatenate([[0], np.cumsum(count)])
        times = count[edges.column]
        self.edge = np.repeat(np.arange(len(times)), times)
        self.number = np.arange(len(self.edge)) - np.repeat(np.cumsum(times) - times, times)
        self.vertex = first[edges.column[self.edge]] + self.number
        self.owner = np.repeat(np.arange(len(count)), count)


def cheapest(
    edges: Edges, cost: Whole, free: Whole, charge: Callable[[Places, Places], Whole], unplaced: Whole
) -> Places:
    """Each mentee's mentor, or NOBODY, at the least sum.

    `cost` by edge; `charge(mentors, k)` is what a mentor's k-th seat costs, counted from 0; `unplaced` by mentee is
    what having nobody costs. By scipy's LAPJVsp (Jonker and Volgenant, 1987), with a vertex for each seat.
    """
    seats, mentees = _Seats(edges, free), len(unplaced)
    weights = cost[seats.edge] + charge(edges.column[seats.edge], seats.number)
    rows = np.concatenate([edges.row[seats.edge], np.arange(mentees)])
    columns = np.concatenate([seats.vertex, len(seats.owner) + np.arange(mentees)])
    # A weight of nought would be no edge: a shift that is the same for all changes nothing.
    weights = np.concatenate([weights, unplaced])
    weights = weights - weights.min(initial=0) + 1
    graph = csr_array((weights.astype(float), (rows, columns)), shape=(mentees, len(seats.owner) + mentees))
    _rows, taken = min_weight_full_bipartite_matching(graph)
    return np.concatenate([seats.owner, np.full(mentees, NOBODY)])[taken]


def most_placed(edges: Edges, mentees: int, free: Whole) -> int:
    """How many can be placed along these edges (Hopcroft and Karp, 1973)."""
    seats = _Seats(edges, free)
    there = np.ones(len(seats.edge), dtype=np.int8)
    graph = csr_array((there, (edges.row[seats.edge], seats.vertex)), shape=(mentees, len(seats.owner)))
    return int((maximum_bipartite_matching(graph, perm_type="column") >= 0).sum())
