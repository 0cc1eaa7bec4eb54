"""A senior colleague is asked, answers in private (R7), and the two are introduced (R8)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from telemachus.career.models import Appointment, Aspirations, CurriculumVitae
from telemachus.career.papers import cv_response
from telemachus.lib.errors import Conflict, Refused
from telemachus.pairing import requesting
from telemachus.pairing.access import asked_requests, can_answer, can_send, visible_requests
from telemachus.pairing.asking import asker
from telemachus.pairing.models import Need, Offer, Request, Term, places
from telemachus.pairing.request_forms import ToldForm
from telemachus.pairing.search import standing
from telemachus.pairing.vocabulary import words_of
from telemachus.people.models import Person
from telemachus.people.requests import back_to, form_page, person_of, require, signed_in, typed
from telemachus.program.access import note_viewing
from telemachus.program.views import page

# What was asked, as a mentor reads it. What sets limits was written for the director only, as the form says beside it.
ASPIRED = {
    "role_wanted": gettext_lazy("Role wished for"),
    "focus": gettext_lazy("What to focus on"),
    "series_fit": gettext_lazy("Whether the series fits"),
    "one_year": gettext_lazy("In a year"),
    "five_years": gettext_lazy("In five years"),
}


@require_safe
@signed_in
def request(request: HttpRequest, pk: UUID) -> HttpResponse:
    """For the mentor the question; for whoever asks, how it stands."""
    user, now = person_of(request), timezone.now()
    asked = get_object_or_404(visible_requests(user), pk=pk)
    context = {"asked": asked, "program": asked.program, "appointment": _appointment(asked)}
    if can_answer(user, asked):
        return render(request, "pairing/request.html", {**context, **_question(asked, now)})
    note_viewing(user, asked.program, asked.mentee, now=now)
    left = asked.shortlist.next_choice() if asked.state in ("declined", "withdrawn", "expired") else None
    against = requesting.spoken_against(asked, now) if asked.state in Request.HOLDING else []
    sent = {"standing": standing(asked), "left": left, "against": against}
    return render(request, "pairing/request_sent.html", {**context, **sent})


def _appointment(asked: Request) -> Appointment | None:
    mine = Appointment.objects.filter(program=asked.program, person=asked.mentee)
    return mine.select_related("program").first()


def _question(asked: Request, now: datetime) -> dict[str, Any]:
    """What the mentee ticked, what the part asks, and how much room the mentor has."""
    offer = Offer.objects.filter(person=asked.mentor).first() or Offer()
    mine = {"program": asked.program, "person": asked.mentee}
    needs = Need.objects.terms_of(asked.program, asked.mentee) if asked.papers.shows_needs else []
    written = Aspirations.objects.filter(**mine).first() if asked.papers.shows_aspirations else None
    return {
        "by": asker(asked, now),
        "cv": _cv(asked),
        "words": {label: said for name, label in ASPIRED.items() if (said := getattr(written, name, ""))},
        "needs": words_of(needs, Term.Kind.HELP),
        # The place that this request holds is not taken yet.
        "taken": places(asked.mentor) - 1,
        "room_for": asked.program.capacity if offer.places is None else offer.places,
    }


def _cv(asked: Request) -> CurriculumVitae | None:
    if not asked.papers.shows_cv:
        return None
    return CurriculumVitae.objects.filter(program=asked.program, person=asked.mentee).defer("content").first()


@require_safe
@signed_in
def request_cv(request: HttpRequest, pk: UUID) -> HttpResponse:
    """For the mentor who is asked, where the mentee ticked it. That it was read is recorded nowhere:

    by the days on which mentors looked, the mentee could count who declined.
    """
    asked = get_object_or_404(asked_requests(person_of(request)), pk=pk, shortlist__shows_cv=True)
    return cv_response(get_object_or_404(CurriculumVitae, program=asked.program, person=asked.mentee))


def _asked(request: HttpRequest, pk: UUID) -> tuple[Person, Request]:
    """The request, for its mentor; whoever sends it sees it but does not answer."""
    user = person_of(request)
    asked = get_object_or_404(visible_requests(user), pk=pk)
    require(can_answer(user, asked))
    return user, asked


@require_POST
@signed_in
def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, asked = _asked(request, pk)
    now = timezone.now()
    requesting.accept(asked, by=user, now=now)
    words = {"by": asker(asked, now) or asked.program, "mentee": asked.mentee}
    messages.success(request, _("Thank you. %(by)s will introduce you and %(mentee)s to each other.") % words)
    return back_to(request, "web:today")


@require_POST
@signed_in
def decline(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, asked = _asked(request, pk)
    now = timezone.now()
    asked.decline(by=user, now=now)
    by = asker(asked, now) or asked.program
    messages.success(request, _("You have declined. Only %(by)s learns it, without a reason.") % {"by": by})
    # What was shown for the decision is not shown any more: the page before would be missing.
    return redirect("web:today")


def _sent(request: HttpRequest, pk: UUID) -> tuple[Person, Request]:
    """The request, for whoever sends it; its mentor sees it but does not run it."""
    user = person_of(request)
    asked = get_object_or_404(visible_requests(user), pk=pk)
    require(can_send(user, asked))
    return user, asked


@require_POST
@signed_in
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, asked = _sent(request, pk)
    asked.withdraw(by=user, now=timezone.now())
    messages.success(request, _("Taken back. %(mentor)s is asked no longer.") % {"mentor": asked.mentor})
    return back_to(request, "web:today")


@require_POST
@signed_in
def introduce(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, asked = _sent(request, pk)
    requesting.introduce(asked, by=user, now=timezone.now())
    words = {"mentee": asked.mentee, "mentor": asked.mentor}
    said = _("%(mentee)s and %(mentor)s have been introduced; arranging the meetings is now the part of %(mentee)s.")
    messages.success(request, said % words)
    return back_to(request, "web:today")


@form_page
def answer_as_told(request: HttpRequest, pk: UUID) -> HttpResponse:
    """For mentors who never sign in: the director records what was said."""
    user, asked = _sent(request, pk)
    now = timezone.now()
    if asked.state != Request.State.WAITING:
        raise Conflict(_("This request is no longer open."))
    form = ToldForm(typed(request), asked=asked, now=now)
    if request.method == "POST" and form.is_valid():
        answer = requesting.accept if form.cleaned_data["answer"] == ToldForm.YES else Request.decline
        try:
            answer(asked, by=user, now=now, on=form.cleaned_data["on"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The answer of %(mentor)s is recorded.") % {"mentor": asked.mentor})
            return redirect("pairing:request", pk)
    return page(request, "pairing/answer_as_told.html", form, asked=asked, program=asked.program)
