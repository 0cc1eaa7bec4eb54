"""Proposals are worked out in the background, one after the other."""

from contextlib import suppress
from datetime import datetime

from django.utils import timezone
from django_tasks import task

from telemachus.lib.errors import Conflict
from telemachus.pairing.models import Proposal
from telemachus.pairing.proposals.work import work


@task()
def work_out(proposal: str) -> None:
    """Given twice, or again after a worker died, it is answered once."""
    found = Proposal.objects.working().select_related("program", "by").filter(pk=proposal).first()
    if found is not None:
        with suppress(Conflict):
            work(found, now=timezone.now())


def take_up_proposals(*, now: datetime) -> None:
    """What a killed worker left half way is begun anew."""
    for proposal in Proposal.objects.stalled(now):
        with suppress(Conflict):
            proposal.take_up(now=now)
            if proposal.state == Proposal.State.WORKING:
                work_out.enqueue(str(proposal.pk))
