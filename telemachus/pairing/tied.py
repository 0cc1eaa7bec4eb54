"""What a role as mentee or mentor carries: it is not ended under a pair that stands."""

from telemachus.pairing.access import directed_requests
from telemachus.pairing.models import Pairing
from telemachus.people.models import Person
from telemachus.program.models import Role

# By kind, whom of a pair or a request the role makes.
PLACES = {Role.Kind.MENTEE: "mentee", Role.Kind.MENTOR: "mentor"}


def tied(role: Role, by: Person) -> bool:
    """Whether the person is in an active pair in this role, or in a request that `by` sends and that holds a place."""
    place = PLACES.get(Role.Kind(role.kind))
    if place is None:
        return False
    here = {"program": role.program, place: role.person}
    return Pairing.objects.active().filter(**here).exists() or directed_requests(by).holding().filter(**here).exists()
