"""The mails of a recruit's way (R1 to R5): the director's letters as they were written, and who is told what."""

from datetime import timedelta

import pytest

from telemachus.career.models import StatusForm
from telemachus.career.status_form import Rows
from telemachus.intake.letters import introduce
from telemachus.intake.models import Letter, Recruit
from telemachus.notify.outbox import spread
from telemachus.program.models import Role
from tests.cast import Cast
from tests.notify.scenes import addresses, announced, quiet, third_people, times, to, to_one, told, written

MINE = "/intake/digestive/me/"


@pytest.fixture(autouse=True)
def opening(cast: Cast) -> None:
    quiet(cast.now)


@pytest.fixture
def recruit(cast: Cast) -> Recruit:
    found = announced(cast)
    quiet(cast.now)
    return found


class TestNotice:
    def test_directors_are_told_and_no_deputy(self, cast: Cast) -> None:
        announced(cast)
        mails = told(cast.now)
        assert to(mails) == addresses(cast.director, cast.directing_mentor)
        assert "has been announced to the mentoring program" in mails[0].body
        assert "Pia" not in mails[0].body + mails[0].subject

    def test_director_who_announces_is_not_told(self, cast: Cast) -> None:
        Recruit.objects.notice(cast.digestive, cast.pia, by=cast.director, now=cast.now)
        assert to(told(cast.now)) == addresses(cast.directing_mentor)

    def test_nothing_leaves_once_the_letter_is_sent_or_the_way_is_closed(self, cast: Cast) -> None:
        written(cast, announced(cast))
        assert to(told(cast.now)) == addresses(cast.pia)
        recruit = Recruit.objects.notice(cast.digestive, cast.lucia, by=cast.coordinator, now=cast.now)
        recruit.close(Recruit.Ending.DECLINED, by=cast.coordinator, now=cast.now)
        assert told(cast.now) == []

    def test_director_who_is_announced_is_not_told(self, cast: Cast) -> None:
        Recruit.objects.notice(cast.digestive, cast.directing_mentor, by=cast.coordinator, now=cast.now)
        assert to(told(cast.now)) == addresses(cast.director)


class TestLetter:
    BODY = "Dear Pia,\n\nwe  are glad.\n\n\n<b>&</b> “Ithaca”\n\nInes Duarte"

    def test_letter_goes_as_it_was_written_to_the_recruit_only(self, cast: Cast, recruit: Recruit) -> None:
        written(cast, recruit, self.BODY)
        mails = told(cast.now)
        assert to(mails) == addresses(cast.pia)
        assert mails[0].body.startswith(self.BODY)
        assert f"http://127.0.0.1:8000{MINE}" in mails[0].body
        assert mails[0].subject == "Digestive Diseases mentoring: a note for you"

    def test_answer_reaches_the_director_who_wrote(self, cast: Cast, recruit: Recruit) -> None:
        written(cast, recruit)
        (mail,) = told(cast.now)
        assert mail.reply_to == ["Ines Duarte <ines.duarte@division.example>"]

    def test_link_that_the_director_wrote_is_not_repeated(self, cast: Cast, recruit: Recruit) -> None:
        written(cast, recruit, f"Look here: http://127.0.0.1:8000{MINE}")
        assert told(cast.now)[0].body.count(MINE) == 1

    def test_letter_and_times_of_one_act_are_one_mail(self, cast: Cast, recruit: Recruit) -> None:
        introduce(recruit, "Dear Pia,\n\n[times]\n\n[page]", times(cast), by=cast.director, now=cast.now)
        (mail,) = told(cast.now)
        assert "Monday 19 October, 10:00" in mail.body
        assert mail.body.count(MINE) == 1

    def test_nothing_leaves_where_the_way_was_closed(self, cast: Cast, recruit: Recruit) -> None:
        written(cast, recruit)
        spread(now=cast.now)
        recruit.close(Recruit.Ending.DID_NOT_COME, by=cast.coordinator, now=cast.now)
        assert told(cast.now) == []

    def test_director_who_has_no_account_any_more_gets_no_answers(self, cast: Cast, recruit: Recruit) -> None:
        written(cast, recruit)
        type(cast.director).objects.filter(pk=cast.director.pk).update(is_active=False)
        (mail,) = told(cast.now)
        assert mail.reply_to == []


class TestFirstMeeting:
    def test_times_are_told_to_the_recruit(self, cast: Cast, recruit: Recruit) -> None:
        recruit.propose(times(cast), by=cast.director, now=cast.now)
        mails = told(cast.now)
        assert to(mails) == addresses(cast.pia)
        assert "\n  Monday 19 October, 10:00 (PDT)\n  Tuesday 20 October, 10:00 (PDT)\n" in mails[0].body
        assert MINE in mails[0].body
        assert third_people(mails[0].body, cast, cast.pia) == []

    def test_times_stand_on_the_reader_s_clock(self, cast: Cast, recruit: Recruit) -> None:
        type(cast.pia).objects.filter(pk=cast.pia.pk).update(zone="Europe/Berlin")
        recruit.propose(times(cast), by=cast.director, now=cast.now)
        assert "Monday 19 October, 19:00 (CEST)" in told(cast.now)[0].body

    def test_nothing_leaves_once_a_time_is_picked(self, cast: Cast, recruit: Recruit) -> None:
        recruit.propose(times(cast), by=cast.director, now=cast.now)
        spread(now=cast.now)
        recruit.pick(times(cast)[0], by=cast.pia, now=cast.now)
        mails = told(cast.now)
        assert to(mails) == addresses(cast.director, cast.directing_mentor, cast.pia)
        for_director = to_one(mails, cast.director).body
        assert "has been chosen: Monday 19 October, 10:00 (PDT)" in for_director
        assert "Pia" not in for_director
        for_recruit = to_one(mails, cast.pia).body
        assert "Your first meeting with your director stands: you meet on Monday 19 October, 10:00 (PDT)" in for_recruit
        assert MINE in for_recruit

    def test_other_times_in_place_of_an_agreed_one_say_so(self, cast: Cast, recruit: Recruit) -> None:
        recruit.propose(times(cast), by=cast.director, now=cast.now)
        recruit.pick(times(cast)[0], by=cast.pia, now=cast.now)
        quiet(cast.now)
        for _click in range(2):
            recruit.propose(times(cast)[1:], by=cast.director, now=cast.now)
        (mail,) = told(cast.now)
        assert mail.to == [cast.pia.email]
        assert "The time that you had agreed on for your first meeting no longer holds." in mail.body
        assert "\n  Tuesday 20 October, 10:00 (PDT)\n" in mail.body

    def test_picked_time_that_was_given_back_is_not_told(self, cast: Cast, recruit: Recruit) -> None:
        recruit.propose(times(cast), by=cast.director, now=cast.now)
        quiet(cast.now)
        recruit.pick(times(cast)[0], by=cast.pia, now=cast.now)
        recruit.ask_other_times(by=cast.pia, now=cast.now)
        mails = told(cast.now)
        assert to(mails) == addresses(cast.director, cast.directing_mentor)
        assert all("Please offer others" in each.body for each in mails)

    def test_other_times_that_were_offered_meanwhile_are_not_asked_for(self, cast: Cast, recruit: Recruit) -> None:
        recruit.propose(times(cast), by=cast.director, now=cast.now)
        quiet(cast.now)
        recruit.ask_other_times(by=cast.pia, now=cast.now)
        recruit.propose(times(cast), by=cast.director, now=cast.now)
        assert to(told(cast.now)) == addresses(cast.pia)

    def test_time_told_by_the_director_is_not_told_to_the_director(self, cast: Cast, recruit: Recruit) -> None:
        recruit.propose(times(cast), by=cast.director, now=cast.now)
        quiet(cast.now)
        recruit.pick(times(cast)[0], by=cast.director, now=cast.now)
        assert to(told(cast.now)) == addresses(cast.directing_mentor, cast.pia)


class TestCameBack:
    def test_coordinator_is_told_without_a_name(self, cast: Cast, recruit: Recruit) -> None:
        letter = written(cast, recruit)
        quiet(cast.now)
        letter.come_back(by=cast.director, now=cast.now)
        mails = told(cast.now)
        assert to(mails) == addresses(cast.coordinator)
        assert "could not be delivered" in mails[0].body
        assert "Pia" not in mails[0].body

    def test_nothing_leaves_once_the_address_is_mended(self, cast: Cast, recruit: Recruit) -> None:
        letter = written(cast, recruit)
        quiet(cast.now)
        letter.come_back(by=None, now=cast.now)
        Recruit.objects.filter(pk=recruit.pk).update(address_corrected_at=cast.now + timedelta(minutes=1))
        assert told(cast.now) == []

    def test_nothing_leaves_once_another_letter_went(self, cast: Cast, recruit: Recruit) -> None:
        letter = written(cast, recruit)
        quiet(cast.now)
        letter.come_back(by=None, now=cast.now)
        later = cast.now + timedelta(minutes=1)
        recruit.write(Letter.Kind.INTRODUCTION, "Dear Pia", by=cast.director, now=later)
        assert to(told(cast.now)) == addresses(cast.pia)


def test_wish_for_a_mentor_is_told_to_the_directors(cast: Cast, recruit: Recruit) -> None:
    recruit.wish_mentor(by=cast.pia, now=cast.now)
    mails = told(cast.now)
    assert to(mails) == addresses(cast.director, cast.directing_mentor)
    assert "would like one" in mails[0].body
    assert "Pia" not in mails[0].body


class TestStatusForm:
    def _completed(self, cast: Cast) -> StatusForm:
        form = StatusForm.objects.create(program=cast.digestive, person=cast.pia)
        form.complete(by=cast.coordinator, now=cast.now, rows=Rows(), revision=0, teaching="zarzuela")
        return form

    def test_owner_is_asked_to_look(self, cast: Cast) -> None:
        self._completed(cast)
        mails = told(cast.now)
        assert to(mails) == addresses(cast.pia)
        assert f"/career/digestive/people/{cast.pia.pk}/status/" in mails[0].body
        assert third_people(mails[0].body, cast, cast.pia) == []
        assert "zarzuela" not in mails[0].body

    def test_nothing_leaves_once_it_is_confirmed(self, cast: Cast) -> None:
        form = self._completed(cast)
        spread(now=cast.now)
        form.confirm(by=cast.pia, now=cast.now)
        assert told(cast.now) == []

    def test_nothing_leaves_to_a_stranger(self, cast: Cast) -> None:
        self._completed(cast)
        spread(now=cast.now)
        for role in Role.objects.filter(person=cast.pia):
            role.end(on=cast.ago(1), by=cast.director, now=cast.now)
        assert told(cast.now) == []
