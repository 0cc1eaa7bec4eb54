"""A real server in a process of its own, on the database of the test."""

import email
import email.policy
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START = 30
# An answer of 5xx, or a worker that fell over. A refused request may leave a traceback, and is a good answer.
BROKEN = re.compile(r"ERROR telemachus\.web\.middleware |Exception in worker|Error handling request")


@dataclass(frozen=True)
class Server:
    url: str
    var: Path

    def mails(self) -> list[EmailMessage]:
        """What the server has sent so far, oldest first. What a worker in the test sends stands in `mailoutbox`."""
        found = sorted((self.var / "mail").glob("*.log"), key=lambda path: path.stat().st_mtime_ns)
        return [_mail(piece) for path in found for piece in path.read_text().split("-" * 79 + "\n") if piece.strip()]


def _mail(text: str) -> EmailMessage:
    message = email.message_from_string(text, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


@pytest.fixture(scope="session", autouse=True)
def _static_files() -> None:
    """Pages name their files by hash, as in production; a page that names a missing file fails."""
    call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture
def serve(own_database: str, tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Start a server with settings of its own, such as `serve(DEMO="true")`; it stops with the test."""
    with ExitStack() as running:

        def start(**environment: str) -> Server:
            var = tmp_path / f"var-{len(list(tmp_path.iterdir()))}"
            return running.enter_context(_running(own_database, var, environment))

        yield start


@pytest.fixture
def server(serve: Callable[..., Server]) -> Server:
    return serve()


@contextmanager
def _running(database_url: str, var: Path, environment: dict[str, str]) -> Iterator[Server]:
    port = _free_port()
    (var / "mail").mkdir(parents=True)
    (var / "static").symlink_to(settings.STATIC_ROOT)
    server = Server(url=f"http://127.0.0.1:{port}", var=var)
    variables = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": database_url,
        "VAR_DIR": str(var),
        "BASE_URL": server.url,
        "EMAIL_URL": f"filemail:///{var}/mail",
        **environment,
    }
    log = var / "server.log"
    with log.open("wb") as lines:
        process = subprocess.Popen(_command(port), cwd=ROOT, env=variables, stdout=lines, stderr=lines)
    try:
        _wait_until_it_answers(server.url, process, log)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=20)
    # The product's own lines of errors name no "Traceback": they are levels of their logger.
    said = log.read_text()
    assert "Traceback" not in said, said
    assert " ERROR telemachus" not in said, said


def _command(port: int) -> list[str]:
    return [
        sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}",
        "--worker-class", "gthread", "--threads", "4", "--no-control-socket", "--graceful-timeout", "2",
    ]  # fmt: skip


def _free_port() -> int:
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        port: int = any_port.getsockname()[1]
        return port


def _wait_until_it_answers(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(SECONDS_TO_START * 10):
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{url}/healthz/", timeout=5).close()
        except urllib.error.HTTPError as answer:
            answer.close()
        except OSError:
            time.sleep(0.1)
            continue
        return
    raise AssertionError(f"the server did not start:\n{log.read_text()}")
