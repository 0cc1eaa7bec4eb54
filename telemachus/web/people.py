"""The people of a program and what its offices may read about one of them, gathered from the rooms below."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q

from telemachus.career.models import Appointment
from telemachus.lib.names import fold
from telemachus.pairing.models import Pairing
from telemachus.people.models import Person
from telemachus.program.models import Program, Role


@dataclass(frozen=True)
class Listed:
    """`roles` are those of today; without any the person has left the program."""

    person: Person
    roles: list[Role]
    appointment: Appointment | None

    @property
    def is_mentee(self) -> bool:
        return any(role.kind == Role.Kind.MENTEE for role in self.roles)

    @property
    def is_mentor(self) -> bool:
        return any(role.kind == Role.Kind.MENTOR for role in self.roles)


def listed_people(program: Program, now: datetime, *, wanted: str = "") -> list[Listed]:
    """Everybody who has or had a role, by name; `wanted` is looked for in the name. Three queries."""
    sought = _named(wanted) | Q(email__icontains=wanted.strip()) if wanted.strip() else Q()
    return _listed_where(sought, program, now)


def listed_person(program: Program, now: datetime, pk: str) -> Listed | None:
    """One of them, None where nobody here has this key."""
    return next(iter(_listed_where(Q(pk=pk), program, now)), None)


def _listed_where(sought: Q, program: Program, now: datetime) -> list[Listed]:
    people = Person.objects.filter(sought, roles__program=program).distinct().order_by("sort_name", "pk")
    today = Role.objects.filter(program=program).on(program.day(now)).order_by("kind")
    appointments = Appointment.objects.filter(program=program).select_related("program", "supervisor")
    found = people.prefetch_related(
        Prefetch("roles", today, to_attr="roles_today"),
        Prefetch("appointments", appointments, to_attr="appointments_here"),
    )
    return [_listed(person) for person in found]


def _listed(person: Any) -> Listed:
    """`person` carries what `listed_people` fetched beside it."""
    return Listed(person, person.roles_today, next(iter(person.appointments_here), None))


def _named(wanted: str) -> Q:
    """Every word of it, in any order: “Tanaka, Mei” as the list writes it, and “mei tanaka”."""
    named = Q()
    for word in fold(wanted).split():
        named &= Q(sort_name__contains=word)
    return named


def pairs_of(person: Person, program: Program) -> list[Pairing]:
    """The pairs of this person in the program, newest first."""
    return list(Pairing.objects.of(person).filter(program=program).with_people().order_by("-begins"))
