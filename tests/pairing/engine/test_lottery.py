"""Between answers that are equally good a seeded lot decides, and nothing else."""

from dataclasses import replace
from hashlib import blake2b
from math import comb

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from telemachus.pairing.engine import MOST, NEVER, Aims, Case, Dense, solve, stable
from telemachus.pairing.engine.lottery import BITS, Lots
from tests.pairing.engine import oracles
from tests.pairing.engine.cases import BIG, cohorts, narrowed, shuffled

SEEDS = range(400)
TWINS = Case(["ada", "bea"], ["x", "y"], Dense([[900, 500]] * 2), places=[1, 1])
ONE_PLACE = Case(["ada", "bea"], ["x"], Dense([[900]] * 2), places=[1])


def likely(count: int, tries: int, of: int = 2) -> bool:
    """Not among the outermost one in a million of each side, at a chance of one in `of`."""

    def at_most(most: int) -> float:
        return sum(comb(tries, k) * (of - 1) ** (tries - k) for k in range(most + 1)) / of**tries

    return at_most(count) > 1e-6 and 1 - at_most(count - 1) > 1e-6


@given(cohorts())
@settings(max_examples=150)
def test_by_lottery_are_those_who_differ_among_all_optimal_answers(case):
    found = solve(case)
    _least, answers = oracles.optima(case, oracles.floor_of(case))
    assert found.by_lottery == {m for m in case.mentees if len({each.get(m) for each in answers}) > 1}


@given(cohorts(floors=st.sampled_from((0, 500))), st.integers(0, 99))
@settings(max_examples=100)
def test_another_seed_moves_only_those_by_lottery(case, seed):
    found, other = solve(case), solve(replace(case, seed=seed))
    assert found.by_lottery == other.by_lottery
    assert found.certificate == other.certificate
    assert found.prices == other.prices
    for mentee in set(case.mentees) - found.by_lottery:
        assert found.pairs.get(mentee) == other.pairs.get(mentee)


@given(cohorts(), st.integers(0, 99))
def test_a_unique_optimum_knows_no_seed(case, seed):
    _least, answers = oracles.optima(case, oracles.floor_of(case))
    assume(len(answers) == 1)
    assert solve(case) == solve(replace(case, seed=seed))
    assert solve(case).by_lottery == frozenset()


@pytest.mark.parametrize("mode", [solve, stable])
@pytest.mark.parametrize("case", BIG)
def test_same_seed_same_answer(case, mode):
    assert mode(case) == mode(case)


def test_the_lottery_decides_in_many_rounds_as_in_one():
    case = BIG[0]
    found = solve(case)
    assert found.by_lottery
    with narrowed(candidates=2, more=1, block=400):
        assert solve(case) == found


# Two with the same data


@pytest.mark.parametrize("mode", [solve, stable])
@pytest.mark.parametrize("case", [TWINS, ONE_PLACE])
def test_twins_each_get_the_better_place_half_of_the_time(case, mode):
    better = [mode(replace(case, seed=seed)).pairs.get("ada") == "x" for seed in SEEDS]
    assert likely(sum(better), len(SEEDS))


@pytest.mark.parametrize("mode", [solve, stable])
@pytest.mark.parametrize("seed", range(20))
def test_twins_that_swap_their_ids_swap_their_lots(mode, seed):
    third = Case(["ada", "bea", "cyd"], ["x", "y"], Dense([[900, 500]] * 2 + [[899, 501]]), places=[1, 2], seed=seed)
    swapped = replace(third, mentees=["bea", "ada", "cyd"])
    mine, theirs = mode(third).pairs, mode(swapped).pairs
    assert mine == theirs
    first, second, _cyd = third.mentees
    # By row: the data of one with the lot of the other.
    assert [mine.get(first), mine.get(second)] == [theirs.get(swapped.mentees[1]), theirs.get(swapped.mentees[0])]


def test_twins_are_said_to_be_by_lottery():
    assert solve(TWINS).by_lottery == {"ada", "bea"}
    assert solve(ONE_PLACE).by_lottery == {"ada", "bea"}


def test_mentors_who_are_equal_are_drawn_too():
    """No name is preferred: one mentee, three mentors, each a third of the time."""
    case = Case(["ada"], ["x", "y", "z"], Dense([[500, 500, 500]]), places=[1, 1, 1])
    drawn = [solve(replace(case, seed=seed)).pairs["ada"] for seed in SEEDS]
    assert all(likely(drawn.count(mentor), len(SEEDS), of=3) for mentor in case.mentors)


@pytest.mark.parametrize("load", [0, 60])
@pytest.mark.parametrize("seed", range(6))
def test_one_between_two_equals_is_by_lottery(seed, load):
    """Whichever of the two has the empty seat."""
    case = Case(["ada"], ["x", "y"], Dense([[500, 500]]), places=[1, 1], aims=Aims(load=load), seed=seed)
    assert solve(case).by_lottery == {"ada"}


def test_six_ways_for_three_are_drawn_alike():
    case = Case(["a", "b", "c"], ["x", "y", "z"], Dense([[500] * 3] * 3), places=[1, 1, 1])
    drawn = [tuple(sorted(solve(replace(case, seed=seed)).pairs.items())) for seed in SEEDS]
    assert len(set(drawn)) == 6
    assert all(likely(drawn.count(way), len(SEEDS), of=6) for way in set(drawn))


def test_where_no_seat_is_charged_each_is_drawn_alone():
    """Nothing keeps two apart who both have room with either mentor."""
    case = Case(["a", "b"], ["x", "y"], Dense([[500, 500]] * 2), places=[2, 2], aims=Aims(load=0))
    drawn = {tuple(solve(replace(case, seed=seed)).pairs.values()) for seed in range(60)}
    assert drawn == {("x", "x"), ("x", "y"), ("y", "x"), ("y", "y")}


def test_candidates_are_cut_by_lot_and_not_by_name():
    """Thirty equals, of whom one is kept as candidate: still anybody may be drawn."""
    case = Case(["ada"], [f"x{at:02}" for at in range(30)], Dense([[500] * 30]), places=[1] * 30)
    with narrowed():
        drawn = {solve(replace(case, seed=seed)).pairs["ada"] for seed in range(300)}
    assert len(drawn) == 30


def test_who_takes_part_changes_no_twin_s_lot():
    """A ticket is drawn from seed and id alone: somebody whom neither meets changes nothing between them."""
    for seed in range(30):
        more = Case(
            ["zoe", "ada", "bea"],
            ["w", "x", "y"],
            Dense([[900, -1, -1], [-1, 900, 500], [-1, 900, 500]]),
            places=[1, 1, 1],
            seed=seed,
        )
        assert {"zoe": "w", **solve(replace(TWINS, seed=seed)).pairs} == solve(more).pairs


@given(cohorts(), st.data())
def test_the_lottery_costs_nothing(case, data):
    seed = data.draw(st.integers(0, 5))
    oracles.proved(case, solve(replace(case, seed=seed)))
    rows = data.draw(st.permutations(range(len(case.mentees))))
    assert solve(shuffled(case, rows, list(range(len(case.mentors))))).certificate == solve(case).certificate


def test_no_charge_and_no_tie_leave_nothing_to_draw():
    case = Case(["a", "b"], ["x", "y"], Dense([[900, 1], [900, 2]]), places=[2, 2], aims=Aims(load=0))
    assert solve(case).by_lottery == frozenset()


@pytest.mark.parametrize("seed", range(12))
def test_the_lots_leave_no_seat_empty_that_is_charged_one_point_less_than_its_price(seed):
    """a or c has the second seat of x, for one point; the other loses two."""
    points = Dense([[500, 498, -1], [500, -1, -1], [500, -1, 498]])
    case = Case(list("abc"), list("xyz"), points, places=[2, 1, 1], aims=Aims(floor=0, load=1), seed=seed)
    found = solve(case)
    oracles.proved(case, found)
    assert found.prices["x"] == 2
    assert found.by_lottery == {"a", "c"}


@pytest.mark.parametrize("mode", [solve, stable])
@pytest.mark.parametrize(("seed", "points", "pairs"), [(72441, -1, {}), (933861, 0, {"a": "x"})])
def test_the_greatest_lot_lifts_no_excluded_pair_and_the_least_excludes_none(mode, seed, points, pairs):
    """With these seeds all bits of the lot of a and x are set, and none."""
    case = Case(["a"], ["x"], Dense([[points]]), places=[1], seed=seed)
    lot = Lots(case).ranked(case.block(0, 1))[0, 0] - (points << BITS)
    assert lot == (0 if pairs else 2**BITS - 1)
    assert mode(case).pairs == pairs


def test_the_lots_of_a_seed_are_reckoned_as_ever():
    """In plain numbers of 64 bits: from its seed an answer is found again by any later version."""
    case = Case(["ada", "bea"], ["x", "y", "z"], Dense([[1, 20, 300], [MOST, 0, NEVER]]), places=[1] * 3, seed=11)
    lots, block, wrap = Lots(case), case.block(0, 2), 2**64

    def ticket(who):
        return int.from_bytes(blake2b(f"11:{who}".encode(), digest_size=8).digest(), "big")

    def mixed(mentee, mentor):
        lot = (ticket(mentee) + ticket(mentor) * 0x9E3779B97F4A7C15) % wrap
        lot = (lot ^ lot >> 30) * 0xBF58476D1CE4E5B9 % wrap
        lot = (lot ^ lot >> 27) * 0x94D049BB133111EB % wrap
        return (lot ^ lot >> 31) >> 44

    assert lots.alone().tolist() == [ticket(mentee) >> 44 for mentee in case.mentees]
    for row, mentee in enumerate(case.mentees):
        for column, mentor in enumerate(case.mentors):
            assert lots.of(np.array([row]), np.array([column])).tolist() == [mixed(mentee, mentor)]
            short = ((ticket(mentee) >> 32) + (ticket(mentor) >> 32)) % 2**32 >> 12
            assert lots.ranked(block)[row, column] == block.points[row, column] * 2**20 + short
