"""`python -m telemachus` is the command `telemachus`."""

import sys

from telemachus.cli import main

if __name__ == "__main__":
    sys.exit(main())
