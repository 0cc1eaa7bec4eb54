"""The rows of a list of recruits, cell by cell: what can be taken, and what is odd about the rest."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from telemachus.career.roster_columns import Columns
from telemachus.career.roster_rows import LONGEST, Cells, Reading, whole_number, wrong_title
from telemachus.intake.recruit_days import Days
from telemachus.lib.names import is_formula_like, split_name
from telemachus.lib.rows import Row, Table
from telemachus.program.importing import Does, Inquiry, Line


@dataclass(frozen=True)
class Entry:
    """One row, cleaned. `lead` is the hiring lead as written: a number, an address or a name."""

    row: int
    family: str
    given: str
    email: str
    title: str
    step: str
    begins: date
    lead: str

    @property
    def who(self) -> str:
        return f"{self.family}, {self.given}"

    @property
    def content(self) -> tuple[object, ...]:
        """All but where it stands."""
        return tuple(value for name, value in vars(self).items() if name != "row")


@dataclass
class Listed:
    """What came of the rows. `reading` holds what is odd, and the rows that are not taken."""

    entries: list[Entry] = field(default_factory=list)
    reading: Reading = field(default_factory=Reading)

    @property
    def mentioned(self) -> set[str]:
        return {value for entry in self.entries for value in (entry.email, entry.lead) if value}


def read_rows(table: Table, columns: Columns, inquiry: Inquiry) -> Listed:
    found = Listed()
    days = Days(_texts(table.rows, columns), inquiry)
    for row in table.rows:
        if entry := _entry(Cells(row, columns, found.reading), days):
            found.entries.append(entry)
    return found


def _texts(rows: Iterable[Row], columns: Columns) -> list[str]:
    return [columns.cell(row.cells, "begins") for row in rows]


def _entry(cells: Cells, days: Days) -> Entry | None:
    """Every cell is looked at before the row is left, so that one look at the file mends all of it."""
    names, email, title = _names(cells), _email(cells), _title(cells)
    begins = _begins(cells, days)
    if names is None or not email or not title or begins is None:
        return None
    family, given = names
    return Entry(
        row=cells.row.number,
        family=family,
        given=given,
        email=email,
        title=title,
        step=_step(cells),
        begins=begins,
        lead=whole_number(cells.text("lead")).lower(),
    )


def _names(cells: Cells) -> tuple[str, str] | None:
    columns = ("name",) if "name" in cells.columns.places else ("family", "given")
    typed = [cells.text(name) for name in columns]
    split = split_name(typed[0]) if len(typed) == 1 else None
    family, given = (split.family, split.given) if split else (typed[0], typed[1])
    if sentence := _wrong_name(typed, family, given):
        _refuse(cells, columns[0], sentence)
        return None
    return family, given


def _wrong_name(typed: list[str], family: str, given: str) -> str:
    if any(map(is_formula_like, (*typed, family, given))):
        return _("A formula, not a name: the row is not taken. Please write the name.")
    if not any(map(str.isalpha, family)):
        return _("There is no name: the row is not taken.")
    if not any(map(str.isalpha, given)):
        return _("Only one word: the row is not taken. Please write family name and given name.")
    if len(family) > LONGEST["family"] or len(given) > LONGEST["given"]:
        return _("Too long for a name: the row is not taken. Is this another column?")
    return ""


def _email(cells: Cells) -> str:
    email = cells.text("email").lower()
    if not email:
        _refuse(cells, "email", _("There is no email address: the row is not taken. The first letter goes there."))
        return ""
    try:
        validate_email(email)
    except ValidationError:
        _refuse(cells, "email", _("Not an email address: the row is not taken."))
        return ""
    return email


def _title(cells: Cells) -> str:
    title = cells.text("title")
    if sentence := wrong_title(title):
        _refuse(cells, "title", sentence)
        return ""
    return title


def _begins(cells: Cells, days: Days) -> date | None:
    text = cells.text("begins")
    day = days.read(text, cells.row.number)
    if day is None and days.is_left_out(text):
        cells.reading.refused.append(Line(cells.row.number, Does.SKIP, _who(cells), (_("left out, as answered"),)))
    elif day is None and not days.is_asked(text):
        sentence = _("No day can be read here: the row is not taken. Write it such as 2027-07-01.")
        _refuse(cells, "begins", sentence)
    return day


def _step(cells: Cells) -> str:
    step = whole_number(cells.text("step"))
    if len(step) > LONGEST["step"] or is_formula_like(step):
        cells.odd("step", _("Not a step: left out."))
        return ""
    return step


def _refuse(cells: Cells, name: str, sentence: str) -> None:
    """Every fault is said, the row is left once."""
    refused = cells.reading.refused
    if refused and refused[-1].row == cells.row.number:
        cells.odd(name, sentence)
    else:
        cells.refuse(name, sentence, _who(cells))


def _who(cells: Cells) -> str:
    parts = [cells.text(name) for name in ("family", "given")]
    return cells.text("name") or ", ".join(filter(None, parts)) or cells.text("email")
