"""The mentee's side of the way to a pair: the choice, and the needs."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from telemachus.career.access import OF_PAPERS
from telemachus.career.status_form import OtherMentor, name_other_mentor
from telemachus.lib.errors import Conflict, Refused
from telemachus.pairing import requesting
from telemachus.pairing.access import can_choose, visible_shortlists
from telemachus.pairing.asking import runner
from telemachus.pairing.choice import chosen, names, to_show
from telemachus.pairing.choice_forms import NEXT, NO, ChoiceForm, NeedsForm
from telemachus.pairing.hints import hints
from telemachus.pairing.models import Need, Shortlist
from telemachus.pairing.models.shortlists import PAPERS
from telemachus.people.models import Person
from telemachus.people.requests import back_to, form_page, person_of, require, signed_in, typed
from telemachus.program.access import program_or_404
from telemachus.program.views import page


@form_page
def choose(request: HttpRequest, pk: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    shortlist = _own(user, pk)
    if shortlist.requests.exists():
        return _arranged(request, shortlist, now)
    listed = names(shortlist, now)
    form = ChoiceForm(typed(request), names=listed, papers=to_show(shortlist), initial=_said(shortlist))
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _take(shortlist, form, by=user, now=now))
        except Refused as refusal:
            form.add_error("first", str(refusal))
        else:
            return redirect("pairing:choose", pk)
    context: dict[str, Any] = {"names": listed, "chosen": chosen(shortlist), "by": _by(shortlist, now)}
    return page(request, "pairing/choose.html", form, shortlist=shortlist, program=shortlist.program, **context)


def _by(shortlist: Shortlist, now: datetime) -> str:
    """Who reads the choice: where a director stands on the list, the deputy."""
    return str(runner(shortlist, now) or _("the director"))


def _own(user: Person, pk: str) -> Shortlist:
    """The mentee's own list. One that is closed says so: an old mail may lead to it."""
    shortlist = get_object_or_404(visible_shortlists(user), pk=pk)
    require(can_choose(user, shortlist))
    if shortlist.state == Shortlist.State.CLOSED:
        raise Conflict(_("This list has done its work, or a newer one has come. What waits for you stands on Today."))
    return shortlist


def _arranged(request: HttpRequest, shortlist: Shortlist, now: datetime) -> HttpResponse:
    """Somebody was asked: the choice stands as it is, and the page is the same whatever the answer was."""
    if request.method == "POST":
        said = _("This is being arranged already. If you would rather change it, please tell %(by)s.")
        raise Conflict(said % {"by": _by(shortlist, now)})
    context: dict[str, Any] = {"chosen": chosen(shortlist), "by": _by(shortlist, now)}
    return page(request, "pairing/arranged.html", shortlist=shortlist, program=shortlist.program, **context)


def _said(shortlist: Shortlist) -> dict[str, object]:
    """What the form shows at first: the choice that stands; the one name of a list of one."""
    ranked = chosen(shortlist)
    listed = list(shortlist.candidates.all())
    if not ranked and len(listed) == 1:
        ranked = listed
    said: dict[str, object] = dict(zip(("first", *NEXT), (str(one.pk) for one in ranked), strict=False))
    return said | {name: getattr(shortlist, name) for name in PAPERS}


def _take(shortlist: Shortlist, form: ChoiceForm, *, by: Person, now: datetime) -> str:
    """What was said, and the sentence that answers it."""
    first, kind = form.ranked[0], form.cleaned_data["other"]
    if kind == NO:
        requesting.choose(shortlist, form.ranked, shows=form.shows, by=by, now=now)
        words = {"name": first.mentor, "by": _by(shortlist, now)}
        return _("You have chosen %(name)s. %(by)s is arranging it.") % words
    with transaction.atomic():
        name_other_mentor(shortlist.program, shortlist.mentee, first.mentor, kind, by=by, now=now)
        shortlist.drop(first, by=by, now=now)
    said = _("Thank you, that is good to know: %(name)s is noted as your %(kind)s. A slip? Tell the coordinator.")
    noted = said % {"name": first.mentor, "kind": OtherMentor.Kind(kind).label}
    return f"{noted} {_and_now(shortlist, now)}"


def _and_now(shortlist: Shortlist, now: datetime) -> str:
    """What stands once a name has left the choice."""
    if left := shortlist.next_choice():
        return _("Your choice is %(name)s now.") % {"name": left.mentor}
    if shortlist.state == Shortlist.State.OTHERS:
        said = _("%(by)s looks for other names. Until they come you can still choose here.")
        return said % {"by": _by(shortlist, now)}
    return _("Your career-development mentor is somebody else, so please choose another name or ask for other names.")


@require_POST
@signed_in
def ask_others(request: HttpRequest, pk: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    shortlist = _own(user, pk)
    if shortlist.requests.exists():
        return _arranged(request, shortlist, now)
    shortlist.ask_others(by=user, now=now)
    said = _("%(by)s looks for other names. Until they come you can still choose here.")
    messages.success(request, said % {"by": _by(shortlist, now)})
    return back_to(request, "pairing:choose", pk)


@form_page
def change_needs(request: HttpRequest, slug: str) -> HttpResponse:
    user, now = person_of(request), timezone.now()
    program = program_or_404(user, slug, *OF_PAPERS)
    held = Need.objects.terms_of(program, user)
    found = hints(user, [program]) if request.method == "GET" else ()
    form = NeedsForm(typed(request), programs=[program], held=held, found=found)
    if request.method == "POST" and form.is_valid():
        Need.objects.change(program, user, terms=form.ticked, by=user, now=now)
        messages.success(request, _("Kept. The director goes by this when naming colleagues to you."))
        return back_to(request, "intake:mine", slug)
    return page(request, "pairing/needs.html", form, program=program)
