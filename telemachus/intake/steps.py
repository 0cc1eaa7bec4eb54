"""What waits on the way of recruits: for director, deputy and coordinator, and for the recruit oneself."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemachus.intake import moves
from telemachus.intake.access import own_recruits
from telemachus.intake.board import DAYS_UNTIL_LATE, Card, board_programs, looking, on_the_way
from telemachus.intake.path import Move, Next, Who
from telemachus.intake.way import Way, ways
from telemachus.lib.step import Act, Step
from telemachus.people.models import Person
from telemachus.program.models import Program

# The list to choose from and the status form are told by the rooms in which they stand.
TOLD_ELSEWHERE = (Move.CHOOSE, Move.CONFIRM_STATUS)
# More mentees without a mentor than this are one step: a whole division may have been imported.
MOST_SEARCHES = 3


def steps(user: Person, now: datetime) -> list[Step]:
    return [*_of_office(user, now), *_own(user, now)]


def _of_office(user: Person, now: datetime) -> Iterator[Step]:
    for program in board_programs(user):
        for card in on_the_way(user, program, now):
            yield from _of_recruit(card)
        yield from _of_searches(program, [card for card in looking(user, program, now) if card.waits])


def _of_recruit(card: Card) -> Iterator[Step]:
    # The room of the form tells what its person says is not right.
    questioned = card.next and card.next.move == Move.COMPLETE_STATUS and card.way.facts.status_questioned
    if card.waits and not questioned:
        yield _move(card)
    if form := card.complete_status:
        yield _status(card, form)
    if card.needs_second:
        yield _second(card)


def _move(card: Card) -> Step:
    """The next move, and where a choice is to be made the other one beside it."""
    assert card.next is not None
    act = card.act
    assert act is not None
    acts = [act]
    if card.next.move == Move.CLOSE_OR_GO_ON:
        acts = [replace(moves.remind(card.way), label=_("Write once more")), replace(act, quiet=True)]
    if card.next.move == Move.MEET:
        acts.append(Act(_("Another day"), _page(card), by_link=True, quiet=True))
    return Step(sentence=card.sentence, why=_why(card), since=card.next.since, acts=tuple(acts), late=card.late)


def _why(card: Card) -> str:
    return card.way.appointment.rank_and_series if card.way.appointment else ""


def _page(card: Card) -> str:
    return reverse("intake:recruit", args=[moves.recruit_of(card.way).pk])


def _status(card: Card, form: Act) -> Step:
    since = card.way.facts.noticed
    # A letter that came back stands above the form: without an address nobody confirms it.
    shown = max(since, card.next.since) if card.next and card.next.move == Move.CORRECT_ADDRESS else since
    return Step(
        sentence=moves.sentence(Move.COMPLETE_STATUS, card.way),
        why=_why(card),
        since=shown,
        acts=(replace(form, label=_("Complete it"), quiet=False),),
        late=(card.way.facts.today - since).days > DAYS_UNTIL_LATE,
    )


def _second(card: Card) -> Step:
    sent = card.way.facts.last_letter
    assert sent is not None
    return Step(
        sentence=_("%(name)s has not answered yet: write once more.") % {"name": card.person},
        why=_why(card),
        since=sent,
        acts=(replace(moves.remind(card.way), label=_("Write once more"), quiet=False),),
        late=True,
    )


def _of_searches(program: Program, cards: list[Card]) -> Iterator[Step]:
    """Mentees without a mentor for whom the director has the move."""
    named = [card for card in cards if card.next and card.next.move == Move.MAKE_LIST]
    if len(named) <= MOST_SEARCHES:
        yield from map(_move, cards)
        return
    yield from (_move(card) for card in cards if card not in named)
    yield Step(
        sentence=ngettext(
            "%(count)s mentee has no mentor yet.", "%(count)s mentees have no mentor yet.", len(named)
        ) % {"count": len(named)},
        why=program.name,
        since=min(card.next.since for card in named if card.next),
        acts=(Act(_("See who"), reverse("intake:board", args=[program.slug]) + "#looking", by_link=True),),
    )  # fmt: skip


def _own(user: Person, now: datetime) -> Iterator[Step]:
    """One's own next move; what only others can do is not asked here."""
    for recruit in own_recruits(user):
        way = ways(recruit.program, [recruit], now)[0]
        coming = way.path.next
        if coming and coming.who == Who.MENTEE and coming.move not in TOLD_ELSEWHERE:
            yield _own_move(way, coming)
        if _asks_for_papers(way):
            yield _papers(way)


def _own_move(way: Way, coming: Next) -> Step:
    label = str(moves.DOINGS[coming.move].label)
    return Step(
        sentence=moves.sentence(coming.move, way),
        since=coming.since,
        acts=(Act(label, reverse("intake:mine", args=[way.program.slug]), by_link=True),),
    )


def _asks_for_papers(way: Way) -> bool:
    """The first meeting is to come, something else is the next move, and papers are missing."""
    facts = way.facts
    return Move.SEND_PAPERS in way.path.missing and facts.introduced is not None and facts.met is None


def _papers(way: Way) -> Step:
    facts = way.facts
    return Step(
        sentence=_("Send your CV and a few words about what you would like to do."),
        why=_("Your director reads them before you meet."),
        since=facts.introduced or facts.noticed,
        acts=(Act(_("Send them"), reverse("intake:mine", args=[way.program.slug]), by_link=True, quiet=True),),
    )
