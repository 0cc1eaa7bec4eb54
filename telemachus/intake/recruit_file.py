"""What a list of recruits means for a division: who is new, who is here already, what is asked. Writes nothing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from telemachus.career.roster import LEAVE_OUT, title_question
from telemachus.career.roster_columns import Columns, find_columns
from telemachus.career.roster_who import Known
from telemachus.intake.recruit_columns import RECRUITS, words
from telemachus.intake.recruit_known import Asks, Doubt, Newcomer, People, doubts, full_name, objection
from telemachus.intake.recruit_rows import Entry, Listed, read_rows
from telemachus.lib.rows import Table, TableError
from telemachus.program.importing import Does, Inquiry, Line, Oddity, Plan, Question, question_key
from telemachus.program.rulebook import Classification, RuleBook

YES = "yes"
# A longer list is another kind of file: a whole division hires fewer in a year.
MOST_ROWS = 300


@dataclass(frozen=True)
class Piece:
    """Somebody to be announced. `person` is None for a new one; `lead` is the hiring lead's id."""

    row: int
    person: UUID | None
    newcomer: Newcomer
    lead: UUID | None


@dataclass(frozen=True)
class Recruits:
    """A file whose columns are known and whose rows are read."""

    columns: Columns
    listed: Listed
    inquiry: Inquiry


def read_recruits(table: Table, answers: Mapping[str, str]) -> Recruits | Plan:
    """A Plan that only asks, while it is not known which column is which. Raises TableError."""
    if not table.rows:
        raise TableError([_("There is no row under the header.")])
    if len(table.rows) > MOST_ROWS:
        raise TableError([_("More than %(count)s rows: is this a list of recruits?") % {"count": MOST_ROWS}])
    inquiry = Inquiry(answers)
    columns = find_columns(RECRUITS, table.header, inquiry)
    if columns is None:
        return Plan(questions=inquiry.questions, answered=inquiry.answered)
    return Recruits(columns, read_rows(table, columns, inquiry), inquiry)


def plan_recruits(recruits: Recruits, people: People, book: RuleBook) -> Plan:
    planner = Planner(recruits, people, book)
    for entry in planner.one_each(recruits.listed.entries):
        planner.plan(entry)
    reading = recruits.listed.reading
    return Plan(
        questions=recruits.inquiry.questions,
        answered=recruits.inquiry.answered,
        oddities=sorted(reading.oddities, key=lambda oddity: oddity.row),
        lines=sorted([*reading.refused, *planner.lines], key=lambda line: line.row),
        work=planner.pieces,
        notes=recruits.columns.notes(),
    )


class Planner:
    """From entries to pieces, with a line for each row that no question holds back."""

    def __init__(self, recruits: Recruits, people: People, book: RuleBook) -> None:
        self.recruits, self.people, self.book = recruits, people, book
        self.inquiry = recruits.inquiry
        self.lines: list[Line] = []
        self.pieces: list[Piece] = []

    # Two rows with one address

    def one_each(self, entries: Sequence[Entry]) -> list[Entry]:
        groups: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            groups[entry.email].append(entry)
        chosen = [self._one_of(group) for group in groups.values()]
        return [entry for entry in chosen if entry]

    def _one_of(self, group: Sequence[Entry]) -> Entry | None:
        distinct = {_digest(entry): entry for entry in reversed(group)}
        if len(distinct) == 1:
            for entry in group[1:]:
                self._line(entry, Does.SKIP, _("says the same as row %(row)s") % {"row": group[0].row})
            return group[0]
        for entry in group:
            self._odd(entry, "email", entry.email, _("Two rows have this address. Which one counts is asked."))
        answer = self.inquiry.ask(_which_row(group, distinct))
        for entry in group:
            if answer and entry is not distinct.get(answer):
                self._line(entry, Does.SKIP, _("left out, as answered"))
        return distinct.get(answer or "")

    # One row

    def plan(self, entry: Entry) -> None:
        known = self.people.by_mail.get(entry.email)
        if known and self._is_here(entry, known):
            return
        found = self._class(entry)
        if found is None:
            return
        newcomer = Newcomer(
            entry.given, entry.family, entry.email, entry.title, found.series, found.rank, entry.step, entry.begins
        )
        if refusal := objection(newcomer, self.people):
            self._odd(entry, refusal.field, getattr(entry, refusal.field).isoformat(), str(refusal))
            self._line(entry, Does.SKIP, _("see what is said about this row"))
        elif self._is_certain(entry, newcomer):
            self._take(entry, known, newcomer)

    def _class(self, entry: Entry) -> Classification | None:
        found = self.book.classify(entry.title)
        if found:
            return found
        answer = self.inquiry.ask(title_question(entry.title, entry.row, self.book))
        if answer == LEAVE_OUT:
            self._line(entry, Does.SKIP, _("“%(title)s” is left out of this program, as answered") % vars(entry))
        return Classification(*answer.split("/")) if answer and answer != LEAVE_OUT else None

    def _is_here(self, entry: Entry, known: Known) -> bool:
        """Announced or on the roster already: left as it is, and said where the list says otherwise."""
        if self.people.is_announced(known):
            self._remark_differences(entry, known)
            self._line(entry, Does.LEAVE, _("has been announced already"))
            return True
        since = self.people.here_since(known)
        if since:
            self._odd(entry, "email", entry.email, _("On the roster already: not announced."))
            self._line(entry, Does.LEAVE, _("on the roster from %(day)s") % {"day": _day(since)})
        return since is not None

    def _remark_differences(self, entry: Entry, known: Known) -> None:
        sentence = _("Announced already with something else here: left as it is. Correct it from the board.")
        for name in ("title", "step", "begins"):
            if known.held and getattr(known.held, name) != getattr(entry, name):
                self._odd(entry, name, str(getattr(entry, name)), sentence)

    def _is_certain(self, entry: Entry, newcomer: Newcomer) -> bool:
        """Everything that is asked about the row is answered with yes."""
        answers = [self.inquiry.ask(_in_doubt(entry, doubt)) for doubt in doubts(newcomer, self.people)]
        if LEAVE_OUT in answers:
            self._line(entry, Does.SKIP, _("left out, as answered"))
        return all(answer == YES for answer in answers)

    def _take(self, entry: Entry, known: Known | None, newcomer: Newcomer) -> None:
        lead = self._lead(entry)
        self.pieces.append(Piece(entry.row, known.pk if known else None, newcomer, lead.pk if lead else None))
        details = [
            f"{self.book.rank_name(newcomer.rank)}, {self.book.series_name(newcomer.series)}",
            _("from %(day)s") % {"day": _day(newcomer.begins)},
        ]
        if lead:
            details.append(_("hiring lead %(name)s") % {"name": full_name(lead)})
        if known:
            details.append(_("has an account here under this address, which is used"))
        self._line(entry, Does.CREATE, *details)

    def _lead(self, entry: Entry) -> Known | None:
        """By number, address or name; nobody where it is not clear, for it is no more than a help."""
        if not entry.lead:
            return None
        members = self.people.members
        exact = [each for each in members if entry.lead in (each.number, each.mail)]
        found = exact or self.people.called(entry.lead, members)
        if len(found) == 1:
            return found[0]
        sentence = _("Several people here can be meant: the hiring lead is left empty.")
        if not found:
            sentence = _("Nobody here has this number or name: the hiring lead is left empty.")
        self._odd(entry, "lead", entry.lead, sentence)
        return None

    def _line(self, entry: Entry, does: Does, *details: str) -> None:
        self.lines.append(Line(entry.row, does, entry.who, details))

    def _odd(self, entry: Entry, field: str, value: str, sentence: str) -> None:
        column = self.recruits.columns.title(field) or words(field)
        self.recruits.listed.reading.oddities.append(Oddity(entry.row, column, value, sentence))


def _which_row(group: Sequence[Entry], distinct: Mapping[str, Entry]) -> Question:
    ordered = sorted(distinct.items(), key=lambda item: item[1].row)
    rows = tuple((digest, _in_words(entry)) for digest, entry in ordered)
    return Question(
        key=question_key("address", group[0].email, *sorted(distinct)),
        sentence=_("%(mail)s stands in several rows. Which one counts?") % {"mail": group[0].email},
        choices=(*rows, (LEAVE_OUT, _("None of them: leave them out"))),
        rows=tuple(entry.row for entry in group),
        why=_("An address opens the door to one account."),
    )


def _in_words(entry: Entry) -> str:
    told = {"row": entry.row, "who": entry.who, "title": entry.title, "day": _day(entry.begins)}
    return _("Row %(row)s: %(who)s, %(title)s, from %(day)s") % told


def _in_doubt(entry: Entry, doubt: Doubt) -> Question:
    """The answer holds for a row that says exactly this."""
    yes = {
        Asks.PAST: _("Yes: announce"),
        Asks.OTHER_NAME: _("Yes, one person: announce"),
        Asks.NAMESAKE: _("No, somebody else of the same name: announce"),
    }[doubt.asks]
    no = _("Leave the row out")
    return Question(
        key=question_key(doubt.asks.value, entry.email, _digest(entry)),
        sentence=f"{entry.who}: {doubt.sentence}",
        choices=((YES, yes), (LEAVE_OUT, no)),
        rows=(entry.row,),
    )


def _digest(entry: Entry) -> str:
    """The same for two rows that say the same, in any file."""
    return sha256(repr(entry.content).encode()).hexdigest()[:12]


def _day(day: date) -> str:
    return date_format(day, "j F Y")
