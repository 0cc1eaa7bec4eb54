"""How far a long piece of work has come, readable while its transaction is still open.

The work's own rows are invisible to others until it commits, so the count goes through the cache, from a thread that
has a database connection of its own (where the cache is a table).
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connections

SECONDS_KEPT = 3600


@dataclass(frozen=True)
class Count:
    done: int
    total: int

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0


class Counter:
    """Call it with how many are done; every so often the count is shown."""

    def __init__(self, key: str, total: int, thread: ThreadPoolExecutor) -> None:
        self.key, self.total, self.thread = key, total, thread
        self.every, self.shown = max(total // 100, 1), 0

    def __call__(self, done: int) -> None:
        if done - self.shown >= self.every or done == self.total:
            self.shown = done
            self.thread.submit(cache.set, self.key, (done, self.total), SECONDS_KEPT).result()


@contextmanager
def counting(key: str, total: int) -> Iterator[Counter]:
    with ThreadPoolExecutor(max_workers=1) as thread:
        try:
            yield Counter(key, total, thread)
        finally:
            thread.submit(cache.delete, key).result()
            thread.submit(connections.close_all).result()


def count(key: str) -> Count | None:
    """The last count shown, None where nothing is under way."""
    found = cache.get(key)
    return Count(*found) if found else None
