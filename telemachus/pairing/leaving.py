"""A mentor leaves, retires or dies: all pairs with this mentor end on one day, and nobody is asked any more."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from telemachus.pairing.access import directed_pairings, directed_requests
from telemachus.pairing.models import Pairing, Request
from telemachus.people.models import Person
from telemachus.program.models import Program, Role

Ending = Pairing.Ending
ENDINGS = (Ending.MENTOR_LEFT, Ending.MENTOR_RETIRED, Ending.DIED)


@dataclass(frozen=True)
class Concerned:
    """What hangs on a mentor: pairs and open requests that the reader runs, pairs that somebody else does."""

    pairings: list[Pairing]
    requests: list[Request]
    others: int
    without_mentor: list[Person]


def concerned(program: Program, mentor: Person, *, by: Person, now: datetime) -> Concerned:
    active = Pairing.objects.active().filter(program=program, mentor=mentor)
    run = list(directed_pairings(by).filter(pk__in=active).by_mentee())
    requests = directed_requests(by).holding().filter(program=program, mentor=mentor).order_by("made_at")
    return Concerned(run, list(requests), active.count() - len(run), list(_without_mentor(program, mentor, now)))


def _without_mentor(program: Program, mentor: Person, now: datetime) -> list[Person]:
    """Mentees whose pair with this mentor has ended so, and who have nobody since."""
    mentees = Role.objects.filter(program=program, kind=Role.Kind.MENTEE).on(program.day(now))
    mine = Pairing.objects.filter(program=program, mentee=OuterRef("pk"))
    left = mine.lasting().filter(mentor=mentor, ending__in=ENDINGS)
    found = Person.objects.filter(Exists(left), ~Exists(mine.active().lasting()), roles__in=mentees)
    return list(found.distinct().order_by("sort_name", "pk"))


def leave(
    program: Program, mentor: Person, *, on: date, ending: Pairing.Ending, role_ends: bool, by: Person, now: datetime
) -> list[Pairing]:
    """End what `by` runs of it, in one transaction: all of it or, where one day is impossible, nothing.

    Raises Refused with the sentence of the pair or the role that stood against it.
    """
    with transaction.atomic():
        active = directed_pairings(by).active().filter(program=program, mentor=mentor)
        pairings = list(active.order_by("pk"))
        for pairing in pairings:
            pairing.end(on=on, ending=ending, by=by, now=now)
        for request in directed_requests(by).holding().filter(program=program, mentor=mentor).order_by("pk"):
            request.withdraw(by=by, now=now, code=ending)
        for role in _roles(program, mentor, on) if role_ends and not _mentors_still(program, mentor) else ():
            role.end(on=on, by=by, now=now)
    return pairings


def _mentors_still(program: Program, mentor: Person) -> bool:
    """A pair that somebody else runs stands: with it the role."""
    return Pairing.objects.active().filter(program=program, mentor=mentor).exists()


def _roles(program: Program, mentor: Person, on: date) -> list[Role]:
    kept = Q(until=None) | Q(until__gt=on)
    return list(Role.objects.filter(kept, program=program, person=mentor, kind=Role.Kind.MENTOR, since__lte=on))
