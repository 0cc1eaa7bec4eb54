"""In which order people, pairs and lists come changes nothing: ids do."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telemachus.pairing.engine import NEVER, Case, Dense, Listed, Scores, solve, stable
from telemachus.pairing.engine.scores import Same
from tests.pairing.engine.cases import BIG, cohorts, listed, narrowed, points_of, shuffled

MODES = st.sampled_from((solve, stable))


# Two lots of 20 bits may tie: examples by number, so that no run of a thousand stumbles over it.
@given(cohorts(mentees=6, mentors=5), MODES, st.data())
@settings(max_examples=100, derandomize=True)
def test_order_of_people_changes_nothing(case, mode, data):
    rows = data.draw(st.permutations(range(len(case.mentees))))
    columns = data.draw(st.permutations(range(len(case.mentors))))
    assert mode(shuffled(case, rows, columns)) == mode(case)


@given(cohorts(mentees=6, mentors=5), MODES, st.integers(0, 99))
@settings(max_examples=100, derandomize=True)
def test_lists_say_the_same_as_a_table(case, mode, number):
    assert mode(listed(case, number)) == mode(case)


@pytest.mark.parametrize("case", BIG)
@pytest.mark.parametrize("mode", [solve, stable])
def test_big_in_another_order_and_as_lists(case, mode):
    chance = np.random.default_rng(7)
    other = shuffled(
        case, chance.permutation(len(case.mentees)).tolist(), chance.permutation(len(case.mentors)).tolist()
    )
    with narrowed(candidates=4, more=3, block=300):
        assert mode(listed(other)) == mode(case)


@pytest.mark.parametrize("mode", [solve, stable])
def test_one_list_among_few(mode):
    """A block of one mentee, and lists of one."""
    table = Listed([[300], [500]], [[1], [0]], 2)
    case = Case(["b", "a"], ["y", "x"], table, places=[1, 1])
    assert mode(case).pairs == {"b": "x", "a": "y"}
    one = Case(["a"], ["y", "x"], Listed([[300]], [[1]], 2), places=[1, 1])
    assert mode(one).pairs == {"a": "x"}


def test_scores_are_a_table_like_any_other():
    kinds = ["p", "q", "q", "r"]
    scores = Scores((4, 3), [Same("series", 700, kinds, ["q", "p", None])])
    case = Case(list("abcd"), ["x", "y", "z"], scores, places=[1, 1, 2])
    assert solve(case) == solve(replace(case, table=Dense(points_of(case))))


def test_answers_list_people_by_id():
    case = Case(["c", "a", "b"], ["x"], Dense([[NEVER]] * 3), places=[1])
    assert solve(case).unplaced == ("a", "b", "c")
    assert stable(case).unplaced == ("a", "b", "c")
