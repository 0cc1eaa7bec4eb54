"""Sign in as any of the cast with one click, and read the mails that would have gone out."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from telemachus.demo.cast import CAST
from telemachus.people.models import Person

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
    to: str
    subject: str
    sent: datetime
    body: str


@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/mail.html", {"letters": letters(Path(settings.EMAIL_FILE_PATH))})


def letters(folder: Path) -> list[Letter]:
    """All mails in the folder, newest first."""
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    # What stands after the last of those lines is still being written.
    whole = [raw for file in files for raw in reversed(PARTING.split(file.read_bytes())[:-1])]
    return sorted(map(_letter, whole), key=lambda letter: letter.sent, reverse=True)


def _letter(raw: bytes) -> Letter:
    message = message_from_bytes(raw, _class=EmailMessage, policy=default)
    body = message.get_body(("plain",))
    sent = parsedate_to_datetime(message["Date"])
    return Letter(
        to=str(message["To"]),
        subject=str(message["Subject"]),
        # The zone -0000, which Django writes, is read as none.
        sent=sent if sent.tzinfo else sent.replace(tzinfo=UTC),
        body=str(body.get_content()) if body else "",
    )
