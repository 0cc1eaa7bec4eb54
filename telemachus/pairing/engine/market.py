"""Pairs in play, seats whose charges never fall, and who gets which at the least sum: with the prices that tell it.

The same for the cohort's costs and for the lottery's lots.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from telemachus.pairing.engine.cases import NEVER, NOBODY, Places, Whole
from telemachus.pairing.engine.edges import Edges, cheapest

Charge = Callable[[Places, Places], Whole]


@dataclass(frozen=True)
class Shared:
    """By mentee the mentor, the points and what that costs without the price; by mentor the price."""

    mentors: Places
    points: Whole
    own: Whole
    prices: Whole

    @property
    def paid(self) -> Whole:
        """What each mentee pays in all."""
        # Nobody's place is the last.
        paid: Whole = self.own + np.append(self.prices, 0)[self.mentors]
        return paid


@dataclass(frozen=True)
class Market:
    """`charge(mentors, k)` is what a mentor's k-th seat costs, counted from 0, and never less than the one before;
    `unplaced` by mentee what having nobody costs. `last`: that is more than anything else."""

    free: Whole
    charge: Charge
    unplaced: Whole
    last: bool

    def shared(self, edges: Edges, cost: Whole) -> Shared:
        """`cost` by edge."""
        mentors = cheapest(edges, cost, self.free, self.charge, self.unplaced, last=self.last)
        own, points = self.unplaced.copy(), np.full(len(mentors), NEVER, dtype=np.int64)
        chosen = mentors[edges.row] == edges.column
        own[edges.row[chosen]], points[edges.row[chosen]] = cost[chosen], edges.points[chosen]
        shared = Shared(mentors, points, own, self._first(mentors))
        return replace(shared, prices=self._clearing(edges, cost, shared))

    def _first(self, mentors: Places) -> Whole:
        """A mentor's price begins with the charge of the last seat taken, or of the first where none is."""
        seats = np.bincount(mentors[mentors != NOBODY], minlength=len(self.free))
        return self.charge(np.arange(len(seats)), np.maximum(seats - 1, 0))

    def _clearing(self, edges: Edges, cost: Whole, shared: Shared) -> Whole:
        """The least prices at which nobody in play would rather have somebody else: raised until nobody does."""
        order = np.lexsort((edges.row, edges.column))
        row, column, cost = edges.row[order], edges.column[order], cost[order]
        columns, first = np.unique(column, return_index=True)
        prices = shared.prices
        while len(columns):
            wanted = np.maximum.reduceat(replace(shared, prices=prices).paid[row] - cost, first)
            raised = np.maximum(prices[columns], wanted)
            if (raised == prices[columns]).all():
                break
            prices[columns] = raised
        return prices
