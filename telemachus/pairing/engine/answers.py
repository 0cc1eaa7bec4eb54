"""An answer in ids, from places."""

import numpy as np

from telemachus.pairing.engine.cases import MOST, NEVER, NOBODY, Answer, Case, Certificate, Places, Whole
from telemachus.pairing.engine.survey import blocks, seats_of


def answer(
    case: Case,
    mentors: Places,
    points: Whole,
    *,
    floor: int,
    prices: Whole | None = None,
    by_lottery: set[int] | None = None,
    certificate: Certificate | None = None,
) -> Answer:
    """`mentors` and `points` by mentee in the order of ids, NOBODY and NEVER for whom has none."""
    mentees = [case.mentees[at] for at in case.rows]
    names = [case.mentors[at] for at in case.columns]
    placed = np.flatnonzero(mentors != NOBODY).tolist()
    got = {mentees[row]: int(points[row]) for row in placed}
    return Answer(
        pairs={mentees[row]: names[mentors[row]] for row in placed},
        points=got,
        unplaced=tuple(mentees[row] for row in np.flatnonzero(mentors == NOBODY).tolist()),
        floor=floor,
        below_floor=tuple(mentee for mentee, each in got.items() if each < floor),
        prices={} if prices is None else dict(zip(names, prices.tolist(), strict=True)),
        by_lottery=frozenset(mentees[row] for row in by_lottery or ()),
        blocking=blocking(case, mentors, points),
        certificate=certificate,
    )


def blocking(case: Case, mentors: Places, points: Whole) -> int:
    """Pairs that would rather have each other than what this answer gives them.

    A mentor would rather where there is room, or where the points are more than those of the mentor's last mentee.
    """
    seats, placed, points = seats_of(mentors, case), mentors != NOBODY, points.astype(np.int32)
    worst = np.full(len(seats), MOST, dtype=np.int32)
    np.minimum.at(worst, mentors[placed], points[placed])
    worst[seats < case.free] = NEVER
    count = 0
    for block in blocks(case):
        own = points[block.first : block.first + len(block.points), None]
        count += int(((block.points > own) & (block.points > worst[block.columns])).sum())
    return count
