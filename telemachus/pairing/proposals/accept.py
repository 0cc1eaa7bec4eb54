"""Accepts pairs of a proposal: each mentee gets a list with the proposed colleague first, and chooses (R6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.text import Truncator

from telemachus.audit.models import record
from telemachus.lib.change import compare_and_set
from telemachus.lib.errors import Conflict, Refused
from telemachus.pairing.cohort import Cohort
from telemachus.pairing.events import PairingEvent
from telemachus.pairing.models import Candidate, Proposal, Proposed
from telemachus.pairing.proposals.further import further as further_of
from telemachus.pairing.proposals.further import room_left
from telemachus.pairing.proposals.standing import standing
from telemachus.pairing.proposals.work import cohort_of, taking_part
from telemachus.pairing.reasons import for_mentee
from telemachus.pairing.requesting import name
from telemachus.people.models import Person

LONGEST_REASON = Candidate._meta.get_field("reason").max_length or 0


@dataclass(frozen=True)
class Accepted:
    """How many lists went out, and why the others did not, each in a sentence."""

    sent: int
    left_out: list[str]


def accept(proposal: Proposal, keys: Iterable[UUID], *, further: int, by: Person, now: datetime) -> Accepted:
    """Each is looked at once more and sent by itself: what no longer holds is left out, and the others go."""
    rows = proposal.rows.filter(pk__in=set(keys), accepted_at=None).exclude(mentor=None)
    group = cohort_of(proposal, taking_part(proposal, now), now)
    named = (
        further_of(proposal, proposal.rows.exclude(mentor=None), group, room_left(proposal, group)) if further else {}
    )
    sent = 0
    left_out: list[str] = []
    for row in rows.select_related("proposal__program", "proposal__by", "mentee", "mentor").order_by(
        "mentee__sort_name", "pk"
    ):
        try:
            _send(row, named.get(row.mentee_id, [])[:further], group, by=by, now=now)
        except (Refused, Conflict) as refusal:
            left_out += [] if _is_sent(row) else [f"{row.mentee}: {refusal}"]
        else:
            sent += 1
    if sent:
        with transaction.atomic():
            record(PairingEvent.PROPOSAL_ACCEPTED, proposal, by=by, now=now, program=proposal.program)
    return Accepted(sent, left_out)


def _send(row: Proposed, others: list[Person], group: Cohort, *, by: Person, now: datetime) -> None:
    """The row is the lock: of two clicks one sends."""
    proposal = row.proposal
    with transaction.atomic():
        compare_and_set(row, where={"accepted_at": None}, to={"accepted_at": now})
        if said := standing(proposal, [row], now).against(row):
            raise Refused(said)
        assert row.mentor is not None
        named = [(one, _reason(group, row, one)) for one in (row.mentor, *others)]
        name(proposal.program, row.mentee, named, by=by, now=now)


def _is_sent(row: Proposed) -> bool:
    """Another click was faster, and has done it."""
    return Proposed.objects.filter(pk=row.pk).exclude(accepted_at=None).exists()


def _reason(group: Cohort, row: Proposed, mentor: Person) -> str:
    if mentor.pk not in group.column or row.mentee_id not in group.row:
        return ""
    parts = group.scores.of(group.row[row.mentee_id], group.column[mentor.pk])
    return Truncator(for_mentee(parts, group.terms)).chars(LONGEST_REASON)
