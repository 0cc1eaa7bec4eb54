"""What waits for a mentor who is asked, and for whoever asked where the two can no longer become a pair."""

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from telemachus.lib.step import Act, Step
from telemachus.pairing.access import asked_requests, directed_requests
from telemachus.pairing.asking import askers
from telemachus.pairing.models import Apart, Request
from telemachus.people.models import Person


def steps(user: Person, now: datetime) -> list[Step]:
    asked = list(asked_requests(user).waiting().order_by("made_at", "pk"))
    by = askers(asked, now) if asked else {}
    return [_step(request, by.get(request.pk), now) for request in asked] + [_apart(one) for one in _kept_apart(user)]


def _kept_apart(user: Person) -> list[Request]:
    """Open requests between two of whom one would rather not, or who are near relatives."""
    said = Apart.objects.filter(program=OuterRef("program"))
    of_mentee = said.filter(person=OuterRef("mentee"), other=OuterRef("mentor"))
    of_mentor = said.filter(person=OuterRef("mentor"), other=OuterRef("mentee"))
    return list(directed_requests(user).holding().filter(Exists(of_mentee) | Exists(of_mentor)).order_by("made_at"))


def _apart(request: Request) -> Step:
    words = {"mentee": request.mentee, "mentor": request.mentor}
    return Step(
        sentence=_("%(mentee)s and %(mentor)s cannot become a pair: take the request back.") % words,
        why=_("Something was said in confidence since. Neither of them is told."),
        since=request.program.day(request.made_at),
        acts=(Act(_("Look at it"), reverse("pairing:request", args=[request.pk]), by_link=True),),
    )


def _step(request: Request, by: Person | None, now: datetime) -> Step:
    words = {"by": by or request.program, "mentee": request.mentee, "day": date_format(request.until, "j F")}
    day = request.program.day
    return Step(
        sentence=_("%(by)s asks whether you would mentor %(mentee)s.") % words,
        why=_("Only %(by)s learns your answer; no reason is asked. An answer is hoped for by %(day)s.") % words,
        since=day(request.made_at),
        late=request.until <= day(now),
        acts=(
            Act(_("Accept"), reverse("pairing:accept", args=[request.pk])),
            Act(_("Decline"), reverse("pairing:decline", args=[request.pk]), quiet=True),
            Act(_("Look at it"), reverse("pairing:request", args=[request.pk]), by_link=True, quiet=True),
        ),
    )
