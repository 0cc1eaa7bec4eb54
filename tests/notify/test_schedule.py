"""Each job of the schedule runs once a period, among any number of workers, and does what the pages promise."""

import threading
from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connections

from telemachus.audit.models import Event, Pending, Viewing
from telemachus.career.models import Aspirations
from telemachus.intake.models import Letter, ProposedTime, Recruit
from telemachus.meetings.models import AppointmentToMeet, Meeting, TalkWish
from telemachus.notify import schedule
from telemachus.notify.models import Dispatch, Tick
from telemachus.notify.outbox import spread
from telemachus.notify.schedule import MINUTES_TO_FINISH, SCHEDULE, Job, day, forget, forget_shadows, hour, run_due
from telemachus.pairing.changes import settle
from telemachus.pairing.models import ChangeWish, Pairing, Request, Shortlist
from tests.acts import recorded
from tests.notify import scenes
from tests.notify.conftest import wait_for


@pytest.mark.django_db
class TestPeriods:
    def test_job_runs_once_in_its_period(self, cast, now):
        assert [run_due(now=now), run_due(now=now)] == [len(SCHEDULE), 0]
        assert run_due(now=now + timedelta(hours=1)) == len([job for job in SCHEDULE if job.period is not day])
        assert run_due(now=now + timedelta(days=1)) == len(SCHEDULE)

    def test_job_of_a_killed_worker_is_taken_up_again(self, cast, now):
        run_due(now=now)
        Tick.objects.filter(kind="retention").update(done=None)
        run_due(now=now + timedelta(minutes=MINUTES_TO_FINISH - 1))
        assert Tick.objects.get(kind="retention").done is None
        run_due(now=now + timedelta(minutes=MINUTES_TO_FINISH + 1))
        assert Tick.objects.get(kind="retention").done

    def test_job_that_fails_stops_no_other_and_is_taken_up_again(self, cast, now, monkeypatch):
        runs = []

        def fail(*, now: datetime) -> None:
            runs.append(now)
            raise LookupError

        monkeypatch.setattr(schedule, "SCHEDULE", (Job("broken", hour, fail), *SCHEDULE))
        assert run_due(now=now) == len(SCHEDULE)
        assert run_due(now=now) == 0
        run_due(now=now + timedelta(minutes=MINUTES_TO_FINISH + 1))
        assert len(runs) == 2


@pytest.mark.races
def test_two_workers_run_each_job_once(cast, now):
    together, ran = threading.Barrier(2), []

    def work() -> None:
        together.wait()
        try:
            ran.append(run_due(now=now))
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(ran) == len(SCHEDULE)
    assert Tick.objects.count() == len(SCHEDULE)


@pytest.mark.races
def test_two_worker_processes_ask_once_whether_a_pair_met(cast, now, mail_server, start_worker):
    _past_appointment(cast, now - timedelta(days=2))
    start_worker(), start_worker()
    wait_for(lambda: Dispatch.objects.filter(done__isnull=False).exists())
    wait_for(lambda: Tick.objects.exclude(done=None).count() == len(SCHEDULE))
    assert [to for to, _id in mail_server.told()] == [cast.mei.email]
    assert not AppointmentToMeet.objects.exists()


def _past_appointment(cast, at: datetime) -> AppointmentToMeet:
    before = at - timedelta(days=3)
    appointment = AppointmentToMeet.arrange(cast.mei_osei, at=at, by=cast.mei, now=before)
    Pending.objects.all().delete()
    return appointment


@pytest.mark.django_db
class TestErasure:
    """The division's midnight counts, not that of the server."""

    ZONE = ZoneInfo("America/Los_Angeles")

    def _instant(self, year, month, day, hour, minute) -> datetime:
        return datetime(year, month, day, hour, minute, tzinfo=self.ZONE).astimezone(UTC)

    @pytest.mark.parametrize(
        ("at", "stays", "goes"),
        [
            # Late in the evening: in UTC it is the next day already.
            ((2026, 10, 12, 21, 0), (2026, 10, 12, 23, 59), (2026, 10, 13, 0, 0)),
            ((2026, 10, 12, 0, 0), (2026, 10, 12, 23, 59), (2026, 10, 13, 0, 0)),
            # The day on which the clocks go back has 25 hours.
            ((2026, 11, 1, 0, 30), (2026, 11, 1, 23, 59), (2026, 11, 2, 0, 0)),
        ],
    )
    def test_appointment_is_erased_the_day_after(self, cast, at, stays, goes):
        held = self._instant(*at)
        _past_appointment(cast, held)
        run_due(now=self._instant(*stays))
        assert AppointmentToMeet.objects.count() == 1
        assert not Meeting.objects.exists()
        Tick.objects.all().delete()
        run_due(now=self._instant(*goes))
        assert not AppointmentToMeet.objects.exists()
        question = Meeting.objects.get()
        assert (question.state, question.day) == (Meeting.State.ASKED, held.astimezone(self.ZONE).date())

    def test_no_question_where_the_day_is_registered(self, cast, now):
        _past_appointment(cast, now - timedelta(days=1))
        Meeting.objects.log(cast.mei_osei, day=cast.ago(1), by=cast.mei, now=now)
        run_due(now=now)
        assert not AppointmentToMeet.objects.exists()
        assert [meeting.state for meeting in Meeting.objects.all()] == [Meeting.State.LOGGED]

    def test_one_sides_word_counts_after_fourteen_days(self, cast, now):
        meeting = Meeting.objects.log(cast.mei_osei, day=cast.ago(1), by=cast.mei, now=now)
        run_due(now=now + timedelta(days=14))
        meeting.refresh_from_db()
        assert meeting.state == Meeting.State.LOGGED
        run_due(now=now + timedelta(days=14, hours=1))
        meeting.refresh_from_db()
        assert (meeting.state, meeting.how) == (Meeting.State.CONFIRMED, Meeting.How.ONE_SIDE)

    def test_question_without_an_answer_goes_after_thirty_days(self, cast, now):
        Meeting.objects.ask(cast.mei_osei, day=cast.ago(1), now=now)
        run_due(now=now + timedelta(days=28))
        assert Meeting.objects.count() == 1
        run_due(now=now + timedelta(days=31))
        assert not Meeting.objects.exists()

    def test_wish_to_talk_goes_after_thirty_days(self, cast, now):
        TalkWish.express(cast.mei_osei, by=cast.mei, now=now)
        run_due(now=now + timedelta(days=29))
        assert TalkWish.objects.count() == 1
        run_due(now=now + timedelta(days=31))
        assert not TalkWish.objects.exists()


@pytest.mark.django_db
class TestForgetting:
    """Events are written as of long ago: the database's own clock decides what may go."""

    LONG_AGO = datetime(2020, 3, 2, 12, 0, tzinfo=UTC)

    def _old_event(self) -> Event:
        return Event.objects.create(
            kind="meetings.arranged", subject=uuid4(), at=self.LONG_AGO, keep_until=self.LONG_AGO.date()
        )

    def test_event_goes_after_its_day(self):
        self._old_event()
        forget(now=self.LONG_AGO)
        assert Event.objects.count() == 1
        forget(now=self.LONG_AGO + timedelta(days=1))
        assert not Event.objects.exists()

    def test_event_that_nobody_was_told_of_stays(self):
        Pending.objects.create(event=self._old_event())
        forget(now=self.LONG_AGO + timedelta(days=9))
        assert Pending.objects.count() == Event.objects.count() == 1

    def test_viewings_and_dispatches_go_after_their_time(self, cast, now):
        Viewing.objects.create(about=cast.mei.pk, role="director", day=now.date())
        Dispatch.objects.create(
            kind="meetings.logged", recipient=cast.mei, subject=cast.mei_osei.pk, period="1", made=now, done=now
        )
        forget(now=now + timedelta(days=29))
        assert Dispatch.objects.count() == Viewing.objects.count() == 1
        forget(now=now + timedelta(days=31))
        assert not Dispatch.objects.exists()
        forget(now=now + timedelta(days=733))
        assert not Viewing.objects.exists()


@pytest.mark.django_db
class TestWayToAPair:
    """Each job is run by the schedule, at its own pace, and twice for good measure."""

    def _run(self, now: datetime) -> None:
        for _time in range(2):
            run_due(now=now)
            Tick.objects.all().delete()

    def test_request_expires_within_the_hour_after_its_last_day(self, cast, now):
        request = scenes.asked(cast)
        # The last day is 28 October; in Los Angeles it ends at seven in the morning, by UTC.
        self._run(datetime(2026, 10, 29, 6, 59, tzinfo=UTC))
        assert Request.objects.get().state == Request.State.WAITING
        self._run(datetime(2026, 10, 29, 7, 0, tzinfo=UTC))
        assert Request.objects.get().state == Request.State.EXPIRED
        assert recorded("pairing.expired") == 1
        assert request.until.isoformat() == "2026-10-28"

    def test_recruit_who_has_a_mentor_has_arrived(self, cast, now):
        recruit = scenes.announced(cast)
        self._run(now)
        recruit.refresh_from_db()
        assert recruit.state == Recruit.State.OPEN
        scenes.introduced(cast)
        self._run(now)
        recruit.refresh_from_db()
        assert (recruit.state, recruit.ending) == (Recruit.State.ENDED, Recruit.Ending.PAIRED)
        assert recorded("intake.closed") == 1

    def test_proposed_times_go_when_they_have_passed(self, cast, now):
        scenes.announced(cast).propose(scenes.times(cast), by=cast.director, now=now)
        self._run(now + timedelta(days=6, hours=2))
        assert [time.at for time in ProposedTime.objects.all()] == scenes.times(cast)[2:]

    def test_request_and_list_of_a_pair_go_after_a_month_with_what_was_told(self, cast, now):
        pairing = scenes.introduced(cast)
        spread(now=now)
        self._run(now + timedelta(days=29))
        assert Request.objects.count() == Shortlist.objects.count() == 1
        self._run(now + timedelta(days=32))
        assert not Request.objects.exists()
        assert not Shortlist.objects.exists()
        assert not Dispatch.objects.exists()
        assert Pairing.objects.filter(pk=pairing.pk).exists()

    def test_wish_for_a_change_goes_a_month_after_the_successor(self, cast, now):
        wish = ChangeWish.express(cast.mei_osei, call=False, by=cast.mei, now=now)
        self._run(now + timedelta(days=60))
        assert ChangeWish.objects.count() == 1
        settle(wish, on=cast.today, by=cast.director, now=now)
        self._run(now + timedelta(days=89))
        assert ChangeWish.objects.count() == 1
        self._run(now + timedelta(days=91))
        assert not ChangeWish.objects.exists()

    def test_papers_and_letters_go_after_ninety_days(self, cast, now):
        recruit = scenes.announced(cast)
        scenes.written(cast, recruit)
        Aspirations.objects.write(cast.digestive, cast.pia, by=cast.pia, now=now, focus=scenes.PLANTED)
        recruit.close(Recruit.Ending.DECLINED, by=cast.coordinator, now=now)
        for role in cast.pia.roles.all():
            role.end(on=cast.today, by=cast.director, now=now)
        self._run(now + timedelta(days=89))
        assert Letter.objects.count() == Aspirations.objects.count() == 1
        self._run(now + timedelta(days=91))
        assert not Letter.objects.exists()
        assert not Aspirations.objects.exists()


@pytest.mark.django_db
class TestShadows:
    def test_wish_that_is_taken_back_leaves_no_word_of_who_was_told(self, cast, now):
        wish = ChangeWish.express(cast.mei_osei, call=False, by=cast.mei, now=now)
        spread(now=now)
        forget_shadows(now=now)
        assert Dispatch.objects.filter(subject=wish.pk).count() == 2
        wish.take_back(by=cast.mei, now=now)
        forget_shadows(now=now)
        assert not Dispatch.objects.exists()

    def test_no_leaves_no_word_once_it_is_erased(self, cast, now):
        request = scenes.asked(cast)
        request.decline(by=cast.halloran, now=now)
        spread(now=now)
        told = Dispatch.objects.filter(subject=request.pk)
        assert told.count() == 3
        forget_shadows(now=now)
        assert told.count() == 3
        request.delete()
        forget_shadows(now=now)
        assert not told.exists()

    def test_what_was_told_of_other_things_stays(self, cast, now):
        Meeting.objects.log(cast.mei_osei, day=cast.ago(1), by=cast.mei, now=now)
        spread(now=now)
        forget_shadows(now=now)
        assert Dispatch.objects.get().kind == "meetings.logged"
