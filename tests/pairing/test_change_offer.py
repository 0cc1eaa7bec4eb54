"""A mentor says what he or she can help with, and for how many (R20)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from telemachus.pairing.models import Offer
from telemachus.pairing.requesting import accept, introduce
from telemachus.pairing.rules import Why, facts
from telemachus.pairing.vocabulary import words_of
from tests.acts import ClientOf, recorded, words
from tests.cast import Cast
from tests.pairing.terms import given
from tests.pairing.test_accept import url
from tests.pairing.way import asked

URL = reverse("pairing:change_offer")


def test_offer_is_kept_and_shown_again(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.osei)
    sent = given(cast.digestive, "life", "grants")
    assert client.post(URL, {**sent, "places": "4"}).status_code == 302
    offer = Offer.objects.get(person=cast.osei)
    assert words_of(offer.terms.with_standing()) == ["first grants and keeping funding going", "a life outside work"]
    assert (offer.places, recorded("pairing.offer_changed")) == (4, 1)
    form = client.get(URL).context["form"]
    assert (set(form["help-digestive"].value()), form["places"].value()) == (set(sent["help-digestive"]), 4)


def test_offer_without_a_number_takes_what_the_program_sets(cast: Cast, client_of: ClientOf) -> None:
    client_of(cast.osei).post(URL, {"places": ""})
    assert Offer.objects.get(person=cast.osei).places is None
    assert facts(cast.digestive, cast.pia, cast.now).senior.room_of(cast.osei.pk) == 1


def test_nought_places_take_nobody_new(cast: Cast, client_of: ClientOf) -> None:
    client_of(cast.osei).post(URL, {"places": "0"})
    assert facts(cast.digestive, cast.pia, cast.now).senior.room_of(cast.osei.pk) == 0


@pytest.mark.parametrize(
    "sent", [{"places": "-1"}, {"places": "51"}, {"places": "many"}, {"help-digestive": ["gossip"]}]
)
def test_offer_refuses_what_cannot_be(cast: Cast, client_of: ClientOf, sent: dict[str, object]) -> None:
    answer = client_of(cast.osei).post(URL, sent)
    assert (answer.status_code, Offer.objects.count()) == (422, 0)


def test_page_says_how_many_are_taken(cast: Cast, client_of: ClientOf) -> None:
    shown = words(client_of(cast.osei).get(URL))
    assert "You have 2 mentees now. Digestive Diseases sets 3 for each mentor." in shown
    assert "You have no mentee now." in words(client_of(cast.halloran).get(URL))


def test_page_leads_back_to_the_mentees(cast: Cast, client_of: ClientOf) -> None:
    assert f'href="{reverse("meetings:my_mentees")}">Back' in client_of(cast.osei).get(URL).content.decode()


def test_page_says_which_number_counts(cast: Cast, client_of: ClientOf) -> None:
    Offer.objects.change(cast.osei, places=5, terms=(), now=cast.now)
    shown = words(client_of(cast.osei).get(URL))
    assert "You have 2 mentees now. Your own number, 5, goes before the 3 of Digestive Diseases." in shown
    assert "for each mentor" not in shown


def test_request_is_counted_apart_from_the_mentees(cast: Cast, client_of: ClientOf) -> None:
    """The page of the request speaks of the places beside it: both pages say two."""
    request, client = asked(cast, cast.osei), client_of(cast.osei)
    assert "You have 2 mentees now. One request waits for your answer." in words(client.get(URL))
    assert "2 of your 3 places are taken." in words(client.get(url(request, "request")))
    accept(request, by=cast.osei, now=cast.now)
    shown = words(client.get(URL))
    assert "You have 2 mentees now. One mentee whom you accepted has still to be introduced." in shown


def test_offer_is_a_mentors(cast: Cast, client_of: ClientOf) -> None:
    people = {"osei": 200, "both": 200, "mei": 404, "director": 404, "coordinator": 404, "stranger": 404}
    assert {name: client_of(getattr(cast, name)).get(URL).status_code for name in people} == people


# --- Nobody new for a time


def rests(first: str = "", last: str = "") -> dict[str, str]:
    return {"rests_from": first, "rests_until": last}


@pytest.mark.parametrize(
    ("days", "resting"),
    [((3, -3), True), ((0, 0), True), ((-1, -9), False), ((9, 1), False)],
)
def test_rest_holds_from_its_first_to_its_last_day(cast: Cast, days: tuple[int, int], resting: bool) -> None:
    first, last = (cast.ago(each) for each in days)
    Offer.objects.change(cast.halloran, places=None, terms=(), rests=(first, last), now=cast.now)
    against = facts(cast.digestive, cast.pia, cast.now).why_not(cast.halloran.pk)
    assert against == ([Why.RESTS] if resting else [])


def test_rest_from_today_is_said_in_one_field_and_taken_back_in_one(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.halloran)
    today, last = timezone.localdate(), timezone.localdate() + timedelta(days=40)
    client.post(URL, rests(last=last.isoformat()))
    offer = Offer.objects.get(person=cast.halloran)
    assert (offer.rests_from, offer.rests_until) == (today, last)
    form = client.get(URL).context["form"]
    assert (form["rests_from"].value(), form["rests_until"].value()) == (today, last)
    client.post(URL, rests())
    offer.refresh_from_db()
    assert (offer.rests_from, offer.rests_until) == (None, None)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (2, None, "Say until when; you can change it whenever you like."),
        (5, 2, "The last day comes before the first."),
        (-9, -2, "This day has passed. Choose a later one, or leave both empty."),
    ],
)
def test_rest_that_cannot_be_is_said_beside_the_field(
    cast: Cast, client_of: ClientOf, first: int, last: int | None, said: str
) -> None:
    days = ["" if each is None else (timezone.localdate() + timedelta(days=each)).isoformat() for each in (first, last)]
    answer = client_of(cast.halloran).post(URL, {"places": "4", **rests(*days)})
    assert (answer.status_code, Offer.objects.count()) == (422, 0)
    assert answer.context["form"].errors["rests_until"] == [said]
    assert 'value="4"' in answer.content.decode()


def test_rest_that_has_passed_is_no_longer_shown(cast: Cast, client_of: ClientOf) -> None:
    days = (timezone.localdate() - timedelta(days=9), timezone.localdate() - timedelta(days=2))
    Offer.objects.change(cast.halloran, places=None, terms=(), rests=days, now=cast.now)
    form = client_of(cast.halloran).get(URL).context["form"]
    assert (form["rests_from"].value(), form["rests_until"].value()) == (None, None)


def test_yes_of_a_mentor_who_rests_counts_all_the_same(cast: Cast) -> None:
    """Asked before the rest was said: the answer is the mentor's own."""
    request = asked(cast, cast.halloran)
    Offer.objects.change(cast.halloran, places=None, terms=(), rests=(cast.today, cast.ago(-30)), now=cast.now)
    accept(request, by=cast.halloran, now=cast.now)
    assert introduce(request, by=cast.director, now=cast.now).mentor == cast.halloran
