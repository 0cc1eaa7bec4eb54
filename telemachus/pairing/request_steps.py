"""What waits for a mentor who is asked."""

from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from telemachus.lib.step import Act, Step
from telemachus.pairing.access import asked_requests
from telemachus.pairing.asking import askers
from telemachus.pairing.models import Request
from telemachus.people.models import Person


def steps(user: Person, now: datetime) -> list[Step]:
    asked = list(asked_requests(user).waiting().order_by("made_at", "pk"))
    by = askers(asked, now) if asked else {}
    return [_step(request, by.get(request.pk), now) for request in asked]


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
