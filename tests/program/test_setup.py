"""Set-up: who runs the program, by the director's hand."""

from typing import Any

import pytest
from django.urls import reverse

from telemachus.lib.errors import Refused
from telemachus.pairing.models import Pairing
from telemachus.people.models import Person
from telemachus.program.models import Role
from tests.acts import ClientOf, queries, recorded, sentences, twice, words
from tests.cast import Cast
from tests.pairing.way import asked

NEW = {"given_name": "Ada", "family_name": "Fry", "email": " Ada.Fry@Division.example ", "kind": "assistant"}


def url(cast: Cast, name: str) -> str:
    return reverse(f"program:{name}", args=[cast.digestive.slug])


def role_of(cast: Cast, who: str, **more: Any) -> dict[str, Any]:
    return {"person": getattr(cast, who).pk, "kind": "committee", "since": cast.today, **more}


def test_setup_lists_the_offices(cast: Cast, client_of: ClientOf) -> None:
    page = words(client_of(cast.director).get(url(cast, "setup")))
    assert "Nora Whitfield, coordinator" in page
    assert "Mei Tanaka" not in page
    assert "Oscar Reyes" not in page


def test_person_added_twice_stands_once(cast: Cast, client_of: ClientOf) -> None:
    first, second = twice(client_of(cast.director), url(cast, "add_person"), NEW)
    assert (sentences(first), second.status_code) == (["Ada Fry is here and can sign in."], 422)
    assert "Somebody with this email address or employee number is here already." in words(second)
    ada = Person.objects.get(email="ada.fry@division.example")
    assert [(role.kind, role.since) for role in ada.roles.all()] == [("assistant", cast.today)]
    assert not ada.has_usable_password()


def test_role_granted_twice_stands_once(cast: Cast, client_of: ClientOf) -> None:
    before = recorded("program.role_granted")
    first, second = twice(client_of(cast.director), url(cast, "grant_role"), role_of(cast, "colleague"))
    assert sentences(first) == ["Dmitri Volkov has the role of committee member now."]
    assert (second.status_code, recorded("program.role_granted")) == (422, before + 1)
    assert "Dmitri Volkov has this role already." in words(second)


@pytest.mark.parametrize(
    "wrong", [{"since": "soon"}, {"until": "2020-01-01"}, {"kind": "emperor"}, {"person": "1"}], ids=str
)
def test_role_form_keeps_what_was_typed(cast: Cast, client_of: ClientOf, wrong: dict[str, str]) -> None:
    answer = client_of(cast.director).post(url(cast, "grant_role"), role_of(cast, "colleague") | wrong)
    form = answer.context["form"]
    assert answer.status_code == 422
    assert {name: form[name].value() for name in wrong} == wrong
    assert not Role.objects.filter(person=cast.colleague, kind="committee").exists()


def test_role_form_takes_nobody_of_another_program(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.director).post(url(cast, "grant_role"), role_of(cast, "other_mentor"))
    assert answer.status_code == 422
    assert "Lindqvist" not in answer.content.decode()
    assert "Volkov" in answer.content.decode()


def test_role_ended_twice_is_missing_the_second_time(cast: Cast, client_of: ClientOf) -> None:
    before = recorded("program.role_ended")
    end = reverse("program:end_role", args=[cast.coordinator.roles.get().pk])
    first, second = twice(client_of(cast.director), end, {"on": cast.ago(1)})
    assert sentences(first) == ["The role of Nora Whitfield has its last day."]
    assert (second.status_code, recorded("program.role_ended")) == (404, before + 1)


@pytest.mark.parametrize("kind", ["coordinator", "chief", "committee", "mentor", "mentee"])
def test_nobody_gives_oneself_a_role(cast: Cast, client_of: ClientOf, kind: str) -> None:
    answer = client_of(cast.director).post(url(cast, "grant_role"), role_of(cast, "director", kind=kind))
    assert (answer.status_code, "Nobody gives oneself a role." in words(answer)) == (422, True)
    assert [role.kind for role in cast.director.roles.all()] == ["director"]
    answer = client_of(cast.directing_mentor).post(url(cast, "grant_role"), role_of(cast, "director", kind=kind))
    assert answer.status_code == 302


def test_nobody_makes_the_own_role_last_longer(cast: Cast) -> None:
    role = cast.director.roles.get()
    role.end(on=cast.ago(-9), by=cast.director, now=cast.now)
    with pytest.raises(Refused, match="Nobody gives oneself a role"):
        role.end(on=cast.ago(-99), by=cast.director, now=cast.now)
    role.end(on=cast.ago(-99), by=cast.directing_mentor, now=cast.now)
    assert role.until == cast.ago(-99)


def end_of(person: Person, kind: str) -> str:
    return reverse("program:end_role", args=[person.roles.get(kind=kind).pk])


def test_nobody_ends_the_role_of_the_own_mentee_or_the_own_as_mentor(cast: Cast, client_of: ClientOf) -> None:
    cast.digestive.grant(cast.directing_mentor, Role.Kind.MENTEE, since=cast.ago(9), by=None, now=cast.now)
    Pairing.objects.introduce(
        cast.digestive, mentee=cast.directing_mentor, mentor=cast.osei, by=cast.director, now=cast.now
    )
    mine = (
        (cast.tomas, "mentee"),
        (cast.osei, "mentor"),
        *((cast.directing_mentor, kind) for kind in ("mentor", "mentee")),
    )
    for person, kind in mine:
        for method in ("get", "post"):
            answer = getattr(client_of(cast.directing_mentor), method)(end_of(person, kind), {"on": cast.today})
            assert answer.status_code == 403, (person, kind)
        assert client_of(cast.director).get(end_of(person, kind)).status_code == 200
    assert not Role.objects.filter(person__in=[person for person, _kind in mine]).exclude(until=None).exists()


@pytest.mark.parametrize(("who", "kind"), [("mei", "mentee"), ("osei", "mentor")])
def test_role_is_not_ended_under_a_pair(cast: Cast, client_of: ClientOf, who: str, kind: str) -> None:
    end, client = end_of(getattr(cast, who), kind), client_of(cast.director)
    answer = client.post(end, {"on": cast.ago(-30)})
    assert (answer.status_code, "First end the pair from the register" in words(answer)) == (422, True)
    for pairing in (cast.mei_osei, cast.jonas_osei):
        pairing.end(on=cast.today, ending=Pairing.Ending.CHANGED, by=cast.director, now=cast.now)
    assert client.post(end, {"on": cast.today}).status_code == 302


@pytest.mark.parametrize(("who", "kind"), [("pia", "mentee"), ("halloran", "mentor")])
def test_role_is_not_ended_under_a_request(cast: Cast, client_of: ClientOf, who: str, kind: str) -> None:
    request = asked(cast, cast.halloran)
    end, client = end_of(getattr(cast, who), kind), client_of(cast.director)
    assert client.post(end, {"on": cast.today}).status_code == 422
    request.withdraw(by=cast.director, now=cast.now)
    assert client.post(end, {"on": cast.today}).status_code == 302


def test_last_day_is_put_off_under_a_pair(cast: Cast, client_of: ClientOf) -> None:
    Role.objects.filter(person=cast.mei).update(until=cast.ago(-9))
    assert client_of(cast.director).post(end_of(cast.mei, "mentee"), {"on": cast.ago(-99)}).status_code == 302


def test_role_of_another_program_is_missing(cast: Cast, client_of: ClientOf) -> None:
    end = reverse("program:end_role", args=[cast.other_coordinator.roles.get().pk])
    assert client_of(cast.other_director).get(end).status_code == 200
    assert client_of(cast.director).get(end).status_code == 404


@pytest.mark.parametrize("name", ["setup", "change_settings", "add_person", "grant_role"])
def test_setup_is_the_directors(cast: Cast, client_of: ClientOf, name: str) -> None:
    people = {"director": 200, "coordinator": 404, "chief": 404, "mei": 404, "other_director": 404}
    assert {who: client_of(getattr(cast, who)).get(url(cast, name)).status_code for who in people} == people


def test_setup_asks_as_much_for_three_more_as_for_none(cast: Cast, client_of: ClientOf) -> None:
    before = queries(client_of(cast.director), url(cast, "setup"))
    for who in ("mei", "jonas", "pia"):
        cast.digestive.grant(getattr(cast, who), Role.Kind.COMMITTEE, since=cast.today, by=None, now=cast.now)
    assert queries(client_of(cast.director), url(cast, "setup")) == before
