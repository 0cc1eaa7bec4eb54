"""What several tests ask of a page: its words, its sentence after an act, the number of its queries, its doubles."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from telemachus.audit.models import Event

TAGS = re.compile(r"<[^>]+>")


def words(response: Any) -> str:
    """What a person reads, with single spaces."""
    return " ".join(unescape(TAGS.sub(" ", response.content.decode())).split())


def sentences(response: Any) -> list[str]:
    """What the page after an act will say."""
    return [str(message) for message in get_messages(response.wsgi_request)]


def queries(client: Client, url: str) -> int:
    """How many the page asks, once everything that is read once stands."""
    client.get(url)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def recorded(code: str) -> int:
    return Event.objects.filter(kind=code).count()


def twice(client: Client, url: str, given: dict[str, Any] | None = None) -> tuple[Any, Any]:
    """The answers to an act and to its repetition, as after a double click."""
    back = {"back": "/", **(given or {})}
    return client.post(url, back), client.post(url, back)


ClientOf = Callable[..., Client]
