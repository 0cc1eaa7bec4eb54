"""Supervisor and chief are excluded, unless the mentee wishes it and the director records so (R9)."""

from typing import Any

import pytest
from django.urls import reverse

from telemachus.career.models import Appointment
from telemachus.pairing.models import Exemption
from telemachus.people.models import Person
from telemachus.program.models import Deputy
from tests.acts import ClientOf, recorded, sentences, words
from tests.cast import Cast
from tests.pairing.way import listed


def url(cast: Cast, mentor: Person, mentee: Person | None = None) -> str:
    return reverse("pairing:exempt", args=[cast.digestive.slug, (mentee or cast.pia).pk, mentor.pk])


def given(cast: Cast, days: int = 2) -> dict[str, Any]:
    return {"wished": "on", "on": cast.ago(days)}


def test_exception_is_recorded_and_the_chief_can_be_named(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.director).post(url(cast, cast.chief_mentor), given(cast))
    assert sentences(answer) == ["Ruth Adler can be named to Pia Larsen now."]
    exemption = Exemption.objects.get()
    assert (exemption.by, exemption.on, recorded("pairing.exempted")) == (cast.director, cast.ago(2), 1)
    assert listed(cast, cast.chief_mentor).candidates.get().mentor == cast.chief_mentor


def test_recorded_twice_stands_once(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.director)
    client.post(url(cast, cast.chief_mentor), given(cast))
    assert client.post(url(cast, cast.chief_mentor), given(cast)).status_code == 409
    assert (Exemption.objects.count(), recorded("pairing.exempted")) == (1, 1)


def test_exception_is_for_the_supervisor_too(cast: Cast, client_of: ClientOf) -> None:
    known = {"title": "x", "series": "in-residence", "rank": "assistant"}
    Appointment.objects.create(program=cast.digestive, person=cast.pia, supervisor=cast.osei, **known)
    page = client_of(cast.director).get(url(cast, cast.osei))
    assert "Pia Larsen reports to Kwame Osei." in words(page)
    assert client_of(cast.director).post(url(cast, cast.osei), given(cast)).status_code == 302


@pytest.mark.parametrize(("field", "value"), [("wished", ""), ("on", ""), ("on", "2027-01-01")])
def test_exception_needs_the_mentees_wish_and_its_day(cast: Cast, client_of: ClientOf, field: str, value: str) -> None:
    answer = client_of(cast.director).post(url(cast, cast.chief_mentor), {**given(cast), field: value})
    assert (answer.status_code, list(answer.context["form"].errors), Exemption.objects.count()) == (422, [field], 0)


def test_where_nothing_of_this_kind_stands_between_them_there_is_nothing_to_record(
    cast: Cast, client_of: ClientOf
) -> None:
    for method in ("get", "post"):
        assert getattr(client_of(cast.director), method)(url(cast, cast.osei), given(cast)).status_code == 409


def test_exception_is_the_directors(cast: Cast, client_of: ClientOf) -> None:
    page = url(cast, cast.chief_mentor)
    people = {"director": 200, "directing_mentor": 200, "coordinator": 404, "chief_mentor": 404, "pia": 404}
    assert {name: client_of(getattr(cast, name)).get(page).status_code for name in people} == people


def test_nobody_records_an_exception_for_oneself(cast: Cast, client_of: ClientOf) -> None:
    """The director who is the supervisor: another director may, or the deputy once it is the deputy's search."""
    known = {"title": "x", "series": "in-residence", "rank": "assistant"}
    Appointment.objects.create(program=cast.digestive, person=cast.pia, supervisor=cast.directing_mentor, **known)
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    page = url(cast, cast.directing_mentor)
    assert client_of(cast.directing_mentor).get(page).status_code == 403
    assert client_of(cast.director).get(page).status_code == 200
