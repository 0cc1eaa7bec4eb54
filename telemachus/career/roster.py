"""What a roster means for a division: who comes, what changes, and what the director has to decide. Writes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemachus.career.models import Absence, Standing
from telemachus.career.roster_columns import ROSTER, Columns, find_columns, words
from telemachus.career.roster_rows import Entry, Reading, read_rows
from telemachus.career.roster_who import Case, Known, Who
from telemachus.career.roster_whole import PART, Turnout, ask_whether_whole
from telemachus.career.roster_whole import notes as notes_on_turnout
from telemachus.lib.rows import Table, TableError
from telemachus.program.importing import Does, Inquiry, Line, Note, Oddity, Plan, Question, question_key
from telemachus.program.models import Role
from telemachus.program.rulebook import Classification, RuleBook

LEAVE_OUT = "-"
Fields = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Piece:
    """What is written about one person. `person` is None for a new one.

    `who` and `appointment` hold the fields that are written, all of them where the person or the appointment is new;
    a supervisor stands there as `ref`: the id of a known person, or the row of a new one.
    """

    row: int
    person: UUID | None
    who: Fields = ()
    appointment: Fields = ()
    is_appointed: bool = True
    role: tuple[str, date] | None = None
    absence: str = ""
    is_back: bool = False

    @property
    def is_idle(self) -> bool:
        return not (self.who or self.appointment or self.role or self.absence or self.is_back)


@dataclass(frozen=True)
class Roster:
    """A file whose columns are known and whose rows are read."""

    columns: Columns
    reading: Reading
    inquiry: Inquiry

    @property
    def mentioned(self) -> set[str]:
        supervisors = {entry.supervisor for entry in self.reading.entries}
        return (self.reading.mentioned | supervisors) - {""}


def read_roster(table: Table, answers: Mapping[str, str], book: RuleBook) -> Roster | Plan:
    """A Plan that only asks, while it is not known which column is which. Raises TableError."""
    if not table.rows:
        raise TableError([_("There is no row under the header.")])
    inquiry = Inquiry(answers)
    columns = find_columns(ROSTER, table.header, inquiry)
    if columns is None:
        return Plan(questions=inquiry.questions, answered=inquiry.answered)
    return Roster(columns, read_rows(table, columns, book, inquiry), inquiry)


def plan_roster(roster: Roster, known: Sequence[Known], book: RuleBook, day: date) -> Plan:
    """`known` holds everybody of the division, and whoever else has a number or mail address of the file."""
    who = Who(roster.reading, known, roster.inquiry, roster.columns)
    cases = who.cases()
    planner = Planner(roster, book, day, who)
    planner.classify(cases)
    for case in cases:
        planner.plan(case)
    without = [Piece(row=0, person=each.pk, who=(("email", None),)) for each in who.left_without()]
    missing = planner.missing()
    turnout = planner.turnout(missing)
    answer = ask_whether_whole(turnout, roster.inquiry)
    missing = [] if answer == PART else missing
    return Plan(
        questions=roster.inquiry.questions,
        answered=roster.inquiry.answered,
        oddities=sorted(roster.reading.oddities, key=lambda oddity: oddity.row),
        lines=sorted([*roster.reading.refused, *planner.lines], key=lambda line: line.row),
        work=[*planner.pieces, *without, *missing],
        notes=[
            *notes_on_turnout(turnout, answer),
            *_missing_notes(missing, known),
            *_coming_notes(planner.coming()),
            *roster.columns.notes(),
        ],
    )


class Planner:
    """From cases to pieces, with a line for each row."""

    def __init__(self, roster: Roster, book: RuleBook, day: date, who: Who) -> None:
        self.roster, self.book, self.day, self.who = roster, book, day, who
        self.inquiry, self.columns = roster.inquiry, roster.columns
        self.lines: list[Line] = []
        self.pieces: list[Piece] = []
        self.classes: dict[int, Classification] = {}
        self.refs: dict[str, tuple[str, str]] = {}
        self.names: dict[str, str] = {}

    # Whether the row is taken at all

    def classify(self, cases: Sequence[Case]) -> None:
        """Series and rank of every row that is taken, and by which number each can be somebody's supervisor."""
        renumbered = {case.known.pk for case in cases if case.known and case.entry.number}
        self.refs = {
            each.number: (str(each.pk), each.name)
            for each in self.who.known
            if each.number and each.belongs and each.pk not in renumbered
        }
        for case in cases:
            found = None if case.is_gone else self._class(case.entry)
            if found:
                self.classes[case.entry.row] = found
            if case.entry.number and (found or (case.known and case.known.belongs)):
                self.refs[case.entry.number] = (case.ref, case.entry.who)
        self.names = dict(self.refs.values())

    def _class(self, entry: Entry) -> Classification | None:
        found = self.book.classify(entry.title)
        if found:
            return found
        answer = self.inquiry.ask(title_question(entry.title, entry.row, self.book))
        if answer == LEAVE_OUT:
            self._line(entry, Does.SKIP, _("“%(title)s” is left out of this program, as answered") % vars(entry))
        return Classification(*answer.split("/")) if answer and answer != LEAVE_OUT else None

    # What is written about one person

    def plan(self, case: Case) -> None:
        if case.is_gone:
            self._plan_gone(case)
        elif case.entry.row in self.classes:
            self._plan_present(case)

    def _plan_gone(self, case: Case) -> None:
        known = case.known
        if known is None or not known.belongs:
            self._line(case.entry, Does.SKIP, _("is no longer employed: not taken"))
            return
        held = known.held
        changes = self._changes(case, {"standing": Standing.TERMINATED.value}) if held else {}
        self._take(case, Piece(
            row=case.entry.row,
            person=known.pk,
            appointment=_fields(changes),
            is_appointed=held is not None,
            absence=_absence(case),
            is_back=known.was_missing,
        ))  # fmt: skip

    def _plan_present(self, case: Case) -> None:
        known = case.known
        wanted = self._wanted(case)
        self._take(case, Piece(
            row=case.entry.row,
            person=known.pk if known else None,
            who=_fields(case.changes),
            appointment=_fields(self._changes(case, wanted)),
            is_appointed=case.held is not None,
            role=self._role(case),
            absence=_absence(case),
            is_back=known is not None and known.was_missing,
        ))  # fmt: skip

    def _wanted(self, case: Case) -> dict[str, Any]:
        """The appointment as it will be: what the row says, and what was known where it says nothing."""
        entry, held = case.entry, case.held
        found = self.classes[entry.row]
        wanted: dict[str, Any] = {
            "title": entry.title, "series": found.series, "rank": found.rank, "step": entry.step,
            "percent": entry.percent, "begins": entry.begins, "ends": entry.ends, "standing": entry.standing,
            "supervisor": self._supervisor(case),
        }  # fmt: skip
        if held:
            wanted |= {name: getattr(held, name) for name in entry.kept if name in wanted}
        if wanted["begins"] and wanted["ends"] and wanted["ends"] < wanted["begins"]:
            self._odd(entry, "ends", str(entry.ends or ""), _("The end comes before the beginning: left out."))
            wanted["ends"] = None
        return wanted

    def _supervisor(self, case: Case) -> str | None:
        entry = case.entry
        if not entry.supervisor:
            return None
        ref, _name = self.refs.get(entry.supervisor, ("", ""))
        if ref == case.ref:
            sentence = _("Somebody cannot report to oneself: the supervisor is left empty.")
        elif ref:
            return ref
        elif self.inquiry.questions and entry.supervisor in self.roster.reading.mentioned:
            # That row may wait for an answer: nothing is odd about this one yet.
            return None
        else:
            sentence = _("Nobody here has this number: the supervisor is left empty.")
        self._odd(entry, "supervisor", entry.supervisor, sentence)
        return None

    def _changes(self, case: Case, wanted: Mapping[str, Any]) -> dict[str, Any]:
        held = case.held
        return {name: value for name, value in wanted.items() if held is None or getattr(held, name) != value}

    def _role(self, case: Case) -> tuple[str, date] | None:
        """The part that comes with the rank, where the person never had it: one that was ended stays ended."""
        kind = role_of(self.classes[case.entry.row], self.book)
        if case.known and kind in case.known.roles:
            return None
        return kind, case.entry.begins or (case.held and case.held.begins) or self.day

    # What the page says

    def _take(self, case: Case, piece: Piece) -> None:
        if piece.is_idle:
            self._line(case.entry, Does.LEAVE)
            return
        self.pieces.append(piece)
        if case.held is None and not case.is_gone:
            self._line(case.entry, Does.CREATE, *self._details_of_new(case, piece))
        else:
            self._line(case.entry, Does.CHANGE, *self._details_of_changes(case, piece))

    def _details_of_new(self, case: Case, piece: Piece) -> list[str]:
        found = self.classes[case.entry.row]
        details = [f"{_rank_name(self.book, found.rank)}, {_series_name(self.book, found.series)}"]
        if case.known and not case.known.belongs:
            details.append(_("has an account here under this number or address, which is used"))
        if case.entry.standing == Standing.LEAVE:
            details.append(_("is on leave"))
        return details + self._details_of_part(case, piece)

    def _details_of_changes(self, case: Case, piece: Piece) -> list[str]:
        before = case.known.fields if case.known else {}
        details = [_arrow(words(FIELD[name]), before.get(name), value) for name, value in piece.who]
        details += [
            _arrow(words(name), self._said(name, getattr(case.held, name)), self._said(name, value))
            for name, value in piece.appointment
        ]
        return details + self._details_of_part(case, piece)

    def _details_of_part(self, case: Case, piece: Piece) -> list[str]:
        details = []
        if piece.role:
            kind, since = piece.role
            details.append(_("%(role)s from %(day)s") % {"role": Role.Kind(kind).label, "day": since.isoformat()})
        if piece.role and piece.role[0] == Role.Kind.MENTOR and case.known and case.known.is_mentee:
            details.append(_("stays a mentee until the director decides"))
        if piece.absence:
            details.append(_("the director decides what this means; nothing ends by the import"))
        if piece.is_back:
            details.append(_("is on the roster again: the question about it is closed"))
        return details

    def _said(self, name: str, value: Any) -> Any:
        if value in (None, ""):
            return None
        match name:
            case "series":
                return _series_name(self.book, value)
            case "rank":
                return _rank_name(self.book, value)
            case "standing":
                return Standing(value).label
            case "supervisor":
                return self.names.get(value, _("somebody else"))
        return value

    def _line(self, entry: Entry, does: Does, *details: str) -> None:
        self.lines.append(Line(entry.row, does, entry.who, details))

    def _odd(self, entry: Entry, field: str, value: str, sentence: str) -> None:
        self.roster.reading.oddities.append(Oddity(entry.row, self.columns.title(field), value, sentence))

    # Who is no longer listed

    def missing(self) -> list[Piece]:
        """Those of the division whom no row mentions, each once: settled or not, it is not noticed twice."""
        return [
            Piece(row=0, person=each.pk, absence=Absence.Kind.MISSING.value)
            for each in self.who.known
            if self._is_expected(each) and not self.who.is_listed(each)
        ]

    def coming(self) -> list[str]:
        """Whom no row mentions either, though nothing is missing: they are announced and not on a roster yet."""
        awaited = [each for each in self.who.known if each.is_expected and not self._is_expected(each)]
        return [each.name for each in awaited if not self.who.is_listed(each)]

    def _is_expected(self, known: Known) -> bool:
        """Who begins later, or has no number where the file lists numbers, may not be on a roster yet."""
        begins = known.held.begins if known.held else None
        begins_later = begins is not None and begins > self.day
        has_number_to_come = known.number is None and "number" in self.columns.places
        return known.is_expected and not begins_later and not has_number_to_come

    def turnout(self, missing: Sequence[Piece]) -> Turnout:
        expected = {each.pk for each in self.who.known if self._is_expected(each)}
        away = [piece.person for piece in self.pieces if piece.absence]
        return Turnout(
            expected=len(expected),
            missing=[piece.person for piece in missing if piece.person],
            away=[person for person in away if person in expected],
        )


FIELD = {
    "external_id": "number",
    "email": "email",
    "family_name": "family",
    "given_name": "given",
    "preferred_name": "preferred",
}


def role_of(found: Classification, book: RuleBook) -> str:
    """The part in the program that comes with series and rank."""
    volunteers = {series.code for series in book.series if series.volunteer}
    if found.series in volunteers:
        return Role.Kind.COLLEAGUE.value
    return (Role.Kind.MENTEE if book.is_junior(found.series, found.rank) else Role.Kind.MENTOR).value


def title_question(title: str, row: int, book: RuleBook) -> Question:
    choices = [
        (f"{series.code}/{rank.code}", f"{rank.name}, {series.name}") for series in book.series for rank in book.ranks
    ]
    return Question(
        key=question_key("title", title.upper()),
        sentence=_("Which series and rank is “%(title)s”?") % {"title": title},
        choices=(*choices, (LEAVE_OUT, _("Not faculty of this program: leave out"))),
        rows=(row,),
        why=_("The rule book does not know this title."),
    )


def _absence(case: Case) -> str:
    """Of whom the roster says for the first time: on leave, or gone. Somebody new can only be on leave."""
    known, standing = case.known, case.entry.standing
    if standing == Standing.ACTIVE:
        return ""
    if known is None or not known.belongs:
        return standing if standing == Standing.LEAVE else ""
    before = known.held.standing if known.held else Standing.ACTIVE.value
    noticed = standing in known.absences or (known.held is None and standing in known.noticed)
    return "" if before == standing or noticed else standing


def _missing_notes(missing: Sequence[Piece], known: Sequence[Known]) -> list[Note]:
    if not missing:
        return []
    names = {each.pk: each.name for each in known}
    sentence = ngettext(
        "%(count)s person is no longer in this file. The director decides what this means; nothing ends by the import.",
        "%(count)s people are no longer in this file. The director decides about each; nothing ends by the import.",
        len(missing),
    ) % {"count": len(missing)}
    return [Note(sentence, tuple(sorted(names[piece.person] for piece in missing if piece.person)))]


def _coming_notes(names: Sequence[str]) -> list[Note]:
    if not names:
        return []
    sentence = ngettext(
        "%(count)s person is not in this file, and nothing is said about it: begins later, or has no employee number "
        "yet.",
        "%(count)s people are not in this file, and nothing is said about it: they begin later, or have no employee "
        "number yet.",
        len(names),
    ) % {"count": len(names)}
    return [Note(sentence, tuple(sorted(names)))]


def _fields(changes: Mapping[str, Any]) -> Fields:
    return tuple(changes.items())


def _arrow(label: str, before: Any, after: Any) -> str:
    nothing = _("none")
    return f"{label}: {nothing if before in (None, '') else before} → {nothing if after in (None, '') else after}"


def _series_name(book: RuleBook, code: str) -> str:
    return next((series.name for series in book.series if series.code == code), code)


def _rank_name(book: RuleBook, code: str) -> str:
    return next((rank.name for rank in book.ranks if rank.code == code), code)
