"""Reads an XLSX workbook within limits: what it could cost is measured before anything is laid out.

The parts are unpacked within limits, measured, and packed again for calamine, which so sees nothing
but what was measured: it lays a sheet out densely and copies each shared string into its cells, and one
far cell, or one long string used often, would take more memory than there is.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from xml.parsers import expat

from django.utils.translation import gettext as _
from python_calamine import CalamineWorkbook

from telemachus.lib.rows import (
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_UNPACKED,
    Row,
    TableError,
    damaged,
    protected,
    raise_any,
    too_many_columns,
    too_many_rows,
)

COORDINATE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
WORKBOOK, RELATIONS, STRINGS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedstrings.xml"
PARTS = ("[content_types].xml", "_rels/.rels", WORKBOOK, RELATIONS, STRINGS, "xl/styles.xml")

_Value = int | float | str | bool | time | date | datetime | timedelta


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


def workbook_rows(name: str, content: bytes) -> list[Row]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = _parts(name, archive)
        sheet = _first_sheet(parts)
        if sheet is None:
            return []
        title, path, extent = sheet
        raise_any(_extent_sentences(name, extent))
        cells = _cells(title, _packed({each: parts[each] for each in (*PARTS, path) if each in parts}))
    except TableError:
        raise
    except Exception as error:
        # zipfile, zlib, expat and calamine raise a dozen kinds; all mean the same to a person.
        raise TableError([damaged(name)]) from error
    return [Row(number, [_shown(cell) for cell in row]) for number, row in enumerate(cells, 1)]


def _parts(name: str, archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The XML of the workbook by path; lower case, since calamine minds no case either."""
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise TableError([protected(name)])
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
        yield too_many_rows(name)
    if extent.columns > MAX_COLUMNS:
        yield too_many_columns(name)
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
