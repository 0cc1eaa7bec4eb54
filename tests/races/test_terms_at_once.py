"""Two directors keep the vocabulary at the same moment; a mentee wishes for somebody and against."""

from functools import partial

import pytest
from django.utils import timezone

from telemachus.pairing.models import Apart, Need, Term, Wish
from telemachus.pairing.vocabulary import words_of
from tests.cast import Cast
from tests.races.together import again, one_wins, together

pytestmark = pytest.mark.races

ROUNDS = 25


def add(cast: Cast, words: str) -> Term:
    return Term.add(cast.digestive, "interest", words, by=cast.director, now=timezone.now())


def merge(cast: Cast, one: Term, into: Term) -> None:
    again(one).merge(again(into), by=cast.director, now=timezone.now())


def test_merge_of_each_into_the_other_is_done_once(cast: Cast):
    for number in range(ROUNDS):
        one, other = add(cast, f"one {number}"), add(cast, f"other {number}")
        outcome = one_wins(partial(merge, cast, one, other), partial(merge, cast, other, one))
        assert outcome.events == ["pairing.term_merged"]
    assert not Term.objects.filter(merged_into__merged_into__isnull=False).exists()


def test_merge_along_a_chain_leaves_no_chain(cast: Cast):
    for number in range(ROUNDS):
        one, two, three = (add(cast, f"{name} {number}") for name in ("one", "two", "three"))
        together(partial(merge, cast, one, two), partial(merge, cast, two, three))
        assert not Term.objects.filter(merged_into__merged_into__isnull=False).exists()


def test_same_words_added_twice_stand_once(cast: Cast):
    for number in range(ROUNDS):
        outcome = one_wins(partial(add, cast, f"Motility {number}"), partial(add, cast, f"motility {number}"))
        assert outcome.sentences[0].endswith("is on the list already.")


def test_moves_at_once_leave_an_order(cast: Cast):
    terms = [add(cast, f"term {number}") for number in range(4)]
    for number in range(ROUNDS):
        one, other = again(terms[number % 4]), again(terms[(number + 1) % 4])
        now = timezone.now()
        together(partial(one.move_up, by=cast.director, now=now), partial(other.move_down, by=cast.director, now=now))
        places = Term.objects.filter(program=cast.digestive, kind="interest").values_list("place", flat=True)
        assert sorted(places) == [1, 2, 3, 4]


def test_needs_that_are_kept_while_their_term_is_merged_are_kept(cast: Cast):
    for number in range(ROUNDS):
        one, into = add(cast, f"one {number}"), add(cast, f"into {number}")
        needs = partial(
            Need.objects.change, cast.digestive, cast.pia, terms=[again(one)], by=cast.pia, now=timezone.now()
        )
        outcome = together(needs, partial(merge, cast, one, into))
        assert outcome.winners == [0, 1]
        assert words_of(Need.objects.terms_of(cast.digestive, cast.pia)) == [f"into {number}"]


def test_wish_and_its_contrary_never_stand_together(cast: Cast):
    def wish() -> None:
        Wish(program=cast.digestive, mentee=cast.pia, mentor=cast.osei).keep(now=timezone.now())

    def apart() -> None:
        Apart(program=cast.digestive, person=cast.pia, other=cast.osei, kind="not_again").keep(now=timezone.now())

    for _round in range(ROUNDS):
        one_wins(wish, apart)
        assert Wish.objects.count() + Apart.objects.count() == 1
        Wish.objects.all().delete()
        Apart.objects.all().delete()
