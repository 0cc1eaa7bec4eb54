"""What the import of a paper register is told and what it decides: plain values only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from telemachus.lib.names import Name
from telemachus.lib.rows import Row


@dataclass(frozen=True)
class Somebody:
    """A person of the program. `names` are the given and the preferred one; `begins` is the appointment's first day."""

    key: str
    listed: str
    label: str
    names: tuple[Name, ...]
    is_mentee: bool = False
    is_mentor: bool = False
    junior: bool = False
    begins: date | None = None


@dataclass(frozen=True)
class KnownPair:
    """A pair that stands here, waits here or, where `row` is given, comes with this file. Ends of None is open."""

    key: str
    mentee: str
    mentor: str
    begins: date
    ends: date | None = None
    registered: frozenset[date] = frozenset()
    row: int | None = None

    def covers(self, day: date) -> bool:
        return self.begins <= day and (self.ends is None or day <= self.ends)

    def touches(self, first: date, last: date | None) -> bool:
        """Whether the pair stood on a day of the span; a last day of None is open."""
        return (last is None or self.begins <= last) and (self.ends is None or first <= self.ends)


@dataclass(frozen=True)
class Known:
    """What this program knows; `director_days` by the key of the mentee."""

    people: Sequence[Somebody]
    pairs: Sequence[KnownPair]
    director_days: Mapping[str, frozenset[date]]
    today: date


def key_of_row(row: int) -> str:
    return f"row {row}"


@dataclass(frozen=True)
class Claim:
    """A pair that nobody here knew."""

    row: int
    mentee: str
    mentor: str
    begins: date
    ends: date | None

    @property
    def key(self) -> str:
        """What the dates of the same file call it."""
        return key_of_row(self.row)


@dataclass(frozen=True)
class Met:
    """A pair met on this day; `pair` is the key of a known pair or of a claim. `row` says where it stood."""

    row: int
    pair: str
    day: date


@dataclass(frozen=True)
class SawDirector:
    row: int
    mentee: str
    day: date


Work = Claim | Met | SawDirector


@dataclass(frozen=True)
class Entry:
    """One row of the register; a cell of a column that the file does not have is empty."""

    row: Row
    header: Sequence[str]
    columns: Mapping[str, int]

    @property
    def number(self) -> int:
        return self.row.number

    def cell(self, what: str) -> str:
        place = self.columns.get(what)
        return "" if place is None else self.row.cells[place].strip()

    def title(self, what: str) -> str:
        place = self.columns.get(what)
        return what if place is None else self.header[place]


class NotTaken(Exception):
    """This row is not taken; the sentence says why in a few words."""
