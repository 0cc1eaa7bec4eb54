"""The demo's doors stand in demo mode only: elsewhere they are missing, as everything is that does not exist."""

import pytest
from django.test import Client

from telemachus.demo.cast import CAST, MEI
from telemachus.people.models import Person
from tests.acts import words
from tests.cast import Cast
from tests.house.routes import demo_pages

DOORS = ["/demo/", "/demo/enter/", "/demo/mail/"]


@pytest.fixture
def visitor(cast: Cast) -> Person:
    return Person.objects.add(given_name="Mei", family_name="Tanaka", email=MEI.email, by=None, now=cast.now)


@pytest.mark.parametrize("door", DOORS)
def test_doors_are_missing_without_demo(visitor: Person, door: str) -> None:
    client = Client()
    answers = [client.get(door), client.post(door, {"email": MEI.email})]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == client.get("/nowhere/").content
    assert client.get("/").status_code == 302


def test_one_click_signs_in_as_one_of_the_cast(visitor: Person) -> None:
    with demo_pages():
        client = Client()
        assert all(part.email in client.get("/demo/").content.decode() for part in CAST)
        assert client.post("/demo/enter/", {"email": MEI.email})["Location"] == "/"
        assert "Mei" in words(client.get("/"))


def test_nobody_else_is_signed_in_by_a_click(cast: Cast) -> None:
    with demo_pages():
        client = Client()
        for email in (cast.mei.email, "", "nobody@division.example"):
            assert client.post("/demo/enter/", {"email": email}).status_code == 404
        assert client.get("/demo/enter/").status_code == 405
