"""What if so many recruits came: places, and needs that nobody has room for. For the director, without a name."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from telemachus.pairing.forecast_page import outlook
from telemachus.pairing.number_fields import WholeNumber
from telemachus.people.requests import person_of, signed_in
from telemachus.program.access import Kind, program_or_404

RECRUITS, MOST_RECRUITS = 10, 200
MOST_DRAW = 9999


class WhatIfForm(forms.Form):
    recruits = WholeNumber(label=gettext_lazy("How many recruits"), least=1, most=MOST_RECRUITS, initial=RECRUITS)
    seed = WholeNumber(
        label=gettext_lazy("Number of the draw"),
        help_text=gettext_lazy("Another number draws other needs; the same number the same ones."),
        least=0,
        most=MOST_DRAW,
        initial=1,
    )


@require_safe
@signed_in
def what_if(request: HttpRequest, slug: str) -> HttpResponse:
    """Asked by the address, so that it works without script and can be passed on."""
    user = person_of(request)
    program = program_or_404(user, slug, Kind.DIRECTOR)
    asked = {name: request.GET.get(name, field.initial) for name, field in WhatIfForm.base_fields.items()}
    form = WhatIfForm(asked)
    context = {"program": program, "form": form}
    if form.is_valid():
        context["outlook"] = outlook(program, user, now=timezone.now(), **form.cleaned_data)
    return render(request, "pairing/what_if.html", context, status=422 if form.errors else 200)
