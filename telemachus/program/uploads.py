"""An import from the file to the last row, the same for every kind: brought, asked about, planned, written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy

from telemachus.audit.models import record
from telemachus.lib.errors import Conflict
from telemachus.lib.progress import Count, count, counting
from telemachus.lib.rows import Table
from telemachus.lib.table import read_table
from telemachus.people.models import Person
from telemachus.program.events import ProgramEvent
from telemachus.program.importing import Importer, Plan, forget, importers, remember, remembered
from telemachus.program.models import Program, Upload

LONGEST_NAME = 200
CHANGED = gettext_lazy(
    "The division has changed since you looked, so nothing was written. Please look at the new preview."
)


@dataclass(frozen=True)
class Work:
    """A file, read, with the answers that were given about it."""

    program: Program
    importer: Importer
    table: Table
    answers: Mapping[str, str]

    def plan(self, now: datetime) -> Plan:
        kept = remembered(self.program, self.importer.kind)
        return self.importer.plan(self.program, self.table, {**kept, **self.answers}, now)


def bring(program: Program, kind: str, name: str, content: bytes, *, by: Person, now: datetime) -> Upload:
    """Take the file in. Raises TableError, and keeps nothing, where it cannot be read.

    The same file again, while the first waits, is the first.
    """
    name = name[-LONGEST_NAME:]
    work_on(program, kind, name, content, {}).plan(now)
    with transaction.atomic():
        Program.objects.select_for_update(no_key=True).get(pk=program.pk)
        waiting = Upload.objects.filter(
            program=program, kind=kind, name=name, by=by, state=Upload.State.OPEN, content=content
        ).first()
        return waiting or Upload.objects.create(program=program, kind=kind, name=name, content=content, by=by, at=now)


def work_on(program: Program, kind: str, name: str, content: bytes, answers: Mapping[str, str]) -> Work:
    """Raises TableError."""
    return Work(program, importers()[kind], read_table(name, content), answers)


def work_of(upload: Upload) -> Work:
    return work_on(upload.program, upload.kind, upload.name, bytes(upload.content), upload.answers)


def ask_again(upload: Upload, question: str) -> None:
    """Take an answer back, one remembered from an earlier file too."""
    with transaction.atomic():
        upload.take_back(question)
        forget(upload.program, upload.kind, question)


def write(upload: Upload, *, by: Person, now: datetime) -> None:
    """The one transaction. Whatever stops it, nothing is written and the file waits again."""
    try:
        with transaction.atomic():
            tally = write_work(work_of(upload), seen=upload.seen, by=by, now=now, key=key_of(upload))
            upload.finish(tally=tally)
    except BaseException:
        upload.reopen()
        raise


def write_work(work: Work, *, seen: str, by: Person | None, now: datetime, key: str) -> dict[str, int]:
    """Plan once more under the program's lock and write it. Call it inside a transaction."""
    program = Program.objects.select_for_update(no_key=True).get(pk=work.program.pk)
    plan = work.plan(now)
    if plan.questions or plan.fingerprint != seen:
        raise Conflict(CHANGED)
    try:
        with counting(key, len(plan.lines)) as counter:
            tally = work.importer.write(program, plan, by, now, counter)
    except IntegrityError as error:
        # The lock is this program's; another one may have taken in the same person at the same moment.
        raise Conflict(CHANGED) from error
    remember(program, work.importer.kind, _given(plan, work.answers))
    if plan.work:
        record(ProgramEvent.IMPORTED, program, by=by, now=now, program=program, code=work.importer.kind)
    return tally


def key_of(upload: Upload) -> str:
    return f"upload:{upload.pk}"


def progress_of(upload: Upload) -> Count:
    """How far writing is; 0 of 0 before the first row."""
    return count(key_of(upload)) or Count(0, 0)


def _given(plan: Plan, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers of this file that were needed: only they are worth remembering."""
    return {question.key: answer for question, answer in plan.answered if question.key in answers and not question.once}
