"""The board: everybody on the way as the reader may know it, with the one who has the next move."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from telemachus.intake import moves
from telemachus.intake.access import directed_people, directed_recruits, visible_recruits
from telemachus.intake.models import Recruit
from telemachus.intake.path import OF_SEARCH, STAGE_OF, Mark, Move, Next, Path, Stage, Who
from telemachus.intake.way import Way, searches, ways
from telemachus.lib.step import Act
from telemachus.lib.time import age_in_words
from telemachus.people.models import Person
from telemachus.program.access import OFFICE, Kind, deputyships, holds, programs_as
from telemachus.program.models import Program

# After so many days a move is late; ended ones stay on the board for so many days.
DAYS_UNTIL_LATE, DAYS_CLOSED_SHOWN = 14, 90
# A first letter without an answer: after so many days the second is due.
DAYS_UNTIL_SECOND = 14

OF_HIGHER_RANK = (Stage.NOTICE, Stage.INTRODUCTION, Stage.CHOICE)


@dataclass(frozen=True)
class Dot:
    """One mark of the picture: `kind` is done, next, passed (left out so far) or open; `reached` draws its line."""

    name: str
    kind: str
    said: str
    reached: bool


@dataclass(frozen=True)
class Card:
    """One person on the way, for one reader."""

    way: Way
    path: Path
    directs: bool
    coordinates: bool

    @property
    def person(self) -> Person:
        return self.way.person

    @property
    def recruit(self) -> Recruit | None:
        return self.way.recruit

    @property
    def next(self) -> Next | None:
        return self.path.next

    @property
    def mine(self) -> bool:
        """Has the reader the next move?"""
        roles = {Who.DIRECTOR: self.directs, Who.COORDINATOR: self.coordinates}
        return self.next is not None and roles.get(self.next.who, False)

    @property
    def waits(self) -> bool:
        """The reader's move, and to be made now."""
        return self.mine and self.act is not None

    @property
    def days(self) -> int:
        return max((self.way.facts.today - self.next.since).days, 0) if self.next else 0

    @property
    def due(self) -> date | None:
        """The day that is waited for."""
        due = self.next.due if self.next else None
        return due if due and due > self.way.facts.today else None

    @property
    def late(self) -> bool:
        return self.due is None and self.days > DAYS_UNTIL_LATE

    @property
    def age(self) -> str:
        if self.due:
            return _("first meeting on %(day)s") % {"day": date_format(self.due, "j F")}
        return age_in_words(self.days)

    @property
    def how_long(self) -> str:
        return self.age if self.due or not self.days else _("for %(age)s") % {"age": self.age}

    @property
    def who(self) -> str:
        """The mentor by name, for whoever may know it."""
        if self.next is None:
            return ""
        if self.next.who == Who.MENTOR and self.way.request:
            return str(self.way.request.mentor)
        return _("You") if self.mine else str(moves.ROLES[self.next.who])

    @property
    def waited_for(self) -> str:
        if self.next is None:
            return ""
        if self.next.move in moves.BETWEEN_THEM and not self.directs:
            return _("is arranging the mentor")
        return str(moves.DOINGS[self.next.move].waited_for)

    @property
    def sentence(self) -> str:
        """What the reader reads on Today who has the move."""
        assert self.next is not None
        return moves.sentence(self.next.move, self.way)

    @property
    def act(self) -> Act | None:
        """The one button: the reader's own move, else what the director can do about another's."""
        if self.next and self.mine:
            return moves.act(self.next, self.way)
        if self.directs and self.next and self.next.move == Move.ANSWER:
            return moves.enter_answer(self.way)
        if self.can_remind and self.late:
            return moves.remind(self.way) if self.way.facts.must_pair else moves.close(self.way)
        return None

    @property
    def can_remind(self) -> bool:
        """Whose move it is has had a letter before."""
        asked = self.next is not None and self.next.who == Who.MENTEE and self.next.move != Move.CHOOSE
        return self.directs and self.recruit is not None and asked

    @property
    def needs_second(self) -> bool:
        """One letter, two weeks, no sign of life, though times are still on offer."""
        facts = self.way.facts
        if not self.can_remind or not facts.must_pair or facts.last_letter is None:
            return False
        return moves.is_silent(facts) and (facts.today - facts.last_letter).days > DAYS_UNTIL_SECOND

    @property
    def owes_status(self) -> bool:
        """The coordinator's form is not completed, whoever has the next move; nobody fills it in for the silent."""
        facts = self.way.facts
        if self.recruit is None or (self.next and self.next.move == Move.CLOSE_OR_GO_ON):
            return False
        return self.coordinates and facts.must_pair and facts.status_completed is None and facts.ended is None

    @property
    def complete_status(self) -> Act | None:
        """The form that is missing beside the next move."""
        if not self.owes_status or (self.next and self.next.move == Move.COMPLETE_STATUS):
            return None
        return moves.complete_status(self.way)

    @property
    def missing(self) -> list[str]:
        return [str(moves.MISSING[move]) for move in self.path.missing]

    @property
    def dots(self) -> list[Dot]:
        return dots(self.path, stages_of(self.way))

    @property
    def every_dot(self) -> list[Dot]:
        """For the table, in which everybody on the way has the same columns."""
        return dots(self.path, tuple(Stage) if self.recruit else OF_SEARCH)

    @property
    def picture(self) -> str:
        return in_words(self.dots)


def stages_of(way: Way) -> tuple[Stage, ...]:
    """Who looks for another mentor has the first steps behind; who need not pair has few before."""
    if way.recruit is None:
        return OF_SEARCH
    return tuple(Stage) if way.facts.must_pair or way.facts.pair else OF_HIGHER_RANK


def dots(path: Path, stages: tuple[Stage, ...] = tuple(Stage)) -> list[Dot]:
    """The marks of the picture, with a word for each that a reader without the picture hears."""
    marks = [mark for mark in path.marks if mark.stage in stages]
    here = next((place for place, mark in enumerate(marks) if mark.is_next), len(marks))
    if path.next is None:
        here = max((place for place, mark in enumerate(marks) if mark.done), default=-1) + 1
    late = path.next is None or STAGE_OF[path.next.move] in OF_SEARCH
    kinds = [_kind(mark, place, here, late) for place, mark in enumerate(marks)]
    before = ["done", *kinds]
    return [
        _dot(mark, kind, kind != "open" and earlier != "open")
        for mark, kind, earlier in zip(marks, kinds, before, strict=False)
    ]


def _kind(mark: Mark, place: int, here: int, late: bool) -> str:
    """What is not done is left out only once the first meeting lies behind: until then papers come in any order."""
    if mark.done:
        return "done"
    if mark.is_next:
        return "next"
    return "passed" if place < here and late else "open"


def _dot(mark: Mark, kind: str, reached: bool) -> Dot:
    said = {"next": _("next"), "passed": _("left out so far"), "open": _("not yet"), "done": _("done")}[kind]
    if mark.done:
        said = date_format(mark.done, "j F Y")
    return Dot(str(moves.STAGES[mark.stage]), kind, said, reached)


def in_words(dots: list[Dot]) -> str:
    """The picture's name for whoever does not see it."""
    done = sum(dot.kind == "done" for dot in dots)
    words = _("%(done)d of %(all)d steps done") % {"done": done, "all": len(dots)}
    coming = [_("next: %(step)s") % {"step": dot.name} for dot in dots if dot.kind == "next"]
    passed = [_("left out so far: %(step)s") % {"step": dot.name} for dot in dots if dot.kind == "passed"]
    return "; ".join([words, *coming, *passed])


def board_programs(user: Person) -> list[Program]:
    """Where the person has something to look after: as director, coordinator, or as a director's deputy."""
    found = [*programs_as(user, *OFFICE), *(one.program for one in deputyships(user))]
    return list({program.pk: program for program in found}.values())


def on_the_way(user: Person, program: Program, now: datetime) -> list[Card]:
    recruits = visible_recruits(user).open().filter(program=program).order_by("noticed_at", "pk")
    return _cards(user, program, ways(program, recruits, now))


def looking(user: Person, program: Program, now: datetime) -> list[Card]:
    """Mentees of the program without a mentor, as far as they are the reader's to look after."""
    if program not in board_programs(user):
        return []
    cards = _cards(user, program, [way for way in searches(program, now) if way.person != user])
    return [card for card in cards if card.directs or card.coordinates]


def closed(user: Person, program: Program, now: datetime) -> list[tuple[Recruit, bool]]:
    """Those whose way ended in the last months, newest first, each with whether the reader may reopen it."""
    since = program.day(now) - timedelta(days=DAYS_CLOSED_SHOWN)
    ended = visible_recruits(user).filter(program=program, state=Recruit.State.ENDED, ended_on__gte=since)
    directed = set(directed_recruits(user).filter(program=program).values_list("pk", flat=True))
    return [
        (recruit, recruit.pk in directed and recruit.ending != Recruit.Ending.PAIRED)
        for recruit in ended.order_by("-ended_on", "person__sort_name")
    ]


def card_of(user: Person, recruit: Recruit, now: datetime) -> Card:
    return _cards(user, recruit.program, ways(recruit.program, [recruit], now))[0]


def _cards(user: Person, program: Program, found: Iterable[Way]) -> list[Card]:
    """What waits for the reader first, and there the oldest."""
    directs = directed_people(user, program)
    coordinates = holds(user, program, Kind.COORDINATOR)
    cards = [_card(way, directs(way.person), coordinates) for way in found]
    return sorted(cards, key=lambda card: (not card.waits, card.next.since if card.next else date.max))


def _card(way: Way, directs: bool, coordinates: bool) -> Card:
    path = way.path if directs else moves.without_choice(way.facts)
    return Card(way, path, directs, coordinates)
