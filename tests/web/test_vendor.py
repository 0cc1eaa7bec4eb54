"""What we carry from others is exactly what VENDOR.md says."""

import hashlib
import re
from pathlib import Path

import telemachus.web

VENDOR = Path(telemachus.web.__file__).parent / "static" / "vendor"
ROW = re.compile(r"^\| [^|]+ \| [^|]+ \| [^|]+ \| (?P<file>[^| ]+) \| `(?P<sha256>[0-9a-f]{64})` \|$", re.MULTILINE)


def listed() -> dict[str, str]:
    return {row["file"]: row["sha256"] for row in ROW.finditer((VENDOR / "VENDOR.md").read_text())}


def carried() -> dict[str, str]:
    files = (path for path in VENDOR.rglob("*") if path.is_file() and path.name != "VENDOR.md")
    return {str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_vendored_files_are_those_listed_with_their_hashes() -> None:
    assert listed()
    assert carried() == listed()


def test_vendored_files_point_to_no_source_map() -> None:
    texts = [path for path in VENDOR.iterdir() if path.suffix in {".js", ".css"}]
    assert texts
    assert [path.name for path in texts if "sourceMappingURL" in path.read_text()] == []
