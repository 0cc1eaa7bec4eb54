"""How far free places reach for recruits who have not come yet, and which needs are short. Pure: no database, no clock.

Whoever seeks now goes first: recruits get what is left. What they will need is drawn, with a seed, from what people
need now. So many can be placed as places are left: no rule excludes anybody of whom nothing is known. Who is placed
well is a maximum matching (Hopcroft and Karp, 1973).
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from random import Random

import numpy as np

from telemachus.pairing.engine.edges import Edges, most_placed

# Of an even draw, where nobody has said a need yet.
NEEDS_EACH = 3


@dataclass(frozen=True)
class Taker:
    """Somebody with free places, of which `taken` go to who seeks now, and what this colleague can help with."""

    offers: Set[str]
    places: int
    taken: int = 0

    @property
    def left(self) -> int:
        return self.places - self.taken


@dataclass(frozen=True)
class Sought:
    """One need: how many of the recruits have it, and who with a place that is left can help with it."""

    need: str
    sought: int
    mentors: int
    places: int

    @property
    def short(self) -> int:
        """How many more places with somebody who can help with it."""
        return max(self.sought - self.places, 0)


@dataclass(frozen=True)
class Forecast:
    """`placed` of the recruits get somebody, `well` of them somebody who can help with at least half of their needs.

    `places` are those that are left, with so many `mentors`, when who seeks now has `taken` some; `unplaced` of who
    seeks now get nobody.
    """

    seeking: int
    unplaced: int
    taken: int
    recruits: int
    mentors: int
    places: int
    well: int
    needs: tuple[Sought, ...]

    @property
    def free(self) -> int:
        return self.places + self.taken

    @property
    def placed(self) -> int:
        return min(self.recruits, self.places)

    @property
    def missing(self) -> int:
        """Recruits who get nobody."""
        return self.recruits - self.placed

    @property
    def lacking(self) -> int:
        """Places that it would take for everybody, who seeks now included."""
        return self.missing + self.unplaced

    def mentors_more(self, each: int) -> int:
        """How many more mentors, where each takes so many; 0 where none would help."""
        return -(-self.lacking // each) if each else 0


def forecast(needs: Sequence[Set[str]], takers: Sequence[Taker], *, seeking: int = 0, unplaced: int = 0) -> Forecast:
    """`needs` of each recruit; of equals the shortest need stands first."""
    with_room = [taker for taker in takers if taker.left > 0]
    found = sorted(_sought(needs, with_room), key=lambda one: (-one.short, -one.sought, one.need))
    return Forecast(
        seeking=seeking,
        unplaced=unplaced,
        taken=sum(taker.taken for taker in takers),
        recruits=len(needs),
        mentors=len(with_room),
        places=sum(taker.left for taker in with_room),
        well=_well(needs, with_room),
        needs=tuple(found),
    )


def drawn(pool: Sequence[Set[str]], vocabulary: Sequence[str], recruits: int, seed: int) -> list[Set[str]]:
    """Needs of so many recruits: each those of somebody in the pool, or an even draw. More recruits begin the same."""
    luck = Random(seed)
    said = sorted(sorted(needs) for needs in pool if needs)
    words = sorted(vocabulary)
    if said:
        return [frozenset(luck.choice(said)) for _recruit in range(recruits)]
    return [frozenset(luck.sample(words, min(NEEDS_EACH, len(words)))) for _recruit in range(recruits)]


def _sought(needs: Sequence[Set[str]], takers: Sequence[Taker]) -> Iterator[Sought]:
    for need in sorted(set().union(*needs)):
        able = [taker.left for taker in takers if need in taker.offers]
        yield Sought(need, sum(need in each for each in needs), len(able), sum(able))


def _well(needs: Sequence[Set[str]], takers: Sequence[Taker]) -> int:
    fits = [
        (row, column)
        for row, each in enumerate(needs)
        for column, taker in enumerate(takers)
        if 2 * len(each & taker.offers) >= len(each)
    ]
    if not fits:
        return 0
    rows, columns = np.array(fits, dtype=np.intp).T
    free = np.array([taker.left for taker in takers], dtype=np.int64)
    return most_placed(Edges(rows, columns, np.ones(len(fits), dtype=np.int64)), len(needs), free)
