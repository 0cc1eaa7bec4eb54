"""A mentor says what he or she can help with, and for how many."""

from collections.abc import Iterator
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemachus.pairing.hints import hints
from telemachus.pairing.models import Offer, Pairing, Request, Term
from telemachus.pairing.offer_forms import OfferForm
from telemachus.people.models import Person
from telemachus.people.requests import back_to, form_page, person_of, typed
from telemachus.program.access import Kind, programs_as
from telemachus.program.views import page


@form_page
def change_offer(request: HttpRequest) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    programs = programs_as(user, Kind.MENTOR)
    if not programs:
        raise Http404
    offer = Offer.objects.filter(person=user).first() or Offer(person=user)
    held = list(Term.objects.filter(offers__person=user).with_standing())
    found = hints(user, programs) if request.method == "GET" else ()
    initial = {"places": offer.places, **_rest_to_come(offer)}
    form = OfferForm(typed(request), programs=programs, held=held, found=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        # What was ticked in a program that the mentor has left waits there for a return.
        here = {program.pk for program in programs}
        elsewhere = [term for term in held if term.program_id not in here]
        terms = [*form.ticked, *elsewhere]
        Offer.objects.change(user, places=form.cleaned_data["places"], terms=terms, rests=form.rests, now=now)
        messages.success(request, _("Thank you; this is what the director will go by."))
        return back_to(request, "web:today")
    return page(request, "pairing/change_offer.html", form, taken=list(_taken(user)), programs=programs, offer=offer)


def _rest_to_come(offer: Offer) -> dict[str, date | None]:
    """Days that have passed are not shown, and go with the next keeping."""
    if offer.rests_until is None or offer.rests_until < timezone.localdate():
        return {}
    return {"rests_from": offer.rests_from, "rests_until": offer.rests_until}


def _taken(mentor: Person) -> Iterator[str]:
    """What fills the places now, a sentence each: mentees, and requests that hold one."""
    mentees = Pairing.objects.active().filter(mentor=mentor).count()
    waiting = Request.objects.waiting().filter(mentor=mentor).count()
    accepted = Request.objects.holding().filter(mentor=mentor).count() - waiting
    if mentees:
        yield ngettext("You have one mentee now.", "You have %(n)s mentees now.", mentees) % {"n": mentees}
    else:
        yield _("You have no mentee now.")
    if waiting:
        said = ngettext("One request waits for your answer.", "%(n)s requests wait for your answer.", waiting)
        yield said % {"n": waiting}
    if accepted:
        said = ngettext(
            "One mentee whom you accepted has still to be introduced.",
            "%(n)s mentees whom you accepted have still to be introduced.",
            accepted,
        )
        yield said % {"n": accepted}
