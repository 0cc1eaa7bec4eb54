"""Every answer is proved by its prices, and the prices are the least that clear. Checked by code of the tests alone."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from telemachus.pairing.engine import NEVER, Aims, Case, Dense, solve
from tests.pairing.engine import oracles
from tests.pairing.engine.cases import BIG, cohort, cohorts, listed, narrowed, points_of


@given(cohorts())
@settings(max_examples=100)
def test_small_is_proved(case):
    oracles.proved(case, solve(case))


@given(cohorts(mentees=8, mentors=6))
def test_middling_is_proved_through_many_rounds(case):
    with narrowed(candidates=2):
        oracles.proved(case, solve(case))


@pytest.mark.parametrize("case", BIG)
def test_big_is_proved_through_many_rounds(case):
    with narrowed(candidates=2, more=3, block=700):
        oracles.proved(case, solve(listed(case)))


@pytest.mark.parametrize("number", range(8))
def test_one_point_more_is_found_and_proved(number):
    """Points that lie one apart, and a charge of one: the last of a point is missing in the first rounds."""
    case = cohort(number, 20, 20, distinct=5, places=2, floor=0)
    close = replace(case, table=Dense(points_of(case) // 250), aims=Aims(floor=0, load=1))
    with narrowed():
        found = solve(close)
    oracles.proved(close, found)


def test_what_costs_more_than_32_bits_hold_keeps_its_sign():
    """b has nobody at first, at a cost of 2**31 or more, and is placed with the second best."""
    case = Case(["a", "b"], ["x", "y"], Dense([[900, NEVER], [899, 400]]), places=[1, 1], aims=Aims(load=6 * 10**8))
    with narrowed():
        assert solve(case).pairs == {"a": "x", "b": "y"}


@given(cohorts())
@settings(max_examples=100)
def test_weights_keep_the_orders_apart(case):
    """The sum orders all answers as the three aims do, one after the other."""
    floor = oracles.floor_of(case)
    answers = list(oracles.everything(case))
    told = [(oracles.objective(case, floor, each), oracles.total(case, floor, each)) for each in answers]
    assert [cost for _objective, cost in sorted(told)] == sorted(cost for _objective, cost in told)


# Prices


@given(cohorts())
@settings(max_examples=100)
def test_nobody_would_rather_have_somebody_else_at_the_prices(case):
    found = solve(case)
    costs, (_below, alone) = oracles.pair_costs(case, found.floor), oracles.weights(case)
    paying = {pair: cost + found.prices[pair[1]] for pair, cost in costs.items()}
    for mentee in case.mentees:
        pays = paying[mentee, found.pairs[mentee]] if mentee in found.pairs else alone
        assert pays <= min([alone, *(each for pair, each in paying.items() if pair[0] == mentee)])


@given(cohorts())
@settings(max_examples=100)
def test_a_mentor_with_room_has_the_charge_of_the_last_seat_or_of_the_next(case):
    found, places, standing = solve(case), oracles.places_of(case), oracles.standing_of(case)
    for mentor, price in found.prices.items():
        seats = sum(chosen == mentor for chosen in found.pairs.values())
        assert price >= case.aims.load * (standing[mentor] + max(seats - 1, 0))
        if seats < places[mentor]:
            assert price <= case.aims.load * (standing[mentor] + seats)


@given(cohorts(mentees=3))
@settings(max_examples=100)
def test_a_price_is_what_one_more_place_without_charge_would_save(case):
    """The least clearing price (Gul and Stacchetti, 1999), and never less than the charge of a first seat.

    Of mentors who have a place: who has none is not in the case, and the price is the charge of a first seat.
    """
    found, standing = solve(case), oracles.standing_of(case)
    cost = oracles.total(case, found.floor, found.pairs)
    for mentor, places in oracles.places_of(case).items():
        first = case.aims.load * standing[mentor]
        saved = cost - _with_a_free_seat(case, found.floor, mentor) if places else 0
        assert found.prices[mentor] == max(first, saved)


def _with_a_free_seat(case, floor, mentor):
    """The least cost where this mentor has one more place that no load is charged for: tried for each mentee."""
    costs, alone = oracles.pair_costs(case, floor), oracles.weights(case)[1]
    least = oracles.optima(case, floor)[1][0]
    found = oracles.total(case, floor, least)
    for mentee in case.mentees:
        if (mentee, mentor) not in costs:
            continue
        for pairs in oracles.everything(case):
            if mentee not in pairs:
                # Who was unplaced in these pairs has the seat.
                found = min(found, oracles.total(case, floor, pairs) - alone + costs[mentee, mentor])
    return found


def test_a_sought_place_has_the_price_of_the_runner_up():
    """b would be 300 better with x, c 100: the place is worth 300 to whoever does not have it."""
    table = Dense([[900, 0], [800, 500], [600, 500]])
    found = solve(Case(["a", "b", "c"], ["x", "y"], table, places=[1, 3], aims=Aims(floor=0, load=0)))
    assert found.pairs == {"a": "x", "b": "y", "c": "y"}
    assert found.prices == {"x": 300, "y": 0}


def test_an_excluded_pair_bids_for_nothing():
    table = Dense([[900, 0], [NEVER, 500]])
    found = solve(Case(["a", "b"], ["x", "y"], table, places=[1, 2], aims=Aims(floor=0, load=0)))
    assert found.prices == {"x": 0, "y": 0}
