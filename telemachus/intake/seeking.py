"""Who of a program seeks a mentor: recruits on their way, and mentees who look for another one."""

from collections.abc import Iterator
from datetime import datetime

from telemachus.career.models import Appointment
from telemachus.intake.models import Recruit
from telemachus.intake.way import must_pair, without_mentor
from telemachus.pairing.models import Pairing, Request
from telemachus.people.models import Person
from telemachus.program.models import Program


def seeking(program: Program, now: datetime) -> Iterator[Person]:
    """In five queries. Whoever has a mentor, or for whom one is asked, seeks none."""
    held = {one.person_id: one for one in Appointment.objects.filter(program=program)}
    taken = set(Request.objects.holding().filter(program=program).values_list("mentee", flat=True))
    taken.update(Pairing.objects.active().lasting().filter(program=program).values_list("mentee", flat=True))
    recruits = Recruit.objects.open().filter(program=program).select_related("person")
    wanted = {recruit.person for recruit in recruits if recruit.wishes_mentor_at}
    people = {*(recruit.person for recruit in recruits), *without_mentor(program, now)}
    for person in people:
        if person.pk not in taken and (person in wanted or must_pair(program, held.get(person.pk))):
            yield person
