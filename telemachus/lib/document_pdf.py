"""Reads a PDF in a process of its own, which may use so much memory and time and no more.

qpdf unpacks object streams whole before anybody can ask how large they are, and a parser in C++ may fall over: that
must be the child's end, not the server's. The child has no network, no database and no settings; it gets the file and
gives back the file that it wrote (`document_child.py`).
"""

import re
import subprocess
import sys
from pathlib import Path

from telemachus.lib import document_errors as errors

CHILD = Path(__file__).with_name("document_child.py")
SECONDS = 30
# Some writers leave a few bytes of padding behind the end.
END = re.compile(rb"%%EOF[\s\x00]{0,1024}\Z")
ANSWERS = {
    2: errors.damaged,
    3: errors.protected,
    4: errors.has_script,
    5: errors.has_attachments,
    6: errors.too_many_pages,
    7: errors.too_much,
}


def read_pdf(content: bytes) -> tuple[bytes, int]:
    """The PDF written anew, and its pages. What stands before its beginning or after its end is not a PDF's."""
    if not END.search(content[-1100:]):
        raise errors.damaged()
    try:
        # -I: neither the environment nor the current folder says what is imported.
        child = subprocess.run(
            [sys.executable, "-I", str(CHILD)], input=content, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise errors.too_much() from error
    if child.returncode:
        # Killed, or out of memory: it was too much for it.
        raise ANSWERS.get(child.returncode, errors.too_much)()
    pages, _line, written = child.stdout.partition(b"\n")
    return written, int(pages)
