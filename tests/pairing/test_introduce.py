"""The director introduces the two: from then on arranging is the mentee's part (R8)."""

import pytest
from django.urls import reverse

from telemachus.pairing.models import Pairing, Request, Shortlist, places
from telemachus.pairing.requesting import accept
from telemachus.program.models import Deputy, Role
from tests.acts import ClientOf, recorded, sentences, twice
from tests.cast import Cast
from tests.pairing.way import asked


def url(request: Request) -> str:
    return reverse("pairing:introduce", args=[request.pk])


def accepted(cast: Cast) -> Request:
    request = asked(cast, cast.halloran, cast.osei)
    accept(request, by=cast.halloran, now=cast.now)
    return request


def test_introduce_makes_the_pair_and_closes_the_list(cast: Cast, client_of: ClientOf) -> None:
    request = accepted(cast)
    answer = client_of(cast.director).post(url(request))
    said = "Pia Larsen and Maeve Halloran have been introduced; arranging the meetings is now the part of Pia Larsen."
    pairing = Pairing.objects.active().get(mentee=cast.pia)
    request.refresh_from_db()
    assert (sentences(answer), pairing.mentor, pairing.begins) == ([said], cast.halloran, cast.today)
    assert (request.state, request.pairing, Shortlist.objects.get().state) == ("introduced", pairing, "closed")
    assert (places(cast.halloran), recorded("pairing.introduced")) == (1, 1)


def test_introduced_twice_is_one_pair(cast: Cast, client_of: ClientOf) -> None:
    _first, second = twice(client_of(cast.director), url(accepted(cast)))
    assert sentences(second)[-1] == "This request is no longer open."
    assert Pairing.objects.filter(mentee=cast.pia).count() == 1


@pytest.mark.parametrize("state", ["waiting", "declined", "withdrawn", "expired"])
def test_nobody_is_introduced_without_a_yes(cast: Cast, client_of: ClientOf, state: str) -> None:
    request = asked(cast, cast.halloran)
    Request.objects.update(state=state)
    assert client_of(cast.director).post(url(request)).status_code == 409
    assert not Pairing.objects.filter(mentee=cast.pia).exists()


def test_introduce_is_the_senders(cast: Cast, client_of: ClientOf) -> None:
    request = accepted(cast)
    people = {"halloran": 403, "coordinator": 404, "pia": 404, "osei": 404, "other_director": 404}
    assert {name: client_of(getattr(cast, name)).post(url(request)).status_code for name in people} == people


def test_director_who_accepted_is_introduced_by_the_deputy(cast: Cast, client_of: ClientOf) -> None:
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    request = asked(cast, cast.directing_mentor)
    accept(request, by=cast.directing_mentor, now=cast.now)
    assert client_of(cast.directing_mentor).post(url(request)).status_code == 403
    assert client_of(cast.committee).post(url(request)).status_code == 302
    assert Pairing.objects.active().get(mentee=cast.pia).mentor == cast.directing_mentor


def test_mentee_who_left_meanwhile_is_introduced_to_nobody(cast: Cast, client_of: ClientOf) -> None:
    request = accepted(cast)
    Role.objects.filter(person=cast.pia).update(until=cast.ago(1))
    answer = client_of(cast.director).post(url(request), {"back": "/"})
    assert sentences(answer) == ["Pia Larsen has no part in this program any more."]


def test_successor_of_a_director_goes_on(cast: Cast, client_of: ClientOf) -> None:
    request = accepted(cast)
    Role.objects.filter(person=cast.director).update(until=cast.ago(1))
    cast.digestive.grant(cast.committee, Role.Kind.DIRECTOR, since=cast.today, by=None, now=cast.now)
    assert client_of(cast.director).post(url(request)).status_code == 404
    assert client_of(cast.committee).post(url(request)).status_code == 302


def test_interim_mentor_does_not_stand_in_the_way(cast: Cast, client_of: ClientOf) -> None:
    """A mentor for the time of a rest is not the mentee's mentor; the pair that rests is."""
    absent = Pairing.objects.enter(
        cast.digestive, mentee=cast.pia, mentor=cast.both, begins=cast.ago(30), by=None, now=cast.now
    )
    Pairing.objects.stand_in(absent, mentor=cast.osei, by=cast.director, now=cast.now)
    absent.end(on=cast.today, ending=Pairing.Ending.CHANGED, by=cast.director, now=cast.now)
    request = asked(cast, cast.halloran)
    accept(request, by=cast.halloran, now=cast.now)
    assert client_of(cast.director).post(url(request)).status_code == 302
