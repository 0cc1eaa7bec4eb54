"""Today, the people of a program, and the pages that say what went wrong."""

from datetime import datetime

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from telemachus.career.access import visible_aspirations, visible_owners, visible_vitae
from telemachus.lib.step import steps_of
from telemachus.meetings.access import visible_appointments
from telemachus.pairing.access import can_pause, can_resume, visible_pauses
from telemachus.pairing.models import Pairing
from telemachus.people.models import Person
from telemachus.people.requests import person_of, signed_in
from telemachus.program.access import OFFICE, Kind, holds, note_viewing, program_or_404
from telemachus.web.glance import farewell, first_meetings, glances, standings
from telemachus.web.people import listed_people, listed_person, pairs_of


@require_safe
@signed_in
def today(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first; then what comes next; then quiet."""
    now, user = timezone.now(), person_of(request)
    coming = visible_appointments(user).filter(at__gt=now).first()
    mine = coming and user in (coming.pairing.mentee, coming.pairing.mentor)
    context = {
        "steps": steps_of(user, now),
        "greeting": greeting(timezone.localtime(now)),
        "next": coming,
        "other_of_next": coming.pairing.other(user) if coming and mine else None,
        "glances": glances(user, now),
        "standings": [*standings(user, now), *first_meetings(user, now)],
        "left": farewell(user),
    }
    return render(request, "web/today.html", context)


def greeting(now: datetime) -> str:
    if now.hour < 12:
        return _("Good morning")
    return _("Good afternoon") if now.hour < 18 else _("Good evening")


@require_safe
@signed_in
def people(request: HttpRequest, slug: str) -> HttpResponse:
    program = program_or_404(person_of(request), slug, *OFFICE)
    wanted = request.GET.get("q", "")
    listed = listed_people(program, timezone.now(), wanted=wanted)
    return render(request, "web/people.html", {"program": program, "listed": listed, "wanted": wanted})


@require_safe
@signed_in
def person(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    """One person, for the offices of the program; the looking is recorded as role and day."""
    now, user = timezone.now(), person_of(request)
    program = program_or_404(user, slug, *OFFICE)
    found = listed_person(program, now, pk)
    if found is None:
        raise Http404
    note_viewing(user, program, found.person, now=now)
    # Nobody administers oneself: one's own pairs stand under My mentor and My mentees.
    every = pairs_of(found.person, program)
    pairs = [pair for pair in every if user not in (pair.mentee, pair.mentor)]
    pauses = visible_pauses(user).filter(program=program, person=found.person, until__gte=program.day(now))
    context = {
        "program": program,
        "listed": found,
        "pairs": pairs,
        "seeks": found.is_mentee and not any(_mentors(pair, found.person) for pair in every),
        "pauses": [(pause, can_resume(user, pause)) for pause in pauses.order_by("begins")],
        "status": visible_owners(user, program).filter(pk=found.person.pk).exists(),
        "cv": visible_vitae(user).filter(program=program, person=found.person).exists(),
        "aspirations": visible_aspirations(user).filter(program=program, person=found.person).exists(),
        "can_pause": can_pause(user, program, found.person),
        "can_leave": found.is_mentor and holds(user, program, Kind.DIRECTOR) and found.person != user,
    }
    return render(request, "web/person.html", context)


def _mentors(pairing: Pairing, person: Person) -> bool:
    """Does the person have a mentor by this pair, or will, once the director has seen the paper?"""
    return pairing.mentee_id == person.pk and pairing.state != Pairing.State.ENDED


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """For the operator's monitoring: the server answers and the database does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    # The same for every address: also where a page that stood there would watch over itself.
    return render(request, "404.html", {"watch": ""}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return render(None, "500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)
