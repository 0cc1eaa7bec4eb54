"""The lottery among answers that cost the same: who takes part in it, and whom the lots prefer.

An answer costs the same if all its pairs cost at the prices what their mentees pay, which are ties. They may be very
many, where pairs are much alike: then they are looked at a block at a time, and few are in play, as in the search.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from telemachus.pairing.engine.cases import NOBODY, Places, Whole
from telemachus.pairing.engine.edges import Edges, few, joined
from telemachus.pairing.engine.lottery import BITS, Lots
from telemachus.pairing.engine.market import Market, Shared

KEPT = 20  # ties of one mentee in play, where they are too many


@dataclass(frozen=True)
class Draw:
    """`mentors` by mentee as they were found; `ties` gives all of them each time it is asked, in one piece if they are
    `whole`.

    In every answer of this cost a mentor has at least `must` mentees and at most `may`. `alone`: who pays as much as
    having nobody costs.
    """

    mentors: Places
    must: Whole
    may: Whole
    alone: np.ndarray
    ties: Callable[[], Iterator[Edges]]
    whole: bool
    lots: Lots

    @cached_property
    def _nobody(self) -> int:
        return len(self.may)

    @cached_property
    def _home(self) -> Places:
        """Each mentee's mentor, nobody being the last."""
        return np.where(self.mentors == NOBODY, self._nobody, self.mentors)

    def open_to(self) -> set[int]:
        """Mentees who have somebody else in another answer of the same cost.

        They are on a ring of moves that changes nothing: mentors, and a place for nobody, in one strong component.
        """
        part, home = self._parts(), self._home
        found = self.alone & (self.mentors != NOBODY) & (part[home] == part[self._nobody])
        for ties in self.ties():
            elsewhere = (ties.column != home[ties.row]) & (part[ties.column] == part[home[ties.row]])
            found[ties.row[elsewhere]] = True
        return set(np.flatnonzero(found).tolist())

    def _parts(self) -> Places:
        """The strong component of each mentor and of nobody, from one block of moves after the other."""
        size = self._nobody + 1
        part, source, target = np.arange(size), *self._seat_moves()
        for ties in self.ties():
            source = np.concatenate([source, part[self._home[ties.row]]])
            target = np.concatenate([target, part[ties.column]])
            apart = source != target
            source, target = np.divmod(np.unique(source[apart] * size + target[apart]), size)
            there = np.ones(len(source), dtype=np.int8)
            graph = csr_array((there, (source, target)), shape=(size, size))
            joint: Places = connected_components(graph, connection="strong")[1].astype(np.intp)
            part, source, target = joint[part], joint[source], joint[target]
        return part

    def _seat_moves(self) -> tuple[Places, Places]:
        """A seat more, a seat less, a mentee more with nobody."""
        nobody, seats = self._nobody, np.bincount(self._home, minlength=self._nobody + 1)[:-1]
        more, less, alone = np.flatnonzero(seats < self.may), np.flatnonzero(seats > self.must), self._home[self.alone]
        source = np.concatenate([more, np.full(len(less), nobody), alone])
        target = np.concatenate([np.full(len(more), nobody), less, np.full(len(alone), nobody)])
        return source, target

    def cast(self, enough: Callable[[], bool]) -> Shared:
        """By the least sum of lots."""
        edges, market = self._in_play(), self._market()
        while True:
            shared = market.shared(edges, self.lots.of(edges.row, edges.column))
            better = None if self.whole or enough() else self._better(shared)
            if better is None or not len(better.row):
                return shared
            edges = joined([edges, better])

    def _market(self) -> Market:
        # A seat that is charged less than its price is taken in every answer of this cost.
        taken = (len(self.mentors) << BITS) + 1
        unplaced = np.where(self.alone, self.lots.alone(), (len(self.mentors) + 1) * taken)
        return Market(
            self.may,
            lambda mentors, seat: np.where(seat < self.must[mentors], -taken, 0),
            unplaced,
            last=not self.alone.any(),
        )

    def _in_play(self) -> Edges:
        if self.whole:
            return joined(list(self.ties()))
        # What was found is among them: there is an answer.
        home = self._home
        parts = [
            ties.where(few(ties, lots, lots, KEPT) | (ties.column == home[ties.row]))
            for ties in self.ties()
            for lots in [self.lots.of(ties.row, ties.column)]
        ]
        return joined(parts)

    def _better(self, shared: Shared) -> Edges:
        """Ties that the lots would rather have at these prices."""
        found, paid = [], shared.paid
        for ties in self.ties():
            lots = self.lots.of(ties.row, ties.column)
            gain = lots + shared.prices[ties.column] - paid[ties.row]
            better = gain < 0
            ties = ties.where(better)
            found.append(ties.where(few(ties, gain[better], lots[better], KEPT)))
        return joined(found)
