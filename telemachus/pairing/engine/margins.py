"""What the cohort would lose by a pair that its answer does not have.

Whoever takes a place pushes somebody out, who pushes somebody else, until there is room: a ring of moves, and the
cheapest one is a shortest path in the residual graph of the answer (Ahuja, Magnanti and Orlin, Network Flows, 1993).
Prices alone do not tell it: at the least prices the runner-up for a place is always as well off with it as without.
"""

from dataclasses import dataclass

import numpy as np

from telemachus.pairing.engine.cases import MOST, NEVER, Answer, Case, Whole
from telemachus.pairing.engine.edges import Costs, edges_of
from telemachus.pairing.engine.survey import blocks

FAR = 2**60  # no way; two of them may still be added up


@dataclass(frozen=True)
class Margin:
    """How much more than the best answer costs the best one with this pair, and the best one in which the mentee has
    nobody; `top` are the mentee's best points, from which regret is counted."""

    costs: Costs
    pair: int
    alone: int
    top: int

    def missing(self, points: int) -> int | None:
        """How many more points would bring the pair into an answer that no other is better than."""
        more = np.arange(points, MOST + 1)
        # Beyond the best so far all that the mentee may have instead is regretted more.
        top = np.maximum(more, self.top)
        spared = self.costs.regret(more[:1], top[:1]) - self.costs.regret(more, top)
        enough = np.flatnonzero(self.pair - spared <= np.minimum(top - self.top, self.alone))
        return int(enough[0]) if len(enough) else None


class Margins:
    """The margins of pairs of one answer, which is the proved optimum of the case: else the numbers mean nothing."""

    def __init__(self, case: Case, found: Answer) -> None:
        self._case, self._residual = case, _Residual(case, found)
        self._rows, self._columns = np.argsort(case.rows).tolist(), np.argsort(case.columns).tolist()
        self._ways: dict[int, Whole] = {}

    def of(self, row: int, column: int) -> Margin:
        """Of a pair that may be, by its places in the case."""
        row, column = self._rows[row], self._columns[column]
        residual, to_home = self._residual, self._ways_to(int(self._residual.home[row]))
        block = self._case.block(row, row + 1)
        top = max(int(block.points.max()), 0)
        points = int(block.points[block.columns == column].max())
        paying = int(residual.costs.regret(np.array(points), np.array(top))) + int(residual.prices[column])
        pays = int(residual.pays[row])
        return Margin(
            costs=residual.costs,
            pair=paying - pays + int(to_home[column]),
            alone=residual.costs.unplaced - pays + int(to_home[-1]),
            top=top,
        )

    def _ways_to(self, home: int) -> Whole:
        if home not in self._ways:
            self._ways[home] = self._residual.ways(home)
        return self._ways[home]


class _Residual:
    """What each step from mentor to mentor costs at the prices, the last place being nobody: never less than 0."""

    def __init__(self, case: Case, found: Answer) -> None:
        self.costs = Costs.of(case, found.floor)
        names = [case.mentors[at] for at in case.columns]
        self.place = {name: at for at, name in enumerate(names)}
        nobody = len(names)
        chosen = [found.pairs.get(case.mentees[at]) for at in case.rows]
        self.home = np.array([nobody if name is None else self.place[name] for name in chosen], dtype=np.intp)
        self.prices = np.array([found.prices[name] for name in names], dtype=np.int64)
        self.pays = np.full(len(chosen), self.costs.unplaced)
        self._steps = np.full((nobody + 1, nobody + 1), FAR, dtype=np.int64)
        for block in blocks(case):
            edges = edges_of(block, block.points > NEVER)
            top = block.points.max(axis=1, initial=0).astype(np.int64)[edges.row - block.first]
            paying = self.costs.regret(edges.points, top) + self.prices[edges.column]
            own = self.home[edges.row] == edges.column
            self.pays[edges.row[own]] = paying[own]
            self._step(self.home[edges.row], edges.column, paying - self.pays[edges.row])
        self._step(self.home, np.full(len(chosen), nobody), self.costs.unplaced - self.pays)
        self._seats(case)

    def _seats(self, case: Case) -> None:
        """A seat more where there is room, and a seat less where somebody sits."""
        nobody = len(self.prices)
        seats = np.bincount(self.home, minlength=nobody + 1)[:nobody]
        room, taken = np.flatnonzero(seats < case.free), np.flatnonzero(seats)
        charge = self.costs.load * (case.taken + seats)
        self._step(room, np.full(len(room), nobody), (charge - self.prices)[room])
        self._step(np.full(len(taken), nobody), taken, (self.prices - charge + self.costs.load)[taken])

    def _step(self, source: np.ndarray, target: np.ndarray, cost: Whole) -> None:
        np.minimum.at(self._steps.reshape(-1), source * len(self._steps) + target, cost)

    def ways(self, home: int) -> Whole:
        """From each mentor the cheapest way to this one (Bellman and Ford)."""
        far = np.full(len(self._steps), FAR, dtype=np.int64)
        far[home] = 0
        # No way has more steps than there are places.
        for _step in range(len(far)):
            nearer = np.minimum(far, (self._steps + far).min(axis=1))
            if (nearer == far).all():
                break
            far = nearer
        return far
