"""Nobody administers oneself: a director names who decides about the director's own pairs."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from telemachus.lib.errors import Refused
from telemachus.people.requests import form_page, person_of, signed_in, typed
from telemachus.program.access import Kind, own_deputies, program_or_404
from telemachus.program.forms import DeputyForm
from telemachus.program.models import Deputy
from telemachus.program.views import page


@form_page
def deputy(request: HttpRequest, slug: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    program = program_or_404(user, slug, Kind.DIRECTOR)
    standing = own_deputies(user).filter(program=program).first()
    form = DeputyForm(typed(request), program=program, director=user, day=program.day(now))
    if request.method == "POST" and form.is_valid():
        try:
            named = Deputy.name_for(program, director=user, deputy=form.cleaned_data["deputy"], now=now)
        except Refused as refusal:
            form.add_error("deputy", str(refusal))
        else:
            messages.success(request, _("%(name)s decides about your own pairs from now on.") % {"name": named.deputy})
            return redirect("program:deputy", slug)
    return page(request, "program/deputy.html", form, program=program, standing=standing)


@require_POST
@signed_in
def end_deputy(request: HttpRequest, pk: str) -> HttpResponse:
    user = person_of(request)
    standing = get_object_or_404(own_deputies(user), pk=pk)
    standing.end(by=user, now=timezone.now())
    messages.success(request, _("%(name)s is no longer your deputy.") % {"name": standing.deputy})
    return redirect("program:deputy", standing.program.slug)
