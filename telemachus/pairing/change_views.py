"""“I would like another mentor”, and how a pair is completed. A wish goes to whoever runs the pair, and nobody else."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from telemachus.lib.errors import Refused
from telemachus.pairing.access import can_run, is_member, visible_changes, visible_pairings, who_run
from telemachus.pairing.changes import express, named, settle
from telemachus.pairing.deputies import awaits_deputy
from telemachus.pairing.models import ChangeWish, Pairing
from telemachus.pairing.pair_forms import ChangeForm, SettleForm
from telemachus.pairing.pair_steps import wished
from telemachus.people.models import Person
from telemachus.people.requests import back_to, form_page, person_of, require, signed_in, typed
from telemachus.program.access import Kind, holds
from telemachus.program.views import page


@form_page
def ask_change(request: HttpRequest, pk: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    pairing = get_object_or_404(visible_pairings(user).registered(), pk=pk)
    require(is_member(user, pairing))
    by_mentee = pairing.mentee_id == user.pk
    form = ChangeForm(typed(request), by_mentee=by_mentee)
    if request.method == "POST" and form.is_valid():
        try:
            express(pairing, readers=request.POST.get("readers", ""), by=user, now=now, **form.cleaned_data)
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Your wish is on its way. Nobody else is told."))
        return redirect("pairing:ask_change", pk)
    run_by = who_run(pairing, now)
    context = {
        "pairing": pairing,
        "program": pairing.program,
        "by_mentee": by_mentee,
        "wish": ChangeWish.objects.filter(pairing=pairing, by=user).first(),
        "run_by": run_by,
        "readers": named(run_by),
        "awaits_deputy": awaits_deputy(pairing, now),
    }
    return page(request, "pairing/ask_change.html", form, **context)


@require_POST
@signed_in
def take_back_change(request: HttpRequest, pk: str) -> HttpResponse:
    user = person_of(request)
    wish = get_object_or_404(visible_changes(user), pk=pk)
    require(wish.by_id == user.pk)
    wish.take_back(by=user, now=timezone.now())
    messages.success(request, _("Taken back; nothing of it is kept."))
    return back_to(request, "meetings:pair", wish.pairing_id)


@form_page
def settle_change(request: HttpRequest, pk: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    wish = get_object_or_404(visible_changes(user), pk=pk)
    require(can_run(user, wish.pairing))
    wish.pairing.refuse_ended()
    form = SettleForm(typed(request), initial={"on": wish.pairing.program.day(now)})
    if request.method == "POST" and form.is_valid():
        try:
            settle(wish, on=form.cleaned_data["on"], by=user, now=now)
        except Refused as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, _settled(user, wish.pairing))
            return redirect("web:today")
    context = {"wish": wish, "wished": wished(wish), "pairing": wish.pairing, "program": wish.pairing.program}
    return page(request, "pairing/settle_change.html", form, **context)


def _settled(user: Person, pairing: Pairing) -> str:
    """With the way to a new list, for a director; a deputy's part is done."""
    said = _("%(pair)s: the pair has ended.") % {"pair": pairing}
    if not holds(user, pairing.program, Kind.DIRECTOR):
        return said
    new_list = reverse("pairing:shortlist", args=[pairing.program.slug, pairing.mentee_id])
    return format_html('{} <a href="{}">{}</a>', said, new_list, _("Make a new list"))


@require_POST
@signed_in
def complete(request: HttpRequest, pk: str) -> HttpResponse:
    """The mentee was promoted: the pair has done its work, today."""
    user, now = person_of(request), timezone.now()
    pairing = get_object_or_404(visible_pairings(user).registered(), pk=pk)
    require(can_run(user, pairing))
    pairing.end(on=pairing.program.day(now), ending=Pairing.Ending.COMPLETED, by=user, now=now)
    messages.success(request, _("%(pair)s: the pair is completed.") % {"pair": pairing})
    return back_to(request, "web:today")


@require_POST
@signed_in
def go_on(request: HttpRequest, pk: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    pairing = get_object_or_404(visible_pairings(user).registered(), pk=pk)
    require(can_run(user, pairing))
    pairing.go_on(by=user, now=now)
    messages.success(request, _("%(pair)s go on.") % {"pair": pairing})
    return back_to(request, "web:today")
