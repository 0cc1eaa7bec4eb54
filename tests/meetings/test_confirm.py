"""The other of the two says so too; or fourteen days go by."""

from datetime import timedelta

import pytest
from django.urls import reverse

from telemachus.audit.models import Event
from telemachus.lib.errors import Conflict
from telemachus.meetings.models import Meeting, close_old_questions
from tests.acts import ClientOf, recorded, sentences, twice
from tests.cast import Cast


@pytest.fixture
def logged(cast: Cast) -> Meeting:
    return Meeting.objects.log(cast.mei_osei, day=cast.ago(3), by=cast.mei, now=cast.now)


def url(meeting: Meeting) -> str:
    return reverse("meetings:confirm", args=[meeting.pk])


def test_confirm_registers_the_date(cast: Cast, logged: Meeting) -> None:
    logged.confirm(by=cast.osei, now=cast.now)
    logged.refresh_from_db()
    assert (logged.state, logged.how, logged.confirmed_by) == ("confirmed", "both", cast.osei)
    assert Event.objects.get(kind="meetings.confirmed").by == cast.osei.pk


def test_confirm_of_what_was_withdrawn_is_a_conflict(cast: Cast, logged: Meeting) -> None:
    held = Meeting.objects.get(pk=logged.pk)
    logged.withdraw(by=cast.mei, now=cast.now)
    with pytest.raises(Conflict, match="Nothing is left to confirm"):
        held.confirm(by=cast.osei, now=cast.now)
    assert recorded("meetings.confirmed") == 0


def test_confirm_after_fourteen_days_is_not_needed(cast: Cast, logged: Meeting) -> None:
    close_old_questions(now=cast.now + timedelta(days=14))
    assert Meeting.objects.get().state == "logged"
    close_old_questions(now=cast.now + timedelta(days=14, seconds=1))
    meeting = Meeting.objects.get()
    assert (meeting.state, meeting.how, meeting.confirmed_by) == ("confirmed", "one_side", None)


def test_page_confirms_with_one_tap(cast: Cast, client_of: ClientOf, logged: Meeting) -> None:
    answer = client_of(cast.osei).post(url(logged))
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert sentences(answer) == ["Registered: the date, and nothing else."]


def test_page_posted_twice_confirms_once(cast: Cast, client_of: ClientOf, logged: Meeting) -> None:
    first, second = twice(client_of(cast.osei), url(logged))
    assert (first.status_code, second.status_code, second["Location"]) == (302, 302, "/")
    assert "Nothing is left to confirm: this date is registered, or it was withdrawn." in sentences(second)
    assert recorded("meetings.confirmed") == 1


def test_page_is_forbidden_to_who_logged_it(cast: Cast, client_of: ClientOf, logged: Meeting) -> None:
    assert client_of(cast.mei).post(url(logged)).status_code == 403
    assert Meeting.objects.get().state == "logged"


def test_page_is_missing_to_others_until_registered(cast: Cast, client_of: ClientOf, logged: Meeting) -> None:
    """What one of the two said is no office's business before it counts."""
    for other in (cast.director, cast.coordinator, cast.chief, cast.abebe, cast.jonas):
        assert client_of(other).post(url(logged)).status_code == 404
    assert client_of(cast.osei).post(url(logged)).status_code == 302
    assert client_of(cast.coordinator).post(url(logged)).status_code == 403


def test_page_confirms_no_open_question(cast: Cast, client_of: ClientOf) -> None:
    Meeting.objects.ask(cast.mei_osei, day=cast.ago(1), now=cast.now)
    asked = Meeting.objects.get()
    assert client_of(cast.mei).post(url(asked)).status_code == 409
    assert Meeting.objects.get().state == "asked"
