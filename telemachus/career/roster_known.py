"""Whom the division knows already, as a roster compares it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from telemachus.career.models import Absence, Appointment
from telemachus.career.roster_who import Held, Known
from telemachus.people.models import Person
from telemachus.program.models import Program, Role

# SQLite takes some thirty thousand values in one statement.
MOST_AT_ONCE = 5_000


def known_people(program: Program, mentioned: Iterable[str]) -> list[Known]:
    """Everybody of the program, and whoever else has one of these numbers or addresses; by name."""
    held = {each.person_id: each for each in Appointment.objects.filter(program=program)}
    roles = _by_person(Role.objects.filter(program=program).values_list("person", "kind", "until"))
    absences = _by_person(Absence.objects.filter(program=program).values_list("person", "kind", "settled"))
    insiders = held.keys() | roles.keys() | absences.keys()
    return [
        _known(person, person.pk in insiders, held.get(person.pk), roles[person.pk], absences[person.pk])
        for person in _people(program, sorted(mentioned))
    ]


def _people(program: Program, mentioned: list[str]) -> list[Person]:
    in_program = Q(appointments__program=program) | Q(roles__program=program) | Q(absences__program=program)
    found = {person.pk: person for person in Person.objects.filter(in_program).distinct()}
    for some in _slices(mentioned):
        numbered = Person.objects.filter(external_id__in=some)
        addressed: QuerySet[Person] = Person.objects.annotate(low=Lower("email")).filter(low__in=some)
        found |= {person.pk: person for person in (*numbered, *addressed)}
    return sorted(found.values(), key=lambda person: (person.sort_name, str(person.pk)))


def _slices(values: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(values), MOST_AT_ONCE):
        yield values[start : start + MOST_AT_ONCE]


def _by_person(rows: Iterable[tuple[UUID, str, Any]]) -> dict[UUID, list[tuple[str, Any]]]:
    found: dict[UUID, list[tuple[str, Any]]] = defaultdict(list)
    for person, kind, ended in rows:
        found[person].append((kind, ended))
    return found


def _known(
    person: Person,
    belongs: bool,
    held: Appointment | None,
    roles: list[tuple[str, Any]],
    absences: list[tuple[str, Any]],
) -> Known:
    return Known(
        pk=person.pk,
        number=person.external_id,
        email=person.email,
        family=person.family_name,
        given=person.given_name,
        preferred=person.preferred_name,
        belongs=belongs,
        held=_held(held) if held else None,
        roles=frozenset(kind for kind, _until in roles),
        is_mentee=any(kind == Role.Kind.MENTEE and until is None for kind, until in roles),
        absences=frozenset(kind for kind, settled in absences if settled is None),
        noticed=frozenset(kind for kind, _settled in absences),
    )


def _held(appointment: Appointment) -> Held:
    return Held(
        title=appointment.title,
        series=appointment.series,
        rank=appointment.rank,
        step=appointment.step,
        percent=appointment.percent,
        begins=appointment.begins,
        ends=appointment.ends,
        supervisor=str(appointment.supervisor_id) if appointment.supervisor_id else None,
        standing=appointment.standing,
    )
