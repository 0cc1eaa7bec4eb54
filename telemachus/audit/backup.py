"""One file that holds the whole database as it was at one moment, and the way back from it."""

import hashlib
import json
import os
import shutil
import tarfile
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from telemachus import __version__
from telemachus.audit import erasures
from telemachus.audit.engines import engine, refuse_missing_folder
from telemachus.lib.errors import Refused

FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    """The label of a backup: by it `restore` knows what it has in hand."""

    format: int
    telemachus: str
    engine: str
    made: str
    installation: str
    sha256: str
    migrations: list[str]


def backup(target: Path, *, now: datetime) -> None:
    """Write the backup to a new file that only its owner may read; it is whole or not there."""
    if target.exists():
        raise Refused(_("%(path)s is there already. Choose another name.") % {"path": target})
    if not target.parent.is_dir():
        raise Refused(_("The directory %(path)s does not exist.") % {"path": target.parent})
    erasures.begin()
    with TemporaryDirectory(dir=target.parent, prefix=".backup-") as place:
        copy, whole = Path(place, "database"), Path(place, "whole.tar")
        engine().copy_to(copy)
        _pack(whole, copy, now)
        whole.replace(target)
    erasures.sync(target.parent)


def restore(source: Path) -> int:
    """Into an empty place: the database, migrated forward, less what has been erased since; returns how many rows."""
    refuse_missing_folder()
    with TemporaryDirectory(dir=settings.VAR_DIR, prefix=".restore-") as place:
        copy = Path(place, "database")
        manifest = _unpack(source, copy)
        _refuse_unfit(manifest)
        _refuse_full_place()
        engine().take_in(copy)
    try:
        call_command("migrate", interactive=False, verbosity=0)
        erased = erasures.replay()
        connection.check_constraints()
    except BaseException:
        # Half a restore could show what was erased: nothing of it stays.
        engine().empty()
        raise
    return erased


def _pack(whole: Path, copy: Path, now: datetime) -> None:
    manifest = Manifest(
        format=FORMAT,
        telemachus=__version__,
        engine=connection.vendor,
        made=now.isoformat(timespec="seconds"),
        installation=erasures.installation(),
        sha256=_sum(copy),
        migrations=sorted(f"{app}.{name}" for app, name in MigrationLoader(connection).applied_migrations),
    )
    label = copy.with_name("manifest.json")
    label.write_text(json.dumps(asdict(manifest), indent=1))
    with open(os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        with tarfile.open(fileobj=file, mode="w") as tar:
            tar.add(label, arcname="manifest.json")
            tar.add(copy, arcname="database")
        file.flush()
        os.fsync(file.fileno())


def _unpack(source: Path, copy: Path) -> Manifest:
    try:
        with tarfile.open(source, mode="r:") as tar:
            manifest = Manifest(**json.load(_member(tar, "manifest.json")))
            with _member(tar, "database") as packed, copy.open("xb") as file:
                shutil.copyfileobj(packed, file)
    except (tarfile.TarError, KeyError, TypeError, ValueError, EOFError) as error:
        raise Refused(_("%(path)s is not a backup of Telemachus, or it is cut off.") % {"path": source}) from error
    if _sum(copy) != manifest.sha256:
        raise Refused(_("%(path)s is damaged: its checksum is wrong.") % {"path": source})
    return manifest


def _member(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    found = tar.extractfile(name)
    if found is None:
        raise KeyError(name)
    return found


def _refuse_unfit(manifest: Manifest) -> None:
    if manifest.engine != connection.vendor:
        raise Refused(
            _("This backup is of %(theirs)s, DATABASE_URL names %(ours)s. Restore it to the same kind of database.")
            % {"theirs": manifest.engine, "ours": connection.vendor}
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if manifest.format != FORMAT or not known.issuperset(manifest.migrations):
        raise Refused(
            _("This backup was made by Telemachus %(theirs)s, which is newer than this %(ours)s. Install that version.")
            % {"theirs": manifest.telemachus, "ours": __version__}
        )
    if erasures.installation() != manifest.installation:
        raise Refused(
            _("The erasure ledger is another installation's. Put the one that belongs to this backup in its place.")
        )


def _refuse_full_place() -> None:
    """Empty is a database without tables, or ours without people."""
    people = get_user_model()
    tables = connection.introspection.table_names()
    if tables and (people._meta.db_table not in tables or people._default_manager.exists()):
        raise Refused(_("The database is not empty. A backup is restored to an empty place only: name a new one."))


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
