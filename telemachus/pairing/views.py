"""What the director does with pairs."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from telemachus.career.access import visible_absences
from telemachus.lib.errors import Refused
from telemachus.pairing import requesting
from telemachus.pairing.access import (
    can_enter,
    can_pause,
    can_resume,
    can_run,
    directed_pairings,
    visible_pairings,
    visible_pauses,
)
from telemachus.pairing.forms import EndForm, PairForm, PauseForm
from telemachus.pairing.models import Pairing, Pause
from telemachus.people.models import Person
from telemachus.people.requests import back_to, form_page, person_of, require, signed_in, typed
from telemachus.program.access import OFFICE, Kind, holds, note_viewing, program_or_404
from telemachus.program.models import Program
from telemachus.program.views import page


@form_page
def enter(request: HttpRequest, slug: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    program = program_or_404(user, slug)
    if not can_enter(user, program):
        raise Http404
    form = PairForm(typed(request), program=program, by=user, now=now, initial={"begins": program.day(now)})
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("mentee", "mentor", "begins")}
        try:
            pairing = requesting.enter(program, by=user, now=now, **given)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(pair)s: the pair stands.") % {"pair": pairing})
            return redirect(home_of(user, program))
    return page(request, "pairing/enter.html", form, program=program, home=home_of(user, program))


@form_page
def end(request: HttpRequest, pk: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    pairing = get_object_or_404(visible_pairings(user), pk=pk)
    require(can_run(user, pairing))
    pairing.refuse_ended()
    form = EndForm(typed(request), initial={"on": pairing.program.day(now)})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            pairing.end(on=given["on"], ending=Pairing.Ending(given["ending"]), by=user, now=now)
        except Refused as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, _("%(pair)s: the pair has ended.") % {"pair": pairing})
            return back_to(request, home_of(user, pairing.program))
    context = {"pairing": pairing, "program": pairing.program, "home": home_of(user, pairing.program)}
    return page(request, "pairing/end.html", form, **context)


def home_of(user: Person, program: Program) -> str:
    """The page from which one runs pairs: the register, and for a deputy the pairs that he or she runs."""
    if holds(user, program, *OFFICE):
        return reverse("meetings:register", args=[program.slug])
    return reverse("pairing:deputized")


@require_POST
@signed_in
def accept_from_paper(request: HttpRequest, pk: str) -> HttpResponse:
    user = person_of(request)
    pairing = get_object_or_404(visible_pairings(user), pk=pk)
    require(can_run(user, pairing))
    pairing.accept_from_paper(by=user, now=timezone.now())
    messages.success(request, _("%(pair)s: the pair stands.") % {"pair": pairing})
    return back_to(request, "web:today")


@require_POST
@signed_in
def refuse_from_paper(request: HttpRequest, pk: str) -> HttpResponse:
    user = person_of(request)
    pairing = get_object_or_404(visible_pairings(user), pk=pk)
    require(can_run(user, pairing))
    pairing.refuse_from_paper(by=user, now=timezone.now())
    messages.success(request, _("%(pair)s: taken out, with the dates that came with it.") % {"pair": pairing})
    return back_to(request, "web:today")


@form_page
def pause_pair(request: HttpRequest, pk: str) -> HttpResponse:
    user = person_of(request)
    pairing = get_object_or_404(visible_pairings(user), pk=pk)
    require(can_run(user, pairing))
    pairing.refuse_ended()
    return _pause(request, pairing.program, who=str(pairing), pairing=pairing)


@form_page
def pause_person(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    user = person_of(request)
    program = program_or_404(user, slug, Kind.DIRECTOR)
    person = get_object_or_404(Person.objects.filter(roles__program=program).distinct(), pk=pk)
    require(can_pause(user, program, person))
    return _pause(request, program, who=str(person), person=person)


def _pause(request: HttpRequest, program: Program, *, who: str, **paused: Any) -> HttpResponse:
    now, home = timezone.now(), home_of(person_of(request), program)
    form = PauseForm(typed(request), initial={"begins": program.day(now)})
    if request.method == "POST" and form.is_valid():
        try:
            Pause(program=program, **paused, **form.cleaned_data).start(by=person_of(request), now=now)
        except Refused as refusal:
            form.add_error("until", str(refusal))
        else:
            messages.success(request, _("%(who)s: paused for these days.") % {"who": who})
            return back_to(request, home)
    return page(request, "pairing/pause.html", form, program=program, who=who, home=home)


@require_POST
@signed_in
def resume(request: HttpRequest, pk: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    pause = get_object_or_404(visible_pauses(user), pk=pk)
    require(can_resume(user, pause))
    pause.resume(on=pause.program.day(now), by=user, now=now)
    messages.success(request, _("The pause is over."))
    return back_to(request, home_of(user, pause.program))


@require_safe
@signed_in
def absence(request: HttpRequest, pk: str) -> HttpResponse:
    user = person_of(request)
    found = get_object_or_404(visible_absences(user), pk=pk)
    note_viewing(user, found.program, found.person, now=timezone.now())
    pairings = directed_pairings(user).filter(program=found.program).of(found.person).active()
    mentors = holds(found.person, found.program, Kind.MENTOR)
    context = {"absence": found, "pairings": pairings, "program": found.program, "mentors": mentors}
    return page(request, "pairing/absence.html", None, **context)


@require_POST
@signed_in
def settle_absence(request: HttpRequest, pk: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    found = get_object_or_404(visible_absences(user), pk=pk)
    found.settle(by=user, on=found.program.day(now), now=now)
    messages.success(request, _("%(name)s: settled.") % {"name": found.person})
    return redirect("web:today")
