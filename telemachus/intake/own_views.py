"""A recruit's or a mentee's own way to a mentor, on one page, and what one does there."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from telemachus.career.access import forms_to_confirm
from telemachus.career.forms import AspirationsForm, CvForm
from telemachus.intake.access import can_answer, reachable_recruits, readable_packets
from telemachus.intake.models import Recruit
from telemachus.intake.own_path import own_path_of
from telemachus.intake.packet import packet as packet_of
from telemachus.intake.packet import packet_pdf as pdf_of
from telemachus.intake.times import instant
from telemachus.intake.way import Way, asks_needs, own_way
from telemachus.lib.errors import Conflict
from telemachus.lib.step import Act
from telemachus.lib.time import place_of
from telemachus.pairing.models import Shortlist
from telemachus.people.models import Person
from telemachus.people.requests import back_to, person_of, require, signed_in
from telemachus.program.access import Kind, holds, note_viewing, program_or_404


@require_safe
@signed_in
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    program = program_or_404(user, slug)
    if not holds(user, program, Kind.MENTEE) and not Recruit.objects.filter(program=program, person=user).exists():
        raise Http404
    way = own_way(program, user, now)
    to_do, path = _to_do(user, way, now), own_path_of(way, now)
    context = {
        "program": program,
        "way": way,
        "recruit": way.recruit,
        "path": path,
        "links": list(_links(user, way, under_way=path is not None, to_do=to_do)),
        "zone": place_of(timezone.get_current_timezone_name()),
        **to_do,
    }
    return render(request, "intake/mine.html", context)


def _to_do(user: Person, way: Way, now: datetime) -> dict[str, Any]:
    """What the person can do now; papers are asked of who is on the way, not of who has been here for long."""
    recruit, papers = way.recruit, way.papers
    asked = recruit is not None and way.facts.must_pair
    listed = way.shortlist is not None and way.shortlist.state == Shortlist.State.SENT
    return {
        "times": [time for time in recruit.times.all() if time.at > now] if recruit and asked else [],
        "list_to_choose_from": way.shortlist if listed else None,
        "cv_form": CvForm() if asked and not papers.cv else None,
        "aspirations_form": AspirationsForm() if asked and not papers.aspirations else None,
        "status": forms_to_confirm(user).filter(program=way.program).first(),
        "asks_needs": asks_needs(way),
    }


def _links(user: Person, way: Way, *, under_way: bool, to_do: dict[str, Any]) -> Iterator[Act]:
    """What else stands ready, one below the other."""
    slug = way.program.slug
    if packet := readable_packets(user).filter(program=way.program, person=user).last():
        yield _link(_("Read your welcome packet"), "intake:packet", packet.pk)
    if not under_way:
        return
    if way.shortlist and not to_do["list_to_choose_from"]:
        others = way.shortlist.state == Shortlist.State.OTHERS
        yield _link(_("The names you have") if others else _("Your choice"), "pairing:choose", way.shortlist.pk)
    if way.facts.must_pair:
        yield _link(_("My papers"), "career:papers", slug)
        if not to_do["asks_needs"]:
            yield _link(_("What I would like help with"), "pairing:change_needs", slug)
        yield _link(_("Somebody I would like, or would rather not be paired with"), "pairing:keep_apart", slug)


def _link(label: str, name: str, of: object) -> Act:
    return Act(label, reverse(name, args=[of]), by_link=True)


@require_POST
@signed_in
def pick(request: HttpRequest, pk: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    recruit, at = _own(user, pk), _offered(request.POST.get("at", ""))
    said = _("You have chosen this time: you meet your director on %(at)s.")
    if recruit.meets_at != at:
        recruit.pick(at, by=user, now=now)
        said = _("Agreed: you meet your director on %(at)s.")
    messages.success(request, said % {"at": date_format(timezone.localtime(at), "l j F, H:i")})
    return back_to(request, "intake:mine", recruit.program.slug)


def _own(user: Person, pk: str) -> Recruit:
    recruit = get_object_or_404(reachable_recruits(user), pk=pk)
    require(can_answer(user, recruit))
    return recruit


def _offered(text: str) -> datetime:
    """The time on the button; anything else is a time that nobody offers."""
    at = instant(text)
    if at is None:
        raise Conflict(_("This time is no longer offered. Please choose another."))
    return at


@require_POST
@signed_in
def ask_other_times(request: HttpRequest, pk: str) -> HttpResponse:
    user = person_of(request)
    recruit = _own(user, pk)
    _require_shown(recruit, request.POST.get("agreed", ""))
    recruit.ask_other_times(by=user, now=timezone.now())
    messages.success(request, _("Your director proposes other times."))
    return back_to(request, "intake:mine", recruit.program.slug)


def _require_shown(recruit: Recruit, shown: str) -> None:
    """“None of these suits” in a tab that was left open takes back no time that was agreed since."""
    agreed = recruit.meets_at
    if shown and (_offered(shown) if shown != "no" else None) != agreed:
        raise Conflict(_("A time has been agreed since you opened this page. Look at it again."))


@require_POST
@signed_in
def wish_mentor(request: HttpRequest, pk: str) -> HttpResponse:
    user = person_of(request)
    recruit = _own(user, pk)
    recruit.wish_mentor(by=user, now=timezone.now())
    messages.success(request, _("Gladly. Your director knows, and here you see what comes next."))
    return back_to(request, "intake:mine", recruit.program.slug)


@require_safe
@signed_in
def packet(request: HttpRequest, pk: str) -> HttpResponse:
    user = person_of(request)
    recruit = _readable(user, pk)
    found = packet_of(recruit.program, recruit.person, _handed_over(recruit))
    context = {"packet": found, "program": recruit.program, "recruit": recruit, "is_own": recruit.person == user}
    return render(request, "intake/packet.html", context)


def _handed_over(recruit: Recruit) -> date:
    """Today for an office that looks at it, or prints it, before."""
    return recruit.packet_on or recruit.program.day(timezone.now())


def _readable(user: Person, pk: str) -> Recruit:
    recruit = get_object_or_404(readable_packets(user), pk=pk)
    if recruit.person_id != user.pk:
        note_viewing(user, recruit.program, recruit.person, now=timezone.now())
    return recruit


@require_safe
@signed_in
def packet_pdf(request: HttpRequest, pk: str) -> HttpResponse:
    recruit = _readable(person_of(request), pk)
    content = pdf_of(recruit.program, recruit.person, _handed_over(recruit))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="welcome-packet.pdf"'
    return response
