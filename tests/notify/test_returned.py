"""A letter whose recipient the mail server refuses for good comes back; everything else is tried again."""

from datetime import timedelta

import pytest

from telemachus.intake.models import Letter
from telemachus.meetings.models import AppointmentToMeet
from telemachus.notify.models import Dispatch
from telemachus.notify.outbox import MINUTES_TO_RETRY, pass_on
from tests.acts import recorded
from tests.cast import Cast
from tests.notify.mail_server import MailServer
from tests.notify.scenes import announced, quiet, written


@pytest.fixture
def letter(cast: Cast, by_smtp: MailServer) -> Letter:
    recruit = announced(cast)
    quiet(cast.now)
    by_smtp.mails.clear()
    return written(cast, recruit)


def _refuse(server: MailServer, address: str | None, line: str) -> list[str]:
    """That address is refused from now on, before any mail; the list fills with the refusals."""
    refused: list[str] = []

    def knows(asked: str) -> str:
        if asked != address:
            return "250 ok"
        refused.append(asked)
        return line

    server.knows = knows
    return refused


def _days(cast: Cast, days: int) -> None:
    for minutes in range(0, days * 24 * 60, 60):
        pass_on(now=cast.now + timedelta(minutes=minutes))


@pytest.mark.parametrize("line", ["550 5.1.1 no such person", "553 5.1.3 no such address", "554 5.7.1 no"])
def test_letter_comes_back_and_the_coordinator_is_told(cast: Cast, letter: Letter, by_smtp: MailServer, line) -> None:
    refused = _refuse(by_smtp, cast.pia.email, line)
    _days(cast, 2)
    letter.refresh_from_db()
    assert letter.came_back_on == cast.today
    assert len(refused) == 1
    assert recorded("intake.came_back") == 1
    assert [to for to, _id in by_smtp.told()] == [cast.coordinator.email]
    assert not Dispatch.objects.filter(done=None).exists()


@pytest.mark.parametrize("line", ["450 4.2.1 later", "452 4.2.2 full"])
def test_letter_that_is_refused_for_now_is_tried_again(cast: Cast, letter: Letter, by_smtp: MailServer, line) -> None:
    refused = _refuse(by_smtp, cast.pia.email, line)
    pass_on(now=cast.now)
    letter.refresh_from_db()
    assert letter.came_back_on is None
    assert len(refused) == 1
    _refuse(by_smtp, None, "")
    pass_on(now=cast.now + timedelta(minutes=MINUTES_TO_RETRY + 1))
    assert [to for to, _id in by_smtp.told()] == [cast.pia.email]


def test_letter_refused_as_a_mail_is_tried_again(cast: Cast, letter: Letter, by_smtp: MailServer) -> None:
    """The content or the sender displeases: that says nothing about the address."""
    by_smtp.answer = lambda _mail: "554 5.7.1 looks like spam"
    pass_on(now=cast.now)
    letter.refresh_from_db()
    assert letter.came_back_on is None
    assert Dispatch.objects.get(done=None).tries == 1


def test_other_mail_that_is_refused_is_tried_again(cast: Cast, by_smtp: MailServer) -> None:
    quiet(cast.now)
    AppointmentToMeet.arrange(cast.mei_osei, at=cast.now + timedelta(days=30), by=cast.mei, now=cast.now)
    refused = _refuse(by_smtp, cast.osei.email, "550 5.1.1 no such person")
    _days(cast, 1)
    assert len(refused) > 3
    assert Dispatch.objects.filter(done=None).count() == 1


def test_crash_after_it_came_back_tells_the_coordinator_once(cast: Cast, letter: Letter, by_smtp: MailServer) -> None:
    _refuse(by_smtp, cast.pia.email, "550 5.1.1 no such person")
    pass_on(now=cast.now)
    Dispatch.objects.filter(recipient=cast.pia).update(done=None)
    _days(cast, 1)
    assert recorded("intake.came_back") == 1
    assert [to for to, _id in by_smtp.told()] == [cast.coordinator.email]
    assert not Dispatch.objects.filter(done=None).exists()
