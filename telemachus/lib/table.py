"""Reads a table that somebody uploads, CSV or XLSX, or says in sentences why it cannot be read."""

import codecs
import csv
import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from xml.parsers import expat

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from python_calamine import CalamineWorkbook

from telemachus.lib.dates import parse_date

MAX_BYTES = 5_000_000
MAX_UNPACKED = 50_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELL = 4_000
MAX_SENTENCES = 20

DELIMITERS = ("\t", ";", ",")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
COORDINATE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
WORKBOOK, RELATIONS, STRINGS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedstrings.xml"
PARTS = ("[content_types].xml", "_rels/.rels", WORKBOOK, RELATIONS, STRINGS, "xl/styles.xml")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_Value = int | float | str | bool | time | date | datetime | timedelta


@dataclass(frozen=True)
class Row:
    """`number` as the spreadsheet shows it (the first line is 1); `cells` as many as the header, verbatim."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """`header` holds distinct names, spaces collapsed; wholly empty rows are left out of `rows`."""

    header: list[str]
    rows: list[Row]


class TableError(Exception):
    """Everything that is wrong with the file as a whole, as `sentences` for a person."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def read_table(name: str, content: bytes) -> Table:
    """Read `content`, told apart by what it is and never by `name`, which only stands in the sentences.

    Dates of XLSX come as ISO text, whole numbers without ".0". Raises TableError and nothing else.
    """
    if sentence := _other_format(name, content):
        raise TableError([sentence])
    rows = _workbook_rows(name, content) if content.startswith(b"PK\x03\x04") else _text_rows(name, content)
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
        return _protected(name)
    return _("%(name)s is in the old Excel format. Please open it and save it as .xlsx.") % {"name": name}


def _protected(name: str) -> str:
    return _("%(name)s is protected by a password. Please save it without one.") % {"name": name}


def _damaged(name: str) -> str:
    return _("%(name)s is damaged. Please open it in Excel and save it again.") % {"name": name}


def _too_many_rows(name: str) -> str:
    return _("%(name)s has more than %(limit)s rows.") % {"name": name, "limit": MAX_ROWS}


def _too_many_columns(name: str) -> str:
    return _("%(name)s has more than %(limit)s columns.") % {"name": name, "limit": MAX_COLUMNS}


# The table itself, wherever the rows come from


def _table(name: str, rows: Iterable[Row]) -> Table:
    filled = list(islice((row for row in rows if any(map(str.strip, row.cells))), MAX_ROWS + 2))
    if not filled:
        raise TableError([_("%(name)s is empty.") % {"name": name}])
    if len(filled) > MAX_ROWS + 1:
        raise TableError([_too_many_rows(name)])
    header = [" ".join(cell.split()) for cell in _trimmed(filled[0].cells)]
    width = len(header)
    _require(chain(_header_sentences(name, header), _row_sentences(filled, width)))
    padded = [Row(row.number, [*row.cells[:width], *[""] * (width - len(row.cells))]) for row in filled[1:]]
    return Table(header, padded)


def _require(problems: Iterator[str]) -> None:
    sentences = list(islice(problems, MAX_SENTENCES))
    if rest := sum(1 for _further in problems):
        more = ngettext("And %(count)s more of this kind.", "And %(count)s more of these kinds.", rest)
        sentences.append(more % {"count": rest})
    if sentences:
        raise TableError(sentences)


def _trimmed(cells: list[str]) -> list[str]:
    """Without the empty cells at the end, which spreadsheets write for every column ever touched."""
    last = max((place for place, cell in enumerate(cells, 1) if cell.strip()), default=0)
    return cells[:last]


def _header_sentences(name: str, header: list[str]) -> Iterator[str]:
    if len(header) > MAX_COLUMNS:
        yield _too_many_columns(name)
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


# XLSX. The parts are unpacked within limits, measured, and packed again for calamine, which so sees nothing
# but what was measured: it lays a sheet out densely and copies each shared string into its cells, and one
# far cell, or one long string used often, would take more memory than there is.


@dataclass
class _Strings:
    """The lengths of the shared strings, in their order."""

    lengths: list[int] = field(default_factory=list)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "si":
            self.lengths.append(0)
        elif _local(tag) == "sst" and int(attributes.get("uniqueCount", 0)) > MAX_ROWS * MAX_COLUMNS:
            # calamine reserves memory for as many as are stated; the process dies if there is too little.
            raise ValueError("more shared strings than a table can have")

    def text(self, piece: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(piece)


@dataclass
class _Extent:
    """How far the cells of one sheet reach, how much text they hold, and which rows hold errors."""

    shared: list[int]
    row: int = 0
    column: int = 0
    rows: int = 0
    columns: int = 0
    characters: int = 0
    errors: list[int] = field(default_factory=list)
    kind: str = ""
    index: str = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match _local(tag):
            case "row":
                self.row, self.column = int(attributes.get("r", self.row + 1)), 0
            case "c":
                self._cell(attributes)
            case "v" | "is" | "f":
                self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
                self.index = ""

    def _cell(self, attributes: dict[str, str]) -> None:
        self.row, self.column = _place(attributes["r"]) if "r" in attributes else (self.row, self.column + 1)
        self.kind = attributes.get("t", "")
        if self.kind == "e":
            self.errors.append(self.row)

    def end(self, tag: str) -> None:
        if _local(tag) == "v" and self.kind == "s":
            self.characters += self.shared[int(self.index)]

    def text(self, piece: str) -> None:
        self.index += piece if self.kind == "s" else ""


def _workbook_rows(name: str, content: bytes) -> list[Row]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = _parts(name, archive)
        sheet = _first_sheet(parts)
        if sheet is None:
            return []
        title, path, extent = sheet
        _require(_extent_sentences(name, extent))
        cells = _cells(title, _packed({each: parts[each] for each in (*PARTS, path) if each in parts}))
    except TableError:
        raise
    except Exception as error:
        # zipfile, zlib, expat and calamine raise a dozen kinds; all mean the same to a person.
        raise TableError([_damaged(name)]) from error
    return [Row(number, [_shown(cell) for cell in row]) for number, row in enumerate(cells, 1)]


def _parts(name: str, archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The XML of the workbook by path; lower case, since calamine minds no case either."""
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise TableError([_protected(name)])
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise TableError([_("%(name)s unpacks to more than 50 MB.") % {"name": name}])
    wanted = [(_path(member), member) for member in members if _path(member).endswith((".xml", ".rels"))]
    if WORKBOOK not in dict(wanted):
        sentence = _("%(name)s is not an .xlsx file, whatever its name. Please save it as .xlsx.")
        raise TableError([sentence % {"name": name}])
    if len(dict(wanted)) < len(wanted):
        raise zipfile.BadZipFile("two parts of one name")
    return {path: _unpacked(archive, member) for path, member in wanted}


def _path(member: zipfile.ZipInfo) -> str:
    return member.filename.replace("\\", "/").lower()


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile(member.filename)
    with archive.open(member) as part:
        # A bounded read: the size that the archive states may be a lie, and an unbounded one unpacks it all.
        return part.read(member.file_size + 1)


def _packed(parts: dict[str, bytes]) -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, part in parts.items():
            archive.writestr(path, part)
    packed.seek(0)
    return packed


def _first_sheet(parts: dict[str, bytes]) -> tuple[str, str, _Extent] | None:
    """Title, path and extent of the first sheet that a person sees and that holds a cell."""
    strings = _Strings()
    _walk(parts.get(STRINGS, b"<sst/>"), strings.start, text=strings.text)
    for title, path in _visible_sheets(parts):
        extent = _Extent(strings.lengths)
        _walk(parts[path], extent.start, extent.end, extent.text)
        if extent.rows:
            return title, path, extent
    return None


def _visible_sheets(parts: dict[str, bytes]) -> list[tuple[str, str]]:
    sheets: list[dict[str, str]] = []
    targets: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "sheet":
            sheets.append({_local(name): value for name, value in attributes.items()})
        elif _local(tag) == "Relationship" and attributes["Type"].endswith("/worksheet"):
            targets[attributes["Id"]] = _target(attributes["Target"])

    _walk(parts[WORKBOOK], start)
    _walk(parts[RELATIONS], start)
    visible = [sheet for sheet in sheets if sheet.get("state", "visible") == "visible"]
    return [(sheet["name"], targets[sheet["id"]]) for sheet in visible if sheet["id"] in targets]


def _target(path: str) -> str:
    return posixpath.normpath(posixpath.join("/xl", path))[1:].lower()


def _walk(
    part: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.Parse(part, True)


def _refuse_doctype(*_declared: object) -> None:
    # No workbook has one; its entities could swell the text that was measured.
    raise ValueError("a document type in a workbook")


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _place(coordinate: str) -> tuple[int, int]:
    """Row and column, from 1, of a coordinate such as AB12."""
    matched = COORDINATE.fullmatch(coordinate)
    if matched is None:
        raise ValueError(coordinate)
    column = 0
    for letter in matched[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(matched[2]), column


def _extent_sentences(name: str, extent: _Extent) -> Iterator[str]:
    if extent.rows > MAX_ROWS + 1:
        yield _too_many_rows(name)
    if extent.columns > MAX_COLUMNS:
        yield _too_many_columns(name)
    if extent.characters > MAX_UNPACKED:
        yield _("%(name)s unpacks to more than 50 MB.") % {"name": name}
    for row in extent.errors:
        # calamine gives an empty cell for #N/A and its like: what was lost must be said.
        yield _("Row %(row)s: a formula there shows an error instead of a value.") % {"row": row}


def _cells(title: str, packed: io.BytesIO) -> list[list[_Value]]:
    with CalamineWorkbook.from_filelike(packed) as workbook:
        return workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)


def _shown(value: _Value) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        # Excel keeps fifteen digits; the rest of a float is noise that no cell shows.
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".15g")
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return str(value)
