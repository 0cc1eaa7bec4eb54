"""What the two of a pair agree on, read and acknowledged by each, once a year (R12)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from telemachus.pairing.access import is_member, visible_pairings
from telemachus.pairing.agreement import dues, last_words
from telemachus.pairing.models import Acknowledgement
from telemachus.pairing.pair_forms import ReadForm
from telemachus.pairing.responsibilities import parts
from telemachus.people.requests import form_page, person_of, require, typed
from telemachus.program.views import page


@form_page
def agreement(request: HttpRequest, pk: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    pairing = get_object_or_404(visible_pairings(user).registered(), pk=pk)
    require(is_member(user, pairing))
    form = ReadForm(typed(request))
    if request.method == "POST" and form.is_valid():
        Acknowledgement.give(pairing, by=user, now=now)
        messages.success(request, _("Thank you. We ask you again in a year."))
        return redirect("pairing:agreement", pk)
    [due] = dues(user, [pairing], now)
    context = {"parts": parts(pairing.program), "due": due, "words": last_words(pairing), "other": pairing.other(user)}
    return page(request, "pairing/agreement.html", form, pairing=pairing, program=pairing.program, **context)
