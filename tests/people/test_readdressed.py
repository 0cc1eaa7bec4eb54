"""An office gives an account another mail address: the old one is told, and whatever it opened is shut."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from telemachus.audit.models import Event
from telemachus.notify.schedule import forget
from telemachus.people.models import FormerAddress, Person, forget_former_addresses
from tests.acts import words
from tests.career.test_roster_write import HEADER, bring
from tests.cast import PASSWORD, Cast
from tests.notify.scenes import Mail, quiet, told
from tests.people.test_sign_in import CODE, CONFIRM, address, code_in, give_password, mails, type_password

NEW = "zz.new@elsewhere.example"


def by_hand(cast: Cast) -> None:
    Person.objects.get(pk=cast.mei.pk).change(email=NEW, by=cast.coordinator, now=cast.now)


def by_roster(cast: Cast) -> None:
    """The command names nobody."""
    Person.objects.filter(pk=cast.mei.pk).update(external_id="77")
    row = f'77,"Tanaka, Mei",{NEW},ASST PROF-HCOMP,07/01/2024,,A'
    assert bring(cast.digestive, f"{HEADER}\n{row}".encode())[0] == 0


BOTH = pytest.mark.parametrize("change", [by_hand, by_roster])


@pytest.fixture(autouse=True)
def opening(cast: Cast) -> None:
    quiet(cast.now)


def to_former(cast: Cast, old: str) -> Mail:
    [found] = [each for each in told(cast.now) if list(each.to) == [old]]
    return found


def signed_in(person: Person) -> Client:
    """By mailed code, as people do."""
    mail.outbox.clear()
    client = Client()
    client.post(CODE, {"email": address(person)})
    client.post(CONFIRM, {"code": code_in(mails(1)[0])})
    assert client.get("/").status_code == 200
    return client


@BOTH
def test_old_address_is_told_and_the_new_one_is_masked(cast: Cast, change: Any) -> None:
    old = address(cast.mei)
    change(cast)
    told_there = to_former(cast, old)
    assert "The email address of your account was changed on Wednesday 14 October, 10:00" in told_there.body
    assert "The new one is z…@…" in told_there.body
    assert not [word for word in (NEW, "elsewhere", "zz.") if word in told_there.body]
    assert told_there.reply_to == [f"Ines Duarte <{cast.director.email}>"]


def test_old_address_reads_who_changed_it(cast: Cast) -> None:
    old = address(cast.mei)
    by_hand(cast)
    assert "by Nora Whitfield" in to_former(cast, old).body


def test_answer_reaches_somebody_who_did_not_change_it(cast: Cast) -> None:
    old = address(cast.mei)
    Person.objects.get(pk=cast.mei.pk).change(email=NEW, by=cast.director, now=cast.now)
    [reply_to] = to_former(cast, old).reply_to
    assert str(cast.directing_mentor.email) in reply_to


@BOTH
def test_sessions_end(cast: Cast, change: Any) -> None:
    within, other = signed_in(cast.mei), signed_in(cast.jonas)
    change(cast)
    assert within.get("/").status_code == 302
    assert other.get("/").status_code == 200


@BOTH
def test_session_by_password_ends_and_the_password_opens_with_the_new_address(cast: Cast, change: Any) -> None:
    within, old = Client(), address(give_password(cast.mei))
    type_password(old, client=within)
    assert within.get("/").status_code == 200
    change(cast)
    assert within.get("/").status_code == 302
    assert type_password(old).status_code == 200
    assert type_password(NEW, PASSWORD).status_code == 302


@BOTH
def test_code_that_is_on_its_way_opens_nothing(cast: Cast, change: Any) -> None:
    client = Client()
    client.post(CODE, {"email": address(cast.mei)})
    code = code_in(mails(1)[0])
    change(cast)
    answer = client.post(CONFIRM, {"code": code}, follow=True)
    assert "This code no longer holds. Please ask for another." in words(answer)
    assert client.get("/").status_code == 302
    assert client.post(CONFIRM, {"code": code}).status_code == 302
    assert client.get("/").status_code == 302


@BOTH
def test_record_knows_of_whom_and_no_address(cast: Cast, change: Any) -> None:
    change(cast)
    event = Event.objects.get(kind="people.changed", code="email")
    former = FormerAddress.objects.get()
    told_of = Event.objects.get(kind="people.readdressed")
    assert (event.subject, told_of.subject, event.by) == (cast.mei.pk, former.pk, told_of.by)
    assert event.by == (cast.coordinator.pk if change is by_hand else None)


def test_change_of_something_else_tells_nobody(cast: Cast) -> None:
    within = signed_in(cast.mei)
    cast.mei.change(email=cast.mei.email, preferred_name="Mimi", by=cast.coordinator, now=cast.now)
    assert (told(cast.now), within.get("/").status_code) == ([], 200)
    assert not FormerAddress.objects.exists()


def test_address_that_a_roster_takes_away_is_told_too(cast: Cast) -> None:
    """In two steps, first without an address, it would else go unsaid."""
    old = address(cast.mei)
    cast.mei.change(email=None, by=cast.coordinator, now=cast.now)
    assert "It has none at present" in to_former(cast, old).body


def test_two_changes_tell_each_address_once(cast: Cast) -> None:
    old = address(cast.mei)
    by_hand(cast)
    cast.mei.refresh_from_db()
    cast.mei.change(email="third@division.example", by=cast.coordinator, now=cast.now)
    assert sorted(each.to[0] for each in told(cast.now)) == sorted([old, NEW])


def test_former_address_is_forgotten_after_thirty_days(cast: Cast) -> None:
    by_hand(cast)
    forget_former_addresses(now=cast.now + timedelta(days=30))
    assert FormerAddress.objects.exists()
    forget_former_addresses(now=cast.now + timedelta(days=31))
    assert not FormerAddress.objects.exists()
    forget(now=cast.now + timedelta(days=31))
    assert told(cast.now + timedelta(days=31)) == []
