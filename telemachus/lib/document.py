"""Reads a CV that somebody sends: a PDF or a Word file, parsed within limits and written anew.

Nothing is sniffed: a header says what a file would like to be, only a parser says what it is. What would act
(scripts, macros, files inside, things fetched from elsewhere) is refused. What is kept is never the file that came but
the one that we write from what was read, so that nothing hides before, between or behind its parts.
"""

import re
import unicodedata
from dataclasses import dataclass

from telemachus.lib.document_docx import read_docx
from telemachus.lib.document_errors import MAX_BYTES, DocumentError, empty, old_word, too_large, unknown_kind
from telemachus.lib.document_pdf import read_pdf

__all__ = ["MAX_BYTES", "MAX_NAME", "TYPES", "Document", "DocumentError", "read_document"]

MAX_NAME = 120
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
ENDINGS = re.compile(r"(\.(pdf|docx|docm|doc|dotm))+$", re.IGNORECASE)


@dataclass(frozen=True)
class Document:
    """`kind` is "pdf" or "docx", `content` what to keep, `pages` None for a Word file, `name` fit for a header."""

    kind: str
    content: bytes
    pages: int | None
    name: str


def read_document(name: str, content: bytes) -> Document:
    """What was sent under that name. Raises DocumentError with a sentence for whatever is not taken."""
    if not content:
        raise empty()
    if len(content) > MAX_BYTES:
        raise too_large()
    if content.startswith(b"%PDF-"):
        written, pages = read_pdf(content)
        return Document("pdf", written, pages, _clean_name(name, "pdf"))
    if content.startswith(b"PK\x03\x04"):
        return Document("docx", read_docx(content), None, _clean_name(name, "docx"))
    raise old_word() if content.startswith(b"\xd0\xcf\x11\xe0") else unknown_kind()


def _clean_name(name: str, kind: str) -> str:
    """The last part of the path, in plain characters, with the ending of what it is."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    plain = " ".join("".join(map(_kept, last)).split())
    stem = ENDINGS.sub("", plain).strip(" .")
    return f"{(stem or 'CV')[: MAX_NAME - 6].rstrip(' .')}.{kind}"


def _kept(character: str) -> str:
    """Controls, marks that turn the direction of text, and what file systems and headers give a meaning to, go."""
    if character in "<>:\"|?*;%'`$&":
        return " "
    category = unicodedata.category(character)
    return " " if category[0] in "CZ" else character
