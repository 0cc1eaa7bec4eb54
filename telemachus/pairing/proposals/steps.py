"""What waits for a director: a proposal that is ready and of which nothing is sent yet."""

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from telemachus.lib.step import Act, Step
from telemachus.pairing.access import visible_proposals
from telemachus.pairing.models import Proposal, Proposed
from telemachus.people.models import Person
from telemachus.program.access import Kind, programs_as


def steps(user: Person, now: datetime) -> list[Step]:
    if not programs_as(user, Kind.DIRECTOR):
        return []
    rows = Proposed.objects.filter(proposal=OuterRef("pk"))
    # A second setting is read beside the first.
    ready = visible_proposals(user).filter(state=Proposal.State.READY, beside=None).order_by("made_at", "pk")
    waiting = ready.exclude(Exists(rows.exclude(accepted_at=None))).filter(Exists(rows.exclude(mentor=None)))
    return [_step(proposal) for proposal in waiting]


def _step(proposal: Proposal) -> Step:
    return Step(
        sentence=_("The proposal “%(title)s” is ready.") % {"title": proposal.title},
        why=_("Nothing of it is sent yet. It is forgotten thirty days after it was made."),
        since=proposal.program.day(proposal.made_at),
        acts=(Act(_("Look at it"), reverse("pairing:proposal", args=[proposal.pk]), by_link=True),),
    )
