"""The server's processes: gunicorn, on SQLite one worker beside it, and what both need before they start."""

import logging
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.utils.translation import gettext as _
from gunicorn.config import KNOWN_SETTINGS  # type: ignore[import-untyped]

from telemachus.lib.errors import Refused

log = logging.getLogger(__name__)

SECONDS_BETWEEN_STARTS = 2.0
SECONDS_TO_STOP = 40


def serve(bind: str, *, workers: int) -> int:
    """Run until told to stop; returns gunicorn's exit code."""
    _refuse_taken(bind)
    collect_static()
    stop = _stop_when_told()
    server = subprocess.Popen(_gunicorn(bind, workers))
    worker = _start_worker() if settings.ON_SQLITE else None
    print(_("Serving on http://%(bind)s, until Ctrl-C.") % {"bind": bind}, flush=True)
    if worker is None:
        print(_("Mails and schedules need a worker beside it: telemachus worker"), flush=True)
    while not stop.wait(0.5) and server.poll() is None:
        if worker is not None and worker.poll() is not None:
            log.warning("the worker ended with %s and is started again", worker.returncode)
            stop.wait(SECONDS_BETWEEN_STARTS)
            worker = _start_worker()
    return _end(server, worker)


def collect_static() -> None:
    """Gather, hash and compress what the browser gets, where something is newer than what was gathered last."""
    if settings.DEBUG:
        return
    gathered = Path(settings.STATIC_ROOT, "staticfiles.json")
    if not gathered.exists() or _newest_source() > gathered.stat().st_mtime:
        print(_("Gathering static files."), flush=True)
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)


def _newest_source() -> float:
    sources = [Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([])]
    return max((path.stat().st_mtime for path in sources), default=0.0)


def _refuse_taken(bind: str) -> None:
    host, colon, port = bind.rpartition(":")
    if not colon or not port.isdigit():
        raise Refused(_("“%(bind)s” should be HOST:PORT, such as 127.0.0.1:8000.") % {"bind": bind})
    family = socket.AF_INET6 if host.startswith("[") else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), int(port)))
        except (OSError, OverflowError) as error:
            raise Refused(_("%(bind)s cannot be used: %(error)s") % {"bind": bind, "error": error}) from error


def _stop_when_told() -> threading.Event:
    stop = threading.Event()

    def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask_to_stop)
    return stop


def _gunicorn(bind: str, workers: int) -> list[str]:
    """No access log; and should somebody turn it on, its lines hold no path: a path may carry a token."""
    command = [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", bind]
    command += ["--worker-class", "gthread", "--workers", str(workers), "--threads", "8", "--timeout", "60"]
    command += ["--access-logformat", "%(t)s %(m)s %(s)s %(L)s", "--log-level", "warning"]
    if "control_socket_disable" in {setting.name for setting in KNOWN_SETTINGS}:
        command.append("--no-control-socket")
    return command


def _start_worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "telemachus", "worker"])


def _end(server: subprocess.Popen[bytes], worker: subprocess.Popen[bytes] | None) -> int:
    """Ask both to finish what is under way, and wait."""
    running = [child for child in (server, worker) if child is not None]
    for child in running:
        if child.poll() is None:
            child.terminate()
    for child in running:
        try:
            child.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    return max(server.returncode, 0)
