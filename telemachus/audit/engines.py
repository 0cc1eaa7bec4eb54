"""How each database gives a consistent copy of itself, takes one in, and is emptied."""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _

from telemachus.lib.errors import Refused


@dataclass(frozen=True)
class Engine:
    """`copy_to` and `take_in` work on one file; `empty` leaves no table."""

    copy_to: Callable[[Path], None]
    take_in: Callable[[Path], None]
    empty: Callable[[], None]


def engine() -> Engine:
    """That of the database in use."""
    return ENGINES[connection.vendor]


def refuse_missing_folder() -> None:
    """SQLite keeps the database in a folder, which is not made for it: the name may be mistyped."""
    if connection.vendor == "sqlite" and not _sqlite_file().parent.is_dir():
        raise Refused(_("The directory %(path)s does not exist.") % {"path": _sqlite_file().parent})


def _copy_sqlite(target: Path) -> None:
    """One read transaction: writers go on meanwhile, and none of their work is in the copy by half."""
    with closing(sqlite3.connect(_sqlite_file(), timeout=60)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        # The copy is one file: no log beside it.
        copy.execute("PRAGMA journal_mode=DELETE")


def _take_in_sqlite(source: Path) -> None:
    with closing(sqlite3.connect(source)) as copy:
        if copy.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise Refused(_("The database in this backup is damaged."))
    _empty_sqlite()
    target = _sqlite_file()
    beside = target.with_name(target.name + ".restoring")
    shutil.copyfile(source, beside)
    beside.chmod(0o600)
    beside.replace(target)


def _empty_sqlite() -> None:
    connection.close()
    for ending in ("", "-wal", "-shm"):
        Path(f"{_sqlite_file()}{ending}").unlink(missing_ok=True)


def _sqlite_file() -> Path:
    return Path(connection.settings_dict["NAME"])


def _copy_postgresql(target: Path) -> None:
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}", _database())


def _take_in_postgresql(source: Path) -> None:
    # --clean: the place may hold the empty tables of `telemachus migrate`.
    options = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
    connection.close()
    _run("pg_restore", *options, f"--dbname={_database()}", str(source))


def _empty_postgresql() -> None:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE")


def _database() -> str:
    return str(connection.settings_dict["NAME"])


def _run(tool: str, *arguments: str) -> None:
    """Run PostgreSQL's own tool against the database in use; its last line of complaint becomes ours."""
    _refuse_old(tool)
    done = subprocess.run(
        [tool, *arguments], env=_postgresql_environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        complaint = (done.stderr.strip() or "?").splitlines()[0]
        raise Refused(_("%(tool)s did not succeed: %(complaint)s") % {"tool": tool, "complaint": complaint})


def _refuse_old(tool: str) -> None:
    if shutil.which(tool) is None:
        raise Refused(_("%(tool)s is not installed. Install PostgreSQL's client programs.") % {"tool": tool})
    said = subprocess.run([tool, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"\) (\d+)", said)
    connection.ensure_connection()
    server = connection.pg_version // 10000  # type: ignore[attr-defined]
    if found and int(found[1]) < server:
        raise Refused(
            _("%(tool)s is version %(tool_version)s, the server %(server)s: install the client programs of the server.")
            % {"tool": tool, "tool_version": found[1], "server": server}
        )


def _postgresql_environment() -> dict[str, str]:
    """The connection by environment: a password in an argument could be read by every user of the machine."""
    known = {**connection.settings_dict, **connection.settings_dict["OPTIONS"]}
    names = {
        "PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGSERVICE": "service",
        "PGPASSFILE": "passfile", "PGSSLMODE": "sslmode", "PGSSLROOTCERT": "sslrootcert", "PGSSLCERT": "sslcert",
        "PGSSLKEY": "sslkey",
    }  # fmt: skip
    return {**os.environ, **{theirs: str(known[ours]) for theirs, ours in names.items() if known.get(ours)}}


ENGINES = {
    "sqlite": Engine(_copy_sqlite, _take_in_sqlite, _empty_sqlite),
    "postgresql": Engine(_copy_postgresql, _take_in_postgresql, _empty_postgresql),
}
