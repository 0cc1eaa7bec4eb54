"""`telemachus import register FILE`: says what it asks and what it would do, never prompts, and writes all or nothing."""

import json
from collections.abc import Iterator, Mapping
from typing import TextIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from telemachus.lib.table import TableError
from telemachus.program.importing import Does, Plan, Question
from telemachus.program.models import Program, Upload
from telemachus.program.preview import said
from telemachus.program.uploads import work_on, write_work

DONE, TO_ANSWER = 0, 2


def run(*, program: Program, name: str, content: bytes, answers: Mapping[str, str], dry_run: bool, out: TextIO) -> int:
    """0 where it is done, or could be; 2 where questions are open or the file cannot be read: nothing is written."""
    try:
        plan = _import(program, name, content, answers, dry_run=dry_run)
    except TableError as error:
        _print(error.sentences, out)
        return TO_ANSWER
    _print(_told(plan, answers), out)
    if plan.questions:
        return TO_ANSWER
    _print(["", _end(dry_run) % {"tally": said(plan.tally)}], out)
    return DONE


def _import(program: Program, name: str, content: bytes, answers: Mapping[str, str], *, dry_run: bool) -> Plan:
    now = timezone.now()
    work = work_on(program, Upload.Kind.REGISTER, name, content, answers)
    with transaction.atomic():
        # Locked before it is planned: of two at once the second plans with what the first wrote.
        Program.objects.select_for_update().get(pk=program.pk)
        plan = work.plan(now)
        if not plan.questions and not dry_run:
            write_work(work, seen=plan.fingerprint, by=None, now=now, key=f"register:{program.pk}")
    return plan


def _print(lines: Iterator[str] | list[str], out: TextIO) -> None:
    for line in lines:
        print(line, file=out)


def _end(dry_run: bool) -> str:
    return _("Nothing was written. It would be: %(tally)s.") if dry_run else _("Written: %(tally)s.")


def _told(plan: Plan, answers: Mapping[str, str]) -> Iterator[str]:
    """Rows, then oddities, then questions: what has to be done next stands last."""
    yield from _rows(plan)
    for note in plan.notes:
        yield f"{note.sentence} {', '.join(note.details)}"
    yield from _oddities(plan)
    yield from _questions(plan, answers)
    if not plan.questions:
        yield from _unneeded(plan, answers)


def _rows(plan: Plan) -> Iterator[str]:
    for line in plan.lines:
        what = "; ".join([_does(line.does), *line.details])
        yield _("Row %(row)s, %(who)s: %(what)s") % {"row": line.row, "who": line.who or _("nobody"), "what": what}


def _does(does: Does) -> str:
    words = {
        Does.CREATE: _("new"),
        Does.CHANGE: _("changed"),
        Does.LEAVE: _("here already"),
        Does.SKIP: _("not taken"),
    }
    return words[does]


def _oddities(plan: Plan) -> Iterator[str]:
    if plan.oddities:
        yield ""
        yield _("What cannot be taken as it stands, or should be looked at:")
    for oddity in plan.oddities:
        yield "  " + _("Row %(row)s, %(column)s, “%(value)s”: %(sentence)s") % {
            "row": oddity.row, "column": oddity.column, "value": oddity.value, "sentence": oddity.sentence,
        }  # fmt: skip


def _questions(plan: Plan, answers: Mapping[str, str]) -> Iterator[str]:
    if plan.questions:
        yield ""
        yield _('Nothing was written. Please answer, as {"key": "choice"} in a file given with --answers:')
    for question in plan.questions:
        yield from _question(question, answers.get(question.key))


def _question(question: Question, given: str | None) -> Iterator[str]:
    yield ""
    rows = ", ".join(map(str, question.rows))
    in_rows = _(" (in row %(rows)s)") % {"rows": rows} if rows else ""
    yield f"  {question.sentence}{in_rows}"
    if question.why:
        yield f"    {question.why}"
    if given is not None:
        yield "    " + _("“%(answer)s” is none of the choices.") % {"answer": given}
    yield "    " + _("key: %(key)s") % {"key": json.dumps(question.key, ensure_ascii=False)}
    for choice, label in question.choices:
        yield f"      {json.dumps(choice, ensure_ascii=False)}: {label}"


def _unneeded(plan: Plan, answers: Mapping[str, str]) -> Iterator[str]:
    needed = {question.key for question, _answer in plan.answered}
    for key in answers:
        if key not in needed:
            yield _("No question of this file has the key “%(key)s”: this answer was not needed.") % {"key": key}
