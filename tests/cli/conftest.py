"""The command as an operator runs it: a process of its own, in an environment of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.server import ROOT


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Production's defaults, with a folder of the test's own."""
    return {
        "PATH": os.environ["PATH"],
        "TELEMACHUS_ENV_FILE": os.devnull,
        "SECRET_KEY": "s" * 60,
        "ALLOWED_HOSTS": "127.0.0.1",
        "BASE_URL": "https://mentoring.example.edu",
        "VAR_DIR": str(tmp_path / "var"),
        "EMAIL_URL": f"filemail:///{tmp_path}/mail",
        "HTTPS": "false",
    }


@pytest.fixture
def telemachus(environment: dict[str, str]) -> Callable[..., subprocess.CompletedProcess]:
    """`telemachus("migrate", SECRET_KEY="")` runs the command with these settings and returns what it said."""

    def run(*words: str, **changes: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-m", "telemachus", *words],
            cwd=ROOT,
            env=environment | changes,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    return run
