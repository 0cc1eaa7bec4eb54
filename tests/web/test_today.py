"""Everybody lands on what waits for them, oldest first; then what comes next; then quiet."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from telemachus.lib.step import steps_of
from telemachus.meetings.models import AppointmentToMeet, Meeting
from telemachus.people.models import Person
from telemachus.web.views import greeting
from tests.acts import ClientOf, words
from tests.cast import Cast
from tests.house.access_matrix import PERSONAS


def quiet(cast: Cast) -> None:
    for by in (cast.mei, cast.osei):
        Meeting.objects.log(cast.mei_osei, day=cast.ago(20), by=by, now=cast.now)


def test_today_is_for_whoever_is_signed_in(cast: Cast, client_of: ClientOf) -> None:
    assert Client().get("/")["Location"] == f"{reverse('account_login')}?next=/"
    answers = {who: client_of(getattr(cast, who)).get("/").status_code for who in PERSONAS}
    assert answers == dict.fromkeys(PERSONAS, 200)


def test_today_says_that_nothing_waits(cast: Cast, client_of: ClientOf) -> None:
    quiet(cast)
    assert "Nothing waits for you." in words(client_of(cast.mei).get("/"))


def test_today_lists_the_oldest_first(cast: Cast, client_of: ClientOf) -> None:
    quiet(cast)
    for days in (3, 9, 5):
        Meeting.objects.ask(cast.mei_osei, day=cast.ago(days), now=cast.now)
    fresh = Person.objects.get(pk=cast.mei.pk)
    assert [step.since for step in steps_of(fresh, cast.now)] == [cast.ago(days) for days in (9, 5, 3)]
    page = words(client_of(cast.mei).get("/"))
    assert "3 things wait for you." in page
    assert [page.index(text) for text in ("on 5 October", "on 9 October", "on 11 October")] == sorted(
        page.index(text) for text in ("on 5 October", "on 9 October", "on 11 October")
    )


def test_today_names_the_next_time_for_each(cast: Cast, client_of: ClientOf) -> None:
    AppointmentToMeet.arrange(cast.mei_osei, at=cast.now + timedelta(days=6), by=cast.mei, now=cast.now)
    when = "on Tuesday 20 October, 10:00."
    said = {
        "mei": f"Next: you meet Kwame Osei {when}",
        "osei": f"Next: you meet Mei Tanaka {when}",
        "abebe": f"Next: Mei Tanaka and Kwame Osei meet {when}",
    }
    assert all(text in words(client_of(getattr(cast, who)).get("/")) for who, text in said.items())
    for other in (cast.jonas, cast.director, cast.coordinator, cast.chief):
        assert "20 October" not in words(client_of(other).get("/"))


@pytest.mark.parametrize(("hour", "said"), [(0, "morning"), (11, "morning"), (12, "afternoon"), (18, "evening")])
def test_greeting_follows_the_clock(hour: int, said: str) -> None:
    assert greeting(datetime(2026, 10, 14, hour, tzinfo=UTC)) == f"Good {said}"


def test_today_reads_the_persons_own_clock(cast: Cast, client_of: ClientOf) -> None:
    """Five in the afternoon UTC: morning in Los Angeles, past midnight in Tokyo, evening in Berlin."""
    assert "Good morning, Mei." in words(client_of(cast.mei).get("/"))
    cast.mei.change(zone="Europe/Berlin", by=cast.mei, now=cast.now)
    assert "Good evening, Mei." in words(client_of(cast.mei).get("/"))


def test_age_is_never_negative_at_midnight(cast: Cast, client_of: ClientOf) -> None:
    """The division's Thursday is still Wednesday for a reader farther west."""
    cast.mei.change(zone="Pacific/Honolulu", by=cast.mei, now=cast.now)
    midnight = datetime(2026, 10, 15, 7, 30, tzinfo=UTC)
    with time_machine.travel(midnight, tick=False):
        Meeting.objects.ask(cast.mei_osei, day=cast.digestive.day(midnight), now=midnight)
        assert "nobody else does. · today" in words(client_of(cast.mei).get("/"))


def test_today_of_the_offices_shows_the_year(cast: Cast, client_of: ClientOf) -> None:
    for office in (cast.director, cast.coordinator):
        assert "4 pairs. Met often enough this year: 0. Begun: 0." in words(client_of(office).get("/"))
    # A director's own pair is counted under My mentees, and nowhere else.
    assert "3 pairs" in words(client_of(cast.directing_mentor).get("/"))
