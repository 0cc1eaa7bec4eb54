"""An import from the command line, the same for every kind. It never prompts: it lists what is asked and says no."""

from collections.abc import Mapping
from typing import TextIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from telemachus.lib.errors import Conflict
from telemachus.lib.rows import TableError
from telemachus.program.importing import Plan, Question
from telemachus.program.models import Program
from telemachus.program.preview import oddity_groups, said
from telemachus.program.uploads import Work, work_on, write_work

WRITTEN, NOT_WRITTEN = 0, 2


def run_import(
    kind: str,
    *,
    program: Program,
    name: str,
    content: bytes,
    answers: Mapping[str, str],
    dry_run: bool,
    out: TextIO,
) -> int:
    """0 when written, or when a dry run could be; 2 when the file cannot be read or a question is open."""
    now = timezone.now()
    # In a JSON file an employee number may well stand without quotation marks.
    given = {key: str(answer) for key, answer in answers.items()}
    try:
        work = work_on(program, kind, name, content, given)
        plan = work.plan(now)
    except TableError as error:
        out.writelines(f"{sentence}\n" for sentence in error.sentences)
        return NOT_WRITTEN
    _remark(plan, given, out)
    _tell(plan, out)
    if plan.questions:
        out.write(_("Nothing is written. Put the answers into a JSON file and give it with --answers.") + "\n")
        return NOT_WRITTEN
    if dry_run:
        out.write(_("Nothing is written: this was a dry run.") + "\n")
        return WRITTEN
    return _write(work, plan, out)


def _write(work: Work, plan: Plan, out: TextIO) -> int:
    now = timezone.now()
    try:
        with transaction.atomic():
            tally = write_work(
                work, seen=plan.fingerprint, by=None, now=now, key=f"command:{work.program.pk}:{work.importer.kind}"
            )
    except Conflict as error:
        out.write(f"{error}\n")
        return NOT_WRITTEN
    out.write(_("Written: %(tally)s.") % {"tally": said(tally)} + "\n")
    return WRITTEN


def _remark(plan: Plan, given: Mapping[str, str], out: TextIO) -> None:
    """The answers that do not fit: an impossible one leaves its question open, one that nobody asked does no harm."""
    open_now = {question.key: question for question in plan.questions}
    answered = {question.key for question, _answer in plan.answered}
    for key, answer in given.items():
        if key in open_now:
            known = ", ".join(value for value, _label in open_now[key].choices)
            sentence = _("“%(answer)s” is no answer to %(key)s. Possible are: %(known)s.")
            out.write(sentence % {"answer": answer, "key": key, "known": known} + "\n")
        elif key not in answered:
            out.write(_("Nothing asks %(key)s: this answer is not used.") % {"key": key} + "\n")


def _tell(plan: Plan, out: TextIO) -> None:
    for question in plan.questions:
        _ask(question, out)
    for group in oddity_groups(plan, at_most=None):
        out.write(f"{group.heading}\n")
        for odd in group.rows:
            where = _("row %(row)s, column %(column)s: %(value)s")
            out.write("  " + where % {"row": odd.row, "column": odd.column or "–", "value": odd.value or "–"} + "\n")
    for line in plan.lines:
        if line.details:
            out.write(f"{line.row} {line.who}: {'; '.join(line.details)}\n")
    for note in plan.notes:
        out.write("\n  ".join((note.sentence, *note.details)) + "\n")
    out.write(_("In sum: %(tally)s.") % {"tally": said(plan.tally)} + "\n")


def _ask(question: Question, out: TextIO) -> None:
    rows = ", ".join(str(row) for row in question.rows)
    out.write(f"? {question.sentence} {question.why}\n")
    if rows:
        out.write("  " + _("Rows: %(rows)s") % {"rows": rows} + "\n")
    out.write(f"  {question.key}\n")
    out.writelines(f"    {value} = {label}\n" for value, label in question.choices)
