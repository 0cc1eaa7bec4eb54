"""Writes what a roster's plan says, many rows to a statement."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from telemachus.audit.models import record_all
from telemachus.career.events import CareerEvent
from telemachus.career.models import Absence, Appointment
from telemachus.career.roster import Piece
from telemachus.people.events import PersonEvent
from telemachus.people.models import READDRESSED, Person, leave_addresses
from telemachus.program.models import Program, Role

T = TypeVar("T")
AT_ONCE = 250
PERSON = ("external_id", "email", "given_name", "family_name", "preferred_name")
APPOINTMENT = (
    "title", "series", "rank", "step", "percent", "begins", "ends", "standing", "supervisor_id",
)  # fmt: skip


def write_pieces(
    program: Program, pieces: Sequence[Piece], *, by: Person | None, now: datetime, count: Callable[[int], None]
) -> None:
    """Call it inside the transaction. People first, so that each can be another's supervisor; `count` to 2 × pieces."""
    writing = Writing(program, by, now)
    writing.free_addresses(pieces)
    done = 0
    for write in (writing.people, writing.places):
        for some in _slices(pieces):
            write(some)
            done += len(some)
            count(done)


class Writing:
    def __init__(self, program: Program, by: Person | None, now: datetime) -> None:
        self.program, self.by, self.now = program, by, now
        self.day = program.day(now)
        self.people_by_row: dict[int, Person] = {}

    def free_addresses(self, pieces: Iterable[Piece]) -> None:
        """Before any is given anew: two people may exchange theirs."""
        changing = [_known(piece) for piece in pieces if piece.person and _is_readdressed(piece)]
        for some in _slices(changing):
            leave_addresses(Person.objects.filter(pk__in=some), by=self.by, now=self.now)
            Person.objects.filter(pk__in=some).update(email=None)

    # People

    def people(self, pieces: Sequence[Piece]) -> None:
        self._change_people([piece for piece in pieces if piece.person and piece.who])
        self._add_people([piece for piece in pieces if piece.person is None])

    def _add_people(self, pieces: Sequence[Piece]) -> None:
        people = [_new_person(piece) for piece in pieces]
        Person.objects.bulk_create(people)
        record_all(PersonEvent.ADDED, people, by=self.by, now=self.now)
        self.people_by_row |= {piece.row: person for piece, person in zip(pieces, people, strict=True)}

    def _change_people(self, pieces: Sequence[Piece]) -> None:
        people = Person.objects.in_bulk([piece.person for piece in pieces])
        for piece in pieces:
            _set(people[_known(piece)], dict(piece.who))
            people[_known(piece)].file_name()
        Person.objects.bulk_update(people.values(), [*PERSON, "sort_name"])
        moved = {_known(piece) for piece in pieces if _is_readdressed(piece)}
        others = [person for person in people.values() if person.pk not in moved]
        record_all(PersonEvent.CHANGED, others, by=self.by, now=self.now)
        readdressed = [person for person in people.values() if person.pk in moved]
        record_all(PersonEvent.CHANGED, readdressed, by=self.by, now=self.now, code=READDRESSED)

    # Their place in the program

    def places(self, pieces: Sequence[Piece]) -> None:
        self._appoint([piece for piece in pieces if piece.appointment and not piece.is_appointed])
        self._reappoint([piece for piece in pieces if piece.appointment and piece.is_appointed])
        wanted = [(self._person(piece), Role.Kind(piece.role[0]), piece.role[1]) for piece in pieces if piece.role]
        self.program.grant_all(wanted, by=self.by, now=self.now)
        self._notice([piece for piece in pieces if piece.absence])
        self._settle([_known(piece) for piece in pieces if piece.is_back])

    def _appoint(self, pieces: Sequence[Piece]) -> None:
        appointments = Appointment.objects.bulk_create(
            Appointment(program=self.program, person=self._person(piece), **self._appointment(piece))
            for piece in pieces
        )
        record_all(CareerEvent.APPOINTED, appointments, by=self.by, now=self.now, program=self.program)

    def _reappoint(self, pieces: Sequence[Piece]) -> None:
        found = Appointment.objects.filter(program=self.program, person__in=[_known(piece) for piece in pieces])
        appointments = {appointment.person_id: appointment for appointment in found}
        for piece in pieces:
            _set(appointments[_known(piece)], self._appointment(piece))
        Appointment.objects.bulk_update(appointments.values(), APPOINTMENT)
        record_all(
            CareerEvent.APPOINTMENT_CHANGED, appointments.values(), by=self.by, now=self.now, program=self.program
        )

    def _notice(self, pieces: Sequence[Piece]) -> None:
        absences = Absence.objects.bulk_create(
            Absence(program=self.program, person=self._person(piece), kind=piece.absence, noticed=self.day)
            for piece in pieces
        )
        record_all(CareerEvent.ABSENCE_NOTICED, absences, by=self.by, now=self.now, program=self.program)

    def _settle(self, people: Sequence[UUID]) -> None:
        """Listed again: the question is gone, so that going missing once more is noticed once more."""
        absences = Absence.objects.filter(program=self.program, person__in=people, kind=Absence.Kind.MISSING)
        settled = CareerEvent.ABSENCE_SETTLED
        record_all(settled, absences.unsettled(), by=self.by, now=self.now, program=self.program, code="back")
        absences.delete()

    def _person(self, piece: Piece) -> Person:
        return self.people_by_row[piece.row] if piece.person is None else Person(pk=piece.person)

    def _appointment(self, piece: Piece) -> dict[str, Any]:
        fields = dict(piece.appointment)
        if "supervisor" in fields:
            fields["supervisor_id"] = self._supervisor(fields.pop("supervisor"))
        return fields

    def _supervisor(self, ref: str | None) -> UUID | None:
        if ref is None:
            return None
        if ref.startswith("row "):
            return self.people_by_row[int(ref.removeprefix("row "))].pk
        return UUID(ref)


def _new_person(piece: Piece) -> Person:
    person = Person(**dict(piece.who))
    person.file_name()
    person.set_unusable_password()
    return person


def _is_readdressed(piece: Piece) -> bool:
    return "email" in dict(piece.who)


def _known(piece: Piece) -> UUID:
    assert piece.person is not None
    return piece.person


def _set(row: Person | Appointment, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(row, name, value)


def _slices(things: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(things), AT_ONCE):
        yield things[start : start + AT_ONCE]
