"""A request that nobody answers gives its place back after its last day."""

from datetime import timedelta

from django.urls import reverse

from telemachus.pairing.models import Offer, Request, places
from telemachus.pairing.requesting import accept, ask, expire_requests
from telemachus.program.models import Role
from tests.acts import ClientOf, recorded, words
from tests.cast import Cast
from tests.pairing.way import asked, chosen


def test_request_expires_after_its_last_day_and_not_on_it(cast: Cast) -> None:
    asked(cast, cast.halloran)
    expire_requests(now=cast.now + timedelta(days=14))
    assert (Request.objects.get().state, places(cast.halloran)) == ("waiting", 1)
    expire_requests(now=cast.now + timedelta(days=15))
    assert (Request.objects.get().state, places(cast.halloran)) == ("expired", 0)
    expire_requests(now=cast.now + timedelta(days=16))
    assert recorded("pairing.expired") == 1


def test_yes_does_not_expire(cast: Cast) -> None:
    accept(asked(cast, cast.halloran), by=cast.halloran, now=cast.now)
    expire_requests(now=cast.now + timedelta(days=90))
    assert (Request.objects.get().state, places(cast.halloran)) == ("accepted", 1)


def test_place_that_came_back_goes_to_another(cast: Cast) -> None:
    Offer.objects.change(cast.halloran, places=1, terms=(), now=cast.now)
    asked(cast, cast.halloran)
    then = cast.now + timedelta(days=15)
    expire_requests(now=then)
    cast.digestive.grant(cast.stranger, Role.Kind.MENTEE, since=cast.ago(9), by=None, now=cast.now)
    second = chosen(cast, cast.halloran, mentee=cast.stranger)
    assert ask(second, by=cast.director, now=then).mentor == cast.halloran


def test_director_reads_that_no_answer_came_and_the_mentor_nothing(cast: Cast, client_of: ClientOf) -> None:
    request = asked(cast, cast.halloran)
    request.expire(now=cast.now)
    page = reverse("pairing:request", args=[request.pk])
    assert "asked; no answer by 28 October" in words(client_of(cast.director).get(page))
    assert client_of(cast.halloran).get(page).status_code == 404
