"""What was backed up comes back as it was, to an empty place only, less what has been erased since."""

import io
import json
import os
import tarfile
import threading
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections, transaction

from telemachus.audit import erasures
from telemachus.audit.backup import _member, backup, restore
from telemachus.audit.engines import engine
from telemachus.audit.erasures import record_erasure
from telemachus.audit.models import Event, Pending, record
from telemachus.lib.errors import Refused
from telemachus.meetings.models import Meeting
from telemachus.people.events import PersonEvent
from telemachus.people.models import Delegation, Person

pytestmark = pytest.mark.races

ROOMS = ("audit", "people", "program", "career", "pairing", "meetings", "notify")


def _rows() -> dict[str, list]:
    """Everything in every table of ours."""
    models = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    return {model._meta.label: list(model._base_manager.order_by("pk").values_list()) for model in models}


def _empty_place() -> None:
    engine().empty()
    assert connection.introspection.table_names() == []


@pytest.fixture
def taken(cast, now, tmp_path: Path) -> Path:
    """A backup of a division in which two have met."""
    Meeting.objects.log(cast.mei_osei, day=cast.ago(3), by=cast.mei, now=now).confirm(by=cast.osei, now=now)
    file = tmp_path / "division.tar"
    backup(file, now=now)
    return file


def test_restored_division_is_the_same(taken, cast):
    before = _rows()
    assert before["meetings.Meeting"]
    _empty_place()
    assert restore(taken) == 0
    assert _rows() == before


def test_restored_events_stand_as_before(taken, cast):
    _empty_place()
    restore(taken)
    with pytest.raises(Exception, match="never rewritten"):
        Event.objects.update(kind="people.changed")


def test_backup_is_for_its_owner_only_and_leaves_nothing_beside_it(taken):
    assert taken.stat().st_mode & 0o777 == 0o600
    assert not list(taken.parent.glob(".backup-*"))


def test_backup_overwrites_nothing(taken, now):
    size = taken.stat().st_size
    with pytest.raises(Refused, match="is there already"):
        backup(taken, now=now)
    assert taken.stat().st_size == size


def test_backup_needs_a_directory(own_database, tmp_path, now):
    with pytest.raises(Refused, match="does not exist"):
        backup(tmp_path / "nowhere" / "division.tar", now=now)


def test_restore_to_a_migrated_database_without_people(taken):
    before = _rows()
    _empty_place()
    call_command("migrate", interactive=False, verbosity=0)
    restore(taken)
    assert _rows() == before


def test_restore_refuses_a_place_with_people(taken):
    before = _rows()
    with pytest.raises(Refused, match="not empty"):
        restore(taken)
    assert _rows() == before


def test_restore_refuses_a_database_of_something_else(taken):
    _empty_place()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE theirs (number integer)")
    with pytest.raises(Refused, match="not empty"):
        restore(taken)
    assert connection.introspection.table_names() == ["theirs"]


def test_restore_refuses_without_the_ledger(taken, ledger):
    _empty_place()
    ledger.unlink()
    with pytest.raises(Refused, match="missing"):
        restore(taken)
    assert connection.introspection.table_names() == []


def test_restore_refuses_the_ledger_of_another_installation(taken, ledger):
    _empty_place()
    ledger.unlink()
    erasures.begin()
    with pytest.raises(Refused, match="another installation"):
        restore(taken)


def test_restore_refuses_a_ledger_that_cannot_be_read(taken, ledger):
    _empty_place()
    with ledger.open("a") as lines:
        lines.write('{"model": "people.per')
    with pytest.raises(Refused, match="cannot be read"):
        restore(taken)
    assert connection.introspection.table_names() == []


def _relabelled(taken: Path, **changes: object) -> Path:
    """The same backup with other words on its label."""
    other = taken.with_name("other.tar")
    with tarfile.open(taken) as source, tarfile.open(other, "w") as target:
        label = json.load(_member(source, "manifest.json")) | changes
        text = json.dumps(label).encode()
        info = tarfile.TarInfo("manifest.json")
        info.size = len(text)
        target.addfile(info, io.BytesIO(text))
        target.addfile(source.getmember("database"), _member(source, "database"))
    return other


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"engine": "oracle"}, "same kind of database"),
        (
            {"migrations": ["people.0099_from_the_future"], "telemachus": "9.0"},
            "made by Telemachus 9.0, which is newer",
        ),
        ({"format": 2}, "newer"),
        ({"sha256": "0" * 64}, "checksum"),
        ({"surprise": 1}, "not a backup"),
    ],
)
def test_restore_refuses_a_backup_that_does_not_fit(taken, changes, sentence):
    _empty_place()
    with pytest.raises(Refused, match=sentence):
        restore(_relabelled(taken, **changes))
    assert connection.introspection.table_names() == []


def test_restore_refuses_a_file_that_is_no_backup(taken, tmp_path):
    _empty_place()
    cut, prose, empty = tmp_path / "cut.tar", tmp_path / "prose.tar", tmp_path / "empty.tar"
    cut.write_bytes(taken.read_bytes()[: taken.stat().st_size // 2])
    prose.write_text("Tell me, Muse, of the man of many ways. " * 100)
    empty.touch()
    for file in (cut, prose, empty):
        with pytest.raises(Refused, match=r"not a backup|damaged"):
            restore(file)


def test_what_the_ledger_lists_does_not_come_back(taken, cast):
    assert Person.objects.filter(pk=cast.stranger.pk).exists()
    record_erasure("people.delegation", cast.oseis_delegation.pk, cast.today)
    record_erasure("people.person", cast.stranger.pk, cast.today)
    _empty_place()
    assert restore(taken) == 2
    assert not Person.objects.filter(pk=cast.stranger.pk).exists()
    assert not Delegation.objects.exists()
    assert Person.objects.filter(pk=cast.osei.pk).exists()


def test_ledger_is_replayed_in_an_order_that_works(taken, cast):
    """The person is listed first, though the pair still points to the person."""
    record_erasure("people.person", cast.lucia.pk, cast.today)
    record_erasure("pairing.pairing", cast.lucia_chief.pk, cast.today)
    _empty_place()
    restore(taken)
    assert not Person.objects.filter(pk=cast.lucia.pk).exists()


def test_restore_that_cannot_erase_leaves_nothing(taken, cast):
    record_erasure("people.person", cast.lucia.pk, cast.today)
    _empty_place()
    with pytest.raises(Refused, match="still need it"):
        restore(taken)
    assert connection.introspection.table_names() == []


def test_ledger_of_a_row_that_is_not_there_is_replayed(taken, cast):
    record_erasure("people.person", "0b0e7a5e-0000-4000-8000-000000000001", cast.today)
    _empty_place()
    assert restore(taken) == 0


def test_ledger_with_an_unknown_table_stops_the_restore(taken, cast):
    record_erasure("vault.page", 1, cast.today)
    _empty_place()
    with pytest.raises(Refused, match=r"vault\.page"):
        restore(taken)
    assert connection.introspection.table_names() == []


def test_backup_taken_while_others_write_is_of_one_moment(cast, now, tmp_path):
    """Event and Pending row are written in one transaction: in every copy there are as many of one as of the other."""
    stop = threading.Event()

    def write() -> None:
        try:
            while not stop.is_set():
                with transaction.atomic():
                    record(PersonEvent.CHANGED, cast.mei, by=None, now=now)
        finally:
            connections.close_all()

    writers = [threading.Thread(target=write) for _ in range(3)]
    for writer in writers:
        writer.start()
    counts = []
    for number in range(4):
        backup(tmp_path / f"{number}.tar", now=now)
        counts.append(Event.objects.count())
    stop.set()
    for writer in writers:
        writer.join()
    assert counts == sorted(set(counts)), "nobody wrote meanwhile"
    for number in (0, 3):
        _empty_place()
        restore(tmp_path / f"{number}.tar")
        assert 0 < Event.objects.count() == Pending.objects.count() <= counts[number]


@pytest.mark.postgres
def test_backup_says_what_is_missing(own_database, tmp_path, now, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused, match="pg_dump is not installed"):
        backup(tmp_path / "division.tar", now=now)
    (tmp_path / "pg_dump").write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6'\n")
    os.chmod(tmp_path / "pg_dump", 0o755)
    with pytest.raises(Refused, match="pg_dump is version 9"):
        backup(tmp_path / "division.tar", now=now)
    assert not (tmp_path / "division.tar").exists()
