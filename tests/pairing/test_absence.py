"""What a newer roster says of somebody's presence waits for the director; nothing ends by it."""

import pytest
from django.urls import reverse

from telemachus.career.models import Absence
from telemachus.lib.errors import Conflict
from telemachus.pairing.steps import steps
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import Cast


def absent(cast: Cast, who: str, kind: str = "leave") -> Absence:
    person = getattr(cast, who)
    return Absence.objects.create(program=cast.digestive, person=person, kind=kind, noticed=cast.ago(5))


def url(name: str, absence: Absence) -> str:
    return reverse(f"pairing:{name}", args=[absence.pk])


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("leave", "Kwame Osei is on leave."),
        ("terminated", "Kwame Osei is no longer employed."),
        ("missing", "Kwame Osei is not on the newest roster."),
    ],
)
def test_absence_waits_for_the_director(cast: Cast, kind: str, sentence: str) -> None:
    absent(cast, "osei", kind)
    [step] = steps(cast.director, cast.now)
    assert (step.sentence, step.since) == (sentence, cast.ago(5))
    assert steps(cast.coordinator, cast.now) == []


def test_page_shows_the_open_pairs(cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast.director).get(url("absence", absent(cast, "osei")))
    assert set(page.context["pairings"]) == {cast.mei_osei, cast.jonas_osei}
    assert "The roster of 9 October 2026 says so." in words(page)


def test_page_hides_the_directors_own_pair(cast: Cast, client_of: ClientOf) -> None:
    found = absent(cast, "tomas")
    assert list(client_of(cast.director).get(url("absence", found)).context["pairings"]) == [cast.tomas_director]
    assert list(client_of(cast.directing_mentor).get(url("absence", found)).context["pairings"]) == []


def test_directors_own_absence_is_the_other_directors(cast: Cast, client_of: ClientOf) -> None:
    found = absent(cast, "directing_mentor")
    assert client_of(cast.director).get(url("absence", found)).status_code == 200
    assert client_of(cast.directing_mentor).get(url("absence", found)).status_code == 404


def test_settle_ends_nothing_but_the_question(cast: Cast, client_of: ClientOf) -> None:
    found = absent(cast, "osei")
    answer = client_of(cast.director).post(url("settle_absence", found))
    found.refresh_from_db()
    cast.mei_osei.refresh_from_db()
    assert (sentences(answer), found.settled) == (["Kwame Osei: settled."], cast.today)
    assert (cast.mei_osei.state, steps(cast.director, cast.now)) == ("active", [])


def test_settle_twice_is_a_conflict(cast: Cast) -> None:
    found = absent(cast, "osei")
    held = Absence.objects.get(pk=found.pk)
    found.settle(by=cast.director, on=cast.today, now=cast.now)
    with pytest.raises(Conflict, match="settled already"):
        held.settle(by=cast.director, on=cast.today, now=cast.now)


def test_page_posted_twice_settles_once(cast: Cast, client_of: ClientOf) -> None:
    first, second = twice(client_of(cast.director), url("settle_absence", absent(cast, "osei")))
    assert (first.status_code, second.status_code, recorded("career.absence_settled")) == (302, 404, 1)


def test_absence_is_the_directors(cast: Cast, client_of: ClientOf) -> None:
    found = url("absence", absent(cast, "osei"))
    people = {"director": 200, "coordinator": 404, "osei": 404, "mei": 404, "chief": 404, "other_director": 404}
    assert {name: client_of(getattr(cast, name)).get(found).status_code for name in people} == people
