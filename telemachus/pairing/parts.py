"""Parts of the points that the engine does not bring along: a way to meet that both have, and a wish."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from telemachus.pairing.engine import Covered, Given

Points = NDArray[np.int32]
Places = NDArray[np.intp]


@dataclass(frozen=True)
class Shared:
    """The whole weight where the two have at least one term in common."""

    name: str
    weight: int
    mentees: Sequence[Set[str]]
    mentors: Sequence[Set[str]]

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.mentees), len(self.mentors)

    def points(self, rows: Places) -> Points:
        return np.where(self._covered.points(rows) > 0, np.int32(self.weight), np.int32(0))

    def of(self, row: int, column: int) -> Given:
        has = self.mentees[row] & self.mentors[column]
        return Given(self.name, self.weight if has else 0, self.weight, tuple(sorted(has)))

    @cached_property
    def _covered(self) -> Covered:
        """Weighed so that one common term is never rounded down to nothing."""
        most = max(map(len, self.mentees), default=0)
        return Covered(self.name, max(most, 1), self.mentees, self.mentors)


@dataclass(frozen=True)
class Wished:
    """The whole weight where the mentee wishes for this mentor, by places of both."""

    name: str
    weight: int
    pairs: Set[tuple[int, int]]
    shape: tuple[int, int]

    def points(self, rows: Places) -> Points:
        found = np.zeros((len(rows), self.shape[1]), dtype=np.int32)
        place = {row: at for at, row in enumerate(rows.tolist())}
        for row, column in self.pairs:
            if row in place:
                found[place[row], column] = self.weight
        return found

    def of(self, row: int, column: int) -> Given:
        return Given(self.name, self.weight if (row, column) in self.pairs else 0, self.weight)
