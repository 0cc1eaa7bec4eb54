"""The other says that they did not meet then: the date goes."""

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
    return reverse("meetings:not_right", args=[meeting.pk])


def test_not_right_erases_the_date(cast: Cast, logged: Meeting) -> None:
    logged.not_right(by=cast.osei, now=cast.now)
    assert not Meeting.objects.exists()


def test_not_right_is_recorded_of_the_pair(cast: Cast, logged: Meeting) -> None:
    """The date's own number would be a shadow of it."""
    logged.not_right(by=cast.osei, now=cast.now)
    event = Event.objects.get(kind="meetings.not_right")
    assert (event.subject, event.by, event.code) == (cast.mei_osei.pk, cast.osei.pk, "")


def test_not_right_after_the_other_was_faster_is_a_conflict(cast: Cast, logged: Meeting) -> None:
    held = Meeting.objects.get(pk=logged.pk)
    logged.confirm(by=cast.osei, now=cast.now)
    with pytest.raises(Conflict, match="answered or taken back already"):
        held.not_right(by=cast.osei, now=cast.now)
    assert (Meeting.objects.get().state, recorded("meetings.not_right")) == ("confirmed", 0)


def test_not_right_lets_the_day_be_logged_anew(cast: Cast, logged: Meeting) -> None:
    logged.not_right(by=cast.osei, now=cast.now)
    Meeting.objects.log(cast.mei_osei, day=cast.ago(3), by=cast.osei, now=cast.now)
    assert Meeting.objects.get().logged_by == cast.osei


def test_page_erases_with_one_tap(cast: Cast, client_of: ClientOf, logged: Meeting) -> None:
    answer = client_of(cast.osei).post(url(logged))
    assert (answer["Location"], sentences(answer)) == ("/", ["Taken out. Whoever entered it gets a line from us."])
    assert not Meeting.objects.exists()


def test_page_posted_twice_records_once(cast: Cast, client_of: ClientOf, logged: Meeting) -> None:
    """What is gone is missing, as everything that is gone."""
    first, second = twice(client_of(cast.osei), url(logged))
    assert (first.status_code, second.status_code, recorded("meetings.not_right")) == (302, 404, 1)


def test_page_leaves_what_is_registered(cast: Cast, client_of: ClientOf, logged: Meeting) -> None:
    logged.confirm(by=cast.osei, now=cast.now)
    answer = client_of(cast.osei).post(url(logged), {"back": "/"})
    assert sentences(answer) == ["This date has been answered or taken back already."]
    assert Meeting.objects.get().state == "confirmed"


def test_page_is_forbidden_to_the_other_and_missing_to_the_rest(
    cast: Cast, client_of: ClientOf, logged: Meeting
) -> None:
    assert client_of(cast.mei).post(url(logged)).status_code == 403
    for outsider in (cast.coordinator, cast.director, cast.abebe, cast.jonas):
        assert client_of(outsider).post(url(logged)).status_code == 404
    assert client_of(cast.osei).post(url(logged)).status_code == 302
