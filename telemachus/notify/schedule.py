"""Every schedule of the program stands on this page."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from telemachus.audit.models import Event, Viewing
from telemachus.lib.change import compare_and_set
from telemachus.lib.errors import Conflict
from telemachus.meetings.models import close_old_questions, erase_past_appointments
from telemachus.notify.models import Dispatch, Tick
from telemachus.program.models import tidy_uploads

log = logging.getLogger(__name__)

# A job that a killed worker left half way is taken up again after so many minutes.
MINUTES_TO_FINISH = 10


class Run(Protocol):
    def __call__(self, *, now: datetime) -> object: ...


@dataclass(frozen=True)
class Job:
    """`period` names the stretch of time in which the job runs once."""

    kind: str
    period: Callable[[datetime], str]
    run: Run


def ten_minutes(now: datetime) -> str:
    return f"{now:%Y-%m-%dT%H}:{now.minute // 10}0"


def hour(now: datetime) -> str:
    return f"{now:%Y-%m-%dT%H}"


def day(now: datetime) -> str:
    return f"{now:%Y-%m-%d}"


def forget(*, now: datetime) -> None:
    """Erase what has stood its time: events, dispatches with their events, viewings, ticks, finished tasks."""
    month = now - timedelta(days=30)
    # What nobody has been told of yet stays: a worker that stood still for days still has it to tell.
    Event.objects.filter(keep_until__lt=now.date(), pending=None).delete()
    Dispatch.objects.filter(made__lt=month).delete()
    Viewing.objects.filter(day__lt=now.date() - timedelta(days=2 * 366)).delete()
    Tick.objects.filter(started__lt=month).delete()
    DBTaskResult.objects.filter(finished_at__lt=now - timedelta(days=7)).delete()


SCHEDULE = (
    # Hourly, because midnight comes at another hour in each division's zone.
    Job("past appointments", hour, erase_past_appointments),
    Job("old questions", hour, close_old_questions),
    Job("uploads", ten_minutes, tidy_uploads),
    Job("retention", day, forget),
)


def run_due(*, now: datetime) -> int:
    """Run each job whose period has not had its run; returns how many ran."""
    return sum(_run(job, now) for job in SCHEDULE)


def _run(job: Job, now: datetime) -> int:
    if not _claim(job, now):
        return 0
    try:
        job.run(now=now)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        # The other jobs go on; this one is taken up again. The name only: a message could quote a row.
        log.error("the job “%s” failed: %s", job.kind, type(error).__name__)
        return 0
    Tick.objects.filter(kind=job.kind, period=job.period(now)).update(done=timezone.now())
    return 1


def _claim(job: Job, now: datetime) -> bool:
    with transaction.atomic():
        tick, new = Tick.objects.get_or_create(kind=job.kind, period=job.period(now), defaults={"started": now})
    if new:
        return True
    if tick.done or tick.started > now - timedelta(minutes=MINUTES_TO_FINISH):
        return False
    try:
        compare_and_set(tick, where={"started": tick.started, "done": None}, to={"started": now})
    except Conflict:
        return False
    return True
