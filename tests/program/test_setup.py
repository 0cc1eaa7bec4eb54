"""Set-up: who runs the program, by the director's hand."""

from typing import Any

import pytest
from django.urls import reverse

from telemachus.people.models import Person
from telemachus.program.models import Role
from tests.acts import ClientOf, queries, recorded, sentences, twice, words
from tests.cast import Cast

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
    assert "Somebody with this mail address or employee number is here already." in words(second)
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
