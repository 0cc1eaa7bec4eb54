"""Whom a mentee would like as a mentor: said to whoever runs the search, and to nobody else."""

import pytest
from django.urls import reverse

from telemachus.audit.models import Event
from telemachus.lib.errors import Conflict, Refused
from telemachus.lib.holding import holdings_of
from telemachus.pairing.models import Apart, Wish
from tests.acts import ClientOf, recorded, sentences, words
from tests.cast import Cast

URL = reverse("pairing:wish_for", args=["digestive"])
APART = reverse("pairing:keep_apart", args=["digestive"])


def wish(cast: Cast) -> Wish:
    Wish(program=cast.digestive, mentee=cast.pia, mentor=cast.osei).keep(now=cast.now)
    return Wish.objects.get()


def test_said_twice_it_stands_once(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.pia)
    answer = client.post(URL, {"wish-mentor": cast.osei.pk})
    assert sentences(answer) == ["Kept. Whoever runs your search reads that you would like Kwame Osei."]
    client.post(URL, {"wish-mentor": cast.osei.pk})
    assert (Wish.objects.count(), recorded("pairing.wished_for")) == (1, 1)
    event = Event.objects.get(kind="pairing.wished_for")
    assert ((event.keep_until - cast.now.date()).days, event.code) == (30, "")


def test_both_stand_on_one_page(cast: Cast, client_of: ClientOf) -> None:
    wish(cast)
    Apart(program=cast.digestive, person=cast.pia, other=cast.both, kind="not_again").keep(now=cast.now)
    for url in (URL, APART):
        shown = words(client_of(cast.pia).get(url))
        assert "Kwame Osei I would like to be paired with this person" in shown
        assert "Amara Diallo I would rather not be paired with this person" in shown


def test_wish_and_the_contrary_are_said_beside_the_field(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.pia)
    wish(cast)
    answer = client.post(APART, {"other": cast.osei.pk, "kind": "not_again"})
    assert (answer.status_code, Apart.objects.count()) == (422, 0)
    assert "You have said that you would like to be paired with Kwame Osei. Take that back first." in words(answer)
    Apart(program=cast.digestive, person=cast.pia, other=cast.both, kind="not_again").keep(now=cast.now)
    answer = client.post(URL, {"wish-mentor": cast.both.pk})
    assert (answer.status_code, Wish.objects.count()) == (422, 1)
    said = "You have said that you would rather not be paired with Amara Diallo. Take that back first."
    assert answer.context["wish_form"].errors == {"mentor": [said]}


def test_what_the_mentor_said_never_shows_in_a_wish(cast: Cast, client_of: ClientOf) -> None:
    Apart(program=cast.digestive, person=cast.osei, other=cast.pia, kind="not_again").keep(now=cast.now)
    answer = client_of(cast.pia).post(URL, {"wish-mentor": cast.osei.pk})
    assert sentences(answer) == ["Kept. Whoever runs your search reads that you would like Kwame Osei."]


def test_only_a_mentor_can_be_wished_for_and_never_oneself(cast: Cast, client_of: ClientOf) -> None:
    for other in (cast.mei, cast.pia, cast.other_mentor, cast.stranger):
        assert client_of(cast.pia).post(URL, {"wish-mentor": other.pk}).status_code == 422
    with pytest.raises(Refused, match="Name somebody else"):
        Wish(program=cast.digestive, mentee=cast.pia, mentor=cast.pia).keep(now=cast.now)


def test_wish_is_taken_back_once_and_by_who_said_it(cast: Cast, client_of: ClientOf) -> None:
    said = wish(cast)
    url = reverse("pairing:take_back_wish", args=[said.pk])
    for other in (cast.osei, cast.director, cast.coordinator):
        assert client_of(other).post(url).status_code == 404
    answer = client_of(cast.pia).post(url)
    assert sentences(answer) == ["Taken back."]
    assert (Wish.objects.count(), recorded("pairing.wish_taken_back")) == (0, 1)
    assert client_of(cast.pia).post(url).status_code == 404
    with pytest.raises(Conflict):
        said.take_back(now=cast.now)


def test_mentor_reads_nothing_of_a_wish(cast: Cast, client_of: ClientOf) -> None:
    """The mentee does: so there is something to see."""
    wish(cast)
    held = {person: [row for one in holdings_of(person) for row in one.rows] for person in (cast.pia, cast.osei)}
    assert "Kwame Osei" in held[cast.pia]
    assert not any("Larsen" in row for row in held[cast.osei])
    pages = ("web:today", "pairing:change_offer", "meetings:my_mentees")
    assert not any("Larsen" in words(client_of(cast.osei).get(reverse(name))) for name in pages)


def test_page_is_for_who_looks_for_a_mentor(cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast.colleague).get(URL).status_code == 200
    for other in (cast.osei, cast.director, cast.coordinator, cast.sofia, cast.leaver, cast.stranger):
        assert client_of(other).get(URL).status_code == 404
    assert "Somebody you would like" not in words(client_of(cast.osei).get(APART))


def test_colleague_who_directs_would_read_it(cast: Cast, client_of: ClientOf) -> None:
    client, given = client_of(cast.pia), {"wish-mentor": cast.directing_mentor.pk}
    answer = client.post(URL, given)
    assert (answer.status_code, Wish.objects.count()) == (422, 0)
    assert "Paul Brandt directs the program and would read this." in words(answer)
    assert client.post(URL, given | {"wish-known": "on"}).status_code == 302
    assert Wish.objects.get().mentor == cast.directing_mentor
