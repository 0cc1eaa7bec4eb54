"""The hour with the director (R5): held, and its date in the register beside the others."""

from datetime import date, datetime

from django.db import transaction

from telemachus.intake.models import Recruit
from telemachus.meetings.models import Meeting
from telemachus.people.models import Person


def hold_first_meeting(recruit: Recruit, *, on: date, by: Person, now: datetime) -> None:
    """Both or neither. It is the yearly meeting with the director too (R15)."""
    program, person, kind = recruit.program, recruit.person, Meeting.Kind.DIRECTOR
    with transaction.atomic():
        recruit.meet(on=on, by=by, now=now)
        if not Meeting.objects.filter(program=program, person=person, kind=kind, day=on).exists():
            Meeting.objects.record_with_office(program, kind, person, day=on, by=by, now=now)
