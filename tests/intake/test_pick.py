"""One of the proposed times, with one tap."""

from datetime import timedelta

import pytest
from django.urls import reverse

from telemachus.intake.models import Recruit
from telemachus.intake.path import Move, Who
from telemachus.intake.way import own_way
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import Cast
from tests.intake.ways import introduced

MINE = reverse("intake:mine", args=["digestive"])
GONE = "This time is no longer offered. Please choose another."


@pytest.fixture
def recruit(cast: Cast) -> Recruit:
    return introduced(cast, cast.pia, 5, 6, 7)


def url(recruit: Recruit) -> str:
    return reverse("intake:pick", args=[recruit.pk])


def test_pick_agrees_on_a_time_and_forgets_the_others(cast: Cast, client_of: ClientOf, recruit: Recruit) -> None:
    at = cast.now + timedelta(days=6)
    first, second = twice(client_of(cast.pia), url(recruit), {"at": at.isoformat()})
    assert sentences(first) == ["Agreed: you meet your director on Tuesday 20 October, 10:00."]
    assert sentences(second)[-1] == "You have chosen this time: you meet your director on Tuesday 20 October, 10:00."
    recruit.refresh_from_db()
    assert (recruit.meets_at, recruit.times.count(), recorded("intake.time_picked")) == (at, 0, 1)


@pytest.mark.parametrize(
    "at", ["", "tomorrow", "2026-10-19", "2026-10-19T10:00", "2026-13-40T10:00:00Z", "2031-01-01T10:00Z"]
)
def test_pick_of_what_nobody_offered_is_a_conflict(cast: Cast, client_of: ClientOf, recruit: Recruit, at: str) -> None:
    answer = client_of(cast.pia).post(url(recruit), {"at": at, "back": "/"})
    assert GONE in sentences(answer)
    recruit.refresh_from_db()
    assert (recruit.meets_at, recruit.times.count()) == (None, 3)


def test_pick_after_the_director_proposed_others_is_a_conflict(
    cast: Cast, client_of: ClientOf, recruit: Recruit
) -> None:
    recruit.propose([cast.now + timedelta(days=20)], by=cast.director, now=cast.now)
    answer = client_of(cast.pia).post(url(recruit), {"at": (cast.now + timedelta(days=5)).isoformat()})
    assert answer.status_code == 409


def test_pick_is_the_recruits_own(cast: Cast, client_of: ClientOf, recruit: Recruit) -> None:
    given = {"at": (cast.now + timedelta(days=5)).isoformat()}
    for office in (cast.director, cast.coordinator):
        assert client_of(office).post(url(recruit), given).status_code == 403
    for other in (cast.mei, cast.osei, cast.chief, cast.other_director, cast.stranger):
        assert client_of(other).post(url(recruit), given).status_code == 404
    assert client_of(cast.pia).get(url(recruit)).status_code == 405
    assert client_of(cast.pia).post(url(recruit), given).status_code == 302


def test_pick_of_an_ended_way_is_missing(cast: Cast, client_of: ClientOf, recruit: Recruit) -> None:
    recruit.close(Recruit.Ending.NO_REPLY, by=cast.director, now=cast.now)
    assert client_of(cast.pia).post(url(recruit), {"at": cast.now.isoformat()}).status_code == 404


def test_pick_takes_the_hour_from_everybody_else(cast: Cast, client_of: ClientOf, recruit: Recruit) -> None:
    """Whoever meets at half past ten stands in the way of ten and of eleven."""
    other = introduced(cast, cast.colleague, 6, 8)
    half_past = introduced(cast, cast.jonas)
    at = cast.now + timedelta(days=6)
    half_past.propose([at - timedelta(minutes=30), at + timedelta(hours=1)], by=cast.director, now=cast.now)
    elsewhere = Recruit.objects.notice(cast.cardiology, cast.sofia, by=None, now=cast.now)
    elsewhere.propose([at], by=cast.other_director, now=cast.now)
    before = words(client_of(cast.colleague).get(MINE))
    recruit.pick(at, by=cast.pia, now=cast.now)
    after = words(client_of(cast.colleague).get(MINE))
    assert ("Tuesday 20 October, 10:00" in before, "Tuesday 20 October, 10:00" in after) == (True, False)
    assert [time.at for time in half_past.times.all()] == [at + timedelta(hours=1)]
    assert elsewhere.times.count() == 1
    answer = client_of(cast.colleague).post(url(other), {"at": at.isoformat(), "back": "/"})
    assert GONE in sentences(answer)
    other.refresh_from_db()
    assert other.meets_at is None


def test_pick_of_the_last_time_of_somebody_else_gives_the_director_the_move(cast: Cast, recruit: Recruit) -> None:
    other = introduced(cast, cast.colleague, 6)
    recruit.pick(cast.now + timedelta(days=6), by=cast.pia, now=cast.now)
    coming = own_way(cast.digestive, cast.colleague, cast.now).path.next
    assert other.times.count() == 0
    assert coming
    assert (coming.who, coming.move) == (Who.DIRECTOR, Move.PROPOSE_TIMES)
