"""Reads a table that somebody uploads, CSV or XLSX, or says in sentences why it cannot be read."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from django.utils.translation import gettext as _

from telemachus.lib.dates import parse_date
from telemachus.lib.rows import (
    MAX_BYTES,
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    Row,
    Table,
    TableError,
    protected,
    raise_any,
    too_many_columns,
    too_many_rows,
)
from telemachus.lib.workbook import workbook_rows

DELIMITERS = ("\t", ";", ",")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_table(name: str, content: bytes) -> Table:
    """Read `content`, told apart by what it is and never by `name`, which only stands in the sentences.

    Dates of XLSX come as ISO text, whole numbers without ".0". Raises TableError and nothing else.
    """
    if sentence := _other_format(name, content):
        raise TableError([sentence])
    rows = workbook_rows(name, content) if content.startswith(b"PK\x03\x04") else _text_rows(name, content)
    return _table(name, rows)


# What it is


def _other_format(name: str, content: bytes) -> str | None:
    start = content[:1024].lstrip(codecs.BOM_UTF8).lstrip().lower()
    if not content.strip():
        return _("%(name)s is empty.") % {"name": name}
    if len(content) > MAX_BYTES:
        return _("%(name)s is larger than 5 MB. Please send the table alone.") % {"name": name}
    if content.startswith(OLE):
        return _old_excel(name, content)
    if b"%pdf-" in start:
        return _("%(name)s is a PDF. Please send the spreadsheet it was made from.") % {"name": name}
    if start.startswith((b"<", b"{\\rtf")):
        return _(
            "%(name)s is a web page or a document under a spreadsheet's name. "
            "Please open it in Excel and save it as .xlsx."
        ) % {"name": name}
    return None


def _old_excel(name: str, content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return protected(name)
    return _("%(name)s is in the old Excel format. Please open it and save it as .xlsx.") % {"name": name}


# The table itself, wherever the rows come from


def _table(name: str, rows: Iterable[Row]) -> Table:
    filled = list(islice((row for row in rows if any(map(str.strip, row.cells))), MAX_ROWS + 2))
    if not filled:
        raise TableError([_("%(name)s is empty.") % {"name": name}])
    if len(filled) > MAX_ROWS + 1:
        raise TableError([too_many_rows(name)])
    header = [" ".join(cell.split()) for cell in _trimmed(filled[0].cells)]
    width = len(header)
    raise_any(chain(_header_sentences(name, header), _row_sentences(filled, width)))
    padded = [Row(row.number, [*row.cells[:width], *[""] * (width - len(row.cells))]) for row in filled[1:]]
    return Table(header, padded)


def _trimmed(cells: list[str]) -> list[str]:
    """Without the empty cells at the end, which spreadsheets write for every column ever touched."""
    last = max((place for place, cell in enumerate(cells, 1) if cell.strip()), default=0)
    return cells[:last]


def _header_sentences(name: str, header: list[str]) -> Iterator[str]:
    if len(header) > MAX_COLUMNS:
        yield too_many_columns(name)
    if any(_is_value(cell) for cell in header):
        yield _("%(name)s has no header: its first row holds values, not names.") % {"name": name}
    seen: set[str] = set()
    for place, cell in enumerate(header, 1):
        if not cell:
            yield _("Column %(column)s has no name in the header.") % {"column": _letters(place)}
        elif cell.casefold() in seen:
            yield _("Two columns are named “%(title)s”.") % {"title": cell}
        seen.add(cell.casefold())


def _is_value(text: str) -> bool:
    return "@" in text or parse_date(text) is not None or bool(re.fullmatch(r"[-+$]?[0-9][0-9.,]*%?", text))


def _row_sentences(rows: list[Row], width: int) -> Iterator[str]:
    for row in rows:
        here = len(_trimmed(row.cells))
        if here > width:
            yield _("Row %(row)s has %(cells)s cells, but the header names %(columns)s columns.") % {
                "row": row.number,
                "cells": here,
                "columns": width,
            }
        yield from _cell_sentences(row)


def _cell_sentences(row: Row) -> Iterator[str]:
    for place, cell in enumerate(row.cells, 1):
        where = {"row": row.number, "column": _letters(place), "limit": MAX_CELL}
        if len(cell) > MAX_CELL:
            yield _("Row %(row)s, column %(column)s: more than %(limit)s characters in one cell.") % where
        if UNPRINTABLE.search(cell):
            yield _("Row %(row)s, column %(column)s: characters that no text has. Is this a table?") % where


def _letters(place: int) -> str:
    """The spreadsheet's name of a column: 1 is A, 27 is AA."""
    tens, ones = divmod(place - 1, 26)
    return (_letters(tens) if tens else "") + chr(ord("A") + ones)


# CSV


def _text_rows(name: str, content: bytes) -> Iterator[Row]:
    text = _decoded(name, content)
    number = 0
    try:
        for number, cells in enumerate(_records(text, _delimiter(text)), 1):
            yield Row(number, cells)
    except csv.Error as error:
        sentence = _("Row %(row)s: a quotation mark is missing or too many, or a cell is far too long.")
        raise TableError([sentence % {"row": number + 1}]) from error


def _decoded(name: str, content: bytes) -> str:
    for encoding in _encodings(content):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    sentence = _("%(name)s is neither a CSV nor an XLSX file. Please save the table as one of these.")
    raise TableError([sentence % {"name": name}])


def _encodings(content: bytes) -> tuple[str, ...]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    return ("utf-8-sig", "cp1252")


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    # strict: without it a quotation mark never closed swallows every row after it into one cell.
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _delimiter(text: str) -> str:
    return max(DELIMITERS, key=lambda delimiter: _fit(text, delimiter))


def _fit(text: str, delimiter: str) -> tuple[int, int]:
    """How many of the first rows have the header's width, and that width."""
    widths: list[int] = []
    try:
        widths.extend(map(len, islice(filter(any, _records(text, delimiter)), 20)))
    except csv.Error:
        if not widths:
            # A quotation mark at odds with this delimiter: better to say so than to take a row for one cell.
            return 0, 1
    if not widths:
        return 1, 0
    return (widths.count(widths[0]), widths[0]) if widths[0] > 1 else (0, 0)
