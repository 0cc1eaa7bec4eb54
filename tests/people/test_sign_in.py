"""Two ways in, password and mailed code; nothing at the door tells who is known here."""

import re
import time
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse

from telemachus.people.models import Person
from tests.acts import ClientOf, words
from tests.cast import PASSWORD, Cast
from tests.people.slow_mail import SECONDS

SIGN_IN, CODE = reverse("account_login"), reverse("account_request_login_code")
CONFIRM = reverse("account_confirm_login_code")
UNKNOWN = "nobody@division.example"
ONCE = re.compile(r'value="[^"]{20,}"')


def give_password(person: Person) -> Person:
    person.set_password(PASSWORD)
    person.save()
    return person


def address(person: Person) -> str:
    assert person.email
    return person.email


def type_password(email: str, password: str = PASSWORD, client: Client | None = None) -> Any:
    return (client or Client()).post(SIGN_IN, {"login": email, "password": password})


def mails(count: int) -> list[str]:
    """The bodies, once so many have left: they leave beside the answer."""
    end = time.monotonic() + 10
    while len(mail.outbox) < count and time.monotonic() < end:
        time.sleep(0.01)
    assert len(mail.outbox) == count
    return [str(message.body) for message in mail.outbox]


def code_in(body: str) -> str:
    found = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", body, re.MULTILINE)
    assert found, body
    return found[1]


def seconds(email: str, url: str = CODE, **given: str) -> float:
    client = Client()
    client.get(url)
    begun = time.perf_counter()
    client.post(url, given or {"email": email})
    return time.perf_counter() - begun


def without_tokens(page: Any, email: str) -> str:
    return ONCE.sub("", page.content.decode()).replace(email, "ADDRESS")


def test_password_opens_the_door(cast: Cast) -> None:
    give_password(cast.mei)
    client = Client()
    assert type_password(address(cast.mei), client=client)["Location"] == "/"
    assert "Mei" in words(client.get("/"))


def test_password_is_taken_whatever_the_case_of_the_address(cast: Cast) -> None:
    give_password(cast.mei)
    assert type_password("Mei.Tanaka@Division.example").status_code == 302


def test_wrong_password_and_unknown_address_get_the_same_page(cast: Cast) -> None:
    give_password(cast.mei)
    known, unknown = type_password(address(cast.mei), "wrong"), type_password(UNKNOWN, "wrong")
    assert known.status_code == unknown.status_code
    assert without_tokens(known, address(cast.mei)) == without_tokens(unknown, UNKNOWN)
    assert "Please look at this again" in words(known)


def test_mailed_code_opens_the_door(cast: Cast) -> None:
    client = Client()
    assert client.post(CODE, {"email": address(cast.mei)})["Location"].startswith(CONFIRM)
    [body] = mails(1)
    assert mail.outbox[0].to == [address(cast.mei)]
    answer = client.post(CONFIRM, {"code": code_in(body)})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/").status_code == 200


def test_mail_of_the_code_says_nothing_else(cast: Cast) -> None:
    Client().post(CODE, {"email": address(cast.mei)})
    [body] = mails(1)
    told = f"{mail.outbox[0].subject} {body}"
    assert not [name for name in ("Tanaka", "Osei", "Digestive", "mentee") if name in told]


def test_wrong_code_opens_nothing(cast: Cast) -> None:
    client = Client()
    client.post(CODE, {"email": address(cast.mei)})
    mails(1)
    assert "Please look at this again" in words(client.post(CONFIRM, {"code": "WRONG1"}))
    assert client.get("/").status_code == 302


def test_unknown_address_gets_the_same_answer_and_no_mail(cast: Cast) -> None:
    pages = {}
    for email in (address(cast.mei), UNKNOWN):
        client = Client()
        answer = client.post(CODE, {"email": email})
        pages[email] = (answer.status_code, answer["Location"], without_tokens(client.get(answer["Location"]), email))
    assert pages[address(cast.mei)] == pages[UNKNOWN]
    mails(1)
    assert [message.to for message in mail.outbox] == [[address(cast.mei)]]


def test_time_tells_nothing_of_an_address(cast: Cast, settings) -> None:
    """Not even where the mail server is slow: the mail leaves beside the answer."""
    settings.EMAIL_BACKEND = "tests.people.slow_mail.EmailBackend"
    known = seconds(address(cast.mei))
    unknown = seconds(UNKNOWN)
    assert max(known, unknown) < SECONDS
    mails(1)


def test_time_tells_nothing_of_a_password(cast: Cast, settings) -> None:
    """Somebody with a password, somebody without one, and nobody: each costs one hash."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    give_password(cast.mei)
    taken = [
        min(seconds("", SIGN_IN, login=email, password="wrong") for _ in range(2))
        for email in (address(cast.mei), address(cast.jonas), UNKNOWN)
    ]
    assert max(taken) < 4 * min(taken)


@pytest.mark.parametrize("known", [True, False])
def test_too_many_passwords_are_answered_with_a_sentence(cast: Cast, known: bool) -> None:
    give_password(cast.mei)
    email = address(cast.mei) if known else UNKNOWN
    answers = [type_password(email, "wrong") for _ in range(6)]
    assert "Too many failed login attempts" not in words(answers[4])
    assert "Too many failed login attempts" in words(answers[5])
    assert "Too many failed login attempts" in words(type_password(email))


@pytest.mark.parametrize("known", [True, False])
def test_too_many_codes_are_answered_with_a_sentence(cast: Cast, known: bool) -> None:
    email = address(cast.mei) if known else UNKNOWN
    answers = [Client().post(CODE, {"email": email}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 200]
    assert "Too many" in words(answers[3])
    mails(3 if known else 0)


def test_too_many_tries_from_one_place_are_answered_with_a_page(cast: Cast) -> None:
    answers = [type_password(f"nobody{n}@division.example") for n in range(31)]
    assert {answer.status_code for answer in answers[:30]} == {200}
    assert answers[30].status_code == 429
    assert "Too many tries in a short time" in words(answers[30])


def test_nobody_signs_up(cast: Cast) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    for url in ("/account/signup/", "/account/sign-up/", "/accounts/signup/", "/account/email/"):
        assert Client().get(url).status_code == 404


def test_inactive_person_gets_in_by_no_way(cast: Cast, client_of: ClientOf) -> None:
    give_password(cast.mei)
    within = client_of(cast.mei)
    assert within.get("/").status_code == 200
    cast.mei.change(is_active=False, by=None, now=cast.now)
    assert within.get("/").status_code == 302
    outside = Client()
    type_password(address(cast.mei), client=outside)
    Client().post(CODE, {"email": address(cast.mei)})
    assert outside.get("/").status_code == 302
    for body in [str(message.body) for message in mail.outbox]:
        assert "code" not in body


def test_old_address_no_longer_opens_the_door(cast: Cast) -> None:
    give_password(cast.mei)
    old = address(cast.mei)
    client = Client()
    client.post(CODE, {"email": old})
    client.post(CONFIRM, {"code": code_in(mails(1)[0])})
    assert client.get("/").status_code == 200
    cast.mei.change(email="mei.sato@division.example", by=None, now=cast.now)
    assert type_password(old).status_code == 200
    assert type_password("mei.sato@division.example").status_code == 302
    Client().post(CODE, {"email": old})
    Client().post(CODE, {"email": "mei.sato@division.example"})
    mails(2)
    assert [message.to for message in mail.outbox] == [[old], ["mei.sato@division.example"]]


def test_signing_out_is_a_post(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.mei)
    client.get(reverse("account_logout"))
    assert client.get("/").status_code == 200
    client.post(reverse("account_logout"))
    assert client.get("/").status_code == 302


def test_way_back_leads_to_no_other_site(cast: Cast) -> None:
    give_password(cast.mei)
    for there in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        answer = Client().post(SIGN_IN, {"login": address(cast.mei), "password": PASSWORD, "next": there})
        assert answer["Location"] == "/"
