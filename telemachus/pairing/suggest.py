"""Whom the director might name to a mentee (R6, B11): what the engine says of each colleague, for the pages.

Each colleague stands where the pair stands in the best for all who seek: by the mentee's points, less what the others
lose by the place.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemachus.career.models import Appointment
from telemachus.pairing.bar import Segment, segments
from telemachus.pairing.cohort import cohort, seekers, seeking
from telemachus.pairing.engine import Answer, Explainer, Explanation, Verdict
from telemachus.pairing.match.limit import solve_for_page
from telemachus.pairing.reasons import Reason, for_mentee, reasons, words_of
from telemachus.pairing.rules import Why
from telemachus.people.models import Person
from telemachus.program.models import Program


@dataclass(frozen=True)
class Suggestion:
    """One senior colleague for one mentee. The points of `reasons` sum to `points`, 0 to 1000.

    `room` is free places now. `sought`: how many others who seek have their most points here and nowhere else.
    """

    mentor: Person
    appointment: Appointment | None
    explained: Explanation
    reasons: tuple[Reason, ...]
    reason: str
    covered_words: tuple[str, ...]
    uncovered_words: tuple[str, ...]
    room: int
    sought: int
    why_not: tuple[Why, ...]
    # Another mentee seeks as well: only then a price means anything.
    is_shared: bool

    @property
    def points(self) -> int:
        return self.explained.points

    @property
    def order(self) -> tuple[bool, bool, int, int]:
        return bool(self.why_not), bool(self.explained.codes), self.explained.cost, -self.points

    @property
    def wanted(self) -> int:
        return len(self.covered_words) + len(self.uncovered_words)

    @property
    def segments(self) -> list[Segment]:
        return list(segments(self.reasons))

    @property
    def is_chosen(self) -> bool:
        return self.explained.verdict == Verdict.CHOSEN

    @property
    def price(self) -> str:
        """In words, for who decides; empty where a place here costs the others nothing."""
        if not self.is_shared or self.why_not:
            return ""
        if self.is_chosen:
            return _("In the best proposal for all who seek, these two are a pair.")
        if self.explained.verdict == Verdict.LOT:
            return _("As good for all who seek as the best proposal: only the lottery decided otherwise.")
        if self.explained.room > 0 or self.sought < self.room:
            return ""
        sought = ngettext(
            "Sought by more than have room: %(n)s other would do best here.",
            "Sought by more than have room: %(n)s others would do best here.",
            self.sought,
        )
        return sought % {"n": self.sought}


class Suggestions:
    """What can be said of every mentor of the program for one mentee, among all who seek one now."""

    def __init__(self, program: Program, mentee: Person, now: datetime, *, reader: Person | None = None) -> None:
        """A reader's prices are those of the searches that the reader runs: of others not even a number is told."""
        others = seeking(program, now) if reader is None else seekers(program, reader, now)
        everyone = {person.pk: person for person in [*others, mentee]}
        self.mentee = mentee
        self.cohort = cohort(program, everyone.values(), by=None, now=now).read_by(reader)

    @cached_property
    def found(self) -> Answer:
        return solve_for_page(self.cohort.case)

    @cached_property
    def ranked(self) -> list[Suggestion]:
        """Those who can be chosen first, best first, asked before last; then the others with their reasons."""
        return sorted(map(self._suggestion, self.cohort.mentors), key=lambda one: one.order)

    def of(self, mentor: Person) -> Suggestion | None:
        """None for somebody who is no mentor of the program."""
        return next((one for one in self.ranked if one.mentor == mentor), None)

    def _suggestion(self, mentor: Person) -> Suggestion:
        group = self.cohort
        explained = self._explainer.of(str(self.mentee.pk), str(mentor.pk))
        needs = next(given for given in explained.parts if given.part == "needs")
        return Suggestion(
            mentor=mentor,
            appointment=group.appointments.get(mentor.pk),
            explained=explained,
            reasons=tuple(reasons(explained.parts, group.terms)),
            reason=for_mentee(explained.parts, group.terms),
            covered_words=tuple(words_of(needs.has, group.terms)),
            uncovered_words=tuple(words_of(needs.lacks, group.terms)),
            room=group.case.places[group.column[mentor.pk]],
            sought=self._sought[group.column[mentor.pk]],
            why_not=tuple(group.facts[self.mentee.pk].why_not(mentor.pk)),
            is_shared=len(group.mentees) > 1,
        )

    @cached_property
    def _explainer(self) -> Explainer:
        return Explainer(self.cohort.case, self.cohort.scores, self.found)

    @cached_property
    def _sought(self) -> Counter[int]:
        return self.cohort.sought(besides=self.mentee)


def suggest(program: Program, mentee: Person, now: datetime) -> list[Suggestion]:
    """Every mentor of the program: those who can be chosen first, best first; then the others with their reasons."""
    return Suggestions(program, mentee, now).ranked
