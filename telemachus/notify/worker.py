"""The one loop: outbox, schedule, tasks; any number of them may run on PostgreSQL, one on SQLite."""

import logging
import signal
import threading
from types import FrameType

from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker

from telemachus.notify.outbox import pass_on
from telemachus.notify.schedule import run_due

log = logging.getLogger(__name__)

SECONDS = 1.0


def run_forever() -> None:
    """Work until the process is told to stop; what is under way is finished first."""
    stop = threading.Event()

    def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask_to_stop)
    while not stop.is_set():
        close_old_connections()
        try:
            busy = run_once()
        except (OperationalError, InterfaceError) as error:
            # The database restarts or is full: nothing is lost, the next round tries again.
            log.warning("the database did not answer: %s", error)
            busy = 0
        if not busy:
            stop.wait(SECONDS)


def run_once() -> int:
    """One round; returns how many events, mails and jobs it dealt with."""
    now = timezone.now()
    done = pass_on(now=now) + run_due(now=now)
    _tasks().run()
    return done


def _tasks() -> Worker:
    """A worker of the task backend that does what is there and returns."""
    return Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=20,
        worker_id="telemachus",
        excluded_queue_names=[],
    )
