"""The product's settings on `tests/test.env` and a folder of their own: nothing need stand in the environment."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("TELEMACHUS_ENV_FILE", str(Path(__file__).with_name("test.env")))
if "VAR_DIR" not in os.environ:
    # Child processes inherit it; whoever made it takes it away.
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="telemachus-test-")
    atexit.register(shutil.rmtree, os.environ["VAR_DIR"], ignore_errors=True)

# Of several processes of one run each has a folder, and with it a database and a cache, of its own.
if Path(os.environ["VAR_DIR"]).name != os.environ.get("PYTEST_XDIST_WORKER", ""):
    os.environ["VAR_DIR"] = str(Path(os.environ["VAR_DIR"], os.environ.get("PYTEST_XDIST_WORKER", "")))

from config.settings import *  # noqa: F403
