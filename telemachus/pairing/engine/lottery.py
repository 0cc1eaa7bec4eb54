"""A seeded lottery on stable ids: it decides between answers that are equally good, and nothing else."""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from telemachus.pairing.engine.cases import Block, Case, Places, Whole

BITS = 20


class Lots:
    """A ticket for each mentee and mentor, the same whatever else takes part; a lot of BITS bits for each pair."""

    def __init__(self, case: Case) -> None:
        self._rows = _tickets(case.seed, [case.mentees[at] for at in case.rows])
        self._columns = _tickets(case.seed, [case.mentors[at] for at in case.columns])
        self._short = [(tickets >> np.uint64(32)).astype(np.uint32) for tickets in (self._rows, self._columns)]

    def of(self, row: Places, column: Places) -> Whole:
        """Lots that may be added up: mixed as in SplitMix64 (Steele, Lea and Flood, 2014)."""
        mixed = self._rows[row] + self._columns[column] * np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        # The last step, a shift by 31, would not reach the first bits.
        return _first_bits(mixed)

    def alone(self) -> Whole:
        """Each mentee's lot for having nobody."""
        return _first_bits(self._rows)

    def ranked(self, block: Block) -> NDArray[np.int32]:
        """Points, and among equals the lot: quickly drawn, to be compared, not added up. NEVER stays below 0,
        since no lot makes up for a point."""
        rows = self._short[0][block.first : block.first + len(block.points), None]
        lots = rows + self._short[1][block.columns]
        lots >>= np.uint32(32 - BITS)
        # MOST takes ten bits: points and lot go into one number of 32.
        ranks = block.points << BITS
        ranks += lots.view(np.int32)
        return ranks


def _tickets(seed: int, ids: Sequence[str]) -> NDArray[np.uint64]:
    drawn = (blake2b(f"{seed}:{each}".encode(), digest_size=8).digest() for each in ids)
    return np.array([int.from_bytes(each, "big") for each in drawn], dtype=np.uint64)


def _first_bits(lots: NDArray[np.uint64]) -> Whole:
    return (lots >> np.uint64(64 - BITS)).astype(np.int64)
