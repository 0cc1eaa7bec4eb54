"""Set-up: the program's numbers, its people and their roles; and naming who arranges one's times."""

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from telemachus.lib.errors import Refused
from telemachus.people.forms import DelegateForm
from telemachus.people.requests import form_page, person_of, require, signed_in, typed
from telemachus.program.access import (
    Kind,
    can_end_role,
    program_or_404,
    standing_roles,
    visible_roles,
)
from telemachus.program.delegates import delegate_for
from telemachus.program.forms import LastDayForm, PersonForm, RoleForm, SettingsForm
from telemachus.program.models import add_person_to


@require_safe
@signed_in
def setup(request: HttpRequest, slug: str) -> HttpResponse:
    user = person_of(request)
    program = program_or_404(user, slug, Kind.DIRECTOR)
    day = program.day(timezone.now())
    offices = visible_roles(user, program).exclude(kind__in=[Kind.MENTEE, Kind.MENTOR, Kind.COLLEAGUE])
    context = {"program": program, "offices": offices.on(day).order_by("kind", "person__sort_name")}
    return render(request, "program/setup.html", context)


@form_page
def change_settings(request: HttpRequest, slug: str) -> HttpResponse:
    user = person_of(request)
    program = program_or_404(user, slug, Kind.DIRECTOR)
    form = SettingsForm(typed(request), instance=program)
    if request.method == "POST" and form.is_valid():
        program.change_settings(by=user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("program:setup", slug)
    return page(request, "program/change_settings.html", form, program=program)


@form_page
def add_person(request: HttpRequest, slug: str) -> HttpResponse:
    user = person_of(request)
    program = program_or_404(user, slug, Kind.DIRECTOR)
    form = PersonForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            person = add_person_to(program, by=user, now=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("%(name)s is here and can sign in.") % {"name": person})
            return redirect("program:setup", slug)
    return page(request, "program/add_person.html", form, program=program)


@form_page
def grant_role(request: HttpRequest, slug: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    program = program_or_404(user, slug, Kind.DIRECTOR)
    form = RoleForm(typed(request), program=program, initial={"since": program.day(now)})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            role = program.grant(
                given["person"], Kind(given["kind"]), since=given["since"], until=given["until"], by=user, now=now
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = {"name": role.person, "role": role.get_kind_display()}
            messages.success(request, _("%(name)s has the role of %(role)s now.") % words)
            return redirect("program:setup", slug)
    return page(request, "program/grant_role.html", form, program=program)


@form_page
def end_role(request: HttpRequest, pk: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    role = get_object_or_404(standing_roles(user), pk=pk)
    require(can_end_role(user, role))
    form = LastDayForm(typed(request), initial={"on": role.until or role.program.day(now)})
    if request.method == "POST" and form.is_valid():
        try:
            role.refuse_tied(on=form.cleaned_data["on"], by=user)
            role.end(on=form.cleaned_data["on"], by=user, now=now)
        except Refused as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, _("The role of %(name)s has its last day.") % {"name": role.person})
            return redirect("web:today") if role.person == user else redirect("program:setup", role.program.slug)
    last = role.is_last_director(role.program.day(now))
    return page(request, "program/end_role.html", form, role=role, program=role.program, last_director=last)


@form_page
def name_delegate(request: HttpRequest) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    form = DelegateForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            delegate = delegate_for(user, form.cleaned_data["email"])
            user.name_delegate(delegate, since=timezone.localdate(), now=now)
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("%(name)s can arrange times for you now.") % {"name": delegate})
            return redirect("people:settings")
    return page(request, "program/name_delegate.html", form)


def page(request: HttpRequest, template: str, form: BaseForm | None = None, **context: object) -> HttpResponse:
    """A page with one form; what could not be taken answers 422."""
    return render(request, template, {"form": form, **context}, status=422 if form and form.errors else 200)
