"""The words of a CV, within limits; what cannot be read has none."""

import io
import zipfile
from collections.abc import Callable

import pytest

from telemachus.lib import document_text
from telemachus.lib.document import read_document
from telemachus.lib.document_text import text_of
from telemachus.lib.pdf import render
from tests.documents import docx, index_bomb, object_bomb, page_bomb, pdf

SOURCE = """#import "/paper.typ": data, paper
#show: paper
= Curriculum vitae
Outcomes of inflammatory bowel disease in young adults.
"""


def written() -> bytes:
    return render(SOURCE, {}, title="Curriculum vitae")


def test_words_of_a_pdf_are_read() -> None:
    taken = read_document("CV.pdf", written())
    assert "Outcomes of inflammatory bowel disease in young adults." in " ".join(text_of("pdf", taken.content).split())


def test_words_of_a_word_file_are_read() -> None:
    taken = read_document("CV.docx", docx())
    assert "Curriculum vitae" in text_of("docx", taken.content)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 nothing", pdf()[:200], b"PK\x03\x04", bytes(1000)])
@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_broken_file_has_no_words(kind: str, content: bytes) -> None:
    assert text_of(kind, content) == ""


def test_unknown_kind_has_no_words() -> None:
    assert text_of("exe", b"MZ") == ""


def test_file_that_takes_too_long_has_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    assert text_of("pdf", written()) != ""
    monkeypatch.setattr(document_text, "SECONDS", 0.001)
    assert text_of("pdf", written()) == ""


@pytest.mark.parametrize("bomb", [page_bomb, object_bomb, index_bomb])
def test_bomb_has_no_words(bomb: Callable[[], bytes]) -> None:
    assert text_of("pdf", bomb()).split() == []


def test_endless_text_is_cut() -> None:
    body = f"<w:document xmlns:w='x'>{'<w:t>word and </w:t>' * 60_000}</w:document>"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", body)
    assert len(text_of("docx", packed.getvalue())) == 300_000


def test_entities_are_not_unfolded() -> None:
    laughs = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><w:document xmlns:w='x'><w:t>&b;</w:t></w:document>"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", laughs)
    assert text_of("docx", packed.getvalue()) == ""
