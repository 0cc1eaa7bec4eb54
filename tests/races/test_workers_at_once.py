"""Two workers do what is due at the same moment; SQLite has one, but a second must do no harm."""

from datetime import timedelta

import pytest
from django.utils import timezone

from telemachus.audit.models import Pending
from telemachus.meetings.models import AppointmentToMeet, Meeting
from telemachus.notify.models import Dispatch, Tick
from telemachus.notify.outbox import spread
from telemachus.notify.schedule import SCHEDULE, run_due
from tests.cast import Cast
from tests.races.together import together

pytestmark = pytest.mark.races

ROUNDS = 15


def test_tick_of_two_workers_each_job_once(cast: Cast):
    for number in range(ROUNDS):
        now = cast.now + timedelta(days=number)
        ran: list[int] = []
        together(*(lambda: ran.append(run_due(now=now)) for _worker in range(2)))
        assert sum(ran) == len(SCHEDULE)
        assert Tick.objects.filter(started=now, done__isnull=False).count() == len(SCHEDULE)


def test_past_appointment_met_by_two_workers_asked_once(cast: Cast):
    for number in range(ROUNDS):
        at = cast.now + timedelta(days=number, hours=1)
        AppointmentToMeet.arrange(cast.mei_osei, at=at, by=cast.mei, now=cast.now)
        after = at + timedelta(days=2)
        # Each in another period, so that both do the work.
        outcome = together(lambda: run_due(now=after), lambda: run_due(now=after + timedelta(hours=1)))
        assert outcome.events == ["meetings.asked"]
        assert not AppointmentToMeet.objects.exists()
        Meeting.objects.all().delete()


def test_confirm_against_the_worker_who_counts_registered_once(cast: Cast):
    for number in range(ROUNDS):
        now = cast.now + timedelta(days=30 + number)
        meeting = Meeting.objects.log(cast.mei_osei, day=cast.ago(number), by=cast.mei, now=cast.now)
        outcome = together(lambda: meeting.confirm(by=cast.osei, now=timezone.now()), lambda: run_due(now=now))
        assert outcome.events in (["meetings.confirmed"], ["meetings.counted"])
        Meeting.objects.all().delete()


def test_outbox_of_two_workers_each_told_once(cast: Cast):
    for number in range(ROUNDS):
        Pending.objects.all().delete()
        Dispatch.objects.all().delete()
        for pairing in (cast.mei_osei, cast.jonas_osei, cast.tomas_director):
            Meeting.objects.log(pairing, day=cast.ago(number), by=pairing.mentee, now=cast.now)
        together(*(lambda: spread(now=timezone.now()) for _worker in range(2)))
        spread(now=timezone.now())
        told = Dispatch.objects.values_list("recipient", flat=True)
        assert sorted(told) == sorted([cast.osei.pk, cast.osei.pk, cast.directing_mentor.pk])
        assert not Pending.objects.exists()
