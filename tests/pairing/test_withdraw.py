"""The director takes a request back; the place is free again."""

import pytest
from django.urls import reverse

from telemachus.pairing.models import Request, places
from telemachus.pairing.requesting import accept
from tests.acts import ClientOf, recorded, sentences, twice
from tests.cast import Cast
from tests.pairing.way import asked


def url(request: Request, verb: str = "withdraw") -> str:
    return reverse(f"pairing:{verb}", args=[request.pk])


@pytest.mark.parametrize("accepted", [False, True])
def test_withdraw_gives_the_place_back_also_after_a_yes(cast: Cast, client_of: ClientOf, accepted: bool) -> None:
    request = asked(cast, cast.halloran)
    if accepted:
        accept(request, by=cast.halloran, now=cast.now)
    answer = client_of(cast.director).post(url(request))
    assert sentences(answer) == ["Taken back. Maeve Halloran is asked no longer."]
    request.refresh_from_db()
    assert (request.state, places(cast.halloran)) == ("withdrawn", 0)


def test_withdrawn_twice_counts_once(cast: Cast, client_of: ClientOf) -> None:
    _first, second = twice(client_of(cast.director), url(asked(cast, cast.halloran)))
    assert sentences(second)[-1] == "This request is no longer open."
    assert recorded("pairing.withdrawn") == 1


def test_withdrawn_is_missing_for_the_mentor(cast: Cast, client_of: ClientOf) -> None:
    request = asked(cast, cast.halloran)
    client = client_of(cast.halloran)
    assert client.get(url(request, "request")).status_code == 200
    request.withdraw(by=cast.director, now=cast.now)
    for verb in ("request", "accept", "decline"):
        assert client.post(url(request, verb)).status_code in (404, 405)
    assert client.get(url(request, "request")).status_code == 404


def test_withdraw_is_the_senders(cast: Cast, client_of: ClientOf) -> None:
    request = asked(cast, cast.halloran)
    people = {"halloran": 403, "coordinator": 404, "pia": 404, "osei": 404, "other_director": 404}
    assert {name: client_of(getattr(cast, name)).post(url(request)).status_code for name in people} == people
