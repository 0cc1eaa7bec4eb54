"""An erasure ledger of the test's own."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def ledger(settings, tmp_path: Path) -> Path:
    path = tmp_path / "ledger" / "erasures.jsonl"
    settings.ERASURE_LEDGER = path
    return path
