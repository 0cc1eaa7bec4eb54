"""The way as the one who goes it reads it: where one is, who has the next move, what comes later.

From the choice to the introduction it says only that the director is arranging it: nobody learns here who was asked,
and what was answered (R7).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.intake.path import OF_SEARCH, Facts, Move, Next, Stage, Who, path
from telemachus.intake.way import Way
from telemachus.pairing.asking import runner
from telemachus.pairing.models import Shortlist
from telemachus.people.models import Person


@dataclass(frozen=True)
class Stop:
    """One of the eight steps: done on a day, here, left open before where one is, or still to come."""

    words: str
    done: date | None
    is_here: bool
    is_open: bool
    is_papers: bool


@dataclass(frozen=True)
class OwnPath:
    """`since` is None where a day in the future is waited for; `by` is who reads the choice."""

    by: str
    here: str
    whose: str
    since: date | None
    is_mine: bool
    stops: list[Stop]


STOPS: dict[Stage, Promise] = {
    Stage.NOTICE: gettext_lazy("The division announces you"),
    Stage.INTRODUCTION: gettext_lazy("Your director writes to you"),
    Stage.PAPERS: gettext_lazy("You send your CV and a few words about what you would like to do"),
    Stage.STATUS: gettext_lazy("The coordinator completes your status form, you confirm it"),
    Stage.MEETING: gettext_lazy("You meet your director, for an hour, and get the welcome packet"),
    Stage.CHOICE: gettext_lazy("%(by)s names colleagues to you, and you choose"),
    Stage.REQUEST: gettext_lazy("%(by)s asks the colleague you chose"),
    Stage.INTRODUCED: gettext_lazy("The two of you are introduced"),
}

HERE: dict[Move, Promise] = {
    Move.INTRODUCE: gettext_lazy("Welcome. Your director will write to you."),
    Move.WELCOME: gettext_lazy("Welcome. Your director will write to you."),
    Move.PROPOSE_TIMES: gettext_lazy("Your director proposes times for your first meeting."),
    Move.PICK_TIME: gettext_lazy("Choose a time for your first meeting with your director."),
    Move.SEND_PAPERS: gettext_lazy("Send your CV and a few words about what you would like to do."),
    Move.COMPLETE_STATUS: gettext_lazy("The coordinator completes your academic status form."),
    Move.CONFIRM_STATUS: gettext_lazy("Look at your academic status form and confirm it."),
    Move.MEET: gettext_lazy("You meet your director."),
    Move.HAND_PACKET: gettext_lazy("You have met. Your director hands you the welcome packet."),
    Move.MAKE_LIST: gettext_lazy("%(by)s is looking for senior colleagues who suit you, and will name them to you."),
    Move.CHOOSE: gettext_lazy("Choose whom you would like as your mentor."),
    Move.ASK_MENTOR: gettext_lazy("You have chosen. %(by)s is arranging it."),
    Move.SAY_IF_MENTOR: gettext_lazy("Nothing is asked of you."),
}

WHOSE: dict[Who, Promise] = {
    Who.MENTEE: gettext_lazy("The next move is yours"),
    Who.DIRECTOR: gettext_lazy("The next move is your director’s"),
    Who.COORDINATOR: gettext_lazy("The next move is the coordinator’s"),
}


def own_facts(facts: Facts) -> Facts:
    """What one may know of one's own way: no request and no answer, no letter that came back or was counted."""
    return replace(
        facts,
        came_back=None,
        letters=0,
        request=None,
        request_state="",
        request_answered=None,
        left_to_ask=facts.list_state == Shortlist.State.CHOSEN,
    )


def own_path(facts: Facts, *, is_recruit: bool, by: Person | None = None) -> OwnPath | None:
    """None for whoever has a mentor, and for a search that is closed. `by` runs the list, once there is one."""
    mine = path(own_facts(facts))
    if mine.next is None:
        return None
    name = str(by or _("Your director"))
    here = next(place for place, mark in enumerate(mine.marks) if mark.is_next)
    return OwnPath(
        by=str(by or _("your director")),
        here=_here(mine.next, facts, name),
        whose=_whose(mine.next, by),
        since=None if mine.next.due else mine.next.since,
        is_mine=mine.next.who == Who.MENTEE,
        stops=[
            Stop(
                str(STOPS[mark.stage]) % {"by": name},
                mark.done,
                is_here=mark.is_next,
                is_open=not mark.done and not mark.is_next and place < here,
                is_papers=mark.stage == Stage.PAPERS,
            )
            for place, mark in enumerate(mine.marks)
            if is_recruit or mark.stage in OF_SEARCH
        ],
    )


def own_path_of(way: Way, now: datetime) -> OwnPath | None:
    by = runner(way.shortlist, now) if way.shortlist else None
    return own_path(way.facts, is_recruit=way.recruit is not None, by=by)


def _whose(coming: Next, by: Person | None) -> str:
    """The director's part of a search is whose name stands on the list: a deputy's, where a director is on it."""
    if by and coming.who == Who.DIRECTOR and coming.move in (Move.MAKE_LIST, Move.ASK_MENTOR):
        return _("The next move is with %(by)s") % {"by": by}
    return str(WHOSE[coming.who])


def _here(coming: Next, facts: Facts, by: str) -> str:
    if coming.move == Move.PROPOSE_TIMES and facts.other_times_asked:
        return _("You asked for other times. Your director proposes some.")
    if coming.move == Move.MAKE_LIST and facts.list_state == Shortlist.State.OTHERS:
        return _("You asked for other names. %(by)s is looking for some.") % {"by": by}
    if coming.move == Move.MEET and not coming.due:
        return (
            _("You meet your director today.")
            if facts.meets == facts.today
            else _("Your first meeting is not registered yet.")
        )
    return str(HERE[coming.move]) % {"by": by}
