"""What is kept about a person: each room answers for itself in its `holdings.py`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from telemachus.lib.rooms import answers


@dataclass(frozen=True)
class Holding:
    """`models` are the labels of the tables meant, `rows` what they hold of this person, one line each."""

    what: str
    models: tuple[str, ...]
    who_sees: str
    until: str
    rows: Sequence[str] = ()


def holdings_of(person: Any) -> list[Holding]:
    """Everything that every room holds about this person."""
    return [holding for holdings in answers("holdings") for holding in holdings(person)]
