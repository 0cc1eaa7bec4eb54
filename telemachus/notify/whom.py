"""Whom a mail about somebody else's affair reaches: those who run it, as access says, and nobody else."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from telemachus.audit.models import Event
from telemachus.notify.telling import Whom
from telemachus.people.models import Person
from telemachus.program.models import Role

Sees = Callable[[Person], QuerySet[Any]]


def whoever_runs(directed: Sees) -> Whom:
    """Of the program's directors and deputies those whose `directed` rows hold the event's subject, less the doer."""

    def whom(event: Event) -> list[Person]:
        directors = Q(roles__program=event.program, roles__kind=Role.Kind.DIRECTOR)
        return _who_see(event, directors | Q(deputizes__program=event.program), directed)

    return whom


def holders(kind: Role.Kind, visible: Sees) -> Whom:
    """Those who hold this office in the program and whose `visible` rows hold the event's subject, less the doer."""

    def whom(event: Event) -> list[Person]:
        return _who_see(event, Q(roles__program=event.program, roles__kind=kind), visible)

    return whom


def _who_see(event: Event, part: Q, sees: Sees) -> list[Person]:
    """Of everybody who has, or had, such a part: whether it still holds, access says."""
    others = [person for person in Person.objects.filter(part, is_active=True).distinct() if person.pk != event.by]
    return [person for person in others if sees(person).filter(pk=event.subject).exists()]
