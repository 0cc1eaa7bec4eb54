"""`telemachus serve` holds its processes together: pages, worker, a clean end."""

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from telemachus.meetings.models import TalkWish
from tests.notify.conftest import wait_for
from tests.server import ROOT

pytestmark = pytest.mark.races


@contextmanager
def _serving(environment, own_database, tmp_path: Path) -> Iterator[tuple[subprocess.Popen, int]]:
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        port = any_port.getsockname()[1]
    log = tmp_path / "serve.log"
    with log.open("wb") as lines:
        command = [sys.executable, "-m", "telemachus", "serve", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
        variables = environment | {"DATABASE_URL": own_database}
        process = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=lines, stderr=lines)
    try:
        wait_for(lambda: process.poll() is None and _answers(port), seconds=60)
        yield process, port
    finally:
        process.terminate()
        assert process.wait(timeout=30) == 0, log.read_text()
    assert "Traceback" not in log.read_text(), log.read_text()
    assert "secret-token" not in log.read_text()


def _answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/missing/secret-token/", timeout=5).close()
    except urllib.error.HTTPError as answer:
        answer.close()
        return answer.code == 404
    except OSError:
        return False
    return True


def _workers(process: subprocess.Popen) -> list[int]:
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [int(pid) for pid in children if Path(f"/proc/{pid}/cmdline").read_bytes().endswith(b"worker\0")]


def _mails(tmp_path: Path) -> int:
    return len(list((tmp_path / "mail").glob("*.log")))


@pytest.mark.skipif(not settings.ON_SQLITE, reason="on PostgreSQL workers are started beside it")
def test_serve_keeps_one_worker_alive_and_ends_cleanly(cast, now, environment, own_database, tmp_path):
    with _serving(environment, own_database, tmp_path) as (process, port):
        TalkWish.express(cast.mei_osei, by=cast.mei, now=now)
        wait_for(lambda: _mails(tmp_path) == 1)
        (worker,) = _workers(process)
        os.kill(worker, signal.SIGKILL)
        wait_for(lambda: _workers(process) not in ([], [worker]))
        TalkWish.express(cast.jonas_osei, by=cast.jonas, now=now)
        wait_for(lambda: _mails(tmp_path) == 2)
        (worker,) = _workers(process)
    assert not Path(f"/proc/{worker}").exists()
    assert not _answers(port)


@pytest.mark.postgres
def test_serve_starts_no_worker_on_postgresql(environment, own_database, tmp_path):
    with _serving(environment, own_database, tmp_path) as (process, _port):
        assert _workers(process) == []
    assert "telemachus worker" in (tmp_path / "serve.log").read_text()


def test_serve_on_a_taken_address_is_a_sentence(environment, own_database):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        bind = f"127.0.0.1:{taken.getsockname()[1]}"
        command = [sys.executable, "-m", "telemachus", "serve", "--bind", bind]
        variables = environment | {"DATABASE_URL": own_database}
        done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"{bind} cannot be used" in done.stderr
