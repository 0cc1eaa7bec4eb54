"""Whoever logged a date takes it back before the other has answered."""

import pytest
from django.urls import reverse

from telemachus.audit.models import Event
from telemachus.lib.errors import Conflict
from telemachus.meetings.models import Meeting
from tests.acts import ClientOf, recorded, sentences, twice
from tests.cast import Cast


@pytest.fixture
def logged(cast: Cast) -> Meeting:
    return Meeting.objects.log(cast.mei_osei, day=cast.ago(3), by=cast.mei, now=cast.now)


def url(meeting: Meeting) -> str:
    return reverse("meetings:withdraw", args=[meeting.pk])


def test_withdraw_erases_the_date(cast: Cast, logged: Meeting) -> None:
    logged.withdraw(by=cast.mei, now=cast.now)
    assert not Meeting.objects.exists()


def test_withdraw_is_recorded_of_the_pair(cast: Cast, logged: Meeting) -> None:
    """The date's own number would be a shadow of it."""
    logged.withdraw(by=cast.mei, now=cast.now)
    event = Event.objects.get(kind="meetings.withdrawn")
    assert (event.subject, event.by, event.code) == (cast.mei_osei.pk, cast.mei.pk, "")


def test_withdraw_after_the_other_was_faster_is_a_conflict(cast: Cast, logged: Meeting) -> None:
    held = Meeting.objects.get(pk=logged.pk)
    logged.confirm(by=cast.osei, now=cast.now)
    with pytest.raises(Conflict, match="answered or taken back already"):
        held.withdraw(by=cast.mei, now=cast.now)
    assert (Meeting.objects.get().state, recorded("meetings.withdrawn")) == ("confirmed", 0)


def test_withdraw_lets_the_day_be_logged_anew(cast: Cast, logged: Meeting) -> None:
    logged.withdraw(by=cast.mei, now=cast.now)
    Meeting.objects.log(cast.mei_osei, day=cast.ago(3), by=cast.mei, now=cast.now)
    assert Meeting.objects.get().logged_by == cast.mei


def test_page_erases_with_one_tap(cast: Cast, client_of: ClientOf, logged: Meeting) -> None:
    answer = client_of(cast.mei).post(url(logged))
    assert (answer["Location"], sentences(answer)) == ("/", ["Taken back."])
    assert not Meeting.objects.exists()


def test_page_posted_twice_records_once(cast: Cast, client_of: ClientOf, logged: Meeting) -> None:
    """What is gone is missing, as everything that is gone."""
    first, second = twice(client_of(cast.mei), url(logged))
    assert (first.status_code, second.status_code, recorded("meetings.withdrawn")) == (302, 404, 1)


def test_page_leaves_what_is_registered(cast: Cast, client_of: ClientOf, logged: Meeting) -> None:
    logged.confirm(by=cast.osei, now=cast.now)
    answer = client_of(cast.mei).post(url(logged), {"back": "/"})
    assert sentences(answer) == ["This date has been answered or taken back already."]
    assert Meeting.objects.get().state == "confirmed"


def test_page_is_forbidden_to_the_other_and_missing_to_the_rest(
    cast: Cast, client_of: ClientOf, logged: Meeting
) -> None:
    assert client_of(cast.osei).post(url(logged)).status_code == 403
    for outsider in (cast.coordinator, cast.director, cast.abebe, cast.jonas):
        assert client_of(outsider).post(url(logged)).status_code == 404
    assert client_of(cast.mei).post(url(logged)).status_code == 302
