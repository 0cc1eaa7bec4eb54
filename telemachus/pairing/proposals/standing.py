"""What speaks today against sending the list that a proposal would send: read anew, kept nowhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from telemachus.pairing.aside import aside
from telemachus.pairing.cohort import seeking
from telemachus.pairing.deputies import deputy_of
from telemachus.pairing.models import Pairing, Proposal, Proposed, Request, Shortlist
from telemachus.pairing.rules import Facts, facts_of, sentence
from telemachus.people.models import Person


@dataclass(frozen=True)
class Standing:
    """Of some rows of one proposal. `concerned`: searches that are not its maker's; all keys are ids of people."""

    proposal: Proposal
    facts: Mapping[UUID, Facts]
    seeking: frozenset[UUID]
    paired: frozenset[UUID]
    asked: frozenset[UUID]
    listed: Mapping[UUID, datetime]
    concerned: frozenset[UUID]
    deputy: Person | None

    def is_with_maker(self, row: Proposed) -> bool:
        return row.mentee_id not in self.concerned

    def still_seeks(self, row: Proposed) -> bool:
        return self.is_with_maker(row) and row.mentee_id in self.seeking

    def against(self, row: Proposed) -> str:
        """The first sentence against it; empty where the list can be sent now."""
        return self.against_mentee(row) or self._against_mentor(row)

    def against_mentee(self, row: Proposed) -> str:
        words = {"mentee": row.mentee}
        if not self.is_with_maker(row):
            return _("This search is not with you any more.")
        if row.mentee_id in self.paired:
            return _("%(mentee)s has a mentor already.") % words
        if row.mentee_id in self.asked:
            return _("A colleague has been asked to mentor %(mentee)s already.") % words
        if row.mentee_id not in self.seeking:
            return _("%(mentee)s does not look for a mentor any more.") % words
        sent = self.listed.get(row.mentee_id)
        if sent and sent > self.proposal.made_at:
            day = date_format(self.proposal.program.day(sent), "j F")
            return _("A newer list was sent to %(mentee)s on %(day)s.") % {**words, "day": day}
        return ""

    def _against_mentor(self, row: Proposed) -> str:
        if row.mentor is None:
            return ""
        against = self.facts[row.mentee_id].why_not(row.mentor.pk)
        if row.mentor_id == self.proposal.by_id:
            return self._against_maker(row, bool(against))
        return sentence(against[0], row.mentee, row.mentor) if against else ""

    def _against_maker(self, row: Proposed, excluded: bool) -> str:
        """Nobody is told why one cannot be chosen oneself: it may be the mentee's wish."""
        if excluded:
            return _("You yourself cannot be named to %(mentee)s now.") % {"mentee": row.mentee}
        if self.deputy is None:
            return _("You stand on this list yourself: name a deputy first who is not concerned by it.")
        return ""


def standing(proposal: Proposal, rows: Iterable[Proposed], now: datetime) -> Standing:
    """The same few queries, however many rows there are."""
    program, mentees = proposal.program, [row.mentee for row in rows]
    mine = {"program": program, "mentee__in": mentees}
    return Standing(
        proposal=proposal,
        facts=facts_of(program, mentees, now),
        seeking=frozenset(person.pk for person in seeking(program, now)),
        paired=frozenset(Pairing.objects.active().lasting().filter(**mine).values_list("mentee", flat=True)),
        asked=frozenset(Request.objects.holding().filter(**mine).values_list("mentee", flat=True)),
        listed=dict(Shortlist.objects.open().filter(**mine).values_list("mentee", "sent_at")),
        concerned=frozenset({proposal.by_id, *aside(proposal.by)}),
        deputy=deputy_of(program, proposal.by, now),
    )
