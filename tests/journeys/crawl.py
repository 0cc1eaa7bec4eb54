"""Every page that a person can reach by following links: one address for each route."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page

LINKS = """() => [...document.querySelectorAll("a[href]:not([download])")]
  .map((link) => new URL(link.getAttribute("href"), location.href).href)"""
# Files, and what ends the visit.
NO_PAGES = {"meetings:export", "intake:packet_pdf"}


def walk(page: Page, start: str, *, but: Iterable[str] = ()) -> Iterator[str]:
    """Stand on each page in turn, `but` for these; yields its route. What the pages link to is walked as well."""
    waiting, seen = [start], set(but)
    while waiting:
        path = waiting.pop(0)
        route = _route(path)
        if route is None or route in seen or route in NO_PAGES:
            continue
        seen.add(route)
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        yield route
        waiting += _paths(page)


def _paths(page: Page) -> list[str]:
    here = urlsplit(page.url).netloc
    links = (urlsplit(link) for link in page.evaluate(LINKS))
    return [f"{link.path}?{link.query}" if link.query else link.path for link in links if link.netloc == here]


def _route(path: str) -> str | None:
    """None for what is no page of ours, such as a static file."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return None
