"""The erasure ledger: ids of what was erased for good. It stands outside every backup, and `restore` replays it."""

import json
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import uuid4

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from telemachus.lib.errors import Refused


@dataclass(frozen=True)
class Erasure:
    """`model` is a label such as "people.person", `on` the day on which the row went."""

    model: str
    id: str
    on: str


def begin() -> bool:
    """Start the ledger with a new installation id; False where one stands already."""
    path = _path()
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    _append({"ledger": "telemachus.erasures", "format": 1, "installation": str(uuid4())}, os.O_CREAT | os.O_EXCL)
    sync(path.parent)
    return True


def installation() -> str:
    """The id that ties this ledger to its backups."""
    return _read()[0]


def record_erasure(model_label: str, pk: object, on: date) -> None:
    """Write the id down. Call it before the transaction that deletes: a deletion that fails is done again."""
    begin()
    _append({"model": model_label, "id": str(pk), "on": on.isoformat()})


def replay() -> int:
    """Delete the rows that the ledger lists; returns how many there were."""
    waiting = _read()[1]
    erased = 0
    while waiting:
        outcomes = [(erasure, _erase(erasure)) for erasure in waiting]
        left = [erasure for erasure, gone in outcomes if gone is None]
        erased += sum(gone or 0 for _erasure, gone in outcomes)
        # A row that others still point to goes in the next round, after them.
        if len(left) == len(waiting):
            raise Refused(
                _("The erasure ledger lists %(model)s %(id)s, but other rows still need it.")
                % {"model": left[0].model, "id": left[0].id}
            )
        waiting = left
    return erased


def sync(directory: Path) -> None:
    """A new name in the directory outlives a power cut."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _erase(erasure: Erasure) -> int | None:
    """How many rows went, those that go with it too; None where something holds it."""
    try:
        with transaction.atomic():
            return _model(erasure.model)._base_manager.filter(pk=erasure.id).delete()[0]
    except (ProtectedError, RestrictedError, DatabaseError):
        return None


def _model(label: str) -> type[models.Model]:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError) as error:
        raise Refused(
            _("The erasure ledger names “%(label)s”, which this version does not know.") % {"label": label}
        ) from error


def _path() -> Path:
    return Path(settings.ERASURE_LEDGER)


def _append(line: dict[str, object], flags: int = 0) -> None:
    handle = os.open(_path(), os.O_WRONLY | os.O_APPEND | flags, 0o600)
    try:
        os.write(handle, (json.dumps(line) + "\n").encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def _read() -> tuple[str, list[Erasure]]:
    """The installation's id and the erasures, oldest first. A line that cannot be read stops everything."""
    try:
        header, *lines = _path().read_text().splitlines()
    except (FileNotFoundError, ValueError) as error:
        raise Refused(
            _("The erasure ledger %(path)s is missing or empty: without it nobody knows who must not come back.")
            % {"path": _path()}
        ) from error
    try:
        return str(json.loads(header)["installation"]), [Erasure(**json.loads(line)) for line in lines]
    except (ValueError, TypeError, KeyError) as error:
        raise Refused(_("The erasure ledger %(path)s has a line that cannot be read.") % {"path": _path()}) from error
