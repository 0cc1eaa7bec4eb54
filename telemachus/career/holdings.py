"""What this room keeps about a person."""

from django.utils.translation import gettext as _

from telemachus.career.models import Absence, Appointment
from telemachus.lib.holding import Holding
from telemachus.people.models import Person


def holdings(person: Person) -> list[Holding]:
    """The appointment, and what a newer roster said of the person's presence."""
    appointments = Appointment.objects.filter(person=person).select_related("program")
    absences = Absence.objects.filter(person=person).select_related("program")
    return [
        Holding(
            what=_("Your appointment as the personnel system has it"),
            models=("career.Appointment",),
            who_sees=_("Director and coordinator of that program"),
            until=_("90 days after you leave"),
            rows=[
                f"{row.program}: {row.title} {row.step}, {row.begins or ''} – {row.ends or ''}" for row in appointments
            ],
        ),
        Holding(
            what=_("That a roster listed you as on leave or gone, or no longer listed you"),
            models=("career.Absence",),
            who_sees=_("Director of that program"),
            until=_("one year after it is settled"),
            rows=[f"{row.program}: {row.get_kind_display()}, {row.noticed}" for row in absences],
        ),
    ]
