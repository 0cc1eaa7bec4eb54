"""`explain` says of one pair what is so: held against brute force and against solving once more."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telemachus.pairing.engine import (
    MOST,
    NEVER,
    Aims,
    Case,
    Covered,
    Dense,
    Explainer,
    Rule,
    Same,
    Scores,
    Verdict,
    explain,
    solve,
    stable,
)
from tests.pairing.engine import oracles
from tests.pairing.engine.cases import BIG, cohorts, narrowed, points_of, scored, with_places, with_points


def pairs_of(case: Case) -> list[tuple[str, str]]:
    return [(mentee, mentor) for mentee in case.mentees for mentor in case.mentors]


def told(case: Case, mentee: str, mentor: str, found=None):
    case = scored(case)
    return explain(case, scores_of(case), found or solve(case), mentee, mentor)


def scores_of(case: Case) -> Scores:
    assert isinstance(case.table, Scores)
    return case.table


# What is simply read off


@given(cohorts(), st.sampled_from((solve, stable)))
def test_parts_ranks_room_and_price(case, mode):
    case = scored(case)
    found, points, places = mode(case), points_of(case), oracles.places_of(case)
    for mentee, mentor in pairs_of(case):
        said = explain(case, scores_of(case), found, mentee, mentor)
        row, column = _places(case, mentee, mentor)
        assert (said.mentee, said.mentor) == (mentee, mentor)
        assert sum(part.points for part in said.parts) == said.points == max(points[row, column], 0)
        excluded = points[row, column] == NEVER
        assert said.codes == (("APART",) if excluded else ())
        for_mentee, for_mentor = (sorted(each, reverse=True) for each in (points[row], points[:, column]))
        assert said.rank_for_mentee == (0 if excluded else 1 + for_mentee.index(points[row, column]))
        assert said.rank_for_mentor == (0 if excluded else 1 + for_mentor.index(points[row, column]))
        assert said.room == places[mentor] - list(found.pairs.values()).count(mentor)
        assert said.price == found.prices.get(mentor, 0)


def _places(case: Case, mentee: str, mentor: str) -> tuple[int, int]:
    return case.mentees.index(mentee), case.mentors.index(mentor)


def test_rank_for_a_mentor_counts_beyond_a_thousand_mentees():
    points = np.arange(2001)[:, None] % 1001
    case = scored(Case([f"m{at:04}" for at in range(2001)], ["x"], Dense(points), places=[1], aims=Aims(load=0)))
    assert explain(case, scores_of(case), stable(case), "m0000", "x").rank_for_mentor == 2000
    assert explain(case, scores_of(case), stable(case), "m1000", "x").rank_for_mentor == 1
    assert explain(case, scores_of(case), stable(case), "m2000", "x").rank_for_mentor == 2


def test_evidence_and_codes_of_a_real_score():
    needs = Covered("needs", 600, [{"grants", "promotion", "statistics"}], [{"grants", "promotion"}])
    scores = Scores((1, 1), [needs, Same("series", 400, ["A"], ["A"])], [Rule("CHIEF", pairs={(0, 0)}), Rule("AWAY")])
    case = Case(["a"], ["x"], scores, places=[1])
    said = explain(case, scores, solve(case), "a", "x")
    assert [(part.part, part.points, part.has, part.lacks) for part in said.parts] == [
        ("needs", 400, ("grants", "promotion"), ("statistics",)),
        ("series", 400, (), ()),
    ]
    assert (said.points, said.codes, said.verdict) == (800, ("CHIEF",), Verdict.EXCLUDED)


@given(cohorts(), st.sampled_from((solve, stable)), st.data())
def test_one_explainer_says_of_each_pair_what_explain_says(case, mode, data):
    """Whatever it was asked before."""
    case = scored(case)
    found = mode(case)
    explainer = Explainer(case, scores_of(case), found)
    for pair in data.draw(st.permutations(pairs_of(case))):
        assert explainer.of(*pair) == explain(case, scores_of(case), found, *pair)


class Counted(Scores):
    """How many rows it is asked for."""

    asked = 0

    def rows(self, which):
        self.asked += len(which)
        return super().rows(which)


def test_a_page_of_explanations_looks_at_everybody_twice():
    """Once for ranks and once for what is missing; then only at the one mentee."""
    case = scored(BIG[1])
    scores = Counted(scores_of(case).shape, scores_of(case).parts, scores_of(case).rules)
    case = replace(case, table=scores)
    found, scores.asked = solve(case), 0
    explainer, mentee = Explainer(case, scores, found), case.mentees[0]
    for mentor in case.mentors:
        explainer.of(mentee, mentor)
    assert scores.asked == 2 * len(case.mentees) + len(candidates_of(case, mentee))


def candidates_of(case: Case, mentee: str) -> list[str]:
    return [mentor for who, mentor in oracles.fitting(case) if who == mentee]


# Verdicts


def test_chosen():
    case = Case(["a"], ["x"], Dense([[500]]), places=[2])
    said = told(case, "a", "x")
    assert (said.verdict, said.missing, said.room, said.instead) == (Verdict.CHOSEN, 0, 1, None)


def test_excluded():
    case = Case(["a"], ["x", "y"], Dense([[NEVER, 500]]), places=[1, 1])
    said = told(case, "a", "x")
    assert (said.verdict, said.codes, said.missing, said.instead) == (Verdict.EXCLUDED, ("APART",), None, "y")


def test_full():
    case = Case(["a"], ["x", "y"], Dense([[900, 500]]), places=[0, 1])
    said = told(case, "a", "x")
    assert (said.verdict, said.missing, said.room) == (Verdict.FULL, None, 0)
    assert told(replace(case, table=Dense([[NEVER, 500]])), "a", "x").verdict == Verdict.EXCLUDED


def test_better():
    case = Case(["a"], ["x", "y"], Dense([[400, 500]]), places=[1, 1])
    said = told(case, "a", "x")
    assert (said.verdict, said.missing, said.instead) == (Verdict.BETTER, 100, "y")


def test_better_with_as_many_points_where_the_load_decided():
    case = Case(["a"], ["x", "y"], Dense([[500, 500]]), places=[1, 1], standing=[1, 0])
    said = told(case, "a", "x")
    assert (said.verdict, said.missing) == (Verdict.BETTER, 60)


def test_lot():
    case = Case(["a"], ["x", "y"], Dense([[500, 500]]), places=[1, 1])
    [chosen] = solve(case).pairs.values()
    said = told(case, "a", "y" if chosen == "x" else "x")
    assert (said.verdict, said.missing, said.instead) == (Verdict.LOT, 0, chosen)


def test_sought():
    case = Case(["a", "b"], ["x", "y"], Dense([[700, 300], [700, 100]]), places=[1, 1], aims=Aims(floor=0))
    said = told(case, "a", "x")
    assert (said.verdict, said.missing) == (Verdict.SOUGHT, 200)
    assert said.instead == "y"


def test_sought_and_left_with_nobody():
    case = Case(["a", "b"], ["x"], Dense([[800], [900]]), places=[1], aims=Aims(floor=0))
    # Their regret is alike: a lot decides between them, however many points more b has.
    [left] = solve(case).unplaced
    assert told(case, left, "x").verdict == Verdict.LOT
    floor = replace(case, aims=Aims(floor=850))
    said = told(floor, "a", "x")
    assert (said.verdict, said.missing, said.instead) == (Verdict.SOUGHT, 50, None)


def test_the_runner_up_is_no_lot():
    """At the least prices b is as well off with x, at its price, as with y; but no best answer has that pair."""
    case = Case(["a", "b"], ["x", "y"], Dense([[100, 0], [100, 50]]), places=[1, 1], aims=Aims(floor=0))
    assert solve(case).by_lottery == frozenset()
    said = told(case, "b", "x")
    assert (said.verdict, said.missing) == (Verdict.SOUGHT, 50)


def test_points_that_reach_the_floor_count_as_such():
    """y is below the floor, 100 behind x which is above it: 100 do."""
    case = Case(["a"], ["x", "y"], Dense([[500, 400]]), places=[1, 1], aims=Aims(floor=450))
    assert told(case, "a", "y").missing == 100
    # x is below, too: from the floor on y is better, even if it costs more.
    both = Case(["a"], ["x", "y"], Dense([[440, 100]]), places=[1, 1], standing=[0, 9], aims=Aims(floor=450))
    assert told(both, "a", "y").missing == 350


def test_missing_points_may_take_all_that_there_are_but_no_more():
    case = Case(["a"], ["x", "y"], Dense([[MOST, 900]]), places=[1, 1], aims=Aims(floor=0, load=1))
    assert told(case, "a", "y").missing == 100
    assert told(replace(case, standing=[0, 1]), "a", "y").missing is None


def test_whoever_is_pushed_out_is_not_sent_to_whom_a_rule_excludes():
    table = Dense([[800, NEVER], [900, NEVER]])
    case = Case(["a", "b"], ["x", "y"], table, places=[1, 1], aims=Aims(floor=850))
    said = told(case, "a", "x")
    assert (said.verdict, said.missing, said.instead) == (Verdict.SOUGHT, 50, None)
    # Nor is b, whom everybody is kept apart from, taken in by the way.
    other = Case(["a", "b"], ["x", "y"], Dense([[700, 600], [NEVER, NEVER]]), places=[2, 2], aims=Aims(floor=0))
    assert told(other, "a", "y").missing == 100


def test_regret_counts_from_those_who_have_a_place():
    """The best of all has none: what is left to regret is counted without."""
    case = Case(["a", "b"], ["w", "x"], Dense([[1000, 300], [NEVER, 500]]), places=[0, 1], aims=Aims(floor=400))
    found = solve(case)
    assert found.pairs == {"b": "x"}
    assert told(case, "a", "x").missing == 100


@given(cohorts(mentees=3), st.data())
@settings(max_examples=150)
def test_missing_points_bring_a_pair_into_an_optimal_answer_and_one_less_does_not(case, data):
    """At the floor of the answer: a floor that is the highest reachable may itself move by a raise."""
    found = solve(case)
    case = replace(case, aims=replace(case.aims, floor=found.floor))
    fit = oracles.fitting(case)
    for mentee, mentor in pairs_of(case):
        if (mentee, mentor) not in fit:
            assert told(case, mentee, mentor, found).missing is None
            continue
        said, points = told(case, mentee, mentor, found), fit[mentee, mentor]
        assert (said.missing == 0) == among_optima(case, mentee, mentor, points)
        if said.missing is None:
            assert not among_optima(case, mentee, mentor, MOST)
        elif said.missing:
            assert among_optima(case, mentee, mentor, points + said.missing)
            assert not among_optima(case, mentee, mentor, points + said.missing - 1)


def among_optima(case: Case, mentee: str, mentor: str, points: int) -> bool:
    changed = with_points(case, mentee, mentor, points)
    return any(each.get(mentee) == mentor for each in oracles.optima(changed, oracles.floor_of(changed))[1])


@given(cohorts())
@settings(max_examples=100)
def test_verdicts_are_so(case):
    found = solve(case)
    (_least, answers), fit = oracles.optima(case, found.floor), oracles.fitting(case)
    for mentee, mentor in pairs_of(case):
        said = told(case, mentee, mentor, found)
        if found.pairs.get(mentee) == mentor:
            expected = Verdict.CHOSEN
        elif points_of(case)[_places(case, mentee, mentor)] == NEVER:
            expected = Verdict.EXCLUDED
        elif not oracles.places_of(case)[mentor]:
            expected = Verdict.FULL
        elif any(each.get(mentee) == mentor for each in answers):
            expected = Verdict.LOT
        elif mentee in found.pairs and found.points[mentee] >= fit[mentee, mentor]:
            expected = Verdict.BETTER
        else:
            expected = Verdict.SOUGHT
        assert said.verdict == expected


@pytest.mark.parametrize("case", [BIG[0], BIG[1], BIG[4]])
def test_big_missing_is_what_another_solver_says(case):
    """By the least cost with the pair forced, as scipy finds it."""
    found, chance = solve(case), np.random.default_rng(5)
    case = replace(case, aims=replace(case.aims, floor=found.floor))
    fit = oracles.fitting(case)
    pairs = sorted(fit)
    for at in chance.choice(len(pairs), 6, replace=False):
        mentee, mentor = pairs[at]
        said, before = told(case, mentee, mentor, found), fit[pairs[at]]
        if said.missing is not None:
            assert slack(case, mentee, mentor, before + said.missing) == 0
        if said.missing != 0:
            last = MOST if said.missing is None else before + said.missing - 1
            assert slack(case, mentee, mentor, last) > 0


def slack(case: Case, mentee: str, mentor: str, points: int) -> int:
    """What more it costs to force this pair, at these points."""
    raised = with_points(case, mentee, mentor, points)
    floor = oracles.floor_of(raised)
    return oracles.by_seats(raised, floor, forced=(mentee, mentor)) - oracles.by_seats(raised, floor)


@given(cohorts(mentees=4, mentors=3), st.sampled_from((1, 2)))
def test_missing_is_the_same_whatever_is_looked_at_together(case, block):
    case = scored(case)
    found = solve(case)
    whole = [explain(case, scores_of(case), found, *pair) for pair in pairs_of(case)]
    with narrowed(block=block):
        assert [explain(case, scores_of(case), found, *pair) for pair in pairs_of(case)] == whole


def test_a_lot_decides_between_two_for_whom_nothing_speaks():
    """Nought points are the best of each: with nobody they lose no more than the other would."""
    case = Case(["a", "b"], ["x"], Dense([[0], [0]]), places=[1])
    found = solve(case)
    [left] = found.unplaced
    assert told(case, left, "x", found).verdict == Verdict.LOT


@given(cohorts(mentees=5, mentors=2, floors=st.just(0)))
@settings(max_examples=300)
def test_where_places_are_scarce_missing_points_are_those_that_a_second_solve_finds(case):
    """More mentees than places: what else the mentee could have is nobody."""
    case = replace(case, places=[min(places, 1) for places in case.places], standing=[])
    found, fit = solve(case), oracles.fitting(case)
    for (mentee, mentor), points in fit.items():
        said = told(case, mentee, mentor, found).missing
        for tried in {points, points + 1, (points + MOST) // 2, MOST, points + (said or 0), points + (said or 1) - 1}:
            if points <= tried <= MOST:
                enough = said is not None and tried >= points + said
                assert (slack(case, mentee, mentor, tried) == 0) == enough


# What a pair costs


@given(cohorts(), st.sampled_from((solve, stable)))
def test_cost_is_regret_and_price_and_what_falling_below_the_floor_costs(case, mode):
    """Counted from the best of all whom no rule excludes, with a place or without."""
    found, (below, _alone) = mode(case), oracles.weights(case)
    fit = oracles.fitting(replace(case, places=[1] * len(case.mentors)))
    for (mentee, mentor), points in fit.items():
        best = max(each for (who, _mentor), each in fit.items() if who == mentee)
        cost = best - points + below * (points < found.floor) + found.prices.get(mentor, 0)
        assert told(case, mentee, mentor, found).cost == cost


# With whom instead


@given(cohorts())
def test_a_pair_of_the_answer_costs_its_mentee_least(case):
    """Complementary slackness, as a page puts colleagues in order by it."""
    found = solve(case)
    for mentee, mentor in found.pairs.items():
        free = [one for one in candidates_of(case, mentee) if case.places[case.mentors.index(one)]]
        costs = {one: told(case, mentee, one, found).cost for one in free}
        assert costs[mentor] == min(costs.values())


@given(cohorts())
def test_instead_is_the_best_other_at_the_prices(case):
    found = solve(case)
    costs = oracles.pair_costs(case, found.floor)
    for mentee, mentor in pairs_of(case):
        others = [
            (cost + found.prices[each], each) for (who, each), cost in costs.items() if who == mentee and each != mentor
        ]
        assert told(case, mentee, mentor, found).instead == min(others, default=(0, None))[1]


def test_a_stable_answer_is_explained_without_prices():
    case = Case(["a", "b"], ["x", "y"], Dense([[900, 500], [800, 700]]), places=[1, 1])
    said = told(case, "b", "x", stable(case))
    assert (said.verdict, said.price, said.missing, said.instead) == (Verdict.SOUGHT, 0, None, "y")


def test_an_answer_that_is_not_proved_says_nothing_of_missing_points():
    case = Case(["a", "b"], ["x", "y"], Dense([[700, 500], [600, 500]]), places=[1, 1], aims=Aims(floor=0))
    found = solve(case)
    proof = oracles.certificate(found)
    loose = replace(found, certificate=replace(proof, bound=proof.bound - 1))
    assert told(case, "b", "x", found).missing is not None
    assert told(case, "b", "x", loose).missing is None


def test_nobody_of_that_name_is_said():
    case = Case(["a"], ["x"], Dense([[500]]), places=[1])
    with pytest.raises(ValueError, match="b"):
        told(case, "b", "x")
    with pytest.raises(ValueError, match="y"):
        told(case, "a", "y")
    assert with_places(case, "x", 0).places == [0]
