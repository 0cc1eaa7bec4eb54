"""How a room's events are given their mails: whom they tell, and what is true when the mail leaves."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from telemachus.audit.kinds import EventKind
from telemachus.audit.models import Event
from telemachus.people.models import Person
from telemachus.program.models import Program

Context = dict[str, Any]
Whom = Callable[[Event], Iterable[Person]]
Say = Callable[[Person, UUID, datetime], Context | None]
Returned = Callable[[UUID, datetime], None]
GoesTo = Callable[[Person, UUID], str]


def own_address(recipient: Person, _subject: UUID) -> str:
    """Empty where the person has none: then nothing leaves."""
    return recipient.email or ""


@dataclass(frozen=True)
class Rule:
    """`whom` reads the event; `context` reads what is true at delivery, None where nothing is left to tell.

    A context holds at least `program`; `path` is the page where it goes on, `reply_to` whom an answer reaches.
    `returned` is told when the mail server says that there is no such address: then it is not tried again.
    `goes_to` finds the address of the mail.
    """

    kind: EventKind
    whom: Whom
    context: Say
    returned: Returned | None = None
    goes_to: GoesTo = own_address

    @property
    def template(self) -> str:
        return f"notify/{self.kind.code.partition('.')[2]}.txt"


RULES: dict[str, Rule] = {}


def tell(
    *kinds: EventKind, whom: Whom, returned: Returned | None = None, goes_to: GoesTo = own_address
) -> Callable[[Say], None]:
    """Register the decorated function as what the mails of these kinds say."""

    def register(context: Say) -> None:
        for kind in kinds:
            RULES[kind.code] = Rule(kind, whom, context, returned, goes_to)

    return register


def on_today(program: Program) -> Context:
    """Something waits; what it is stands behind the sign-in."""
    return {"program": program, "path": reverse("web:today")}


def reachable(person: Person | None) -> Person | None:
    """Whom an answer to the mail can reach; without anybody the mail promises nothing."""
    return person if person and person.is_active and person.email else None
