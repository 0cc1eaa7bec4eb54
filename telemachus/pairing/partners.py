"""With whom somebody is in a pair."""

from uuid import UUID

from telemachus.pairing.models import Pairing
from telemachus.people.models import Person


def partners(person: Person) -> set[UUID]:
    pairs = Pairing.objects.of(person).active().values_list("mentee", "mentor")
    return {member for pair in pairs for member in pair} - {person.pk}
