"""A case that cannot be solved as it was put is refused with a sentence that says what to change."""

from typing import Any

import numpy as np
import pytest

from telemachus.pairing.engine import MOST, NEVER, Aims, Case, CaseError, Dense, Listed, solve
from telemachus.pairing.engine.cases import MOST_PLACES

TABLE = Dense([[1, 2], [3, 4]])


def case(**changed) -> Case:
    put: dict[str, Any] = {"mentees": ["a", "b"], "mentors": ["x", "y"], "table": TABLE, "places": [1, 1]}
    return Case(**put | changed)


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ([1, 2], r"Points are a table: one row for each mentee\."),
        ([], r"Points are a table"),
        ([[[1]]], r"Points are a table"),
        ([[0.5]], r"Points are whole numbers\."),
        ([[True]], r"Points are whole numbers\."),
        ([["1"]], r"Points are whole numbers\."),
        ([[MOST + 1]], r"Points run from 0 to 1000, and -1 excludes a pair\."),
        ([[0, -2]], r"Points run from 0 to 1000, and -1 excludes a pair\."),
    ],
)
def test_points(points, sentence):
    with pytest.raises(CaseError, match=sentence):
        Dense(points)


def test_points_at_both_ends_are_taken():
    assert Dense([[-1, MOST]]).shape == (1, 2)
    assert Dense(np.empty((0, 3))).shape == (0, 3)


@pytest.mark.parametrize(
    ("points", "columns", "sentence"),
    [
        ([[1, 2]], [[0]], r"Say for each of the points whose they are\."),
        ([[1]], [[2]], r"A list names somebody who is not among the mentors\."),
        ([[1]], [[-1]], r"A list names somebody who is not among the mentors\."),
        ([[1]], [[0.5]], r"Lists name mentors by their places: whole numbers\."),
        ([[1]], [[True]], r"Lists name mentors by their places: whole numbers\."),
        ([[1, 2], [3, 4]], [[0, 1], [1, 1]], r"The list in row 1 names one mentor twice\. Each stands there once\."),
        ([[3, NEVER, 3]], [[0, 1, 0]], r"The list in row 0 names one mentor twice\."),
        ([1], [0], r"Points are a table"),
    ],
)
def test_lists(points, columns, sentence):
    with pytest.raises(CaseError, match=sentence):
        Listed(points, columns, 2)


def test_a_list_may_name_the_first_and_the_last():
    assert Listed([[1, 2]], [[0, 1]], 2).shape == (1, 2)
    assert Listed(np.empty((3, 0)), np.empty((3, 0)), 2).shape == (3, 2)


def test_what_fills_up_a_short_list_may_repeat_a_name():
    assert Listed([[7, NEVER, NEVER, NEVER]], [[0, 0, 1, 1]], 2).shape == (1, 2)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"mentees": ["a", "a"]}, r"The mentee a stands here 2 times\."),
        ({"mentors": ["x", "x"]}, r"The mentor x stands here 2 times\."),
        ({"mentees": ["a"]}, r"one row for each mentee and one column for each mentor"),
        ({"mentors": ["x", "y", "z"]}, r"one row for each mentee and one column for each mentor"),
        ({"places": [1]}, r"Say for each mentor, as a whole number from 0 to 1,000,000: places\."),
        ({"places": [1, -1]}, r"1,000,000: places\."),
        ({"places": [1, MOST_PLACES + 1]}, r"1,000,000: places\."),
        ({"places": [1, 1.5]}, r"1,000,000: places\."),
        ({"places": [1, True]}, r"1,000,000: places\."),
        ({"standing": [1]}, r"1,000,000: standing\."),
        ({"standing": [0, -1]}, r"1,000,000: standing\."),
    ],
)
def test_case(changed, sentence):
    with pytest.raises(CaseError, match=sentence):
        case(**changed)


def test_as_many_places_as_may_be_said():
    assert solve(case(places=[MOST_PLACES, 0])).pairs == {"a": "x", "b": "x"}
    busy = case(standing=[MOST_PLACES] * 2, aims=Aims(load=1))
    assert solve(busy).prices["x"] == MOST_PLACES


def test_nobody_is_weighed_like_one():
    nobody = {"mentees": [], "table": Dense(np.empty((0, 2))), "standing": [MOST_PLACES, 0]}
    assert solve(case(**nobody, aims=Aims(load=2))).prices == {"x": 2 * MOST_PLACES, "y": 0}
    with pytest.raises(CaseError, match=r"Lower the charge for load"):
        solve(case(**nobody, aims=Aims(load=2**50)))


@pytest.mark.parametrize("aims", [{"floor": 0.5}, {"floor": True}, {"load": 1.5}, {"load": None}])
def test_aims_are_whole_numbers(aims):
    with pytest.raises(CaseError, match=r"The floor and the charge for load are whole numbers of points\."):
        Aims(**aims)


@pytest.mark.parametrize("floor", [-1, MOST + 1])
def test_floor(floor):
    with pytest.raises(CaseError, match=r"The floor lies between 0 and 1000 points\."):
        Aims(floor=floor)


def test_load():
    assert Aims(load=0).load == 0
    with pytest.raises(CaseError, match=r"The charge for load cannot be negative"):
        Aims(load=-1)


def test_what_cannot_be_weighed_exactly_is_refused():
    heavy = case(aims=Aims(load=2**49))
    with pytest.raises(CaseError, match=r"Lower the charge for load, or the places\."):
        solve(heavy)


def test_the_heaviest_that_can_be_weighed():
    """One mentee, one seat: an unplaced one costs 2 × (MOST + load) + 2, which must stay within 2**51."""
    one, heaviest = {"mentees": ["a"], "table": Dense([[5, 5]]), "places": [1, 0]}, 2**50 - 1 - MOST
    assert solve(case(**one, aims=Aims(load=heaviest))).pairs == {"a": "x"}
    with pytest.raises(CaseError):
        solve(case(**one, aims=Aims(load=heaviest + 1)))


def test_standing_mentees_weigh_too():
    one = {"mentees": ["a"], "table": Dense([[5, 5]]), "places": [1, 0], "standing": [1, 0]}
    with pytest.raises(CaseError):
        solve(case(**one, aims=Aims(load=2**49)))
    assert solve(case(**one, aims=Aims(load=2**49 - MOST))).pairs == {"a": "x"}


def test_a_case_error_is_a_value_error():
    assert issubclass(CaseError, ValueError)
