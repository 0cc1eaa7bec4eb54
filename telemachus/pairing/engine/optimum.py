"""The best for a whole cohort, with its prices and its proof.

Column generation: each mentee's best few are solved exactly; prices from that answer are held against all other pairs,
those that would be better come in, and so on until none is left. Prices are the least that clear (Demange, Gale and
Sotomayor, 1986), found as a longest path; with them the answer is proved by complementary slackness, in whole numbers.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from telemachus.pairing.engine.answers import answer
from telemachus.pairing.engine.cases import NEVER, NOBODY, Answer, Case, Certificate, Places, Whole
from telemachus.pairing.engine.draw import Draw
from telemachus.pairing.engine.edges import Costs, Edges, edges_of, few, joined
from telemachus.pairing.engine.lottery import Lots
from telemachus.pairing.engine.market import Market, Shared
from telemachus.pairing.engine.survey import Survey, blocks, most_by_candidates, reachable_floor, seats_of, survey

MORE = 20  # pairs that a mentee gets in one round
NEAR = 60  # so many points worse at the first prices, and a pair is still in reach
TIES = 40  # for each mentee: so many pairs as good as those that were found are kept; of more it is asked again
FAR = 2**29  # beyond all prices that a pair can pay in points alone


def never() -> bool:
    return False


def solve(case: Case, enough: Callable[[], bool] = never) -> Answer:
    """Fewest unplaced, then fewest below the floor, then least regret and load, then the lottery.

    `enough` is asked between rounds; where it says so, the best answer so far comes back with its gap.
    """
    lots = Lots(case)
    known = survey(case, lots)
    search = None
    floor = case.aims.floor
    if floor is None:
        placed = most_by_candidates(case, known)
        if placed is None:
            search = _Search(case, known, lots, 0).run(enough)
            placed = int((search.shared.mentors != NOBODY).sum())
        floor = reachable_floor(case, known, placed)
    if search is None or search.floor != floor:
        search = _Search(case, known, lots, floor).run(enough)
    by_lottery: set[int] = set()
    if search.certificate.proved:
        by_lottery = search.draw(enough)
    return answer(
        case,
        search.shared.mentors,
        search.shared.points,
        floor=floor,
        prices=search.shared.prices,
        by_lottery=by_lottery,
        certificate=search.certificate,
    )


@dataclass
class _Scan:
    """What all pairs say of some prices: those that come into play, those as good, and the bound that follows."""

    better: Edges
    equal: Edges | None  # where they are not too many to be kept
    bound: int
    clear: bool  # nobody would rather have somebody else


@dataclass
class _Search:
    case: Case
    known: Survey
    lots: Lots
    floor: int
    costs: Costs = field(init=False)
    shared: Shared = field(init=False)
    equal: Edges | None = field(init=False)
    certificate: Certificate = field(init=False)

    def __post_init__(self) -> None:
        self.costs = Costs.of(self.case, self.floor)
        self.unplaced = np.full(len(self.case.mentees), self.costs.unplaced)
        self._market = Market(self.case.free, self._charge, self.unplaced, last=True)

    def run(self, enough: Callable[[], bool]) -> "_Search":
        edges, near = self.known.edges, NEAR
        while True:
            self.shared = self._market.shared(edges, self._regret(edges))
            scan = self._scan(near)
            self.certificate = Certificate(self._cost(), scan.bound)
            self.equal = scan.equal
            if scan.clear or enough():
                return self
            # From the first prices on it is known who is in reach; after that nothing goes out of play again.
            edges, near = scan.better if near else joined([edges, scan.better]), 0

    def _charge(self, mentors: Places, seat: Places) -> Whole:
        return self.costs.load * (self.case.taken[mentors] + seat)

    def _regret(self, edges: Edges) -> Whole:
        return self.costs.regret(edges.points, self.known.best[edges.row])

    def _cost(self) -> int:
        seats = seats_of(self.shared.mentors, self.case)
        return int(self.shared.own.sum()) + int(self._loads(seats).sum())

    def _loads(self, seats: Whole) -> Whole:
        """What so many seats of each mentor cost together: the charges run load × standing, load × (standing + 1), …"""
        return self.costs.load * (seats * self.case.taken + seats * (seats - 1) // 2)

    # The proof

    def _scan(self, near: int) -> _Scan:
        """Holds all pairs against the prices: a lower bound for every answer, whatever it is (weak duality)."""
        paid, least, clear = self.shared.paid, self.unplaced.copy(), True
        coming, equal, kept, most = [], list[Edges](), 0, TIES * len(self.case.mentees)
        for pairs, gain in self._within(near):
            np.minimum.at(least, pairs.row, paid[pairs.row] + gain)
            clear = clear and not (gain < 0).any()
            coming.append(self._coming(pairs, gain, near))
            ties = pairs.where(gain == 0)
            kept += len(ties.row)
            equal = [*equal, ties] if kept <= most else []
        bound = int(least.sum()) + int(self._least_of_mentors().sum())
        return _Scan(joined(coming), joined(equal) if kept <= most else None, bound, clear)

    def _within(self, near: int) -> Iterator[tuple[Edges, Whole]]:
        """Pairs that cost their mentee at the prices at most so much more than is paid, and how much more.

        Points alone rule out most of them, in small numbers: what a pair costs beyond points is never less than 0.
        """
        paid, best = self.shared.paid, self.known.best
        prices = np.minimum(self.shared.prices, FAR).astype(np.int32)
        least = np.maximum(best - paid - near, -FAR).astype(np.int32)
        for block in blocks(self.case):
            few_left = block.points - prices[block.columns] >= least[block.first :][: len(block.points), None]
            pairs = edges_of(block, few_left)
            pairs = pairs.where(pairs.points > NEVER)
            gain = self._regret(pairs) + self.shared.prices[pairs.column] - paid[pairs.row]
            yield pairs.where(gain <= near), gain[gain <= near]

    def _coming(self, pairs: Edges, gain: Whole, near: int) -> Edges:
        """Which of these come into play; where all are chosen anew, those that were found stay."""
        fit = gain <= near if near else gain < 0
        pairs, gain = pairs.where(fit), gain[fit]
        taken = few(pairs, gain, self.lots.of(pairs.row, pairs.column), MORE)
        if near:
            taken |= pairs.column == self.shared.mentors[pairs.row]
        return pairs.where(taken)

    def _least_of_mentors(self) -> Whole:
        """For each mentor the least that seats cost less what they bring at the price, over every number of seats."""
        seats = self._seats_up_to(self.shared.prices)
        return self._loads(seats) - seats * self.shared.prices

    def _seats_up_to(self, price: Whole) -> Whole:
        """How many seats are charged at most so much: a price, which is that of a first seat or more, or one less."""
        free = np.minimum(self.case.free, len(self.case.mentees))
        if self.costs.load == 0:
            return np.where(price >= 0, free, 0)
        seats: Whole = np.minimum(price // self.costs.load - self.case.taken + 1, free)
        return seats

    # The lottery

    def draw(self, enough: Callable[[], bool]) -> set[int]:
        """Among the answers that cost the same the one that the lots prefer; gives the mentees for whom it mattered."""
        draw = Draw(
            self.shared.mentors,
            self._seats_up_to(self.shared.prices - 1),
            self._seats_up_to(self.shared.prices),
            alone=self.shared.paid == self.costs.unplaced,
            ties=self._ties,
            whole=self.equal is not None,
            lots=self.lots,
        )
        open_to = draw.open_to()
        if open_to:
            drawn = draw.cast(enough)
            regret = self.costs.regret(drawn.points, self.known.best)
            own = np.where(drawn.mentors == NOBODY, self.unplaced, regret)
            self.shared = replace(drawn, own=own, prices=self.shared.prices)
            # Proved once more: the lots may not have cost anything.
            self.certificate = Certificate(self._cost(), self.certificate.bound)
        return open_to

    def _ties(self) -> Iterator[Edges]:
        if self.equal is not None:
            return iter([self.equal])
        return (pairs.where(gain == 0) for pairs, gain in self._within(0))
