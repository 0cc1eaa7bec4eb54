"""What the offices see and do: the register, the rhythm of the year, dates with director and chief."""

from datetime import date, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from telemachus.lib.errors import Conflict, Refused
from telemachus.lib.export import to_csv, to_xlsx
from telemachus.lib.time import AcademicYear
from telemachus.meetings import codes
from telemachus.meetings.access import (
    can_correct,
    can_file,
    can_record,
    conferring,
    director_dates,
    mentees_of,
    registered_dates,
    visible_meetings,
)
from telemachus.meetings.conferences import conferences_of
from telemachus.meetings.forms import CorrectForm, FileForm, OfficeForm, StrikeForm
from telemachus.meetings.models import Meeting
from telemachus.meetings.register import register as register_of
from telemachus.meetings.register import register_table, without_pair
from telemachus.meetings.rhythm import rhythm_of
from telemachus.pairing.access import office_pairings, own_pairings, visible_pairings, visible_pauses
from telemachus.pairing.agreement import last_words
from telemachus.pairing.models import Excuse, Pairing, PauseQuerySet
from telemachus.pairing.standing_in import interims_of, rest_long
from telemachus.people.models import Person
from telemachus.people.requests import form_page, person_of, require, signed_in, typed
from telemachus.program.access import OFFICE, Kind, holds, note_viewing, program_or_404
from telemachus.program.models import Program
from telemachus.program.views import page

TYPES = {
    "csv": (to_csv, "text/csv; charset=utf-8"),
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@require_safe
@signed_in
def rhythm(request: HttpRequest, slug: str) -> HttpResponse:
    """The director's picture of the year: people × months."""
    user, now = person_of(request), timezone.now()
    program = program_or_404(user, slug, Kind.DIRECTOR)
    pairings = office_pairings(user).filter(program=program).active()
    context = {"program": program, "grid": rhythm_of(program, pairings, now), "own": _own(user, program)}
    return render(request, "meetings/rhythm.html", context)


@require_safe
@signed_in
def register(request: HttpRequest, slug: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    program = program_or_404(user, slug, *OFFICE)
    year = _year(request, program)
    rows = register_of(program, office_pairings(user).filter(program=program), year, now)
    context = {
        "program": program,
        "rows": rows,
        "standing": sum(not row.waiting for row in rows),
        "active": sum(row.pairing.state == Pairing.State.ACTIVE for row in rows),
        "ended": sum(row.pairing.state == Pairing.State.ENDED for row in rows),
        "waiting": sum(row.waiting for row in rows),
        "without_pair": without_pair(program, rows, year, but=user),
        "gaps": sum(row.gap for row in rows),
        "year": year,
        "this_year": program.year(now),
        "directs": holds(user, program, Kind.DIRECTOR),
        "own": _own(user, program),
        # Former pairs of one's own mentees stand here; their yearly meeting is for somebody else to enter.
        "not_to_record": set(own_pairings(user).values_list("mentee", flat=True)),
    }
    return render(request, "meetings/register.html", context)


def _own(user: Person, program: Program) -> bool:
    """Has the reader a pair of one's own here, which the office's pages leave out?"""
    return own_pairings(user).filter(program=program).exists()


@require_safe
@signed_in
def export(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    program = program_or_404(user, slug, *OFFICE)
    if form not in TYPES:
        raise Http404
    year = _year(request, program)
    rows = register_of(program, office_pairings(user).filter(program=program), year, now)
    header, table = register_table(rows, without_pair(program, rows, year, but=user))
    write, content_type = TYPES[form]
    content = to_csv(header, table) if write is to_csv else to_xlsx(str(_("Register")), header, table)
    response = HttpResponse(content, content_type=content_type)
    name = f"register-{program.slug}-{year.first.year}-{year.last.year}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _year(request: HttpRequest, program: Program) -> AcademicYear:
    """The academic year that `?year=2025` names by its first calendar year, else the running one."""
    wanted = request.GET.get("year", "")
    month, day = program.book.year_starts
    if wanted.isdecimal() and 1950 <= int(wanted) <= 2200:
        return program.year_of(date(int(wanted), month, day))
    return program.year(timezone.now())


@require_safe
@signed_in
def dates(request: HttpRequest, pk: str) -> HttpResponse:
    """One pair's dates, as the office sees them."""
    user, now = person_of(request), timezone.now()
    pairing = get_object_or_404(office_pairings(user), pk=pk)
    files = can_file(user, pairing)
    note_viewing(user, pairing.program, pairing.mentee, pairing.mentor, now=now)
    context = {
        "pairing": pairing,
        "program": pairing.program,
        "meetings": registered_dates(user, pairing),
        "files": files,
        "directs": holds(user, pairing.program, Kind.DIRECTOR),
        "rests_long": pairing.pk in rest_long([pairing], now),
        "interim": interims_of([pairing]).first(),
        "with_director": director_dates(user, pairing),
        "records": _records_director(user, pairing, now),
        "pauses": _pauses(user, pairing, now),
        "excuse": Excuse.objects.filter(pairing=pairing, year=pairing.program.year(now).first).first(),
        "agreed": last_words(pairing),
    }
    return render(request, "meetings/dates.html", context)


def _records_director(user: Person, pairing: Pairing, now: datetime) -> bool:
    """May the reader enter the mentee's yearly meeting with the director here?"""
    here = mentees_of(pairing.program, now).filter(pk=pairing.mentee_id).exists()
    return here and can_record(user, pairing.program, codes.Kind.DIRECTOR, pairing.mentee)


def _pauses(user: Person, pairing: Pairing, now: datetime) -> PauseQuerySet:
    """Those that are not over; of a pair that has ended none."""
    coming = visible_pauses(user).touching(pairing).filter(until__gte=pairing.program.day(now)).order_by("begins")
    return coming if pairing.state == Pairing.State.ACTIVE else coming.none()


@form_page
def file(request: HttpRequest, pk: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    pairing = get_object_or_404(visible_pairings(user), pk=pk)
    require(can_file(user, pairing))
    form = FileForm(typed(request), pairing=pairing)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "how": Meeting.How(form.cleaned_data["how"])}
        try:
            Meeting.objects.record_for_pair(pairing, by=user, now=now, **given)
        except (Refused, Conflict) as refusal:
            form.add_error("day", str(refusal))
        else:
            messages.success(request, _("Registered."))
            return redirect("meetings:dates", pk)
    return page(request, "meetings/file.html", form, pairing=pairing, program=pairing.program)


@form_page
def correct(request: HttpRequest, pk: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    meeting = get_object_or_404(visible_meetings(user), pk=pk)
    require(can_correct(user, meeting))
    form = CorrectForm(typed(request), initial={"day": meeting.day})
    if request.method == "POST" and form.is_valid():
        try:
            meeting.correct(day=form.cleaned_data["day"], reason=Meeting.Correction.WRONG_DAY, by=user, now=now)
        except (Refused, Conflict) as refusal:
            form.add_error("day", str(refusal))
        else:
            messages.success(request, _("The day is corrected."))
            return redirect(_after(user, meeting))
    return page(request, "meetings/correct.html", form, **_of_date(user, meeting))


@form_page
def strike(request: HttpRequest, pk: str) -> HttpResponse:
    user = person_of(request)
    meeting = get_object_or_404(visible_meetings(user), pk=pk)
    require(can_correct(user, meeting))
    form = StrikeForm(typed(request), of_pair=meeting.pairing is not None)
    if request.method == "POST" and form.is_valid():
        meeting.strike(reason=Meeting.Correction(form.cleaned_data["reason"]), by=user, now=timezone.now())
        messages.success(request, _("The date is out of the register."))
        return redirect(_after(user, meeting))
    return page(request, "meetings/strike.html", form, **_of_date(user, meeting))


def _of_date(user: Person, meeting: Meeting) -> dict[str, object]:
    about = meeting.pairing or meeting.person
    return {
        "meeting": meeting,
        "about": about,
        "program": meeting.program,
        "is_officer": _is_officer(user, meeting.program, meeting.kind),
        "back": _after(user, meeting),
    }


def _after(user: Person, meeting: Meeting) -> str:
    """The page on which a date stands."""
    if meeting.pairing_id:
        return reverse("meetings:dates", args=[meeting.pairing_id])
    return reverse(_page_of(user, meeting.program, meeting.kind), args=[meeting.program.slug])


@form_page
def met_director(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    return _with_office(request, slug, pk, Meeting.Kind.DIRECTOR)


@form_page
def held_conference(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    return _with_office(request, slug, pk, Meeting.Kind.CONFERENCE)


def _with_office(request: HttpRequest, slug: str, pk: str, kind: codes.Kind) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    program = program_or_404(user, slug, *OFFICE, Kind.CHIEF)
    people = conferring if kind == codes.Kind.CONFERENCE else mentees_of
    person = get_object_or_404(people(program, now).exclude(pk=user.pk), pk=pk)
    require(can_record(user, program, kind, person))
    form = OfficeForm(typed(request), initial={"day": program.day(now)})
    if request.method == "POST" and form.is_valid():
        try:
            Meeting.objects.record_with_office(program, kind, person, day=form.cleaned_data["day"], by=user, now=now)
        except (Refused, Conflict) as refusal:
            form.add_error("day", str(refusal))
        else:
            messages.success(request, _("Registered."))
            return redirect(_page_of(user, program, kind), slug)
    context = {
        "name": person.full_name,
        "program": program,
        "kind": kind,
        "is_officer": _is_officer(user, program, kind),
        "back": reverse(_page_of(user, program, kind), args=[slug]),
    }
    return page(request, "meetings/with_office.html", form, **context)


def _is_officer(user: Person, program: Program, kind: str) -> bool:
    """The reader holds such meetings: conferences are the chief's, the others the director's."""
    return holds(user, program, Kind.CHIEF if kind == Meeting.Kind.CONFERENCE else Kind.DIRECTOR)


def _page_of(user: Person, program: Program, kind: str) -> str:
    chairs = kind == Meeting.Kind.CONFERENCE and holds(user, program, Kind.CHIEF, Kind.COORDINATOR)
    return "meetings:conferences" if chairs else "meetings:register"


@require_safe
@signed_in
def conferences(request: HttpRequest, slug: str) -> HttpResponse:
    """This year's career planning conferences: who had one, who has not yet. No date of mentoring stands here."""
    user, now = person_of(request), timezone.now()
    program = program_or_404(user, slug, Kind.CHIEF, *OFFICE)
    rows = conferences_of(user, program, now)
    context = {
        "program": program,
        "year": program.year(now),
        "all": len(rows),
        "to_come": [row for row in rows if not row.meeting],
        "held": [row for row in rows if row.meeting],
        "records": holds(user, program, Kind.CHIEF, Kind.COORDINATOR),
        "chairs": holds(user, program, Kind.CHIEF),
    }
    return render(request, "meetings/conferences.html", context)
