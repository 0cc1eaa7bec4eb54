"""What a table is made of once it is read, how large it may be, and how it is said that it cannot be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemachus.lib.errors import Refused

MAX_BYTES = 5_000_000
MAX_UNPACKED = 50_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELL = 4_000
MAX_SENTENCES = 20


@dataclass(frozen=True)
class Row:
    """`number` as the spreadsheet shows it (the first line is 1); `cells` as many as the header, verbatim."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """`header` holds distinct names, spaces collapsed; wholly empty rows are left out of `rows`."""

    header: list[str]
    rows: list[Row]


class TableError(Refused):
    """Everything that is wrong with the file as a whole, as `sentences` for a person."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def protected(name: str) -> str:
    return _("%(name)s is protected by a password. Please save it without one.") % {"name": name}


def damaged(name: str) -> str:
    return _("%(name)s is damaged. Please open it in Excel and save it again.") % {"name": name}


def too_many_rows(name: str) -> str:
    return _("%(name)s has more than %(limit)s rows.") % {"name": name, "limit": MAX_ROWS}


def too_many_columns(name: str) -> str:
    return _("%(name)s has more than %(limit)s columns.") % {"name": name, "limit": MAX_COLUMNS}


def raise_any(problems: Iterator[str]) -> None:
    sentences = list(islice(problems, MAX_SENTENCES))
    if rest := sum(1 for _further in problems):
        more = ngettext("And %(count)s more of this kind.", "And %(count)s more of these kinds.", rest)
        sentences.append(more % {"count": rest})
    if sentences:
        raise TableError(sentences)
