"""The pairing that no mentee and mentor would both leave for each other (Gale and Shapley, 1962).

Both sides rank by the same points, and equals by the same lot: then there is only one such pairing.
"""

from heapq import heappush, heappushpop

import numpy as np
from numpy.typing import NDArray

from telemachus.pairing.engine.answers import answer
from telemachus.pairing.engine.cases import NEVER, NOBODY, Answer, Block, Case
from telemachus.pairing.engine.lottery import BITS, Lots
from telemachus.pairing.engine.survey import blocks

FIRST = 20  # so many are put in order for each mentee at once; few ask further

Ranked = list[tuple[int, int]]  # rank and mentor, best first


def stable(case: Case) -> Answer:
    """Each mentee asks down the list; a mentor keeps the best for whom there are places."""
    asking = _Asking(case)
    waiting = list(range(len(case.mentees)))
    while waiting:
        mentee = waiting.pop()
        wish = asking.wish(mentee)
        turned_away = None if wish is None else asking.ask(mentee, *wish)
        if turned_away is not None:
            waiting.append(turned_away)
    mentors = np.full(len(case.mentees), NOBODY, dtype=np.intp)
    points = np.full(len(case.mentees), NEVER, dtype=np.int64)
    for mentor, kept in enumerate(asking.kept):
        for rank, mentee in kept:
            mentors[mentee], points[mentee] = mentor, rank >> BITS
    return answer(case, mentors, points, floor=case.aims.floor or 0)


class _Asking:
    """Who has been asked, and whom each mentor keeps: ranks and mentees, the least first."""

    def __init__(self, case: Case) -> None:
        self.kept: list[list[tuple[int, int]]] = [[] for _ in case.mentors]
        self._case, self._lots = case, Lots(case)
        self._free = case.free.tolist()
        # More than this a rank must be for the mentor to say yes. It only ever rises.
        self._least = np.full(len(case.mentors), NEVER, dtype=np.int64)
        self._lists = [ranked for block in blocks(case) for ranked in _first(block, self._lots.ranked(block))]
        for ranked in self._lists:
            ranked.reverse()

    def wish(self, mentee: int) -> tuple[int, int] | None:
        """Whom this mentee asks next, and at which rank; None where nobody is left who would say yes."""
        if self._lists[mentee]:
            return self._lists[mentee].pop()
        block = self._case.block(mentee, mentee + 1)
        ranks, columns = self._lots.ranked(block)[0], block.columns[0]
        ranks = np.where(ranks > self._least[columns], ranks, NEVER)
        at = int(ranks.argmax()) if len(ranks) else 0
        return (int(ranks[at]), int(columns[at])) if len(ranks) and ranks[at] > NEVER else None

    def ask(self, mentee: int, rank: int, mentor: int) -> int | None:
        """Gives whoever has to ask on."""
        kept = self.kept[mentor]
        turned_away = None
        if len(kept) < self._free[mentor]:
            heappush(kept, (rank, mentee))
        else:
            turned_away = heappushpop(kept, (rank, mentee))[1]
        if len(kept) == self._free[mentor]:
            self._least[mentor] = kept[0][0]
        return turned_away


def _first(block: Block, ranks: NDArray[np.int32]) -> list[Ranked]:
    """The FIRST best of each mentee in order, without those who are excluded."""
    few = min(FIRST, ranks.shape[1])
    places = np.argpartition(-ranks, few - 1, axis=1)[:, :few] if few else np.empty((len(ranks), 0), np.intp)
    ranks = np.take_along_axis(ranks, places, axis=1)
    columns = np.take_along_axis(np.broadcast_to(block.columns, block.points.shape), places, axis=1)
    order = np.argsort(-ranks, axis=1)
    both = np.take_along_axis(ranks, order, axis=1).tolist(), np.take_along_axis(columns, order, axis=1).tolist()
    return [[pair for pair in zip(*row, strict=True) if pair[0] > NEVER] for row in zip(*both, strict=True)]
