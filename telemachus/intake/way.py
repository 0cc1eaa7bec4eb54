"""How far everybody is on the way to a mentor: what the rooms below know, read for a whole board at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from telemachus.audit.models import Event
from telemachus.career.models import Appointment
from telemachus.career.papers import Papers, papers_of
from telemachus.intake.access import own_recruits
from telemachus.intake.models import Letter, Recruit
from telemachus.intake.path import Facts, Path, path
from telemachus.lib.errors import Conflict
from telemachus.pairing.models import Need, Pairing, Request, Shortlist
from telemachus.pairing.rules import Facts as Rules
from telemachus.pairing.rules import facts_of
from telemachus.people.models import Person
from telemachus.program.access import Kind, programs_as
from telemachus.program.events import ProgramEvent
from telemachus.program.models import Program, Role


@dataclass(frozen=True)
class Way:
    """One person on the way; `recruit` is None for a mentee of the program who looks for another mentor."""

    program: Program
    person: Person
    recruit: Recruit | None
    appointment: Appointment | None
    papers: Papers
    shortlist: Shortlist | None
    request: Request | None
    facts: Facts
    path: Path


def ways(program: Program, recruits: Iterable[Recruit], now: datetime) -> list[Way]:
    """One way for each recruit of the program, in the given order; the same few queries for one as for thirty."""
    listed = list(recruits)
    known = _Known(program, [recruit.person for recruit in listed], now)
    return [known.way(recruit.person, recruit, _of_recruit(recruit, known, now), now) for recruit in listed]


def searches(program: Program, now: datetime) -> list[Way]:
    """Mentees for whom a mentor is wanted though no recruit's way is open: after a change, or from the roster."""
    people = list(without_mentor(program, now))
    known = _Known(program, people, now)
    return [
        known.way(person, None, _of_search(person, known, now), now) for person in people if known.must_pair(person)
    ]


def own_way(program: Program, person: Person, now: datetime) -> Way:
    """One person's, also where no recruit's way is open; a search that was closed without a pair has ended."""
    recruits = Recruit.objects.filter(program=program, person=person).with_people()
    if recruit := recruits.open().first():
        return ways(program, [recruit], now)[0]
    known = _Known(program, [person], now)
    closed = recruits.exclude(ending=Recruit.Ending.PAIRED).order_by("ended_on").last()
    facts = _of_search(person, known, now)
    if closed and not known.pairs[person.pk]:
        facts = replace(facts, ended=closed.ended_on)
    elif not known.must_pair(person) and facts.list_sent is None:
        facts = replace(facts, ended=facts.today)
    return known.way(person, None, facts, now)


def under_way(person: Person, now: datetime) -> list[Program]:
    """The programs in which somebody is on the way to a mentor, as a recruit or as a mentee without one."""
    coming = [recruit.program for recruit in own_recruits(person).select_related("program").prefetch_related(None)]
    return [
        *coming,
        *(one for one in programs_as(person, Kind.MENTEE) if one not in coming and _seeks(person, one, now)),
    ]


def _seeks(person: Person, program: Program, now: datetime) -> bool:
    if not without_mentor(program, now).filter(pk=person.pk).exists():
        return False
    return must_pair(program, Appointment.objects.filter(program=program, person=person).first())


def asks_needs(way: Way) -> bool:
    """Whether a word on what would help still comes in time for the names."""
    return way.facts.must_pair and way.shortlist is None and not Need.objects.terms_of(way.program, way.person)


def without_mentor(program: Program, now: datetime) -> QuerySet[Person]:
    mentees = Role.objects.filter(program=program, kind=Role.Kind.MENTEE).on(program.day(now))
    mine = {"program": program, "mentee": OuterRef("pk")}
    paired = Pairing.objects.active().lasting().filter(**mine)
    coming = Recruit.objects.open().filter(program=program, person=OuterRef("pk"))
    # Whose search was closed is looked for no more, unless a pair has stood since: reopening brings the person back.
    closed = Recruit.objects.filter(program=program, person=OuterRef("pk")).exclude(ending=Recruit.Ending.PAIRED)
    ever = Pairing.objects.registered().filter(**mine)
    people = Person.objects.filter(roles__in=mentees).exclude(Exists(paired)).exclude(Exists(coming))
    people = people.exclude(Exists(closed) & ~Exists(ever))
    # A pair that the paper register names waits for the director's word: until then nobody is looked for.
    claimed = Pairing.objects.waiting().filter(ends=None, **mine)
    people = people.exclude(Exists(claimed))
    # Nor for a mentee of whom the last pair's end says that he or she left, though the role may not have ended yet.
    last = Pairing.objects.registered().filter(**mine).order_by("-begins").values("ending")[:1]
    people = people.annotate(last=Subquery(last)).filter(Q(last=None) | ~Q(last=Pairing.Ending.MENTEE_LEFT))
    return people.distinct().order_by("sort_name", "pk")


def must_pair(program: Program, held: Appointment | None) -> bool:
    """Required in junior series (REQUIREMENTS, “Junior faculty or every recruit?”); unknown is taken as junior."""
    return held is None or program.book.needs_mentor(held.series, held.rank)


class _Known:
    """What is read once for everybody."""

    def __init__(self, program: Program, people: Sequence[Person], now: datetime) -> None:
        self.program, self.people, self.now = program, people, now
        mine: dict[str, Any] = {"program": program, "mentee__in": people}
        self.papers = papers_of(program, people)
        appointments = Appointment.objects.filter(program=program, person__in=people).select_related("program")
        self.appointments = {one.person_id: one for one in appointments}
        self.lists = {one.mentee_id: one for one in Shortlist.objects.open().filter(**mine).with_people()}
        self.requests: dict[UUID, list[Request]] = defaultdict(list)
        for request in Request.objects.filter(**mine).with_people().order_by("made_at"):
            self.requests[request.mentee_id].append(request)
        self.pairs: dict[UUID, list[Pairing]] = defaultdict(list)
        for pairing in Pairing.objects.registered().lasting().filter(**mine).order_by("begins"):
            self.pairs[pairing.mentee_id].append(pairing)
        self.letters: dict[UUID, list[Letter]] = defaultdict(list)
        for letter in Letter.objects.filter(recruit__program=program, recruit__person__in=people).order_by("sent_at"):
            self.letters[letter.recruit_id].append(letter)

    @cached_property
    def rules(self) -> dict[UUID, Rules]:
        """For those who have chosen: whoever became impossible since then is not asked."""
        chosen = [one.mentee for one in self.lists.values() if one.state == Shortlist.State.CHOSEN]
        return facts_of(self.program, chosen, self.now) if chosen else {}

    def is_left(self, shortlist: Shortlist | None) -> bool:
        """Whether somebody whom the mentee chose can still be asked, and has not been."""
        if shortlist is None or shortlist.mentee_id not in self.rules:
            return False
        asked = {one.mentor_id for one in self.requests[shortlist.mentee_id] if one.shortlist_id == shortlist.pk}
        ranked = [one.mentor_id for one in shortlist.candidates.all() if one.rank]
        against = self.rules[shortlist.mentee_id]
        return any(mentor not in asked and not against.why_not(mentor) for mentor in ranked)

    def must_pair(self, person: Person) -> bool:
        return must_pair(self.program, self.appointments.get(person.pk))

    def came(self, person: Person) -> list[date]:
        """The first days of appointment and role, and the day on which the role was given: no search is older."""
        held = self.appointments.get(person.pk)
        return [*([held.begins] if held and held.begins else []), *self.became_mentee[person.pk]]

    @cached_property
    def became_mentee(self) -> dict[UUID, list[date]]:
        """By person; a roster names first days of years ago, the record knows when it was brought in."""
        roles = Role.objects.filter(program=self.program, kind=Role.Kind.MENTEE, person__in=self.people)
        newest = {role.person_id: role for role in roles.order_by("since")}
        keys = [role.pk for role in newest.values()]
        given = Event.objects.filter(kind=ProgramEvent.ROLE_GRANTED.code, subject__in=keys)
        known = dict(given.values_list("subject", "at"))
        found: dict[UUID, list[date]] = defaultdict(list)
        for person, role in newest.items():
            found[person] = [role.since, *([self.program.day(known[role.pk])] if role.pk in known else [])]
        return found

    def way(self, person: Person, recruit: Recruit | None, facts: Facts, now: datetime) -> Way:
        shortlist = self.lists.get(person.pk)
        return Way(
            program=self.program,
            person=person,
            recruit=recruit,
            appointment=self.appointments.get(person.pk),
            papers=self.papers[person.pk],
            shortlist=shortlist,
            request=self.last_request(shortlist),
            facts=facts,
            path=path(facts),
        )

    def last_request(self, shortlist: Shortlist | None) -> Request | None:
        """The newest of the open list."""
        if shortlist is None:
            return None
        mine = [one for one in self.requests[shortlist.mentee_id] if one.shortlist_id == shortlist.pk]
        return mine[-1] if mine else None


def _of_recruit(recruit: Recruit, known: _Known, now: datetime) -> Facts:
    day = recruit.program.day
    letters = known.letters[recruit.pk]
    arrived = [one for one in letters if one.came_back_on is None]
    since = recruit.reopened_at or recruit.noticed_at
    counted = [one for one in arrived if one.sent_at >= since]
    firsts = [one for one in arrived if one.kind != Letter.Kind.REMINDER]
    times = list(recruit.times.all()) if recruit.meets_at is None else []
    facts = Facts(
        today=day(now),
        must_pair=known.must_pair(recruit.person) or recruit.wishes_mentor_at is not None,
        noticed=day(recruit.noticed_at),
        introduced=day(firsts[0].sent_at) if firsts else None,
        came_back=_came_back(recruit, letters),
        address_corrected=_day(day, recruit.address_corrected_at),
        letters=len(counted),
        last_letter=day(counted[-1].sent_at) if counted else None,
        times_proposed=day(letters[-1].sent_at) if times and letters else None,
        times_open=any(time.at > now for time in times),
        other_times_asked=_day(day, recruit.others_asked_at),
        picked=_day(day, recruit.picked_at),
        meets=_day(day, recruit.meets_at),
        met=recruit.met_on,
        packet=recruit.packet_on,
        ended=recruit.ended_on,
    )
    return _with_search(_with_papers(facts, known.papers[recruit.person_id]), recruit.person, known)


def _came_back(recruit: Recruit, letters: Sequence[Letter]) -> date | None:
    """Until the address is corrected; a letter sent after that can come back anew."""
    last = letters[-1] if letters else None
    corrected = recruit.address_corrected_at
    return None if last is None or (corrected and last.sent_at <= corrected) else last.came_back_on


def _day(day: Any, at: datetime | None) -> date | None:
    return day(at) if at else None


def _with_papers(facts: Facts, papers: Papers) -> Facts:
    known = replace(
        facts,
        cv=papers.cv_on,
        aspirations=papers.aspirations_on,
        status_completed=papers.status_completed_on,
        status_confirmed=papers.status_confirmed_on,
        status_questioned=papers.status_questioned_on,
    )
    said = [known.status_confirmed, known.status_questioned, known.picked, known.other_times_asked]
    return replace(known, replied=max(filter(None, [known.cv, known.aspirations, *said]), default=None))


def _with_search(facts: Facts, person: Person, known: _Known) -> Facts:
    """What of shortlist, request and pair there is."""
    day = known.program.day
    shortlist = known.lists.get(person.pk)
    request = known.last_request(shortlist)
    active = [one for one in known.pairs[person.pk] if one.state == Pairing.State.ACTIVE]
    return replace(
        facts,
        list_sent=day(shortlist.sent_at) if shortlist else None,
        list_state=shortlist.state if shortlist else "",
        list_answered=_day(day, shortlist.answered_at) if shortlist else None,
        left_to_ask=known.is_left(shortlist),
        request=day(request.made_at) if request else None,
        request_state=request.state if request else "",
        request_answered=request.answered_on if request else None,
        pair=active[0].begins if active else None,
    )


def _of_search(person: Person, known: _Known, now: datetime) -> Facts:
    """Whoever is in the program already has come as far as the first meeting."""
    today = known.program.day(now)
    ended = [one.ends for one in known.pairs[person.pk] if one.ends]
    since = min(max(ended or known.came(person), default=today), today)
    here = Facts(today=today, must_pair=True, noticed=since, introduced=since, met=since, packet=since)
    papers = known.papers[person.pk]
    return _with_search(_with_papers(here, papers), person, known)


def arrive(*, now: datetime) -> None:
    """Whoever has a mentor has arrived, also where the director entered the pair without a request."""
    paired = Pairing.objects.active().lasting().filter(program=OuterRef("program"), mentee=OuterRef("person"))
    for recruit in Recruit.objects.open().filter(Exists(paired)).with_people():
        # Another worker, or the director in this moment, may have closed it; the others go on.
        with suppress(Conflict):
            recruit.close(Recruit.Ending.PAIRED, by=None, now=now)
