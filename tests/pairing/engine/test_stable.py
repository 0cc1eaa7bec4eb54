"""The stable mode: no mentee and mentor would both rather have each other."""

import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telemachus.pairing.engine import MOST, NEVER, Aims, Case, Dense, solve, stable
from telemachus.pairing.engine.lottery import Lots
from tests.pairing.engine import oracles
from tests.pairing.engine.cases import BIG, cohorts, narrowed


@given(cohorts(mentees=7, mentors=5))
@settings(max_examples=150)
def test_small_has_no_blocking_pair(case):
    found = stable(case)
    oracles.holds(case, found)
    assert oracles.blocking(case, found.pairs) == 0
    assert found.blocking == 0


@pytest.mark.parametrize("case", BIG)
def test_big_has_no_blocking_pair(case):
    found = stable(case)
    oracles.holds(case, found)
    assert oracles.blocking(case, found.pairs) == 0


@given(cohorts(mentees=7, mentors=5))
@settings(max_examples=100, derandomize=True)
def test_equals_greedy_by_rank(case):
    """The best pair of all by points and lot first, then the best of those that are left."""
    assert stable(case).pairs == greedy(case)


@pytest.mark.parametrize("case", BIG)
def test_big_equals_greedy_by_rank(case):
    assert stable(case).pairs == greedy(case)


def greedy(case: Case) -> dict[str, str]:
    ranked = Lots(case).ranked(case.block(0, len(case.mentees))) if case.mentees else np.empty((0, 0))
    names, whose = sorted(case.mentees), case.block(0, 1).columns[0] if case.mentees else ()
    ids = sorted(case.mentors)
    pairs: dict[str, str] = {}
    left = oracles.places_of(case)
    ordered = [
        (rank, names[row], ids[whose[at]]) for row, ranks in enumerate(ranked) for at, rank in enumerate(ranks.tolist())
    ]
    for rank, mentee, mentor in sorted(ordered, reverse=True):
        if rank >= 0 and mentee not in pairs and left[mentor]:
            pairs[mentee] = mentor
            left[mentor] -= 1
    return pairs


@given(st.data())
def test_strict_ranks_have_one_stable_answer(data):
    """Brute force over all answers: one has no blocking pair, whatever the seed."""
    points = data.draw(st.permutations(range(0, 1000, 84)))[:9]
    case = Case(
        ["a", "b", "c"],
        ["x", "y", "z"],
        Dense(np.array(points).reshape(3, 3)),
        places=data.draw(st.lists(st.integers(0, 2), min_size=3, max_size=3)),
        seed=data.draw(st.integers(0, 99)),
    )
    assert [each for each in oracles.everything(case) if not oracles.blocking(case, each)] == [stable(case).pairs]


def test_everybody_asking_the_same_goes_far_down_the_list():
    """More than are put in order at once: the forty-first of forty mentees asks forty mentors and is left over."""
    points = 10 * np.arange(40, 0, -1)[None, :] + np.arange(41, 0, -1)[:, None] % 10 + 100
    case = Case(
        [f"m{at:02}" for at in range(41)], [f"x{at:02}" for at in range(40)], Dense(points), places=[1] * 40, seed=3
    )
    found = stable(case)
    assert oracles.blocking(case, found.pairs) == 0
    assert found.pairs == greedy(case)
    assert len(found.unplaced) == 1


def test_a_long_list_that_ends_in_exclusions():
    """After the first twenty somebody asks on, and is not given whom a rule excludes."""
    points = np.full((31, 30), NEVER)
    points[:, :25] = 500 + np.arange(31)[:, None]
    case = Case([f"m{at:02}" for at in range(31)], [f"x{at:02}" for at in range(30)], Dense(points), places=[1] * 30)
    found = stable(case)
    oracles.holds(case, found)
    assert found.unplaced == tuple(f"m{at:02}" for at in range(6))
    assert found.pairs == greedy(case)


@pytest.mark.parametrize("first", [1, 2, 3])
@given(case=cohorts(mentees=7, mentors=5))
@settings(max_examples=100, derandomize=True)
def test_how_many_are_put_in_order_at_once_changes_nothing(first, case):
    whole = stable(case)
    with pytest.MonkeyPatch.context() as patch, narrowed(block=3):
        patch.setattr(sys.modules[stable.__module__], "FIRST", first)
        assert stable(case) == whole


def test_who_asks_further_down_is_taken_where_there_is_room():
    """c is turned away by the first of the list, and y has a place left, however much better b is."""
    case = Case(["a", "b", "c"], ["x", "y"], Dense([[900, 1], [0, 800], [700, 100]]), places=[1, 2])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules[stable.__module__], "FIRST", 1)
        assert stable(case).pairs == {"a": "x", "b": "y", "c": "y"}


def test_the_first_to_be_asked_are_the_best():
    """a asks two at first: x, whom b has, and z, not y."""
    points = Dense([[900, 100, 800], [950, NEVER, NEVER]])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules[stable.__module__], "FIRST", 2)
        assert stable(Case(["a", "b"], ["x", "y", "z"], points, places=[1, 1, 1])).pairs == {"a": "z", "b": "x"}


def test_who_asks_further_down_takes_the_place_of_the_least():
    """a asks x last of all: for one of two places, of which c has one for less."""
    points = Dense([[500, 800], [NEVER, 900], [300, NEVER], [900, NEVER]])
    case = Case(["a", "b", "c", "d"], ["x", "y"], points, places=[2, 1])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules[stable.__module__], "FIRST", 1)
        assert stable(case).pairs == {"a": "x", "b": "y", "d": "x"}


def test_a_stable_answer_has_neither_prices_nor_certificate():
    case = Case(["a", "b"], ["x"], Dense([[500], [501]]), places=[1], aims=Aims(floor=600))
    found = stable(case)
    assert (found.pairs, found.unplaced, found.points) == ({"b": "x"}, ("a",), {"b": 501})
    assert (found.floor, found.below_floor) == (600, ("b",))
    assert (found.prices, found.certificate, found.by_lottery) == ({}, None, frozenset())
    assert stable(replace(case, aims=Aims())).floor == 0


def test_points_decide_before_lots():
    """One point more is more than any lot."""
    for seed in range(50):
        case = Case(["a", "b"], ["x", "y"], Dense([[MOST, MOST - 1], [MOST, MOST]]), places=[1, 1], seed=seed)
        assert stable(case).pairs["b"] in ("x", "y")
        one = Case(["a", "b"], ["x"], Dense([[1], [0]]), places=[1], seed=seed)
        assert stable(one).pairs == {"a": "x"}


# The number that every answer reports


@given(cohorts(mentees=6, mentors=5))
@settings(max_examples=150)
def test_blocking_pairs_of_the_optimum_are_counted_right(case):
    found = solve(case)
    with narrowed(candidates=20, more=20, block=7):
        assert solve(case).blocking == found.blocking == oracles.blocking(case, found.pairs)


def test_the_optimum_may_have_blocking_pairs():
    """a and x would rather have each other, but then b had nobody."""
    case = Case(["a", "b"], ["x", "y"], Dense([[900, 100], [500, NEVER]]), places=[1, 1])
    assert (solve(case).pairs, solve(case).blocking) == ({"a": "y", "b": "x"}, 1)
    assert (stable(case).pairs, stable(case).unplaced) == ({"a": "x"}, ("b",))
