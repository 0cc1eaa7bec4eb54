"""Which column of a file of people holds what: recognised by its name, else asked once. The roster's names for them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.lib.names import fold
from telemachus.lib.rows import TableError
from telemachus.program.importing import Inquiry, Note, Question, question_key

NONE, COLUMN = "-", "column"

# Folded names, the surest first.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "number": (
        "employee id", "employee number", "employee no", "empl id", "emplid", "emp id", "person number", "person id",
        "personnel number", "personnel no", "staff id", "ucpath id", "id",
    ),
    "name": ("legal name", "full name", "employee name", "faculty name", "person name", "name", "faculty", "person"),
    "family": ("legal last name", "last name", "family name", "surname", "last"),
    "given": ("legal first name", "first name", "given name", "given names", "first"),
    "preferred": ("preferred name", "preferred first name", "lived name", "goes by", "known as", "nickname"),
    "email": (
        "work email", "work e mail", "work email address", "business email", "campus email", "email address",
        "e mail address", "email", "e mail", "mail",
    ),
    "title": (
        "job title", "academic title", "appointment title", "position title", "title description",
        "job code description", "job code descr", "title",
    ),
    "step": ("step", "salary step", "appointment step"),
    "begins": (
        "appt begin date", "appt begin", "appointment begin date", "appointment begin", "appt start date",
        "appt start", "appointment start date", "appointment start", "job begin date", "job start date",
        "begin date", "start date",
    ),
    "ends": (
        "appt end date", "appt end", "appointment end date", "appointment end", "job end date", "expected end date",
        "end date",
    ),
    "percent": (
        "fte", "percent time", "appointment percent", "appt percent", "percent of full time", "percent fte", "percent",
        "pct",
    ),
    "supervisor": (
        "reports to", "reports to id", "supervisor id", "supervisor employee id", "supervisor number", "supervisor",
        "manager id",
    ),
    "status": (
        "status", "employee status", "empl status", "employment status", "hr status", "payroll status", "appt status",
    ),
}  # fmt: skip
# A file that has fewer telling names is of another kind.
FEWEST_TELLING = 2


@dataclass(frozen=True)
class Sheet:
    """One kind of file: its fields with the folded names of their columns, the surest first.

    `asked` are asked about where no name tells, `needed` cannot be missing, `telling` say which kind of file it is.
    One of `who` must be there as well. `words` says a field in the program's words.
    """

    synonyms: Mapping[str, tuple[str, ...]]
    asked: tuple[str, ...]
    needed: tuple[str, ...]
    telling: tuple[str, ...]
    words: Callable[[str], str]
    lacks: Promise
    unlike: Promise
    who: tuple[str, ...] = ()


@dataclass(frozen=True)
class Columns:
    """Where each field stands in a row; a field that the file does not have is missing from `places`."""

    header: tuple[str, ...]
    places: Mapping[str, int]
    sheet: Sheet

    def cell(self, cells: Sequence[str], field: str) -> str:
        return cells[self.places[field]] if field in self.places else ""

    def title(self, field: str) -> str:
        """The column's name as the file has it."""
        return self.header[self.places[field]] if field in self.places else ""

    def notes(self) -> list[Note]:
        """What of the file is not read, and what it does not say."""
        unread = [title for place, title in enumerate(self.header) if place not in self.places.values()]
        silent = [self.sheet.words(field) for field in _wanted(self.sheet, self.places) if field not in self.places]
        return [
            Note(sentence % {"columns": ", ".join(columns)})
            for sentence, columns in (
                (_("Not read, because the program has no use for it: %(columns)s."), unread),
                (_("Not in this file, and so left as it is: %(columns)s."), silent),
            )
            if columns
        ]


def find_columns(sheet: Sheet, header: Sequence[str], inquiry: Inquiry) -> Columns | None:
    """None while a column has to be asked about. Raises TableError for a file that cannot be of this kind."""
    places = _recognised(sheet, header)
    open_before = len(inquiry.questions)
    free = [place for place in range(len(header)) if place not in places.values()]
    _require_enough(sheet, places, free)
    _require_likeness(sheet, places, inquiry)
    for field in sheet.asked:
        if field not in places and not _is_spared(field, places):
            may_lack = _may_lack(sheet, field, places, inquiry)
            answer = inquiry.ask(_question(sheet, field, header, free, may_lack=may_lack))
            places.update((field, place) for place in free if _value(header[place]) == answer)
    return Columns(tuple(header), places, sheet) if len(inquiry.questions) == open_before else None


def words(field: str) -> str:
    """A field in the program's words."""
    return {
        "number": _("employee number"),
        "name": _("name"),
        "family": _("family name"),
        "given": _("given name"),
        "preferred": _("preferred name"),
        "email": _("email address"),
        "title": _("job title"),
        "step": _("step"),
        "begins": _("begin of the appointment"),
        "ends": _("end of the appointment"),
        "percent": _("percent of full time"),
        "supervisor": _("supervisor"),
        "status": _("status"),
        "standing": _("status"),
        "series": _("series"),
        "rank": _("rank"),
    }[field]


ROSTER = Sheet(
    synonyms=SYNONYMS,
    asked=("number", "name", "email", "title", "begins", "status"),
    needed=("name", "title"),
    telling=("number", "name", "email", "title"),
    words=words,
    lacks=gettext_lazy("A roster needs a column for each of these: %(columns)s."),
    unlike=gettext_lazy(
        "This does not look like a roster: at least two columns should have a telling name, such as Employee ID, "
        "Name, Email or Job Title."
    ),
    who=("number", "email"),
)


def _recognised(sheet: Sheet, header: Sequence[str]) -> dict[str, int]:
    """Each field's column by its surest synonym; a column serves one field."""
    folded = {fold(title): place for place, title in reversed(list(enumerate(header)))}
    places: dict[str, int] = {}
    for field, synonyms in sheet.synonyms.items():
        here = [folded[synonym] for synonym in synonyms if synonym in folded]
        free = [place for place in here if place not in places.values()]
        if free:
            places[field] = free[0]
    return places


def _require_enough(sheet: Sheet, places: Mapping[str, int], free: Sequence[int]) -> None:
    lacking = [sheet.words(field) for field in sheet.needed if field not in places and not _is_spared(field, places)]
    if sheet.who and not any(field in places for field in sheet.who):
        lacking.append(_(" or ").join(map(sheet.words, sheet.who)))
    if len(lacking) > len(free):
        raise TableError([str(sheet.lacks) % {"columns": ", ".join(lacking)}])


def _require_likeness(sheet: Sheet, places: Mapping[str, int], inquiry: Inquiry) -> None:
    """Invoices are not asked about. Where somebody answered for a column, it was taken for one of this kind."""
    found = [field for field in sheet.telling if field in places or _is_spared(field, places)]
    if len(found) < FEWEST_TELLING and not inquiry.has_answered(COLUMN):
        raise TableError([str(sheet.unlike)])


def _may_lack(sheet: Sheet, field: str, places: Mapping[str, int], inquiry: Inquiry) -> bool:
    """The last of those that say who a row is cannot be missing where the others are."""
    if field not in sheet.who[-1:]:
        return field not in sheet.needed
    others = sheet.who[:-1]
    return any(each in places or inquiry.answers.get(question_key(COLUMN, each)) != NONE for each in others)


def _is_spared(field: str, places: Mapping[str, int]) -> bool:
    return field == "name" and "family" in places and "given" in places


def _wanted(sheet: Sheet, places: Mapping[str, int]) -> list[str]:
    """The fields that the file could have had: a name in one column or in two."""
    instead = ("family", "given") if "name" in places else ("name",)
    return [field for field in sheet.synonyms if field not in instead]


def _question(sheet: Sheet, field: str, header: Sequence[str], free: Sequence[int], *, may_lack: bool) -> Question:
    none = ((NONE, _("The file does not have it")),) if may_lack else ()
    return Question(
        key=question_key(COLUMN, field),
        sentence=_("Which column holds this: %(field)s?") % {"field": sheet.words(field)},
        choices=(*((_value(header[place]), header[place]) for place in free), *none),
        why=_("No column has a name by which it is recognised.")
        if may_lack or field in sheet.needed
        else _without_both(),
    )


def _without_both() -> str:
    return _(
        "Without an employee number and without an email address nobody can be recognised, "
        "so a roster needs one of them."
    )


def _value(title: str) -> str:
    return question_key(title.casefold())
