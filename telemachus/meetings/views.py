"""What the two of a pair do, and whoever arranges times for one of them."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from telemachus.lib.errors import Conflict, Refused
from telemachus.meetings.access import (
    arrangeable_pairings,
    can_confirm,
    can_decline,
    can_log,
    can_withdraw,
    is_member,
    visible_appointments,
    visible_meetings,
    visible_wishes,
)
from telemachus.meetings.forms import ArrangeForm, LogForm, MoveForm
from telemachus.meetings.models import AppointmentToMeet, Meeting, TalkWish
from telemachus.meetings.sheet import sheets
from telemachus.pairing.access import last_mentored, office_pairings, own_pairings, visible_pairings
from telemachus.pairing.models import Pairing
from telemachus.people.access import principals_of
from telemachus.people.models import Person
from telemachus.people.requests import back_to, form_page, person_of, require, signed_in, typed
from telemachus.program.access import Kind, programs_as
from telemachus.program.views import page


@require_safe
@signed_in
def my_mentor(request: HttpRequest) -> HttpResponse:
    user = person_of(request)
    found = sheets(user, own_pairings(user).filter(mentee=user).order_by("begins"), timezone.now())
    context = {
        "sheets": found,
        "with_offices": visible_meetings(user).filter(person=user).order_by("-day"),
        "seeks": next(iter(programs_as(user, Kind.MENTEE)), None),
        "ended": None if found else last_mentored(user),
    }
    return render(request, "meetings/my_mentor.html", context)


@require_safe
@signed_in
def my_mentees(request: HttpRequest) -> HttpResponse:
    user = person_of(request)
    found = sheets(user, own_pairings(user).filter(mentor=user).by_mentee(), timezone.now())
    mentors = bool(programs_as(user, Kind.MENTOR))
    return render(request, "meetings/my_mentees.html", {"sheets": found, "mentors": mentors})


@require_safe
@signed_in
def pair(request: HttpRequest, pk: str) -> HttpResponse:
    user = person_of(request)
    pairing = get_object_or_404(own_pairings(user), pk=pk)
    [sheet] = sheets(user, [pairing], timezone.now())
    return render(request, "meetings/pair.html", {"sheet": sheet, "program": pairing.program})


@require_safe
@signed_in
def slip(request: HttpRequest, pk: str) -> HttpResponse:
    """A paper for those who would rather sign: pair, date, two signatures."""
    user = person_of(request)
    pairing = get_object_or_404(visible_pairings(user), pk=pk)
    context = {"pairing": pairing, "program": pairing.program, "back": _slips_from(user, pairing)}
    return render(request, "meetings/slip.html", context)


def _slips_from(user: Person, pairing: Pairing) -> str:
    """The page that offers the slip: the pair's for the two, its dates for the office."""
    if is_member(user, pairing):
        return reverse("meetings:pair", args=[pairing.pk])
    kept = office_pairings(user).filter(pk=pairing.pk).exists()
    return reverse("meetings:dates", args=[pairing.pk]) if kept else reverse("web:today")


@form_page
def log(request: HttpRequest, pk: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    pairing = get_object_or_404(visible_pairings(user), pk=pk)
    require(can_log(user, pairing))
    form = LogForm(typed(request), initial={"day": pairing.program.day(now)})
    if request.method == "POST" and form.is_valid():
        try:
            meeting = Meeting.objects.log(pairing, day=form.cleaned_data["day"], by=user, now=now)
        except (Refused, Conflict) as refusal:
            form.add_error("day", str(refusal))
        else:
            messages.success(request, _said(meeting))
            return back_to(request, "meetings:pair", pk)
    context = {"pairing": pairing, "program": pairing.program, "other": pairing.other(user)}
    return page(request, "meetings/log.html", form, **context)


def _said(meeting: Meeting) -> str:
    if meeting.state == Meeting.State.CONFIRMED:
        return _("Both of you say so: the date is registered.")
    return _("Noted. Once the other of you confirms it, or after 14 days, it counts.")


@require_POST
@signed_in
def wish(request: HttpRequest, pk: str) -> HttpResponse:
    user = person_of(request)
    pairing = get_object_or_404(visible_pairings(user), pk=pk)
    require(can_log(user, pairing))
    TalkWish.express(pairing, by=user, now=timezone.now())
    messages.success(request, _("%(name)s gets a line from us.") % {"name": pairing.other(user)})
    return back_to(request, "meetings:pair", pk)


@require_POST
@signed_in
def heard(request: HttpRequest, pk: str) -> HttpResponse:
    found = get_object_or_404(visible_wishes(person_of(request)), pk=pk)
    found.heard()
    return back_to(request, "meetings:pair", found.pairing_id)


def shown_zone() -> ZoneInfo:
    """The zone in which this request shows times: what is typed is read in the same."""
    return ZoneInfo(timezone.get_current_timezone_name())


@form_page
def arrange(request: HttpRequest, pk: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    pairing = get_object_or_404(arrangeable_pairings(user), pk=pk)
    again = {name: request.GET.get(name, "") for name in ("day", "hour")}
    form = ArrangeForm(typed(request), zone=shown_zone(), initial=again)
    if request.method == "POST" and form.is_valid():
        try:
            AppointmentToMeet.arrange(pairing, at=form.at, by=user, now=now)
        except (Refused, Conflict) as refusal:
            form.add_error("hour", str(refusal))
        else:
            messages.success(request, _set(user, pairing))
            return back_to(request, _times_of(user, pairing))
    return page(request, "meetings/arrange.html", form, **_of_pair(user, pairing))


def _set(user: Person, pairing: Pairing) -> str:
    if is_member(user, pairing):
        return _("The time is set. %(name)s sees it too.") % {"name": pairing.other(user)}
    return _("The time is set. Both of the pair find it on their pages.")


def _times_of(user: Person, pairing: Pairing) -> str:
    """The page on which the reader finds the times of this pair: the pair's own, or that of a delegate."""
    own = is_member(user, pairing)
    return reverse("meetings:pair", args=[pairing.pk]) if own else reverse("meetings:times")


def _of_pair(user: Person, pairing: Pairing) -> dict[str, object]:
    """What a page about a time needs; `other` only where the reader is one of the two."""
    other = pairing.other(user) if is_member(user, pairing) else None
    return {"pairing": pairing, "program": pairing.program, "other": other, "back": _times_of(user, pairing)}


@form_page
def move(request: HttpRequest, pk: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    appointment = get_object_or_404(visible_appointments(user), pk=pk)
    zone = shown_zone()
    local = appointment.at.astimezone(zone)
    # The exact instant, microseconds too: it is compared with what is stored.
    initial = {"day": local.date(), "hour": local.time(), "was": appointment.at.isoformat()}
    form = MoveForm(typed(request), zone=zone, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            appointment.move(to=form.at, was=form.cleaned_data["was"], by=user, now=now)
        except (Refused, Conflict) as refusal:
            form.add_error("hour", str(refusal))
        else:
            messages.success(request, _("Moved."))
            return back_to(request, _times_of(user, appointment.pairing))
    return page(request, "meetings/move.html", form, appointment=appointment, **_of_pair(user, appointment.pairing))


@require_POST
@signed_in
def cancel(request: HttpRequest, pk: str) -> HttpResponse:
    user = person_of(request)
    appointment = get_object_or_404(visible_appointments(user), pk=pk)
    appointment.cancel(by=user, now=timezone.now())
    messages.success(request, _cancelled(user, appointment))
    return back_to(request, "web:today")


def _cancelled(user: Person, appointment: AppointmentToMeet) -> str:
    """Cancelling is undone by setting the same time again: the sentence carries the way."""
    local = timezone.localtime(appointment.at)
    again = f"{reverse('meetings:arrange', args=[appointment.pairing_id])}?day={local:%Y-%m-%d}&hour={local:%H:%M}"
    pairing = appointment.pairing
    said = _("Cancelled. Both of the pair see that it no longer stands.")
    if is_member(user, pairing):
        said = _("Cancelled. %(name)s sees that it no longer stands.") % {"name": pairing.other(user)}
    return format_html('{} <a href="{}">{}</a>', said, again, _("Set the same time again"))


@require_POST
@signed_in
def confirm(request: HttpRequest, pk: str) -> HttpResponse:
    user = person_of(request)
    meeting = get_object_or_404(visible_meetings(user), pk=pk)
    require(can_confirm(user, meeting))
    meeting.confirm(by=user, now=timezone.now())
    messages.success(request, _("Registered: the date, and nothing else."))
    return back_to(request, "web:today")


@require_POST
@signed_in
def not_right(request: HttpRequest, pk: str) -> HttpResponse:
    user = person_of(request)
    meeting = get_object_or_404(visible_meetings(user), pk=pk)
    require(can_confirm(user, meeting))
    meeting.not_right(by=user, now=timezone.now())
    messages.success(request, _("Taken out. Whoever entered it gets a line from us."))
    return back_to(request, "web:today")


@require_POST
@signed_in
def withdraw(request: HttpRequest, pk: str) -> HttpResponse:
    user = person_of(request)
    meeting = get_object_or_404(visible_meetings(user), pk=pk)
    require(can_withdraw(user, meeting))
    meeting.withdraw(by=user, now=timezone.now())
    messages.success(request, _("Taken back."))
    return back_to(request, "web:today")


@require_POST
@signed_in
def decline(request: HttpRequest, pk: str) -> HttpResponse:
    user = person_of(request)
    meeting = get_object_or_404(visible_meetings(user), pk=pk)
    require(can_decline(user, meeting))
    meeting.decline(by=user, now=timezone.now())
    messages.success(request, _("Then nothing is registered."))
    return back_to(request, "web:today")


@require_safe
@signed_in
def times(request: HttpRequest) -> HttpResponse:
    """For a delegate: the times of those for whom one arranges them, and nothing else."""
    user, now = person_of(request), timezone.now()
    pairings = arrangeable_pairings(user).exclude(pk__in=own_pairings(user)).by_mentee()
    appointments = visible_appointments(user).filter(pairing__in=pairings, at__gt=now - timedelta(hours=1))
    context = {"pairings": pairings, "appointments": appointments, "principals": principals_of(user)}
    return render(request, "meetings/times.html", context)
