"""Who decides about a director's pairs changes: what was told in confidence finds no reader of whom nobody was told."""

from datetime import datetime
from uuid import UUID

from telemachus.audit.models import record
from telemachus.pairing.events import PairingEvent
from telemachus.pairing.models import ChangeWish, LightTouch, Pairing
from telemachus.people.models import Person
from telemachus.program.models import Program


def relieve(program: Program, director: Person, *, by: Person | None, now: datetime) -> None:
    """Erase the open wishes of the director's pairs, and record for each of the two who had one that it is gone.

    The pairs are locked, as a wish locks its own. The code says which of the two it was: only that one is told.
    """
    pairings = {pairing.pk: pairing for pairing in _pairs(program, director)}
    for pairing_id, author in _erase(list(pairings)):
        pairing = pairings[pairing_id]
        code = "mentee" if author == pairing.mentee_id else "mentor"
        record(PairingEvent.WISH_ERASED, pairing, by=by, now=now, program=program, code=code)


def _pairs(program: Program, director: Person) -> list[Pairing]:
    own = Pairing.objects.active().of(director).filter(program=program)
    return list(own.select_for_update(no_key=True).order_by("pk"))


def _erase(pairings: list[UUID]) -> list[tuple[UUID, UUID]]:
    """Whose wishes they were, by pair: each once, whatever was wished."""
    changes = ChangeWish.objects.filter(pairing__in=pairings)
    touches = LightTouch.objects.filter(pairing__in=pairings, until=None)
    authors = {*changes.values_list("pairing", "by"), *touches.values_list("pairing", "pairing__mentee")}
    changes.delete()
    touches.delete()
    return sorted(authors)
