"""A pair ends on a day: a date, never a judgement (R11)."""

import pytest
from django.urls import reverse

from telemachus.audit.models import Event
from telemachus.lib.errors import Conflict, Refused
from telemachus.pairing.models import Pairing, places
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import Cast

CHANGED = Pairing.Ending.CHANGED


def url(pairing: Pairing) -> str:
    return reverse("pairing:end", args=[pairing.pk])


@pytest.mark.parametrize("ending", Pairing.Ending)
def test_end_keeps_day_and_kind(cast: Cast, ending: Pairing.Ending) -> None:
    cast.mei_osei.end(on=cast.ago(1), ending=ending, by=cast.director, now=cast.now)
    cast.mei_osei.refresh_from_db()
    assert (cast.mei_osei.state, cast.mei_osei.ends, cast.mei_osei.ending) == ("ended", cast.ago(1), ending)
    assert Event.objects.get(kind="pairing.ended", subject=cast.mei_osei.pk).code == ending


@pytest.mark.parametrize(("days", "sentence"), [(401, "began on 9 September 2025"), (-1, "has not come yet")])
def test_end_on_an_impossible_day_is_refused(cast: Cast, days: int, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        cast.mei_osei.end(on=cast.ago(days), ending=CHANGED, by=cast.director, now=cast.now)


def test_end_twice_is_a_conflict(cast: Cast) -> None:
    with pytest.raises(Conflict, match="has ended already"):
        cast.mei_halloran.end(on=cast.ago(1), ending=CHANGED, by=cast.director, now=cast.now)


def test_end_frees_the_place_and_the_mentee(cast: Cast) -> None:
    assert places(cast.osei) == 2
    cast.mei_osei.end(on=cast.today, ending=CHANGED, by=cast.director, now=cast.now)
    Pairing.objects.enter(
        cast.digestive, mentee=cast.mei, mentor=cast.halloran, begins=cast.today, by=cast.director, now=cast.now
    )
    assert places(cast.osei) == 1


def test_page_ends_and_posted_twice_records_once(cast: Cast, client_of: ClientOf) -> None:
    before = recorded("pairing.ended")
    given = {"on": cast.ago(1), "ending": "mentor_retired"}
    first, second = twice(client_of(cast.director), url(cast.mei_osei), given)
    assert sentences(first) == ["Mei Tanaka – Kwame Osei: the pair has ended."]
    assert "This pair has ended already." in sentences(second)
    assert recorded("pairing.ended") == before + 1


def test_page_of_an_ended_pair_says_so(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.director).get(url(cast.mei_halloran))
    assert answer.status_code == 409
    assert "This pair has ended already." in words(answer)


def test_page_keeps_what_was_typed(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.director).post(url(cast.mei_osei), {"on": cast.ago(-1), "ending": "completed"})
    form = answer.context["form"]
    assert (answer.status_code, form["on"].value(), form["ending"].value()) == (422, "2026-10-15", "completed")


def test_nobody_ends_the_own_pair(cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast.directing_mentor).get(url(cast.mei_osei)).status_code == 200
    assert client_of(cast.directing_mentor).get(url(cast.tomas_director)).status_code == 403
    assert client_of(cast.director).get(url(cast.tomas_director)).status_code == 200


def test_page_is_the_directors(cast: Cast, client_of: ClientOf) -> None:
    people = {"director": 200, "coordinator": 403, "mei": 403, "osei": 403, "chief": 404, "other_director": 404}
    assert {name: client_of(getattr(cast, name)).get(url(cast.mei_osei)).status_code for name in people} == people
