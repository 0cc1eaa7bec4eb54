"""What if so many recruits came: the director's page."""

import pytest
from django.urls import reverse

from telemachus.pairing.models import Term
from telemachus.program.models import Role
from tests.acts import ClientOf, words
from tests.cast import Cast
from tests.pairing.cohorts import GRANTS, LIFE, mentee, needs, no_places, offers
from tests.queries import same_queries


def url(cast: Cast, **asked: object) -> str:
    return reverse("pairing:what_if", args=[cast.digestive.slug], query=asked or None)


def page(cast: Cast, client_of: ClientOf, **asked: object) -> str:
    return words(client_of(cast.director).get(url(cast, **asked)))


def test_places_and_what_is_missing_are_said(cast: Cast, client_of: ClientOf) -> None:
    """Nine places: Osei has one left, Halloran and Diallo three, Brandt two; Adler is chief."""
    assert "There are nine free places: everybody can be placed." in page(cast, client_of, recruits=9)
    said = page(cast, client_of, recruits=13)
    assert "13 recruits, 9 free places, with 4 colleagues." in said
    assert "There are nine free places: nine can be placed, four cannot." in said
    assert "It would take four more places, or two more mentors with as many places as the program sets (3)." in said


def test_no_free_place_is_said(cast: Cast, client_of: ClientOf) -> None:
    no_places(cast)
    said = page(cast, client_of)
    assert "There is no free place. It would take ten more places, or four more mentors" in said


def test_needs_are_drawn_from_those_of_the_mentees(cast: Cast, client_of: ClientOf) -> None:
    needs(cast, cast.mei, LIFE, GRANTS)
    no_places(cast, but=[cast.halloran])
    offers(cast, cast.halloran, LIFE, places=3)
    said = page(cast, client_of, recruits=4)
    assert "What recruits will need is drawn from what one mentee needs now." in said
    assert "Three of them get somebody" not in said
    assert "Everybody who is placed gets somebody who can help with at least half of the needs." in said
    assert f"“{GRANTS}”: needed by four, offered by nobody who has room." in said
    assert f"“{LIFE}”: needed by four; one colleague with room offers it, for three: one short." in said


def test_without_any_need_the_vocabulary_is_drawn_evenly(cast: Cast, client_of: ClientOf) -> None:
    said = page(cast, client_of, recruits=1)
    assert "they are drawn evenly from the vocabulary" in said
    assert "None of them gets somebody" in said


def test_without_a_vocabulary_it_still_counts(cast: Cast, client_of: ClientOf) -> None:
    Term.objects.filter(program=cast.digestive).delete()
    assert "There are nine free places: everybody can be placed." in page(cast, client_of, recruits=2)


def test_same_number_draws_the_same(cast: Cast, client_of: ClientOf) -> None:
    first, again, other = (page(cast, client_of, recruits=20, seed=seed) for seed in (5, 5, 6))
    assert first == again != other


def test_nobody_is_named(cast: Cast, client_of: ClientOf) -> None:
    needs(cast, cast.mei, LIFE)
    said = page(cast, client_of).replace(str(cast.director), "")
    people = [cast.mei, cast.osei, cast.halloran, cast.pia, cast.directing_mentor]
    assert not any(person.family_name in said for person in people)


@pytest.mark.parametrize("wrong", [{"recruits": 0}, {"recruits": 201}, {"recruits": "x"}, {"seed": -1}])
def test_what_cannot_be_counted_is_said_beside_the_field(cast: Cast, client_of: ClientOf, wrong) -> None:
    answer = client_of(cast.director).get(url(cast, **wrong))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == set(wrong)
    assert "outlook" not in answer.context


@pytest.mark.parametrize("who", ["coordinator", "chief", "committee", "osei", "mei", "other_director", "stranger"])
def test_forecast_is_the_directors_page(cast: Cast, client_of: ClientOf, who: str) -> None:
    assert client_of(getattr(cast, who)).get(url(cast)).status_code == 404


def test_mentors_who_cannot_be_named_bring_no_places(cast: Cast, client_of: ClientOf) -> None:
    Role.objects.filter(person=cast.halloran).delete()
    assert "6 free places, with 3 colleagues" in page(cast, client_of)


def test_queries_for_the_forecast(cast: Cast, client_of: ClientOf) -> None:
    same_queries(client_of(cast.director), url(cast), lambda number: needs(cast, mentee(cast, number), LIFE))
