"""Reading a roster of 5,000 rows with all our limits and checks, against the bare readers beneath them."""

import csv
import io
import os
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.settings"}

import django

django.setup()

from python_calamine import CalamineWorkbook  # noqa: E402

from telemachus.lib.export import to_csv, to_xlsx  # noqa: E402
from telemachus.lib.table import read_table  # noqa: E402

HEADER = ["Employee ID", "Legal Name", "Work Email", "Job Title", "Step", "Appt Begin Date", "FTE", "Status"]
ROWS = [
    [10_000_000 + n, f"Family{n}, Given{n}", f"p{n}@example.edu", "PROF-HCOMP", 3, date(2020, 7, 1), "1.00", "A"]
    for n in range(5_000)
]


def best(act: Callable[[], object], times: int = 5) -> float:
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begin)
    return 1000 * min(taken)


def main() -> None:
    text, book = to_csv(HEADER, ROWS), to_xlsx("Roster", HEADER, ROWS)
    for name, ours, bare in (
        ("csv", lambda: read_table("r.csv", text), lambda: list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))),
        ("xlsx", lambda: read_table("r.xlsx", book), lambda: _calamine(book)),
    ):
        mine, floor = best(ours), best(bare)
        print(f"{name:5} {mine / floor:5.1f} × the bare reader   {mine:7.1f} ms against {floor:.1f} ms")


def _calamine(book: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()


if __name__ == "__main__":
    main()
