"""Whoever runs the server finds every setting on one page, and none that does not exist."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def _read() -> set[str]:
    """Each name that settings.py asks the environment for."""
    found = re.findall(r"""(?:env\.\w+|needed)\(\s*["']([A-Z_]+)["']""", (ROOT / "config" / "settings.py").read_text())
    assert len(found) > 10
    return set(found)


def _documented() -> set[str]:
    page = (ROOT / "docs" / "operate.md").read_text()
    return set(re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE))


def _exemplified() -> set[str]:
    return set(re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


def test_settings_are_documented():
    assert _documented() == _read()


def test_settings_have_an_example():
    # This one says where the file itself is.
    assert _exemplified() == _read() - {"TELEMACHUS_ENV_FILE"}
