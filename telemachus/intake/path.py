"""The eight steps of a recruit (R1 to R8), read from what is known; and the one who has the next move.

Pure: facts in, path out. Steps may be done in another order where life does it so; what is missing stays in sight.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Stage(StrEnum):
    NOTICE = "notice"
    INTRODUCTION = "introduction"
    PAPERS = "papers"
    STATUS = "status"
    MEETING = "meeting"
    CHOICE = "choice"
    REQUEST = "request"
    INTRODUCED = "introduced"


class Who(StrEnum):
    DIRECTOR = "director"
    COORDINATOR = "coordinator"
    MENTEE = "mentee"
    MENTOR = "mentor"


class Move(StrEnum):
    """What is to be done next; each is an act of exactly one of `Who`."""

    INTRODUCE = "introduce"
    WELCOME = "welcome"
    CORRECT_ADDRESS = "correct_address"
    CLOSE_OR_GO_ON = "close_or_go_on"
    PROPOSE_TIMES = "propose_times"
    PICK_TIME = "pick_time"
    SEND_PAPERS = "send_papers"
    COMPLETE_STATUS = "complete_status"
    CONFIRM_STATUS = "confirm_status"
    MEET = "meet"
    HAND_PACKET = "hand_packet"
    MAKE_LIST = "make_list"
    CHOOSE = "choose"
    ASK_MENTOR = "ask_mentor"
    ANSWER = "answer"
    INTRODUCE_PAIR = "introduce_pair"
    SAY_IF_MENTOR = "say_if_mentor"


@dataclass(frozen=True)
class Facts:
    """Days on which something was done; None where it was not. All of one program's calendar.

    `must_pair`: a junior recruit, or one who wished for a mentor. `replied`: the recruit has done anything at all.
    `letters` counts those that arrived since the search began or was taken up again.
    """

    today: date
    must_pair: bool
    noticed: date
    introduced: date | None = None
    came_back: date | None = None
    address_corrected: date | None = None
    letters: int = 0
    last_letter: date | None = None
    replied: date | None = None
    times_proposed: date | None = None
    times_open: bool = False
    other_times_asked: date | None = None
    picked: date | None = None
    meets: date | None = None
    cv: date | None = None
    aspirations: date | None = None
    status_completed: date | None = None
    status_confirmed: date | None = None
    status_questioned: date | None = None
    met: date | None = None
    packet: date | None = None
    list_sent: date | None = None
    list_state: str = ""
    list_answered: date | None = None
    left_to_ask: bool = False
    request: date | None = None
    request_state: str = ""
    request_answered: date | None = None
    pair: date | None = None
    ended: date | None = None


@dataclass(frozen=True)
class Next:
    """`since` is the day from which it is this one's move; `due` a day in the future that is waited for."""

    who: Who
    move: Move
    since: date
    due: date | None = None


@dataclass(frozen=True)
class Mark:
    """One step of the eight: done on a day, or not."""

    stage: Stage
    done: date | None
    is_next: bool


@dataclass(frozen=True)
class Path:
    marks: tuple[Mark, ...]
    next: Next | None
    missing: tuple[Move, ...]


# The stage at which each move stands on the picture.
STAGE_OF: dict[Move, Stage] = {
    Move.INTRODUCE: Stage.INTRODUCTION,
    Move.WELCOME: Stage.INTRODUCTION,
    Move.CORRECT_ADDRESS: Stage.INTRODUCTION,
    Move.CLOSE_OR_GO_ON: Stage.INTRODUCTION,
    Move.PROPOSE_TIMES: Stage.MEETING,
    Move.PICK_TIME: Stage.MEETING,
    Move.SEND_PAPERS: Stage.PAPERS,
    Move.COMPLETE_STATUS: Stage.STATUS,
    Move.CONFIRM_STATUS: Stage.STATUS,
    Move.MEET: Stage.MEETING,
    Move.HAND_PACKET: Stage.MEETING,
    Move.MAKE_LIST: Stage.CHOICE,
    Move.CHOOSE: Stage.CHOICE,
    Move.ASK_MENTOR: Stage.REQUEST,
    Move.ANSWER: Stage.REQUEST,
    Move.INTRODUCE_PAIR: Stage.INTRODUCED,
    Move.SAY_IF_MENTOR: Stage.CHOICE,
}

# From the list on: the first meeting lies behind, and whoever is in the program already begins here.
OF_SEARCH = (Stage.CHOICE, Stage.REQUEST, Stage.INTRODUCED)
# No reply: so many mails and days, then the director closes or goes on (REQUIREMENTS, "Life, which happens").
LETTERS, DAYS_TO_REPLY = 2, 21


def path(facts: Facts) -> Path:
    """Exactly one next move for everybody who is on the way, none for whoever has arrived or ended."""
    coming = None if facts.ended or facts.pair else next(_moves(facts))
    done = {
        Stage.NOTICE: facts.noticed,
        Stage.INTRODUCTION: facts.introduced,
        Stage.PAPERS: max(facts.cv, facts.aspirations) if facts.cv and facts.aspirations else None,
        Stage.STATUS: facts.status_confirmed,
        Stage.MEETING: facts.met if facts.packet else None,
        Stage.CHOICE: facts.pair or (facts.list_answered if facts.list_state == "chosen" else None),
        Stage.REQUEST: facts.pair or (facts.request_answered if facts.request_state == "accepted" else None),
        Stage.INTRODUCED: facts.pair,
    }
    here = STAGE_OF[coming.move] if coming else None
    marks = tuple(Mark(stage, done[stage], stage == here) for stage in Stage)
    return Path(marks, coming, tuple(_missing(facts, coming)))


def _moves(facts: Facts) -> Iterator[Next]:
    """In the order of the founding document; the first is the next."""
    yield from _address(facts)
    yield from _pairing(facts)
    yield from _welcome(facts)
    if facts.met is None:
        yield from _first_meeting(facts)
    if facts.packet is None:
        yield Next(Who.DIRECTOR, Move.HAND_PACKET, facts.met or facts.noticed)
    yield from _shortlist(facts)


def _address(facts: Facts) -> Iterator[Next]:
    if facts.came_back:
        yield Next(Who.COORDINATOR, Move.CORRECT_ADDRESS, facts.came_back)


def _pairing(facts: Facts) -> Iterator[Next]:
    """Where a mentor has been asked or has agreed already, that goes first, whatever else is missing."""
    if facts.request and facts.request_state == "waiting":
        yield Next(Who.MENTOR, Move.ANSWER, facts.request)
    if facts.request and facts.request_state == "accepted":
        yield Next(Who.DIRECTOR, Move.INTRODUCE_PAIR, facts.request_answered or facts.request)
    if facts.list_state == "chosen" and facts.list_answered and facts.left_to_ask:
        since = max(facts.list_answered, facts.request_answered or facts.list_answered)
        yield Next(Who.DIRECTOR, Move.ASK_MENTOR, since)
    if facts.list_state == "sent" and facts.list_sent:
        yield Next(Who.MENTEE, Move.CHOOSE, facts.list_sent)


def _welcome(facts: Facts) -> Iterator[Next]:
    if facts.introduced is None:
        move = Move.INTRODUCE if facts.must_pair else Move.WELCOME
        yield Next(Who.DIRECTOR, move, facts.address_corrected or facts.noticed)
    elif not facts.must_pair:
        yield Next(Who.MENTEE, Move.SAY_IF_MENTOR, facts.introduced)
    elif _is_silent(facts):
        yield Next(Who.DIRECTOR, Move.CLOSE_OR_GO_ON, facts.last_letter or facts.introduced)


def _is_silent(facts: Facts) -> bool:
    """No reply: two mails, 21 days."""
    if facts.replied or facts.met or facts.last_letter is None:
        return False
    return facts.letters >= LETTERS and (facts.today - facts.last_letter).days >= DAYS_TO_REPLY


def _first_meeting(facts: Facts) -> Iterator[Next]:
    since = facts.introduced or facts.noticed
    if facts.meets is None and not facts.times_open:
        asked = facts.other_times_asked
        yield Next(Who.DIRECTOR, Move.PROPOSE_TIMES, asked or facts.times_proposed or since)
    if facts.meets is None:
        yield Next(Who.MENTEE, Move.PICK_TIME, facts.times_proposed or since)
    elif facts.meets < facts.today or facts.meets == facts.today:
        yield Next(Who.DIRECTOR, Move.MEET, facts.meets)
    yield from _papers(facts)
    if facts.meets:
        yield Next(Who.DIRECTOR, Move.MEET, facts.picked or facts.meets, due=facts.meets)


def _papers(facts: Facts) -> Iterator[Next]:
    since = facts.introduced or facts.noticed
    if facts.cv is None or facts.aspirations is None:
        yield Next(Who.MENTEE, Move.SEND_PAPERS, since)
    if facts.status_completed is None:
        yield Next(Who.COORDINATOR, Move.COMPLETE_STATUS, facts.noticed)
    elif facts.status_questioned:
        yield Next(Who.COORDINATOR, Move.COMPLETE_STATUS, facts.status_questioned)
    elif facts.status_confirmed is None:
        yield Next(Who.MENTEE, Move.CONFIRM_STATUS, facts.status_completed)


def _shortlist(facts: Facts) -> Iterator[Next]:
    """No open list, one that is used up, or one to which the mentee asks for other names."""
    since = facts.request_answered or facts.list_answered or facts.packet or facts.met or facts.noticed
    yield Next(Who.DIRECTOR, Move.MAKE_LIST, since)


def _missing(facts: Facts, coming: Next | None) -> Iterator[Move]:
    """What was passed over and can still come: not the next move, and not anybody's excuse to wait."""
    if facts.ended or not facts.must_pair:
        return
    for move in (each.move for each in _papers(facts)):
        if coming is None or move != coming.move:
            yield move
    if facts.met is None and coming and STAGE_OF[coming.move] in OF_SEARCH:
        yield Move.MEET
