"""A list as its mentee reads it: names, reasons, what each can help with. Why somebody no longer can, stays out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from telemachus.career.models import Appointment
from telemachus.career.papers import papers_of
from telemachus.pairing.models import Candidate, Need, Offer, Shortlist, Term
from telemachus.pairing.rules import facts, sentence_for_mentee
from telemachus.pairing.vocabulary import standing, words_of


@dataclass(frozen=True)
class Name:
    """One colleague on the list. `gone` is a sentence where this one can no longer be chosen."""

    candidate: Candidate
    title: str
    covered: list[str]
    gone: str

    @property
    def key(self) -> str:
        return str(self.candidate.pk)


def names(shortlist: Shortlist, now: datetime) -> list[Name]:
    """In the director's order. For a list of which nobody was asked yet: afterwards the room of a mentor would tell."""
    candidates = list(shortlist.candidates.all())
    known = facts(shortlist.program, shortlist.mentee, now)
    against = {one.mentor_id: known.why_not(one.mentor_id) for one in candidates}
    titles, covered = _titles(shortlist), _covered(shortlist)
    return [
        Name(
            candidate=one,
            title=titles.get(one.mentor_id, ""),
            covered=covered.get(one.mentor_id, []),
            gone=sentence_for_mentee(against[one.mentor_id][0]) if against[one.mentor_id] else "",
        )
        for one in candidates
    ]


def _titles(shortlist: Shortlist) -> Mapping[UUID, str]:
    mine = {"program": shortlist.program, "person__candidacies__shortlist": shortlist}
    appointments = Appointment.objects.filter(**mine).select_related("program")
    return {one.person_id: one.rank_and_series for one in appointments}


def _covered(shortlist: Shortlist) -> Mapping[UUID, list[str]]:
    """Which of the mentee's needs each one offers to help with, in words."""
    wanted = standing(Need.objects.terms_of(shortlist.program, shortlist.mentee))
    offers = Offer.objects.filter(person__candidacies__shortlist=shortlist).prefetch_related("terms")
    offered = {offer.person_id: {term.standing_id for term in offer.terms.all()} for offer in offers}
    return {
        mentor: words_of((term for term in wanted if term.pk in theirs), Term.Kind.HELP)
        for mentor, theirs in offered.items()
    }


def to_show(shortlist: Shortlist) -> list[str]:
    """What the mentee has that a mentor could read, as the fields of the list name it."""
    papers = papers_of(shortlist.program, [shortlist.mentee])[shortlist.mentee_id]
    needs = bool(words_of(Need.objects.terms_of(shortlist.program, shortlist.mentee), Term.Kind.HELP))
    here = {"shows_cv": papers.cv, "shows_aspirations": papers.aspirations, "shows_needs": needs}
    return [name for name, is_here in here.items() if is_here]


def chosen(shortlist: Shortlist) -> list[Candidate]:
    """The mentee's own order."""
    ranked = [(one.rank, one) for one in shortlist.candidates.all() if one.rank]
    return [one for _rank, one in sorted(ranked, key=lambda pair: pair[0])]
