"""Whom a person lets arrange times, and the end of it."""

import pytest
from django.urls import reverse

from telemachus.lib.errors import Conflict, Refused
from telemachus.people.models import Delegation
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import Cast

NAME, SETTINGS = reverse("program:name_delegate"), reverse("people:settings")


def end(delegation: Delegation) -> str:
    return reverse("people:end_delegation", args=[delegation.pk])


def test_page_names_and_posted_twice_names_once(cast: Cast, client_of: ClientOf) -> None:
    before = recorded("people.delegate_named")
    first, second = twice(client_of(cast.mei), NAME, {"email": "Selam.Abebe@Division.example"})
    assert sentences(first) == ["Selam Abebe can arrange times for you now."]
    assert (second.status_code, recorded("people.delegate_named")) == (422, before + 1)
    assert "Selam Abebe arranges times for you already." in words(second)
    assert "Selam.Abebe@Division.example" in second.content.decode()
    assert "Selam Abebe" in words(client_of(cast.mei).get(SETTINGS))


@pytest.mark.parametrize("who", ["sofia", "leaver", "stranger"], ids=["another division", "left", "no role"])
def test_only_a_colleague_can_be_named(cast: Cast, client_of: ClientOf, who: str) -> None:
    """The same sentence as for an address that does not exist: nothing is learnt about other divisions."""
    answers = [
        words(client_of(cast.mei).post(NAME, {"email": email})).replace(email, "")
        for email in (getattr(cast, who).email, "nobody@division.example")
    ]
    assert answers[0] == answers[1]
    assert "Nobody of your division has this address here." in answers[0]


def test_nobody_is_ones_own_delegate(cast: Cast) -> None:
    with pytest.raises(Refused, match="name somebody else"):
        cast.mei.name_delegate(cast.mei, since=cast.today, now=cast.now)


def test_end_holds_from_this_moment_and_twice_is_a_conflict(cast: Cast) -> None:
    held = Delegation.objects.get(pk=cast.oseis_delegation.pk)
    cast.oseis_delegation.end(by=cast.osei, on=cast.today, now=cast.now)
    assert not Delegation.objects.current().exists()
    with pytest.raises(Conflict):
        held.end(by=cast.osei, on=cast.today, now=cast.now)


def test_page_ends_and_posted_twice_records_once(cast: Cast, client_of: ClientOf) -> None:
    first, second = twice(client_of(cast.osei), end(cast.oseis_delegation))
    assert sentences(first) == ["Selam Abebe no longer arranges your times."]
    assert (second.status_code, recorded("people.delegate_ended")) == (404, 1)


def test_delegation_is_missing_to_everybody_but_who_gave_it(cast: Cast, client_of: ClientOf) -> None:
    for other in (cast.abebe, cast.mei, cast.director, cast.chief):
        assert client_of(other).post(end(cast.oseis_delegation)).status_code == 404
        assert "Selam Abebe" not in words(client_of(other).get(SETTINGS)).replace("Selam Abebe Sign out", "")
    assert client_of(cast.osei).post(end(cast.oseis_delegation)).status_code == 302
