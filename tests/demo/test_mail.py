"""The demo shows the mails as they would have arrived, through the backend that writes them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.mail import EmailMessage, get_connection
from django.test import Client, override_settings

from telemachus.demo.views import as_sent, letters
from telemachus.meetings.models import AppointmentToMeet
from telemachus.notify.outbox import pass_on
from tests.cast import Cast
from tests.house.routes import demo_pages

FILES = "django.core.mail.backends.filebased.EmailBackend"
EVENING = datetime(2026, 10, 15, 3, 30, tzinfo=UTC)


def send(folder: Path, *texts: str) -> None:
    with get_connection(FILES, file_path=str(folder)) as connection:
        for text in texts:
            to = ["Lucía Okafor <l@x.example>"]
            EmailMessage("Lucía – a date", text, "a@x.example", to, connection=connection).send()


def test_letters_hold_what_was_written(tmp_path: Path) -> None:
    dashes = "-" * 79
    send(tmp_path, "Lucía Okafor – 3 o’clock", f"one\n{dashes}\ntwo")
    second, first = letters(tmp_path)
    assert (first.subject, first.to) == ("Lucía – a date", "l@x.example")
    assert first.body.strip() == "Lucía Okafor – 3 o’clock"
    assert second.body.strip() == f"one\n{dashes}\ntwo"


@pytest.mark.django_db
def test_page_shows_accents_and_the_time_in_the_readers_zone(tmp_path: Path) -> None:
    with time_machine.travel(EVENING, tick=False):
        send(tmp_path, "Lucía Okafor – 3 o’clock")
    with demo_pages(), override_settings(EMAIL_FILE_PATH=str(tmp_path)):
        shown = Client().get("/demo/mail/").content.decode()
    assert "Lucía Okafor – 3 o’clock" in shown
    assert "14 October 2026, 20:30" in shown
    assert not any(wrong in shown for wrong in ("\ufffd", "\\u"))


@pytest.mark.django_db
def test_mails_stand_under_the_name_and_day_of_what_they_tell(tmp_path: Path, cast: Cast) -> None:
    """The demo's two years are made in one minute, and mailed in the next."""
    AppointmentToMeet.arrange(cast.mei_osei, at=cast.now + timedelta(days=3), by=cast.mei, now=cast.now)
    with override_settings(EMAIL_FILE_PATH=str(tmp_path), EMAIL_BACKEND=FILES):
        with time_machine.travel(cast.now + timedelta(days=40), tick=False):
            pass_on(now=cast.now)
        [mail] = as_sent(letters(tmp_path))
        assert (mail.name, mail.to, mail.sent) == ("Kwame Osei", cast.osei.email, cast.now)


@pytest.mark.django_db
def test_page_folds_all_but_the_newest(tmp_path: Path) -> None:
    send(tmp_path, *(f"text {number}" for number in range(17)))
    with demo_pages(), override_settings(EMAIL_FILE_PATH=str(tmp_path)):
        shown = Client().get("/demo/mail/").content.decode()
    newest, older = shown.split("<details>")
    assert (newest.count("<article"), older.count("<article")) == (15, 2)
    assert "2 older mails" in older
    assert "Back to the cast" in newest
