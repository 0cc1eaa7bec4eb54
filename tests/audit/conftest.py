"""An erasure ledger of the test's own."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def ledger(settings, tmp_path: Path) -> Path:
    settings.ERASURE_LEDGER = tmp_path / "ledger" / "erasures.jsonl"
    return settings.ERASURE_LEDGER
