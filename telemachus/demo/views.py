"""Sign in as any of the cast with one click, and read the mails that would have gone out."""

import email
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from telemachus.demo.cast import CAST
from telemachus.people.models import Person

# How Django's file backend parts the mails of one file.
LINE = "-" * 79


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
    sent: str
    body: str


@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/mail.html", {"letters": letters(Path(settings.EMAIL_FILE_PATH))})


def letters(folder: Path) -> list[Letter]:
    """All mails in the folder, newest file first."""
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    return [_letter(text) for file in files for text in file.read_text().split(LINE) if text.strip()]


def _letter(text: str) -> Letter:
    message = email.message_from_string(text.lstrip(), _class=EmailMessage, policy=default)
    body = message.get_body(("plain",))
    return Letter(
        to=str(message["To"]),
        subject=str(message["Subject"]),
        sent=str(message["Date"]),
        body=str(body.get_content()) if body else "",
    )
