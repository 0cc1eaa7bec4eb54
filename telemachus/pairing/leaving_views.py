"""A mentor leaves, or rests for long: who is concerned, and who stands in."""

from datetime import datetime

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemachus.lib.errors import Refused
from telemachus.pairing.access import can_run, visible_pairings
from telemachus.pairing.leaving import concerned, leave
from telemachus.pairing.models import Pairing
from telemachus.pairing.pair_forms import LeavingForm, StandInForm, ending_of
from telemachus.pairing.standing_in import refuse_at_work
from telemachus.pairing.standing_in import stand_in as begin_to_stand_in
from telemachus.pairing.suggest import suggest
from telemachus.people.models import Person
from telemachus.people.requests import back_to, form_page, person_of, require, typed
from telemachus.program.access import Kind, note_viewing, program_or_404
from telemachus.program.models import Program, Role
from telemachus.program.views import page


@form_page
def leaving(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    program = program_or_404(user, slug, Kind.DIRECTOR)
    mentor = get_object_or_404(_mentors(program), pk=pk)
    require(mentor != user)
    form = LeavingForm(typed(request), initial={"on": program.day(now)})
    if request.method == "POST" and form.is_valid():
        given = {"on": form.cleaned_data["on"], "role_ends": form.cleaned_data["role_ends"], "ending": ending_of(form)}
        try:
            ended = leave(program, mentor, by=user, now=now, **given)
        except Refused as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, _left(mentor, len(ended)))
            return redirect("pairing:leaving", slug, pk)
    note_viewing(user, program, mentor, now=now)
    found = concerned(program, mentor, by=user, now=now)
    return page(request, "pairing/leaving.html", form, program=program, mentor=mentor, concerned=found)


def _mentors(program: Program) -> QuerySet[Person]:
    return Person.objects.filter(roles__in=Role.objects.filter(program=program, kind=Kind.MENTOR)).distinct()


def _left(mentor: Person, ended: int) -> str:
    said = ngettext("%(name)s: one pair has ended.", "%(name)s: %(n)s pairs have ended.", ended)
    return said % {"name": mentor, "n": ended}


@form_page
def stand_in(request: HttpRequest, pk: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    pairing = get_object_or_404(visible_pairings(user).registered(), pk=pk)
    require(can_run(user, pairing))
    pairing.refuse_ended()
    refuse_at_work(pairing, now)
    form = StandInForm(typed(request), possible=_possible(pairing, user, now))
    if request.method == "POST" and form.is_valid():
        try:
            begun = begin_to_stand_in(pairing, mentor=form.cleaned_data["mentor"], by=user, now=now)
        except Refused as refusal:
            form.add_error("mentor", str(refusal))
        else:
            words = {"interim": begun.mentor, "mentor": pairing.mentor}
            messages.success(request, _("%(interim)s stands in for %(mentor)s.") % words)
            return back_to(request, "web:today")
    return page(request, "pairing/stand_in.html", form, pairing=pairing, program=pairing.program)


def _possible(pairing: Pairing, user: Person, now: datetime) -> list[Person]:
    """Against whom no rule speaks, best first; never oneself."""
    suggested = suggest(pairing.program, pairing.mentee, now)
    return [one.mentor for one in suggested if not one.why_not and one.mentor != user]
