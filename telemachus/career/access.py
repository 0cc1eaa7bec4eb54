"""Who may see what of appointments."""

from django.db.models import QuerySet

from telemachus.career.models import Absence, Appointment
from telemachus.people.models import Person
from telemachus.program.access import OFFICE, Kind, programs_as
from telemachus.program.models import Program


def visible_appointments(user: Person, program: Program) -> QuerySet[Appointment]:
    """All of the program for its director and coordinator; nobody else's page lists them."""
    appointments = Appointment.objects.filter(program=program).select_related("person", "program", "supervisor")
    return appointments if program in programs_as(user, *OFFICE) else appointments.none()


def visible_absences(user: Person) -> QuerySet[Absence]:
    """What the director still has to decide; a director's own absence is not the director's to settle."""
    found = Absence.objects.unsettled().filter(program__in=programs_as(user, Kind.DIRECTOR))
    return found.exclude(person=user).select_related("person", "program")
