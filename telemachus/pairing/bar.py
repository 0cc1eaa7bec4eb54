"""The points of a pair as a bar of pieces, one for each part that gives some."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from telemachus.pairing.reasons import Reason

# A part is drawn the same wherever it stands.
SHADES = {"needs": "solid", "interests": "solid-2"}
OTHERS = "solid-3"
GAP = 4


@dataclass(frozen=True)
class Segment:
    """A piece of the bar, from `start`, and what it stands for."""

    start: int
    points: int
    shade: str
    words: str

    @property
    def width(self) -> int:
        """A little less than its points, so that two pieces of one shade stay two."""
        return max(self.points - GAP, 1)


def segments(reasons: Iterable[Reason]) -> Iterator[Segment]:
    start = 0
    for reason in reasons:
        yield Segment(start, reason.points, SHADES.get(reason.part, OTHERS), reason.words)
        start += reason.points
