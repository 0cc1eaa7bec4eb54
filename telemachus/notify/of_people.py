"""The mail about an account: it goes to the address that the account had before."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import F

from telemachus.audit.models import Event
from telemachus.notify.telling import Context, reachable, tell
from telemachus.people.events import PersonEvent
from telemachus.people.models import FormerAddress, Person
from telemachus.program.access import OFFICE
from telemachus.program.models import Program, Role


def owner_of_account(event: Event) -> Iterable[Person]:
    return Person.objects.filter(former_addresses=event.subject)


def former_address(recipient: Person, subject: UUID) -> str:
    former = FormerAddress.objects.filter(pk=subject, person=recipient).first()
    return former.email if former else ""


def nobody_there(subject: UUID, now: datetime) -> None:
    """The address was wrong: nobody is to be told there."""


@tell(PersonEvent.READDRESSED, whom=owner_of_account, returned=nobody_there, goes_to=former_address)
def readdressed(recipient: Person, subject: UUID, now: datetime) -> Context | None:
    former = FormerAddress.objects.filter(pk=subject, person=recipient).select_related("by").first()
    role = Role.objects.filter(person=recipient).select_related("program").order_by(F("until").desc(nulls_first=True))
    newest = role.first()
    if former is None or newest is None:
        return None
    return {
        "program": newest.program,
        "by": former.by,
        "day": former.left_at,
        "masked": _masked(recipient.email or ""),
        "reply_to": _somebody_else(newest.program, former, now),
    }


def _masked(email: str) -> str:
    """Enough to know one's own by: the first letter, and not where it leads."""
    return f"{email[0]}…@…" if email else ""


def _somebody_else(program: Program, former: FormerAddress, now: datetime) -> Person | None:
    """Of the office one who neither made the change nor is the one whose account it is: a director first."""
    held = Role.objects.filter(program=program, kind__in=OFFICE).on(program.day(now)).select_related("person")
    others = held.exclude(person__in=[pk for pk in (former.person_id, former.by_id) if pk])
    found = sorted(others, key=lambda role: OFFICE.index(Role.Kind(role.kind)))
    return next((role.person for role in found if reachable(role.person)), None)
