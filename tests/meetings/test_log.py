"""One of a pair says that they met (R13, R14): by method, by page, and what is refused."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from telemachus.audit.models import Event
from telemachus.lib.errors import Conflict, Refused
from telemachus.meetings.models import Meeting
from telemachus.pairing.models import Pairing
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import Cast


def url(pairing: Pairing) -> str:
    return reverse("meetings:log", args=[pairing.pk])


def test_log_registers_that_one_side_said_so(cast: Cast) -> None:
    meeting = Meeting.objects.log(cast.mei_osei, day=cast.ago(3), by=cast.mei, now=cast.now)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.how, meeting.logged_by, meeting.day) == ("logged", "", cast.mei, cast.ago(3))


def test_log_is_recorded_for_the_outbox(cast: Cast) -> None:
    meeting = Meeting.objects.log(cast.mei_osei, day=cast.ago(3), by=cast.mei, now=cast.now)
    event = Event.objects.get(kind="meetings.logged")
    assert (event.subject, event.by, event.program) == (meeting.pk, cast.mei.pk, cast.digestive.pk)


def test_log_by_the_other_confirms(cast: Cast) -> None:
    Meeting.objects.log(cast.mei_osei, day=cast.ago(3), by=cast.mei, now=cast.now)
    Meeting.objects.log(cast.mei_osei, day=cast.ago(3), by=cast.osei, now=cast.now)
    meeting = Meeting.objects.get()
    assert (meeting.state, meeting.how, meeting.confirmed_by) == ("confirmed", "both", cast.osei)


def test_log_answers_the_question(cast: Cast) -> None:
    Meeting.objects.ask(cast.mei_osei, day=cast.ago(1), now=cast.now)
    Meeting.objects.log(cast.mei_osei, day=cast.ago(1), by=cast.osei, now=cast.now)
    meeting = Meeting.objects.get()
    assert (meeting.state, meeting.logged_by) == ("logged", cast.osei)


def test_log_twice_by_one_is_a_conflict(cast: Cast) -> None:
    Meeting.objects.log(cast.mei_osei, day=cast.ago(3), by=cast.mei, now=cast.now)
    with pytest.raises(Conflict, match="registered already"):
        Meeting.objects.log(cast.mei_osei, day=cast.ago(3), by=cast.mei, now=cast.now)
    assert (Meeting.objects.count(), recorded("meetings.logged")) == (1, 1)


@pytest.mark.parametrize(("days", "sentence"), [(-1, "has not come yet"), (401, "This pair began on")])
def test_log_of_a_day_outside_the_pair_is_refused(cast: Cast, days: int, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        Meeting.objects.log(cast.mei_osei, day=cast.ago(days), by=cast.mei, now=cast.now)
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("days", [0, 400])
def test_log_takes_today_and_the_first_day(cast: Cast, days: int) -> None:
    Meeting.objects.log(cast.mei_osei, day=cast.ago(days), by=cast.mei, now=cast.now)
    assert Meeting.objects.get().day == cast.ago(days)


def test_log_takes_the_last_day_and_none_after_it(cast: Cast) -> None:
    """The coordinator's window: the two no longer see an ended pair."""
    ended = cast.mei_halloran
    assert ended.ends is not None
    Meeting.objects.log(ended, day=ended.ends, by=cast.mei, now=cast.now)
    with pytest.raises(Refused, match="This pair ended on"):
        Meeting.objects.log(ended, day=ended.ends + timedelta(days=1), by=cast.mei, now=cast.now)


def test_log_sees_an_end_that_came_first(cast: Cast) -> None:
    """Whoever still holds the page of an active pair cannot log past its last day."""
    held = Pairing.objects.with_people().get(pk=cast.mei_osei.pk)
    cast.mei_osei.end(on=cast.ago(10), ending=Pairing.Ending.CHANGED, by=cast.director, now=cast.now)
    with pytest.raises(Refused, match="This pair ended on"):
        Meeting.objects.log(held, day=cast.ago(3), by=cast.mei, now=cast.now)


def test_log_reads_today_on_the_divisions_calendar(cast: Cast) -> None:
    """Seven in the evening in Los Angeles is tomorrow in UTC."""
    evening = datetime(2026, 10, 15, 2, 0, tzinfo=UTC)
    assert evening.astimezone(ZoneInfo(cast.digestive.zone)).date() == cast.today
    with pytest.raises(Refused, match="15 October 2026 has not come yet"):
        Meeting.objects.log(cast.mei_osei, day=evening.date(), by=cast.mei, now=evening)


def test_page_offers_today(cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast.mei).get(url(cast.mei_osei))
    assert (page.status_code, page.context["form"]["day"].value()) == (200, cast.today)


def test_page_logs_and_says_what_follows(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.mei).post(url(cast.mei_osei), {"day": cast.ago(3), "back": "/"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert sentences(answer) == ["Noted. Once the other of you confirms it, or after 14 days, it counts."]


def test_page_says_that_both_said_so(cast: Cast, client_of: ClientOf) -> None:
    Meeting.objects.log(cast.mei_osei, day=cast.ago(3), by=cast.mei, now=cast.now)
    answer = client_of(cast.osei).post(url(cast.mei_osei), {"day": cast.ago(3)})
    assert sentences(answer) == ["Both of you say so: the date is registered."]
    assert answer["Location"] == reverse("meetings:pair", args=[cast.mei_osei.pk])


def test_page_keeps_what_was_typed(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.mei).post(url(cast.mei_osei), {"day": cast.ago(-1)})
    assert answer.status_code == 422
    assert "15 October 2026 has not come yet" in words(answer)
    assert 'value="2026-10-15"' in answer.content.decode()


@pytest.mark.parametrize("day", ["", "soon", "2026-02-30", "0001-01-01", "9999-12-31"])
def test_page_answers_an_odd_day_with_a_sentence(cast: Cast, client_of: ClientOf, day: str) -> None:
    answer = client_of(cast.mei).post(url(cast.mei_osei), {"day": day})
    assert (answer.status_code, Meeting.objects.count()) == (422, 0)
    assert "Please look at this again" in words(answer)


def test_page_posted_twice_registers_once(cast: Cast, client_of: ClientOf) -> None:
    first, second = twice(client_of(cast.mei), url(cast.mei_osei), {"day": cast.ago(3)})
    assert (first.status_code, second.status_code) == (302, 422)
    assert "This date is registered already." in words(second)
    assert (Meeting.objects.count(), recorded("meetings.logged")) == (1, 1)


def test_page_is_missing_to_whom_the_pair_is_not(cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast.osei).get(url(cast.mei_osei)).status_code == 200
    for other in (cast.jonas, cast.abebe, cast.chief, cast.halloran, cast.other_director):
        assert client_of(other).get(url(cast.mei_osei)).status_code == 404


def test_page_is_missing_to_both_once_the_pair_has_ended(cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast.mei).get(url(cast.mei_osei)).status_code == 200
    cast.mei_osei.end(on=cast.today, ending=Pairing.Ending.CHANGED, by=cast.director, now=cast.now)
    for member in (cast.mei, cast.osei):
        assert client_of(member).get(url(cast.mei_osei)).status_code == 404


def test_page_is_missing_to_a_member_without_a_part_in_the_program(cast: Cast, client_of: ClientOf) -> None:
    """The pair waits for the director to end it; whoever has left sees nothing of it meanwhile."""
    mentor = client_of(cast.osei)
    assert mentor.get(url(cast.mei_osei)).status_code == 200
    cast.osei.roles.get().end(on=cast.ago(1), by=cast.director, now=cast.now)
    assert mentor.get(url(cast.mei_osei)).status_code == 404
    assert client_of(cast.mei).get(url(cast.mei_osei)).status_code == 200
