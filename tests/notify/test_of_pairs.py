"""Who is told of a pair that stands, changes or ends, in words that blame nobody and name no third person."""

from datetime import timedelta
from typing import Any

import pytest

from telemachus.lib.time import AcademicYear
from telemachus.notify.models import Dispatch
from telemachus.notify.outbox import spread
from telemachus.notify.rules import RULES
from telemachus.pairing.changes import settle
from telemachus.pairing.events import PairingEvent
from telemachus.pairing.models import ChangeWish, Excuse, LightTouch, Pairing
from telemachus.people.models import Person
from telemachus.program.models import Deputy, Role
from tests.cast import Cast
from tests.notify.scenes import addresses, introduced, quiet, third_people, to, to_one, told

WAITS = "Something waits for you in the mentoring program"
Ending = Pairing.Ending


@pytest.fixture(autouse=True)
def opening(cast: Cast) -> None:
    quiet(cast.now)


def _end(cast: Cast, pairing: Pairing, ending: Pairing.Ending = Ending.CHANGED, days: int = 1) -> None:
    pairing.end(on=cast.ago(days), ending=ending, by=cast.director, now=cast.now)


class TestIntroduced:
    def test_both_read_whose_part_arranging_is(self, cast: Cast) -> None:
        pairing = introduced(cast)
        mails = told(cast.now)
        assert {cast.pia.email, cast.halloran.email} <= {*to(mails)}
        for_mentee, for_mentor = to_one(mails, cast.pia), to_one(mails, cast.halloran)
        assert "arranging the meetings is your part" in for_mentee.body
        assert "arranging the meetings is the mentee’s part: Pia Larsen will be in touch" in for_mentor.body
        for each in (for_mentee, for_mentor):
            assert f"/meetings/pairs/{pairing.pk}/" in each.body
            assert third_people(each.body, cast, cast.pia, cast.halloran) == []

    def test_stand_in_has_words_of_its_own(self, cast: Cast) -> None:
        Pairing.objects.stand_in(cast.mei_osei, mentor=cast.halloran, by=cast.director, now=cast.now)
        mails = told(cast.now)
        assert to(mails) == addresses(cast.mei, cast.halloran, cast.osei)
        assert "You keep your own mentor" in to_one(mails, cast.mei).body
        assert "Thank you for standing in" in to_one(mails, cast.halloran).body
        resting = to_one(mails, cast.osei).body
        assert "somebody stands in for you as mentor of Mei Tanaka" in resting
        assert third_people(resting, cast, cast.mei, cast.osei) == []

    def test_mentor_whose_pair_has_ended_hears_nothing_of_a_stand_in(self, cast: Cast) -> None:
        Pairing.objects.stand_in(cast.mei_osei, mentor=cast.halloran, by=cast.director, now=cast.now)
        _end(cast, cast.mei_osei, Ending.DIED, days=0)
        assert to(told(cast.now)) == addresses(cast.mei, cast.halloran)

    def test_pair_that_the_director_enters_is_told_to_nobody(self, cast: Cast) -> None:
        at: dict[str, Any] = {"begins": cast.ago(9), "by": cast.director, "now": cast.now}
        Pairing.objects.enter(cast.digestive, mentee=cast.pia, mentor=cast.halloran, **at)
        assert told(cast.now) == []

    def test_nothing_leaves_for_a_pair_that_has_ended(self, cast: Cast) -> None:
        pairing = introduced(cast)
        spread(now=cast.now)
        pairing.end(on=cast.today, ending=Ending.DIED, by=cast.director, now=cast.now)
        assert told(cast.now) == []


class TestSuccessor:
    def _succeed(self, cast: Cast) -> Pairing:
        return Pairing.objects.introduce(
            cast.digestive, mentee=cast.mei, mentor=cast.halloran, by=cast.director, now=cast.now
        )

    def _wish(self, cast: Cast, *, may_speak: bool) -> None:
        wish = ChangeWish.express(cast.mei_osei, call=False, may_speak=may_speak, by=cast.mei, now=cast.now)
        settle(wish, on=cast.ago(1), by=cast.director, now=cast.now)
        quiet(cast.now)

    def test_prior_mentor_is_encouraged_and_not_told_whom(self, cast: Cast) -> None:
        self._wish(cast, may_speak=True)
        self._succeed(cast)
        mails = told(cast.now)
        assert to(mails) == addresses(cast.mei, cast.halloran, cast.osei)
        body = to_one(mails, cast.osei).body
        assert "Mei Tanaka, whom you used to mentor, has a new mentor" in body
        assert third_people(body, cast, cast.mei, cast.osei) == []
        assert "/meetings/pairs/" not in body

    def test_prior_mentor_hears_nothing_where_the_mentee_would_rather_not(self, cast: Cast) -> None:
        self._wish(cast, may_speak=False)
        self._succeed(cast)
        assert to(told(cast.now)) == addresses(cast.mei, cast.halloran)

    def test_prior_mentor_who_left_hears_nothing(self, cast: Cast) -> None:
        self._wish(cast, may_speak=True)
        self._succeed(cast)
        spread(now=cast.now)
        for role in Role.objects.filter(person=cast.osei):
            role.end(on=cast.ago(1), by=cast.director, now=cast.now)
        assert to(told(cast.now)) == addresses(cast.mei, cast.halloran)


class TestEnded:
    @pytest.mark.parametrize("ending", [each for each in Ending if each != Ending.DIED])
    def test_both_read_the_day_and_each_other_s_name(self, cast: Cast, ending: Pairing.Ending) -> None:
        _end(cast, cast.mei_osei, ending)
        mails = told(cast.now)
        assert to(mails) == addresses(cast.mei, cast.osei)
        for person, other in ((cast.mei, cast.osei), (cast.osei, cast.mei)):
            body = to_one(mails, person).body
            assert other.full_name in body
            assert "Tuesday 13 October" in body
            assert third_people(body, cast, cast.mei, cast.osei) == []

    def test_nobody_is_written_to_where_one_has_died(self, cast: Cast) -> None:
        _end(cast, cast.mei_osei, Ending.DIED)
        assert told(cast.now) == []
        assert not Dispatch.objects.filter(kind=PairingEvent.ENDED.code).exists()

    @pytest.mark.parametrize("wished_by", ["mei", "osei", None])
    def test_words_are_the_same_whoever_asked(self, cast: Cast, wished_by: str | None) -> None:
        if wished_by:
            wish = ChangeWish.express(cast.mei_osei, call=False, by=getattr(cast, wished_by), now=cast.now)
            quiet(cast.now)
            settle(wish, on=cast.ago(1), by=cast.director, now=cast.now)
        else:
            _end(cast, cast.mei_osei)
        mails = told(cast.now)
        body = to_one(mails, cast.osei).body
        expected = RULES[PairingEvent.ENDED.code].context(cast.osei, cast.mei_osei.pk, cast.now)
        assert expected is not None
        assert set(expected) == {"program", "other", "is_mentor", "stands_in", "path", "ending", "day"}
        assert "Your mentoring of Mei Tanaka ended on Tuesday 13 October." in body
        assert not any(word in body.lower() for word in ("wish", "ask for another", "asked", "reason", "prefer"))
        assert not any(word in to_one(mails, cast.mei).body.lower() for word in ("wish", "asked", "reason", "prefer"))

    def test_end_of_a_stand_in_has_words_of_its_own(self, cast: Cast) -> None:
        absent: dict[str, Any] = {"mentor": cast.halloran, "by": cast.director, "now": cast.now}
        pairing = Pairing.objects.stand_in(cast.mei_osei, **absent)
        quiet(cast.now)
        pairing.end(on=cast.today, ending=Ending.CHANGED, by=cast.director, now=cast.now)
        mails = told(cast.now)
        assert to(mails) == addresses(cast.mei, cast.halloran)
        assert "Your time of standing in as mentor of Mei Tanaka ended" in to_one(mails, cast.halloran).body
        assert "Kwame" not in to_one(mails, cast.halloran).body

    def test_whoever_has_left_is_thanked_all_the_same(self, cast: Cast) -> None:
        for role in Role.objects.filter(person=cast.osei):
            role.end(on=cast.ago(1), by=cast.director, now=cast.now)
        _end(cast, cast.mei_osei, Ending.MENTOR_RETIRED)
        mails = told(cast.now)
        assert to(mails) == addresses(cast.mei, cast.osei)
        assert "the program wishes you well" in to_one(mails, cast.osei).body

    def test_end_of_long_ago_is_no_news(self, cast: Cast) -> None:
        _end(cast, cast.mei_osei, days=31)
        assert told(cast.now) == []

    def test_mail_that_could_not_leave_for_a_month_stays_here(self, cast: Cast) -> None:
        _end(cast, cast.mei_osei)
        spread(now=cast.now)
        assert told(cast.now + timedelta(days=40)) == []


class TestChangeWished:
    def _wish(self, pairing: Pairing, by: Person, cast: Cast) -> ChangeWish:
        return ChangeWish.express(pairing, call=True, by=by, now=cast.now)

    def test_directors_are_told_that_something_waits_and_nobody_else_of_anything(self, cast: Cast) -> None:
        self._wish(cast.mei_osei, cast.mei, cast)
        mails = told(cast.now)
        assert to(mails) == addresses(cast.director, cast.directing_mentor)
        for each in mails:
            assert WAITS in each.body
            assert not any(word in each.body for word in ("Mei", "Tanaka", "Osei", "change", "call"))

    def test_wish_about_a_director_reaches_the_deputy_and_never_that_director(self, cast: Cast) -> None:
        Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.abebe, now=cast.now)
        quiet(cast.now)
        wish = self._wish(cast.tomas_director, cast.tomas, cast)
        assert to(told(cast.now)) == addresses(cast.director, cast.abebe)
        told_of_it = Dispatch.objects.filter(subject=wish.pk).values_list("recipient", flat=True)
        assert {*told_of_it} == {cast.director.pk, cast.abebe.pk}
        assert RULES[PairingEvent.CHANGE_WISHED.code].context(cast.directing_mentor, wish.pk, cast.now) is None

    def test_nothing_leaves_for_a_wish_taken_back(self, cast: Cast) -> None:
        wish = self._wish(cast.mei_osei, cast.mei, cast)
        spread(now=cast.now)
        wish.take_back(by=cast.mei, now=cast.now)
        assert told(cast.now) == []

    def test_nothing_leaves_for_a_wish_that_is_settled(self, cast: Cast) -> None:
        wish = self._wish(cast.mei_osei, cast.mei, cast)
        spread(now=cast.now)
        settle(wish, on=cast.today, by=cast.director, now=cast.now)
        assert to(told(cast.now)) == addresses(cast.mei, cast.osei)


class TestLightTouch:
    def test_wish_is_told_to_the_directors_without_a_name(self, cast: Cast) -> None:
        LightTouch.wish(cast.mei_osei, by=cast.mei, now=cast.now)
        mails = told(cast.now)
        assert to(mails) == addresses(cast.director, cast.directing_mentor)
        assert WAITS in mails[0].body

    def test_nothing_leaves_for_a_wish_that_is_over(self, cast: Cast) -> None:
        LightTouch.wish(cast.mei_osei, by=cast.mei, now=cast.now)
        spread(now=cast.now)
        LightTouch.objects.get().end(by=cast.mei, now=cast.now)
        assert told(cast.now) == []

    def _year(self, cast: Cast) -> AcademicYear:
        return cast.digestive.year(cast.now)

    def test_year_that_is_excused_is_told_to_both(self, cast: Cast) -> None:
        Excuse.grant(cast.mei_osei, year=self._year(cast), by=cast.director, now=cast.now)
        mails = told(cast.now)
        assert to(mails) == addresses(cast.mei, cast.osei)
        for each in mails:
            assert "For the academic year 2026–27" in each.body
            assert third_people(each.body, cast, cast.mei, cast.osei) == []

    def test_nothing_leaves_for_an_excuse_taken_back(self, cast: Cast) -> None:
        Excuse.grant(cast.mei_osei, year=self._year(cast), by=cast.director, now=cast.now)
        spread(now=cast.now)
        Excuse.objects.get().take_back(by=cast.director, now=cast.now)
        assert told(cast.now) == []


class TestDeputy:
    def test_deputy_is_told_and_can_ask_back(self, cast: Cast) -> None:
        Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.chief, now=cast.now)
        mails = told(cast.now)
        assert to(mails) == addresses(cast.chief)
        assert "You have been named deputy" in mails[0].body
        assert mails[0].reply_to == ["Paul Brandt <paul.brandt@division.example>"]
        assert third_people(mails[0].body, cast, cast.chief) == []

    def test_deputy_of_before_is_told_that_it_is_over(self, cast: Cast) -> None:
        for deputy in (cast.chief, cast.abebe):
            Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=deputy, now=cast.now)
        mails = told(cast.now)
        assert to(mails) == addresses(cast.chief, cast.abebe)
        assert "You have been named deputy" in to_one(mails, cast.abebe).body
        over = to_one(mails, cast.chief)
        assert "You no longer stand in for a director" in over.body
        assert third_people(over.body, cast, cast.chief) == []

    def test_deputy_named_again_in_the_meantime_is_not_told_of_the_end(self, cast: Cast) -> None:
        named = Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.osei, now=cast.now)
        named.end(by=cast.directing_mentor, now=cast.now)
        Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.osei, now=cast.now)
        (mail,) = told(cast.now)
        assert "You have been named deputy" in mail.body


class TestWishErased:
    @pytest.mark.parametrize("who", ["tomas", "directing_mentor"])
    def test_author_alone_is_told(self, cast: Cast, who: str) -> None:
        named = Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
        author = getattr(cast, who)
        ChangeWish.express(cast.tomas_director, call=False, by=author, now=cast.now)
        quiet(cast.now)
        named.end(by=cast.directing_mentor, now=cast.now)
        mails = told(cast.now)
        assert to(mails) == addresses(author, cast.committee)
        body = to_one(mails, author).body
        assert "What you had told in confidence is therefore erased" in body
        assert third_people(body, cast, author) == []

    def test_nothing_leaves_where_the_pair_has_ended(self, cast: Cast) -> None:
        named = Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
        LightTouch.wish(cast.tomas_director, by=cast.tomas, now=cast.now)
        named.end(by=cast.directing_mentor, now=cast.now)
        spread(now=cast.now)
        _end(cast, cast.tomas_director, Ending.DIED)
        assert cast.tomas.email not in to(told(cast.now))
