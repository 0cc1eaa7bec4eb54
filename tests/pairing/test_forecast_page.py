"""What if so many recruits came: the director's page."""

import pytest
from django.urls import reverse

from telemachus.pairing.cohort import seeking
from telemachus.pairing.models import Offer, Pairing, Term, Weights, Wish
from telemachus.program.models import Role
from tests.acts import ClientOf, words
from tests.cast import Cast
from tests.pairing.cohorts import GRANTS, LIFE, mentee, needs, no_places, offers
from tests.queries import same_queries


def url(cast: Cast, **asked: object) -> str:
    return reverse("pairing:what_if", args=[cast.digestive.slug], query=asked or None)


def page(cast: Cast, client_of: ClientOf, **asked: object) -> str:
    return words(client_of(cast.director).get(url(cast, **asked)))


def nobody_seeks(cast: Cast) -> None:
    """Whoever did so leaves."""
    cast.digestive.roles.filter(person__in=seeking(cast.digestive, cast.now)).delete()
    assert not seeking(cast.digestive, cast.now)


def test_places_and_what_is_missing_are_said(cast: Cast, client_of: ClientOf) -> None:
    """Nine places: Osei has one left, Halloran and Diallo three, Brandt two; Adler is chief."""
    nobody_seeks(cast)
    everybody = "There are nine free places, with four colleagues: everybody who comes can be placed."
    assert everybody in page(cast, client_of, recruits=9)
    said = page(cast, client_of, recruits=13)
    assert "There are nine free places, with four colleagues: nine who come can be placed, four cannot." in said
    assert said.count("free places") == 1
    assert "seek a mentor now" not in said
    assert "It would take four more places, or two more mentors with as many places as the program sets (3)." in said


def test_who_seeks_now_goes_first(cast: Cast, client_of: ClientOf) -> None:
    nobody_seeks(cast)
    for number in range(3):
        mentee(cast, number)
    said = page(cast, client_of, recruits=6)
    assert "Three people seek a mentor now and will take three of the nine free places; six are left." in said
    assert "everybody who comes can be placed" in said
    said = page(cast, client_of, recruits=9)
    assert "colleagues: six who come can be placed, three cannot." in said
    assert "It would take three more places, or one more mentor" in said


def test_who_seeks_now_may_need_more_than_there_is(cast: Cast, client_of: ClientOf) -> None:
    nobody_seeks(cast)
    for number in range(11):
        mentee(cast, number)
    said = page(cast, client_of, recruits=2)
    assert "11 people seek" not in said
    assert "Eleven people seek a mentor now and will take nine of the nine free places; none is left." in said
    assert "Two of them get nobody. So no recruit can be placed." in said
    assert "For everybody, those who seek now included, it would take four more places, or two more mentors" in said


def test_only_place_is_taken_by_who_seeks_now(cast: Cast, client_of: ClientOf) -> None:
    nobody_seeks(cast)
    mentee(cast, 1)
    no_places(cast, but=[cast.halloran])
    offers(cast, cast.halloran, LIFE, places=1)
    said = page(cast, client_of, recruits=1)
    assert "One person seeks a mentor now and will take the only free place; none is left." in said


def test_places_for_a_need_are_those_that_are_left(cast: Cast, client_of: ClientOf) -> None:
    nobody_seeks(cast)
    needs(cast, mentee(cast, 1), LIFE)
    no_places(cast, but=[cast.halloran])
    offers(cast, cast.halloran, LIFE, places=3)
    said = page(cast, client_of, recruits=4)
    assert f"“{LIFE}”: needed by four; one colleague with room offers it, for two: two short." in said
    assert "Places are counted here, as many as are left for recruits." in said


def test_wish_for_whoever_asks_changes_nothing(cast: Cast, client_of: ClientOf) -> None:
    """A director who mentors could count back from the places for a need who wishes for him or her."""
    nobody_seeks(cast)
    seeker, director = mentee(cast, 1), cast.directing_mentor
    needs(cast, cast.mei, LIFE)
    needs(cast, seeker, "in person")
    no_places(cast, but=[director, cast.halloran])
    Weights.objects.create(program=cast.digestive, load=0)
    taken = Pairing.objects.active().filter(mentor=director).count()
    offers(cast, director, LIFE, places=taken + 1)
    offers(cast, cast.halloran, "in person", places=1)
    client = client_of(director)
    before = words(client.get(url(cast, recruits=8)))
    assert f"“{LIFE}”: needed by eight; one colleague with room offers it, for one" in before
    Wish(program=cast.digestive, mentee=seeker, mentor=director).keep(now=cast.now)
    assert words(client.get(url(cast, recruits=8))) == before


def test_mentor_to_whom_nobody_new_is_to_come_brings_no_places(cast: Cast, client_of: ClientOf) -> None:
    nobody_seeks(cast)
    Offer.objects.update_or_create(
        person=cast.halloran, defaults={"rests_from": cast.ago(1), "rests_until": cast.ago(-30)}
    )
    assert "There are six free places, with three colleagues" in page(cast, client_of)


def test_no_free_place_is_said(cast: Cast, client_of: ClientOf) -> None:
    nobody_seeks(cast)
    no_places(cast)
    said = page(cast, client_of)
    assert "There is no free place. It would take ten more places, or four more mentors" in said
    mentee(cast, 1)
    said = page(cast, client_of)
    assert "One person seeks a mentor now. There is no free place. For everybody" in said


def test_program_without_mentors_says_what_to_do_first(cast: Cast, client_of: ClientOf) -> None:
    cast.digestive.roles.filter(kind=Role.Kind.MENTOR).delete()
    answer = client_of(cast.director).get(url(cast))
    said = words(answer)
    assert "Nobody is a mentor here yet First add the people of the program" in said
    assert reverse("program:setup", args=[cast.digestive.slug]) in answer.content.decode()
    assert "free place." not in said


def test_needs_are_drawn_from_those_of_the_mentees(cast: Cast, client_of: ClientOf) -> None:
    nobody_seeks(cast)
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
    assert "nine free places" in page(cast, client_of, recruits=2)


def test_same_number_draws_the_same(cast: Cast, client_of: ClientOf) -> None:
    first, again, other = (page(cast, client_of, recruits=20, seed=seed) for seed in (5, 5, 6))
    assert first == again != other


def test_nobody_is_named(cast: Cast, client_of: ClientOf) -> None:
    needs(cast, cast.mei, LIFE)
    said = page(cast, client_of).replace(str(cast.director), "")
    people = [cast.mei, cast.osei, cast.halloran, cast.pia, cast.directing_mentor]
    assert not any(person.family_name in said for person in people)


@pytest.mark.parametrize(
    ("wrong", "limits"),
    [
        ({"recruits": 0}, "from 1 to 200."),
        ({"recruits": 201}, "from 1 to 200."),
        ({"recruits": "x"}, "from 1 to 200."),
        ({"recruits": ""}, "from 1 to 200."),
        ({"seed": -1}, "from 0 to 9999."),
    ],
)
def test_what_cannot_be_counted_is_said_beside_the_field(cast: Cast, client_of: ClientOf, wrong, limits) -> None:
    answer = client_of(cast.director).get(url(cast, **wrong))
    assert answer.status_code == 422
    form = answer.context["form"]
    assert form.errors == {name: [f"Please give a whole number {limits}"] for name in wrong}
    assert all(form[name].help_text.endswith(limits.capitalize()) for name in wrong)
    assert "outlook" not in answer.context


@pytest.mark.parametrize("who", ["coordinator", "chief", "committee", "osei", "mei", "other_director", "stranger"])
def test_forecast_is_the_directors_page(cast: Cast, client_of: ClientOf, who: str) -> None:
    assert client_of(getattr(cast, who)).get(url(cast)).status_code == 404


def test_mentors_who_cannot_be_named_bring_no_places(cast: Cast, client_of: ClientOf) -> None:
    Role.objects.filter(person=cast.halloran).delete()
    nobody_seeks(cast)
    assert "six free places, with three colleagues" in page(cast, client_of)


def test_queries_for_the_forecast(cast: Cast, client_of: ClientOf) -> None:
    same_queries(client_of(cast.director), url(cast), lambda number: needs(cast, mentee(cast, number), LIFE))
