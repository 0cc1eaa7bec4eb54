"""Who a row of a roster is: the same by employee number, by mail only where the number is missing, else asked."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from telemachus.career.models import Standing
from telemachus.career.roster_columns import Columns
from telemachus.career.roster_rows import Entry, Reading
from telemachus.program.importing import Does, Inquiry, Line, Oddity, Question, question_key

NOBODY, SAME, NEW, OLD = "-", "same", "new", "old"


@dataclass(frozen=True)
class Held:
    """An appointment as it stands; `supervisor` is an id as text."""

    title: str
    series: str
    rank: str
    step: str
    percent: int | None
    begins: date | None
    ends: date | None
    supervisor: str | None
    standing: str


@dataclass(frozen=True)
class Known:
    """A person who is here. One of another program only (`belongs` is false) is never shown and hardly changed."""

    pk: UUID
    number: str | None
    email: str | None
    family: str
    given: str
    preferred: str
    belongs: bool = True
    held: Held | None = None
    # Kinds of role ever held here; kinds of absence not settled, and ever noticed.
    roles: frozenset[str] = frozenset()
    is_mentee: bool = False
    absences: frozenset[str] = frozenset()
    noticed: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        return f"{self.family}, {self.given}"

    @property
    def mail(self) -> str:
        return (self.email or "").lower()

    @property
    def was_missing(self) -> bool:
        return "missing" in self.noticed

    @property
    def is_expected(self) -> bool:
        """A roster that does not list this person says something new."""
        present = self.held is not None and self.held.standing != Standing.TERMINATED
        return self.belongs and present and not self.was_missing

    @property
    def fields(self) -> dict[str, Any]:
        return {
            "external_id": self.number,
            "email": self.email,
            "family_name": self.family,
            "given_name": self.given,
            "preferred_name": self.preferred,
        }


@dataclass(frozen=True)
class Case:
    """A row, and who it is. `gives_up` says that the mail address goes to somebody else."""

    entry: Entry
    known: Known | None
    gives_up: bool = False

    @property
    def held(self) -> Held | None:
        return self.known.held if self.known else None

    @property
    def is_gone(self) -> bool:
        return self.entry.standing == Standing.TERMINATED

    @property
    def ref(self) -> str:
        return str(self.known.pk) if self.known else f"row {self.entry.row}"

    @property
    def email(self) -> str | None:
        """The address that the person will have."""
        if self.gives_up:
            return None
        return self.entry.email or (self.known.email if self.known else None)

    @property
    def changes(self) -> dict[str, Any]:
        """The person's fields that are written: all for somebody new, the missing ones for another program's."""
        entry, known = self.entry, self.known
        wanted = {
            "external_id": entry.number or None,
            "email": self.email,
            "family_name": entry.family,
            "given_name": entry.given,
            "preferred_name": entry.preferred,
        }
        if known is None:
            return wanted
        if not known.belongs:
            return {"external_id": entry.number} if entry.number and not known.number else {}
        return {name: value for name, value in wanted.items() if _is_news(name, value, known)}


def _is_news(name: str, value: Any, known: Known) -> bool:
    if name in ("external_id", "preferred_name") and not value:
        return False
    if name == "email" and value and value == known.mail:
        return False
    return bool(known.fields[name] != value)


class Who:
    """Finds out who the rows are; asks where two rows, or two people, could be meant."""

    def __init__(self, reading: Reading, known: Sequence[Known], inquiry: Inquiry, columns: Columns) -> None:
        self.reading, self.known, self.inquiry, self.columns = reading, known, inquiry, columns
        self.by_number = {each.number: each for each in known if each.number}
        self.by_mail = {each.mail: each for each in known if each.mail}
        self.numbers = _numbers_by_mail(reading.entries)

    def cases(self) -> list[Case]:
        entries = [entry for entry in self.reading.entries if not self._is_ambiguous(entry)]
        single = self._one_each(entries)
        kept = self._keepers(single)
        cases = [self._case(entry, gives_up=entry.row not in kept) for entry in single]
        return self._without_clashes(self._without_twins(cases))

    # Rows of one person

    def _is_ambiguous(self, entry: Entry) -> bool:
        """No number, and an address that two numbers share: nobody can say whose row it is."""
        found = not entry.number and len(self.numbers[entry.email]) > 1
        if found:
            self._skip(entry, "number", _("No employee number, and an address that two people share: not taken."))
        return found

    def _one_each(self, entries: Sequence[Entry]) -> list[Entry]:
        groups: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            numbers = self.numbers[entry.email] if not entry.number else set()
            groups[entry.number or next(iter(numbers), entry.email)].append(entry)
        chosen = [self._one_of(identity, group) for identity, group in groups.items()]
        return [entry for entry in chosen if entry]

    def _one_of(self, identity: str, group: Sequence[Entry]) -> Entry | None:
        """The row that counts; the others are lines of their own."""
        distinct = {_digest(entry): entry for entry in reversed(group)}
        chosen = group[0] if len(distinct) == 1 else distinct.get(self._ask_which(identity, group) or "")
        for entry in group:
            if chosen is not None and entry is not chosen:
                same = _("says the same as row %(row)s") if len(distinct) == 1 else _("row %(row)s counts, as answered")
                self._line(entry, same % {"row": chosen.row})
        return chosen

    def _ask_which(self, identity: str, group: Sequence[Entry]) -> str | None:
        distinct = {_digest(entry): entry for entry in reversed(group)}
        ordered = sorted(distinct.items(), key=lambda item: item[1].row)
        return self.inquiry.ask(Question(
            key=question_key("appointment", identity, *sorted(distinct)),
            sentence=_("%(name)s stands in several rows. Which one counts?") % {"name": group[0].who},
            choices=tuple((digest, _in_words(entry)) for digest, entry in ordered),
            rows=tuple(entry.row for entry in group),
            why=_("The program keeps one appointment for each person. The other rows are not taken."),
        ))  # fmt: skip

    # Two numbers with one address

    def _keepers(self, entries: Sequence[Entry]) -> set[int]:
        """The rows that keep their address."""
        sharing: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            sharing[entry.email].append(entry)
        kept: set[int] = set()
        for mail, group in sharing.items():
            answer = self._ask_keeper(mail, group) if mail and len(group) > 1 else None
            kept |= {entry.row for entry in group if not mail or len(group) == 1 or entry.number == answer}
        return kept

    def _ask_keeper(self, mail: str, group: Sequence[Entry]) -> str | None:
        numbers = sorted(entry.number for entry in group)
        people = tuple((entry.number, f"{entry.who} ({entry.number})") for entry in group)
        return self.inquiry.ask(Question(
            key=question_key("mail", mail, *numbers),
            sentence=_("%(mail)s stands with two employee numbers. Whose is it?") % {"mail": mail},
            choices=(*people, (NOBODY, _("Nobody's: take all of them without an address"))),
            rows=tuple(entry.row for entry in group),
            why=_("An address opens the door to one account. The others are taken without one."),
        ))  # fmt: skip

    # Rows and the people who are here

    def _case(self, entry: Entry, *, gives_up: bool) -> Case:
        owner = None if gives_up else self.by_mail.get(entry.email)
        if not entry.number:
            return Case(entry, owner, gives_up)
        known = self.by_number.get(entry.number)
        if known is not None or owner is None:
            return Case(entry, known, gives_up)
        if owner.number is None:
            return Case(entry, owner, gives_up)
        return self._with_new_number(entry, owner)

    def _with_new_number(self, entry: Entry, owner: Known) -> Case:
        """Somebody with another number has the address: one person or two?"""
        if not owner.belongs or owner.number in self.reading.mentioned:
            return Case(entry, None)
        answer = self.inquiry.ask(_owner_question(entry, owner, may_be_same=True))
        return Case(entry, owner if answer == SAME else None, gives_up=answer == OLD)

    def _without_twins(self, cases: Sequence[Case]) -> list[Case]:
        """Two rows that turn out to be one known person: the first counts."""
        seen: dict[UUID, int] = {}
        kept = []
        for case in cases:
            first = seen.setdefault(case.known.pk, case.entry.row) if case.known else case.entry.row
            if first == case.entry.row:
                kept.append(case)
            else:
                self._skip(case.entry, "email", _("The person of another row, by the address: not taken."))
        return kept

    def _without_clashes(self, cases: Sequence[Case]) -> list[Case]:
        """No two people with one address in the end."""
        leaving = {case.known.pk for case in cases if case.known and case.changes.get("email", "") != ""}
        taken = {each.mail: each for each in self.known if each.mail and each.pk not in leaving}
        return [self._unclashed(case, taken.get(case.entry.email)) for case in cases]

    def _unclashed(self, case: Case, owner: Known | None) -> Case:
        is_own = owner is not None and case.known is not None and owner.pk == case.known.pk
        if owner is None or is_own or case.gives_up:
            return case
        if owner.belongs and self.inquiry.ask(_owner_question(case.entry, owner)) == NEW:
            return case
        if not owner.belongs:
            sentence = _("Another account here has this address: taken without it. Please ask whose it is.")
            self._odd(case.entry, "email", case.entry.email, sentence)
        entry = replace(case.entry, email="")
        return Case(entry, case.known, gives_up=case.known is None)

    def _skip(self, entry: Entry, field: str, sentence: str) -> None:
        self._odd(entry, field, getattr(entry, field), sentence)
        self._line(entry, sentence)

    def _line(self, entry: Entry, sentence: str) -> None:
        self.reading.refused.append(Line(entry.row, Does.SKIP, entry.who, (sentence,)))

    def _odd(self, entry: Entry, field: str, value: str, sentence: str) -> None:
        self.reading.oddities.append(Oddity(entry.row, self.columns.title(field), value, sentence))
