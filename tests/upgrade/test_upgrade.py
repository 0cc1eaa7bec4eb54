"""The database of every landed issue goes forward to this version, and its register stays as it was.

The dumps are made by `scripts/make_upgrade_dump.py`, at the end of each issue, and never changed afterwards.
"""

import gzip
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.server import ROOT

DUMPS = sorted(Path(__file__).parent.glob("*.sql.gz"))

REGISTER = """
    SELECT program.slug, meeting.kind, meeting.day, meeting.state, meeting.how, mentee.sort_name, mentor.sort_name,
           person.sort_name, meeting.confirmed_at
    FROM meetings_meeting meeting
    JOIN program_program program ON program.id = meeting.program_id
    LEFT JOIN pairing_pairing pairing ON pairing.id = meeting.pairing_id
    LEFT JOIN people_person mentee ON mentee.id = pairing.mentee_id
    LEFT JOIN people_person mentor ON mentor.id = pairing.mentor_id
    LEFT JOIN people_person person ON person.id = meeting.person_id
    ORDER BY meeting.day, meeting.id
"""
ROOMS = ("audit_", "career_", "intake_", "meetings_", "pairing_", "people_", "program_")
EVENTS = "SELECT id, kind, subject, at FROM audit_event ORDER BY id"


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.name)
def test_register_of_an_earlier_version_stands(dump: Path, tmp_path: Path):
    database = tmp_path / "earlier.sqlite3"
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(gzip.decompress(dump.read_bytes()).decode())
        before = [connection.execute(query).fetchall() for query in (REGISTER, EVENTS)]
        rows = _rows(connection)
    assert len(before[0]) > 5

    assert "up to date" in _telemachus("migrate", database, tmp_path)
    with closing(sqlite3.connect(database)) as connection:
        assert [connection.execute(query).fetchall() for query in (REGISTER, EVENTS)] == before
        assert _rows(connection).items() >= rows.items(), "every row of every room has come along"
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        with pytest.raises(sqlite3.IntegrityError, match="never rewritten"):
            connection.execute("UPDATE audit_event SET kind = 'other'")
    assert "0 steps" in _telemachus("migrate", database, tmp_path)


def _rows(connection: sqlite3.Connection) -> dict[str, int]:
    """By table of our own rooms; those of the outbox come and go."""
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    kept = [name for name in tables if name.startswith(ROOMS) and name != "audit_pending"]
    return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in kept}


def test_there_is_something_to_upgrade():
    assert DUMPS


def _telemachus(act: str, database: Path, place: Path) -> str:
    variables = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    variables |= {"DATABASE_URL": f"sqlite:///{database}", "VAR_DIR": str(place / "var")}
    command = [sys.executable, "-m", "telemachus", act]
    return subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=True).stdout
