"""Who has a place in a program before the first day of the appointment."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from telemachus.career.models import Appointment
from telemachus.program.models import Program


def coming(program: Program, day: date) -> Iterator[UUID]:
    yield from Appointment.objects.filter(program=program, begins__gt=day).values_list("person", flat=True)
