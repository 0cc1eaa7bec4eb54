"""Lists ask the database as often for three rows as for one."""

from collections import Counter
from collections.abc import Callable
from typing import Any, Protocol

from django.db import connection
from django.test.utils import CaptureQueriesContext


class Browses(Protocol):
    def get(self, path: str, /) -> Any: ...


def same_queries(client: Browses, url: str, grow: Callable[[int], object]) -> None:
    """`grow(number)` adds a row to what the page lists; it is called with 0, then with 1 and 2."""
    grow(0)
    # Once unmeasured: what is read only the first time (content types, caches) is no row's fault.
    client.get(url)
    at_one = _queries(client, url)
    grow(1)
    grow(2)
    at_three = _queries(client, url)
    assert len(at_three) == len(at_one), "\n".join(_added(at_one, at_three))


def _queries(client: Browses, url: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200
    return [query["sql"] for query in captured.captured_queries]


def _added(before: list[str], after: list[str]) -> list[str]:
    """The statements that were sent more often, without their conditions."""
    more = Counter(map(_shape, after)) - Counter(map(_shape, before))
    return [f"{count} more: {shape[:300]}" for shape, count in more.items()]


def _shape(query: str) -> str:
    return query.partition(" WHERE ")[0]
