"""The brake before a wrong roster: a file that takes away a great part of the division is asked about once more."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django.utils.translation import gettext as _

from telemachus.program.importing import Inquiry, Note, Question, question_key

WHOLE, PART = "yes", "no"
# So many people, and more than one of so many.
FEWEST, ONE_OF = 10, 3


@dataclass(frozen=True)
class Turnout:
    """Of the people whom the division expects on a roster: who is not listed, and who is newly on leave or gone."""

    expected: int
    missing: Sequence[UUID]
    away: Sequence[UUID]

    @property
    def is_startling(self) -> bool:
        lost = len(self.missing) + len(self.away)
        return lost >= FEWEST and lost * ONE_OF > self.expected

    @property
    def sentence(self) -> str:
        listed = self.expected - len(self.missing)
        counts = {"listed": listed, "all": self.expected, "away": len(self.away)}
        if not self.missing:
            return _("This file says of %(away)s of the %(all)s people who are here: on leave or gone.") % counts
        if not listed:
            return _("This file lists none of the %(all)s people who are here.") % counts
        if not self.away:
            return _("This file lists only %(listed)s of the %(all)s people who are here.") % counts
        return (
            _(
                "This file lists only %(listed)s of the %(all)s people who are here, "
                "and says of %(away)s of them: on leave or gone."
            )
            % counts
        )


def ask_whether_whole(turnout: Turnout, inquiry: Inquiry) -> str | None:
    """WHOLE where nothing is startling; None while the question is open."""
    return inquiry.ask(_question(turnout)) if turnout.is_startling else WHOLE


def notes(turnout: Turnout, answer: str | None) -> list[Note]:
    """What was answered stands above the preview; while it is open, the question does."""
    if not turnout.is_startling or answer is None:
        return []
    if answer == PART:
        return [Note(_("As answered, this file is a part of the roster: whom it does not list is left as before."))]
    return [Note(turnout.sentence)]


def _question(turnout: Turnout) -> Question:
    """Its key names who is concerned: in a kept file of answers it holds for no other wrong roster."""
    people = sorted(map(str, turnout.missing or turnout.away))
    part = (PART, _("No, it is a part: take its rows and leave everybody else as they are"))
    whole = (WHOLE, _("Yes, it is the whole roster: those who are missing come to the director"))
    right = (WHOLE, _("Yes: those who are on leave or gone come to the director"))
    ends = _("Is it the whole division's roster?") if turnout.missing else _("Is it the right roster?")
    return Question(
        key=question_key("whole roster", sha256(" ".join(people).encode()).hexdigest()[:12]),
        sentence=f"{turnout.sentence} {ends}",
        choices=(whole, part) if turnout.missing else (right,),
        why=_("This is asked for each file anew. If it is the wrong file, drop it."),
        once=True,
    )
