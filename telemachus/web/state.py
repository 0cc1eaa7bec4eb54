"""Is this installation in order? One sentence for each part, with what to do."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

from telemachus.audit import erasures
from telemachus.audit.models import Event
from telemachus.lib.errors import Refused


@dataclass(frozen=True)
class Finding:
    fine: bool
    sentence: str


def tables_wait() -> int:
    """How many steps the database is behind the program."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def findings() -> Iterator[Finding]:
    yield from _settings()
    yield _var_dir()
    yield from _database()
    yield _mail()


def _settings() -> Iterator[Finding]:
    if settings.DEBUG and not settings.DEMO:
        yield Finding(False, _("DEBUG is on: pages of errors show the inside of the program. Take DEBUG out of .env."))
    if len(settings.SECRET_KEY) < 50:
        yield Finding(False, _("SECRET_KEY is short: set fifty random characters."))
    if not settings.BASE_URL.startswith("https://") and not (settings.DEBUG or settings.DEMO):
        yield Finding(False, _("BASE_URL is %(url)s: set the https address.") % {"url": settings.BASE_URL})
    yield Finding(True, _("The settings can be read."))


def _var_dir() -> Finding:
    folder = Path(settings.VAR_DIR)
    if not os.access(folder, os.W_OK):
        return Finding(
            False, _("%(folder)s cannot be written to: give it to the user who serves.") % {"folder": folder}
        )
    if folder.stat().st_mode & 0o007 and connection.vendor == "sqlite":
        return Finding(
            False, _("%(folder)s is open to everybody on this machine: run chmod 750 on it.") % {"folder": folder}
        )
    return Finding(True, _("%(folder)s can be written to.") % {"folder": folder})


def _database() -> Iterator[Finding]:
    try:
        connection.ensure_connection()
        waited = tables_wait()
    except DatabaseError as error:
        yield Finding(False, _("The database does not answer: %(error)s") % {"error": " ".join(str(error).split())})
        return
    if waited:
        yield Finding(False, _("The database is %(count)s steps behind. Run: telemachus migrate") % {"count": waited})
        return
    yield Finding(True, _("The database answers and is up to date."))
    yield _cache()
    yield _ledger()
    yield _outbox()


def _cache() -> Finding:
    key = str(uuid4())
    cache.set(key, key, 10)
    found = cache.get(key)
    cache.delete(key)
    if found != key:
        return Finding(False, _("The cache keeps nothing: sign-in is not rate-limited. Run: telemachus migrate"))
    return Finding(True, _("The cache keeps what it is given."))


def _ledger() -> Finding:
    try:
        erasures.installation()
    except Refused as error:
        return Finding(False, _("%(error)s Copy it back, or begin anew: telemachus migrate") % {"error": error})
    return Finding(True, _("The erasure ledger is in its place."))


def _outbox() -> Finding:
    """Pending events older than an hour: no worker runs, or a rule fails."""
    waiting = Event.objects.filter(pending__isnull=False, at__lt=timezone.now() - timedelta(hours=1)).count()
    if waiting:
        sentence = _("%(count)s events have waited for an hour. Is a worker running? Its log says more.")
        return Finding(False, sentence % {"count": waiting})
    return Finding(True, _("Nothing waits in the outbox for long."))


def _mail() -> Finding:
    try:
        mail = get_connection()
        mail.open()
        mail.close()
    except OSError as error:
        return Finding(False, _("The mail server does not answer: %(error)s. Look at EMAIL_URL.") % {"error": error})
    return Finding(True, _("The mail server answers."))
