"""What prices on a shortlist are for: who stays without a mentor, and how well the others are placed.

Cohorts of 500 mentees and 200 mentors. One mentee after another gets five names, has an order of them that no score
knows, and asks down that order; a mentor with room says yes to 85 of 100. Five names by most points; by most points
among those with room; by points less price among those with room, the prices being those of all who still seek. There
is no charge for load here: it trades points for even loads, and only points are compared.
"""

import random
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent.parent))

from telemachus.pairing.engine import Aims, Case, Dense, solve

MENTEES, MENTORS, NAMES, YES, COHORTS = 500, 200, 5, 0.85, 5
# Places for each mentee: exactly enough, and somewhat more.
SUPPLIES = (1.0, 1.1, 1.3)
# New prices after so many mentees; the pages work them out anew each time.
ANEW = 25
WAYS = ("most points", "most points, with room", "points less price, with room")
Points = NDArray[np.int64]


def cohort(seed: int, supply: float) -> tuple[Points, list[int]]:
    """Points from needs and offers, eight and two to nine out of sixteen, and from the series; and free places."""
    chance = np.random.default_rng(seed)
    wants = chance.random((MENTEES, 16)).argsort(axis=1) < 8
    gives = chance.random((MENTORS, 16)).argsort(axis=1) < chance.integers(2, 10, (MENTORS, 1))
    covered = wants.astype(int) @ gives.T.astype(int) * 700 // 8
    series = chance.integers(0, 3, (MENTEES, 1)) == chance.integers(0, 3, MENTORS)
    places = np.bincount(chance.integers(0, MENTORS, int(MENTEES * supply)), minlength=MENTORS)
    return covered + 300 * series, places.tolist()


def prices(points: Points, seekers: Sequence[int], room: Sequence[int]) -> Points:
    mentors = [f"x{at}" for at in range(MENTORS)]
    case = Case([f"m{at}" for at in seekers], mentors, Dense(points[seekers]), places=room, aims=Aims(load=0))
    found = solve(case)
    return np.array([found.prices[mentor] for mentor in mentors])


def placed(points: Points, places: Sequence[int], way: str, seed: int) -> tuple[float, float, float]:
    """How many of a hundred stay without; points of the others: the mean, and what nine in ten have at least."""
    chance, room, got = random.Random(seed), list(places), []
    price = np.zeros(MENTORS, dtype=np.int64)
    order = chance.sample(range(MENTEES), MENTEES)
    for turn, mentee in enumerate(order):
        if "price" in way and turn % ANEW == 0:
            price = prices(points, order[turn:], room)
        ranked = np.argsort(price - points[mentee], kind="stable").tolist()
        named = [at for at in ranked if room[at] or "room" not in way][:NAMES]
        mentor = next((at for at in chance.sample(named, len(named)) if room[at] and chance.random() < YES), None)
        if mentor is not None:
            room[mentor] -= 1
            got.append(int(points[mentee, mentor]))
    return 100 * (1 - len(got) / MENTEES), statistics.mean(got), statistics.quantiles(got, n=10)[0]


def main() -> None:
    for supply in SUPPLIES:
        print(f"{supply:.1f} places for each mentee, medians of {COHORTS} cohorts")
        for way in WAYS:
            found = [placed(*cohort(seed, supply), way, seed) for seed in range(COHORTS)]
            left, mean, tenth = (statistics.median(each) for each in zip(*found, strict=True))
            print(f"{left:6.1f} % unplaced, {mean:4.0f} points, nine in ten at least {tenth:4.0f}  {way}")


if __name__ == "__main__":
    main()
