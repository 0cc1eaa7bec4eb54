"""A proposal as its maker reads it: who with whom and why as it is known today, and what would have to change."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

import numpy as np
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemachus.pairing.bar import Segment, segments
from telemachus.pairing.cohort import Cohort, asks_for_help, not_yet
from telemachus.pairing.engine import NEVER, Given, swaps
from telemachus.pairing.models import Proposal, Proposed
from telemachus.pairing.proposals.further import further, room_left
from telemachus.pairing.proposals.standing import Standing, standing
from telemachus.pairing.proposals.words import (
    blocking_in_words,
    counted,
    floor_in_words,
    further_in_words,
    no_needs_in_words,
    notes,
    proof_in_words,
    rank_in_words,
    sought_in_words,
    unplaced_in_words,
)
from telemachus.pairing.proposals.work import cohort_of
from telemachus.pairing.reasons import reasons
from telemachus.pairing.rules import sentence
from telemachus.people.models import Person


@dataclass(frozen=True)
class Line:
    """One mentee with the proposed colleague. `against`: why no list can be sent now; empty where one can.

    `missing`: what of the mentee is still to come, and does not keep a list from being sent.
    """

    row: Proposed
    segments: tuple[Segment, ...]
    rank: str
    notes: tuple[str, ...]
    against: str
    missing: tuple[str, ...]
    is_below: bool
    has_changed: bool

    @property
    def points(self) -> int:
        """Those that the bar shows."""
        return sum(each.points for each in self.segments)

    @property
    def can_be_sent(self) -> bool:
        return not self.against and self.row.accepted_at is None

    @property
    def hands_over(self) -> bool:
        """The maker stands in it: once the list is sent, the search is the deputy’s."""
        return self.can_be_sent and self.row.mentor_id == self.row.proposal.by_id


@dataclass(frozen=True)
class Unplaced:
    """One mentee without a colleague, what would place this one, and the rules where all are excluded."""

    mentee: Person
    said: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Load:
    """How many mentees a mentor has, how many the proposal adds, how many places are left."""

    mentor: Person
    before: int
    added: int
    left: int


class Page:
    """All that the page says; the same few queries for two mentees as for fifty."""

    def __init__(self, proposal: Proposal, now: datetime) -> None:
        self.proposal, self._now = proposal, now
        everyone = list(proposal.rows.select_related("mentee", "mentor").order_by("mentee__sort_name", "pk"))
        for row in everyone:
            row.proposal = proposal
        self._standing: Standing = standing(proposal, everyone, now)
        self.rows = [row for row in everyone if self._standing.is_with_maker(row)]
        self.gone = len(everyone) - len(self.rows)
        # Who has a mentor meanwhile is still read with the reasons of the day.
        self.group: Cohort = cohort_of(proposal, [row.mentee for row in self.rows], now)

    @cached_property
    def pairs(self) -> list[Proposed]:
        return [row for row in self.rows if row.mentor is not None]

    @cached_property
    def lines(self) -> list[Line]:
        return [self._line(row) for row in self.pairs]

    @property
    def placed(self) -> str:
        if not self.pairs:
            return _("Nobody could be given a colleague.")
        if len(self.pairs) == len(self.rows):
            return ngettext(
                "The one mentee has a colleague in this proposal.",
                "All %(n)s mentees have a colleague in this proposal.",
                len(self.rows),
            ) % {"n": counted(len(self.rows))}
        words = {"placed": counted(len(self.pairs)), "all": counted(len(self.rows))}
        said = ngettext(
            "%(placed)s of %(all)s has a colleague in this proposal.",
            "%(placed)s of %(all)s have a colleague in this proposal.",
            len(self.pairs),
        )
        return capfirst(said % words)

    @property
    def deputy(self) -> Person | None:
        return self._standing.deputy

    @property
    def to_send(self) -> list[Line]:
        return [line for line in self.lines if line.can_be_sent]

    @property
    def sent(self) -> int:
        return sum(row.accepted_at is not None for row in self.pairs)

    @cached_property
    def unplaced(self) -> list[Unplaced]:
        return [self._unplaced(row) for row in self.rows if row.mentor is None]

    # -- a pair ---------------------------------------------------------------------------------

    def _line(self, row: Proposed) -> Line:
        parts, points = self.parts_of(row), self.group.points[self.group.row[row.mentee_id]]
        now = sum(part.points for part in self._parts(row))
        fit = points[points > NEVER]
        at = self.group.column.get(row.mentor_id) if row.mentor_id else None
        excluded = at is None or points[at] == NEVER
        return Line(
            row=row,
            segments=tuple(segments(reasons(parts, self.group.terms))),
            rank="" if excluded else rank_in_words(1 + int((fit > now).sum()), len(fit)),
            notes=tuple(filter(None, self._notes(row, at))),
            against="" if row.accepted_at else self._standing.against(row),
            missing=tuple(filter(None, self._missing(row))),
            is_below=(row.points or 0) < self.proposal.floor,
            has_changed=now != row.points,
        )

    def _notes(self, row: Proposed, at: int | None) -> Iterator[str]:
        if at is not None:
            yield sought_in_words(self._sought[at], self.group.case.places[at])
        if row.by_lottery:
            yield _("The lottery decided between equals.")
        if row.accepted_at is None:
            yield further_in_words(self._further.get(row.mentee_id, []))

    def _missing(self, row: Proposed) -> Iterator[str]:
        yield capfirst(self._not_yet.get(row.mentee_id, ""))
        if not asks_for_help(self.group.wanted, row.mentee):
            yield capfirst(no_needs_in_words())

    def parts_of(self, row: Proposed) -> list[Given]:
        """As they are today; that a mentee wishes for whoever reads this is not said to the one who is named."""
        parts = self._parts(row)
        return [part for part in parts if part.part != "wish"] if row.mentor_id == self.proposal.by_id else parts

    def _parts(self, row: Proposed) -> list[Given]:
        """None where the colleague is no mentor any more."""
        if row.mentor_id is None or row.mentor_id not in self.group.column:
            return []
        return self.group.scores.of(self.group.row[row.mentee_id], self.group.column[row.mentor_id])

    @cached_property
    def _sought(self) -> Counter[int]:
        return self.group.sought()

    @cached_property
    def _room(self) -> Mapping[UUID, int]:
        return room_left(self.proposal, self.group)

    @cached_property
    def _further(self) -> Mapping[UUID, list[Person]]:
        """For those who take part if lists are sent now."""
        rows = [row for row in self.pairs if self._standing.still_seeks(row)]
        return further(self.proposal, rows, self.group, self._room)

    @cached_property
    def _not_yet(self) -> Mapping[UUID, str]:
        return not_yet(self.proposal.program, [row.mentee for row in self.pairs], self._now)

    # -- nobody ---------------------------------------------------------------------------------

    def _unplaced(self, row: Proposed) -> Unplaced:
        if said := self._standing.against_mentee(row):
            return Unplaced(row.mentee, said, ())
        points = self.group.points[self.group.row[row.mentee_id]]
        order = sorted(np.flatnonzero(points > NEVER).tolist(), key=lambda at: -int(points[at]))
        # Whoever reads this is named neither as fitting nor as excluded.
        fitting = [self.group.mentors[at] for at in order if self.group.mentors[at].pk != self.proposal.by_id]
        free = [mentor for mentor in fitting if self._room[mentor.pk] > 0]
        said = unplaced_in_words(row.mentee, fitting, free)
        drawn = _("The lottery decided between equals.") if row.by_lottery else ""
        return Unplaced(row.mentee, f"{said} {drawn}".strip(), () if fitting else tuple(self._rules(row)))

    def _rules(self, row: Proposed) -> Iterator[str]:
        known = self._standing.facts[row.mentee_id]
        for mentor in self.group.mentors:
            if mentor.pk != self.proposal.by_id:
                yield from (f"{mentor}: {sentence(why, row.mentee, mentor)}" for why in known.why_not(mentor.pk)[:1])

    # -- the whole ------------------------------------------------------------------------------

    @property
    def sentences(self) -> Iterator[str]:
        """What is true of the proposal as a whole."""
        below = sum((row.points or 0) < self.proposal.floor for row in self.pairs)
        yield from notes(
            len(self.rows), sum(self.group.case.places), sum(part.weight for part in self.group.scores.parts)
        )
        if self.rows:
            yield proof_in_words(self.proposal)
            yield from filter(None, [floor_in_words(self.proposal, len(self.pairs), below)])
            yield blocking_in_words(self.proposal)

    @property
    def swaps(self) -> Iterator[str]:
        """Offered, never made: among pairs that hold still and are not sent yet."""
        people = {str(person.pk): person for person in self.group.mentees}
        pairs = {str(row.mentee_id): str(row.mentor_id) for row in self._holding()}
        for swap in swaps(self.group.case, pairs) if pairs else ():
            yield _("%(one)s and %(other)s would both do as well or better with each other’s colleague.") % {
                "one": people[swap.one],
                "other": people[swap.other],
            }

    def _holding(self) -> Iterator[Proposed]:
        return (line.row for line in self.lines if line.can_be_sent and line.rank)

    @cached_property
    def loads(self) -> list[Load]:
        """Of every mentor to whom the proposal gives somebody, by name."""
        added = Counter(row.mentor_id for row in self.pairs)
        case, found = self.group.case, []
        for at, mentor in enumerate(self.group.mentors):
            if count := added[mentor.pk]:
                found.append(Load(mentor, case.standing[at], count, max(case.places[at] - count, 0)))
        return found
