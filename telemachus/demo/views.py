"""Sign in as any of the cast with one click, and read the mails that would have gone out."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from telemachus.audit.models import Event
from telemachus.demo.cast import CAST
from telemachus.notify.models import Dispatch
from telemachus.people.models import Person

NEWEST = 15
# How Django's file backend parts the mails of one file: such a line in a mail's own text is not followed by a header.
PARTING = re.compile(rb"^-{79}\r?\n(?=[!-9;-~]+: |\Z)", re.MULTILINE)


@require_safe
def stage(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/stage.html", {"cast": CAST})


@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    wanted = [part.email for part in CAST if part.email == request.POST.get("email")]
    person = get_object_or_404(Person, email__in=wanted)
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("web:today")


@dataclass(frozen=True)
class Letter:
    """`key` is its Message-ID, `name` whose mail address it goes to, where somebody here has it."""

    key: str
    to: str
    name: str
    subject: str
    sent: datetime
    body: str


@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    found = as_sent(letters(Path(settings.EMAIL_FILE_PATH)))
    return render(request, "demo/mail.html", {"letters": found, "newest": found[:NEWEST], "older": found[NEWEST:]})


def as_sent(found: list[Letter]) -> list[Letter]:
    """Named and dated as they would have gone out: the division's two years were made in one minute."""
    names = {person.email: person.full_name for person in Person.objects.exclude(email=None)}
    moments = _moments([letter.key for letter in found])
    dated = [
        replace(letter, name=names.get(letter.to, letter.to), sent=moments.get(letter.key, letter.sent))
        for letter in found
    ]
    return sorted(dated, key=lambda letter: letter.sent, reverse=True)


def _moments(keys: list[str]) -> dict[str, datetime]:
    """When that happened which each mail tells; a mail of the schedule tells of no event."""
    sent = Dispatch.objects.filter(pk__in=filter(None, map(_uuid, keys)))
    told = {str(one.pk): (one.kind, one.period) for one in sent}
    periods = [period for _kind, period in told.values() if period.isdigit()]
    events = {(one.kind, str(one.pk)): one.at for one in Event.objects.filter(pk__in=periods)}
    return {key: events[what] for key, what in told.items() if what in events}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def letters(folder: Path) -> list[Letter]:
    """All mails in the folder, newest first."""
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    # What stands after the last of those lines is still being written.
    whole = [raw for file in files for raw in reversed(PARTING.split(file.read_bytes())[:-1])]
    messages = (message_from_bytes(raw, _class=EmailMessage, policy=default) for raw in whole)
    # What has no date is no mail: a line of dashes within one looks like the end of it.
    return sorted(map(_letter, (one for one in messages if one["Date"])), key=lambda letter: letter.sent, reverse=True)


def _letter(message: EmailMessage) -> Letter:
    body = message.get_body(("plain",))
    sent = parsedate_to_datetime(message["Date"])
    to = parseaddr(str(message["To"]))[1]
    return Letter(
        key=str(message["Message-ID"]).strip("<>").partition("@")[0],
        to=to,
        name=to,
        subject=str(message["Subject"]),
        # The zone -0000, which Django writes, is read as none.
        sent=sent if sent.tzinfo else sent.replace(tzinfo=UTC),
        body=str(body.get_content()) if body else "",
    )
