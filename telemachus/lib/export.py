"""Writes tables for spreadsheets, so that no cell can act as a formula and accents survive Excel."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from telemachus.lib.names import is_formula_like

Cell = str | int | float | date | None

NARROWEST, WIDEST = 8, 60
LONGEST_TITLE = 31
FORBIDDEN_IN_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
LONGEST_TEXT = 32_767
WORKBOOK = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
# Excel counts days from 1900 and holds that year for a leap year.
FIRST_DAY = date(1900, 3, 1)


def to_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte-order mark; dates as ISO; texts that look like formulas behind an apostrophe."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerows([_escaped(cell) for cell in row] for row in (header, *rows))
    return text.getvalue().encode("utf-8-sig")


def to_xlsx(sheet_name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet, texts as texts and dates as dates.

    Raises ValueError for a text longer than Excel's 32,767 characters, which would be lost in silence.
    """
    lines = [list(row) for row in rows]
    content = io.BytesIO()
    with Workbook(content, WORKBOOK) as book:
        # A fixed moment: the same rows give the same bytes.
        book.set_properties({"created": datetime(2000, 1, 1)})
        sheet = book.add_worksheet(_title(sheet_name))
        _write_header(sheet, header, book.add_format({"bold": True}))
        _write_rows(sheet, lines, book.add_format({"num_format": "yyyy-mm-dd"}))
        _arrange(sheet, header, lines)
    return content.getvalue()


def _escaped(cell: Cell) -> str:
    if isinstance(cell, str):
        return f"'{cell}" if is_formula_like(cell) else cell
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _title(sheet_name: str) -> str:
    """A name that Excel takes: no brackets or slashes, no apostrophe at an end, at most 31 characters."""
    return FORBIDDEN_IN_TITLE.sub(" ", sheet_name)[:LONGEST_TITLE].strip(" '") or "Sheet1"


def _write_header(sheet: Worksheet, header: Sequence[str], bold: Format) -> None:
    for column, name in enumerate(header):
        _write_text(sheet, 0, column, name, bold)


def _write_rows(sheet: Worksheet, rows: list[list[Cell]], day: Format) -> None:
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            _write(sheet, number, column, cell, day)


def _write(sheet: Worksheet, row: int, column: int, cell: Cell, day: Format) -> None:
    if isinstance(cell, date) and date(cell.year, cell.month, cell.day) >= FIRST_DAY:
        sheet.write_datetime(row, column, cell, day)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell)
    elif cell is not None:
        _write_text(sheet, row, column, cell if isinstance(cell, str) else cell.isoformat(), None)


def _write_text(sheet: Worksheet, row: int, column: int, text: str, look: Format | None) -> None:
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"cell {row + 1}, {column + 1}: longer than {LONGEST_TEXT} characters")
    sheet.write_string(row, column, text, look)


def _arrange(sheet: Worksheet, header: Sequence[str], rows: list[list[Cell]]) -> None:
    sheet.freeze_panes(1, 0)
    if not header:
        return
    sheet.autofilter(0, 0, len(rows), len(header) - 1)
    for column, name in enumerate(header):
        # Three more than the name, for the filter's arrow.
        longest = max([len(name) + 3, *(_width(row[column]) for row in rows if column < len(row))])
        sheet.set_column(column, column, min(max(longest + 1, NARROWEST), WIDEST))


def _width(cell: Cell) -> int:
    return max(map(len, _escaped(cell).splitlines()), default=0)
