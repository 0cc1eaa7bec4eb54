"""The matching engine against the solvers and packages that one would else take, and whether the reach is met.

Ours and the peer by turns in one run, medians of five. Ours counts from the points to the answer with floor, prices,
proof and lottery; what a peer needs first, such as a matrix with a column for each seat, is made before its time
begins. `--quick` leaves out what takes minutes, `--runs 3` counts fewer, `--only stable` takes one case.
`--cpu` counts the processor's time instead of the clock's, for a machine that does other things too.
"""

import argparse
import atexit
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve()
sys.path.insert(0, str(HERE.parent.parent))

import numpy as np  # noqa: E402
from numpy.typing import NDArray  # noqa: E402
from scipy.optimize import linear_sum_assignment  # noqa: E402
from scipy.sparse import csr_array  # noqa: E402
from scipy.sparse.csgraph import min_weight_full_bipartite_matching  # noqa: E402

from telemachus.pairing.engine import (  # noqa: E402
    Ahead,
    Aims,
    Answer,
    Case,
    Covered,
    Dense,
    Explainer,
    Listed,
    Same,
    Scores,
    solve,
    stable,
)

CPU = "BENCH_CPU"  # for child processes too
TERMS, CANDIDATES, LOAD, SEED = 60, 20, 60, 20261122
SMALL, MIDDLE, LARGE, LARGEST = (50, 30, 2), (500, 200, 4), (2_000, 800, 4), (10_000, 3_000, 4)
CROWDED, MORE_CROWDED = (1_000, 20, 50), (2_000, 40, 100)

Size = tuple[int, int, int]
Seconds = float


@dataclass
class Line:
    """One row of the table: the medians of ours and of the peer, and the most that ours may be of the peer's."""

    case: str
    peer: str
    ours: float
    theirs: float
    reach: float | None
    unit: str = "ms"

    def __str__(self) -> str:
        figures = [f"{each:,.1f} {self.unit}" for each in (self.ours, self.theirs)]
        return f"| {' | '.join([self.case, self.peer, *figures, _times(self.ours / self.theirs), *self._verdict()])} |"

    def _verdict(self) -> tuple[str, str]:
        if self.reach is None:
            return "none set", ""
        return _times(self.reach), "reached" if self.ours <= self.reach * self.theirs else "MISSED"


def _times(ratio: float) -> str:
    return f"{ratio:.3g} ×" if ratio >= 1 else f"1/{1 / ratio:.3g}"


# Cohorts


@cache
def scores(size: Size) -> Scores:
    """People with terms from a vocabulary in which some are asked for far more often than others; five series."""
    mentees, mentors, _places = size
    rng = np.random.default_rng(SEED)
    fame = 1 / np.arange(3, TERMS + 3)

    def terms(people: int, least: int, most: int) -> list[frozenset[str]]:
        counts = rng.integers(least, most + 1, people).tolist()
        return [
            frozenset(map(str, rng.choice(TERMS, count, replace=False, p=fame / fame.sum()).tolist()))
            for count in counts
        ]

    def kinds(people: int, least: int, most: int) -> list[int]:
        found: list[int] = rng.integers(least, most + 1, people).tolist()
        return found

    return Scores(
        (mentees, mentors),
        (
            Covered("needs", 500, terms(mentees, 2, 6), terms(mentors, 3, 8)),
            Covered("interests", 250, terms(mentees, 1, 4), terms(mentors, 1, 4)),
            Same("series", 100, kinds(mentees, 0, 4), kinds(mentors, 0, 4)),
            Ahead("stage", 150, kinds(mentees, 1, 3), kinds(mentors, 2, 5)),
        ),
    )


@cache
def points(size: Size) -> NDArray[np.int16]:
    found = np.empty(size[:2], dtype=np.int16)
    for first in range(0, size[0], 500):
        found[first : first + 500] = scores(size).rows(np.arange(first, min(first + 500, size[0])))[0]
    return found


@cache
def lists(size: Size) -> NDArray[np.intp]:
    """Each mentee's candidates, drawn by lot, so that there is a place for everybody."""
    rng = np.random.default_rng(SEED)
    return np.array([rng.choice(size[1], CANDIDATES, replace=False) for _ in range(size[0])])


def case(size: Size, table: Any, aims: Aims | None = None) -> Case:
    mentees, mentors, places = size
    ids = [f"e{at:05}" for at in range(mentees)], [f"o{at:05}" for at in range(mentors)]
    return Case(*ids, table, [places] * mentors, aims=aims or Aims(load=LOAD))


def listed(size: Size) -> Listed:
    return Listed(np.take_along_axis(points(size), lists(size), axis=1), lists(size), size[1])


# What is timed


def timed(act: Callable[[], Any]) -> Seconds:
    clock = time.process_time if os.environ.get(CPU) else time.perf_counter
    begin = clock()
    act()
    return clock() - begin


def proved(answer: Answer) -> Answer:
    assert answer.certificate is not None
    assert answer.certificate.gap == 0, answer.certificate
    return answer


def ours(size: Size, table: Any) -> Callable[[], Answer]:
    """A new case each time: it keeps what it has computed."""
    return lambda: proved(solve(case(size, table)))


def by_turns(runs: int, mine: Callable[[], Seconds], theirs: Callable[[], Seconds]) -> tuple[float, float]:
    """Medians in milliseconds."""
    took = [(mine(), theirs()) for _ in range(runs)]
    return 1000 * statistics.median(each[0] for each in took), 1000 * statistics.median(each[1] for each in took)


def seats(size: Size) -> NDArray[np.float64]:
    """What each mentee with each seat costs: regret, and the charge for load."""
    regret = points(size).max(axis=1)[:, None] - points(size)
    found = np.empty((size[0], size[1], size[2]))
    found[:] = regret[:, :, None] + LOAD * np.arange(size[2])
    return found.reshape(size[0], -1)


def seats_of_lists(size: Size) -> csr_array:
    few, places = np.take_along_axis(points(size), lists(size), axis=1).astype(int), size[2]
    # One more than nothing: a weight of nought would be no edge.
    costs = (few.max(axis=1)[:, None] - few)[:, :, None] + LOAD * np.arange(places) + 1
    columns = lists(size)[:, :, None] * places + np.arange(places)
    rows = np.repeat(np.arange(size[0]), CANDIDATES * places)
    return csr_array((costs.ravel().astype(float), (rows, columns.ravel())), shape=(size[0], size[1] * places))


def same_sum(size: Size, table: Any, theirs: float) -> None:
    """Without a floor both seek the least of one sum: what they find must be equal."""
    answer = proved(solve(case(size, table, Aims(floor=0, load=LOAD))))
    assert answer.certificate is not None
    assert answer.certificate.cost == round(theirs), (answer.certificate, theirs)


# The rows


def page(runs: int) -> Line:
    """Against the 100 ms that the whole page may take."""
    table = Dense(points(SMALL))
    took = 1000 * statistics.median(timed(ours(SMALL, table)) for _ in range(5 * runs))
    return Line("50 × 30, solved with prices", "a page of 100 ms", took, 100.0, 1)


def explained(runs: int) -> Line:
    """All mentors of one mentee, after the solve, against the 15 ms that the page gives it."""
    table = scores(SMALL)
    asked = case(SMALL, table)
    found = proved(solve(asked))

    def explain_all() -> None:
        explainer = Explainer(asked, table, found)
        for mentor in asked.mentors:
            explainer.of(asked.mentees[0], mentor)

    took = 1000 * statistics.median(timed(explain_all) for _ in range(5 * runs))
    return Line("50 × 30, one mentee's 30 pairs explained", "15 ms of a page", took, 15.0, 1)


def assignment(size: Size, name: str, reach: float | None, runs: int) -> Line:
    table, matrix = Dense(points(size)), seats(size)
    same_sum(size, table, matrix[linear_sum_assignment(matrix)].sum())
    took = by_turns(runs, lambda: timed(ours(size, table)), lambda: timed(lambda: linear_sum_assignment(matrix)))
    return Line(name, "scipy linear_sum_assignment", *took, reach)


def alike(runs: int) -> Line:
    """Nothing tells the pairs apart: everything is left to load and lottery."""
    size, matrix = MIDDLE, np.tile(LOAD * np.arange(MIDDLE[2], dtype=float), (MIDDLE[0], MIDDLE[1]))
    table = Dense(np.zeros(size[:2], dtype=np.int16))
    took = by_turns(runs, lambda: timed(ours(size, table)), lambda: timed(lambda: linear_sum_assignment(matrix)))
    return Line("500 × 200, all pairs alike", "scipy linear_sum_assignment", *took, None)


def sparse(size: Size, runs: int) -> Line:
    table, graph = listed(size), seats_of_lists(size)
    rows, columns = min_weight_full_bipartite_matching(graph)
    same_sum(size, table, graph[rows, columns].sum() - size[0])
    took = by_turns(
        runs, lambda: timed(ours(size, table)), lambda: timed(lambda: min_weight_full_bipartite_matching(graph))
    )
    return Line(f"{size[0]:,} × {size[1]:,}, 20 candidates", "scipy min_weight_full_bipartite_matching", *took, 4)


def scoring(runs: int) -> Line:
    table, wanted, offered = scores(LARGEST), *product(LARGEST)
    table.rows(np.arange(2))

    def all_rows() -> None:
        for first in range(0, LARGEST[0], 333):
            table.rows(np.arange(first, min(first + 333, LARGEST[0])))

    took = by_turns(runs, lambda: timed(all_rows), lambda: timed(lambda: wanted @ offered))
    return Line("scoring 10,000 × 3,000", "one float32 product", *took, 25)


def product(size: Size) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    rng = np.random.default_rng(SEED)
    return rng.random((size[0], TERMS), dtype=np.float32), rng.random((TERMS, size[1]), dtype=np.float32)


# The largest, each in a process of its own, whose memory is measured


def largest(runs: int) -> list[Line]:
    took: dict[str, list[dict[str, float]]] = {}
    for _ in range(runs):
        for how in ("ours", "ours, points given", "linear_sum_assignment"):
            took.setdefault(how, []).append(child([sys.executable, str(HERE), "--alone", how]))

    def median(how: str, what: str) -> float:
        return statistics.median(each[what] for each in took[how])

    peer, rows = "linear_sum_assignment", []
    for how, name in (("ours, points given", "all pairs, points given"), ("ours", "all pairs, points scored too")):
        times = 1000 * median(how, "seconds"), 1000 * median(peer, "seconds")
        rows.append(Line(f"10,000 × 3,000, {name}", f"scipy {peer}", *times, 1 / 4))
    for what, name in (("peak", "peak of the process"), ("more", "peak above what was loaded and given")):
        sizes = median("ours", what) / 1e6, median(peer, what) / 1e6
        rows.append(Line(f"10,000 × 3,000, {name}", f"scipy {peer}", *sizes, 1 / 20, "MB"))
    return rows


def alone(how: str) -> None:
    """In a process of its own: prints seconds and bytes."""
    table: Any = scores(LARGEST) if how == "ours" else Dense(points(LARGEST))
    before = resident()
    if how == "linear_sum_assignment":
        matrix = seats(LARGEST)
        took = timed(lambda: linear_sum_assignment(matrix))
    else:
        took = timed(ours(LARGEST, table))
    print(json.dumps({"seconds": took, "peak": peak(), "more": peak() - before}))


def resident() -> int:
    return _status("VmRSS")


def peak() -> int:
    return _status("VmHWM")


def _status(name: str) -> int:
    """Of this process alone, in bytes: what `getrusage` says begins with the parent's."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return 1024 * next(int(line.split()[1]) for line in lines if line.startswith(name))


def child(command: list[str], given: str = "") -> dict[str, Any]:
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    found: dict[str, Any] = json.loads(done.stdout)
    return found


# Packages, each in an environment of its own: both call themselves `matching`


@cache
def environment(package: str) -> str:
    place = tempfile.mkdtemp(prefix="bench-")
    atexit.register(shutil.rmtree, place)
    folder = Path(place, package)
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    install = [str(folder / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", package]
    subprocess.run(install, check=True, stderr=subprocess.DEVNULL)
    return str(folder / "bin" / "python")


def package(name: str, script: str, given: dict[str, Any]) -> dict[str, Any]:
    return child([environment(name), str(HERE.parent / "peers" / script)], json.dumps(given))


def mentor_match(runs: int) -> Line:
    """Ours takes a hundredth: the median of five for each turn of the peer, which runs in a process of its own."""
    table, given = Dense(points(MIDDLE)), {"points": points(MIDDLE).tolist()}

    def mine() -> Seconds:
        return statistics.median(timed(ours(MIDDLE, table)) for _ in range(5))

    def theirs() -> Seconds:
        found = package("mentor-match", "mentor_match.py", given)
        assert found["placed"] == MIDDLE[0]
        return float(found["seconds"])

    return Line("500 × 200, everybody placed", "PyPI mentor-match", *by_turns(runs, mine, theirs), 1 / 100)


def stable_package(runs: int) -> list[Line]:
    """Lists of 20 candidates: with all pairs the package takes hours."""
    table, size = listed(LARGEST), LARGEST
    mentees, mentors = ranked(size)
    given = {"mentees": mentees, "mentors": mentors, "places": dict.fromkeys(mentors, size[2])}
    solving: list[float] = []

    def theirs() -> Seconds:
        found = package("matching", "matching_stable.py", given)
        solving.append(1000 * float(found["solving"]))
        return float(found["seconds"])

    took = by_turns(runs, lambda: timed(lambda: stable(case(size, table))), theirs)
    assert stable(case(size, table)).blocking == 0
    what = "10,000 × 3,000, stable, 20 candidates"
    only = Line(what, "PyPI matching, its solving alone", took[0], statistics.median(solving), None)
    return [Line(what, "PyPI matching", *took, 1 / 100), only]


def ranked(size: Size) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Both sides' lists by points; whom nobody lists takes no part."""
    rng, few = np.random.default_rng(SEED), lists(size)
    fit = np.take_along_axis(points(size), few, axis=1) + rng.random(few.shape)
    mentees = {row: few[row][np.argsort(-fit[row])].tolist() for row in range(size[0])}
    wishes: dict[int, list[tuple[float, int]]] = {}
    for row, at in np.ndindex(few.shape):
        wishes.setdefault(int(few[row, at]), []).append((-float(fit[row, at]), row))
    return mentees, {mentor: [row for _fit, row in sorted(each)] for mentor, each in wishes.items()}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", metavar="ROWS", help="such as page, assignment, sparse, largest")
    parser.add_argument("--cpu", action="store_true")
    parser.add_argument("--alone", help="used by this script itself")
    given = parser.parse_args()
    if given.alone:
        alone(given.alone)
        return
    if given.cpu:
        os.environ[CPU] = "1"
    what = "processor time" if given.cpu else "time"
    print(f"{os.cpu_count()} cores, load before {os.getloadavg()[0]:.1f}; {what}, medians of {given.runs}")
    print("| case | against | ours | the peer | ratio | reach | |\n|---|---|---|---|---|---|---|")
    rows: dict[str, Callable[[int], Line | list[Line]]] = {
        "page": page,
        "explained": explained,
        "assignment": lambda runs: assignment(MIDDLE, "500 × 200, all pairs", 4, runs),
        "alike": alike,
        "sparse": lambda runs: sparse(LARGE, runs),
        "mentor-match": mentor_match,
        "scoring": scoring,
        "largest sparse": lambda runs: sparse(LARGEST, runs),
        "crowded": lambda runs: assignment(CROWDED, "1,000 × 20, 50 places each", None, runs),
        "more crowded": lambda runs: assignment(MORE_CROWDED, "2,000 × 40, 100 places each", None, runs),
        "stable": stable_package,
        "largest": largest,
    }
    for name in list(rows)[:7] if given.quick else rows:
        lines = rows[name](given.runs) if given.only in (None, name) else []
        for line in lines if isinstance(lines, list) else [lines]:
            print(line, flush=True)
    print("Gap in every solve above: 0, or this would have stopped.")
    print(f"Load after {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
