"""Every schedule of the program stands on this page."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Model
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from telemachus.audit.kinds import EventKind
from telemachus.audit.models import Event, Viewing
from telemachus.career.models import forget_settled
from telemachus.intake.forget import forget_papers
from telemachus.intake.models import forget_past_times
from telemachus.intake.way import arrive
from telemachus.lib.change import compare_and_set
from telemachus.lib.errors import Conflict
from telemachus.meetings.models import close_old_questions, erase_past_appointments
from telemachus.notify.models import Dispatch, Tick
from telemachus.pairing.changes import forget_changes
from telemachus.pairing.events import PairingEvent
from telemachus.pairing.forgetting import forget_answered, forget_proposals
from telemachus.pairing.models import ChangeWish, Request, Shortlist
from telemachus.pairing.proposals.tasks import take_up_proposals
from telemachus.pairing.requesting import expire_requests
from telemachus.people.models import forget_former_addresses
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


# What is erased leaves no shadow (ACCESS.md): that somebody was told of it goes with it.
ERASED_WITH: dict[type[Model], tuple[EventKind, ...]] = {
    Request: (
        PairingEvent.REQUESTED,
        PairingEvent.ACCEPTED,
        PairingEvent.DECLINED,
        PairingEvent.WITHDRAWN,
        PairingEvent.EXPIRED,
    ),
    Shortlist: (PairingEvent.SHORTLISTED, PairingEvent.CHOSEN, PairingEvent.OTHERS_ASKED),
    ChangeWish: (PairingEvent.CHANGE_WISHED,),
}


def forget_shadows(*, now: datetime) -> None:
    """Erase the dispatches of requests, lists and wishes for a change that are no longer here."""
    for model, kinds in ERASED_WITH.items():
        told = Dispatch.objects.filter(kind__in=[kind.code for kind in kinds])
        told.exclude(subject__in=model._default_manager.values("pk")).delete()


SCHEDULE = (
    Job("uploads", ten_minutes, tidy_uploads),
    Job("proposals", ten_minutes, take_up_proposals),
    # Whoever has a mentor has arrived.
    Job("arrivals", ten_minutes, arrive),
    # Hourly, because midnight comes at another hour in each division's zone.
    Job("past appointments", hour, erase_past_appointments),
    Job("old questions", hour, close_old_questions),
    Job("requests without an answer", hour, expire_requests),
    Job("proposed times", hour, forget_past_times),
    Job("changes", hour, forget_changes),
    Job("answered requests", day, forget_answered),
    Job("old proposals", day, forget_proposals),
    Job("papers", day, forget_papers),
    Job("settled absences", day, forget_settled),
    Job("former addresses", day, forget_former_addresses),
    # After whatever erases something in the same round.
    Job("shadows", hour, forget_shadows),
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
