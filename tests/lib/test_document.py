"""A PDF and a Word file are read, bounded, and written anew; the hostile ones stand in tests/career/test_cv_hostile."""

import io
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from telemachus.lib.document import MAX_BYTES, DocumentError, read_document
from tests import documents as made
from tests.server import ROOT


def test_pdf_is_read_with_its_pages() -> None:
    read = read_document("Tanaka.pdf", made.pdf(3))
    assert (read.kind, read.pages, read.name) == ("pdf", 3, "Tanaka.pdf")
    with pikepdf.open(io.BytesIO(read.content), attempt_recovery=False) as again:
        assert b"Curriculum vitae 2" in again.pages[2].Contents.read_bytes()


def test_word_file_is_read_and_keeps_its_parts() -> None:
    read = read_document("Tanaka.docx", made.docx())
    assert (read.kind, read.pages, read.name) == ("docx", None, "Tanaka.docx")
    with zipfile.ZipFile(io.BytesIO(read.content)) as archive:
        assert archive.namelist() == list(made.PARTS)
        assert archive.read("word/document.xml") == str(made.PARTS["word/document.xml"]).encode()


def test_reading_what_was_read_changes_nothing_more() -> None:
    for name, content in (("cv.pdf", made.pdf()), ("cv.docx", made.docx())):
        once = read_document(name, content)
        assert read_document(name, once.content) == once


def test_document_that_a_typesetter_made_is_read() -> None:
    typst = pytest.importorskip("typst")
    whole = typst.compile(b'#set document(title: "CV")\n= CV\n#lorem(900)\n#link("https://example.edu")[home]')
    assert read_document("cv.pdf", whole).pages == 2


def _opens_on_a_page(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit]))


def _links(pdf: Pdf) -> None:
    action = Dictionary(S=Name.URI, URI=String("https://example.edu/"))
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)
    pdf.pages[0].Annots = Array([pdf.make_indirect(note)])


@pytest.mark.parametrize("change", [_opens_on_a_page, _links])
def test_pdf_as_common_writers_make_it_is_taken(change: Callable[[Pdf], None]) -> None:
    read = read_document("cv.pdf", made.pdf(change=change))
    with pikepdf.open(io.BytesIO(read.content)) as again:
        assert "/OpenAction" not in again.Root


@pytest.mark.parametrize("version", ["1.3", "1.5", "2.0"])
def test_pdf_of_any_version_is_taken(version: str) -> None:
    assert read_document("cv.pdf", made.pdf(force_version=version)).pages == 2


def test_linearized_and_padded_pdfs_are_taken() -> None:
    assert read_document("cv.pdf", made.pdf(linearize=True)).pages == 2
    assert read_document("cv.pdf", made.pdf() + b"\r\n\0\0").content.rstrip().endswith(b"%%EOF")


def test_word_file_of_word_on_the_web_is_taken() -> None:
    """There the document is called document2.xml."""
    renamed = {
        made.CONTENT_TYPES: made.types_xml(part="/word/document2.xml"),
        "word/document.xml": None,
        "word/document2.xml": made.body(),
    }
    assert read_document("cv.docx", made.docx(renamed)).kind == "docx"


@pytest.mark.parametrize("target", ["https://example.edu", "mailto:mei@division.example", "www.example.edu"])
def test_word_file_with_links_is_taken(target: str) -> None:
    assert read_document("cv.docx", made.linked("hyperlink", target)).kind == "docx"


def test_what_stood_between_the_parts_of_an_archive_is_gone() -> None:
    """Bytes that no directory names: a reader skips them, another program may not."""
    whole = made.docx()
    directory = whole.index(b"PK\x01\x02")
    gap = whole[:directory] + made.HTML + whole[directory:-6] + (directory + len(made.HTML)).to_bytes(4, "little")
    read = read_document("cv.docx", gap + b"\0\0")
    assert made.HTML in gap
    assert made.HTML not in read.content


def test_what_no_page_leads_to_is_gone() -> None:
    whole = made.raw_pdf([made.CATALOG, made.PAGES, made.PAGE, made.stream(b"BT ET"), made.stream(made.HTML)])
    assert made.HTML in whole
    assert made.HTML not in read_document("cv.pdf", whole).content


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Tanaka CV 2026.pdf", "Tanaka CV 2026.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\mei\\cv.PDF", "cv.pdf"),
        ("cv.docx", "cv.pdf"),
        ("cv.exe", "cv.exe.pdf"),
        ("cv\u202efdp.exe", "cv fdp.exe.pdf"),
        ("a\r\nb\0c.pdf", "a b c.pdf"),
        ('"><script>.pdf', "script.pdf"),
        (".pdf", "CV.pdf"),
        ("", "CV.pdf"),
        ("履歴書.pdf", "履歴書.pdf"),
        ("é" * 300 + ".pdf", "é" * 114 + ".pdf"),
    ],
)
def test_name_is_made_fit_for_a_header(name: str, kept: str) -> None:
    assert read_document(name, made.pdf(1)).name == kept


def test_sentences_say_what_to_do() -> None:
    for content, says in (
        (b"", "empty"),
        (bytes(MAX_BYTES + 1), "larger than 5 MB"),
        (b"hello", "neither a PDF nor a Word file"),
        (b"\xd0\xcf\x11\xe0", "old Word file"),
        (made.pdf(41), "40 pages"),
        (made.encrypted(), "password"),
        (made.pdf(change=made.HOSTILE_CHANGES["file attached"]), "other files inside"),
        (made.pdf(change=made.HOSTILE_CHANGES["opens with Launch"]), "script or starts something"),
        (made.docx({"word/vbaProject.bin": b"x"}), "macros"),
        (made.linked("attachedTemplate", "http://example.org/t.dotm"), "fetches something"),
        (made.pdf()[:-20], "damaged"),
    ):
        with pytest.raises(DocumentError, match=says):
            read_document("cv", content)


# What is measured: a gigabyte that wants to be unpacked leaves no trace in the server, and little in its child.
MOST = 64_000_000


@pytest.mark.parametrize("bomb", [made.object_bomb, made.index_bomb, made.page_bomb, made.zip_bomb, made.lying_sizes])
def test_bomb_takes_little_memory(bomb: Callable[[], bytes]) -> None:
    content = bomb()
    assert len(content) < MAX_BYTES
    tracemalloc.start()
    try:
        read_document("cv", content)
    except DocumentError:
        pass
    finally:
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < MOST
    assert _kilobytes_of_child(content) < 400_000


# In a process of its own: a child is counted with what its parent held when it was made, and these tests hold much.
READ = """
import resource, sys
import django
from django.conf import settings
settings.configure(USE_I18N=False)
django.setup()
from telemachus.lib.document import read_document
from telemachus.lib.document_errors import DocumentError
try:
    read_document("cv", sys.stdin.buffer.read())
except DocumentError:
    pass
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def _kilobytes_of_child(content: bytes) -> int:
    read = subprocess.run([sys.executable, "-c", READ], input=content, cwd=ROOT, capture_output=True, check=True)
    return int(read.stdout)


def test_page_that_unpacks_to_a_gigabyte_is_not_unpacked() -> None:
    """It is kept as it came: whoever opens it decides in a reader that has limits of its own."""
    content = made.page_bomb()
    assert len(read_document("cv.pdf", content).content) < len(content) + 2_000
