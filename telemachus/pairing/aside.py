"""Whose papers an office leaves alone: one’s own pair, and whoever may become it. Nobody runs their own mentoring."""

from collections.abc import Iterator
from uuid import UUID

from telemachus.pairing.models import Pairing, Shortlist
from telemachus.people.models import Person


def aside(user: Person) -> Iterator[UUID]:
    """The other members of the person's active pairs, and the mentees on whose open list the person stands."""
    for pairing in Pairing.objects.active().of(user).only("mentee_id", "mentor_id"):
        yield from {pairing.mentee_id, pairing.mentor_id} - {user.pk}
    yield from Shortlist.objects.open().filter(candidates__mentor=user).values_list("mentee", flat=True)
