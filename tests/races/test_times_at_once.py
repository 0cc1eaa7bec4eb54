"""Two people arrange, move, cancel or wish at the same moment."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from telemachus.meetings.models import AppointmentToMeet, TalkWish
from tests.cast import Cast
from tests.races.together import again, one_wins, stands, together

pytestmark = pytest.mark.races

ROUNDS = 25


def hours(cast: Cast) -> list[datetime]:
    return [cast.now + timedelta(days=number) for number in range(1, ROUNDS + 1)]


def arranged(cast: Cast, at: datetime) -> AppointmentToMeet:
    return AppointmentToMeet.arrange(cast.mei_osei, at=at, by=cast.mei, now=cast.now)


def test_arrange_by_both_for_one_time_one_appointment(cast: Cast):
    for at in hours(cast):
        outcome = one_wins(
            lambda: AppointmentToMeet.arrange(cast.mei_osei, at=at, by=cast.mei, now=timezone.now()),
            lambda: AppointmentToMeet.arrange(again(cast.mei_osei), at=at, by=cast.abebe, now=timezone.now()),
        )
        assert outcome.events == ["meetings.arranged"]
        assert AppointmentToMeet.objects.filter(pairing=cast.mei_osei, at=at).count() == 1


def test_move_by_both_first_one_stands(cast: Cast):
    for at in hours(cast):
        appointment = arranged(cast, at)
        early, late = at + timedelta(hours=1), at + timedelta(hours=2)
        first, second = again(appointment), again(appointment)
        outcome = one_wins(
            lambda: first.move(to=early, was=at, by=cast.mei, now=timezone.now()),
            lambda: second.move(to=late, was=at, by=cast.osei, now=timezone.now()),
        )
        moved = again(appointment)
        assert outcome.events == ["meetings.moved"]
        winner = (early, cast.mei.pk) if outcome.winners == [0] else (late, cast.osei.pk)
        assert (moved.at, moved.made_by_id) == winner


def test_move_against_cancel_moved_or_gone(cast: Cast):
    for at in hours(cast):
        appointment = arranged(cast, at)
        later = at + timedelta(hours=1)
        first, second = again(appointment), again(appointment)
        outcome = one_wins(
            lambda: first.move(to=later, was=at, by=cast.mei, now=timezone.now()),
            lambda: second.cancel(by=cast.osei, now=timezone.now()),
        )
        assert outcome.events == (["meetings.moved"] if outcome.winners == [0] else ["meetings.cancelled"])
        assert stands(appointment) == (outcome.winners == [0])


def test_cancel_by_both_cancelled_once(cast: Cast):
    for at in hours(cast):
        appointment = arranged(cast, at)
        first, second = again(appointment), again(appointment)
        outcome = one_wins(
            lambda: first.cancel(by=cast.mei, now=timezone.now()),
            lambda: second.cancel(by=cast.osei, now=timezone.now()),
        )
        assert outcome.events == ["meetings.cancelled"]
        assert not stands(appointment)


def test_move_of_two_to_one_time_one_of_them_there(cast: Cast):
    for at in hours(cast):
        wanted = at + timedelta(hours=5)
        one, other = arranged(cast, at), arranged(cast, at + timedelta(hours=1))
        outcome = one_wins(
            lambda: one.move(to=wanted, was=at, by=cast.mei, now=timezone.now()),
            lambda: other.move(to=wanted, was=at + timedelta(hours=1), by=cast.osei, now=timezone.now()),
        )
        assert outcome.events == ["meetings.moved"]
        assert AppointmentToMeet.objects.filter(pairing=cast.mei_osei, at=wanted).count() == 1


def test_wish_tapped_twice_one_wish(cast: Cast):
    """The second tap is no mistake: both are answered as done, and one wish stands."""
    for _number in range(ROUNDS):
        outcome = together(
            lambda: TalkWish.express(cast.mei_osei, by=cast.mei, now=timezone.now()),
            lambda: TalkWish.express(again(cast.mei_osei), by=cast.mei, now=timezone.now()),
        )
        assert outcome.winners == [0, 1]
        assert outcome.events == ["meetings.talk_wished"]
        assert TalkWish.objects.filter(pairing=cast.mei_osei).count() == 1
        TalkWish.objects.all().delete()


def test_wish_of_both_two_wishes(cast: Cast):
    for _number in range(ROUNDS):
        outcome = together(
            lambda: TalkWish.express(cast.mei_osei, by=cast.mei, now=timezone.now()),
            lambda: TalkWish.express(again(cast.mei_osei), by=cast.osei, now=timezone.now()),
        )
        assert outcome.events == ["meetings.talk_wished"] * 2
        assert set(TalkWish.objects.values_list("by", flat=True)) == {cast.mei.pk, cast.osei.pk}
        TalkWish.objects.all().delete()
