"""Whom a person lets arrange times, and the end of it."""

import pytest
from django.urls import reverse

from telemachus.lib.errors import Conflict, Refused
from telemachus.people.models import Delegation
from telemachus.program.models import Role
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import Cast

Kind = Role.Kind
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


@pytest.mark.parametrize("who", ["director", "coordinator", "chief"])
def test_office_is_no_delegate(cast: Cast, client_of: ClientOf, who: str) -> None:
    office = getattr(cast, who)
    answer = client_of(cast.mei).post(NAME, {"email": office.email})
    assert answer.status_code == 422
    assert f"{office} is director, coordinator or chief here and does not arrange others’ times." in words(answer)
    assert not Delegation.objects.filter(delegate=office).exists()


def test_office_that_is_over_or_of_another_division_does_not_count(cast: Cast, client_of: ClientOf) -> None:
    cast.digestive.grant(cast.other_director, Kind.COLLEAGUE, since=cast.ago(9), by=None, now=cast.now)
    assert client_of(cast.mei).post(NAME, {"email": cast.other_director.email}).status_code == 302
    cast.chief.roles.get().end(on=cast.ago(1), by=cast.director, now=cast.now)
    cast.digestive.grant(cast.chief, Kind.COLLEAGUE, since=cast.today, by=None, now=cast.now)
    assert client_of(cast.mei).post(NAME, {"email": cast.chief.email}).status_code == 302


@pytest.mark.parametrize(("person", "other"), [("mei", "osei"), ("osei", "jonas")])
def test_other_of_the_pair_is_no_delegate(cast: Cast, client_of: ClientOf, person: str, other: str) -> None:
    named = getattr(cast, other)
    answer = client_of(getattr(cast, person)).post(NAME, {"email": named.email})
    assert (answer.status_code, f"{named} is in a pair with you." in words(answer)) == (422, True)
    assert not Delegation.objects.filter(delegate=named).exists()


def test_mentor_of_a_pair_that_has_ended_can_be_named(cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast.mei).post(NAME, {"email": cast.halloran.email}).status_code == 302


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
