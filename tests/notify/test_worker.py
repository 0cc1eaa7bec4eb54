"""Real workers in processes of their own, killed and doubled, on a database of their own."""

import os
import signal
import subprocess
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest

from telemachus.audit.models import Pending
from telemachus.meetings.models import AppointmentToMeet
from telemachus.notify.models import Dispatch
from telemachus.notify.outbox import MINUTES_TO_RETRY
from tests.notify.conftest import wait_for
from tests.notify.mail_server import MailServer

pytestmark = pytest.mark.races


def _arrange_many(cast, now, count: int = 20) -> None:
    """Each tells one mentor: the mentee arranged it."""
    for number in range(count):
        for pairing in (cast.mei_osei, cast.jonas_osei, cast.tomas_director):
            at = now + timedelta(days=2, hours=number)
            AppointmentToMeet.arrange(pairing, at=at, by=pairing.mentee, now=now)


def _all_told() -> bool:
    return not Pending.objects.exists() and not Dispatch.objects.filter(done=None).exists()


def _ids_by_recipient(server: MailServer) -> Counter:
    return Counter(to for to, _id in set(server.told()))


def _expected(cast, count: int = 20) -> Counter:
    return Counter({cast.osei.email: 2 * count, cast.directing_mentor.email: count})


def test_two_workers_send_each_mail_once(cast, now, mail_server, start_worker: Callable[[], subprocess.Popen]):
    _arrange_many(cast, now)
    start_worker(), start_worker()
    wait_for(_all_told)
    assert _ids_by_recipient(mail_server) == _expected(cast)
    assert len(mail_server.mails) == 60


def test_worker_killed_between_two_statements_loses_and_doubles_nothing(cast, now, mail_server, start_worker):
    """Killed before the server took the mail, and after it took it and before the worker wrote that down."""
    _arrange_many(cast, now)
    worker = start_worker()
    before, after = 10, 25

    def kill(_mail) -> str | None:
        taken = len(mail_server.mails)
        # Decided before the kill: once the worker is dead the test goes on beside this thread, and moves `before`.
        answer = None if taken == before else "250 taken"
        if taken in (before, after):
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait(timeout=10)
        return answer

    mail_server.answer = kill
    assert worker.wait(timeout=30) == -signal.SIGKILL
    assert len(mail_server.mails) == before
    before = -1
    worker = start_worker()
    assert worker.wait(timeout=30) == -signal.SIGKILL
    _let_the_pause_pass(cast)
    mail_server.answer = lambda _mail: "250 taken"
    start_worker()
    wait_for(_all_told)
    assert _ids_by_recipient(mail_server) == _expected(cast)
    # The one that was taken and not written down left twice, with one id.
    assert len(mail_server.mails) == 61


def _let_the_pause_pass(cast) -> None:
    """What was claimed by a dead worker is due after the pause; the clock of another process cannot be turned."""
    claimed = Dispatch.objects.filter(done=None).exclude(claimed=None)
    assert claimed.update(claimed=cast.now - timedelta(minutes=MINUTES_TO_RETRY + 1)) == 2


def test_worker_told_to_stop_finishes_the_mail_in_hand(cast, now, mail_server, start_worker):
    _arrange_many(cast, now, count=1)
    worker = start_worker()

    def stop(_mail) -> str:
        worker.send_signal(signal.SIGTERM)
        return "250 taken"

    mail_server.answer = stop
    assert worker.wait(timeout=30) == 0
    assert Dispatch.objects.filter(claimed__isnull=False, done=None).count() == 0
    assert Dispatch.objects.filter(done__isnull=False).count() == len(mail_server.mails) > 0
