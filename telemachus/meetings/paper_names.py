"""Whom a paper register means: resolved among the program's people, asked where several or nobody can be meant."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from telemachus.lib.names import fold, is_formula_like, resolve, suggest
from telemachus.lib.rows import TableError
from telemachus.meetings.paper_shapes import Entry, NotTaken, Somebody
from telemachus.program.importing import Inquiry, Question, question_key

LEAVE_OUT = "leave out"
# More names than this that are nobody's here: then it is another division's register.
MOST_UNCLEAR = 100


class Names:
    """The people that the cells of a file mean; asks about all of them at once, each spelling once."""

    def __init__(self, people: Iterable[Somebody], inquiry: Inquiry) -> None:
        self.people = {person.key: person for person in people}
        self.inquiry = inquiry
        self._names = [(person.key, name) for person in self.people.values() for name in person.names]
        self._meant: dict[tuple[str, str], list[str]] = {}
        self._answers: dict[str, str | None] = {}

    def learn(self, role: str, entries: Sequence[Entry]) -> None:
        """Resolve what stands in the column of this role. Raises TableError where hardly anybody is known."""
        unclear: dict[str, list[Entry]] = {}
        for entry in entries:
            text = entry.cell(role)
            if text and len(self._candidates(role, text)) != 1:
                unclear.setdefault(_key(role, text), []).append(entry)
        if len(unclear) > MOST_UNCLEAR:
            raise TableError([_("Hardly any name in this file is known here. Is it this division's register?")])
        for key, rows in unclear.items():
            self._answers[key] = self.inquiry.ask(self._question(key, role, rows))

    def find(self, role: str, text: str) -> Somebody:
        """Raises NotTaken where the name is not clear yet, or was left out by an answer."""
        candidates = self._candidates(role, text)
        answer = candidates[0] if len(candidates) == 1 else self._answers[_key(role, text)]
        if answer is None:
            raise NotTaken(_("waits for your answer"))
        if answer == LEAVE_OUT:
            raise NotTaken(_("left out, as you answered"))
        return self.people[answer]

    def _candidates(self, role: str, text: str) -> list[str]:
        if (role, text) not in self._meant:
            self._meant[role, text] = [] if is_formula_like(text) else resolve(text, self._names)
        return self._meant[role, text]

    def _question(self, key: str, role: str, entries: list[Entry]) -> Question:
        text = entries[0].cell(role)
        candidates = self._candidates(role, text)
        first = candidates or suggest(text, self._names)
        keys = dict.fromkeys([*first, *(person.key for person in self._likely(role))])
        people = [(key, self.people[key].label) for key in keys]
        return Question(
            key=key,
            sentence=_asks(role) % {"text": text},
            choices=(*people, (LEAVE_OUT, _("None of these: leave this row out"))),
            rows=tuple(entry.number for entry in entries),
            why=_why(text, candidates, first),
        )

    def _likely(self, role: str) -> list[Somebody]:
        """For a mentor the mentors, for a mentee the mentees and then the others; as they came, by name."""
        if role == "mentor":
            return [person for person in self.people.values() if person.is_mentor]
        return sorted(self.people.values(), key=lambda person: not person.is_mentee)


def _key(role: str, text: str) -> str:
    """The same for all spellings of a name; as it stands where folding would make it look like somebody else."""
    return question_key(role, text if is_formula_like(text) else fold(text) or text)


def _asks(role: str) -> str:
    return _("Who is the mentee “%(text)s”?") if role == "mentee" else _("Who is the mentor “%(text)s”?")


def _why(text: str, candidates: list[str], first: list[str]) -> str:
    if is_formula_like(text):
        return _("The cell looks like a formula. It is read as a text, and nobody here has this name.")
    if candidates:
        return _("Several people here can be meant.")
    return (
        _("Nobody here has this name. The names most like it come first.") if first else _("Nobody here has this name.")
    )
