"""Promotion completes a pair: the roster says a senior rank, and the director decides once."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max

from telemachus.audit.models import Event
from telemachus.career.events import CareerEvent
from telemachus.career.models import Appointment
from telemachus.pairing.models import Pairing


def promoted(pairings: Sequence[Pairing]) -> Iterator[tuple[Pairing, str, date]]:
    """Pairs whose mentee has become senior since they began, with the rank in words and the day it was read.

    Whoever was senior from the first is a mentee by wish; where the two go on, nobody is asked again.
    """
    open_ = [pairing for pairing in pairings if pairing.goes_on is None and pairing.stands_in_for_id is None]
    senior = _senior(open_)
    changed = _changed([appointment.pk for appointment in senior.values()])
    for pairing in open_:
        appointment = senior.get((pairing.program_id, pairing.mentee_id))
        at = changed.get(appointment.pk) if appointment else None
        if appointment and at and pairing.program.day(at) >= pairing.begins:
            yield pairing, pairing.program.book.rank_name(appointment.rank), pairing.program.day(at)


def _senior(pairings: Sequence[Pairing]) -> dict[tuple[UUID, UUID], Appointment]:
    mentees = {pairing.mentee_id for pairing in pairings}
    books = {pairing.program_id: pairing.program.book for pairing in pairings}
    appointments = Appointment.objects.filter(person__in=mentees, program__in=books)
    return {
        (one.program_id, one.person_id): one
        for one in appointments
        if not books[one.program_id].is_junior(one.series, one.rank)
    }


def _changed(appointments: Sequence[UUID]) -> dict[UUID, datetime]:
    """When a roster or the coordinator last changed each appointment: the record knows."""
    events = Event.objects.filter(kind=CareerEvent.APPOINTMENT_CHANGED.code, subject__in=appointments)
    return dict(events.values_list("subject").annotate(Max("at")))
