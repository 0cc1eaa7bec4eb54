"""Which column of a paper register holds what: recognised by its name, otherwise asked."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.lib.names import fold
from telemachus.lib.rows import TableError
from telemachus.program.importing import Inquiry, Question, question_key

NO_COLUMN, COLUMN = "(none)", "column"

SYNONYMS: dict[str, frozenset[str]] = {
    "mentee": frozenset({"mentee", "mentee name", "name of mentee", "mentees", "advisee", "junior faculty"}),
    "mentor": frozenset({"mentor", "mentor name", "name of mentor", "career mentor", "advisor", "adviser"}),
    "since": frozenset(
        {"since", "start", "from", "started", "start date", "begin", "begins", "begin date", "begin dt",
         "paired since", "mentor since", "pair since", "date paired", "first day"}
    ),
    "until": frozenset({"until", "to", "end", "ended", "ends", "end date", "end dt", "last day", "through"}),
    "dates": frozenset(
        {"dates met", "meetings", "dates", "meeting dates", "dates of meetings", "mtg dates", "mtgs",
         "mentoring meetings", "met on"}
    ),
    "director": frozenset(
        {"director mtg", "director meeting", "met director", "director", "director mtgs", "director meetings",
         "met with director", "meeting with director", "mtg with director", "annual director meeting",
         "director mtg date", "director meeting date"}
    ),
}  # fmt: skip

QUESTIONS: dict[str, Promise] = {
    "mentee": gettext_lazy("Which column names the mentee?"),
    "mentor": gettext_lazy("Which column names the mentor?"),
    "since": gettext_lazy("Which column says since when they are a pair?"),
    "dates": gettext_lazy("Which column holds the dates on which they met?"),
    "director": gettext_lazy("Which column holds the meeting with the director?"),
}

# A file may do without these, though not in silence.
MAY_BE_MISSING = frozenset({"since", "dates", "director"})
# A file in which fewer of those that are asked about have a telling name is of another kind.
FEWEST_TELLING = 2


def find_columns(header: Sequence[str], inquiry: Inquiry) -> dict[str, int]:
    """Place of each column by what it holds; what has no telling name is asked. Raises TableError for another kind."""
    hits = {what: _hits(header, names) for what, names in SYNONYMS.items()}
    _require_likeness(hits, inquiry)
    found = {what: places[0] for what, places in hits.items() if len(places) == 1}
    for what in QUESTIONS:
        if what not in found:
            free = {_value(title): place for place, title in enumerate(header) if place not in found.values()}
            answer = inquiry.ask(_question(header, what, free))
            if answer in free:
                found[what] = free[answer]
    return found


def unread(header: Sequence[str], columns: dict[str, int]) -> tuple[str, ...]:
    return tuple(title for place, title in enumerate(header) if place not in columns.values())


def _require_likeness(hits: Mapping[str, Sequence[int]], inquiry: Inquiry) -> None:
    """Invoices are not asked about. Where somebody answered for a column, it was taken for a register."""
    if sum(bool(hits[what]) for what in QUESTIONS) < FEWEST_TELLING and not inquiry.has_answered(COLUMN):
        sentence = _(
            "This does not look like a paper register: at least two columns should have a telling name, such as "
            "Mentee, Mentor, Since or Dates met."
        )
        raise TableError([sentence])


def _hits(header: Sequence[str], names: frozenset[str]) -> list[int]:
    return [place for place, title in enumerate(header) if fold(title) in names]


def _value(title: str) -> str:
    return question_key(title)


def _question(header: Sequence[str], what: str, free: dict[str, int]) -> Question:
    none = [(NO_COLUMN, _("None: this file does not have it"))] if what in MAY_BE_MISSING else []
    return Question(
        key=question_key(COLUMN, what),
        sentence=str(QUESTIONS[what]),
        choices=(*none, *((value, header[place]) for value, place in free.items())),
        why=_("No column has a name that says so, or several have."),
    )
