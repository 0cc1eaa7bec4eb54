"""The rows of a roster, cell by cell: what can be taken, and what is odd about the rest."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.utils.translation import gettext as _

from telemachus.career.models import Standing
from telemachus.career.roster_columns import Columns
from telemachus.lib.dates import parse_date
from telemachus.lib.names import is_formula_like, split_name
from telemachus.lib.rows import Row, Table
from telemachus.program.importing import Does, Inquiry, Line, Oddity, Question, question_key
from telemachus.program.rulebook import RuleBook

# As wide as the columns of the tables that keep them.
LONGEST = {"number": 40, "family": 100, "given": 100, "preferred": 100, "email": 254, "title": 120, "step": 10}
LONGEST_SHOWN = 60
# Marks that turn the direction of text, or take no room: in a name they only hide something.
INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
WHOLE_NUMBER = re.compile(r"([0-9]+)\.0+")
FIGURE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,6})?")


@dataclass(frozen=True)
class Entry:
    """One row, cleaned. `kept` names the fields of which the row says nothing usable: what is known stays."""

    row: int
    number: str
    family: str
    given: str
    preferred: str
    email: str
    title: str
    step: str
    begins: date | None
    ends: date | None
    percent: int | None
    supervisor: str
    standing: str
    kept: frozenset[str]

    @property
    def name(self) -> tuple[str, str]:
        return self.family, self.given

    @property
    def who(self) -> str:
        return f"{self.family}, {self.given}" if self.given else self.family

    @property
    def content(self) -> tuple[object, ...]:
        """All but where it stands."""
        return tuple(value for name, value in vars(self).items() if name not in ("row", "kept"))


@dataclass
class Reading:
    """What came of the rows: entries that name somebody, and rows not taken with the reason.

    `mentioned` holds every number and mail address of the file, also of rows that are not taken.
    """

    entries: list[Entry] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)
    refused: list[Line] = field(default_factory=list)
    mentioned: set[str] = field(default_factory=set)
    # Addresses of rows that have no number, and so are somebody's by the address.
    unnumbered: set[str] = field(default_factory=set)


def read_rows(table: Table, columns: Columns, book: RuleBook, inquiry: Inquiry) -> Reading:
    reading = Reading()
    for row in table.rows:
        cells = Cells(row, columns, reading)
        if entry := _entry(cells, book, inquiry):
            reading.entries.append(entry)
    return reading


class Cells:
    """The cells of one row by field; what is odd goes to the reading."""

    def __init__(self, row: Row, columns: Columns, reading: Reading) -> None:
        self.row, self.columns, self.reading = row, columns, reading
        self.kept: set[str] = set()

    def text(self, name: str) -> str:
        """Trimmed, single spaces, composed, nothing invisible."""
        raw = INVISIBLE.sub("", self.columns.cell(self.row.cells, name))
        return " ".join(unicodedata.normalize("NFC", raw).split())

    def odd(self, name: str, sentence: str) -> None:
        value = self.text(name)
        shown = value if len(value) <= LONGEST_SHOWN else f"{value[:LONGEST_SHOWN]}…"
        self.reading.oddities.append(Oddity(self.row.number, self.columns.title(name), shown, sentence))

    def keep(self, name: str, sentence: str) -> None:
        """The cell cannot be taken: what is known stays."""
        self.odd(name, sentence)
        self.kept.add(name)

    def refuse(self, name: str, sentence: str, who: str) -> None:
        self.odd(name, sentence)
        self.reading.refused.append(Line(self.row.number, Does.SKIP, who or self.text("number"), (sentence,)))


def _entry(cells: Cells, book: RuleBook, inquiry: Inquiry) -> Entry | None:
    number, email, title = _number(cells), _email(cells), cells.text("title")
    names = _names(cells)
    cells.reading.mentioned |= {number, email} - {""}
    cells.reading.unnumbered |= {email} - {""} if not number else set()
    if names is None:
        return None
    family, given = names
    if not number and not email:
        cells.refuse("number", _("Neither employee number nor email address says who this is: not taken."), family)
        return None
    if sentence := wrong_title(title):
        cells.refuse("title", sentence, f"{family}, {given}")
        return None
    begins, ends = _day(cells, "begins"), _day(cells, "ends")
    return Entry(
        row=cells.row.number,
        number=number,
        family=family,
        given=given,
        preferred=_preferred(cells),
        email=email,
        title=title,
        step=_short(cells, "step"),
        begins=begins,
        ends=_after(cells, begins, ends),
        percent=_percent(cells),
        supervisor=whole_number(cells.text("supervisor")),
        standing=_standing(cells, book, inquiry),
        kept=frozenset(cells.kept | {name for name in LEFT_WHEN_EMPTY if not cells.text(name)} | _absent(cells)),
    )


# An empty cell of these says nothing; of the others it says that there is none.
LEFT_WHEN_EMPTY = ("preferred", "email", "begins")


def _absent(cells: Cells) -> set[str]:
    return {name for name in ("step", "ends", "percent", "supervisor") if name not in cells.columns.places}


def _names(cells: Cells) -> tuple[str, str] | None:
    """Family and given name, from one column or from two."""
    columns = ("name",) if "name" in cells.columns.places else ("family", "given")
    typed = [cells.text(name) for name in columns]
    split = split_name(typed[0]) if len(typed) == 1 else None
    family, given = (split.family, split.given) if split else (typed[0], typed[1])
    sentence = _wrong_name(family, given)
    if sentence:
        cells.refuse(columns[0], sentence, cells.text("number"))
        return None
    if not given:
        cells.odd(columns[0], _("Only one word: taken as the family name. Please complete it in the personnel system."))
    return family, given


def _wrong_name(family: str, given: str) -> str:
    if any(is_formula_like(name) for name in (family, given)):
        return _("A formula, not a name: the row is not taken. Please correct it in the personnel system.")
    if not any(map(str.isalpha, family)):
        return _("There is no name: the row is not taken.")
    if len(family) > LONGEST["family"] or len(given) > LONGEST["given"]:
        return _("Too long for a name: the row is not taken. Is this another column?")
    return ""


def wrong_title(title: str) -> str:
    if not title:
        return _("There is no job title: the row is not taken.")
    if len(title) > LONGEST["title"] or is_formula_like(title):
        return _("Not a job title: the row is not taken. Is this another column?")
    return ""


def _number(cells: Cells) -> str:
    number = whole_number(cells.text("number"))
    if is_formula_like(number) or len(number) > LONGEST["number"]:
        cells.odd("number", _("Not an employee number: taken as missing."))
        return ""
    return number


def whole_number(text: str) -> str:
    """A spreadsheet may have made 10263776.0 of a number."""
    matched = WHOLE_NUMBER.fullmatch(text)
    return matched[1] if matched else text


def _email(cells: Cells) -> str:
    email = cells.text("email").lower()
    if not email:
        if "email" in cells.columns.places:
            cells.odd("email", _("There is no email address: a new person cannot sign in until there is one."))
        return ""
    try:
        validate_email(email)
        MaxLengthValidator(LONGEST["email"])(email)
    except ValidationError:
        cells.keep("email", _("Not an email address: left out. Nobody can sign in without one."))
        return ""
    return email


def _preferred(cells: Cells) -> str:
    preferred = cells.text("preferred")
    if is_formula_like(preferred):
        cells.keep("preferred", _("A formula, not a name: the preferred name is left empty."))
        return ""
    if len(preferred) > LONGEST["preferred"]:
        cells.keep("preferred", _("Too long for a name: the preferred name is left empty."))
        return ""
    return preferred


def _short(cells: Cells, name: str) -> str:
    value = whole_number(cells.text(name))
    if len(value) > LONGEST[name] or is_formula_like(value):
        cells.keep(name, _("Not a step: left out."))
        return ""
    return value


def _day(cells: Cells, name: str) -> date | None:
    text = cells.text(name)
    day = parse_date(text)
    if text and day is None:
        cells.keep(name, _("Not a date: the row is taken without it, and a date known before stays."))
    return day


def _after(cells: Cells, begins: date | None, ends: date | None) -> date | None:
    if begins and ends and ends < begins:
        cells.keep("ends", _("The end comes before the beginning: the row is taken without an end."))
        return None
    return ends


def _percent(cells: Cells) -> int | None:
    text = cells.text("percent").replace(" ", "")
    if not text:
        return None
    percent = _figure(text, is_percent="%" in text or "perc" in cells.columns.title("percent").casefold())
    if percent is None:
        cells.keep("percent", _("Not a part of full time (such as 0.60 or 60%): left out."))
    return percent


def _figure(text: str, *, is_percent: bool) -> int | None:
    """1 or less is a fraction of full time unless a % follows; more is a percentage only where it says so."""
    if not FIGURE.fullmatch(text.removesuffix("%")):
        return None
    value = float(text.removesuffix("%"))
    if not text.endswith("%") and value <= 1:
        return round(100 * value)
    return round(value) if is_percent and value <= 100 else None


def _standing(cells: Cells, book: RuleBook, inquiry: Inquiry) -> str:
    """The codes of the rule book; any other is asked about, and until then the person counts as present."""
    code = cells.text("status")
    if not code:
        if "status" in cells.columns.places:
            cells.odd("status", _("There is no status: taken as active."))
        return Standing.ACTIVE.value
    known = book.status(code) or inquiry.ask(_status_question(code, cells.row.number))
    return known or Standing.ACTIVE.value


def _status_question(code: str, row: int) -> Question:
    return Question(
        key=question_key("status", code.upper()),
        sentence=_("What does the status “%(code)s” say?") % {"code": code},
        choices=tuple((standing.value, str(standing.label)) for standing in Standing),
        rows=(row,),
        why=_("The rule book does not know it."),
    )
