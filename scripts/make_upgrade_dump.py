"""Writes tests/upgrade/<name>.sql.gz: a small division as this version stores it, for later versions to migrate.

.venv/bin/python -m scripts.make_upgrade_dump 0003-intake
"""

import gzip
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import django
from django.core.management import call_command

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "upgrade"


def main(name: str) -> None:
    with TemporaryDirectory() as place:
        database = Path(place, "division.sqlite3")
        os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": f"sqlite:///{database}"}
        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
        _play()
        _write(FOLDER / f"{name}.sql.gz", database)


def _play() -> None:
    """What the access matrix acts on: every kind of row, in every state."""
    from tests.cast import NOW, rise
    from tests.house.stage import set_up

    set_up(rise(NOW))


def _write(target: Path, database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        text = "\n".join(connection.iterdump()) + "\n"
    # No name and no time in the header: the same text gives the same file.
    target.write_bytes(gzip.compress(text.encode(), mtime=0))
    print(f"{target}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
