"""Whom one would like to be paired with, and whom rather not: one page, two forms."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from telemachus.career.access import OF_PAPERS
from telemachus.lib.errors import Refused
from telemachus.pairing.access import own_aparts, own_wishes, possible_partners
from telemachus.pairing.models import Apart, Pairing, Wish
from telemachus.pairing.wish_forms import ApartForm, WishForm
from telemachus.people.models import Person
from telemachus.people.requests import back_to, form_page, person_of, signed_in, typed
from telemachus.program.access import Kind, holds, program_or_404
from telemachus.program.models import Program, Role
from telemachus.program.views import page


@form_page
def keep_apart(request: HttpRequest, slug: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    program = program_or_404(user, slug, *OF_PAPERS, Kind.MENTOR)
    form = ApartForm(typed(request), people=possible_partners(user, program), directors=_directors(program, now))
    if request.method == "POST" and form.is_valid():
        try:
            Apart(program=program, person=user, **form.cleaned_data).keep(now=now)
        except Refused as refusal:
            form.add_error("other", str(refusal))
        else:
            messages.success(request, _kept_apart(user, program, form.cleaned_data["other"]))
            return redirect("pairing:keep_apart", slug)
    return _both(request, program, now, form)


def _kept_apart(user: Person, program: Program, other: Person) -> str:
    if Pairing.objects.active().filter(program=program).of(user).of(other).exists():
        said = _(
            "Kept for later. %(name)s and you are a pair now and stay one: a change is asked for on your pair’s page."
        )
    else:
        said = _("Kept. You will not be paired with %(name)s.")
    return said % {"name": other}


@form_page
def wish_for(request: HttpRequest, slug: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    program = program_or_404(user, slug, *OF_PAPERS)
    form = WishForm(typed(request), people=possible_partners(user, program), directors=_directors(program, now))
    if request.method == "POST" and form.is_valid():
        try:
            Wish(program=program, mentee=user, **form.cleaned_data).keep(now=now)
        except Refused as refusal:
            form.add_error("mentor", str(refusal))
        else:
            said = _("Kept. Whoever runs your search reads that you would like %(name)s.")
            messages.success(request, said % {"name": form.cleaned_data["mentor"]})
            return redirect("pairing:wish_for", slug)
    return _both(request, program, now, form)


def _both(request: HttpRequest, program: Program, now: datetime, form: ApartForm | WishForm) -> HttpResponse:
    """The page with the form that was sent, if any, and the other one; a mentor wishes for nobody."""
    user = person_of(request)
    people, directors = possible_partners(user, program), _directors(program, now)
    context: dict[str, object] = {
        "apart_form": form if isinstance(form, ApartForm) else ApartForm(people=people, directors=directors),
        "wish_form": form if isinstance(form, WishForm) else WishForm(people=people, directors=directors),
        "seeks": holds(user, program, *OF_PAPERS),
        "said": own_aparts(user).filter(program=program),
        "wished": own_wishes(user).filter(program=program),
        "home": _home_of(user, program),
    }
    return page(request, "pairing/apart.html", form, program=program, **context)


def _home_of(user: Person, program: Program) -> str:
    """The page on which one finds one's own mentoring: as who looks for a mentor, or as a mentor."""
    if holds(user, program, *OF_PAPERS):
        return reverse("intake:mine", args=[program.slug])
    return reverse("meetings:my_mentees")


def _directors(program: Program, now: datetime) -> list[Person]:
    roles = Role.objects.filter(program=program, kind=Kind.DIRECTOR).on(program.day(now))
    return list(Person.objects.filter(roles__in=roles).distinct())


@require_POST
@signed_in
def let_together(request: HttpRequest, pk: str) -> HttpResponse:
    apart = get_object_or_404(own_aparts(person_of(request)), pk=pk)
    apart.take_back(now=timezone.now())
    messages.success(request, _("Taken back."))
    return back_to(request, "pairing:keep_apart", apart.program.slug)


@require_POST
@signed_in
def take_back_wish(request: HttpRequest, pk: str) -> HttpResponse:
    wish = get_object_or_404(own_wishes(person_of(request)), pk=pk)
    wish.take_back(now=timezone.now())
    messages.success(request, _("Taken back."))
    return back_to(request, "pairing:wish_for", wish.program.slug)
