"""Fewest below the floor; where none is given, the highest that everybody who is placed can have."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from telemachus.pairing.engine import MOST, NEVER, Aims, Case, Dense, solve
from tests.pairing.engine import oracles
from tests.pairing.engine.cases import BIG, cohorts, narrowed, sought_by_all


@given(cohorts())
@settings(max_examples=150)
def test_reachable_floor_equals_brute_force(case):
    asked = replace(case, aims=replace(case.aims, floor=None))
    found = solve(asked)
    assert found.floor == oracles.reachable_floor(asked)
    assert found.below_floor == ()
    with narrowed():
        assert solve(asked).floor == found.floor


@pytest.mark.parametrize("case", [*BIG, sought_by_all()])
@pytest.mark.parametrize("candidates", [1, 5, 20])
def test_big_floor_is_reached_and_none_higher_is(case, candidates):
    asked = replace(case, aims=Aims())
    with narrowed(candidates=candidates, more=5, block=900):
        found = solve(asked)
    assert len(found.pairs) == oracles.most_placed(asked, 0) == oracles.most_placed(asked, found.floor)
    assert oracles.most_placed(asked, found.floor + 1) < len(found.pairs)
    assert min(found.points.values()) == found.floor


@given(cohorts())
@settings(max_examples=100)
def test_as_many_reach_a_given_floor_as_can(case):
    asked = replace(case, aims=replace(case.aims, floor=500))
    found, least = solve(asked), oracles.optima(asked, 500)[0]
    assert (len(found.unplaced), len(found.below_floor)) == least[:2]


def test_a_floor_is_worth_any_regret():
    """a gives up 400 points, so that b has 300 and not 299."""
    table = Dense([[900, 500], [300, 299]])
    case = Case(["a", "b"], ["x", "y"], table, places=[1, 1])
    assert solve(replace(case, aims=Aims(floor=0))).pairs == {"a": "x", "b": "y"}
    assert solve(replace(case, aims=Aims(floor=300))).pairs == {"a": "y", "b": "x"}
    assert solve(case).floor == 300
    assert solve(replace(case, aims=Aims(floor=299))).pairs == {"a": "x", "b": "y"}


def test_nobody_is_left_over_for_the_sake_of_the_floor():
    case = Case(["a", "b"], ["x", "y"], Dense([[900, NEVER], [0, 10]]), places=[1, 1], aims=Aims(floor=800))
    found = solve(case)
    assert found.pairs == {"a": "x", "b": "y"}
    assert found.below_floor == ("b",)


def test_the_floor_looks_at_pairs_beyond_the_candidates():
    """b's only way up is a mentor that is none of the candidates of a, who has to make room."""
    table = Dense([[900, 800, 700], [750, NEVER, 10], [NEVER, 740, NEVER]])
    case = Case(["a", "b", "c"], ["x", "y", "z"], table, places=[1, 1, 1])
    with narrowed():
        assert solve(case).floor == 700


@pytest.mark.parametrize("points", [0, 1, 2, 499, MOST - 1, MOST])
def test_bisection_ends_on_every_floor(points):
    case = Case(["a", "b"], ["x", "y"], Dense([[MOST, points], [MOST, NEVER]]), places=[1, 1])
    assert solve(case).floor == points


def test_bisection_misses_no_floor():
    for points in range(41):
        case = Case(["a", "b"], ["x", "y"], Dense([[40, points], [40, NEVER]]), places=[1, 1])
        assert solve(case).floor == points


def test_who_has_nobody_at_all_does_not_count_as_placed():
    """The candidates place one of a and b, and as many have nobody: still both of them can be placed."""
    case = Case(["a", "b", "c"], ["x", "y"], Dense([[900, 500], [900, 400], [NEVER, NEVER]]), places=[1, 1])
    with narrowed():
        found = solve(case)
    assert (found.floor, found.unplaced) == (500, ("c",))


def test_most_is_a_floor_and_so_is_nought():
    case = Case(["a"], ["x"], Dense([[MOST]]), places=[1])
    assert solve(replace(case, aims=Aims(floor=MOST))).below_floor == ()
    assert solve(replace(case, aims=Aims(floor=0))).floor == 0
