"""A proposal for a whole cohort: who takes part, what came of it, two settings side by side, and what is sent of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from telemachus.lib.errors import Refused
from telemachus.pairing.access import visible_proposals
from telemachus.pairing.cohort import seekers, weights_of
from telemachus.pairing.models import Proposal, Weights
from telemachus.pairing.proposals.accept import Accepted, accept
from telemachus.pairing.proposals.compare import compared
from telemachus.pairing.proposals.forms import AcceptForm, CohortForm, seed_of, seekers_of, title_of
from telemachus.pairing.proposals.further import FURTHER
from telemachus.pairing.proposals.page import Page
from telemachus.pairing.proposals.picture import picture
from telemachus.pairing.proposals.tasks import work_out
from telemachus.pairing.weighing import in_words
from telemachus.pairing.weights_forms import WeightsForm
from telemachus.people.models import Person
from telemachus.people.requests import form_page, person_of, signed_in, typed
from telemachus.program.access import Kind, note_viewing, program_or_404
from telemachus.program.models import Program


@form_page
def cohort(request: HttpRequest, slug: str) -> HttpResponse:
    """Who takes part; below, what was made in the last month."""
    user, now = person_of(request), timezone.now()
    program = program_or_404(user, slug, Kind.DIRECTOR)
    found = seekers_of(program, seekers(program, user, now), now)
    initial = {"title": title_of(program, now), "seed": seed_of(program, now)}
    form = CohortForm(typed(request), seekers=found, initial=initial)
    second = WeightsForm(
        typed(request) if request.POST.get("compare") else None, weights=weights_of(program), prefix="2"
    )
    if request.method == "POST" and form.is_valid() and (not second.is_bound or second.is_valid()):
        weights = [weights_of(program)] + ([second.weights(program)] if second.is_bound else [])
        made = _begin(form, weights, program, by=user, now=now)
        return redirect("pairing:proposal", made.pk)
    made_before = visible_proposals(user).filter(program=program).with_all_sent().order_by("-made_at", "pk")
    context = {"program": program, "form": form, "second": second, "proposals": made_before}
    status = 422 if form.errors or second.errors else 200
    return render(request, "pairing/cohort.html", context, status=status)


def _begin(form: CohortForm, weights: list[Weights], program: Program, *, by: Person, now: datetime) -> Proposal:
    """The first of them; each setting is worked out by itself."""
    first: Proposal | None = None
    said = {"title": form.cleaned_data["title"], "seed": form.cleaned_data["seed"]}
    with transaction.atomic():
        for each in weights:
            made = Proposal.objects.make(program, form.people(), weights=each, beside=first, by=by, now=now, **said)
            work_out.enqueue(str(made.pk))
            first = first or made
    assert first is not None
    return first


@require_safe
@signed_in
def proposal(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _found(request, pk)
    context: dict[str, Any] = {"proposal": found, "program": found.program, **_beside(found)}
    context |= {"weights": in_words(found.weighed)}
    if found.state == Proposal.State.READY:
        now, user = timezone.now(), person_of(request)
        read = Page(found, now)
        note_viewing(user, found.program, *(row.mentee for row in read.rows), now=now)
        rows = [line.row.pk for line in read.to_send]
        context |= {"read": read, "picture": picture(read), "form": AcceptForm(rows=rows)}
    return render(request, "pairing/proposal.html", context | _elapsed(found))


def _beside(found: Proposal) -> dict[str, Any]:
    """With which other setting it can be compared."""
    other = found.beside or found.others.order_by("-made_at").first()
    return {"other": other, "first": found.beside or found}


def _elapsed(found: Proposal) -> dict[str, Any]:
    return {"seconds": max(int((timezone.now() - found.made_at).total_seconds()), 0)}


@require_safe
@signed_in
def proposal_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The bar alone, once a second; the page itself where it is over, or where no script asks."""
    found = _found(request, pk)
    if not request.headers.get("HX-Request"):
        return redirect("pairing:proposal", pk)
    if found.state != Proposal.State.WORKING:
        return HttpResponseClientRefresh()
    return render(request, "pairing/proposal_progress.html", {"proposal": found, **_elapsed(found)})


@require_POST
@signed_in
def accept_proposal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is ticked; a second click finds it sent."""
    found, user = _found(request, pk), person_of(request)
    form = AcceptForm(request.POST, rows=found.rows.values_list("pk", flat=True))
    if not form.is_valid():
        messages.warning(request, _("Nothing was sent: tick at least one pair of this proposal."))
        return redirect("pairing:proposal", pk)
    further = FURTHER if form.cleaned_data["further"] else 0
    _tell(request, accept(found, form.cleaned_data["rows"], further=further, by=user, now=timezone.now()))
    return redirect("pairing:proposal", pk)


def _tell(request: HttpRequest, done: Accepted) -> None:
    if done.sent:
        said = ngettext(
            "One list is sent; now the mentee chooses.", "%(n)s lists are sent; now the mentees choose.", done.sent
        )
        messages.success(request, said % {"n": done.sent})
    for sentence in done.left_out:
        messages.warning(request, _("Left out: %(sentence)s") % {"sentence": sentence})
    if not done.sent and not done.left_out:
        messages.info(request, _("These lists had been sent already."))


@require_safe
@signed_in
def compare(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Two settings of the weights for the same people, side by side."""
    found = _found(request, pk)
    beside = _beside(found)
    if beside["other"] is None:
        return redirect("pairing:proposal", pk)
    one, other = (found.beside, found) if found.beside else (found, beside["other"])
    context: dict[str, Any] = {"program": found.program, "one": one, "other": other}
    context |= {"weighed": (in_words(one.weighed), in_words(other.weighed))}
    if one.state == other.state == Proposal.State.READY:
        context |= {"compared": compared(Page(_found(request, one.pk), timezone.now()), Page(other, timezone.now()))}
    return render(request, "pairing/compare.html", context)


@require_POST
@signed_in
def run_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same people, seed and weights: the same answer, unless something has changed since."""
    found, user, now = _found(request, pk), person_of(request), timezone.now()
    mentees = [row.mentee for row in found.rows.select_related("mentee")]
    asked: dict[str, Any] = {"title": found.title, "seed": found.seed, "weights": found.weighed}
    try:
        with transaction.atomic():
            made = Proposal.objects.make(found.program, mentees, by=user, now=now, **asked)
            work_out.enqueue(str(made.pk))
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("pairing:proposal", pk)
    return redirect("pairing:proposal", made.pk)


@require_POST
@signed_in
def drop_proposal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lists that were sent stand; only the working paper goes."""
    found = _found(request, pk)
    found.delete()
    messages.success(request, _("The proposal is forgotten. Lists that were sent stand."))
    return redirect("pairing:cohort", found.program.slug)


def _found(request: HttpRequest, pk: UUID) -> Proposal:
    return get_object_or_404(visible_proposals(person_of(request)), pk=pk)
