"""The matrix is complete, and true: every address, method and person of it is asked."""

from collections.abc import Iterator
from dataclasses import fields
from http.cookies import SimpleCookie
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from telemachus.people.models import Person
from tests.cast import Cast
from tests.house.access_matrix import MISSING, PERSONAS, ROWS, TO_SIGN_IN, WRONG, Row
from tests.house.addresses import known
from tests.house.routes import Route, demo_pages, routes
from tests.house.stage import Stage, set_up

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}
ROUTES = {route.name: route for route in routes()}
GROUPS = sorted({row.route.partition(":")[0] for row in ROWS if ":" in row.route} | {"account"})


@pytest.fixture
def stage(cast: Cast) -> Iterator[Stage]:
    with demo_pages():
        yield set_up(cast)


@pytest.fixture
def clients(stage: Stage) -> dict[str, Client]:
    """One for each person of the cast, signed in."""
    signed_in = {persona: Client(raise_request_exception=False) for persona in PERSONAS}
    for persona, client in signed_in.items():
        client.force_login(stage[persona])
    return signed_in


def group(name: str) -> list[Row]:
    return [row for row in ROWS if row.route.startswith((f"{name}:", f"{name}_"))]


def address(row: Row, stage: Stage, **instead: Any) -> str:
    wanted = ROUTES[row.route].arguments
    given = {**known(stage.cast), "mentor": stage.cast.chief_mentor.pk, **row.more}
    if "pk" in wanted:
        given["pk"] = stage[row.on].pk
    return reverse(row.route, kwargs={name: {**given, **instead}[name] for name in wanted})


def ask(client: Client, row: Row, url: str, stage: Stage) -> int | str:
    """Send the request, and take back whatever it did."""
    given = row.given(stage) if callable(row.given) else row.given
    cache.clear()  # limits of sign-in
    kept = {name: morsel.value for name, morsel in client.cookies.items()}
    with transaction.atomic():
        response = client.get(url) if row.method == "GET" else client.post(url, given)
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(kept)
    return (
        TO_SIGN_IN
        if response.headers.get("Location", "").startswith("/account/sign-in/?next=")
        else response.status_code
    )


def test_matrix_lists_every_address() -> None:
    assert {row.route for row in ROWS} == set(ROUTES)


def test_matrix_knows_everybody_of_the_cast() -> None:
    assert set(PERSONAS) == {field.name for field in fields(Cast) if field.type in (Person, "Person")}


@pytest.mark.parametrize("name", GROUPS)
def test_matrix_is_true(name: str, stage: Stage, clients: dict[str, Client]) -> None:
    asked = ((row, persona) for row in group(name) for persona in clients)
    wrong = [
        f"{row.route} {row.method} on {row.on or 'nothing'} as {persona}: {answered}, not {row.answer(persona)}"
        for row, persona in asked
        if (answered := ask(clients[persona], row, address(row, stage), stage)) != row.answer(persona)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", GROUPS)
def test_matrix_is_true_for_who_is_not_signed_in(name: str, stage: Stage) -> None:
    wrong = [
        f"{row.route} {row.method}: {answered}, not {row.anonymous}"
        for row in group(name)
        if (answered := ask(Client(), row, address(row, stage), stage)) != row.anonymous
    ]
    assert not wrong, "\n".join(wrong)


def own_routes() -> list[Route]:
    return [route for route in ROUTES.values() if ":" in route.name]


def test_method_that_the_matrix_does_not_list_is_refused(stage: Stage, clients: dict[str, Client]) -> None:
    director = clients["director"]
    wrong = [
        f"{route.name} {method}: {answered}"
        for route in own_routes()
        for method in METHODS - {row.method for row in ROWS if row.route == route.name}
        if (answered := director.generic(method, any_address(route, stage)).status_code) != WRONG
    ]
    assert not wrong, "\n".join(wrong)


def any_address(route: Route, stage: Stage) -> str:
    return address(next(row for row in ROWS if row.route == route.name), stage)


def with_argument(name: str) -> list[Row]:
    return [row for row in ROWS if name in ROUTES[row.route].arguments and ":" in row.route]


# Whoever may do anything at all: what they miss, the others miss.
ABLE = ("director", "directing_mentor", "coordinator", "chief_mentor", "mei", "osei", "abebe", "other_director")


def everyone_misses(rows: list[Row], stage: Stage, clients: dict[str, Client], **instead: Any) -> list[str]:
    return [
        f"{row.route} {row.method} as {persona}: {answered}"
        for row in rows
        for persona in ABLE
        if (answered := ask(clients[persona], row, address(row, stage, **instead), stage)) != MISSING
    ]


def test_object_that_does_not_exist_is_missing_for_everybody(stage: Stage, clients: dict[str, Client]) -> None:
    once = {(row.route, row.method): row for row in with_argument("pk")}.values()
    assert everyone_misses(list(once), stage, clients, pk=uuid4()) == []


def test_program_that_does_not_exist_is_missing_for_everybody(stage: Stage, clients: dict[str, Client]) -> None:
    once = {(row.route, row.method): row for row in with_argument("slug")}.values()
    assert everyone_misses(list(once), stage, clients, slug="nowhere") == []


def test_object_under_another_programs_address_is_missing_for_everybody(
    stage: Stage, clients: dict[str, Client]
) -> None:
    both = [row for row in with_argument("slug") if "pk" in ROUTES[row.route].arguments and row.on != "other_mentor"]
    assert everyone_misses(both, stage, clients, slug=stage.cast.cardiology.slug) == []
