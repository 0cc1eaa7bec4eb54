"""Two people say something about one date at the same moment."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from telemachus.meetings.models import Meeting
from telemachus.pairing.models import Pairing
from tests.cast import Cast
from tests.races.together import again, one_wins, stands, together

pytestmark = pytest.mark.races

ROUNDS = 25
How, Correction = Meeting.How, Meeting.Correction


def days(cast: Cast) -> list[date]:
    return [cast.ago(number) for number in range(1, ROUNDS + 1)]


def logged(cast: Cast, day: date) -> Meeting:
    return Meeting.objects.log(cast.mei_osei, day=day, by=cast.mei, now=cast.now)


def test_confirm_twice_once_registered(cast: Cast):
    for day in days(cast):
        meeting = logged(cast, day)
        first, second = again(meeting), again(meeting)
        outcome = one_wins(
            lambda: first.confirm(by=cast.osei, now=timezone.now()),
            lambda: second.confirm(by=cast.osei, now=timezone.now()),
        )
        assert outcome.events == ["meetings.confirmed"]
        assert again(meeting).state == Meeting.State.CONFIRMED


def test_confirm_against_not_right_registered_or_gone(cast: Cast):
    for day in days(cast):
        meeting = logged(cast, day)
        first, second = again(meeting), again(meeting)
        outcome = one_wins(
            lambda: first.confirm(by=cast.osei, now=timezone.now()),
            lambda: second.not_right(by=cast.osei, now=timezone.now()),
        )
        assert outcome.events == (["meetings.confirmed"] if outcome.winners == [0] else ["meetings.not_right"])
        assert stands(meeting) == (outcome.winners == [0])


def test_confirm_against_withdraw_registered_or_gone(cast: Cast):
    for day in days(cast):
        meeting = logged(cast, day)
        first, second = again(meeting), again(meeting)
        outcome = one_wins(
            lambda: first.confirm(by=cast.osei, now=timezone.now()),
            lambda: second.withdraw(by=cast.mei, now=timezone.now()),
        )
        assert outcome.events == (["meetings.confirmed"] if outcome.winners == [0] else ["meetings.withdrawn"])
        assert stands(meeting) == (outcome.winners == [0])


def test_not_right_against_withdraw_gone_once(cast: Cast):
    for day in days(cast):
        meeting = logged(cast, day)
        first, second = again(meeting), again(meeting)
        outcome = one_wins(
            lambda: first.not_right(by=cast.osei, now=timezone.now()),
            lambda: second.withdraw(by=cast.mei, now=timezone.now()),
        )
        assert len(outcome.events) == 1
        assert not stands(meeting)


def test_confirm_against_count_registered_once(cast: Cast):
    for day in days(cast):
        meeting = logged(cast, day)
        first, second = again(meeting), again(meeting)
        outcome = one_wins(
            lambda: first.confirm(by=cast.osei, now=timezone.now()), lambda: second.count(now=timezone.now())
        )
        assert len(outcome.events) == 1
        assert again(meeting).how == (How.BOTH if outcome.winners == [0] else How.ONE_SIDE)


def test_log_by_both_one_date_confirmed_by_both(cast: Cast):
    for day in days(cast):
        mentees, mentors = again(cast.mei_osei), again(cast.mei_osei)
        outcome = together(
            lambda: Meeting.objects.log(mentees, day=day, by=cast.mei, now=timezone.now()),
            lambda: Meeting.objects.log(mentors, day=day, by=cast.osei, now=timezone.now()),
        )
        meeting = Meeting.objects.get(pairing=cast.mei_osei, day=day)
        assert outcome.winners == [0, 1]
        assert outcome.events == ["meetings.logged", "meetings.confirmed"]
        assert (meeting.state, meeting.how) == (Meeting.State.CONFIRMED, How.BOTH)
        assert {meeting.logged_by_id, meeting.confirmed_by_id} == {cast.mei.pk, cast.osei.pk}


def test_log_by_both_of_an_asked_day_one_date_confirmed_by_both(cast: Cast):
    for day in days(cast):
        Meeting.objects.ask(cast.mei_osei, day=day, now=cast.now)
        outcome = together(
            lambda: Meeting.objects.log(cast.mei_osei, day=day, by=cast.mei, now=timezone.now()),
            lambda: Meeting.objects.log(cast.jonas_osei, day=day, by=cast.jonas, now=timezone.now()),
            lambda: Meeting.objects.log(again(cast.mei_osei), day=day, by=cast.osei, now=timezone.now()),
        )
        meeting = Meeting.objects.get(pairing=cast.mei_osei, day=day)
        assert outcome.winners == [0, 1, 2]
        assert sorted(outcome.events) == ["meetings.confirmed", "meetings.logged", "meetings.logged"]
        assert {meeting.logged_by_id, meeting.confirmed_by_id} == {cast.mei.pk, cast.osei.pk}


def test_log_twice_by_one_logged_once(cast: Cast):
    for day in days(cast):
        outcome = one_wins(
            lambda: Meeting.objects.log(again(cast.mei_osei), day=day, by=cast.mei, now=timezone.now()),
            lambda: Meeting.objects.log(cast.mei_osei, day=day, by=cast.mei, now=timezone.now()),
        )
        assert outcome.events == ["meetings.logged"]
        assert Meeting.objects.get(pairing=cast.mei_osei, day=day).state == Meeting.State.LOGGED


def test_log_against_decline_logged_in_any_case(cast: Cast):
    """Whoever says that they met is heard, before or after the other's "no" took the question away."""
    for day in days(cast):
        Meeting.objects.ask(cast.mei_osei, day=day, now=cast.now)
        asked = Meeting.objects.get(pairing=cast.mei_osei, day=day)
        outcome = together(
            lambda: Meeting.objects.log(cast.mei_osei, day=day, by=cast.mei, now=timezone.now()),
            lambda: asked.decline(by=cast.osei, now=timezone.now()),
        )
        assert outcome.events == (["meetings.logged"] if 0 in outcome.winners else [])
        assert Meeting.objects.filter(pairing=cast.mei_osei, day=day).count() == (0 in outcome.winners)


def test_file_by_two_coordinators_registered_once(cast: Cast):
    for day in days(cast):
        outcome = one_wins(
            lambda: Meeting.objects.record_for_pair(
                cast.mei_osei, day=day, how=How.SLIP, by=cast.coordinator, now=timezone.now()
            ),
            lambda: Meeting.objects.record_for_pair(
                again(cast.mei_osei), day=day, how=How.SLIP, by=cast.director, now=timezone.now()
            ),
        )
        assert outcome.events == ["meetings.recorded"]
        assert Meeting.objects.get(pairing=cast.mei_osei, day=day).how == How.SLIP


def test_file_against_confirm_registered_once(cast: Cast):
    for day in days(cast):
        meeting = logged(cast, day)
        outcome = one_wins(
            lambda: meeting.confirm(by=cast.osei, now=timezone.now()),
            lambda: Meeting.objects.record_for_pair(
                again(cast.mei_osei), day=day, how=How.SLIP, by=cast.coordinator, now=timezone.now()
            ),
        )
        assert len(outcome.events) == 1
        assert again(meeting).how == (How.BOTH if outcome.winners == [0] else How.SLIP)


def test_record_with_office_twice_registered_once(cast: Cast):
    for day in days(cast):
        record = Meeting.objects.record_with_office
        outcome = one_wins(
            lambda: record(
                cast.digestive, Meeting.Kind.DIRECTOR, cast.mei, day=day, by=cast.director, now=timezone.now()
            ),
            lambda: record(
                cast.digestive, Meeting.Kind.DIRECTOR, cast.mei, day=day, by=cast.coordinator, now=timezone.now()
            ),
        )
        assert outcome.events == ["meetings.recorded"]
        assert Meeting.objects.filter(person=cast.mei, day=day).count() == 1


def test_strike_twice_struck_once(cast: Cast):
    for day in days(cast):
        meeting = Meeting.objects.record_for_pair(
            cast.mei_osei, day=day, how=How.SLIP, by=cast.coordinator, now=cast.now
        )
        first, second = again(meeting), again(meeting)
        outcome = one_wins(
            lambda: first.strike(reason=Correction.TWICE, by=cast.coordinator, now=timezone.now()),
            lambda: second.strike(reason=Correction.NOT_HELD, by=cast.coordinator, now=timezone.now()),
        )
        assert outcome.events == ["meetings.struck"]
        assert not stands(meeting)


def test_correct_against_strike_what_was_seen_is_struck(cast: Cast):
    """Nobody strikes a day that stands there only since a moment ago."""
    for day in days(cast):
        meeting = Meeting.objects.record_for_pair(
            cast.mei_osei, day=day, how=How.SLIP, by=cast.coordinator, now=cast.now
        )
        first, second = again(meeting), again(meeting)
        right = day - timedelta(days=100)
        outcome = one_wins(
            lambda: first.correct(day=right, reason=Correction.WRONG_DAY, by=cast.coordinator, now=timezone.now()),
            lambda: second.strike(reason=Correction.NOT_HELD, by=cast.coordinator, now=timezone.now()),
        )
        assert outcome.events == (["meetings.corrected"] if outcome.winners == [0] else ["meetings.struck"])
        assert stands(meeting) == (outcome.winners == [0])


def test_log_against_the_end_of_the_pair_no_date_after_its_last_day(cast: Cast):
    """Who logs after the end is refused; who logged before it keeps the date, as at any later ending."""
    for number in range(ROUNDS):
        pairing = Pairing.objects.enter(
            cast.digestive,
            mentee=cast.colleague,
            mentor=cast.halloran,
            begins=cast.ago(90 + number),
            by=cast.director,
            now=cast.now,
        )
        ending = again(pairing)
        outcome = together(
            lambda: Meeting.objects.log(pairing, day=cast.today, by=cast.colleague, now=timezone.now()),
            lambda: ending.end(on=cast.ago(1), ending=Pairing.Ending.CHANGED, by=cast.director, now=timezone.now()),
        )
        assert 1 in outcome.winners
        assert outcome.events in (["pairing.ended"], ["meetings.logged", "pairing.ended"])
        assert Meeting.objects.filter(pairing=pairing).count() == (0 in outcome.winners)
