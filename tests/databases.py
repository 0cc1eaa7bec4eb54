"""Databases of the tests. The usual test is rolled back; one that needs real commits gets a copy of its own.

The delete triggers of the event table forbid every flush, so nothing here empties a table.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connections
from django.test.utils import setup_databases, teardown_databases
from psycopg import sql


@pytest.fixture(scope="session")
def django_db_modify_db_settings(worker_id: str) -> None:
    """A database for each process of a run. On SQLite a file: in memory it would lock and journal otherwise."""
    config = connections.settings["default"]
    if django_settings.ON_SQLITE:
        config["TEST"]["NAME"] = str(django_settings.VAR_DIR / "test.sqlite3")
    else:
        config["TEST"]["NAME"] = f"test_{config['NAME']}_{worker_id}"


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings) -> Iterator[None]:
    """Always: pytest-django's own looks for marks, and leaves the operator's database in place where it sees none."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default": None}, serialized_aliases=set())
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    """Sign-in's limits count in the cache: no test inherits another's. In the database they are rolled back."""
    if django_settings.ON_SQLITE:
        cache.clear()


@pytest.fixture
def own_database(django_db_setup, django_db_blocker, settings, tmp_path: Path) -> Iterator[str]:
    """A migrated, empty database for this test alone, with real commits; the value is its DATABASE_URL."""
    config = connections.settings["default"]
    template = config["NAME"]
    connections.close_all()
    with _copy(template, tmp_path) as (name, url):
        config["NAME"] = name
        settings.DATABASE_URL = url
        try:
            with django_db_blocker.unblock():
                yield url
        finally:
            connections.close_all()
            config["NAME"] = template


@contextmanager
def _copy(template: str, tmp_path: Path) -> Iterator[tuple[str, str]]:
    if django_settings.ON_SQLITE:
        path = tmp_path / "own.sqlite3"
        with closing(sqlite3.connect(template)) as source, closing(sqlite3.connect(path)) as target:
            source.backup(target)
        yield str(path), f"sqlite:///{path}"
        return
    name = f"{template}_{uuid4().hex[:12]}"
    _on_server(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
    # Locks and constraints are the same; only a power cut is not survived.
    _on_server(sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(sql.Identifier(name)))
    try:
        yield name, urlunsplit(urlsplit(django_settings.DATABASE_URL)._replace(path=f"/{name}"))
    finally:
        _on_server(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _on_server(statement: sql.Composed) -> None:
    url = urlunsplit(urlsplit(django_settings.DATABASE_URL)._replace(path="/postgres"))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)
