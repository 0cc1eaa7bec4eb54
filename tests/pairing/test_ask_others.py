"""None of the names: the mentee asks for others, without a reason."""

import pytest
from django.urls import reverse

from telemachus.pairing.models import Shortlist
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import Cast
from tests.pairing.lists import choice, list_for_pia


@pytest.fixture
def named(cast: Cast) -> Shortlist:
    return list_for_pia(cast)


def url(shortlist: Shortlist) -> str:
    return reverse("pairing:ask_others", args=[shortlist.pk])


def test_ask_others_twice_is_said_and_recorded_once(cast: Cast, client_of: ClientOf, named: Shortlist) -> None:
    first, second = twice(client_of(cast.pia), url(named))
    assert "Ines Duarte looks for other names." in sentences(first)[0]
    assert "You have asked for other names already." in sentences(second)
    named.refresh_from_db()
    assert (named.state, recorded("pairing.others_asked")) == ("others", 1)


def test_choosing_all_the_same_undoes_it(cast: Cast, client_of: ClientOf, named: Shortlist) -> None:
    client = client_of(cast.pia)
    client.post(url(named))
    page = reverse("pairing:choose", args=[named.pk])
    assert "Until they come you can still choose from these." in words(client.get(page))
    client.post(page, choice(named, cast.both))
    named.refresh_from_db()
    assert named.state == "chosen"


def test_ask_others_is_the_mentees_own(cast: Cast, client_of: ClientOf, named: Shortlist) -> None:
    assert client_of(cast.director).post(url(named)).status_code == 403
    assert client_of(cast.osei).post(url(named)).status_code == 404
    assert client_of(cast.pia).get(url(named)).status_code == 405
    assert client_of(cast.pia).post(url(named)).status_code == 302
