"""Writes tests/upgrade/<name>.sql.gz: a small division as this version stores it, for later versions to migrate.

.venv/bin/python -m scripts.make_upgrade_dump 0002-house
"""

import gzip
import os
import sqlite3
import sys
from contextlib import closing
from datetime import timedelta
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
    """Every kind of row of the register: confirmed, logged, asked, from paper, with the office; and an appointment."""
    from telemachus.meetings.models import AppointmentToMeet, Meeting, TalkWish
    from telemachus.pairing.models import Pause
    from tests.cast import NOW, rise

    cast = rise(NOW)
    meetings, now = Meeting.objects, NOW
    meetings.log(cast.mei_osei, day=cast.ago(90), by=cast.mei, now=now).confirm(by=cast.osei, now=now)
    meetings.log(cast.jonas_osei, day=cast.ago(60), by=cast.osei, now=now - timedelta(days=20)).count(now=now)
    meetings.log(cast.tomas_director, day=cast.ago(3), by=cast.tomas, now=now)
    meetings.ask(cast.lucia_chief, day=cast.ago(1), now=now)
    paper = Meeting.How.REGISTER
    meetings.record_for_pair(cast.sofia_other, day=cast.ago(200), how=paper, by=cast.other_coordinator, now=now)
    kind = Meeting.Kind.DIRECTOR
    meetings.record_with_office(cast.digestive, kind, cast.mei, day=cast.ago(30), by=cast.director, now=now)
    AppointmentToMeet.arrange(cast.mei_osei, at=now + timedelta(days=5), by=cast.abebe, now=now)
    TalkWish.express(cast.jonas_osei, by=cast.jonas, now=now)
    pause = Pause(program=cast.digestive, person=cast.halloran, begins=cast.ago(10), until=cast.ago(-80))
    pause.start(by=cast.director, now=now)


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
