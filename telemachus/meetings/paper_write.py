"""Writes what the plan of a paper register says: pairs, the dates on which they met, meetings with the director."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from telemachus.audit.models import record_all
from telemachus.lib.change import compare_and_set
from telemachus.lib.errors import Conflict
from telemachus.meetings.events import MeetingEvent
from telemachus.meetings.models import Meeting
from telemachus.meetings.paper_shapes import Claim, Met, SawDirector
from telemachus.pairing.events import PairingEvent
from telemachus.pairing.models import Pairing
from telemachus.people.models import Person
from telemachus.program.access import Kind, holds
from telemachus.program.importing import Plan
from telemachus.program.models import Program

# So many dates are written at a time.
BATCH = 500
OPEN = (Meeting.State.ASKED, Meeting.State.LOGGED)


def write_register(
    program: Program, plan: Plan, by: Person | None, now: datetime, count: Callable[[int], None]
) -> dict[str, int]:
    """All of the plan or nothing. Raises Conflict where it no longer holds.

    Unknown pairs wait for the director; where the director brings the register they stand at once, except for pairs
    of which the director is a member: nobody administers oneself.
    """
    try:
        with transaction.atomic():
            # The program's row is the lock: of two imports the second sees what the first wrote.
            Program.objects.select_for_update(no_key=True).get(pk=program.pk)
            _write(program, plan, by, now, count)
    except IntegrityError as error:
        raise Conflict(_("The register has changed since you looked, so nothing was written. Look again.")) from error
    return plan.tally


def _write(program: Program, plan: Plan, by: Person | None, now: datetime, count: Callable[[int], None]) -> None:
    pairs = _claim(program, [piece for piece in plan.work if isinstance(piece, Claim)], by, now)
    place = {line.row: done for done, line in enumerate(plan.lines, 1)}
    for dates in _batches([piece for piece in plan.work if not isinstance(piece, Claim)]):
        _register(program, dates, pairs, by, now)
        count(place[dates[-1].row])
    count(len(plan.lines))


def _batches(pieces: list[Met | SawDirector]) -> Iterator[list[Met | SawDirector]]:
    for start in range(0, len(pieces), BATCH):
        yield pieces[start : start + BATCH]


# Pairs


def _claim(program: Program, claims: Sequence[Claim], by: Person | None, now: datetime) -> dict[str, UUID]:
    """Each new pair's id by the key that the dates of the file use."""
    pairings = {claim.key: _pairing(program, claim) for claim in claims}
    director = by if by is not None and holds(by, program, Kind.DIRECTOR, now=now) else None
    Pairing.objects.claim_all([row for row in pairings.values() if not _decides(director, row)], by=by, now=now)
    _enter_all(program, [row for row in pairings.values() if _decides(director, row)], by=by, now=now)
    return {key: pairing.pk for key, pairing in pairings.items()}


def _decides(director: Person | None, pairing: Pairing) -> bool:
    return director is not None and director.pk not in (pairing.mentee_id, pairing.mentor_id)


def _pairing(program: Program, claim: Claim) -> Pairing:
    return Pairing(
        program=program,
        mentee_id=UUID(claim.mentee),
        mentor_id=UUID(claim.mentor),
        state=Pairing.State.WAITING,
        begins=claim.begins,
        ends=claim.ends,
    )


def _enter_all(program: Program, pairings: Sequence[Pairing], *, by: Person | None, now: datetime) -> None:
    """`Pairing.objects.enter` for many whose days the plan has checked, in three statements."""
    for pairing in pairings:
        pairing.state = Pairing.State.ENDED if pairing.ends else Pairing.State.ACTIVE
    Pairing.objects.bulk_create(pairings)
    record_all(PairingEvent.ENTERED, pairings, by=by, now=now, program=program)


# Dates


def _register(
    program: Program, dates: Sequence[Met | SawDirector], pairs: Mapping[str, UUID], by: Person | None, now: datetime
) -> None:
    known = {"state": Meeting.State.CONFIRMED, "how": Meeting.How.REGISTER, "confirmed_by": by, "confirmed_at": now}
    met = {(pairs.get(each.pair) or UUID(each.pair), each.day) for each in dates if isinstance(each, Met)}
    answered = _answer_open(met, known)
    left = met - {(meeting.pairing_id, meeting.day) for meeting in answered}
    fresh = [
        *(_of_pair(program, pairing, day, known) for pairing, day in sorted(left)),
        *(_with_director(program, each, known) for each in dates if isinstance(each, SawDirector)),
    ]
    Meeting.objects.bulk_create(fresh)
    code = Meeting.How.REGISTER
    record_all(MeetingEvent.RECORDED, [*answered, *fresh], by=by, now=now, program=program, code=code)


def _answer_open(met: set[tuple[UUID, date]], known: Mapping[str, Any]) -> list[Meeting]:
    """A day that was asked about, or that one of the two has logged, is answered by the paper."""
    found = Meeting.objects.filter(pairing__in={pairing for pairing, _day in met}, state__in=OPEN)
    answered = [meeting for meeting in found if (meeting.pairing_id, meeting.day) in met]
    for meeting in answered:
        compare_and_set(meeting, where={"state__in": OPEN}, to=dict(known))
    return answered


def _of_pair(program: Program, pairing: UUID, day: date, known: Mapping[str, Any]) -> Meeting:
    return Meeting(program=program, kind=Meeting.Kind.MENTORING, pairing_id=pairing, day=day, **known)


def _with_director(program: Program, seen: SawDirector, known: Mapping[str, Any]) -> Meeting:
    return Meeting(program=program, kind=Meeting.Kind.DIRECTOR, person_id=UUID(seen.mentee), day=seen.day, **known)
