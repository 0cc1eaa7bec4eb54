"""The forecast: counts that can be checked by hand, and what holds for any program."""

from collections.abc import Sequence, Set
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from telemachus.pairing.forecast import Sought, Taker, drawn, forecast

WORDS = "abcdef"
terms = st.frozensets(st.sampled_from(WORDS), max_size=4)
needs = st.lists(terms, max_size=5)
takers = st.lists(st.builds(Taker, terms, st.integers(0, 3)), max_size=3)
taken = st.integers(0, 3).flatmap(lambda places: st.tuples(st.just(places), st.integers(0, places)))
in_use = st.lists(st.builds(lambda offers, room: Taker(offers, *room), terms, taken), max_size=3)
seeds = st.integers(0, 2**31 - 1)


def well_by_trying(recruits: Sequence[Set[str]], seats: Sequence[Set[str]]) -> int:
    """The most who get a seat of their own that covers at least half of their needs: every way is tried."""
    best = 0
    for chosen in product([None, *range(len(seats))], repeat=len(recruits)):
        taken = [seat for seat in chosen if seat is not None]
        if len(taken) == len(set(taken)) and all(
            2 * len(need & seats[seat]) >= len(need)
            for need, seat in zip(recruits, chosen, strict=True)
            if seat is not None
        ):
            best = max(best, len(taken))
    return best


def test_forecast_counts_places_and_needs() -> None:
    recruits = [{"a", "b"}, {"a"}, {"a", "c"}, {"d"}]
    found = forecast(recruits, [Taker({"a"}, 2), Taker({"b", "c"}, 1), Taker({"a", "d"}, 0)])
    assert (found.recruits, found.mentors, found.places) == (4, 2, 3)
    assert (found.placed, found.missing, found.well) == (3, 1, 3)
    assert found.needs == (Sought("a", 3, 1, 2), Sought("d", 1, 0, 0), Sought("b", 1, 1, 1), Sought("c", 1, 1, 1))
    assert [need.short for need in found.needs] == [1, 1, 0, 0]
    assert [found.mentors_more(each) for each in (0, 1, 3)] == [0, 1, 1]


def test_places_of_who_seeks_now_are_taken_first() -> None:
    found = forecast([{"a"}] * 4, [Taker({"a"}, 3, 2), Taker({"a"}, 2, 2), Taker({"b"}, 1)], seeking=6, unplaced=1)
    assert (found.free, found.taken, found.places, found.mentors) == (6, 4, 2, 2)
    assert (found.placed, found.missing, found.well, found.lacking) == (2, 2, 1, 3)
    assert found.needs == (Sought("a", 4, 1, 1),)
    assert [found.mentors_more(each) for each in (1, 2, 3)] == [3, 2, 1]


@given(needs, in_use, st.integers(0, 4))
def test_recruits_get_what_is_left_and_nothing_else(recruits, able, unplaced) -> None:
    found = forecast(recruits, able, seeking=9, unplaced=unplaced)
    left = forecast(recruits, [Taker(taker.offers, taker.places - taker.taken) for taker in able])
    assert (found.placed, found.well, found.mentors, found.needs) == (left.placed, left.well, left.mentors, left.needs)
    assert found.free == sum(taker.places for taker in able)
    assert found.lacking == left.missing + unplaced


@given(needs, in_use.filter(lambda able: any(taker.taken for taker in able)))
def test_who_seeks_now_never_helps_recruits(recruits, able) -> None:
    with_them, alone = forecast(recruits, able), forecast(recruits, [Taker(one.offers, one.places) for one in able])
    assert with_them.placed <= alone.placed
    assert with_them.well <= alone.well
    assert with_them.places < alone.places


def test_nobody_and_nothing_are_answered() -> None:
    assert forecast([], []).needs == ()
    assert (forecast([{"a"}], []).missing, forecast([{"a"}], []).well) == (1, 0)
    assert forecast([], [Taker({"a"}, 3)]).placed == 0


@given(needs, takers)
def test_placed_are_as_many_as_there_is_room_for(recruits, able) -> None:
    found = forecast(recruits, able)
    assert found.placed == min(len(recruits), sum(taker.places for taker in able))
    assert found.placed + found.missing == len(recruits)
    assert 0 <= found.well <= found.placed


@given(st.lists(terms, max_size=4), st.lists(st.builds(Taker, terms, st.integers(0, 2)), max_size=2))
def test_placed_well_are_the_most_that_there_can_be(recruits, able) -> None:
    seats = [taker.offers for taker in able for _seat in range(taker.places)]
    assert forecast(recruits, able).well == well_by_trying(recruits, seats)


@given(needs, takers, terms, st.integers(0, 3))
def test_one_mentor_more_never_places_fewer(recruits, able, offers, places) -> None:
    before, after = forecast(recruits, able), forecast(recruits, [*able, Taker(offers, places)])
    assert after.placed >= before.placed
    assert after.well >= before.well
    short = {need.need: need.short for need in before.needs}
    assert all(need.short <= short[need.need] for need in after.needs)


@given(needs, takers.filter(bool), st.data())
def test_one_place_more_never_places_fewer(recruits, able, data) -> None:
    at = data.draw(st.integers(0, len(able) - 1))
    wider = [Taker(one.offers, one.places + (place == at)) for place, one in enumerate(able)]
    before, after = forecast(recruits, able), forecast(recruits, wider)
    assert after.placed >= before.placed
    assert after.well >= before.well


@given(needs, takers, st.randoms())
def test_order_of_people_changes_nothing(recruits, able, luck) -> None:
    before = forecast(recruits, able)
    luck.shuffle(recruits)
    luck.shuffle(able)
    assert forecast(recruits, able) == before


@given(needs, takers, st.integers(1, 5))
def test_so_many_more_mentors_are_enough_and_one_fewer_is_not(recruits, able, each) -> None:
    more = forecast(recruits, able).mentors_more(each)
    enough = [Taker(frozenset(), each)] * more
    assert forecast(recruits, [*able, *enough]).missing == 0
    assert not more or forecast(recruits, [*able, *enough[1:]]).missing > 0


@given(needs, terms, st.integers(0, 20), seeds)
def test_draw_takes_needs_of_the_pool_alike_for_every_order(pool, vocabulary, recruits, seed) -> None:
    found = drawn(pool, sorted(vocabulary), recruits, seed)
    assert len(found) == recruits
    assert found == drawn(pool[::-1], sorted(vocabulary, reverse=True), recruits, seed)
    if any(pool):
        assert all(each in pool for each in found)
    else:
        assert all(each <= vocabulary and len(each) == min(3, len(vocabulary)) for each in found)


@given(needs, terms, st.integers(0, 20), st.integers(0, 20), seeds)
def test_more_recruits_begin_with_the_same(pool, vocabulary, recruits, more, seed) -> None:
    words = sorted(vocabulary)
    assert drawn(pool, words, recruits + more, seed)[:recruits] == drawn(pool, words, recruits, seed)


@given(needs, terms, st.integers(0, 10), takers, seeds)
def test_more_recruits_never_leave_fewer_without_a_place(pool, vocabulary, recruits, able, seed) -> None:
    words = sorted(vocabulary)
    fewer = forecast(drawn(pool, words, recruits, seed), able)
    more = forecast(drawn(pool, words, recruits + 1, seed), able)
    assert more.missing >= fewer.missing
    assert more.well >= fewer.well
