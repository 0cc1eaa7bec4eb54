"""Several people act at the same moment, each on a connection of their own."""

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Barrier
from typing import Any

from django.db import connection, connections
from django.db.models import Max, Model

from telemachus.audit.models import Event
from telemachus.lib.errors import Conflict, Refused

SECONDS = 60
CROWD = 6
_crowd = ThreadPoolExecutor(CROWD)
Act = Callable[[], Any]


@dataclass
class Outcome:
    """`winners` are the places of those whose act was done, `sentences` what the others were told."""

    winners: list[int]
    sentences: list[str]
    events: list[str]


def together(*acts: Act) -> Outcome:
    """Run the acts at once. An answer other than done, Conflict or Refused fails the test."""
    before = _last_event()
    with _often_switched():
        answers = _at_once(acts)
    return _outcome(answers, before)


def _at_once(acts: Sequence[Act]) -> list[Exception | None]:
    """What each act raised, if anything."""
    start = Barrier(len(acts), timeout=SECONDS)

    def run(act: Act) -> Exception | None:
        # A connection takes longer to make than an act takes: it stands before the start.
        connection.ensure_connection()
        start.wait()
        try:
            act()
        except Exception as error:
            return error
        return None

    waiting = [_crowd.submit(run, act) for act in acts]
    return [each.result(SECONDS) for each in waiting]


def go_home() -> None:
    """Close the crowd's connections: the next test has another database."""
    start = Barrier(CROWD, timeout=SECONDS)

    def close() -> None:
        start.wait()
        connections.close_all()

    for each in [_crowd.submit(close) for _place in range(CROWD)]:
        each.result(SECONDS)


def one_wins(*acts: Act) -> Outcome:
    """Exactly one act is done, and each of the others is told a sentence."""
    outcome = together(*acts)
    assert len(outcome.winners) == 1, outcome
    return outcome


def again(row: Any) -> Any:
    """The row as another request has it in its hands."""
    return type(row)._base_manager.get(pk=row.pk)


def stands(row: Model) -> bool:
    return type(row)._base_manager.filter(pk=row.pk).exists()


def _outcome(answers: list[Exception | None], before: int) -> Outcome:
    refusals = []
    for answer in answers:
        if isinstance(answer, Conflict | Refused):
            refusals.append(str(answer))
        elif answer is not None:
            raise answer
    assert all(sentence.endswith((".", "?")) for sentence in refusals), refusals
    events = Event.objects.filter(pk__gt=before).order_by("pk").values_list("kind", flat=True)
    return Outcome([place for place, answer in enumerate(answers) if answer is None], refusals, list(events))


def _last_event() -> int:
    return Event.objects.aggregate(last=Max("pk"))["last"] or 0


@contextmanager
def _often_switched() -> Iterator[None]:
    """Let the interpreter change threads a hundred times as often as it would."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(usual / 100)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
