"""Who may see and do what with pairs. The office never sees its own pairs: nobody runs their own mentoring."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from telemachus.career.access import OF_PAPERS
from telemachus.career.models import Appointment
from telemachus.pairing.deputies import standing
from telemachus.pairing.models import (
    Apart,
    Candidate,
    ChangeWish,
    Excuse,
    LightTouch,
    Pairing,
    PairingQuerySet,
    Pause,
    PauseQuerySet,
    Proposal,
    ProposalQuerySet,
    Request,
    RequestQuerySet,
    Shortlist,
    ShortlistQuerySet,
    Term,
    TermQuerySet,
    Wish,
)
from telemachus.people.models import Person
from telemachus.program.access import OFFICE, Kind, administered, deputyships, holds, programs_as
from telemachus.program.models import Program, Role


def own_pairings(user: Person) -> PairingQuerySet:
    """The active pairs of which the person is a member; an ended pair is missing for both.

    Whoever has no part in the program any more sees nothing of it, though the pair still waits for its end.
    """
    return Pairing.objects.of(user).active().filter(program__in=programs_as(user)).with_people()


def last_mentored(user: Person) -> Pairing | None:
    """The pair that ended last in which the person was the mentee; of it the page tells that it has ended, and how."""
    ended = Pairing.objects.filter(mentee=user, state=Pairing.State.ENDED, program__in=programs_as(user, Kind.MENTEE))
    return ended.lasting().with_people().order_by("ends").last()


def office_pairings(user: Person) -> PairingQuerySet:
    """Pairs of the programs that the person directs or coordinates, less the person's own."""
    programs = programs_as(user, *OFFICE)
    return Pairing.objects.filter(program__in=programs).exclude(Q(mentee=user) | Q(mentor=user)).with_people()


def directed_pairings(user: Person) -> PairingQuerySet:
    """Those that the person may begin, end and pause: as director, or as deputy of a director."""
    return Pairing.objects.filter(administered(user)).with_people()


def deputized_pairings(user: Person) -> PairingQuerySet:
    """The active pairs of the directors for whom the person stands in; never one's own."""
    theirs = Q(pk__in=[])
    for one in deputyships(user):
        theirs |= Q(program=one.program) & (Q(mentee=one.director) | Q(mentor=one.director))
    return Pairing.objects.active().filter(theirs).exclude(Q(mentee=user) | Q(mentor=user)).with_people()


def visible_pairings(user: Person) -> PairingQuerySet:
    """One's own while they are active, and those of the offices that one holds or deputizes for."""
    programs = programs_as(user, *OFFICE)
    own = Q(mentee=user) | Q(mentor=user)
    mine = own & Q(state=Pairing.State.ACTIVE, program__in=programs_as(user))
    return Pairing.objects.filter(mine | (Q(program__in=programs) & ~own) | administered(user)).with_people()


def can_run(user: Person, pairing: Pairing) -> bool:
    """Whatever is decided about a pair: a claim from paper, a pause, an excuse, an interim, a wish, the end."""
    return runs(user, pairing.program, pairing.mentee, pairing.mentor)


def visible_shortlists(user: Person) -> ShortlistQuerySet:
    """The mentee's own; the director's, and the deputy's where a director stands on the list."""
    mine = Q(mentee=user, program__in=programs_as(user))
    return Shortlist.objects.filter(mine | _listed_by(user)).with_people()


def directed_shortlists(user: Person) -> ShortlistQuerySet:
    return Shortlist.objects.filter(_listed_by(user)).with_people()


def _listed_by(user: Person) -> Q:
    run = administered(user, mentor=None) & ~_concerning(user)
    for deputyship in deputyships(user):
        run |= Q(program=deputyship.program) & _concerning(deputyship.director) & ~Q(mentee=user) & ~_concerning(user)
    return run


def _concerning(mentor: Person) -> Q:
    """Lists on which the person stands, and those for a mentee whose mentor the person is now."""
    pairs = Pairing.objects.active().filter(mentor=mentor, program=OuterRef("program"), mentee=OuterRef("mentee"))
    return Q(pk__in=_naming(mentor)) | Q(Exists(pairs))


def _naming(mentor: Person) -> QuerySet[Candidate, Any]:
    return Candidate.objects.filter(mentor=mentor).values("shortlist")


def can_list(user: Person, program: Program, mentee: Person) -> bool:
    """Who names colleagues to this mentee: a director whom the search does not concern, or the deputy of one."""
    return runs(user, program, mentee, *_concerned(program, mentee))


def _concerned(program: Program, mentee: Person) -> QuerySet[Person]:
    """Whoever stands on the mentee's open list, and whoever is the mentor now."""
    lists = Shortlist.objects.open().filter(program=program, mentee=mentee)
    pairs = Pairing.objects.active().filter(program=program, mentee=mentee)
    named = Q(pk__in=Candidate.objects.filter(shortlist__in=lists).values("mentor"))
    return Person.objects.filter(named | Q(pk__in=pairs.values("mentor")))


def visible_proposals(user: Person) -> ProposalQuerySet:
    """Those that the person made and directs still: another director of the program makes one of the own.

    Who is proposed to whom may concern any other director, and nobody runs their own mentoring.
    """
    found = Proposal.objects.filter(by=user, program__in=programs_as(user, Kind.DIRECTOR))
    return found.select_related("program", "by")


def can_exempt(user: Person, program: Program, mentee: Person, mentor: Person) -> bool:
    """The exception for a director is recorded by the deputy."""
    return runs(user, program, mentee, mentor, *_concerned(program, mentee))


def can_ask(user: Person, shortlist: Shortlist) -> bool:
    return directed_shortlists(user).filter(pk=shortlist.pk).exists()


def can_choose(user: Person, shortlist: Shortlist) -> bool:
    return shortlist.mentee_id == user.pk


def lists_to_choose_from(user: Person) -> ShortlistQuerySet:
    """Those that wait for the person's own choice, oldest first."""
    mine = Shortlist.objects.filter(mentee=user, program__in=programs_as(user), state=Shortlist.State.SENT)
    return mine.with_people().order_by("sent_at")


def asked_requests(user: Person) -> RequestQuerySet:
    """What the person is asked as a mentor and can still answer, or has accepted."""
    found = Request.objects.holding().filter(mentor=user, program__in=programs_as(user, Kind.MENTOR))
    return found.with_people()


def directed_requests(user: Person) -> RequestQuerySet:
    """Those that the person sends and hears the answer of: the requests of a list are run by whoever runs the list."""
    return Request.objects.filter(_sent_by(user)).with_people()


def _sent_by(user: Person) -> Q:
    return Q(shortlist__in=Shortlist.objects.filter(_listed_by(user)).values("pk"))


def visible_requests(user: Person) -> RequestQuerySet:
    """A mentee hears of it when a mentor has accepted, by the introduction; a decline is the director's to know."""
    mine = Q(mentor=user, state__in=Request.HOLDING, program__in=programs_as(user, Kind.MENTOR))
    return Request.objects.filter(mine | _sent_by(user)).with_people()


def can_answer(user: Person, request: Request) -> bool:
    return request.mentor_id == user.pk


def can_send(user: Person, request: Request) -> bool:
    """Take the question back, introduce the two, record an answer that was told: whoever sends it, never its mentor."""
    return directed_requests(user).filter(pk=request.pk).exists()


def visible_changes(user: Person) -> QuerySet[ChangeWish]:
    """One's own wish, and as director or deputy those of others; never that of one's own mentee or mentor."""
    run = administered(user, mentee="pairing__mentee", mentor="pairing__mentor", program="pairing__program")
    found = ChangeWish.objects.filter(run | Q(by=user, pairing__in=own_pairings(user)))
    return found.select_related("pairing__program", "pairing__mentee", "pairing__mentor", "by")


def visible_light_touches(user: Person) -> QuerySet[LightTouch]:
    """The mentee's own, and the director's or deputy's of others; the mentor hears of it when a year is excused."""
    mine = Q(pairing__in=own_pairings(user), pairing__mentee=user)
    run = administered(user, mentee="pairing__mentee", mentor="pairing__mentor", program="pairing__program")
    found = LightTouch.objects.filter(mine | run, pairing__state=Pairing.State.ACTIVE)
    return found.select_related("pairing__program", "pairing__mentee", "pairing__mentor")


def visible_excuses(user: Person) -> QuerySet[Excuse]:
    found = Excuse.objects.filter(pairing__in=visible_pairings(user), pairing__state=Pairing.State.ACTIVE)
    return found.select_related("pairing__program", "pairing__mentee", "pairing__mentor")


def who_run(pairing: Pairing, now: datetime) -> list[Person]:
    """The directors, and for a director's own pair the deputy; nobody who is in it."""
    directors = Role.objects.filter(program=pairing.program, kind=Kind.DIRECTOR).on(pairing.program.day(now))
    members = [pairing.mentee_id, pairing.mentor_id]
    deputies = standing([pairing.program], now).filter(director__in=members)
    run = Q(roles__in=directors) | Q(deputizes__in=deputies)
    return list(Person.objects.filter(run).exclude(pk__in=members).distinct().order_by("sort_name"))


def runs(user: Person, program: Program, *people: Person) -> bool:
    """Whether the person decides about these: the program's director, or the deputy of the director among them."""
    if user in people:
        return False
    stands_in = {(one.program_id, one.director_id) for one in deputyships(user)}
    return _directs(user, program) or any((program.pk, person.pk) in stands_in for person in people)


def can_enter(user: Person, program: Program) -> bool:
    """The director; and the deputy, for pairs in which the director is one of the two."""
    return _directs(user, program) or any(one.program_id == program.pk for one in deputyships(user))


def mentees_to_enter(user: Person, program: Program, now: datetime) -> QuerySet[Person]:
    """All for a director; for a deputy the director's own, and those on whose open list the director stands."""
    mentees = _holding(Kind.MENTEE, program, now)
    if _directs(user, program):
        return mentees
    searching = directed_shortlists(user).open().filter(program=program).values("mentee")
    return mentees.filter(Q(pk__in=_stood_in_for(user, program)) | Q(pk__in=searching))


def mentors_to_enter(user: Person, program: Program, now: datetime) -> QuerySet[Person]:
    """All for a director; for a deputy the director's own, and those on the open list of a director who is a mentee."""
    mentors = _holding(Kind.MENTOR, program, now)
    if _directs(user, program):
        return mentors
    directors = _stood_in_for(user, program)
    own = directed_shortlists(user).open().filter(program=program, mentee__in=directors)
    return mentors.filter(Q(pk__in=directors) | Q(pk__in=Candidate.objects.filter(shortlist__in=own).values("mentor")))


def _holding(kind: Kind, program: Program, now: datetime) -> QuerySet[Person]:
    holders = Role.objects.filter(program=program, kind=kind).on(program.day(now))
    return Person.objects.filter(pk__in=holders.values("person"))


def _stood_in_for(user: Person, program: Program) -> list[UUID]:
    return [one.director_id for one in deputyships(user) if one.program_id == program.pk]


def visible_pauses(user: Person) -> PauseQuerySet:
    """Pauses in the programs that one directs or coordinates, one's own, and those of pairs that one is in or runs."""
    mine = Q(person=user) | Q(pairing__in=own_pairings(user)) | Q(pairing__in=deputized_pairings(user))
    return Pause.objects.filter(Q(program__in=programs_as(user, *OFFICE)) | mine).select_related(
        "program", "person", "pairing__program", "pairing__mentee", "pairing__mentor"
    )


def can_pause(user: Person, program: Program, person: Person) -> bool:
    """A person's pause is a pause of the pair too: the director's own mentee or mentor is for another director."""
    if person.pk == user.pk or not _directs(user, program):
        return False
    return not own_pairings(user).of(person).exists()


def can_resume(user: Person, pause: Pause) -> bool:
    if pause.pairing:
        return can_run(user, pause.pairing)
    return pause.person is not None and can_pause(user, pause.program, pause.person)


def _directs(user: Person, program: Program) -> bool:
    return program in programs_as(user, Kind.DIRECTOR)


def is_member(user: Person, pairing: Pairing) -> bool:
    return user.pk in (pairing.mentee_id, pairing.mentor_id)


def own_aparts(user: Person) -> QuerySet[Apart]:
    """With whom one said one would rather not be paired: not even the other of the two reads it."""
    found = Apart.objects.filter(person=user, program__in=programs_as(user))
    return found.select_related("program", "other").order_by("other__sort_name", "pk")


def own_wishes(user: Person) -> QuerySet[Wish]:
    """With whom one said one would like to be paired: the other of the two never reads it."""
    found = Wish.objects.filter(mentee=user, program__in=programs_as(user, *OF_PAPERS))
    return found.select_related("program", "mentee", "mentor").order_by("mentor__sort_name", "pk")


def directed_terms(user: Person) -> TermQuerySet:
    """The vocabulary is the director's to keep."""
    found = Term.objects.filter(program__in=programs_as(user, Kind.DIRECTOR))
    return found.select_related("program", "merged_into").prefetch_related("merged")


def possible_partners(user: Person, program: Program) -> QuerySet[Person]:
    """Who could be named to the person: to a mentee the mentors, to a mentor the mentees who have come already."""
    day = program.day(timezone.now())
    roles = Role.objects.filter(program=program).on(day)
    coming = Appointment.objects.filter(program=program, begins__gt=day).values("person")
    mentors = Q(pk__in=roles.filter(kind=Kind.MENTOR).values("person"))
    mentees = Q(pk__in=roles.filter(kind=Kind.MENTEE).values("person")) & ~Q(pk__in=coming)
    wanted = Q(pk=None)
    if holds(user, program, *OF_PAPERS):
        wanted |= mentors
    if holds(user, program, Kind.MENTOR):
        wanted |= mentees
    return Person.objects.filter(wanted).exclude(pk=user.pk).order_by("sort_name", "pk")
