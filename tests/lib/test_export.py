import csv
import io
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telemachus.lib.export import Cell, to_csv, to_xlsx
from telemachus.lib.names import is_formula_like
from telemachus.lib.table import read_table

HEADER = ["Name", "Since", "Meetings"]
ROWS: list[list[Cell]] = [["Zielińska, Hana", date(2025, 7, 1), 3], ['=HYPERLINK("http://x","y")', None, -1]]

# No control characters but line breaks, and none that an uploaded table is refused for.
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"], include_characters="\n"), max_size=30)
FILLED = TEXTS.filter(str.strip)
TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(FILLED, min_size=width, max_size=width), min_size=1, max_size=5)
)


def _header(width: int) -> list[str]:
    return ["Legal Name", "Step; Rank", "Last, First", "Since\tUntil", "“So”"][:width]


def test_csv_carries_a_mark_for_excel_and_escapes_formulas():
    content = to_csv(HEADER, ROWS)
    assert content.startswith(b"\xef\xbb\xbf")
    assert [row.cells for row in read_table("x.csv", content).rows] == [
        ["Zielińska, Hana", "2025-07-01", "3"],
        ['\'=HYPERLINK("http://x","y")', "", "-1"],
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_has_no_cell_that_starts_as_a_formula(start):
    records = csv.reader(io.StringIO(to_csv([f"{start}a"], [[f"{start}b"]]).decode("utf-8-sig"), newline=""))
    assert list(records) == [[f"'{start}a"], [f"'{start}b"]]


def test_xlsx_keeps_texts_dates_and_numbers():
    content = to_xlsx("Register", HEADER, ROWS)
    assert [row.cells for row in read_table("x.xlsx", content).rows] == [
        ["Zielińska, Hana", "2025-07-01", "3"],
        ['=HYPERLINK("http://x","y")', "", "-1"],
    ]


def test_xlsx_has_no_formula_and_no_link():
    content = to_xlsx("Register", ["a"], [["=1+1"], ["http://example.edu"]])
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet


def test_xlsx_header_is_bold_frozen_and_filtered():
    archive = zipfile.ZipFile(io.BytesIO(to_xlsx("Register", HEADER, ROWS)))
    sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b'state="frozen"' in sheet
    assert b'<autoFilter ref="A1:C3"/>' in sheet
    assert b"<b/>" in archive.read("xl/styles.xml")


@pytest.mark.parametrize("name", ["", "''", "Faculty [A/B]: *?\\", "x" * 40, "'quoted'"])
def test_xlsx_takes_any_sheet_name(name):
    assert read_table("x.xlsx", to_xlsx(name, HEADER, ROWS)).header == HEADER


def test_xlsx_is_the_same_for_the_same_rows():
    assert to_xlsx("Register", HEADER, ROWS) == to_xlsx("Register", HEADER, ROWS)


def test_xlsx_writes_a_date_before_excel_began_as_text():
    rows = read_table("x.xlsx", to_xlsx("x", ["a"], [[date(1899, 5, 1)], [date(1900, 2, 1)]])).rows
    assert [row.cells for row in rows] == [["1899-05-01"], ["1900-02-01"]]


def test_xlsx_refuses_a_text_that_excel_would_lose():
    with pytest.raises(ValueError, match="cell 2, 1"):
        to_xlsx("x", ["a"], [["x" * 32_768]])


@given(TABLES)
@settings(deadline=None)
def test_csv_comes_back_as_it_was(rows):
    header = _header(len(rows[0]))
    expected = [[f"'{cell}" if is_formula_like(cell) else cell for cell in row] for row in rows]
    table = read_table("x.csv", to_csv(header, rows))
    assert [row.cells for row in table.rows] == expected


@given(TABLES)
@settings(deadline=None)
def test_xlsx_comes_back_as_it_was(rows):
    header = _header(len(rows[0]))
    assert [row.cells for row in read_table("x.xlsx", to_xlsx("x", header, rows)).rows] == rows


@given(st.lists(st.dates(date(1850, 1, 1), date(2150, 1, 1)), min_size=1))
@settings(deadline=None)
def test_dates_come_back_as_iso(days):
    expected = [[day.isoformat()] for day in days]
    for content in (to_xlsx("x", ["Day"], [[day] for day in days]), to_csv(["Day"], [[day] for day in days])):
        assert [row.cells for row in read_table("x", content).rows] == expected
