"""A real browser: pages, signing in, and what axe says of a page."""

import os
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from scripts.chromium import FLAGS, chromium
from telemachus.people.models import Person
from tests.server import Server

# `wcag22aa` must be asked for by name: target sizes are checked only then.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# A page that answers 404 or 422 is a good answer; the browser reports it as a failed resource.
EXPECTED = "Failed to load resource: the server responded with a status of 4"

# Playwright keeps a loop in the thread of the test, and Django would refuse the database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # While Playwright's loop runs, Django keeps other connections in this thread: none may be left open behind it.
    connections.close_all()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()
        connections.close_all()


@pytest.fixture
def new_page(browser: Browser, server: Server) -> Iterator[Callable[..., Page]]:
    """Open a window of its own, with no cookies yet: `new_page(width=390)`. Errors in its console fail the test."""
    contexts, errors = [], []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED):
            errors.append(message.text)

    def open_one(*, width: int = 1280, height: int = 900, **options: Any) -> Page:
        context = browser.new_context(
            base_url=server.url, viewport={"width": width, "height": height}, reduced_motion="reduce", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", heard)
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page()


@pytest.fixture
def sign_in(server: Server) -> Callable[[Page, Person], None]:
    """Give the page's window a session of this person."""

    def sign_in(page: Page, person: Person) -> None:
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key or "", "url": server.url}
        page.context.add_cookies([cookie])  # type: ignore[list-item]

    return sign_in


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Assert that axe finds nothing on the page as it stands."""
    return assert_no_violations


def assert_no_violations(page: Page) -> None:
    size = page.viewport_size
    assert size is not None
    show_whole(page, size["width"])
    found = violations(page)
    page.set_viewport_size(size)
    assert found == [], "\n".join([page.url, *found])


def show_whole(page: Page, width: int) -> None:
    """As high as the page is: what lies under the menu of a phone until one scrolls is no fault."""
    page.set_viewport_size({"width": width, "height": 900})
    height = page.evaluate("() => document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": max(900, height + 100)})


def violations(page: Page) -> list[str]:
    """One line for each: rule, where, why."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe_script())
    result = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


def _axe_script() -> str:
    spec = find_spec("axe_playwright_python")
    assert spec is not None
    assert spec.origin is not None
    return (Path(spec.origin).parent / "axe.min.js").read_text()
