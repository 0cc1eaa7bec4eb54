"""Swaps that could be offered: against a double loop over all twos."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telemachus.pairing.engine import NEVER, Case, Dense, Listed, Swap, solve, swaps
from tests.pairing.engine.cases import cohorts, listed, points_of, shuffled


@st.composite
def paired(draw):
    """Pairs that stand, whatever places and rules say today."""
    case = draw(cohorts(mentees=6, mentors=4))
    who = draw(st.lists(st.sampled_from(case.mentees), unique=True)) if case.mentees and case.mentors else []
    return case, {mentee: draw(st.sampled_from(case.mentors)) for mentee in who}


def by_hand(case: Case, pairs) -> list[Swap]:
    table, found = points_of(case).tolist(), []
    for one in sorted(pairs):
        for other in sorted(pairs):
            if one < other:
                mine, theirs = (table[case.mentees.index(each)] for each in (one, other))
                x, y = (case.mentors.index(pairs[each]) for each in (one, other))
                gains = mine[y] - mine[x], theirs[x] - theirs[y]
                if NEVER not in (mine[y], theirs[x]) and min(gains) >= 0 and sum(gains) > 0:
                    found.append(Swap(one, other, gains))
    return sorted(found, key=lambda swap: -sum(swap.gains))


@given(paired())
@settings(max_examples=150)
def test_equals_a_double_loop(told):
    case, pairs = told
    assert swaps(case, pairs) == by_hand(case, pairs)


@given(paired(), st.data())
def test_order_and_lists_change_nothing(told, data):
    case, pairs = told
    rows = data.draw(st.permutations(range(len(case.mentees))))
    columns = data.draw(st.permutations(range(len(case.mentors))))
    other = shuffled(case, rows, columns)
    assert swaps(other, dict(reversed(pairs.items()))) == swaps(case, pairs)
    assert swaps(listed(other), pairs) == swaps(case, pairs)


def test_the_best_first_and_each_two_once():
    table = Dense([[500, 700, 500], [700, 500, 501], [500, 500, 500]])
    case = Case(["a", "b", "c"], ["x", "y", "z"], table, places=[0, 0, 0])
    assert swaps(case, {"a": "x", "b": "y", "c": "z"}) == [Swap("a", "b", (200, 200)), Swap("b", "c", (1, 0))]


def test_no_swap_into_an_excluded_pair_or_at_a_loss_or_for_nothing():
    pairs = {"a": "x", "b": "y"}
    case = Case(["a", "b"], ["x", "y"], Dense([[0, 900], [NEVER, 0]]), places=[1, 1])
    assert swaps(case, pairs) == []
    assert swaps(replace(case, table=Dense([[0, 900], [499, 500]])), pairs) == []
    assert swaps(replace(case, table=Dense([[500, 499], [900, 0]])), pairs) == []
    assert swaps(replace(case, table=Dense([[500, 500], [500, 500]])), pairs) == []
    assert swaps(replace(case, table=Dense([[0, 0], [499, 498]])), pairs) == [Swap("a", "b", (0, 1))]


def test_out_of_a_pair_that_a_rule_excludes_today():
    """Such a pair stands at NEVER: any other is a gain."""
    case = Case(["a", "b"], ["x", "y"], Dense([[NEVER, 0], [7, 7]]), places=[1, 1])
    assert swaps(case, {"a": "x", "b": "y"}) == [Swap("a", "b", (1, 0))]


def test_not_from_one_excluded_pair_into_another():
    """Both are worth as little: no gain makes up for a rule."""
    case = Case(["a", "b"], ["x", "y"], Dense([[NEVER, NEVER], [900, 0]]), places=[1, 1])
    assert swaps(case, {"a": "x", "b": "y"}) == []
    assert swaps(replace(case, table=Dense([[0, 900], [NEVER, NEVER]])), {"a": "x", "b": "y"}) == []


def test_a_short_list_filled_up_with_a_name_that_it_has():
    table = Listed([[100, 900], [800, NEVER]], [[0, 1], [0, 0]], 2)
    case = Case(["a", "b"], ["x", "y"], table, places=[1, 1])
    assert swaps(case, {"a": "x", "b": "y"}) == [Swap("a", "b", (800, 801))]


def test_of_one_mentor_s_mentees_none_swap():
    case = Case(["a", "b"], ["x"], Dense([[100], [200]]), places=[2])
    assert swaps(case, {"a": "x", "b": "x"}) == []
    assert swaps(case, {}) == []


def test_pairs_of_others_are_said():
    case = Case(["a"], ["x"], Dense([[100]]), places=[1])
    with pytest.raises(ValueError, match=r"b is not part of the case\."):
        swaps(case, {"b": "x"})
    with pytest.raises(ValueError, match=r"y is not part of the case\."):
        swaps(case, {"a": "y"})


@given(cohorts(mentees=5, mentors=4, floors=st.just(0)))
def test_an_optimum_without_load_leaves_no_swap(case):
    """Who both gain by a swap would lower the cost of the answer."""
    case = replace(case, aims=replace(case.aims, load=0))
    assert swaps(case, solve(case).pairs) == []
