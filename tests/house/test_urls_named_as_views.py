"""`grep confirm` tells the whole story: address, view and template carry one name."""

import inspect
from collections.abc import Iterator

import pytest
from django.urls import URLPattern

from tests.house.routes import routes
from tests.house.templates import ROOMS, name_of, templates


def own() -> list[tuple[str, URLPattern]]:
    """Our own routes; those of sign-in carry the names that django-allauth looks for."""
    return [(route.name, route.pattern) for route in routes() if not route.name.startswith("account_")]


@pytest.mark.parametrize(("name", "pattern"), own(), ids=[name for name, _ in own()])
def test_url_is_named_as_its_view_in_its_room(name: str, pattern: URLPattern) -> None:
    room, _, verb = name.partition(":")
    view = inspect.unwrap(pattern.callback)
    assert view.__name__ == verb
    assert view.__module__.startswith(f"telemachus.{room}.")


@pytest.mark.parametrize(("name", "pattern"), own(), ids=[name for name, _ in own()])
def test_template_of_a_views_name_is_shown_by_that_view(name: str, pattern: URLPattern) -> None:
    room, _, verb = name.partition(":")
    if (ROOMS / room / "templates" / room / f"{verb}.html").exists():
        module = inspect.getmodule(inspect.unwrap(pattern.callback))
        assert module is not None
        assert f'"{room}/{verb}.html"' in inspect.getsource(module)


def mentioned() -> str:
    return "".join(_sources())


def _sources() -> Iterator[str]:
    for path in [*ROOMS.rglob("*.py"), *templates()]:
        yield path.read_text()


def test_template_that_nothing_shows_is_none() -> None:
    """Templates that Django and allauth look up by name themselves stand in folders of their own names."""
    everything = mentioned()
    rooms = [
        path for path in templates() if path.parent.name == path.parent.parent.parent.name and path.suffix == ".html"
    ]
    assert rooms
    assert [name_of(path) for path in rooms if f"{path.parent.name}/{path.name}" not in everything] == []


def test_component_that_nothing_uses_is_none() -> None:
    everything = mentioned()
    components = [path for path in templates() if path.parent.name == "cotton"]
    assert components
    assert [name_of(path) for path in components if f"<c-{path.stem.replace('_', '-')}" not in everything] == []
