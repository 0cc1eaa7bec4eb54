"""How the cheapest sharing is found changes nothing in it: by paths or by seats, few ties in play or all of them."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telemachus.pairing.engine import Aims, Case, Dense, draw, optimum, solve
from telemachus.pairing.engine.cases import NOBODY
from telemachus.pairing.engine.edges import CLIPPED, MANY, Edges, cheapest, few, joined
from tests.pairing.engine import oracles
from tests.pairing.engine.cases import BIG, Rounds, by_paths, cohort, cohorts, narrowed

CROWDED = (cohort(7, 60, 5, distinct=11, places=40), cohort(8, 90, 3, distinct=201, places=60, floor=500))


@given(cohorts(mentees=6))
@settings(max_examples=150)
def test_by_paths_is_as_by_seats(case):
    with by_paths(always=False):
        by_seats = solve(case)
    with by_paths():
        assert solve(case) == by_seats


@pytest.mark.parametrize("case", [*BIG, *CROWDED])
def test_big_by_paths_is_as_by_seats(case):
    with by_paths(always=False):
        by_seats = solve(case)
    with by_paths():
        assert solve(case) == by_seats
        with narrowed(candidates=3, more=2, block=500):
            assert solve(case) == by_seats


def test_many_places_are_filled_by_paths():
    """Of one mentor, with a charge that says when the second is cheaper."""
    count = 2 * MANY + 1
    case = Case([f"m{at:03}" for at in range(count)], ["x", "y"], Dense([[900, 100]] * count), places=[count, count])
    found = solve(case)
    oracles.proved(case, found)
    assert oracles.total(case, found.floor, found.pairs) == oracles.by_seats(case, found.floor)


@pytest.mark.parametrize("case", [*BIG, *CROWDED])
@pytest.mark.parametrize("kept", [1, 4])
def test_few_ties_in_play_are_as_all(case, kept):
    even = replace(case, aims=replace(case.aims, load=0))
    for each in (case, even):
        found = solve(each)
        with narrowed(candidates=20, more=kept, block=300):
            assert solve(each) == found


def test_ties_that_are_whole_are_all_in_play():
    """However many of one mentee would be kept if they were too many."""
    case = Case([f"m{at}" for at in range(6)], [f"x{at}" for at in range(6)], Dense(np.full((6, 6), 500)),
                places=[1] * 6, aims=Aims(load=0))  # fmt: skip
    cases = [replace(case, seed=seed) for seed in range(10)]
    found = [solve(each) for each in cases]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(draw, "KEPT", 1)
        assert [solve(each) for each in cases] == found


def test_enough_ends_the_lottery_at_no_cost():
    """Then the lots are not all heard, but what comes out costs the same."""
    case = Case([f"m{at:02}" for at in range(40)], [f"x{at:02}" for at in range(40)], Dense(np.full((40, 40), 500)),
                places=[1] * 40, aims=Aims(load=0))  # fmt: skip
    rounds = Rounds()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(optimum, "TIES", 0)
        patch.setattr(draw, "KEPT", 1)
        whole = solve(case, rounds)
        ended = solve(case, Rounds(enough=1))
    assert rounds.count > 1
    assert whole == solve(case)
    assert ended.pairs != whole.pairs
    oracles.proved(case, ended)
    assert ended.by_lottery == whole.by_lottery


def least(pairs: dict[tuple[int, int], int], seats: list[int], unplaced: list[int], *, last: bool = False) -> list[int]:
    """Who has whom, by what each pair costs; no seat is charged."""
    rows, columns = (np.array(side) for side in zip(*pairs, strict=True))
    given = Edges(rows, columns, 0 * rows), np.array(list(pairs.values())), np.array(seats)
    return cheapest(*given, lambda _mentors, seat: 0 * seat, np.array(unplaced), last=last).tolist()


def test_whoever_has_nobody_pays_for_it():
    """One seat for two, and what having nobody costs decides."""
    for unplaced, expected in (([9, 8], [0, NOBODY]), ([8, 9], [NOBODY, 0]), ([0, 0], [NOBODY, NOBODY])):
        assert least({(0, 0): 1, (1, 0): 1}, [1], unplaced) == expected


def test_nobody_is_the_last_resort_only_where_that_is_known():
    both = {(0, 0): 5, (1, 1): 5}
    assert least(both, [1, 1], [9, 1]) == [0, NOBODY]
    assert least(both, [1, 1], [9, 9], last=True) == [0, 1]


def test_what_costs_less_than_nothing_turns_no_other_pair_into_none():
    """A cost that mirrors the least one is a cost like any other."""
    assert least({(0, 0): -3, (1, 1): 2}, [1, 1], [100, 100]) == [0, 1]


@st.composite
def shared_out(draw):
    """Up to four among three mentors of whom some have no seat; costs may be below nothing, nobody may cost less."""
    pairs = draw(st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 2)), st.integers(-4, 4), min_size=1))
    some = st.lists(st.integers(0, 2), min_size=3, max_size=3)
    return pairs, draw(some), draw(some), draw(st.lists(st.integers(-1, 6), min_size=4, max_size=4))


@given(shared_out(), st.booleans())
def test_no_way_to_share_out_costs_less(told, always):
    pairs, seats, steps, unplaced = told
    rows, columns = (np.array(side) for side in zip(*pairs, strict=True))
    edges = Edges(rows, columns, np.zeros(len(pairs), np.int64))

    def costs(chosen):
        own = [unplaced[row] if column == NOBODY else pairs[row, column] for row, column in enumerate(chosen)]
        taken = np.bincount([column for column in chosen if column != NOBODY], minlength=3)
        return sum(own) + int((np.array(steps) * taken * (taken - 1) // 2).sum())

    choices = [[NOBODY, *(column for row, column in pairs if row == mentee)] for mentee in range(4)]
    may = [chosen for chosen in product(*choices) if all(chosen.count(at) <= seats[at] for at in range(3))]
    with by_paths(always):
        found = cheapest(
            edges,
            np.array(list(pairs.values())),
            np.array(seats),
            lambda mentors, seat: np.array(steps)[mentors] * seat,
            np.array(unplaced),
            last=False,
        ).tolist()
    assert tuple(found) in may
    assert costs(found) == min(map(costs, may))


# Which few are taken


@st.composite
def rated(draw):
    rows = sorted(draw(st.lists(st.integers(0, 3), max_size=30)))
    numbers = st.lists(st.integers(-5, 5), min_size=len(rows), max_size=len(rows))
    lots = draw(st.permutations(range(len(rows))))
    return np.array(rows, dtype=np.intp), np.array(draw(numbers), dtype=np.int64), np.array(lots, dtype=np.int64)


@given(rated(), st.integers(1, 9), st.sampled_from((1, CLIPPED // 5)))
def test_few_are_the_cheapest_and_a_quarter_by_lot(told, most, times):
    rows, cost, lots = told
    edges = Edges(rows, np.arange(len(rows)), np.zeros(len(rows), np.int64))
    taken = few(edges, cost * times, lots, most)
    for row in range(4):
        own = np.flatnonzero(rows == row).tolist()
        cheap = sorted(own, key=lambda at: (cost[at], lots[at]))[: most - most // 4]
        drawn = sorted(own, key=lambda at: lots[at])[: most // 4]
        crowd = max(np.bincount(rows, minlength=4)) > most
        assert {at for at in own if taken[at]} == (set(cheap + drawn) if crowd else set(own))


def test_as_many_as_may_be_taken_all_are():
    rows, cost = np.array([1, 1, 1, 1]), np.arange(4)
    four = Edges(rows, cost, cost)
    assert few(four, cost, cost, 4).all()
    assert few(four, cost, cost, 3).sum() == 3


def test_nothing_joined_is_nothing():
    none = joined([])
    assert [len(each) for each in (none.row, none.column, none.points)] == [0, 0, 0]
