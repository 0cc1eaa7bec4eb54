"""A mail server to talk to, and real workers in processes of their own."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.notify.mail_server import MailServer, listening
from tests.server import ROOT


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    with listening() as server:
        yield server


@pytest.fixture
def by_smtp(settings, mail_server: MailServer) -> MailServer:
    """What this process sends goes to the mail server."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail_server.port
    return mail_server


@pytest.fixture
def start_worker(
    own_database: str, mail_server: MailServer, tmp_path: Path
) -> Iterator[Callable[[], subprocess.Popen]]:
    """`start_worker()` is a running `telemachus worker` on the test's own database; it stops with the test."""
    started: list[subprocess.Popen] = []
    variables = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": own_database,
        "VAR_DIR": str(tmp_path / "var"),
        "EMAIL_URL": mail_server.url,
    }

    def start() -> subprocess.Popen:
        with (tmp_path / f"worker-{len(started)}.log").open("wb") as log:
            command = [sys.executable, "-m", "telemachus", "worker"]
            started.append(subprocess.Popen(command, cwd=ROOT, env=variables, stdout=log, stderr=log))
        return started[-1]

    yield start
    for worker in started:
        worker.terminate()
        worker.wait(timeout=30)
    for log in tmp_path.glob("worker-*.log"):
        assert "Traceback" not in log.read_text(), log.read_text()


def wait_for(condition: Callable[[], bool], *, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
