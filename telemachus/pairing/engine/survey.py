"""What is in a table of points before anything is solved: each mentee's best, a few candidates, the reachable floor."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from telemachus.pairing.engine.cases import NEVER, Block, Case, Places, Whole
from telemachus.pairing.engine.edges import Edges, edges_of, joined, most_placed
from telemachus.pairing.engine.lottery import Lots

CANDIDATES = 16
BLOCK = 250_000  # pairs that are looked at together


def blocks(case: Case) -> Iterator[Block]:
    step = max(1, BLOCK // max(1, len(case.mentors)))
    for first in range(0, len(case.mentees), step):
        yield case.block(first, first + step)


@dataclass(frozen=True)
class Survey:
    """`best` by mentee, NEVER for whom nobody may be asked; `edges` holds each mentee's CANDIDATES best."""

    best: Whole
    edges: Edges


def survey(case: Case, lots: Lots) -> Survey:
    best, found = [], []
    for block in blocks(case):
        best.append(block.points.max(axis=1, initial=NEVER).astype(np.int64))
        # Among equals those that a lot prefers, so that an order of names prefers nobody.
        found.append(_candidates(block, lots.ranked(block)))
    return Survey(np.concatenate([*best, np.empty(0, np.int64)]), joined(found))


def _candidates(block: Block, ranks: NDArray[np.int32]) -> Edges:
    fit = ranks >= 0
    if ranks.shape[1] > CANDIDATES:
        fit &= ranks >= np.partition(ranks, -CANDIDATES, axis=1)[:, -CANDIDATES, None]
    return edges_of(block, fit)


def reachable_floor(case: Case, known: Survey, placed: int) -> int:
    """The most points that everybody of so many placed can have; 0 where nobody is."""
    if placed == 0:
        return 0
    ceiling = int(np.sort(known.best)[-placed])
    floor = _highest(known.edges, case, placed, 0, ceiling)
    if floor < ceiling:
        floor = _highest(_above(case, floor), case, placed, floor, ceiling)
    return floor


def _highest(edges: Edges, case: Case, placed: int, low: int, high: int) -> int:
    """By bisection: at `low` so many can be placed."""
    while low < high:
        # Near the top there are few edges: trying there first is cheap.
        middle = high if low + 1 == high else (low + 3 * high) // 4
        fitting = edges.where(edges.points >= middle)
        if most_placed(fitting, len(case.mentees), case.free) >= placed:
            low = middle
        else:
            high = middle - 1
    return low


def _above(case: Case, floor: int) -> Edges:
    return joined([edges_of(block, block.points > floor) for block in blocks(case)])


def most_by_candidates(case: Case, known: Survey) -> int | None:
    """How many can be placed at most, where the candidates tell; None where all pairs would have to be looked at."""
    reached = most_placed(known.edges, len(case.mentees), case.free)
    possible = min(int((known.best > NEVER).sum()), int(case.free.sum()))
    return reached if reached == possible else None


def seats_of(mentors: Places, case: Case) -> Whole:
    """How many of the cohort each mentor takes."""
    return np.bincount(mentors[mentors >= 0], minlength=len(case.mentors)).astype(np.int64)
