"""Dates only, provably (R14, B1): no column of a meeting's tables has room for what was said.

This reads the database, not the models: what was migrated is what could be written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.db import connection

TABLES = "meetings_"
CODE = "'[a-z_]*'"


@dataclass(frozen=True)
class Column:
    table: str
    name: str
    type: str
    is_key: bool
    checks: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.table}.{self.name} ({self.type})"

    @property
    def is_bare(self) -> bool:
        """An id or a reference, a date, an instant, or one of the codes that a CHECK enumerates."""
        if self.is_key:
            return self.type in ("uuid", "char(32)")
        if self.type in ("date", "datetime", "timestamp with time zone"):
            return True
        return self.type.startswith(("varchar", "character varying")) and any(map(self._enumerates, self.checks))

    def _enumerates(self, check: str) -> bool:
        sqlite = rf'\("{self.name}" IN \({CODE}(, {CODE})*\)\)'
        postgres = (
            rf"\(\({self.name}\)::text = ANY \(\(ARRAY\["
            rf"{CODE}::character varying(, {CODE}::character varying)*\]\)::text\[\]\)\)"
        )
        return re.fullmatch(rf"CHECK \(?({sqlite}|{postgres})\)?", check) is not None


def columns() -> list[Column]:
    return list(_columns_of_sqlite() if settings.ON_SQLITE else _columns_of_postgres())


def _columns_of_sqlite() -> Iterator[Column]:
    for table, statement in _rows("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name LIKE 'meetings\\_%' ESCAPE '\\'"):  # fmt: skip  # noqa: E501
        references = {row[3] for row in _rows(f'PRAGMA foreign_key_list("{table}")')}
        checks = tuple(re.findall(r"CHECK \((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)", statement))
        for _number, name, kind, _needed, _default, is_primary in _rows(f'PRAGMA table_info("{table}")'):
            yield Column(table, name, kind, bool(is_primary) or name in references, checks)


def _columns_of_postgres() -> Iterator[Column]:
    checks = _constraints("c")
    keys = _constraints("p") | _constraints("f")
    for table, name, kind in _rows(
        "SELECT table_name, column_name, data_type FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND table_name LIKE 'meetings\\_%'"
    ):
        is_key = any(f"KEY ({name})" in key for constrained, key in keys if constrained == table)
        yield Column(table, name, kind, is_key, tuple(check for constrained, check in checks if constrained == table))


def _constraints(kind: str) -> set[tuple[str, str]]:
    return set(
        _rows(
            "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint"
            f" WHERE contype = '{kind}' AND conrelid::regclass::text LIKE 'meetings\\_%'"
        )
    )


def _rows(statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_meeting_tables_hold_ids_dates_instants_and_listed_codes_only(db) -> None:
    found = columns()
    assert {"meetings_meeting", "meetings_appointmenttomeet"} <= {column.table for column in found}
    assert [str(column) for column in found if not column.is_bare] == []


@pytest.mark.parametrize(
    "definition",
    [
        "note text",
        "note varchar(20)",
        "note varchar(20) CHECK (note <> '')",
        "note varchar(20) CHECK (length(note) < 20)",
        "note varchar(20) CHECK (note IN ('one') OR length(note) < 20)",
        "note integer",
        "note smallint",
        "note numeric",
        "note boolean",
        "note json",
        "note time",
        pytest.param("note uuid", id="a uuid that refers to nothing"),
    ],
)
def test_schema_with_room_for_content_is_found(db, definition: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE meetings_scratch (day date, {definition})")
    assert [column.name for column in columns() if not column.is_bare] == ["note"]


def test_schema_with_room_for_content_in_a_table_that_stands_is_found(db) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE meetings_meeting ADD COLUMN note text")
    assert [column.name for column in columns() if not column.is_bare] == ["note"]


def test_schema_with_listed_codes_is_taken(db) -> None:
    with connection.cursor() as cursor:
        cursor.execute("""CREATE TABLE meetings_scratch (how varchar(20) CHECK ("how" IN ('slip', 'told', '')))""")
    assert [column.name for column in columns() if not column.is_bare] == []
