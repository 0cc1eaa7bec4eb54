""" "I'd like to talk": one tap, and "we have talked", one more."""

from datetime import timedelta

import pytest
from django.urls import reverse

from telemachus.meetings.models import TalkWish, close_old_questions
from tests.acts import ClientOf, recorded, twice, words
from tests.cast import Cast


@pytest.fixture
def wish(cast: Cast) -> TalkWish:
    TalkWish.express(cast.mei_osei, by=cast.mei, now=cast.now)
    return TalkWish.objects.get()


def test_wish_posted_twice_stands_once(cast: Cast, client_of: ClientOf) -> None:
    first, second = twice(client_of(cast.mei), reverse("meetings:wish", args=[cast.mei_osei.pk]))
    assert (first.status_code, second.status_code) == (302, 302)
    assert (TalkWish.objects.count(), recorded("meetings.talk_wished")) == (1, 1)


def test_wish_waits_for_the_other_only(cast: Cast, client_of: ClientOf, wish: TalkWish) -> None:
    assert "Mei Tanaka would like to talk." in words(client_of(cast.osei).get("/"))
    assert "would like to talk." not in words(client_of(cast.mei).get("/"))


def test_wish_of_both_stands_twice(cast: Cast, wish: TalkWish) -> None:
    TalkWish.express(cast.mei_osei, by=cast.osei, now=cast.now)
    assert TalkWish.objects.count() == 2


def test_wish_goes_after_thirty_days(cast: Cast, wish: TalkWish) -> None:
    close_old_questions(now=cast.now + timedelta(days=30))
    assert TalkWish.objects.exists()
    close_old_questions(now=cast.now + timedelta(days=30, seconds=1))
    assert not TalkWish.objects.exists()


def test_heard_posted_twice_is_missing_the_second_time(cast: Cast, client_of: ClientOf, wish: TalkWish) -> None:
    first, second = twice(client_of(cast.osei), reverse("meetings:heard", args=[wish.pk]))
    assert (first.status_code, second.status_code, TalkWish.objects.count()) == (302, 404, 0)


def test_wish_is_nobody_elses_to_express_or_hear(cast: Cast, client_of: ClientOf, wish: TalkWish) -> None:
    express, heard = reverse("meetings:wish", args=[cast.mei_osei.pk]), reverse("meetings:heard", args=[wish.pk])
    for other in (cast.jonas, cast.abebe, cast.chief, cast.halloran):
        assert [client_of(other).post(url).status_code for url in (express, heard)] == [404, 404]
    # An office sees the pair, and that is all.
    assert [client_of(cast.director).post(url).status_code for url in (express, heard)] == [403, 404]
    assert [client_of(cast.osei).post(url).status_code for url in (express, heard)] == [302, 302]
