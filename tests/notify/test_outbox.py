"""One event, one mail to each recipient, whatever breaks in between."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from telemachus.audit.models import Event, Pending
from telemachus.meetings.events import MeetingEvent
from telemachus.meetings.models import AppointmentToMeet, Meeting
from telemachus.notify.models import Dispatch
from telemachus.notify.outbox import BATCH, MINUTES_TO_RETRY, TRIES, _unreadable, deliver, pass_on, spread
from telemachus.notify.rules import RULES, Rule
from telemachus.pairing.models import ChangeWish, Pairing
from telemachus.people.models import Person
from tests.notify.mail_server import MailServer

pytestmark = pytest.mark.django_db


def _arrange(pairing, *, by, now, days=3) -> AppointmentToMeet:
    return AppointmentToMeet.arrange(pairing, at=now + timedelta(days=days), by=by, now=now)


def _to(messages) -> list[str]:
    return [address for message in messages for address in message.to]


def test_event_makes_one_mail_to_the_other(cast, now, mailoutbox):
    _arrange(cast.mei_osei, by=cast.mei, now=now)
    for _round in range(3):
        pass_on(now=now)
    assert _to(mailoutbox) == [cast.osei.email]
    assert "Mei Tanaka" in mailoutbox[0].body
    assert not Pending.objects.exists()
    assert not Dispatch.objects.filter(done=None).exists()


def test_event_by_a_delegate_tells_both(cast, now, mailoutbox):
    _arrange(cast.mei_osei, by=cast.abebe, now=now)
    pass_on(now=now)
    assert sorted(_to(mailoutbox)) == sorted([cast.mei.email, cast.osei.email])


def test_subject_names_nobody(cast, now, mailoutbox):
    _arrange(cast.mei_osei, by=cast.mei, now=now)
    pass_on(now=now)
    assert mailoutbox[0].subject == "Digestive Diseases mentoring: a note for you"


def _queries_of_spread(pairs, now) -> int:
    for number, pairing in enumerate(pairs):
        ChangeWish.express(pairing, call=False, by=pairing.mentee, now=now)
        Meeting.objects.log(pairing, day=(now - timedelta(days=number + 1)).date(), by=pairing.mentee, now=now)
    with CaptureQueriesContext(connection) as caught:
        spread(now=now)
    return len(caught)


def test_spread_asks_so_many_questions_of_an_event_and_no_more(cast, now):
    """However many events stand in the batch, and however long the program's history is."""
    while spread(now=now):
        pass
    one = _queries_of_spread([cast.mei_osei], now)
    three = _queries_of_spread([cast.jonas_osei, cast.lucia_chief, cast.tomas_director], now)
    assert three <= 3 * one
    assert one <= 25


class PowerCut(BaseException):
    """Nothing in the program catches it."""


class CutAt:
    """Cuts the power before the n-th statement that goes to the database."""

    def __init__(self, number: int) -> None:
        self.left = number

    def __call__(self, execute, sql, params, many, context):
        self.left -= 1
        if self.left == 0:
            raise PowerCut
        return execute(sql, params, many, context)


def test_crash_before_any_statement_loses_and_doubles_nothing(cast, now):
    _arrange(cast.mei_osei, by=cast.abebe, now=now)
    _arrange(cast.jonas_osei, by=cast.jonas, now=now)
    expected = Counter([cast.mei.email, cast.osei.email, cast.osei.email])
    number, crashed = 0, True
    while crashed:
        number += 1
        crashed = _crash_and_go_on(number, now, expected)
    assert number > 12


def _crash_and_go_on(number, now, expected) -> bool:
    """Crash at that statement, work on later, look, and put everything back."""
    mail.outbox.clear()
    crashed = False
    with transaction.atomic():
        try:
            with connection.execute_wrapper(CutAt(number)):
                pass_on(now=now)
        except PowerCut:
            crashed = True
        later = now + timedelta(minutes=MINUTES_TO_RETRY + 1)
        pass_on(now=later)
        once = {message.extra_headers["Message-ID"]: message.to[0] for message in mail.outbox}
        assert Counter(once.values()) == expected, f"statement {number}"
        assert len(mail.outbox) - len(once) <= 1
        assert pass_on(now=later + timedelta(days=30)) == 0
        transaction.set_rollback(True)
    return crashed


def test_recipient_who_lost_access_gets_nothing(cast, now, mailoutbox):
    _arrange(cast.mei_osei, by=cast.mei, now=now)
    _arrange(cast.jonas_osei, by=cast.jonas, now=now)
    spread(now=now)
    cast.mei_osei.end(on=cast.today, ending=Pairing.Ending.CHANGED, by=cast.director, now=now)
    deliver(now=now)
    assert _to(mailoutbox) == [cast.osei.email]
    assert "Jonas Weber" in mailoutbox[0].body
    assert not Dispatch.objects.filter(done=None).exists()


def test_delegate_whose_task_ended_is_not_asked_and_the_pair_is(cast, now, mailoutbox):
    cast.oseis_delegation.end(by=cast.osei, on=cast.today, now=now)
    _arrange(cast.mei_osei, by=cast.mei, now=now)
    pass_on(now=now)
    assert _to(mailoutbox) == [cast.osei.email]


def test_recipient_who_left_in_between_gets_nothing(cast, now, mailoutbox):
    _arrange(cast.mei_osei, by=cast.abebe, now=now)
    spread(now=now)
    Person.objects.filter(pk=cast.osei.pk).update(is_active=False)
    deliver(now=now)
    assert _to(mailoutbox) == [cast.mei.email]


def test_mail_goes_to_the_address_that_holds_at_delivery(cast, now, mailoutbox):
    _arrange(cast.mei_osei, by=cast.mei, now=now)
    spread(now=now)
    cast.osei.change(email="kwame@new.example", by=cast.director, now=now)
    deliver(now=now)
    assert _to(mailoutbox) == ["kwame@new.example"]


def test_person_without_an_address_gets_nothing_and_stops_nobody(cast, now, mailoutbox):
    Person.objects.filter(pk=cast.osei.pk).update(email=None)
    _arrange(cast.mei_osei, by=cast.abebe, now=now)
    pass_on(now=now)
    assert _to(mailoutbox) == [cast.mei.email]


def _refusing(server: MailServer, line: str) -> list[str]:
    """From now on the server refuses; the list fills with the Message-IDs that it saw."""
    seen: list[str] = []

    def refuse(message) -> str:
        seen.append(message["Message-ID"])
        return line

    server.answer = refuse
    return seen


def test_mail_that_is_refused_is_tried_again_with_the_same_id(cast, now, by_smtp):
    _arrange(cast.mei_osei, by=cast.mei, now=now)
    refused = _refusing(by_smtp, "451 later")
    pass_on(now=now)
    pass_on(now=now + timedelta(minutes=MINUTES_TO_RETRY - 1))
    assert len(refused) == 1
    by_smtp.answer = lambda _message: "250 taken"
    pass_on(now=now + timedelta(minutes=MINUTES_TO_RETRY + 1))
    assert by_smtp.told() == [(cast.osei.email, refused[0])]


def test_server_that_hangs_up_stops_no_other_mail(cast, now, by_smtp):
    _arrange(cast.mei_osei, by=cast.abebe, now=now)
    by_smtp.answer = lambda message: None if message["To"] == cast.mei.email else "250 taken"
    pass_on(now=now)
    assert [to for to, _id in by_smtp.told()] == [cast.osei.email]
    assert Dispatch.objects.get(done=None).recipient == cast.mei


def test_mail_that_never_leaves_is_given_up_after_its_tries(cast, now, by_smtp):
    _arrange(cast.mei_osei, by=cast.mei, now=now, days=60)
    refused = _refusing(by_smtp, "550 no such person")
    for days in range(30):
        pass_on(now=now + timedelta(days=days))
    assert len(refused) == TRIES
    assert len(set(refused)) == 1


def test_mail_outlasts_a_mail_server_that_is_away_for_a_weekend(cast, now, settings, by_smtp):
    _arrange(cast.mei_osei, by=cast.mei, now=now, days=60)
    settings.EMAIL_PORT, port = 1, settings.EMAIL_PORT
    for hour in range(72):
        pass_on(now=now + timedelta(hours=hour))
    settings.EMAIL_PORT = port
    for hour in range(72, 120):
        pass_on(now=now + timedelta(hours=hour))
    assert [to for to, _id in by_smtp.told()] == [cast.osei.email]


def test_mail_that_cannot_be_composed_counts_as_a_try_and_stops_nobody(cast, now, mailoutbox):
    Person.objects.filter(pk=cast.osei.pk).update(zone="Mars/Olympus")
    _arrange(cast.mei_osei, by=cast.abebe, now=now)
    pass_on(now=now)
    assert _to(mailoutbox) == [cast.mei.email]
    assert Dispatch.objects.get(done=None).tries == 1


def test_rule_that_fails_blocks_no_other_event(cast, now, mailoutbox, monkeypatch):
    def nobody_knows(_event: Event):
        raise LookupError

    rule = RULES[MeetingEvent.LOGGED.code]
    with monkeypatch.context() as broken:
        broken.setitem(RULES, rule.kind.code, Rule(rule.kind, nobody_knows, rule.context))
        for days in range(BATCH + 1):
            Meeting.objects.log(cast.mei_osei, day=cast.ago(days + 1), by=cast.mei, now=now)
        _arrange(cast.jonas_osei, by=cast.jonas, now=now)
        for _round in range(4):
            pass_on(now=now)
    assert _to(mailoutbox) == [cast.osei.email]
    assert Pending.objects.count() == BATCH + 1
    _unreadable.clear()  # as a restart does
    for _round in range(4):
        pass_on(now=now)
    assert len(mailoutbox) == BATCH + 2
