"""Less is needed now: the mentee says so, the director excuses the year, or does not (B12)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from telemachus.pairing.access import can_run, visible_excuses, visible_light_touches, visible_pairings
from telemachus.pairing.models import Excuse, LightTouch
from telemachus.people.requests import back_to, person_of, require, signed_in


@require_POST
@signed_in
def wish_light_touch(request: HttpRequest, pk: str) -> HttpResponse:
    user = person_of(request)
    pairing = get_object_or_404(visible_pairings(user).registered(), pk=pk)
    require(pairing.mentee_id == user.pk)
    LightTouch.wish(pairing, by=user, now=timezone.now())
    messages.success(request, _("Noted. The meetings are still expected unless the year is excused."))
    return back_to(request, "meetings:pair", pk)


@require_POST
@signed_in
def end_light_touch(request: HttpRequest, pk: str) -> HttpResponse:
    """By the mentee, who needs mentoring again; or by who runs the pair, and the meetings are still expected."""
    user = person_of(request)
    touch = get_object_or_404(visible_light_touches(user), pk=pk)
    if touch.pairing.mentee_id == user.pk:
        touch.end(by=user, now=timezone.now())
        messages.success(request, _("Good. Everything is as it was."))
        return back_to(request, "meetings:pair", touch.pairing_id)
    touch.leave_owed(by=user, now=timezone.now())
    messages.success(request, _("The meetings are still expected."))
    return back_to(request, "web:today")


@require_POST
@signed_in
def excuse(request: HttpRequest, pk: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    pairing = get_object_or_404(visible_pairings(user).registered(), pk=pk)
    require(can_run(user, pairing))
    year = pairing.program.year(now)
    Excuse.grant(pairing, year=year, by=user, now=now)
    words = {"pair": pairing, "year": year.label}
    messages.success(request, _("%(pair)s: excused in %(year)s; no meeting is owed.") % words)
    return back_to(request, "web:today")


@require_POST
@signed_in
def take_back_excuse(request: HttpRequest, pk: str) -> HttpResponse:
    user = person_of(request)
    excused = get_object_or_404(visible_excuses(user), pk=pk)
    require(can_run(user, excused.pairing))
    excused.take_back(by=user, now=timezone.now())
    messages.success(request, _("Taken back: meetings are owed as before."))
    return back_to(request, "web:today")
