"""The director enters a pair that two people agreed on."""

from typing import Any

import pytest
from django.urls import reverse

from telemachus.audit.models import Event
from telemachus.lib.errors import Refused
from telemachus.pairing.models import Pairing
from telemachus.program.models import Role
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import Cast


def url(cast: Cast) -> str:
    return reverse("pairing:enter", args=[cast.digestive.slug])


def given(cast: Cast, mentor: str = "halloran", days: int = 0) -> dict[str, Any]:
    return {"mentee": cast.pia.pk, "mentor": getattr(cast, mentor).pk, "begins": cast.ago(days)}


def pias() -> list[Pairing]:
    return list(Pairing.objects.filter(mentee__given_name="Pia"))


def enter(cast: Cast, mentee: str, mentor: str, days: int = 0) -> Pairing:
    people = {"mentee": getattr(cast, mentee), "mentor": getattr(cast, mentor)}
    return Pairing.objects.enter(cast.digestive, begins=cast.ago(days), by=cast.director, now=cast.now, **people)


def test_enter_stands_and_is_recorded(cast: Cast) -> None:
    pairing = enter(cast, "pia", "halloran", 9)
    event = Event.objects.get(subject=pairing.pk)
    assert (pairing.state, pairing.begins, pairing.ends) == ("active", cast.ago(9), None)
    assert (event.kind, event.by, event.program) == ("pairing.entered", cast.director.pk, cast.digestive.pk)


@pytest.mark.parametrize(
    ("mentee", "mentor", "days", "sentence"),
    [
        ("mei", "halloran", 0, "Mei Tanaka has a mentor already"),
        ("pia", "pia", 0, "Nobody mentors oneself"),
        ("pia", "halloran", -1, "has not come yet"),
    ],
)
def test_enter_refuses_what_cannot_be(cast: Cast, mentee: str, mentor: str, days: int, sentence: str) -> None:
    before = Pairing.objects.count()
    with pytest.raises(Refused, match=sentence):
        enter(cast, mentee, mentor, days)
    assert Pairing.objects.count() == before


def test_page_enters_and_posted_twice_enters_once(cast: Cast, client_of: ClientOf) -> None:
    before = recorded("pairing.entered")
    first, second = twice(client_of(cast.director), url(cast), given(cast))
    assert (sentences(first), second.status_code) == (["Pia Larsen – Maeve Halloran: the pair stands."], 422)
    assert "Pia Larsen has a mentor already. End that pair first." in words(second)
    assert (len(pias()), recorded("pairing.entered")) == (1, before + 1)


def test_page_offers_those_whose_role_holds_today(cast: Cast, client_of: ClientOf) -> None:
    form = client_of(cast.director).get(url(cast)).context["form"]
    assert cast.mei in form.fields["mentee"].queryset
    assert not {cast.leaver, cast.sofia, cast.osei} & set(form.fields["mentee"].queryset)
    assert cast.other_mentor not in form.fields["mentor"].queryset


def test_page_takes_whoever_has_two_roles_of_one_kind(cast: Cast, client_of: ClientOf) -> None:
    """The old one ends next week, the new one has begun."""
    Role.objects.filter(person=cast.pia).update(until=cast.ago(-5))
    Role.objects.create(program=cast.digestive, person=cast.pia, kind="mentee", since=cast.ago(5))
    assert client_of(cast.director).post(url(cast), given(cast)).status_code == 302


def test_page_asks_before_it_takes_a_mentor_beyond_capacity(cast: Cast, client_of: ClientOf) -> None:
    """One person has one total of places over all programs."""
    cast.digestive.change_settings(capacity=2, by=cast.director, now=cast.now)
    asked = client_of(cast.director).post(url(cast), given(cast, "osei"))
    assert (asked.status_code, pias()) == (422, [])
    assert "Kwame Osei has 2 of 2 places taken." in words(asked)
    assert 'type="checkbox" name="full"' in asked.content.decode()
    client_of(cast.director).post(url(cast), {**given(cast, "osei"), "full": "on"})
    assert [pairing.mentor for pairing in pias()] == [cast.osei]


@pytest.mark.parametrize("field", ["mentee", "mentor", "begins"])
def test_page_keeps_what_was_typed(cast: Cast, client_of: ClientOf, field: str) -> None:
    answer = client_of(cast.director).post(url(cast), {**given(cast, days=9), field: "nonsense"})
    kept = {"begins": f'value="{cast.ago(9)}"', "mentee": f'value="{cast.pia.pk}" selected'}
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert all(text in answer.content.decode() for name, text in kept.items() if name != field)


def test_page_is_the_directors(cast: Cast, client_of: ClientOf) -> None:
    people = {"director": 200, "directing_mentor": 200, "coordinator": 404, "chief": 404, "other_director": 404}
    assert {name: client_of(getattr(cast, name)).get(url(cast)).status_code for name in people} == people
