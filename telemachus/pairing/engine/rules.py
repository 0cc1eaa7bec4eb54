"""Hard rules: who may not be whose mentor, each with a code that can be shown."""

from collections.abc import Collection, Set
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from telemachus.pairing.engine.cases import Places


@dataclass(frozen=True)
class Rule:
    """Excludes single pairs, by places of mentee and mentor, and whole mentors but for the pairs in `unless`."""

    code: str
    pairs: Set[tuple[int, int]] = frozenset()
    mentors: Set[int] = frozenset()
    unless: Collection[tuple[int, int]] = frozenset()

    def within(self, shape: tuple[int, int]) -> bool:
        """Whether it names nobody beyond so many mentees and mentors: such an exclusion would exclude nobody."""
        rows, columns = range(shape[0]), range(shape[1])
        named = all(row in rows and column in columns for pairs in (self.pairs, self.unless) for row, column in pairs)
        return named and all(column in columns for column in self.mentors)

    def excludes(self, row: int, column: int) -> bool:
        return ((row, column) in self.pairs or column in self.mentors) and (row, column) not in self.unless

    def against(self, rows: Places, mentors: int) -> NDArray[np.bool_]:
        """Of these mentees with all mentors."""
        found = np.zeros((len(rows), mentors), dtype=np.bool_)
        found[:, sorted(self.mentors)] = True
        for place, row in enumerate(rows.tolist()):
            found[place, self._by_mentee.get(row, [])] = True
            found[place, self._spared.get(row, [])] = False
        return found

    @cached_property
    def _by_mentee(self) -> dict[int, list[int]]:
        return _grouped(self.pairs)

    @cached_property
    def _spared(self) -> dict[int, list[int]]:
        return _grouped(self.unless)


def _grouped(pairs: Collection[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for row, column in pairs:
        found.setdefault(row, []).append(column)
    return found
