"""The coordinator tells the director of somebody who will come, and corrects what the notice had wrong."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from telemachus.career.models import Appointment
from telemachus.intake.access import visible_recruits
from telemachus.intake.announce import APPOINTMENT, PERSON, announce
from telemachus.intake.announce import correct as put_right
from telemachus.intake.came_from import came_from, return_to
from telemachus.intake.models import Recruit
from telemachus.intake.notice_forms import CorrectForm, NoticeForm
from telemachus.intake.recruit_known import Objection
from telemachus.people.requests import form_page, person_of, typed
from telemachus.program.access import OFFICE, Kind, holds, program_or_404
from telemachus.program.views import page


@form_page
def notice(request: HttpRequest, slug: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    program = program_or_404(user, slug, *OFFICE)
    form = NoticeForm(typed(request), program=program, day=program.day(now))
    if request.method == "POST" and form.is_valid():
        lead = form.cleaned_data["hiring_lead"]
        try:
            recruit = announce(program, hiring_lead=lead, by=user, now=now, **vars(form.newcomer))
        except Objection as objection:
            form.add_error(objection.field, str(objection))
        else:
            messages.success(request, _("%(name)s is announced to the director.") % {"name": recruit})
            another = "another" in request.POST
            return redirect("intake:notice", slug) if another else return_to(request, "intake:board", slug)
    back = came_from(request, "intake:board", slug)
    directs = holds(user, program, Kind.DIRECTOR)
    return page(request, "intake/notice.html", form, program=program, came_from=back, directs=directs)


@form_page
def correct(request: HttpRequest, pk: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    recruit = get_object_or_404(visible_recruits(user), pk=pk)
    recruit.refuse_ended()
    form = _correction(request, recruit, now)
    if request.method == "POST" and form.is_valid():
        try:
            put_right(recruit, by=user, now=now, **vars(form.newcomer))
        except Objection as objection:
            form.add_error(objection.field, str(objection))
        else:
            messages.success(request, _("%(name)s: saved.") % {"name": recruit})
            return return_to(request, "intake:recruit", recruit.pk)
    back = came_from(request, "intake:recruit", recruit.pk)
    return page(request, "intake/correct.html", form, recruit=recruit, program=recruit.program, came_from=back)


def _correction(request: HttpRequest, recruit: Recruit, now: datetime) -> CorrectForm:
    program, person = recruit.program, recruit.person
    held = Appointment.objects.filter(program=program, person=person).first()
    known: dict[str, Any] = {name: getattr(person, name) for name in PERSON}
    known |= {name: getattr(held, name) for name in APPOINTMENT} if held else {}
    return CorrectForm(typed(request), program=program, day=program.day(now), recruit=recruit, initial=known)
