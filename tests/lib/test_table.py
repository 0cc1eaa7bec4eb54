import io
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from telemachus.lib.export import to_csv, to_xlsx
from telemachus.lib.rows import MAX_BYTES, Row, Table, TableError
from telemachus.lib.table import read_table

CSV = 'Employee ID,Legal Name\r\n10263776,"Tran, Priya"\r\n10138934,"Zielińska, Hana"\r\n'
EXPECTED = Table(
    ["Employee ID", "Legal Name"],
    [Row(2, ["10263776", "Tran, Priya"]), Row(3, ["10138934", "Zielińska, Hana"])],
)
XLSX = to_xlsx("Roster", ["Employee ID", "Since"], [["10263776", date(2025, 7, 1)], ["10138934", None]])


def _read(text: str) -> Table:
    return read_table("roster.csv", text.encode())


def _refusal(content: bytes) -> str:
    with pytest.raises(TableError) as refused:
        read_table("roster.csv", content)
    assert refused.value.sentences
    return "\n".join(refused.value.sentences)


def _workbook(fill) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        fill(book)
    return content.getvalue()


def _with_parts(**parts: bytes) -> bytes:
    """The workbook with some parts of it replaced: `sheet1=…` for xl/worksheets/sheet1.xml, and so on."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(XLSX)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            stem = member.filename.rpartition("/")[2].partition(".")[0]
            new.writestr(member.filename, parts.get(stem, old.read(member)))
    return packed.getvalue()


def _sheet(rows: str) -> bytes:
    return f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()


# CSV


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_in_every_encoding(encoding):
    assert read_table("roster.csv", CSV.encode(encoding)) == EXPECTED


def test_csv_from_an_old_windows_machine():
    rows = read_table("roster.csv", "Name\r\nO\u2019Rourke S\u00f8ren\r\n".encode("cp1252")).rows
    assert rows == [Row(2, ["O\u2019Rourke S\u00f8ren"])]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_csv_with_every_delimiter_and_line_end(delimiter, end):
    text = end.join([f"Name{delimiter}Rank", f'"Tran, Priya"{delimiter}"a;b\tc"', f"Wen{delimiter}x", ""])
    assert _read(text).rows == [Row(2, ["Tran, Priya", "a;b\tc"]), Row(3, ["Wen", "x"])]


def test_csv_of_one_column_keeps_its_commas():
    assert _read("Name\nTran, Priya\nWen\n").rows == [Row(2, ["Tran, Priya"]), Row(3, ["Wen"])]


def test_numbers_are_the_spreadsheets_rows():
    table = _read('\nName,Note\n\n"a\nb",x\n , \nlast,y\n')
    assert table.header == ["Name", "Note"]
    assert table.rows == [Row(4, ["a\nb", "x"]), Row(6, ["last", "y"])]


def test_short_row_is_padded_and_empty_cells_at_the_end_are_dropped():
    assert _read("A,B,C,,\n1\n1,2,3,,\n").rows == [Row(2, ["1", "", ""]), Row(3, ["1", "2", "3"])]


def test_cells_are_verbatim_and_names_of_columns_are_tidied():
    table = _read('" Legal\nName ",B\n"  Haddad,Ulla",=1+1\n')
    assert table == Table(["Legal Name", "B"], [Row(2, ["  Haddad,Ulla", "=1+1"])])


def test_header_alone_is_a_table_without_rows():
    assert _read("A,B\n") == Table(["A", "B"], [])


def test_everything_that_is_wrong_is_said_at_once():
    assert _refusal(b"A,,a\n1,2,3,4\nx,y\nx,y,z,,5\n").splitlines() == [
        "Column B has no name in the header.",
        "Two columns are named “a”.",
        "Row 2 has 4 cells, but the header names 3 columns.",
        "Row 4 has 5 cells, but the header names 3 columns.",
    ]


def test_many_problems_are_counted():
    sentences = _refusal(b"A,B\n" + b"1,2,3\n" * 30).splitlines()
    assert len(sentences) == 21
    assert sentences[-1] == "And 10 more of these kinds."


@pytest.mark.parametrize("content", [b"", b" \n", b",,\n,,\n", b"\xef\xbb\xbf"])
def test_empty_file(content):
    assert _refusal(content) == "roster.csv is empty."


@pytest.mark.parametrize(
    "first", ['10263776,"Tran, Priya"', "Priya,ptran@mednet.example.edu", "Priya,07/01/1993", "Priya,100%"]
)
def test_file_without_a_header(first):
    assert "has no header" in _refusal(f"{first}\nx,y\n".encode())


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_quotation_mark_that_is_never_closed(delimiter):
    text = 'A|B\n1|2\n3|"x\nz|w\n'.replace("|", delimiter)
    assert "Row 3: a quotation mark" in _refusal(text.encode())
    assert "Row 1: a quotation mark" in _refusal(f'A{delimiter}"B\n1{delimiter}2\n'.encode())


@pytest.mark.parametrize(
    "junk", [b"A,B\nx\x00y,z\n", b"A,B\nx,\x1by\n", bytes(range(128)), "A\nb".encode("utf-16")[2:]]
)
def test_characters_of_no_text(junk):
    assert "characters that no text has" in _refusal(junk)


def test_bytes_of_no_encoding():
    assert "neither a CSV nor an XLSX" in _refusal(b"\x89PNG\x8d\x81\xff")


def test_long_cell_is_named_by_row_and_column():
    assert "Row 2, column AB: more than 4000" in _refusal(
        ",".join(f"c{n}" for n in range(28)).encode() + b"\n" + b"," * 27 + b"x" * 4001
    )


def test_limits_of_size_rows_and_columns():
    assert "larger than 5 MB" in _refusal(b"a" * (MAX_BYTES + 1))
    assert "more than 20000 rows" in _refusal(b"A\n" + b"x\n" * 20_001)
    assert len(read_table("x", b"A\n" + b"x\n" * 20_000).rows) == 20_000
    assert "more than 200 columns" in _refusal(",".join(f"c{n}" for n in range(201)).encode())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7\n...", "is a PDF"),
        (b"<html><table><tr><td>A</td></tr></table></html>", "web page"),
        (b"<?xml version='1.0'?><Workbook/>", "web page"),
        (b"{\\rtf1 A}", "web page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"PK\x03\x04 and nothing else", "damaged"),
    ],
)
def test_other_format_under_a_tables_name(content, words):
    assert words in _refusal(content)


# XLSX


def test_xlsx_is_known_by_its_content():
    table = read_table("roster.csv", XLSX)
    assert table == Table(
        ["Employee ID", "Since"],
        [Row(2, ["10263776", "2025-07-01"]), Row(3, ["10138934", ""])],
    )


def test_xlsx_values_as_a_person_sees_them():
    def fill(book):
        book.add_worksheet("empty")
        book.add_worksheet("lists").write(0, 0, "hidden")
        book.worksheets()[1].hide()
        sheet = book.add_worksheet("Roster")
        sheet.write_row(1, 0, ["ID", "FTE", "Noise", "On", "At", "Formula", "True"])
        sheet.write_row(3, 0, [10263776, 0.6, 0.1 + 0.2])
        sheet.write_datetime(3, 3, datetime(2026, 7, 1), book.add_format({"num_format": "d-mmm-yy"}))
        at = datetime(2026, 7, 1, 9, 30)
        sheet.write_datetime(3, 4, at, book.add_format({"num_format": "m/d/yy h:mm"}))
        sheet.write_formula(3, 5, "=1+1", None, 2)
        sheet.write_boolean(3, 6, True)

    table = read_table("x", _workbook(fill))
    assert table.header == ["ID", "FTE", "Noise", "On", "At", "Formula", "True"]
    assert table.rows == [
        Row(4, ["10263776", "0.6", "0.3", "2026-07-01", "2026-07-01 09:30:00", "2", "TRUE"]),
    ]


def test_xlsx_formula_that_shows_an_error_is_said():
    def fill(book):
        book.add_worksheet().write_column(0, 0, ["A", "x"])
        book.worksheets()[0].write_formula(2, 0, "=1/0", None, "#DIV/0!")

    assert _refusal(_workbook(fill)) == "Row 3: a formula there shows an error instead of a value."


def test_xlsx_without_a_cell_is_empty():
    assert _refusal(_workbook(lambda book: book.add_worksheet())) == "roster.csv is empty."


def test_xlsx_with_a_cell_far_away_is_refused_before_it_is_laid_out():
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    refusal = _refusal(_with_parts(sheet1=_sheet(far)))
    assert "more than 20000 rows" in refusal
    assert "more than 200 columns" in refusal


def test_xlsx_with_formatted_empty_cells_far_away_is_read():
    far = '<row r="1"><c r="A1" t="str"><v>Name</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert read_table("x", _with_parts(sheet1=_sheet(far))) == Table(["Name"], [])


def test_xlsx_with_one_long_string_used_often_is_refused():
    strings = b"<sst><si><t>" + b"x" * 1_000_000 + b"</t></si></sst>"
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 100))
    assert "more than 50 MB" in _refusal(_with_parts(sharedStrings=strings, sheet1=_sheet(cells)))


def test_xlsx_bomb_is_refused():
    assert "more than 50 MB" in _refusal(_with_parts(app=b" " * 50_000_001))


def test_xlsx_bomb_that_lies_about_its_size_is_refused():
    bomb = _with_parts(sheet1=b"<worksheet>" + b" " * 60_000_000 + b"</worksheet>")
    size = (11 + 60_000_000 + 12).to_bytes(4, "little")
    assert bomb.count(size) == 2
    assert "damaged" in _refusal(bomb.replace(size, (100).to_bytes(4, "little")))


def test_xlsx_that_states_more_strings_than_memory_holds_is_refused():
    assert "damaged" in _refusal(_with_parts(sharedStrings=b'<sst uniqueCount="4294967296"><si/></sst>'))


def test_xlsx_with_entities_is_refused():
    laughs = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaa">]>' + _sheet('<row r="1"><c t="str"><v>&a;</v></c></row>')
    assert "damaged" in _refusal(_with_parts(sheet1=laughs))


@pytest.mark.parametrize("cell", ['<c r="A0x">', '<c r="$A$1">', '<c t="s" r="A1">', '<c r="-1">'])
def test_xlsx_with_a_senseless_cell_is_damaged(cell):
    assert "damaged" in _refusal(_with_parts(sheet1=_sheet(f'<row r="1">{cell}<v>999</v></c></row>')))


def test_archive_of_something_else():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    assert "is not an .xlsx file" in _refusal(packed.getvalue())


def test_archive_with_a_password():
    locked = bytearray(XLSX)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.find(mark) + flags] |= 1
    assert "password" in _refusal(bytes(locked))


# Whatever comes


def _only_a_table_or_sentences(content: bytes) -> None:
    try:
        table = read_table("x", content)
    except TableError as refused:
        sentences = refused.sentences
    else:
        sentences = ["a table"]
        assert all(len(row.cells) == len(table.header) for row in table.rows)
    assert sentences
    assert all(sentences)


@given(st.binary() | st.binary().map(lambda junk: b"PK\x03\x04" + junk) | st.text().map(str.encode))
@settings(deadline=None)
def test_any_bytes(content):
    _only_a_table_or_sentences(content)


MUTATION = st.tuples(st.integers(0), st.integers(0, 8), st.binary(max_size=8))
MUTATIONS = st.lists(MUTATION, min_size=1, max_size=4)


def _mutated(content: bytes, mutations: list[tuple[int, int, bytes]]) -> bytes:
    for place, cut, insert in mutations:
        start = place % (len(content) + 1)
        content = content[:start] + insert + content[start + cut :]
    return content


@given(MUTATIONS)
@settings(max_examples=300, deadline=None)
def test_mutated_csv(mutations):
    _only_a_table_or_sentences(_mutated(CSV.encode("utf-8-sig"), mutations))


@given(MUTATIONS)
@settings(max_examples=300, deadline=None)
def test_mutated_xlsx(mutations):
    _only_a_table_or_sentences(_mutated(XLSX, mutations))


PARTS = ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"]
UNPACKED = {name: zipfile.ZipFile(io.BytesIO(XLSX)).read(name) for name in PARTS}


@given(st.sampled_from(PARTS), MUTATIONS)
@settings(max_examples=300, deadline=None)
def test_mutated_part_of_an_xlsx(name, mutations):
    stem = name.rpartition("/")[2].partition(".")[0]
    _only_a_table_or_sentences(_with_parts(**{stem: _mutated(UNPACKED[name], mutations)}))


@given(st.lists(st.lists(st.text(max_size=5), min_size=1, max_size=3), min_size=1, max_size=3))
@settings(deadline=None)
def test_any_cells(rows):
    _only_a_table_or_sentences(to_csv(["A", "B"], rows))
    _only_a_table_or_sentences(to_xlsx("x", ["A", "B"], rows))
