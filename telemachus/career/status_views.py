"""The Academic Status Form: completed by the coordinator, confirmed by its person, read by the offices."""

from django.contrib import messages
from django.db import transaction
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from telemachus.career.access import (
    can_complete_status,
    can_confirm_status,
    visible_owners,
    visible_status_forms,
)
from telemachus.career.models import Appointment, StatusForm
from telemachus.career.status_page import TABLES, StatusPage, whole_number, with_more_rows
from telemachus.lib.errors import Conflict
from telemachus.people.models import Person
from telemachus.people.requests import back_to, form_page, person_of, require, signed_in, typed
from telemachus.program.access import OFFICE, note_viewing, program_or_404
from telemachus.program.models import Program, Role


@require_safe
@signed_in
def status(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    user = person_of(request)
    program = program_or_404(user, slug)
    person = get_object_or_404(visible_owners(user, program), pk=pk)
    if person != user:
        note_viewing(user, program, person, now=timezone.now())
    context = {
        "program": program,
        "person": person,
        "is_own": person == user,
        "form": _written(program, person),
        "appointment": _appointment(program, person),
        "completes": can_complete_status(user, program, person),
    }
    return render(request, "career/status.html", context)


def _written(program: Program, person: Person) -> StatusForm | None:
    found = StatusForm.objects.filter(program=program, person=person, completed_on__isnull=False)
    return found.select_related("completed_by").prefetch_related("titles", "grants", "other_mentors__person").first()


def _appointment(program: Program, person: Person) -> Appointment | None:
    return Appointment.objects.filter(program=program, person=person).select_related("program", "supervisor").first()


@form_page
def complete_status(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    user = person_of(request)
    program = program_or_404(user, slug, *OFFICE)
    person = get_object_or_404(visible_owners(user, program), pk=pk)
    require(can_complete_status(user, program, person))
    table = request.POST.get("more", "")
    if table in TABLES:
        return _shown(request, _page(request, program, person, more=table), more=table)
    sheet = _page(request, program, person)
    if request.method == "POST" and sheet.is_valid():
        try:
            _complete(sheet, user)
        except Conflict as conflict:
            sheet.fields.add_error(None, str(conflict))
        else:
            messages.success(request, _("The form is complete; %(name)s is asked to confirm it.") % {"name": person})
            return redirect("career:status", slug, pk)
    return _shown(request, sheet)


def _page(request: HttpRequest, program: Program, person: Person, *, more: str = "") -> StatusPage:
    form = StatusForm.objects.filter(program=program, person=person).first()
    posted = typed(request)
    return StatusPage(
        form or StatusForm(program=program, person=person),
        _appointment(program, person),
        _division(program, person),
        posted=with_more_rows(posted, more) if posted is not None and more else posted,
    )


def _division(program: Program, person: Person) -> list[Person]:
    """Who of the division can be a clinical or research mentor of this person."""
    current = Role.objects.filter(program=program).exclude(kind=Role.Kind.ASSISTANT).on(program.day(timezone.now()))
    return list(Person.objects.filter(pk__in=current.values("person")).exclude(pk=person.pk).order_by("sort_name"))


def _complete(sheet: StatusPage, user: Person) -> None:
    now = timezone.now()
    with transaction.atomic():
        sheet.form.complete(by=user, now=now, rows=sheet.rows, **sheet.fields.cleaned_data)
        if sheet.appointment and sheet.of_appointment:
            sheet.appointment.correct(by=user, now=now, **sheet.of_appointment.cleaned_data)


def _shown(request: HttpRequest, sheet: StatusPage, *, more: str = "") -> HttpResponse:
    if more:
        _forgive(sheet, more)
    wrong = any(form.errors for form in sheet.judged)
    context = {"sheet": sheet, "program": sheet.form.program, "person": sheet.form.person, "wrong": wrong}
    return render(request, "career/complete_status.html", context, status=422 if wrong else 200)


def _forgive(sheet: StatusPage, more: str) -> None:
    """Somebody who asks for more rows is not done yet: nothing is judged, and the first new row has the cursor."""
    for form in sheet.judged:
        vars(form).update(_errors=ErrorDict(), cleaned_data={})
    rows = sheet.tables[more].forms
    new = next((row for row in rows if not any(row[name].data for name in row.fields)), None)
    if new:
        next(iter(new.visible_fields())).field.widget.attrs["autofocus"] = True


@require_POST
@signed_in
def confirm_status(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    form = _own(request, slug, pk)
    form.confirm(by=person_of(request), now=timezone.now())
    messages.success(request, _("Thank you: you have confirmed your status form."))
    return back_to(request, "career:status", slug, pk)


@require_POST
@signed_in
def not_right(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    form = _own(request, slug, pk)
    form.question(by=person_of(request), now=timezone.now())
    messages.success(request, _("The coordinator will ask you what is not right."))
    return back_to(request, "career:status", slug, pk)


def _own(request: HttpRequest, slug: str, pk: str) -> StatusForm:
    """The form as the person read it: with the revision that the page showed."""
    user = person_of(request)
    program = program_or_404(user, slug)
    form = get_object_or_404(visible_status_forms(user), program=program, person=pk)
    require(can_confirm_status(user, form))
    form.revision = whole_number(request.POST.get("revision", ""))
    return form
