"""Mentees and senior faculty of a program as a case for the engine: read once, in the same few queries for any number.

Ids of the case are the keys of people, terms those of the vocabulary. A mentor without a free place stays in the case,
with none: who is full can be explained.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from numpy.typing import NDArray

from telemachus.career.models import Appointment
from telemachus.lib.rooms import answers
from telemachus.pairing.aside import aside
from telemachus.pairing.deputies import deputy_of
from telemachus.pairing.engine import NEVER, Ahead, Aims, Case, Covered, Rule, Same, Scores
from telemachus.pairing.models import Need, Offer, Pairing, Request, Term, Weights, Wish
from telemachus.pairing.parts import Shared, Wished
from telemachus.pairing.rules import LIFTED, Facts, Senior, Why, facts_of
from telemachus.people.models import Person
from telemachus.program.access import Kind, programs_as
from telemachus.program.models import Program

# A director may name such a colleague again, on purpose; no proposal does.
ASKED = "asked"
# What each person said, by kind of term.
Said = Mapping[UUID, Mapping[str, Set[str]]]


def seeking(program: Program, now: datetime) -> list[Person]:
    """Whoever seeks a mentor, as the rooms above know it."""
    found = {person for answer in answers("seeking") for person in answer(program, now)}
    return sorted(found, key=lambda person: (person.sort_name, person.pk))


def seekers(program: Program, by: Person, now: datetime) -> list[Person]:
    """Those of them whose search this director runs: nobody's own, and none that concerns the director."""
    if program not in programs_as(by, Kind.DIRECTOR):
        return []
    concerned = {by.pk, *aside(by)}
    return [person for person in seeking(program, now) if person.pk not in concerned]


def not_yet(program: Program, people: Collection[Person], now: datetime) -> dict[UUID, str]:
    """Who of them is not as far as names, and what is missing, as the rooms above know it."""
    found: dict[UUID, str] = {}
    for answer in answers("not_yet"):
        found |= answer(program, people, now)
    return found


def wanted_in(program: Program) -> Said:
    """What mentees of the program said that they look for."""
    return _said(program, Need.terms.through.objects.filter(need__program=program), "need__person")


def asks_for_help(wanted: Said, person: Person) -> bool:
    return bool(wanted.get(person.pk, {}).get(Term.Kind.HELP))


def weights_of(program: Program) -> Weights:
    return Weights.objects.filter(program=program).first() or Weights(program=program)


def cohort(
    program: Program,
    mentees: Collection[Person],
    *,
    by: Person | None,
    now: datetime,
    weights: Weights | None = None,
    seed: int = 0,
) -> "Cohort":
    """`by` reads it, and stands among the mentors only where a deputy can run what follows."""
    mentors = _mentors(program, now)
    if by is not None and deputy_of(program, by, now) is None:
        mentors = mentors.exclude(pk=by.pk)
    listed = list(mentees)
    found = Cohort(
        program=program,
        mentees=tuple(listed),
        mentors=tuple(mentors),
        facts=facts_of(program, listed, now),
        terms={str(term.pk): term for term in Term.objects.filter(program=program)},
        wanted=wanted_in(program),
        offered=_said(program, Offer.terms.through.objects.all(), "offer__person"),
        wishes=frozenset(Wish.objects.filter(program=program, mentee__in=listed).values_list("mentee", "mentor")),
        asked=frozenset(_asked(program).filter(mentee__in=listed).values_list("mentee", "mentor")),
        weights=weights or weights_of(program),
        seed=seed,
    )
    return found.read_by(by)


def _asked(program: Program) -> QuerySet[Request]:
    """Answered with no, or not at all: as long as it is remembered, no proposal asks again."""
    return Request.objects.filter(program=program, state__in=[Request.State.DECLINED, Request.State.EXPIRED])


def _mentors(program: Program, now: datetime) -> QuerySet[Person]:
    day = program.day(now)
    roles = program.roles.filter(kind=Kind.MENTOR).on(day)
    return Person.objects.filter(roles__in=roles, is_active=True).distinct().order_by("sort_name", "pk")


def _said(program: Program, rows: QuerySet[Any], person: str) -> Said:
    """A merged term counts as the one that it was merged into."""
    stands_as = Coalesce("term__merged_into", "term")
    said: dict[UUID, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for key, kind, term in rows.filter(term__program=program).values_list(person, "term__kind", stands_as):
        said[key][kind].add(str(term))
    return said


@dataclass(frozen=True)
class Cohort:
    """Who seeks, who could mentor, and all that speaks for or against a pair of them."""

    program: Program
    mentees: tuple[Person, ...]
    mentors: tuple[Person, ...]
    facts: Mapping[UUID, Facts]
    terms: Mapping[str, Term]
    wanted: Said
    offered: Said
    wishes: Collection[tuple[UUID, UUID]]
    asked: Collection[tuple[UUID, UUID]]
    weights: Weights
    seed: int

    def read_by(self, reader: Person | None) -> "Cohort":
        """Nobody reads, or can count back from points, that somebody wishes for him or her."""
        if reader is None:
            return self
        return replace(self, wishes=frozenset(pair for pair in self.wishes if pair[1] != reader.pk))

    @cached_property
    def senior(self) -> Senior | None:
        return next((one.senior for one in self.facts.values()), None)

    @property
    def appointments(self) -> Mapping[UUID, Appointment]:
        return self.senior.appointments if self.senior else {}

    @cached_property
    def case(self) -> Case:
        standing = self._standing()
        return Case(
            mentees=[str(person.pk) for person in self.mentees],
            mentors=[str(person.pk) for person in self.mentors],
            table=self.scores,
            places=[self.senior.room_of(person.pk) if self.senior else 0 for person in self.mentors],
            standing=[standing[person.pk] for person in self.mentors],
            aims=Aims(floor=self.weights.floor, load=self.weights.load),
            seed=self.seed,
        )

    def _standing(self) -> Mapping[UUID, int]:
        """How many mentees each has now, over all programs."""
        counted: dict[UUID, int] = defaultdict(int)
        for mentor in Pairing.objects.active().filter(mentor__in=self.mentors).values_list("mentor", flat=True):
            counted[mentor] += 1
        return counted

    @cached_property
    def scores(self) -> Scores:
        weights, ours, theirs = self.weights, self.mentees, self.mentors
        shape = len(ours), len(theirs)
        parts = (
            Covered("needs", weights.needs, *self._terms(Term.Kind.HELP)),
            Covered("interests", weights.interests, *self._terms(Term.Kind.INTEREST)),
            Same("series", weights.series, list(map(self._series, ours)), list(map(self._series, theirs))),
            Ahead("stage", weights.stage, list(map(self._stage, ours)), list(map(self._stage, theirs))),
            Shared("meeting", weights.meeting, *self._terms(Term.Kind.MEETING)),
            Wished("wish", weights.wish, self._places(self.wishes), shape),
        )
        return Scores(shape, parts, list(self._rules()))

    def _terms(self, kind: str) -> tuple[list[Set[str]], list[Set[str]]]:
        none: Mapping[str, Set[str]] = {}
        return (
            [self.wanted.get(person.pk, none).get(kind, frozenset()) for person in self.mentees],
            [self.offered.get(person.pk, none).get(kind, frozenset()) for person in self.mentors],
        )

    def _series(self, person: Person) -> str | None:
        held = self.appointments.get(person.pk)
        return (held.series or None) if held else None

    def _stage(self, person: Person) -> int | None:
        """The order of the rank in the rule book."""
        held = self.appointments.get(person.pk)
        return self._orders.get(held.rank) if held else None

    @cached_property
    def _orders(self) -> Mapping[str, int]:
        return {rank.code: rank.order for rank in self.program.book.ranks}

    @cached_property
    def points(self) -> NDArray[np.int32]:
        """Of every mentee with every mentor, NEVER where a rule excludes the pair."""
        points, _all = self.scores.rows(np.arange(len(self.mentees), dtype=np.intp))
        return points

    def sought(self, *, besides: Person | None = None) -> Counter[int]:
        """By place of the mentor: how many mentees have their most points there, and with nobody else."""
        best = self.points.max(axis=1, initial=NEVER, keepdims=True)
        most = (self.points == best) & (best > 0)
        most &= most.sum(axis=1, keepdims=True) == 1
        if besides is not None:
            most[self.row[besides.pk]] = False
        return Counter(dict(enumerate(most.sum(axis=0).tolist())))

    @cached_property
    def row(self) -> Mapping[UUID, int]:
        return {person.pk: at for at, person in enumerate(self.mentees)}

    @cached_property
    def column(self) -> Mapping[UUID, int]:
        return {person.pk: at for at, person in enumerate(self.mentors)}

    def _places(self, pairs: Collection[tuple[UUID, UUID]]) -> frozenset[tuple[int, int]]:
        return frozenset(
            (self.row[mentee], self.column[mentor])
            for mentee, mentor in pairs
            if mentee in self.row and mentor in self.column
        )

    def _rules(self) -> Iterator[Rule]:
        """Those of `rules.Facts`, but for a full mentor, who has no place; and who was asked before. For all pairs."""
        yield Rule(ASKED, self._places(self.asked))
        exempt = self._places([(one.mentee, mentor) for one in self.facts.values() for mentor in one.exempt])
        for why, pairs in self._against_pairs().items():
            yield Rule(why, self._places(pairs), unless=exempt if why in LIFTED else ())
        for why, people in self._against_mentors().items():
            mentors = frozenset(self.column[person] for person in people if person in self.column)
            yield Rule(why, mentors=mentors, unless=exempt if why in LIFTED else ())

    def _against_mentors(self) -> Mapping[Why, Set[UUID]]:
        if self.senior is None:
            return {}
        leaving = frozenset(self.column) - self.senior.mentors
        return {
            Why.NOT_A_MENTOR: leaving,
            Why.CHIEF: self.senior.chiefs,
            Why.RANK: self.senior.junior,
            Why.AWAY: self.senior.away,
            Why.RESTS: self.senior.resting,
        }

    def _against_pairs(self) -> Mapping[Why, Sequence[tuple[UUID, UUID]]]:
        found: dict[Why, list[tuple[UUID, UUID]]] = defaultdict(list)
        for one in self.facts.values():
            found[Why.SAME].append((one.mentee, one.mentee))
            found[Why.SUPERVISOR] += [(one.mentee, mentor) for mentor in one.above[:1]]
            found[Why.REPORTING] += [(one.mentee, mentor) for mentor in one.above[1:]]
            found[Why.TOGETHER] += [(one.mentee, mentor) for mentor in one.together]
            for mentor, kind in [*one.others.items(), *one.apart.items()]:
                found[Why(kind)].append((one.mentee, mentor))
        return found
