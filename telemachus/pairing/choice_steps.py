"""What waits for a mentee who chooses a mentor."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemachus.lib.step import Act, Step
from telemachus.pairing.access import lists_to_choose_from
from telemachus.pairing.models import Shortlist
from telemachus.people.models import Person


def steps(user: Person, now: datetime) -> list[Step]:
    return [_step(shortlist) for shortlist in lists_to_choose_from(user)]


def _step(shortlist: Shortlist) -> Step:
    count = len(shortlist.candidates.all())
    why = ngettext(
        "One colleague is named to you, with a reason.",
        "%(n)s colleagues are named to you, with reasons.",
        count,
    )
    return Step(
        sentence=_("Choose whom you would like as your mentor."),
        why=why % {"n": count},
        since=shortlist.program.day(shortlist.sent_at),
        acts=(Act(_("Choose"), reverse("pairing:choose", args=[shortlist.pk]), by_link=True),),
    )
