"""Who is told on the way to a pair, of what, and who is not; nothing leaves that is no longer true."""

from datetime import timedelta

import pytest

from telemachus.notify.models import Dispatch
from telemachus.notify.outbox import deliver, spread
from telemachus.notify.rules import RULES
from telemachus.pairing import requesting
from telemachus.pairing.events import PairingEvent
from telemachus.pairing.models import Shortlist
from telemachus.program.models import Deputy, Role
from tests.cast import Cast
from tests.notify.scenes import (
    PLANTED,
    accepted,
    addresses,
    asked,
    chosen,
    listed,
    quiet,
    third_people,
    to,
    to_one,
    told,
)

WAITS = "Something waits for you in the mentoring program"


@pytest.fixture(autouse=True)
def opening(cast: Cast) -> None:
    quiet(cast.now)


def _name_deputy(cast: Cast) -> None:
    """Abebe stands in for the director who mentors."""
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.abebe, now=cast.now)
    quiet(cast.now)


class TestNames:
    def test_mentee_is_told_and_nobody_on_the_list(self, cast: Cast) -> None:
        listed(cast)
        mails = told(cast.now)
        assert to(mails) == addresses(cast.pia)
        assert "Nobody on the list has been asked" in mails[0].body
        assert third_people(mails[0].body, cast, cast.pia) == []
        assert PLANTED not in mails[0].body

    def test_nothing_leaves_for_a_list_that_was_replaced(self, cast: Cast) -> None:
        listed(cast)
        listed(cast, cast.both)
        assert to(told(cast.now)) == addresses(cast.pia)

    def test_nothing_leaves_for_a_list_that_is_answered(self, cast: Cast) -> None:
        listed(cast).ask_others(by=cast.pia, now=cast.now)
        assert cast.pia.email not in to(told(cast.now))


class TestChoice:
    def test_directors_are_told_without_a_name(self, cast: Cast) -> None:
        chosen(cast)
        mails = told(cast.now)
        assert to(mails) == addresses(cast.director, cast.directing_mentor)
        for each in mails:
            assert "A mentee has chosen" in each.body
            assert third_people(each.body, cast) == [] or third_people(each.body, cast) == [_greeted(each, cast)]

    def test_director_on_the_list_is_not_told_and_the_deputy_is(self, cast: Cast) -> None:
        _name_deputy(cast)
        chosen(cast, cast.directing_mentor, cast.halloran)
        assert to(told(cast.now)) == addresses(cast.director, cast.abebe)

    def test_deputy_is_not_told_of_other_lists(self, cast: Cast) -> None:
        _name_deputy(cast)
        chosen(cast)
        assert to(told(cast.now)) == addresses(cast.director, cast.directing_mentor)

    def test_choice_that_is_changed_is_told_once(self, cast: Cast) -> None:
        shortlist = chosen(cast)
        told(cast.now)
        shortlist.choose(list(shortlist.candidates.all())[:1], by=cast.pia, now=cast.now)
        assert told(cast.now) == []

    def test_nothing_leaves_once_somebody_has_been_asked(self, cast: Cast) -> None:
        asked(cast)
        assert to(told(cast.now)) == addresses(cast.halloran)

    def test_wish_for_other_names_goes_to_whoever_runs_the_search(self, cast: Cast) -> None:
        shortlist = listed(cast)
        told(cast.now)
        shortlist.ask_others(by=cast.pia, now=cast.now)
        mails = told(cast.now)
        assert to(mails) == addresses(cast.director, cast.directing_mentor)
        assert WAITS in mails[0].body


class TestQuestion:
    def test_mentor_reads_who_asks_until_when_and_can_ask_back(self, cast: Cast) -> None:
        request = asked(cast)
        mails = told(cast.now)
        assert to(mails) == addresses(cast.halloran)
        body = mails[0].body
        assert "Pia Larsen is looking for a career-development mentor and would be glad if it were you" in body
        assert "by Wednesday 28 October" in body
        assert f"/pairs/requests/{request.pk}/" in body
        assert mails[0].reply_to == ["Ines Duarte <ines.duarte@division.example>"]
        assert third_people(body, cast, cast.pia, cast.halloran) == []
        assert PLANTED not in body

    def test_nothing_leaves_for_a_question_that_was_answered(self, cast: Cast) -> None:
        request = asked(cast)
        spread(now=cast.now)
        request.decline(by=cast.halloran, now=cast.now)
        assert cast.halloran.email not in to(told(cast.now))

    def test_nothing_leaves_to_a_mentor_who_has_left(self, cast: Cast) -> None:
        asked(cast)
        spread(now=cast.now)
        for role in Role.objects.filter(person=cast.halloran):
            role.end(on=cast.ago(1), by=cast.director, now=cast.now)
        assert told(cast.now) == []

    def test_nothing_leaves_after_the_last_day(self, cast: Cast) -> None:
        asked(cast)
        assert cast.halloran.email not in to(told(cast.now + timedelta(days=16)))

    def test_answer_reaches_the_director_of_today(self, cast: Cast) -> None:
        """A director replaced in mid-process."""
        asked(cast)
        for role in Role.objects.filter(person=cast.director, kind=Role.Kind.DIRECTOR):
            role.end(on=cast.ago(1), by=None, now=cast.now)
        assert told(cast.now)[0].reply_to == ["Paul Brandt <paul.brandt@division.example>"]


class TestAnswer:
    def test_yes_goes_to_whoever_runs_the_search(self, cast: Cast) -> None:
        request = asked(cast)
        told(cast.now)
        request.accept(by=cast.halloran, now=cast.now)
        mails = told(cast.now)
        assert to(mails) == addresses(cast.director, cast.directing_mentor)
        assert "has said yes" in mails[0].body
        assert "Larsen" not in mails[0].body + mails[1].body
        assert "Halloran" not in mails[0].body + mails[1].body

    def test_no_reaches_only_whoever_runs_the_search_and_says_nothing(self, cast: Cast) -> None:
        request = asked(cast)
        told(cast.now)
        request.decline(by=cast.halloran, now=cast.now)
        mails = told(cast.now)
        assert to(mails) == addresses(cast.director, cast.directing_mentor)
        for each in mails:
            assert WAITS in each.body
            assert not any(word in each.body + each.subject for word in ("decline", "Larsen", "Halloran", " no "))

    def test_no_of_a_list_with_a_director_reaches_the_deputy_and_not_that_director(self, cast: Cast) -> None:
        _name_deputy(cast)
        request = asked(cast, cast.halloran, cast.directing_mentor)
        told(cast.now)
        request.decline(by=cast.halloran, now=cast.now)
        assert to(told(cast.now)) == addresses(cast.director, cast.abebe)

    def test_no_leaves_nothing_once_the_search_has_gone_on(self, cast: Cast) -> None:
        request = asked(cast)
        told(cast.now)
        request.decline(by=cast.halloran, now=cast.now)
        requesting.ask(Shortlist.objects.get(pk=request.shortlist_id), by=cast.director, now=cast.now)
        assert to(told(cast.now)) == addresses(cast.both)

    def test_silence_is_told_like_a_no(self, cast: Cast) -> None:
        asked(cast)
        told(cast.now)
        later = cast.now + timedelta(days=15)
        requesting.expire_requests(now=later)
        mails = told(later)
        assert to(mails) == addresses(cast.director, cast.directing_mentor)
        assert WAITS in mails[0].body

    def test_answer_told_by_the_director_is_not_told_to_the_director(self, cast: Cast) -> None:
        request = asked(cast)
        told(cast.now)
        request.accept(by=cast.director, now=cast.now)
        assert to(told(cast.now)) == addresses(cast.directing_mentor)

    def test_question_taken_back_is_told_to_the_mentor_only(self, cast: Cast) -> None:
        request = accepted(cast)
        told(cast.now)
        request.withdraw(by=cast.director, now=cast.now)
        mails = told(cast.now)
        assert to(mails) == addresses(cast.halloran)
        assert "has settled itself: nothing is left for you to do" in mails[0].body
        assert third_people(mails[0].body, cast, cast.pia, cast.halloran) == []


def test_words_of_a_no_are_those_of_any_other_thing_that_waits(cast: Cast) -> None:
    """A secretary who reads the director's mail learns nothing from it."""
    request = asked(cast)
    told(cast.now)
    request.decline(by=cast.halloran, now=cast.now)
    declined = to_one(told(cast.now), cast.director)
    cast.mei_osei.change_wishes.model.express(cast.mei_osei, call=True, by=cast.mei, now=cast.now)
    wished = to_one(told(cast.now), cast.director)
    assert (declined.subject, declined.body) == (wished.subject, wished.body)


def test_dispatches_of_a_no_are_for_whoever_runs_it(cast: Cast) -> None:
    """The row that somebody was told is itself a trace."""
    asked(cast).decline(by=cast.halloran, now=cast.now)
    spread(now=cast.now)
    kept = Dispatch.objects.filter(kind=PairingEvent.DECLINED.code)
    assert {row.recipient for row in kept} == {cast.director, cast.directing_mentor}
    assert deliver(now=cast.now)
    assert RULES[PairingEvent.DECLINED.code].context(cast.pia, kept[0].subject, cast.now) is None


def _greeted(each, cast: Cast) -> str:
    return next(person.full_name for person in (cast.director, cast.directing_mentor) if [person.email] == each.to)
