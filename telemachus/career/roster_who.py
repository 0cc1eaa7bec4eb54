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
from telemachus.lib.names import fold
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
    """A row, and who it is. `gives_up` is an address that is somebody else's."""

    entry: Entry
    known: Known | None
    gives_up: str = ""

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
        candidates = (self.entry.email, self.known.email if self.known else None)
        return next((email for email in candidates if email and email.lower() != self.gives_up), None)

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
        self.without_number: dict[tuple[str, str], list[Known]] = defaultdict(list)
        for each in known:
            if each.belongs and each.held and each.number is None:
                self.without_number[_name_key(each.family, each.given)].append(each)
        self.numbers = _numbers_by_mail(reading.entries)
        self.losers: dict[UUID, Known] = {}
        self.found: set[UUID] = set()

    def cases(self) -> list[Case]:
        entries = [entry for entry in self.reading.entries if not self._is_ambiguous(entry)]
        single = self._one_each(entries)
        kept = self._keepers(single)
        cases = [self._case(entry, gives_up="" if entry.row in kept else entry.email) for entry in single]
        settled = self._without_clashes(self._without_twins(cases))
        self.found = {case.known.pk for case in settled if case.known}
        return settled

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

    def _case(self, entry: Entry, *, gives_up: str) -> Case:
        owner = None if gives_up else self.by_mail.get(entry.email)
        known = self.by_number.get(entry.number) if entry.number else owner
        if known is None and owner is not None and self._is_same(entry, owner):
            known = owner
        if known is None and owner is None and entry.number:
            known = self._announced(entry)
        return Case(entry, known, gives_up)

    def _announced(self, entry: Entry) -> Known | None:
        """Somebody announced under another address, and so without a number: asked, because names are shared."""
        alike = self.without_number.get(_name_key(*entry.name), [])
        free = [each for each in alike if each.mail not in self.reading.mentioned]
        return next((each for each in free if self._ask_announced(entry, each) == SAME), None)

    def _ask_announced(self, entry: Entry, known: Known) -> str | None:
        return self.inquiry.ask(Question(
            key=question_key("announced", entry.number, str(known.pk)),
            sentence=_("Is %(new)s the one who is here as %(old)s?")
            % {"new": f"{entry.who} ({entry.number})", "old": f"{known.name} ({known.mail or _('no address')})"},
            choices=((SAME, _("Yes, one person")), (NEW, _("No, two people of the same name"))),
            rows=(entry.row,),
            why=_("The one who is here has no employee number yet, and another email address."),
        ))  # fmt: skip

    def _is_same(self, entry: Entry, owner: Known) -> bool:
        """The one with the address has no number yet, or is said to have a new one."""
        if owner.number is None:
            return True
        return self._may_be_same(entry, owner) and self._ask_owner(entry, owner) == SAME

    def _may_be_same(self, entry: Entry, owner: Known) -> bool:
        return owner.belongs and bool(entry.number) and owner.number not in self.reading.mentioned | {None}

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

    def _without_clashes(self, cases: list[Case]) -> list[Case]:
        """No two people with one address in the end. Whoever stays with the old one may block the next in turn."""
        while True:
            leaving = _leaving(cases)
            stays = {mail: owner for mail, owner in self.by_mail.items() if owner.pk not in leaving}
            settled = [self._unclashed(case, stays.get((case.email or "").lower())) for case in cases]
            settled = [self._after_losing(case) for case in settled]
            if settled == cases:
                return settled
            cases = settled

    def _unclashed(self, case: Case, owner: Known | None) -> Case:
        known = case.known
        if owner is None or owner.pk in self.losers or (known and (known.pk == owner.pk or not known.belongs)):
            return case
        if not owner.belongs:
            sentence = _("Another account here has this address: taken without it. Please ask whose it is.")
            self._odd(case.entry, "email", case.entry.email, sentence)
        elif self._ask_owner(case.entry, owner) == NEW:
            self.losers[owner.pk] = owner
            return case
        return replace(case, gives_up=owner.mail)

    def _after_losing(self, case: Case) -> Case:
        lost = self.losers.get(case.known.pk) if case.known else None
        return replace(case, gives_up=lost.mail) if lost else case

    def _ask_owner(self, entry: Entry, owner: Known) -> str | None:
        names = {"new": f"{entry.who} ({entry.number})", "old": f"{owner.name} ({owner.number or owner.mail})"}
        same = ((SAME, _("They are one person, whose employee number has changed")),)
        return self.inquiry.ask(Question(
            key=question_key("mail", owner.mail, entry.number, owner.number or str(owner.pk)),
            sentence=_("%(mail)s belongs to %(old)s and now stands with %(new)s. Whose is it?")
            % {"mail": owner.mail, **names},
            choices=(
                *(same if self._may_be_same(entry, owner) else ()),
                (NEW, _("Of %(new)s; %(old)s is left without an address") % names),
                (OLD, _("Of %(old)s; %(new)s is taken without it") % names),
            ),
            rows=(entry.row,),
            why=_("An address opens the door to one account."),
        ))  # fmt: skip

    def is_listed(self, known: Known) -> bool:
        """Some row is about this person, even one that is not taken."""
        if known.number in self.reading.mentioned or known.pk in self.found:
            return True
        mail = "" if known.pk in self.losers else known.mail
        return mail in self.reading.unnumbered or (known.number is None and mail in self.reading.mentioned)

    def left_without(self) -> list[Known]:
        """Those whom the file does not list and who lose their address to somebody in it."""
        return [owner for pk, owner in self.losers.items() if pk not in self.found]

    def _skip(self, entry: Entry, field: str, sentence: str) -> None:
        self._odd(entry, field, getattr(entry, field), sentence)
        self._line(entry, sentence)

    def _line(self, entry: Entry, sentence: str) -> None:
        self.reading.refused.append(Line(entry.row, Does.SKIP, entry.who, (sentence,)))

    def _odd(self, entry: Entry, field: str, value: str, sentence: str) -> None:
        self.reading.oddities.append(Oddity(entry.row, self.columns.title(field), value, sentence))


def _name_key(family: str, given: str) -> tuple[str, str]:
    return fold(family), fold(given)


def _leaving(cases: Sequence[Case]) -> set[UUID]:
    """The people whose rows give them another address, so that the present one is free."""
    return {
        case.known.pk
        for case in cases
        if case.known and case.known.belongs and (case.email or "").lower() != case.known.mail
    }


def _numbers_by_mail(entries: Sequence[Entry]) -> dict[str, set[str]]:
    numbers: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.email and entry.number:
            numbers[entry.email].add(entry.number)
    return numbers


def _digest(entry: Entry) -> str:
    """The same for two rows that say the same, in any file."""
    return sha256(repr(entry.content).encode()).hexdigest()[:12]


def _in_words(entry: Entry) -> str:
    """What tells one row of a person from another."""
    parts = (
        entry.title,
        _("step %(step)s") % {"step": entry.step} if entry.step else "",
        f"{entry.percent}%" if entry.percent is not None else "",
        _("from %(day)s") % {"day": entry.begins} if entry.begins else "",
        _("until %(day)s") % {"day": entry.ends} if entry.ends else "",
        Standing(entry.standing).label,
        entry.email,
    )
    return _("Row %(row)s: %(parts)s") % {"row": entry.row, "parts": ", ".join(str(part) for part in parts if part)}
