"""What a director looks at before naming colleagues to a mentee: who can be chosen, and what has been tried."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from telemachus.pairing.access import directed_requests
from telemachus.pairing.deputies import deputy_of
from telemachus.pairing.models import Candidate, Need, Pairing, Request, Shortlist, Term
from telemachus.pairing.rules import Why, sentence
from telemachus.pairing.suggest import Suggestion, Suggestions
from telemachus.pairing.vocabulary import words_of
from telemachus.people.models import Person
from telemachus.program.models import Program, Role

# So many are ticked beforehand: a choice, and not a catalogue.
TICKED = 3
# Behind every rank that a mentee gives.
MANY = 1_000


@dataclass(frozen=True)
class Named:
    """One name of the list that stands; `can_ask` where the mentee chose this colleague, nobody has asked yet, and no
    rule speaks against it today.
    """

    candidate: Candidate
    said: str
    can_ask: bool
    is_next: bool


@dataclass(frozen=True)
class Search:
    """`choosable` are those on whom a list can draw, best first; `said` is what is known of some of them, by key.

    `deputy` runs the search as soon as the reader stands on the list; without one the reader is not offered.
    """

    program: Program
    mentee: Person
    needs: list[str]
    known: Suggestions
    choosable: list[Suggestion]
    said: dict[UUID, str]
    shortlist: Shortlist | None
    request: Request | None
    pairing: Pairing | None
    deputy: Person | None
    is_mentor: bool

    @property
    def seek(self) -> int:
        """How many searches the reader runs, this one counted."""
        return len(self.known.cohort.mentees)

    @property
    def ticked(self) -> set[UUID]:
        fresh = [one.mentor.pk for one in self.choosable if one.mentor.pk not in self.said]
        return set(fresh[:TICKED])

    @property
    def named(self) -> list[Named]:
        """The list that stands: first as the mentee ranks, then as it was sent."""
        if self.shortlist is None:
            return []
        candidates = sorted(self.shortlist.candidates.all(), key=lambda one: (one.rank or MANY, one.place))
        asks = self.shortlist.state == Shortlist.State.CHOSEN and not self.request and not self.pairing
        tried = {one.mentor_id for one in self.shortlist.requests.all()}
        against = {one.mentor_id: self._against(one.mentor) for one in candidates if one.mentor_id not in tried}
        left = [one.pk for one in candidates if asks and one.rank and not against.get(one.mentor_id, "tried")]
        return [
            Named(
                candidate=one,
                said=self.said.get(one.mentor_id, "") if one.mentor_id in tried else _rank(one, against[one.mentor_id]),
                can_ask=one.pk in left,
                is_next=one.pk in left[:1],
            )
            for one in candidates
        ]

    @property
    def is_used_up(self) -> bool:
        """The mentee has chosen, and nobody of the choice can be asked any more: only other names help."""
        if self.shortlist is None or self.shortlist.state != Shortlist.State.CHOSEN:
            return False
        if self.request or self.pairing:
            return False
        return not any(one.can_ask for one in self.named)

    def _against(self, mentor: Person) -> str:
        """The first reason why this colleague cannot be asked now; empty where nothing speaks against it."""
        suggestion = self.known.of(mentor)
        against = (Why.NOT_A_MENTOR,) if suggestion is None else suggestion.why_not
        return sentence(against[0], self.mentee, mentor) if against else ""


def _rank(candidate: Candidate, against: str) -> str:
    rank = _("choice %(rank)d") % {"rank": candidate.rank} if candidate.rank else ""
    return " · ".join(filter(None, [rank, against]))


def search(program: Program, mentee: Person, reader: Person, now: datetime) -> Search:
    """The same few queries, however many colleagues there are."""
    known = Suggestions(program, mentee, now, reader=reader)
    mine = {"program": program, "mentee": mentee}
    shortlist = Shortlist.objects.open().filter(**mine).with_people().prefetch_related("requests").first()
    requests = list(directed_requests(reader).filter(**mine).order_by("made_at"))
    deputy = deputy_of(program, reader, now)
    return Search(
        program=program,
        mentee=mentee,
        needs=words_of(Need.objects.terms_of(program, mentee), Term.Kind.HELP),
        known=known,
        choosable=[one for one in known.ranked if not one.why_not and (deputy or one.mentor != reader)],
        said=_said(shortlist, requests),
        shortlist=shortlist,
        request=next((one for one in requests if one.state in Request.HOLDING), None),
        pairing=Pairing.objects.active().lasting().filter(**mine).with_people().first(),
        deputy=deputy,
        is_mentor=known.of(reader) is not None,
    )


def _said(shortlist: Shortlist | None, requests: Iterable[Request]) -> dict[UUID, str]:
    """What the director knows of each who was named or asked before: never shown to anybody else."""
    said: dict[UUID, str] = {}
    for candidate in shortlist.candidates.all() if shortlist else ():
        said[candidate.mentor_id] = _("on the list that stands")
    for request in requests:
        said[request.mentor_id] = standing(request)
    return said


def standing(request: Request) -> str:
    """Of a request, for whoever runs it."""
    day = date_format(request.answered_on, "j F") if request.answered_on else ""
    words = {"day": day, "until": date_format(request.until, "j F")}
    return {
        Request.State.WAITING: _("asked, until %(until)s"),
        Request.State.ACCEPTED: _("said yes on %(day)s"),
        Request.State.DECLINED: _("declined on %(day)s"),
        Request.State.WITHDRAWN: _("asked; taken back on %(day)s"),
        Request.State.EXPIRED: _("asked; no answer by %(until)s"),
        Request.State.INTRODUCED: _("said yes; the two are introduced"),
    }[Request.State(request.state)] % words


def colleagues(found: Search, reader: Person, now: datetime) -> QuerySet[Person]:
    """Everybody with a part in the program, about whom it can be asked why not.

    Nobody is told why one cannot be chosen oneself: it may be the mentee's wish.
    """
    here = Role.objects.filter(program=found.program).on(found.program.day(now))
    people = Person.objects.filter(pk__in=here.values("person")).exclude(pk__in=[found.mentee.pk, reader.pk])
    return people.order_by("sort_name", "pk")
