""" "We did not meet": the question goes, and nothing is registered anywhere."""

import pytest
from django.urls import reverse

from telemachus.audit.models import Event
from telemachus.lib.errors import Conflict
from telemachus.meetings.models import Meeting
from tests.acts import ClientOf, sentences, twice
from tests.cast import Cast


@pytest.fixture
def asked(cast: Cast) -> Meeting:
    Meeting.objects.ask(cast.mei_osei, day=cast.ago(1), now=cast.now)
    return Meeting.objects.get()


def url(meeting: Meeting) -> str:
    return reverse("meetings:decline", args=[meeting.pk])


def test_decline_leaves_no_trace(cast: Cast, asked: Meeting) -> None:
    before = Event.objects.count()
    asked.decline(by=cast.mei, now=cast.now)
    assert (Meeting.objects.count(), Event.objects.count()) == (0, before)


def test_decline_of_what_was_logged_meanwhile_is_a_conflict(cast: Cast, asked: Meeting) -> None:
    Meeting.objects.log(cast.mei_osei, day=cast.ago(1), by=cast.osei, now=cast.now)
    with pytest.raises(Conflict, match="answered already"):
        asked.decline(by=cast.mei, now=cast.now)
    assert Meeting.objects.get().state == "logged"


@pytest.mark.parametrize("who", ["mei", "osei"])
def test_page_declines_for_either(cast: Cast, client_of: ClientOf, asked: Meeting, who: str) -> None:
    answer = client_of(getattr(cast, who)).post(url(asked))
    assert (sentences(answer), Meeting.objects.count()) == (["Then nothing is registered."], 0)


def test_page_posted_twice_is_missing_the_second_time(cast: Cast, client_of: ClientOf, asked: Meeting) -> None:
    first, second = twice(client_of(cast.mei), url(asked))
    assert (first.status_code, second.status_code) == (302, 404)


def test_page_is_missing_to_everybody_else(cast: Cast, client_of: ClientOf, asked: Meeting) -> None:
    for outsider in (cast.coordinator, cast.director, cast.abebe, cast.jonas, cast.halloran):
        assert client_of(outsider).post(url(asked)).status_code == 404
    assert client_of(cast.mei).post(url(asked)).status_code == 302
