"""What every test may ask for; the pieces stand in `databases.py`, `server.py`, `browser.py` and `cast.py`."""

import os
from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import settings as hypothesis_settings

from tests.cast import NOW, Cast, play, rise

pytest_plugins = ["tests.databases", "tests.server", "tests.browser"]

# How long an example takes says more about the machine than about the code. `make proof` draws more of them.
hypothesis_settings.register_profile("house", deadline=None, max_examples=int(os.environ.get("EXAMPLES", "40")))
hypothesis_settings.load_profile("house")

OWN_DATABASE = ("browser", "races")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not settings.ON_SQLITE:
        return
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.skip(reason="meaningful on PostgreSQL only"))


@pytest.fixture
def now(request: pytest.FixtureRequest) -> Iterator[datetime]:
    """The clock stands at NOW; where a server or threads share the test it runs, and this is the moment."""
    if any(request.node.get_closest_marker(name) for name in OWN_DATABASE):
        yield timezone.now()
        return
    with time_machine.travel(NOW, tick=False):
        yield NOW


@pytest.fixture
def cast(request: pytest.FixtureRequest, django_db_setup: None, now: datetime) -> Cast:
    """Everybody of `tests/cast.py`, in a transaction that is rolled back, or in the test's own database."""
    own = any(request.node.get_closest_marker(name) for name in OWN_DATABASE)
    request.getfixturevalue("own_database" if own else "db")
    # One commit instead of a hundred.
    with transaction.atomic():
        return rise(now) if own else play(now)


@pytest.fixture
def client_of():
    """`client_of(person)` is a client that is signed in."""

    def client_of(person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return client_of
