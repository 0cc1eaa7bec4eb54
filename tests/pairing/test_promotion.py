"""Promotion completes a pair: the roster says so, the director decides once."""

from datetime import timedelta

import pytest
from django.urls import reverse

from telemachus.career.models import Appointment
from telemachus.lib.errors import Conflict
from telemachus.lib.step import Step
from telemachus.pairing.models import Pairing
from telemachus.pairing.steps import steps
from telemachus.people.models import Person
from telemachus.program.models import Deputy
from tests.acts import ClientOf, recorded, sentences, twice
from tests.cast import Cast


def url(verb: str, pairing: Pairing) -> str:
    return reverse(f"pairing:{verb}", args=[pairing.pk])


def appointed(cast: Cast, person: Person, rank: str = "assistant") -> Appointment:
    series = cast.digestive.book.series[0].code
    return Appointment.objects.create(program=cast.digestive, person=person, title="x", series=series, rank=rank)


def promoted(cast: Cast, person: Person) -> None:
    appointed(cast, person).correct(rank="associate", by=cast.coordinator, now=cast.now)


def waits(person: Person, cast: Cast, days: int = 0) -> list[Step]:
    fresh = Person.objects.get(pk=person.pk)
    return [step for step in steps(fresh, cast.now + timedelta(days=days)) if "completed" in step.sentence]


def test_promotion_waits_for_the_director(cast: Cast) -> None:
    promoted(cast, cast.mei)
    [step] = waits(cast.director, cast)
    assert step.sentence == "Mei Tanaka has become Associate Professor: is the pair completed?"
    assert step.since == cast.today
    assert [act.url for act in step.acts] == [url("complete", cast.mei_osei), url("go_on", cast.mei_osei)]
    assert waits(cast.coordinator, cast) == waits(cast.mei, cast) == waits(cast.osei, cast) == []


def test_junior_rank_asks_nothing(cast: Cast) -> None:
    appointed(cast, cast.mei).correct(title="y", by=cast.coordinator, now=cast.now)
    assert waits(cast.director, cast) == []


def test_who_was_senior_from_the_first_is_a_mentee_by_wish(cast: Cast) -> None:
    appointed(cast, cast.mei, rank="associate")
    assert waits(cast.director, cast) == []


def test_complete_ends_today(cast: Cast, client_of: ClientOf) -> None:
    promoted(cast, cast.mei)
    answer = client_of(cast.director).post(url("complete", cast.mei_osei))
    assert sentences(answer) == ["Mei Tanaka – Kwame Osei: the pair is completed."]
    cast.mei_osei.refresh_from_db()
    assert (cast.mei_osei.state, cast.mei_osei.ends, cast.mei_osei.ending) == ("ended", cast.today, "completed")
    assert waits(cast.director, cast) == []


def test_two_who_go_on_are_asked_about_once(cast: Cast, client_of: ClientOf) -> None:
    promoted(cast, cast.mei)
    answer = client_of(cast.director).post(url("go_on", cast.mei_osei))
    assert sentences(answer) == ["Mei Tanaka – Kwame Osei go on."]
    cast.mei_osei.refresh_from_db()
    assert (cast.mei_osei.state, cast.mei_osei.goes_on) == ("active", cast.today)
    assert waits(cast.director, cast, days=400) == []


@pytest.mark.parametrize(("verb", "event"), [("complete", "pairing.ended"), ("go_on", "pairing.goes_on")])
def test_posted_twice_is_done_once(cast: Cast, client_of: ClientOf, verb: str, event: str) -> None:
    before = recorded(event)
    first, second = twice(client_of(cast.director), url(verb, cast.mei_osei))
    assert (first.status_code, second.status_code, recorded(event)) == (302, 302, before + 1)


def test_go_on_after_the_end_is_a_conflict(cast: Cast) -> None:
    with pytest.raises(Conflict):
        cast.mei_halloran.go_on(by=cast.director, now=cast.now)


def test_own_mentees_promotion_is_not_the_directors(cast: Cast, client_of: ClientOf) -> None:
    promoted(cast, cast.tomas)
    assert (len(waits(cast.director, cast)), waits(cast.directing_mentor, cast)) == (1, [])
    assert client_of(cast.directing_mentor).post(url("complete", cast.tomas_director)).status_code == 403
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    assert len(waits(cast.committee, cast)) == 1
    assert client_of(cast.committee).post(url("complete", cast.tomas_director)).status_code == 302


@pytest.mark.parametrize("verb", ["complete", "go_on"])
def test_decision_is_the_directors(cast: Cast, client_of: ClientOf, verb: str) -> None:
    people = {"mei": 403, "osei": 403, "coordinator": 403, "chief": 404, "jonas": 404, "other_director": 404}
    answers = {who: client_of(getattr(cast, who)).post(url(verb, cast.mei_osei)).status_code for who in people}
    assert answers == people
