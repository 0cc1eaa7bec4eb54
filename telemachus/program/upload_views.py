"""Pages of an import: bring a file, answer what is asked, see what would happen, write it."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from telemachus.lib.rows import TableError
from telemachus.people.requests import person_of, signed_in
from telemachus.program.access import OFFICE, program_or_404, visible_uploads
from telemachus.program.importing import Plan, Question, importers
from telemachus.program.models import Program, Upload
from telemachus.program.preview import answered, line_groups, oddity_groups, said
from telemachus.program.tasks import start_writing
from telemachus.program.upload_forms import FileForm
from telemachus.program.uploads import ask_again as take_back
from telemachus.program.uploads import progress_of, work_of

FINGERPRINT = re.compile("[0-9a-f]{64}")


@require_safe
@signed_in
def imports(request: HttpRequest, slug: str) -> HttpResponse:
    """The kinds of file, and those that wait."""
    program = program_or_404(person_of(request), slug, *OFFICE)
    return _imports(request, program, [FileForm(importer) for importer in importers().values()])


def _imports(request: HttpRequest, program: Program, forms: list[FileForm]) -> HttpResponse:
    uploads = visible_uploads(person_of(request)).filter(program=program).defer("content").order_by("-at")
    context = {
        "program": program,
        "forms": forms,
        "waiting": [upload for upload in uploads if upload.state != Upload.State.WRITTEN],
        "written": [(upload, said(upload.tally)) for upload in uploads if upload.state == Upload.State.WRITTEN],
    }
    return render(request, "program/imports.html", context, status=422 if any(form.errors for form in forms) else 200)


@require_POST
@signed_in
def bring(request: HttpRequest, slug: str) -> HttpResponse:
    user = person_of(request)
    program = program_or_404(user, slug, *OFFICE)
    wanted = request.POST.get("kind", "")
    forms = [
        FileForm(importer, request.POST, request.FILES) if kind == wanted else FileForm(importer)
        for kind, importer in importers().items()
    ]
    for form in forms:
        if form.is_bound and (brought := form.bring(program, by=user, now=timezone.now())):
            return redirect("program:upload", slug, brought.pk)
    return _imports(request, program, forms)


@require_safe
@signed_in
def upload(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """What is asked, what would happen, how far it is, or what was done."""
    found = _found(request, slug, pk)
    context = {"upload": found, "program": found.program, "importer": importers()[found.kind]}
    match found.state:
        case Upload.State.WRITING:
            context |= {"count": progress_of(found)}
        case Upload.State.WRITTEN:
            context |= {"said": said(found.tally)}
        case _:
            context |= _planned(found, timezone.now())
    return render(request, "program/upload.html", context)


def _planned(found: Upload, now: datetime) -> dict[str, Any]:
    try:
        plan = work_of(found).plan(now)
    except TableError as error:
        # An answer, or one taken back, can show that the file is of another kind.
        return {"refused": error.sentences}
    return {
        "plan": plan,
        "said": said(plan.tally),
        "answered": answered(plan),
        "oddities": oddity_groups(plan),
        "lines": line_groups(plan),
        "has_changed": bool(found.seen) and found.seen != plan.fingerprint,
        "was_stopped": bool(found.seen) and found.seen == plan.fingerprint,
    }


@require_safe
@signed_in
def progress(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """The bar alone, once a second; the page itself where it is over, or where no script asks."""
    found = _found(request, slug, pk)
    if not request.headers.get("HX-Request"):
        return redirect("program:upload", slug, pk)
    if found.state != Upload.State.WRITING:
        return HttpResponseClientRefresh()
    context = {"upload": found, "program": found.program, "count": progress_of(found)}
    return render(request, "program/upload_progress.html", context)


@require_POST
@signed_in
def answer(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    found = _found(request, slug, pk)
    questions = work_of(found).plan(timezone.now()).questions if found.state == Upload.State.OPEN else ()
    taken = _taken(request, questions)
    if questions:
        found.answer(taken)
    if left := len(questions) - len(taken):
        sentence = ngettext("%(count)s question is still open.", "%(count)s questions are still open.", left)
        messages.warning(request, sentence % {"count": left})
    return redirect("program:upload", slug, pk)


@require_POST
@signed_in
def ask_again(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    found = _found(request, slug, pk)
    wanted = request.POST.get("question", "")
    plan = work_of(found).plan(timezone.now()) if found.state == Upload.State.OPEN else Plan()
    if wanted in {question.key for question, _answer in plan.answered}:
        take_back(found, wanted)
    return redirect("program:upload", slug, pk)


@require_POST
@signed_in
def write(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """A second click finds it written, or under way, and is shown that."""
    found = _found(request, slug, pk)
    if found.state == Upload.State.OPEN:
        start_writing(found, seen=_seen(request), by=person_of(request), now=timezone.now())
    return redirect("program:upload", slug, pk)


@require_POST
@signed_in
def drop(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    _found(request, slug, pk).drop()
    return redirect("program:imports", slug)


def _taken(request: HttpRequest, questions: Sequence[Question]) -> dict[str, str]:
    given = [(question, request.POST.get(question.field, "")) for question in questions]
    return {question.key: value for question, value in given if value in dict(question.choices)}


def _seen(request: HttpRequest) -> str:
    """The fingerprint of the preview; anything else is none."""
    seen = request.POST.get("seen", "")
    return seen if FINGERPRINT.fullmatch(seen) else ""


def _found(request: HttpRequest, slug: str, pk: UUID) -> Upload:
    program = program_or_404(person_of(request), slug, *OFFICE)
    return get_object_or_404(visible_uploads(person_of(request)), program=program, pk=pk)
