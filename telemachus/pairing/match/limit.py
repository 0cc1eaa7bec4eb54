"""Holds the matching within a time and within memory: in a process of its own, which can be ended."""

import contextlib
import multiprocessing
import os
import time
from collections.abc import Callable
from multiprocessing.connection import Connection

from telemachus.pairing.engine import Answer, Case, solve

# The solver answers between its rounds; one round of a cohort whose pairs are much alike can be long.
PATIENCE = 0.5
PAGE = 1.0  # seconds: a page waits no longer for a proof, and the best so far still serves
SMALL = 500_000  # mentees times places that are solved in a moment, without a process


class OutOfTime(Exception):
    """No answer came in time, or memory was too little."""


def solve_within(case: Case, seconds: float) -> Answer:
    """Raises OutOfTime where there is nothing by then, and CaseError as `solve` does."""
    mentees = len(case.mentees)
    if mentees * sum(min(each, mentees) for each in case.places) <= SMALL:
        return solve(case, after(seconds))
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(theirs, case, seconds), daemon=True)
    process.start()
    theirs.close()
    try:
        found = ours.recv() if ours.poll(seconds * (1 + PATIENCE) + 1) else OutOfTime()
    except EOFError:
        found = OutOfTime()
    finally:
        process.kill()
        process.join()
    if isinstance(found, Answer):
        return found
    raise found


def solve_for_page(case: Case) -> Answer:
    return solve(case, after(PAGE))


def after(seconds: float) -> Callable[[], bool]:
    until = time.monotonic() + seconds
    return lambda: time.monotonic() > until


def _answer(out: Connection, case: Case, seconds: float) -> None:
    _leave_memory()
    try:
        out.send(solve(case, after(seconds)))
    except MemoryError:
        out.send(OutOfTime())
    except Exception as error:
        # Raised again where somebody waits for it.
        out.send(error)


def _leave_memory() -> None:
    """Half of the machine's memory at most, where the system knows such limits."""
    with contextlib.suppress(ImportError, AttributeError, ValueError, OSError):
        import resource

        half = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
        resource.setrlimit(resource.RLIMIT_DATA, (half, resource.getrlimit(resource.RLIMIT_DATA)[1]))
