"""The picture of a proposal: mentees left, colleagues right, a line for each pair, and the load before and after."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from telemachus.pairing.engine import MOST
from telemachus.pairing.models import Proposed
from telemachus.pairing.proposals.page import Load, Page

STEP, TOP = 34, 40
LEFT, RIGHT, DOTS, APART = 236, 470, 700, 17
WIDEST, NARROWEST = 9, 2
# More dots than these are said in numbers.
MOST_DOTS = 9


@dataclass(frozen=True)
class Dot:
    x: int
    kind: str


@dataclass(frozen=True)
class Left:
    row: Proposed
    y: int


@dataclass(frozen=True)
class Right:
    load: Load
    y: int
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class Link:
    """A line from a mentee to a colleague, the wider the more points."""

    path: str
    width: int
    kind: str


@dataclass(frozen=True)
class Picture:
    lefts: tuple[Left, ...]
    rights: tuple[Right, ...]
    links: tuple[Link, ...]
    height: int
    # Where the dots begin, and how wide the longest row of them is: on a phone they stand alone.
    dots_at: int = DOTS - APART // 2
    dots_wide: int = APART


def picture(page: Page) -> Picture:
    """Colleagues stand beside their mentees as far as they can, so that few lines cross."""
    lefts = tuple(Left(row, TOP + STEP * at) for at, row in enumerate(page.rows))
    rights = tuple(_rights(page.loads, lefts))
    at = {right.load.mentor.pk: right.y for right in rights}
    links = [_link(left, at[left.row.mentor_id], page.proposal.floor) for left in lefts if left.row.mentor_id in at]
    most = max((len(right.dots) for right in rights), default=0)
    height = TOP + STEP * max(len(lefts), len(rights), 1)
    return Picture(lefts, rights, tuple(links), height, dots_wide=APART * max(most, 1))


def _rights(loads: Sequence[Load], lefts: Sequence[Left]) -> list[Right]:
    places: dict[UUID | None, list[int]] = defaultdict(list)
    for left in lefts:
        places[left.row.mentor_id].append(left.y)
    ordered = sorted(loads, key=lambda load: sum(places[load.mentor.pk]) / len(places[load.mentor.pk]))
    spread = max(len(lefts) - len(ordered), 0) * STEP // 2
    return [Right(load, TOP + spread + STEP * at, _dots(load)) for at, load in enumerate(ordered)]


def _dots(load: Load) -> tuple[Dot, ...]:
    kinds = ["before"] * load.before + ["added"] * load.added + ["left"] * load.left
    if len(kinds) > MOST_DOTS:
        return ()
    return tuple(Dot(DOTS + APART * at, kind) for at, kind in enumerate(kinds))


def _link(left: Left, right: int, floor: int) -> Link:
    points, middle = left.row.points or 0, (LEFT + RIGHT) // 2
    return Link(
        path=f"M{LEFT} {left.y}C{middle} {left.y} {middle} {right} {RIGHT} {right}",
        width=NARROWEST + (WIDEST - NARROWEST) * points // MOST,
        kind="below" if points < floor else "line-accent",
    )
