"""The director keeps the program’s vocabulary: adds, words anew, orders, merges, retires."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from telemachus.lib.errors import Refused
from telemachus.pairing.access import directed_terms
from telemachus.pairing.demand import Demand, demand
from telemachus.pairing.models import Term
from telemachus.pairing.vocabulary_forms import AddTermForm, ChangeTermForm, MergeForm
from telemachus.people.models import Person
from telemachus.people.requests import form_page, person_of, signed_in, typed
from telemachus.program.access import Kind, program_or_404
from telemachus.program.models import Program
from telemachus.program.views import page


@dataclass(frozen=True)
class Row:
    """One term as the director sees it, with what was merged into it and how many have it."""

    term: Term
    merged: list[Term]
    demand: Demand


@dataclass(frozen=True)
class Group:
    title: str
    is_help: bool
    rows: list[Row]
    retired: list[Row]


@require_safe
@signed_in
def vocabulary(request: HttpRequest, slug: str) -> HttpResponse:
    program = program_or_404(person_of(request), slug, Kind.DIRECTOR)
    counted = demand(program, program.day(timezone.now()))
    groups = list(_groups(program, counted))
    return render(request, "pairing/vocabulary.html", {"program": program, "groups": groups})


def _groups(program: Program, counted: Mapping[UUID, Demand]) -> Iterator[Group]:
    terms = list(Term.objects.filter(program=program, merged_into=None).prefetch_related("merged"))
    for kind in Term.Kind:
        of_kind = [term for term in terms if term.kind == kind]
        yield Group(
            title=capfirst(str(kind.label)),
            is_help=kind == Term.Kind.HELP,
            rows=[_row(term, counted) for term in of_kind if term.is_offered],
            retired=[_row(term, counted) for term in of_kind if not term.is_offered],
        )


def _row(term: Term, counted: Mapping[UUID, Demand]) -> Row:
    return Row(term, list(term.merged.all()), counted[term.pk])


@form_page
def add_term(request: HttpRequest, slug: str) -> HttpResponse:
    user = person_of(request)
    program = program_or_404(user, slug, Kind.DIRECTOR)
    form = AddTermForm(typed(request), initial={"kind": Term.Kind.INTEREST})
    if request.method == "POST" and form.is_valid():
        try:
            term = Term.add(program, **form.cleaned_data, by=user, now=timezone.now())
        except Refused as refusal:
            form.add_error("words", str(refusal))
        else:
            messages.success(request, _("“%(words)s” is on the list now.") % {"words": term.words})
            return redirect("pairing:vocabulary", slug)
    return page(request, "pairing/add_term.html", form, program=program)


def _own(request: HttpRequest, pk: UUID) -> tuple[Person, Term]:
    user = person_of(request)
    return user, get_object_or_404(directed_terms(user), pk=pk)


@form_page
def change_term(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, term = _own(request, pk)
    form = ChangeTermForm(typed(request), term=term)
    if request.method == "POST" and form.is_valid():
        try:
            term.change(**form.cleaned_data, by=user, now=timezone.now())
        except Refused as refusal:
            form.add_error("words", str(refusal))
        else:
            return _done(request, term, _("Saved; whoever has it reads it in these words."))
    return page(request, "pairing/change_term.html", form, **_of(term), place=_place(term))


def _of(term: Term) -> dict[str, Any]:
    program = term.program
    counted = demand(program, program.day(timezone.now()))
    return {"term": term, "program": program, "demand": counted[term.pk], "merged": list(term.merged.all())}


def _place(term: Term) -> dict[str, int] | None:
    """Which of how many it is among those that can be ticked."""
    row = list(Term.objects.filter(program=term.program, kind=term.kind).offered())
    return {"n": row.index(term) + 1, "last": len(row)} if term in row else None


def _done(request: HttpRequest, term: Term, said: str) -> HttpResponse:
    messages.success(request, said % {"words": term.words, "into": term.merged_into})
    return redirect("pairing:vocabulary", term.program.slug)


@form_page
def merge_term(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, term = _own(request, pk)
    form = MergeForm(typed(request), term=term)
    if request.method == "POST" and form.is_valid():
        try:
            term.merge(form.cleaned_data["into"], by=user, now=timezone.now())
        except Refused as refusal:
            form.add_error("into", str(refusal))
        else:
            return _done(request, term, _("“%(words)s” counts as “%(into)s” now. You can take it apart again."))
    return page(request, "pairing/merge_term.html", form, **_of(term))


@require_POST
@signed_in
def take_apart_term(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, term = _own(request, pk)
    term.take_apart(by=user, now=timezone.now())
    return _done(request, term, _("“%(words)s” stands by itself again; whoever had it has it."))


@require_POST
@signed_in
def retire_term(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, term = _own(request, pk)
    term.retire(by=user, now=timezone.now())
    return _done(request, term, _("“%(words)s” is no longer offered. Whoever has it keeps it."))


@require_POST
@signed_in
def bring_back_term(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, term = _own(request, pk)
    term.bring_back(by=user, now=timezone.now())
    return _done(request, term, _("“%(words)s” is offered again."))


@require_POST
@signed_in
def move_up_term(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, term = _own(request, pk)
    term.move_up(by=user, now=timezone.now())
    return redirect("pairing:change_term", pk)


@require_POST
@signed_in
def move_down_term(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, term = _own(request, pk)
    term.move_down(by=user, now=timezone.now())
    return redirect("pairing:change_term", pk)
