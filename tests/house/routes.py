"""Every address that the program answers, demo pages included."""

import importlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.test import override_settings
from django.urls import URLPattern, URLResolver, clear_url_caches

import config.urls


@dataclass(frozen=True)
class Route:
    name: str
    address: str
    pattern: URLPattern

    @property
    def arguments(self) -> tuple[str, ...]:
        return tuple(piece.split(">")[0].rpartition(":")[2] for piece in self.address.split("<")[1:])


@contextmanager
def demo_pages() -> Iterator[None]:
    """The URLconf as it stands where DEMO is on."""
    with override_settings(DEMO=True):
        _reload()
        try:
            yield
        finally:
            with override_settings(DEMO=False):
                _reload()


def _reload() -> None:
    importlib.reload(config.urls)
    clear_url_caches()


def routes() -> list[Route]:
    with demo_pages():
        return list(_walk(config.urls.urlpatterns, "", "/"))


def _walk(patterns: Sequence[URLPattern | URLResolver], namespace: str, prefix: str) -> Iterator[Route]:
    for each in patterns:
        address = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from _walk(each.url_patterns, inner, address)
        else:
            yield Route(f"{namespace}{each.name}", address, each)
