"""Writes what the plan of a list of recruits says: a notice for each."""

from collections.abc import Callable, Sequence
from datetime import datetime

from telemachus.intake.announce import take_up
from telemachus.intake.recruit_file import Piece
from telemachus.lib.errors import Conflict, Refused
from telemachus.people.models import Person
from telemachus.program.models import Program
from telemachus.program.uploads import CHANGED


def announce_all(
    program: Program, pieces: Sequence[Piece], *, by: Person | None, now: datetime, count: Callable[[int], None]
) -> None:
    """Call it inside the transaction in which the plan is known to hold."""
    wanted = {pk for piece in pieces for pk in (piece.person, piece.lead) if pk}
    people = Person.objects.in_bulk(wanted)
    for done, piece in enumerate(pieces, 1):
        person = people[piece.person] if piece.person else None
        lead = people[piece.lead] if piece.lead else None
        try:
            take_up(program, piece.newcomer, person, hiring_lead=lead, by=by, now=now)
        except Refused as refused:
            # The lock is this program's; another one may have taken in the same person at the same moment.
            raise Conflict(CHANGED) from refused
        count(done)
