"""`telemachus import roster`: what `cli.py` calls."""

from collections.abc import Mapping
from typing import TextIO

from telemachus.program.models import Program, Upload
from telemachus.program.upload_command import run_import


def run(*, program: Program, name: str, content: bytes, answers: Mapping[str, str], dry_run: bool, out: TextIO) -> int:
    """0 when written, 2 when questions are open or the file cannot be read."""
    return run_import(
        Upload.Kind.ROSTER.value,
        program=program,
        name=name,
        content=content,
        answers=answers,
        dry_run=dry_run,
        out=out,
    )
