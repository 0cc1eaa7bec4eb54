"""Points come in parts that sum to them, whether asked for in rows or for one pair; rules stand above points."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telemachus.pairing.engine import MOST, NEVER, Ahead, Case, CaseError, Covered, Given, Rule, Same, Scores, solve
from telemachus.pairing.engine.scores import MOST_STAGE

ROWS, COLUMNS = 4, 3
TERMS = st.sets(st.sampled_from(("grants", "promotion", "statistics", "teaching", "writing")))
OFFERS = st.sets(st.sampled_from(("grants", "promotion", "statistics", "only offered")))
KINDS = st.none() | st.sampled_from(("A", "B", 1, ("A", 2)))
STAGES = st.none() | st.integers(0, 6)
PAIRS = st.sets(st.tuples(st.integers(0, ROWS - 1), st.integers(0, COLUMNS - 1)))
RULES = st.builds(
    Rule,
    code=st.sampled_from(("CHIEF", "AWAY", "RANK")),
    pairs=PAIRS,
    mentors=st.sets(st.integers(0, COLUMNS - 1)),
    unless=PAIRS,
)


def several(one, count: int):
    return st.lists(one, min_size=count, max_size=count)


@st.composite
def scored(draw) -> Scores:
    weights = draw(several(st.integers(0, 200), 5))
    return Scores(
        (ROWS, COLUMNS),
        [
            Covered("needs", weights[0], draw(several(TERMS, ROWS)), draw(several(OFFERS, COLUMNS))),
            Same("series", weights[1], draw(several(KINDS, ROWS)), draw(several(KINDS, COLUMNS))),
            Ahead("stage", weights[2], draw(several(STAGES, ROWS)), draw(several(STAGES, COLUMNS))),
            Ahead("step", weights[3], draw(several(STAGES, ROWS)), draw(several(STAGES, COLUMNS)), enough=3),
            Covered("interests", weights[4], draw(several(TERMS, ROWS)), draw(several(TERMS, COLUMNS))),
        ],
        draw(st.lists(RULES, max_size=3)),
    )


@given(scored(), st.lists(st.integers(0, ROWS - 1), min_size=1, max_size=6))
@settings(max_examples=150)
def test_rows_equal_pair_by_pair(scores, which):
    points, columns = scores.rows(np.array(which))
    assert columns.tolist() == [list(range(COLUMNS))]
    for place, row in enumerate(which):
        for column in range(COLUMNS):
            parts = scores.of(row, column)
            assert all(0 <= part.points <= part.weight for part in parts)
            total = NEVER if scores.why_not(row, column) else sum(part.points for part in parts)
            assert points[place, column] == total


@given(scored())
def test_each_part_says_in_rows_what_it_says_of_a_pair(scores):
    for at, part in enumerate(scores.parts):
        points = part.points(np.arange(ROWS))
        said = [[scores.of(row, column)[at].points for column in range(COLUMNS)] for row in range(ROWS)]
        assert np.broadcast_to(points, (ROWS, COLUMNS)).tolist() == said


@given(scored())
def test_a_table_of_scores_is_solved_as_it_says(scores):
    case = Case(list("abcd"), list("xyz"), scores, places=[1, 2, 1])
    found = solve(case)
    for mentee, mentor in found.pairs.items():
        row, column = "abcd".index(mentee), "xyz".index(mentor)
        assert scores.why_not(row, column) == []
        assert found.points[mentee] == sum(part.points for part in scores.of(row, column))


# Parts


@pytest.mark.parametrize(
    ("wanted", "offered", "points", "has", "lacks"),
    [
        ({"a", "b", "c"}, {"c", "a", "z"}, 66, ("a", "c"), ("b",)),
        ({"a"}, {"a"}, 100, ("a",), ()),
        ({"b", "a"}, set(), 0, (), ("a", "b")),
        (set(), {"a"}, 0, (), ()),
    ],
)
def test_covered(wanted, offered, points, has, lacks):
    part = Covered("needs", 100, [wanted], [offered])
    assert part.of(0, 0) == Given("needs", points, 100, has, lacks)
    assert part.points(np.array([0])).tolist() == [[points]]


@pytest.mark.parametrize(
    ("mentee", "mentor", "points"), [("A", "A", 50), ("A", "B", 0), (None, None, 0), ("A", None, 0), (None, "A", 0)]
)
def test_same(mentee, mentor, points):
    part = Same("series", 50, [mentee, "Q"], [mentor, "Z"])
    assert part.of(0, 0) == Given("series", points, 50)
    assert part.points(np.array([0, 1])).tolist() == [[points, 0], [0, 0]]


@pytest.mark.parametrize(
    ("mentee", "mentor", "points"),
    [(1, 1, 0), (1, 2, 50), (1, 3, 101), (1, 4, 101), (3, 1, 0), (None, 3, 0), (1, None, 0), (None, None, 0)],
)
def test_ahead(mentee, mentor, points):
    part = Ahead("stage", 101, [mentee], [mentor])
    assert part.of(0, 0) == Given("stage", points, 101)
    assert part.points(np.array([0])).tolist() == [[points]]


def test_enough_says_how_far_ahead_the_whole_weight_is():
    stage = Ahead("stage", 90, [0], [1, 2, 3, 4], enough=3)
    assert stage.points(np.array([0])).tolist() == [[30, 60, 90, 90]]
    assert stage.of(0, 1).points == 60


@pytest.mark.parametrize("weight", [1, 7, 100, 333, 999, MOST])
def test_shares_are_rounded_down_exactly(weight):
    """Every share of up to 200 terms, reckoned in floating point for rows and in whole numbers for a pair."""
    most = 200
    part = Covered("needs", weight, [set(map(str, range(n + 1))) for n in range(most)],
                   [set(map(str, range(n))) for n in range(most + 1)])  # fmt: skip
    wanted, offered = np.arange(1, most + 1)[:, None], np.arange(most + 1)[None, :]
    assert (part.points(np.arange(most)) == weight * np.minimum(wanted, offered) // wanted).all()


def test_unknown_stages_give_nothing_however_far_others_are():
    far = Ahead("stage", 10, [None, -MOST_STAGE], [None, MOST_STAGE], enough=2)
    assert far.points(np.arange(2)).tolist() == [[0, 0], [0, 10]]
    assert [[far.of(row, column).points for column in range(2)] for row in range(2)] == [[0, 0], [0, 10]]


@pytest.mark.parametrize("stage", [MOST_STAGE + 1, -MOST_STAGE - 1, 1.5, "1"])
def test_a_stage_is_a_whole_number(stage):
    for sides in (([1, stage], [None]), ([1], [stage, None])):
        with pytest.raises(CaseError, match=r"“stage” knows stages as whole numbers up to 1,000,000,000, and None\."):
            Ahead("stage", 10, *sides)


# Rules


def test_a_rule_excludes_pairs_and_whole_mentors_but_for_some():
    rule = Rule("AWAY", pairs={(0, 0), (1, 0)}, mentors={2}, unless={(1, 0), (2, 2), (2, 1)})
    expected = [[True, False, True], [False, False, True], [False, False, False]]
    assert rule.against(np.arange(3), 3).tolist() == expected
    assert [[rule.excludes(row, column) for column in range(3)] for row in range(3)] == expected
    assert rule.against(np.array([2, 0]), 3).tolist() == [expected[2], expected[0]]


def test_what_one_rule_spares_another_may_exclude():
    scores = Scores(
        (1, 2),
        [Same("series", 10, ["A"], ["A", "B"])],
        [Rule("RANK", mentors={0}, unless={(0, 0)}), Rule("CHIEF", pairs={(0, 0)}), Rule("AWAY", mentors={0, 1})],
    )
    assert scores.why_not(0, 0) == ["CHIEF", "AWAY"]
    assert scores.why_not(0, 1) == ["AWAY"]
    assert scores.rows(np.array([0]))[0].tolist() == [[NEVER, NEVER]]


def test_an_excluded_pair_still_says_its_parts():
    scores = Scores((1, 1), [Same("series", 10, ["A"], ["A"])], [Rule("CHIEF", pairs={(0, 0)})])
    assert scores.of(0, 0) == [Given("series", 10, 10)]


# Weights


def test_weights_may_be_nought():
    scores = Scores((2, 1), [Same("series", 0, ["A", "B"], ["A"]), Covered("needs", 0, [{"a"}, set()], [{"a"}])])
    assert scores.rows(np.arange(2))[0].tolist() == [[0], [0]]
    assert [part.points for part in scores.of(0, 0)] == [0, 0]
    assert len(solve(Case(["a", "b"], ["x"], scores, places=[2])).pairs) == 2


def test_a_part_of_no_weight_is_not_asked_for_rows():
    @dataclass(frozen=True)
    class Slow:
        name: str = "slow"
        weight: int = 0
        shape: tuple[int, int] = (1, 1)

        def points(self, rows):
            raise AssertionError

        def of(self, row, column):
            return Given(self.name, 0, 0)

    assert Scores((1, 1), [Slow()]).rows(np.array([0]))[0].tolist() == [[0]]


@pytest.mark.parametrize("weight", [-1, 0.5, True])
def test_a_weight_is_a_whole_number_from_nought_on(weight):
    sentence = rf"The weight of “series” is {weight}\. Weights are whole numbers, 0 or more\."
    with pytest.raises(CaseError, match=sentence):
        Scores((1, 1), [Same("series", weight, ["A"], ["A"])])


@pytest.mark.parametrize("enough", [0, -1, 1.5])
def test_the_whole_weight_is_given_from_some_step_on(enough):
    with pytest.raises(
        CaseError, match=r"“stage” gives all its points from some step ahead on: say which, 1 or more\."
    ):
        Ahead("stage", 10, [1], [2], enough=enough)
    assert Ahead("stage", 10, [1], [2], enough=1).of(0, 0).points == 10


# Whom parts and rules know


@pytest.mark.parametrize(
    "part",
    [
        Covered("it", 1, [{"a"}] * 3, [{"a"}] * 2),
        Covered("it", 1, [{"a"}] * 2, [{"a"}]),
        Same("it", 1, ["A"], ["A"] * 2),
        Same("it", 1, ["A"] * 2, ["A"] * 3),
        Ahead("it", 1, [1] * 3, [1] * 2),
        Ahead("it", 1, [1] * 2, [1]),
    ],
)
def test_a_part_knows_as_many_as_there_are(part):
    with pytest.raises(CaseError, match=r"“it” does not know as many mentees and mentors as there are\."):
        Scores((2, 2), [part])


@pytest.mark.parametrize("place", [(2, 0), (0, 3), (-1, 0), (0, -1)])
@pytest.mark.parametrize("how", ["pairs", "unless"])
def test_a_rule_that_names_nobody_is_refused(how, place):
    """It would exclude nobody, or, counted from the end, somebody else."""
    with pytest.raises(CaseError, match=r"The rule AWAY names somebody who is not among the mentees and mentors\."):
        Scores((2, 3), [], [Rule("CHIEF"), Rule("AWAY", **{how: {(0, 0), place}})])


@pytest.mark.parametrize("mentor", [-1, 3])
def test_a_rule_against_a_mentor_who_is_not_there_is_refused(mentor):
    with pytest.raises(CaseError, match=r"The rule AWAY names somebody"):
        Scores((2, 3), [], [Rule("AWAY", mentors={0, mentor})])


def test_a_rule_may_name_the_first_and_the_last():
    last = Rule("AWAY", pairs={(0, 0), (1, 2)}, mentors={0, 2}, unless={(0, 0), (1, 2)})
    assert Scores((2, 3), [], [last]).why_not(1, 0) == ["AWAY"]


def test_weights_sum_to_most_and_no_more():
    full = [Same("series", MOST - 1, ["A"], ["A"]), Same("site", 1, ["A"], ["A"])]
    assert Scores((1, 1), full).rows(np.array([0]))[0].tolist() == [[MOST]]
    with pytest.raises(CaseError, match=r"The weights sum to 1001\. Together they may be at most 1000\."):
        Scores((1, 1), [*full, Same("stage", 1, ["A"], ["A"])])


def test_no_parts_give_nothing():
    assert Scores((2, 2), []).rows(np.arange(2))[0].tolist() == [[0, 0], [0, 0]]
