"""The browser of tests and screenshots: where it is, and how it is started."""

import subprocess
from pathlib import Path

FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-gpu",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str:
    """The path of a Chromium; `scripts/chromium.sh` installs one where there is none."""
    script = Path(__file__).with_suffix(".sh")
    return subprocess.run([script], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
