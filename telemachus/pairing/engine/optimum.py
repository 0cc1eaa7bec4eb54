"""The best for a whole cohort, with its prices and its proof.

Column generation: each mentee's best few are solved exactly; prices from that answer are held against all other pairs,
those that would be better come in, and so on until none is left. Prices are the least that clear (Demange, Gale and
Sotomayor, 1986), found as a longest path; with them the answer is proved by complementary slackness, in whole numbers.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from telemachus.pairing.engine.answers import answer
from telemachus.pairing.engine.cases import NEVER, NOBODY, Answer, Case, Certificate, Places, Whole
from telemachus.pairing.engine.edges import Costs, Edges, cheapest, edges_of, joined
from telemachus.pairing.engine.lottery import BITS, Lots
from telemachus.pairing.engine.survey import Survey, blocks, most_by_candidates, reachable_floor, seats_of, survey

MORE = 20  # better pairs that a mentee gets in one round


def never() -> bool:
    return False


def solve(case: Case, enough: Callable[[], bool] = never) -> Answer:
    """Fewest unplaced, then fewest below the floor, then least regret and load, then the lottery.

    `enough` is asked between rounds; where it says so, the best answer so far comes back with its gap.
    """
    known = survey(case)
    floor = case.aims.floor
    if floor is None:
        placed = most_by_candidates(case, known)
        if placed is None:
            placed = int((_Search(case, known, 0).run(enough).mentors != NOBODY).sum())
        floor = reachable_floor(case, known, placed)
    search = _Search(case, known, floor).run(enough)
    by_lottery: set[int] = set()
    if search.certificate.proved:
        by_lottery = search.draw()
    return answer(
        case,
        search.mentors,
        search.points,
        floor=floor,
        prices=search.prices,
        by_lottery=by_lottery,
        certificate=search.certificate,
    )


@dataclass
class _Scan:
    """What all pairs say of some prices: those that would be better, those as good, and the bound that follows."""

    better: Edges
    equal: Edges
    bound: int


@dataclass
class _Search:
    case: Case
    known: Survey
    floor: int
    costs: Costs = field(init=False)
    mentors: Places = field(init=False)
    prices: Whole = field(init=False)
    equal: Edges = field(init=False)
    certificate: Certificate = field(init=False)

    def __post_init__(self) -> None:
        self.costs = Costs.of(self.case, self.floor)
        # Whoever has nobody at all to regret has no best.
        self.best = np.maximum(self.known.best, 0)

    def run(self, enough: Callable[[], bool]) -> "_Search":
        edges = self.known.edges
        while True:
            self._solve(edges)
            scan = self._scan()
            self.certificate = Certificate(self._cost(), scan.bound)
            self.equal = scan.equal
            if not len(scan.better.row) or enough():
                return self
            edges = joined([edges, scan.better])

    # One round

    def _charge(self, mentors: Places, seat: Places) -> Whole:
        return self.costs.load * (self.case.taken[mentors] + seat)

    def _solve(self, edges: Edges) -> None:
        cost = self.costs.regret(edges.points, self.best[edges.row])
        alone = np.full(len(self.case.mentees), self.costs.unplaced)
        self.mentors = cheapest(edges, cost, self.case.free, self._charge, alone)
        self.points = np.full(len(self.mentors), NEVER, dtype=np.int64)
        chosen = self.mentors[edges.row] == edges.column
        self.points[edges.row[chosen]] = edges.points[chosen]
        self.prices = self._clearing(edges, cost)

    def _clearing(self, edges: Edges, cost: Whole) -> Whole:
        """The least prices at which nobody in play would rather have somebody else: raised until nobody does.

        A mentor's price begins with the charge of the last seat taken, or of the first where none is.
        """
        order = np.lexsort((edges.row, edges.column))
        row, column, cost = edges.row[order], edges.column[order], cost[order]
        columns, first = np.unique(column, return_index=True)
        seats = seats_of(self.mentors, self.case)
        prices = self._charge(np.arange(len(seats)), np.maximum(seats - 1, 0))
        own = self._own_cost()
        while len(columns):
            wanted = np.maximum.reduceat(self._worth(own, prices)[row] - cost, first)
            raised = np.maximum(prices[columns], wanted)
            if (raised == prices[columns]).all():
                break
            prices[columns] = raised
        return prices

    def _own_cost(self) -> Whole:
        """What each mentee's place costs without the mentor's price."""
        regret = self.costs.regret(self.points, self.best)
        return np.where(self.mentors == NOBODY, self.costs.unplaced, regret)

    def _worth(self, own: Whole, prices: Whole) -> Whole:
        """What each mentee pays in all."""
        return own + np.where(self.mentors == NOBODY, 0, np.append(prices, 0)[self.mentors])

    def _cost(self) -> int:
        seats = seats_of(self.mentors, self.case)
        return int(self._own_cost().sum()) + int(self._loads(seats).sum())

    def _loads(self, seats: Whole) -> Whole:
        """What so many seats of each mentor cost together: the charges run load × standing, load × (standing + 1), …"""
        return self.costs.load * (seats * self.case.taken + seats * (seats - 1) // 2)

    # The proof

    def _scan(self) -> _Scan:
        """Holds all pairs against the prices: a lower bound for every answer, whatever it is (weak duality)."""
        paid, least, better, equal = self._worth(self._own_cost(), self.prices), [], [], []
        for block in blocks(self.case):
            these = slice(block.first, block.first + len(block.points))
            costs = self.costs.regret(block.points, self.best[these, None]) + self.prices[block.columns]
            costs[block.points == NEVER] = self.costs.unplaced + 1
            least.append(costs.min(axis=1, initial=self.costs.unplaced))
            gain = costs - paid[these, None]
            equal.append(edges_of(block, gain == 0))
            better.append(edges_of(block, _first_few(gain)))
        bound = sum(int(each.sum()) for each in least) + int(self._least_of_mentors().sum())
        return _Scan(joined(better), joined(equal), bound)

    def _least_of_mentors(self) -> Whole:
        """For each mentor the least that seats cost less what they bring at the price, over every number of seats."""
        seats = self._seats_up_to(self.prices)
        return self._loads(seats) - seats * self.prices

    def _seats_up_to(self, price: Whole) -> Whole:
        """How many seats are charged at most so much."""
        free = np.minimum(self.case.free, len(self.case.mentees))
        if self.costs.load == 0:
            return np.where(price >= 0, free, 0)
        seats: Whole = np.clip(price // self.costs.load - self.case.taken + 1, 0, free)
        return seats

    # The lottery

    def draw(self) -> set[int]:
        """Among the answers that cost the same the one that the lots prefer; gives the mentees for whom it mattered."""
        open_to = self._others()
        if open_to:
            self._cast_lots()
        return open_to

    def _others(self) -> set[int]:
        """Mentees who have somebody else in another answer of the same cost.

        They are on a ring of moves that changes nothing: mentors, and a place for nobody, in one strong component.
        """
        moves, nobody = self.equal, len(self.case.mentors)
        seats = seats_of(self.mentors, self.case)
        must, may = self._seats_up_to(self.prices - 1), self._seats_up_to(self.prices)
        leaves = np.where(self.mentors == NOBODY, nobody, self.mentors)[moves.row]
        alone = np.flatnonzero(self._worth(self._own_cost(), self.prices) == self.costs.unplaced)
        source = np.concatenate([leaves, np.flatnonzero(seats < may), np.full((seats > must).sum(), nobody)])
        target = np.concatenate([moves.column, np.full((seats < may).sum(), nobody), np.flatnonzero(seats > must)])
        source = np.concatenate([source, np.where(self.mentors == NOBODY, nobody, self.mentors)[alone]])
        target = np.concatenate([target, np.full(len(alone), nobody)])
        graph = csr_array((np.ones(len(source), dtype=np.int8), (source, target)), shape=(nobody + 1, nobody + 1))
        _count, part = connected_components(graph, connection="strong")
        has = np.where(self.mentors == NOBODY, nobody, self.mentors)
        elsewhere = (moves.column != has[moves.row]) & (part[moves.column] == part[has[moves.row]])
        lost = alone[(has[alone] != nobody) & (part[has[alone]] == part[nobody])]
        return set(moves.row[elsewhere].tolist()) | set(lost.tolist())

    def _cast_lots(self) -> None:
        moves, lots, mentees = self.equal, Lots(self.case), len(self.mentors)
        must, may = self._seats_up_to(self.prices - 1), self._seats_up_to(self.prices)
        # A seat that is charged less than its price is taken in every answer of this cost.
        taken = (mentees << BITS) + 1
        alone = self._worth(self._own_cost(), self.prices) == self.costs.unplaced
        unplaced = np.where(alone, lots.alone(), (mentees + 1) * taken)
        self.mentors = cheapest(
            moves,
            lots.of(moves.row, moves.column),
            may,
            lambda mentors, seat: np.where(seat < must[mentors], -taken, 0),
            unplaced,
        )
        self.points = np.full(mentees, NEVER, dtype=np.int64)
        chosen = self.mentors[moves.row] == moves.column
        self.points[moves.row[chosen]] = moves.points[chosen]
        # Proved once more: the lots may not have cost anything.
        self.certificate = Certificate(self._cost(), self.certificate.bound)


def _first_few(gain: Whole) -> np.ndarray:
    """Where a pair would be better, for each mentee the MORE that are best."""
    better = gain < 0
    rows = np.flatnonzero(better.sum(axis=1) > MORE)
    if len(rows):
        edge = np.partition(gain[rows], MORE, axis=1)[:, MORE, None]
        better[rows] &= gain[rows] <= edge
    return better
