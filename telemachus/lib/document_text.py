"""The words of a document that was taken before, read in a process of its own within limits. Nothing is kept."""

import subprocess
import sys
from pathlib import Path

CHILD = Path(__file__).with_name("document_text_child.py")
SECONDS = 6


def text_of(kind: str, content: bytes) -> str:
    """Of a "pdf" or "docx"; empty where it cannot be read, or not in time."""
    try:
        # -I: neither the environment nor the current folder says what is imported.
        child = subprocess.run(
            [sys.executable, "-I", str(CHILD), kind], input=content, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return ""
    return "" if child.returncode else child.stdout.decode("utf-8", "replace")
