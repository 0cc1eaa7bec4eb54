"""The process that reads the words of one document from its input: run as a script, never imported by the server.

It writes the text to its output and exits with 0, or with 1 where there is none to read.
"""

import io
import logging
import re
import resource
import sys
import zipfile
from collections.abc import Iterator

MEMORY = 400_000_000
SECONDS = 5
MAX_PAGES = 40
MAX_UNPACKED = 20_000_000
# A CV of forty full pages has half as many.
MAX_CHARACTERS = 300_000
DOCUMENT = re.compile(r"word/document\d*\.xml")


def main(kind: str, content: bytes) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable()
    try:
        text = _first({"pdf": _of_pdf, "docx": _of_docx}[kind](content))
    except Exception:
        # Parsers raise dozens of kinds; all mean that there is nothing to read.
        return 1
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    return 0


def _first(pieces: Iterator[str]) -> str:
    read, left = [], MAX_CHARACTERS
    for piece in pieces:
        read.append(piece[:left])
        left -= len(piece)
        if left <= 0:
            break
    return "".join(read)


def _of_pdf(content: bytes) -> Iterator[str]:
    from pypdf import PdfReader

    for number, page in enumerate(PdfReader(io.BytesIO(content)).pages):
        if number == MAX_PAGES:
            return
        yield page.extract_text() + "\n"


def _of_docx(content: bytes) -> Iterator[str]:
    """The runs of text, with a line's end for each paragraph, break and tab."""
    from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        name = next(filter(DOCUMENT.fullmatch, archive.namelist()))
        with archive.open(name) as stream:
            part = stream.read(MAX_UNPACKED)
    for _event, element in iterparse(io.BytesIO(part)):
        local = element.tag.rpartition("}")[2]
        if local == "t":
            yield element.text or ""
        elif local in ("p", "br", "tab"):
            yield "\n"
        element.clear()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.stdin.buffer.read()))
