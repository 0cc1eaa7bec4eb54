"""Reads what a program knows of its people, pairs and dates, for the plan of a paper register."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from telemachus.career.models import Appointment
from telemachus.lib.names import Name, fold, is_formula_like
from telemachus.meetings.models import Meeting
from telemachus.meetings.paper_shapes import Known, KnownPair, Somebody
from telemachus.pairing.models import Pairing
from telemachus.people.models import Person
from telemachus.program.models import Program, Role


def known(program: Program, now: datetime) -> Known:
    """In six queries, however many people there are."""
    return Known(
        people=_people(program),
        pairs=_pairs(program),
        director_days=_director_days(program),
        today=program.day(now),
    )


def _people(program: Program) -> list[Somebody]:
    """All who hold or held a role here, or are in a pair, by name; nobody of another program."""
    roles: dict[Person, set[str]] = {}
    for role in Role.objects.filter(program=program).select_related("person"):
        roles.setdefault(role.person, set()).add(role.kind)
    paired = Q(pairings_as_mentee__program=program) | Q(pairings_as_mentor__program=program)
    for person in Person.objects.filter(paired).distinct():
        roles.setdefault(person, set())
    appointments = {row.person_id: row for row in Appointment.objects.filter(program=program)}
    labels = _labels(program, roles, appointments)
    people = [_somebody(program, each, roles[each], appointments.get(each.pk), labels[each]) for each in roles]
    return sorted(people, key=lambda person: (fold(person.listed), person.label))


def _somebody(
    program: Program, person: Person, kinds: set[str], appointment: Appointment | None, label: str
) -> Somebody:
    junior = {rank.code for rank in program.book.ranks if rank.junior}
    return Somebody(
        key=str(person.pk),
        listed=person.listed_name,
        label=label,
        names=_names(person),
        is_mentee=Role.Kind.MENTEE in kinds,
        is_mentor=Role.Kind.MENTOR in kinds,
        junior=appointment is not None and appointment.rank in junior,
        begins=appointment.begins if appointment else None,
    )


def _names(person: Person) -> tuple[Name, ...]:
    given = Name(person.family_name, person.given_name)
    preferred = person.preferred_name
    if not preferred or preferred == person.given_name or is_formula_like(preferred):
        return (given,)
    return given, Name(person.family_name, preferred)


def _labels(program: Program, people: Iterable[Person], appointments: Mapping[UUID, Appointment]) -> dict[Person, str]:
    """Name, rank and series; two who would read the same are told apart by number or mail."""
    labels = {person: _label(program, person, appointments.get(person.pk)) for person in people}
    count = Counter(labels.values())
    return {
        person: label if count[label] == 1 else f"{label} ({person.external_id or person.email or person.pk})"
        for person, label in labels.items()
    }


def _label(program: Program, person: Person, appointment: Appointment | None) -> str:
    if appointment is None:
        return person.listed_name
    book = program.book
    rank, series = book.rank_name(appointment.rank), book.series_name(appointment.series)
    return f"{person.listed_name} ({rank}, {series})"


def _pairs(program: Program) -> list[KnownPair]:
    """Those that wait for the director too: a register that comes again finds them."""
    days: dict[object, set[date]] = {}
    confirmed = Meeting.objects.filter(program=program).mentoring().held()
    for pairing, day in confirmed.values_list("pairing", "day"):
        days.setdefault(pairing, set()).add(day)
    return [
        KnownPair(
            key=str(row.pk),
            mentee=str(row.mentee_id),
            mentor=str(row.mentor_id),
            begins=row.begins,
            ends=row.ends,
            registered=frozenset(days.get(row.pk, ())),
        )
        for row in Pairing.objects.filter(program=program).order_by("begins", "pk")
    ]


def _director_days(program: Program) -> dict[str, frozenset[date]]:
    days: dict[str, set[date]] = {}
    found = Meeting.objects.filter(program=program, kind=Meeting.Kind.DIRECTOR).held()
    for person, day in found.values_list("person", "day"):
        days.setdefault(str(person), set()).add(day)
    return {person: frozenset(each) for person, each in days.items()}
