"""The shape of an import, whatever is imported: a plan that asks, explains, and is then written as one.

A room plans (`career/roster.py`, `meetings/paper.py`): table, answers and what is known go in, a Plan comes out,
without writing. It is shown; its questions are answered and remembered; then it is made again inside one transaction
and written, if it would still do what was shown. The room says so in its `importers.py`; `uploads.py` does the rest.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from telemachus.lib.rooms import answers as rooms
from telemachus.lib.rows import Table
from telemachus.people.models import Person
from telemachus.program.models import Program, Remembered

LONGEST_KEY = 200


class Does(StrEnum):
    """What writing will do with a row."""

    CREATE = "create"
    CHANGE = "change"
    LEAVE = "leave"
    SKIP = "skip"


@dataclass(frozen=True)
class Question:
    """Something that is asked, never guessed. `key` is stable from file to file: the answer is remembered under it.

    What is asked `once` is asked first, for each file anew: its answer is not remembered.
    """

    key: str
    sentence: str
    choices: tuple[tuple[str, str], ...]
    rows: tuple[int, ...] = ()
    why: str = ""
    once: bool = False

    @property
    def field(self) -> str:
        """The name of its field in a form: a key may hold any letters."""
        return f"q-{sha256(self.key.encode()).hexdigest()[:16]}"


@dataclass(frozen=True)
class Oddity:
    """A cell that cannot be taken as it is: where it stands, what it says, and what to do or what will be done.

    `sentence` is the same for all of one kind (no names or values in it): the preview groups by it.
    """

    row: int
    column: str
    value: str
    sentence: str


@dataclass(frozen=True)
class Line:
    """What writing will do with one row, in words; `details` are changes such as "Step 2 → 3"."""

    row: int
    does: Does
    who: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Note:
    """Something about the file as a whole, such as columns that are not read; `details` lists whom or what."""

    sentence: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """`work` is what the room will write, in order, made of plain values: it decides the fingerprint.

    `answered` holds the questions that an answer was found for, with that answer, so that it can be taken back.
    """

    questions: Sequence[Question] = ()
    oddities: Sequence[Oddity] = ()
    lines: Sequence[Line] = ()
    work: Sequence[Any] = field(default=())
    notes: Sequence[Note] = ()
    answered: Sequence[tuple[Question, str]] = ()

    @property
    def tally(self) -> dict[str, int]:
        counted = Counter(line.does for line in self.lines)
        return {does.value: counted[does] for does in Does}

    @property
    def fingerprint(self) -> str:
        """Two plans that would write the same have the same."""
        return sha256(json.dumps([repr(piece) for piece in self.work]).encode()).hexdigest()

    @property
    def is_idle(self) -> bool:
        """Writing it would change nothing."""
        return not self.questions and not self.work


class Inquiry:
    """Collects what a planner asks, and what has been answered before.

    `inquiry.ask(question)` gives the answer, or None: then the question is open. Asked again for another row, it
    stands once, with both rows.
    """

    def __init__(self, answers: Mapping[str, str]) -> None:
        self.answers = answers
        self._open: dict[str, Question] = {}
        self._answered: dict[str, tuple[Question, str]] = {}

    def ask(self, question: Question) -> str | None:
        answer = self.answers.get(question.key)
        if answer is not None and answer in dict(question.choices):
            known = self._answered.get(question.key, (question, answer))[0]
            self._answered[question.key] = (_joined(known, question), answer)
            return answer
        self._open[question.key] = _joined(self._open.get(question.key, question), question)
        return None

    def has_answered(self, about: str) -> bool:
        """Whether some answer is there to a question whose key begins with this part."""
        return any(key.startswith(f"{about}:") for key in self.answers)

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(sorted(self._open.values(), key=lambda question: not question.once))

    @property
    def answered(self) -> tuple[tuple[Question, str], ...]:
        return tuple(self._answered.values())


def _joined(question: Question, other: Question) -> Question:
    more = tuple(row for row in other.rows if row not in question.rows)
    return replace(question, rows=question.rows + more) if more else question


Planner = Callable[[Program, Table, Mapping[str, str], datetime], Plan]
Count = Callable[[int], None]
Writer = Callable[[Program, Plan, Person | None, datetime, Count], dict[str, int]]


@dataclass(frozen=True)
class Importer:
    """One kind of file. `teaches` says in a paragraph whose file it is and which columns it has.

    `plan` writes nothing and may raise TableError. `write` runs inside a transaction in which the program's row is
    locked and the plan is known to hold; it calls `count(n)` with how many lines of the plan are done, and returns
    the tally, by default that of the plan. `then` is where to go on afterwards: a label and a URL's name.
    """

    kind: str
    label: str
    teaches: str
    plan: Planner
    write: Writer
    then: tuple[str, str] | None = None


def importers() -> dict[str, Importer]:
    """Every kind by its code, from the function `importers` in each room's `importers.py`."""
    return {importer.kind: importer for answer in rooms("importers") for importer in answer()}


def question_key(*parts: str) -> str:
    """A key of readable parts, cut to what can be remembered."""
    key = ":".join(" ".join(part.split()) for part in parts)
    if len(key) <= LONGEST_KEY:
        return key
    return f"{key[: LONGEST_KEY - 17]}:{sha256(key.encode()).hexdigest()[:16]}"


def remembered(program: Program, kind: str) -> dict[str, str]:
    """The answers that this division gave before about files of this kind."""
    return dict(Remembered.objects.filter(program=program, kind=kind).values_list("question", "answer"))


def remember(program: Program, kind: str, answers: Mapping[str, str]) -> None:
    for question, answer in answers.items():
        Remembered.objects.update_or_create(program=program, kind=kind, question=question, defaults={"answer": answer})


def forget(program: Program, kind: str, question: str) -> None:
    Remembered.objects.filter(program=program, kind=kind, question=question).delete()
