"""The director names colleagues to a mentee, with reasons (R6), and asks those whom the mentee chose (R7)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from telemachus.lib.errors import Conflict, Refused
from telemachus.pairing.access import can_ask, can_exempt, can_list, visible_shortlists
from telemachus.pairing.models import Exemption, Shortlist
from telemachus.pairing.requesting import Excluded, name
from telemachus.pairing.requesting import ask as ask_next
from telemachus.pairing.rules import LIFTED, facts, sentence
from telemachus.pairing.search import Search, colleagues, search
from telemachus.pairing.shortlist_forms import ExemptForm, ShortlistForm, WhyNotForm
from telemachus.pairing.why_not import why_not
from telemachus.people.models import Person
from telemachus.people.requests import back_to, form_page, person_of, require, signed_in, typed
from telemachus.program.access import note_viewing, program_or_404
from telemachus.program.models import Program, Role
from telemachus.program.views import page

# Who may look for a mentor: a recruit of a higher rank as well, where he or she wishes it.
SEEKING = (Role.Kind.MENTEE, Role.Kind.COLLEAGUE)


@form_page
def shortlist(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    program = program_or_404(user, slug)
    mentee = _mentee_or_404(user, program, pk, now)
    found = search(program, mentee, user, now)
    form = ShortlistForm(typed(request), search=found)
    if request.method == "POST" and form.is_valid():
        try:
            name(program, mentee, form.named(), by=user, now=now)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _sent(found, form, user))
            return back_to(request, "web:today")
    note_viewing(user, program, mentee, now=now)
    return page(request, "pairing/shortlist.html", form, search=found, program=program, **_why(request, found, now))


def _mentee_or_404(user: Person, program: Program, pk: UUID, now: datetime) -> Person:
    """Somebody whose search the reader runs; for everybody else it is missing."""
    here = Role.objects.filter(program=program, kind__in=SEEKING).on(program.day(now))
    mentee = get_object_or_404(Person.objects.filter(pk__in=here.values("person")), pk=pk)
    if not can_list(user, program, mentee):
        raise Http404
    return mentee


def _sent(found: Search, form: ShortlistForm, user: Person) -> str:
    if found.deputy and any(mentor == user for mentor, _reason in form.named()):
        words = {"mentee": found.mentee, "deputy": found.deputy}
        return _("The list is sent. The search of %(mentee)s is with %(deputy)s from now on.") % words
    return _("The list is sent; now %(mentee)s chooses.") % {"mentee": found.mentee}


def _why(request: HttpRequest, found: Search, now: datetime) -> dict[str, Any]:
    """Why not somebody: asked by the address, so that it works without script and can be gone back to."""
    user = person_of(request)
    nobody = {
        found.mentee: _("This is %(name)s, for whom you are looking.") % {"name": found.mentee},
        user: _("This is you. What speaks against somebody is never told to that person; another director can ask."),
    }
    data = request.GET if request.GET.get("why") else None
    asked = WhyNotForm(data, people=colleagues(found, user, now), nobody=nobody)
    if not asked.is_valid():
        return {"why_form": asked}
    mentor = asked.cleaned_data["why"]
    against = found.known.cohort.facts[found.mentee.pk].why_not(mentor.pk)
    return {
        "why_form": asked,
        "why": mentor,
        "said": why_not(found, mentor, against),
        "can_exempt": bool(LIFTED & set(against)) and can_exempt(user, found.program, found.mentee, mentor),
    }


@form_page
def exempt(request: HttpRequest, slug: str, pk: UUID, mentor: UUID) -> HttpResponse:
    """Supervisor and chief are excluded; the mentee's wish and the director's record lift that (R9)."""
    user, now = person_of(request), timezone.now()
    program = program_or_404(user, slug)
    mentee = _mentee_or_404(user, program, pk, now)
    wanted = get_object_or_404(Person.objects.filter(roles__program=program).distinct(), pk=mentor)
    require(can_exempt(user, program, mentee, wanted))
    against = [why for why in facts(program, mentee, now).why_not(wanted.pk) if why in LIFTED]
    if not against:
        raise Conflict(
            _("Nothing of this kind stands between %(one)s and %(other)s.") % {"one": mentee, "other": wanted}
        )
    form = ExemptForm(typed(request), mentee=mentee, day=program.day(now))
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        Exemption.objects.allow(program, mentee=mentee, mentor=wanted, by=user, on=on, now=now)
        messages.success(
            request, _("%(mentor)s can be named to %(mentee)s now.") % {"mentor": wanted, "mentee": mentee}
        )
        return back_to(request, "pairing:shortlist", slug, pk)
    said = [sentence(why, mentee, wanted) for why in against]
    return page(request, "pairing/exempt.html", form, mentee=mentee, mentor=wanted, against=said, program=program)


@require_POST
@signed_in
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The mentee's next choice, or with `mentor` another one of the choices, where the next cannot be asked."""
    user, now = person_of(request), timezone.now()
    found = get_object_or_404(visible_shortlists(user), pk=pk)
    require(can_ask(user, found))
    try:
        asked = ask_next(found, _key(request.POST.get("mentor", "")), by=user, now=now)
    except Excluded as refusal:
        messages.error(request, f"{refusal} {_instead(found, now)}")
        # Where the others can be asked and a new list made: on the page before, the same button stands again.
        return redirect("pairing:shortlist", found.program.slug, found.mentee_id)
    words = {"mentor": asked.mentor, "day": date_format(asked.until, "j F")}
    messages.success(request, _("%(mentor)s is asked, and has until %(day)s to answer.") % words)
    return back_to(request, "web:today")


def _instead(shortlist: Shortlist, now: datetime) -> str:
    known = facts(shortlist.program, shortlist.mentee, now)
    left = [one.mentor for one in shortlist.left_to_ask() if not known.why_not(one.mentor_id)]
    if not left:
        return _("Nobody is left whom %(mentee)s chose: make a new list.") % {"mentee": shortlist.mentee}
    return _("Ask %(next)s instead, or make a new list.") % {"next": left[0]}


def _key(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise Http404 from error
