"""CV and aspirations: a person's own page, and what the offices read and put in."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from telemachus.career.access import (
    OF_PAPERS,
    can_put_cv,
    visible_aspirations,
    visible_owners,
    visible_status_forms,
    visible_vitae,
)
from telemachus.career.forms import AspirationsForm, CvForm
from telemachus.career.models import Aspirations, CurriculumVitae
from telemachus.career.papers import cv_response
from telemachus.lib.document import Document
from telemachus.lib.errors import Refused
from telemachus.people.models import Person
from telemachus.people.requests import back_to, form_page, person_of, require, signed_in, typed
from telemachus.program.access import OFFICE, note_viewing, program_or_404
from telemachus.program.models import Program
from telemachus.program.views import page


@require_safe
@signed_in
def papers(request: HttpRequest, slug: str) -> HttpResponse:
    """One's own papers: what is here, and what is still missing."""
    user = person_of(request)
    program = program_or_404(user, slug, *OF_PAPERS)
    context = {
        "program": program,
        "cv": visible_vitae(user).filter(program=program, person=user).first(),
        "words": _answers(visible_aspirations(user).filter(program=program, person=user).first()),
        "status": visible_status_forms(user).filter(program=program, person=user).first(),
        "cv_form": CvForm(),
        "form": AspirationsForm(),
    }
    return render(request, "career/papers.html", context)


def _answers(written: Aspirations | None) -> dict[str, str]:
    """What was asked, in the words of the form, with what was answered; nothing of what was left empty."""
    if written is None:
        return {}
    labels = {name: str(field.label) for name, field in AspirationsForm().fields.items()}
    return {labels[name]: getattr(written, name) for name in Aspirations.ASKED if getattr(written, name)}


@form_page
def send_cv(request: HttpRequest, slug: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    program = program_or_404(user, slug, *OF_PAPERS)
    form = _cv_form(request)
    if request.method == "POST" and form.is_valid():
        _receive(program, user, form.document, by=user, now=now)
        messages.success(request, _("Your CV is here."))
        return back_to(request, "career:papers", slug)
    return page(request, "career/send_cv.html", form, program=program)


def _cv_form(request: HttpRequest) -> CvForm:
    return CvForm(typed(request), request.FILES if request.method == "POST" else None)


def _receive(program: Program, person: Person, document: Document, *, by: Person, now: datetime) -> None:
    CurriculumVitae.objects.receive(program, person, document=document, by=by, now=now)


@require_POST
@signed_in
def take_back_cv(request: HttpRequest, slug: str) -> HttpResponse:
    user = person_of(request)
    program = program_or_404(user, slug, *OF_PAPERS)
    found = get_object_or_404(visible_vitae(user), program=program, person=user)
    found.take_back(by=user, now=timezone.now())
    messages.success(request, _("Your CV is erased here. You can send one again whenever you like."))
    return back_to(request, "career:papers", slug)


@form_page
def write_aspirations(request: HttpRequest, slug: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    program = program_or_404(user, slug, *OF_PAPERS)
    written = visible_aspirations(user).filter(program=program, person=user).first()
    initial = {name: getattr(written, name) for name in Aspirations.ASKED} if written else {}
    form = AspirationsForm(typed(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            Aspirations.objects.write(program, user, by=user, now=now, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your aspirations are here."))
            return back_to(request, "career:papers", slug)
    return page(request, "career/write_aspirations.html", form, program=program)


@require_POST
@signed_in
def take_back_aspirations(request: HttpRequest, slug: str) -> HttpResponse:
    user = person_of(request)
    program = program_or_404(user, slug, *OF_PAPERS)
    found = get_object_or_404(visible_aspirations(user), program=program, person=user)
    found.take_back(by=user, now=timezone.now())
    messages.success(request, _("What you wrote is erased here. You can write again whenever you like."))
    return back_to(request, "career:papers", slug)


@require_safe
@signed_in
def cv(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    """The file itself, for its person and for the director."""
    user = person_of(request)
    program = program_or_404(user, slug)
    found = get_object_or_404(visible_vitae(user).select_related("person"), program=program, person=pk)
    if found.person != user:
        note_viewing(user, program, found.person, now=timezone.now())
    return cv_response(found)


@form_page
def put_cv(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    """A CV that came by mail, for people who do not send it here themselves."""
    user, now = person_of(request), timezone.now()
    program = program_or_404(user, slug, *OFFICE)
    person = get_object_or_404(visible_owners(user, program), pk=pk)
    require(can_put_cv(user, program, person))
    form = _cv_form(request)
    if request.method == "POST" and form.is_valid():
        _receive(program, person, form.document, by=user, now=now)
        messages.success(request, _("The CV of %(name)s is here.") % {"name": person})
        return back_to(request, "web:person", slug, pk)
    return page(request, "career/put_cv.html", form, program=program, person=person)


@require_safe
@signed_in
def aspirations(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    """What a person wrote, for the director."""
    user = person_of(request)
    program = program_or_404(user, slug)
    written = get_object_or_404(visible_aspirations(user), program=program, person=pk)
    if written.person != user:
        note_viewing(user, program, written.person, now=timezone.now())
    context = {"program": program, "written": written, "words": _answers(written)}
    return render(request, "career/aspirations.html", context)
