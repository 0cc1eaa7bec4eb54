"""`solve` finds the first in the order of aims: by brute force, by two other solvers, and when the case changes."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from telemachus.pairing.engine import MOST, NEVER, Aims, Case, Dense, solve
from tests.pairing.engine import oracles
from tests.pairing.engine.cases import (
    BIG,
    Rounds,
    cohorts,
    narrowed,
    points_of,
    sought_by_all,
    with_places,
    with_points,
)

GIVEN_FLOORS = st.sampled_from((0, 300, 500, MOST))


@given(cohorts())
@settings(max_examples=150)
def test_small_equals_brute_force(case):
    found, floor = solve(case), oracles.floor_of(case)
    least, answers = oracles.optima(case, floor)
    assert found.floor == floor
    assert oracles.objective(case, floor, found.pairs) == least
    assert found.pairs in answers


@given(cohorts())
@settings(max_examples=100)
def test_many_rounds_equal_one(case):
    with narrowed():
        found = solve(case)
    assert found == solve(case)


@pytest.mark.parametrize("case", BIG)
def test_big_equals_two_other_solvers(case):
    found = solve(case)
    oracles.proved(case, found)
    cost = oracles.total(case, found.floor, found.pairs)
    assert cost == oracles.by_seats(case, found.floor)
    assert cost == oracles.by_flow(case, found.floor)


@pytest.mark.parametrize("case", [*BIG, sought_by_all()])
def test_big_many_rounds_equal_one(case):
    rounds = Rounds()
    with narrowed(candidates=1, more=1, block=500):
        found = solve(case, rounds)
    assert found == solve(case)
    assert rounds.count


def test_rounds_are_needed_with_the_usual_candidates():
    case, rounds = sought_by_all(), Rounds()
    found = solve(case, rounds)
    oracles.proved(case, found)
    assert rounds.count
    assert oracles.total(case, found.floor, found.pairs) == oracles.by_seats(case, found.floor)


def test_enough_gives_a_feasible_answer_and_its_gap():
    case, rounds = replace(sought_by_all(), aims=Aims(floor=0)), Rounds(enough=1)
    found = solve(case, rounds)
    oracles.holds(case, found)
    said = oracles.certificate(found)
    assert rounds.count == 1
    assert said.gap > 0
    assert not said.proved
    assert found.by_lottery == frozenset()
    assert said.bound <= oracles.by_seats(case, 0) <= said.cost == oracles.total(case, 0, found.pairs)


# What a change of the case does


@given(cohorts(floors=GIVEN_FLOORS), st.data())
def test_more_places_never_hurt(case, data):
    """Of a mentor who has one already. From none to one the mentor comes among those whom a mentee's best is taken
    from, and regret is counted anew: then only unplaced and below the floor never rise (next test)."""
    assume(any(case.places))
    mentor = data.draw(st.sampled_from([who for who, places in oracles.places_of(case).items() if places]))
    more = with_places(case, mentor, oracles.places_of(case)[mentor] + data.draw(st.integers(1, 2)))
    assert _reached(more) <= _reached(case)


@given(cohorts(floors=GIVEN_FLOORS), st.data())
def test_a_first_place_never_unplaces(case, data):
    assume(case.mentors)
    mentor = data.draw(st.sampled_from(case.mentors))
    more = with_places(case, mentor, oracles.places_of(case)[mentor] + 1)
    assert _reached(more)[:2] <= _reached(case)[:2]


@given(cohorts(floors=GIVEN_FLOORS), st.data())
def test_an_exclusion_never_helps(case, data):
    """In unplaced and below the floor, always. In regret where it does not take the mentee's only best: else what the
    mentee could have had is less, and so is what there is to regret."""
    assume(oracles.fitting(case))
    mentee, mentor = data.draw(st.sampled_from(sorted(oracles.fitting(case))))
    less = with_points(case, mentee, mentor, NEVER)
    compared = 3 if oracles.best(less) == oracles.best(case) else 2
    assert _reached(less)[:compared] >= _reached(case)[:compared]


@given(cohorts(), st.data())
def test_a_raised_score_keeps_a_chosen_pair_optimal(case, data):
    """In some optimal answer: among several the lottery may still take another. It holds for the reachable floor too:
    a floor that rises by the raise is reached by nobody without this pair."""
    found = solve(case)
    assume(found.pairs)
    pair = mentee, mentor = data.draw(st.sampled_from(sorted(found.pairs.items())))
    raised = with_points(case, mentee, mentor, data.draw(st.integers(found.points[mentee], MOST)))
    _least, answers = oracles.optima(raised, oracles.floor_of(raised))
    assert any(pair in each.items() for each in answers)
    if len(answers) == 1:
        assert pair in solve(raised).pairs.items()


def _reached(case):
    found = solve(case)
    return oracles.objective(case, found.floor, found.pairs)


# Edges


def test_standing_mentees_raise_the_load_and_are_not_touched():
    table = Dense([[500, 400], [500, 400]])
    alone = Case(["a", "b"], ["x", "y"], table, places=[2, 2], aims=Aims(floor=0, load=60))
    busy = replace(alone, standing=[4, 0])
    # The second mentee of x costs 60, less than the 100 of going to y; with four standing the first costs 240.
    assert solve(alone).pairs == {"a": "x", "b": "x"}
    assert solve(busy).pairs == {"a": "y", "b": "y"}
    assert oracles.certificate(solve(busy)).cost == 2 * 100 + 60
    assert set(solve(busy).prices) == {"x", "y"}


@pytest.mark.parametrize(
    ("mentees", "mentors"), [([], []), ([], ["x", "y"]), (["a", "b"], [])], ids=["nobody", "no mentees", "no mentors"]
)
def test_one_side_empty(mentees, mentors):
    case = Case(mentees, mentors, Dense(np.empty((len(mentees), len(mentors)))), places=[1] * len(mentors))
    found = solve(case)
    oracles.proved(case, found)
    assert found.pairs == {}
    assert found.unplaced == tuple(mentees)
    assert found.floor == 0
    assert found.by_lottery == frozenset()
    assert found.prices == dict.fromkeys(mentors, 0)


def test_no_places_leaves_everybody_unplaced():
    case = Case(["a", "b"], ["x", "y"], Dense([[900, 1], [2, 3]]), places=[0, 0], standing=[1, 2])
    found = solve(case)
    oracles.proved(case, found)
    assert found.unplaced == ("a", "b")
    assert found.blocking == 0
    assert found.prices == {"x": 60, "y": 120}


def test_all_excluded_leaves_everybody_unplaced():
    case = Case(["a", "b"], ["x"], Dense([[NEVER], [NEVER]]), places=[5])
    found = solve(case)
    oracles.proved(case, found)
    assert found.unplaced == ("a", "b")
    assert found.by_lottery == frozenset()


def test_one_mentee_gets_the_best():
    case = Case(["a"], ["x", "y", "z"], Dense([[700, 800, NEVER]]), places=[1, 1, 1])
    found = solve(case)
    oracles.proved(case, found)
    assert (found.pairs, found.points, found.floor) == ({"a": "y"}, {"a": 800}, 800)


def test_all_equal_are_spread_by_the_load():
    case = Case(list("abcdef"), ["x", "y", "z"], Dense(np.full((6, 3), 500)), places=[4, 4, 4])
    found = solve(case)
    oracles.proved(case, found)
    assert sorted(found.pairs.values()) == ["x", "x", "y", "y", "z", "z"]
    assert found.by_lottery == set("abcdef")


def test_no_charge_for_load_fills_the_best():
    case = Case(list("abcd"), ["x", "y"], Dense([[501, 500]] * 4), places=[4, 4], aims=Aims(load=0))
    assert set(solve(case).pairs.values()) == {"x"}


def test_an_unplaced_mentee_weighs_more_than_all_regret():
    """a and b have x alone or x at its best; placing both costs 1000 points and a place below the floor."""
    case = Case(["a", "b"], ["x", "y"], Dense([[1000, 0], [1000, NEVER]]), places=[1, 1], aims=Aims(floor=1, load=700))
    assert solve(case).pairs == {"a": "y", "b": "x"}
    assert solve(case).below_floor == ("a",)


@given(cohorts())
def test_points_of_another_kind_of_number_change_nothing(case):
    points = points_of(case)
    assert solve(replace(case, table=Dense(points.astype(np.int16)))) == solve(case)
    without = replace(case, table=Dense(np.maximum(points, 0)))
    assert solve(replace(case, table=Dense(np.maximum(points, 0).astype(np.uint16)))) == solve(without)


def test_unsigned_points_with_somebody_without_a_place():
    """NEVER once became 65535 there, and everybody went to the one who had no place."""
    case = Case(["a"], ["x", "y"], Dense(np.array([[500, 400]], dtype=np.uint16)), places=[0, 1])
    assert solve(case).pairs == {"a": "y"}
