"""The board, a recruit's page, and what director and coordinator do there."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm, BoundField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from telemachus.intake import closing, letters
from telemachus.intake.access import directs, visible_letters, visible_recruits
from telemachus.intake.board import board_programs, card_of, closed, looking, on_the_way
from telemachus.intake.came_from import came_from, return_to
from telemachus.intake.first_meeting import hold_first_meeting
from telemachus.intake.forms import (
    TIMES,
    CloseForm,
    IntroduceForm,
    LetterForm,
    MeetForm,
    RemindForm,
    RemindWithTimesForm,
    TimesForm,
)
from telemachus.intake.models import Letter, Recruit
from telemachus.intake.moves import ROLES, STAGES
from telemachus.intake.path import OF_SEARCH, Who
from telemachus.intake.sheet import sheet_of
from telemachus.intake.times import free_times, instant
from telemachus.lib.errors import Conflict, Refused
from telemachus.lib.time import place_of
from telemachus.people.models import Person
from telemachus.people.requests import back_to, form_page, person_of, require, signed_in, typed
from telemachus.program.access import OFFICE, Kind, holds, note_viewing
from telemachus.program.views import page


@require_safe
@signed_in
def board(request: HttpRequest, slug: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    program = next((program for program in board_programs(user) if program.slug == slug), None)
    if program is None:
        raise Http404
    coming, searching = on_the_way(user, program, now), looking(user, program, now)
    whose = request.GET.get("whose", "")
    context = {
        "program": program,
        "coming": [card for card in coming if _is_whose(card, whose)],
        "searching": [card for card in searching if _is_whose(card, whose)],
        "filters": _filters([*coming, *searching], whose),
        "whose": whose,
        "on_the_way": len(coming),
        "looking": len(searching),
        "waiting": sum(card.waits or card.owes_status for card in [*coming, *searching]),
        "closed": closed(user, program, now),
        "stages": [str(name) for name in STAGES.values()],
        "stages_of_search": [str(STAGES[stage]) for stage in OF_SEARCH],
        "announces": holds(user, program, *OFFICE),
        "directs": holds(user, program, Kind.DIRECTOR),
    }
    return render(request, "intake/board.html", context)


def _is_whose(card: Any, whose: str) -> bool:
    moves = card.next is not None and card.next.who == whose
    return not whose or moves or (whose == Who.COORDINATOR and card.owes_status)


def _filters(cards: list[Any], whose: str) -> list[dict[str, Any]]:
    """By whose move, with how many there are; nobody's is not offered."""
    counts = [(who, sum(_is_whose(card, who) for card in cards)) for who in Who]
    every = {"label": _("All"), "query": "?", "count": len(cards), "current": not whose}
    chosen = [
        {"label": str(ROLES[who]), "query": f"?whose={who}", "count": count, "current": whose == who}
        for who, count in counts
        if count or whose == who
    ]
    return [every, *chosen]


@require_safe
@signed_in
def recruit(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    found = get_object_or_404(visible_recruits(user), pk=pk)
    note_viewing(user, found.program, found.person, now=now)
    context = {"program": found.program, "recruit": found, "sheet": sheet_of(user, card_of(user, found, now), now)}
    return render(request, "intake/recruit.html", context)


@form_page
def introduce(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The letter with three times; a welcome without any for whoever need not pair."""
    user, now = person_of(request), timezone.now()
    found = _directed(user, pk)
    kind = _first_kind(user, found, now)
    form = _letter_form(request, found, kind, user, now)
    if request.method == "POST" and form.is_valid():
        try:
            _send_first(found, form, user, now)
        except Refused as refusal:
            form.add_error("body", str(refusal))
        else:
            messages.success(request, _("The letter to %(name)s is on its way.") % {"name": found})
            return return_to(request, "intake:board", found.program.slug)
    context = {"times": _time_fields(form), "zone": place_of(found.program.zone)}
    return _form_of(request, "intake/introduce.html", form, found, **context)


def _form_of(request: HttpRequest, template: str, form: BaseForm, found: Recruit, **context: object) -> HttpResponse:
    """A form about one recruit; Back leads to where it was opened."""
    back = came_from(request, "intake:recruit", found.pk)
    return page(request, template, form, program=found.program, recruit=found, came_from=back, **context)


def _time_fields(form: BaseForm) -> list[BoundField]:
    return [form[name] for name in TIMES if name in form.fields]


def _directed(user: Person, pk: UUID) -> Recruit:
    """A recruit whose way is open, for the one who directs it."""
    found = get_object_or_404(visible_recruits(user), pk=pk)
    require(directs(user, found))
    found.refuse_ended()
    return found


def _first_kind(user: Person, found: Recruit, now: datetime) -> Letter.Kind:
    must_pair = card_of(user, found, now).way.facts.must_pair
    return Letter.Kind.INTRODUCTION if must_pair else Letter.Kind.WELCOME


def _letter_form(request: HttpRequest, found: Recruit, kind: Letter.Kind, user: Person, now: datetime) -> LetterForm:
    initial = {"body": letters.draft(found, kind, by=user)}
    if kind == Letter.Kind.WELCOME:
        return LetterForm(typed(request), kind=kind, initial=initial)
    times = [each.at for each in found.times.all() if each.at > now] or free_times(found.program, now)
    return IntroduceForm(typed(request), kind=kind, recruit=found, times=times, initial=initial)


@transaction.atomic
def _send_first(found: Recruit, form: LetterForm, user: Person, now: datetime) -> None:
    body = form.cleaned_data["body"]
    if isinstance(form, IntroduceForm):
        letters.introduce(found, body, form.times, by=user, now=now)
    else:
        letters.welcome(found, body, by=user, now=now)
    if form.cleaned_data["keep"]:
        letters.keep(found, form.kind, body, by=user)


@form_page
def remind(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    found = _directed(user, pk)
    written = list(found.letters.order_by("sent_at"))
    if not written:
        raise Conflict(_("Send the introduction first."))
    form = _reminder_form(request, found, len(written), user, now)
    if request.method == "POST" and form.is_valid():
        try:
            _send_reminder(found, form, user, now)
        except Refused as refusal:
            form.add_error("body", str(refusal))
        else:
            messages.success(request, _("The reminder to %(name)s is on its way.") % {"name": found})
            return return_to(request, "intake:board", found.program.slug)
    context = {
        "newest": written[-1],
        "times": _time_fields(form),
        "zone": place_of(found.program.zone),
    }
    return _form_of(request, "intake/remind.html", form, found, **context)


def _reminder_form(request: HttpRequest, found: Recruit, seen: int, user: Person, now: datetime) -> RemindForm:
    """With new times where the first have passed and none is agreed; to an answer, about what is still missing."""
    kind = Letter.Kind.REMINDER
    missing = letters.draft_of_missing(found, card_of(user, found, now).way.facts, by=user)
    initial = {"body": missing or letters.draft(found, kind, by=user), "seen": seen}
    has_times = found.meets_at or found.met_on or any(each.at > now for each in found.times.all())
    if has_times or _first_kind(user, found, now) == Letter.Kind.WELCOME:
        return RemindForm(typed(request), kind=kind, is_own=bool(missing), initial=initial)
    times = free_times(found.program, now)
    given: dict[str, Any] = {"kind": kind, "is_own": bool(missing), "recruit": found, "times": times}
    return RemindWithTimesForm(typed(request), initial=initial, **given)


@transaction.atomic
def _send_reminder(found: Recruit, form: RemindForm, user: Person, now: datetime) -> None:
    given = form.cleaned_data
    if TIMES[0] in form.data and not isinstance(form, RemindWithTimesForm):
        raise Refused(_("A time has been agreed since you opened this page: the letter would ask for one."))
    if isinstance(form, RemindWithTimesForm):
        letters.remind_with_times(found, given["body"], form.times, seen=given["seen"], by=user, now=now)
    else:
        letters.remind(found, given["body"], seen=given["seen"], by=user, now=now)
    if given.get("keep"):
        letters.keep(found, form.kind, given["body"], by=user)


@form_page
def propose(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    found = _directed(user, pk)
    form = TimesForm(typed(request), recruit=found, times=free_times(found.program, now))
    if request.method == "POST" and form.is_valid():
        try:
            found.propose_as_shown(form.times, agreed=instant(request.POST.get("agreed", "")), by=user, now=now)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The times are proposed to %(name)s.") % {"name": found})
            return return_to(request, "intake:board", found.program.slug)
    with timezone.override(ZoneInfo(found.program.zone)):
        return _form_of(request, "intake/propose.html", form, found, zone=place_of(found.program.zone))


@require_POST
@signed_in
def pick_as_told(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The recruit said it by telephone or mail: either office records it."""
    user, now = person_of(request), timezone.now()
    found = get_object_or_404(visible_recruits(user), pk=pk)
    at = instant(request.POST.get("at", ""))
    if at is None:
        raise Refused(_("Choose one of the proposed times."))
    if found.meets_at != at:
        found.pick(at, by=user, now=now)
    messages.success(request, _("Noted: %(name)s comes at this time.") % {"name": found})
    return back_to(request, "intake:recruit", pk)


@form_page
def meet(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    found = _directed(user, pk)
    if found.met_on:
        raise Conflict(_("The first meeting has been held already."))
    today = found.program.day(now)
    agreed = found.program.day(found.meets_at) if found.meets_at else today
    form = MeetForm(typed(request), recruit=found, initial={"on": min(agreed, today)})
    if request.method == "POST" and form.is_valid():
        try:
            _register(found, form.cleaned_data, user, now)
        except Refused as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, _("Your first meeting with %(name)s is registered.") % {"name": found})
            return return_to(request, "intake:board", found.program.slug)
    return _form_of(request, "intake/meet.html", form, found)


@transaction.atomic
def _register(found: Recruit, given: dict[str, Any], user: Person, now: datetime) -> None:
    hold_first_meeting(found, on=given["on"], by=user, now=now)
    if given["packet"] and found.packet_on is None:
        found.hand_packet(by=user, now=now)


@require_POST
@signed_in
def hand_packet(request: HttpRequest, pk: UUID) -> HttpResponse:
    user = person_of(request)
    found = get_object_or_404(visible_recruits(user), pk=pk)
    require(directs(user, found))
    found.hand_packet(by=user, now=timezone.now())
    messages.success(request, _("Noted: %(name)s has the welcome packet.") % {"name": found})
    return back_to(request, "intake:recruit", pk)


@require_POST
@signed_in
def came_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whoever sees the mail come back says so; then the coordinator corrects the address."""
    user = person_of(request)
    letter = get_object_or_404(visible_letters(user), pk=pk)
    letter.recruit.refuse_ended()
    letter.come_back(by=user, now=timezone.now())
    messages.success(request, _("Noted. As soon as the address is corrected, the letter can go anew."))
    return back_to(request, "intake:recruit", letter.recruit_id)


@form_page
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    found = _directed(user, pk)
    facts = card_of(user, found, now).way.facts
    form = CloseForm(typed(request), must_pair=facts.must_pair, initial={"ending": _likely(facts)})
    if request.method == "POST" and form.is_valid():
        closing.close(found, Recruit.Ending(form.cleaned_data["ending"]), by=user, now=now)
        messages.success(request, _("The way of %(name)s is closed. It can be reopened.") % {"name": found})
        return return_to(request, "intake:board", found.program.slug)
    context = {"requests": closing.open_requests(found), "lists": closing.open_lists(found)}
    return _form_of(request, "intake/close.html", form, found, **context)


def _likely(facts: Any) -> str:
    if not facts.must_pair:
        return str(Recruit.Ending.WELCOMED)
    return str(Recruit.Ending.NO_REPLY) if facts.letters and not (facts.replied or facts.met) else ""


@require_POST
@signed_in
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    user = person_of(request)
    found = get_object_or_404(visible_recruits(user), pk=pk)
    require(directs(user, found))
    closing.reopen(found, by=user, now=timezone.now())
    messages.success(request, _("%(name)s is on the way again.") % {"name": found})
    return back_to(request, "intake:recruit", pk)
