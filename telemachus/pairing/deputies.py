"""Who stands in for a director today, and directors in a pair themselves who have nobody who decides about it."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from telemachus.pairing.models import Pairing, Request
from telemachus.people.models import Person
from telemachus.program.access import Kind, programs_as
from telemachus.program.models import Deputy, Program, Role, RoleQuerySet


def standing(programs: Iterable[Program], now: datetime) -> QuerySet[Deputy]:
    """The deputies who have a part of their own today, of those who direct today.

    The rule of `program.access.deputyships`, asked of programs rather than of one reader.
    """
    here = roles_today(programs, now).filter(program=OuterRef("program"))
    able = Exists(here.filter(person=OuterRef("deputy")))
    directing = Exists(here.filter(person=OuterRef("director"), kind=Kind.DIRECTOR))
    return Deputy.objects.filter(able, directing, until=None).select_related("deputy")


def roles_today(programs: Iterable[Program], now: datetime) -> RoleQuerySet:
    """The roles that hold in these programs, each by its own program's calendar."""
    found = Role.objects.none()
    for program in programs:
        found |= Role.objects.filter(program=program).on(program.day(now))
    return found


def deputy_of(program: Program, director: Person, now: datetime) -> Person | None:
    one = standing([program], now).filter(director=director).first()
    return one.deputy if one else None


def awaits_deputy(pairing: Pairing, now: datetime) -> Person | None:
    """The director in the pair who has nobody who decides about it: whoever is named comes to read what waits."""
    directing = roles_today([pairing.program], now).filter(kind=Kind.DIRECTOR).values("person")
    named = standing([pairing.program], now).values("director")
    members = Person.objects.filter(pk__in=[pairing.mentee_id, pairing.mentor_id])
    return members.filter(pk__in=directing).exclude(pk__in=named).first()


def without_deputy(user: Person, now: datetime) -> Iterator[tuple[Program, date]]:
    """Programs that the person directs with a pair or a request of the own that no deputy can run, and since when.

    A deputy who is the other of the two cannot: nobody runs their own mentoring.
    """
    programs = programs_as(user, Kind.DIRECTOR)
    own = Q(mentee=user) | Q(mentor=user)
    pairs = Pairing.objects.active().filter(own, program__in=programs)
    asked = Request.objects.holding().filter(own, program__in=programs)
    days: dict[object, date] = {}
    named = dict(standing(programs, now).filter(director=user).values_list("program", "deputy"))
    of_pairs = [(row.program_id, row.begins, {row.mentee_id, row.mentor_id}) for row in pairs]
    of_requests = [(row.program_id, row.made_at.date(), {row.mentee_id, row.mentor_id}) for row in asked]
    for program, day, members in [*of_pairs, *of_requests]:
        if named.get(program) is None or named[program] in members:
            days[program] = min(day, days.get(program, day))
    return ((program, days[program.pk]) for program in programs if program.pk in days)
