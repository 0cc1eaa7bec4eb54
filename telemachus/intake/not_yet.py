"""Who of those who seek is not as far as names: what the way still waits for, for whoever matches several at once."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from telemachus.intake.models import Recruit
from telemachus.intake.path import Facts
from telemachus.intake.way import ways
from telemachus.people.models import Person
from telemachus.program.models import Program


def not_yet(program: Program, people: Collection[Person], now: datetime) -> dict[UUID, str]:
    """By person, for recruits on their way alone; the same few queries for one as for thirty."""
    recruits = Recruit.objects.open().filter(program=program, person__in=people).with_people()
    found = {way.person.pk: _said(way.facts) for way in ways(program, recruits, now)}
    return {person: said for person, said in found.items() if said}


def _said(facts: Facts) -> str:
    """The first that is missing; whoever was met has answered."""
    if facts.came_back:
        return _("the address has to be corrected")
    if facts.met:
        return ""
    if facts.introduced is None:
        return _("has not been written to yet")
    return _("the first meeting is still to come") if facts.replied else _("has not answered yet")
