"""How the program weighs what speaks for a pair: the director sets it, and can go back to how it began."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from telemachus.pairing.cohort import weights_of
from telemachus.pairing.models import PARTS
from telemachus.pairing.weighing import change_weights as change
from telemachus.pairing.weighing import defaults, is_default
from telemachus.pairing.weights_forms import WeightsForm, shares
from telemachus.people.requests import form_page, person_of, signed_in, typed
from telemachus.program.access import Kind, program_or_404
from telemachus.program.views import page


@form_page
def change_weights(request: HttpRequest, slug: str) -> HttpResponse:
    user = person_of(request)
    program = program_or_404(user, slug, Kind.DIRECTOR)
    weights = weights_of(program)
    form = WeightsForm(typed(request), weights=weights)
    if request.method == "POST" and form.is_valid():
        change(program, form.weights(program), by=user, now=timezone.now())
        messages.success(request, _("Saved. Lists and proposals from now on go by it."))
        return redirect("pairing:change_weights", slug)
    context = {
        "program": program,
        "shares": list(shares(weights)),
        "total": sum(getattr(weights, part) for part in PARTS),
        "is_default": is_default(weights),
    }
    return page(request, "pairing/change_weights.html", form, **context)


@require_POST
@signed_in
def restore_weights(request: HttpRequest, slug: str) -> HttpResponse:
    user = person_of(request)
    program = program_or_404(user, slug, Kind.DIRECTOR)
    change(program, defaults(), by=user, now=timezone.now())
    messages.success(request, _("The weights are as they were at the beginning."))
    return redirect("pairing:change_weights", slug)
