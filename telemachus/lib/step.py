"""What waits for a person: each room answers for itself in its `steps.py`, Today is their sum."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from telemachus.lib.rooms import answers
from telemachus.lib.time import waiting_in_words


@dataclass(frozen=True)
class Act:
    """One button of a step: `fields` are posted as hidden inputs; without them `get` follows a link."""

    label: str
    url: str
    fields: tuple[tuple[str, str], ...] = ()
    by_link: bool = False
    quiet: bool = False


@dataclass(frozen=True)
class Step:
    """A sentence, its reason and its acts; `since` is the day from which it waits, `age` says it in words."""

    sentence: str
    since: date
    acts: tuple[Act, ...]
    why: str = ""
    late: bool = False
    age: str = ""


def steps_of(person: Any, now: datetime) -> list[Step]:
    """All that waits for this person in every room, oldest first."""
    today = timezone.localdate(now)
    aged = (replace(step, age=waiting_in_words(max((today - step.since).days, 0))) for step in _each(person, now))
    return one_loud(sorted(aged, key=lambda step: step.since))


def one_loud(steps: list[Step]) -> list[Step]:
    """Of links of one kind only the first is loud; what is done at once stays as it is."""
    seen: set[str] = set()
    found = []
    for step in steps:
        acts = tuple(replace(act, quiet=True) if act.by_link and act.label in seen else act for act in step.acts)
        seen.update(act.label for act in step.acts if act.by_link and not act.quiet)
        found.append(replace(step, acts=acts))
    return found


def _each(person: Any, now: datetime) -> Iterator[Step]:
    for steps in answers("steps"):
        yield from steps(person, now)
