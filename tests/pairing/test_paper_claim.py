"""A pair that only the paper register knows waits for the director."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from telemachus.lib.errors import Conflict, Refused
from telemachus.meetings.models import Meeting
from telemachus.pairing.models import Pairing
from telemachus.pairing.steps import steps
from telemachus.people.models import Person
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import Cast


def claimed(cast: Cast, mentee: str = "pia", ends: int | None = None) -> Pairing:
    claim = Pairing(
        program=cast.digestive,
        mentee=getattr(cast, mentee),
        mentor=cast.halloran,
        begins=cast.ago(90),
        ends=None if ends is None else cast.ago(ends),
        state=Pairing.State.WAITING,
    )
    [pairing] = Pairing.objects.claim_all([claim], by=cast.coordinator, now=cast.now - timedelta(days=40))
    return pairing


def url(verb: str, pairing: Pairing) -> str:
    return reverse(f"pairing:{verb}_from_paper", args=[pairing.pk])


@pytest.mark.parametrize(("ends", "state"), [(None, "active"), (9, "ended")])
def test_accept_lets_it_stand_as_the_paper_says(cast: Cast, ends: int | None, state: str) -> None:
    pairing = claimed(cast, ends=ends)
    pairing.accept_from_paper(by=cast.director, now=cast.now)
    pairing.refresh_from_db()
    assert (pairing.state, pairing.begins) == (state, cast.ago(90))


def test_accept_beside_another_mentor_is_refused(cast: Cast) -> None:
    pairing = claimed(cast, "mei")
    with pytest.raises(Refused, match="Mei Tanaka has a mentor already"):
        pairing.accept_from_paper(by=cast.director, now=cast.now)
    pairing.refresh_from_db()
    assert pairing.state == "waiting"


def test_refuse_takes_its_dates_along(cast: Cast) -> None:
    pairing = claimed(cast)
    how, by = Meeting.How.REGISTER, cast.coordinator
    Meeting.objects.record_for_pair(pairing, day=cast.ago(50), how=how, by=by, now=cast.now)
    pairing.refuse_from_paper(by=cast.director, now=cast.now)
    assert (Pairing.objects.filter(pk=pairing.pk).count(), Meeting.objects.count()) == (0, 0)


def test_refuse_of_what_was_accepted_is_a_conflict(cast: Cast) -> None:
    pairing = claimed(cast)
    held = Pairing.objects.get(pk=pairing.pk)
    pairing.accept_from_paper(by=cast.director, now=cast.now)
    with pytest.raises(Conflict):
        held.refuse_from_paper(by=cast.director, now=cast.now)


def test_claim_waits_on_the_directors_today_since_it_came(cast: Cast, client_of: ClientOf) -> None:
    claimed(cast)
    [step] = steps(cast.director, cast.now)
    assert (step.sentence, step.since) == (
        "The paper register says that Maeve Halloran mentors Pia Larsen. Is that so?",
        cast.ago(40),
    )
    assert "5 weeks" in words(client_of(cast.director).get("/"))
    assert steps(cast.coordinator, cast.now) == []


def test_claims_ask_as_much_for_three_as_for_one(cast: Cast, django_assert_num_queries) -> None:
    claimed(cast)
    with CaptureQueriesContext(connection) as at_one:
        assert len(steps(Person.objects.get(pk=cast.director.pk), cast.now)) == 1
    claimed(cast, "mei")
    claimed(cast, "jonas")
    with django_assert_num_queries(len(at_one)):
        assert len(steps(Person.objects.get(pk=cast.director.pk), cast.now)) == 3


def test_page_posted_twice_accepts_once(cast: Cast, client_of: ClientOf) -> None:
    pairing = claimed(cast)
    first, second = twice(client_of(cast.director), url("accept", pairing))
    assert sentences(first) == ["Pia Larsen – Maeve Halloran: the pair stands."]
    assert any("this has changed since you opened the page" in said for said in sentences(second))
    assert (second.status_code, recorded("pairing.accepted_from_paper")) == (302, 1)


def test_page_posted_twice_refuses_once(cast: Cast, client_of: ClientOf) -> None:
    first, second = twice(client_of(cast.director), url("refuse", claimed(cast)))
    assert (first.status_code, second.status_code, recorded("pairing.refused_from_paper")) == (302, 404, 1)


def test_claim_is_missing_to_the_two_it_names(cast: Cast, client_of: ClientOf) -> None:
    """Nobody of the two knows what a paper said of them before the director has looked."""
    pairing = claimed(cast)
    pages = [reverse("meetings:my_mentor"), reverse("meetings:my_mentees"), "/"]
    for member, name in ((cast.pia, "Maeve Halloran"), (cast.halloran, "Pia Larsen")):
        assert not [page for page in pages if name in words(client_of(member).get(page))]
        assert client_of(member).post(url("accept", pairing)).status_code == 404
    assert client_of(cast.coordinator).post(url("accept", pairing)).status_code == 403
    client_of(cast.director).post(url("accept", pairing))
    assert "Maeve Halloran" in words(client_of(cast.pia).get(pages[0]))
