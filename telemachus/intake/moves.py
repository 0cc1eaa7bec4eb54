"""Each next move in words, and the button that does it: one table for the board, a recruit's page and Today."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.intake.models import Recruit
from telemachus.intake.path import Facts, Move, Next, Path, Stage, Who, path
from telemachus.intake.way import Way
from telemachus.lib.step import Act
from telemachus.pairing.models import Request


@dataclass(frozen=True)
class Doing:
    """`label` stands on the button, `sentence` on Today of whoever has the move, `waited_for` on others' boards."""

    label: Any
    sentence: Any
    waited_for: Any
    url: Callable[[Way], str]
    by_link: bool = True


def recruit_of(way: Way) -> Recruit:
    """Only a recruit is introduced, met and handed a packet."""
    assert way.recruit is not None
    return way.recruit


def _of_recruit(name: str) -> Callable[[Way], str]:
    return lambda way: reverse(name, args=[recruit_of(way).pk])


def _of_person(name: str) -> Callable[[Way], str]:
    return lambda way: reverse(name, args=[way.program.slug, way.person.pk])


def _own(name: str) -> Callable[[Way], str]:
    return lambda way: reverse(name, args=[way.program.slug])


def _of_list(way: Way) -> str:
    assert way.shortlist is not None
    return reverse("pairing:ask", args=[way.shortlist.pk])


def _of_request(way: Way) -> str:
    assert way.request is not None
    return reverse("pairing:introduce", args=[way.request.pk])


DOINGS: dict[Move, Doing] = {
    Move.INTRODUCE: Doing(
        gettext_lazy("Send the introduction"),
        gettext_lazy("%(name)s is coming: send the introduction."),
        gettext_lazy("sends the introduction"),
        _of_recruit("intake:introduce"),
    ),
    Move.WELCOME: Doing(
        gettext_lazy("Send the welcome"),
        gettext_lazy("%(name)s is coming: send a word of welcome."),
        gettext_lazy("sends the welcome"),
        _of_recruit("intake:introduce"),
    ),
    Move.CORRECT_ADDRESS: Doing(
        gettext_lazy("Correct the address"),
        gettext_lazy("The letter to %(name)s came back: correct the email address."),
        gettext_lazy("corrects the email address"),
        _of_recruit("intake:correct"),
    ),
    Move.CLOSE_OR_GO_ON: Doing(
        gettext_lazy("Close"),
        gettext_lazy("%(name)s has not answered two letters: close, or write once more."),
        gettext_lazy("closes, or writes once more"),
        _of_recruit("intake:close"),
    ),
    Move.PROPOSE_TIMES: Doing(
        gettext_lazy("Propose times"),
        gettext_lazy("Propose times to %(name)s for the first meeting."),
        gettext_lazy("proposes times for the first meeting"),
        _of_recruit("intake:propose"),
    ),
    Move.PICK_TIME: Doing(
        gettext_lazy("Choose a time"),
        gettext_lazy("Choose a time for your first meeting with the director."),
        gettext_lazy("chooses a time for the first meeting"),
        _own("intake:mine"),
    ),
    Move.SEND_PAPERS: Doing(
        gettext_lazy("Send them"),
        gettext_lazy("Send your CV and a few lines on what you hope for."),
        gettext_lazy("sends CV and aims"),
        _own("intake:mine"),
    ),
    Move.COMPLETE_STATUS: Doing(
        gettext_lazy("Complete the status form"),
        gettext_lazy("Complete the academic status form of %(name)s."),
        gettext_lazy("completes the status form"),
        _of_person("career:complete_status"),
    ),
    Move.CONFIRM_STATUS: Doing(
        gettext_lazy("Look at it"),
        gettext_lazy("Look at your academic status form and confirm it."),
        gettext_lazy("confirms the status form"),
        _of_person("career:status"),
    ),
    Move.MEET: Doing(
        gettext_lazy("Enter the first meeting"),
        gettext_lazy("Did you meet %(name)s?"),
        gettext_lazy("holds the first meeting"),
        _of_recruit("intake:meet"),
    ),
    Move.HAND_PACKET: Doing(
        gettext_lazy("The packet is handed over"),
        gettext_lazy("Hand %(name)s the welcome packet."),
        gettext_lazy("hands over the welcome packet"),
        _of_recruit("intake:hand_packet"),
        by_link=False,
    ),
    Move.MAKE_LIST: Doing(
        gettext_lazy("Name colleagues"),
        gettext_lazy("Name colleagues who could be the mentor of %(name)s."),
        gettext_lazy("names colleagues to choose from"),
        _of_person("pairing:shortlist"),
    ),
    Move.CHOOSE: Doing(
        gettext_lazy("Choose"),
        gettext_lazy("Choose your mentor."),
        gettext_lazy("chooses from the names"),
        _own("intake:mine"),
    ),
    Move.ASK_MENTOR: Doing(
        gettext_lazy("Ask the mentor"),
        gettext_lazy("%(name)s has chosen: ask the mentor."),
        gettext_lazy("asks the mentor"),
        _of_list,
        by_link=False,
    ),
    Move.ANSWER: Doing(
        gettext_lazy("Answer"),
        gettext_lazy("You are asked to be the mentor of %(name)s."),
        gettext_lazy("answers the request"),
        _own("intake:mine"),
    ),
    Move.INTRODUCE_PAIR: Doing(
        gettext_lazy("Introduce the two"),
        gettext_lazy("The mentor whom %(name)s chose has accepted: introduce the two."),
        gettext_lazy("introduces the two"),
        _of_request,
        by_link=False,
    ),
    Move.SAY_IF_MENTOR: Doing(
        gettext_lazy("Say if you would like one"),
        gettext_lazy("Would you like a mentor? You need not have one."),
        gettext_lazy("says whether a mentor is wished"),
        _own("intake:mine"),
    ),
}

STAGES: dict[Stage, Any] = {
    Stage.NOTICE: gettext_lazy("Notice"),
    Stage.INTRODUCTION: gettext_lazy("Introduction"),
    Stage.PAPERS: gettext_lazy("CV and aims"),
    Stage.STATUS: gettext_lazy("Status form"),
    Stage.MEETING: gettext_lazy("First meeting"),
    Stage.CHOICE: gettext_lazy("Choice"),
    Stage.REQUEST: gettext_lazy("Request"),
    Stage.INTRODUCED: gettext_lazy("Introduced"),
}

ROLES: dict[Who, Any] = {
    Who.DIRECTOR: gettext_lazy("Director"),
    Who.COORDINATOR: gettext_lazy("Coordinator"),
    Who.MENTEE: gettext_lazy("Mentee"),
    Who.MENTOR: gettext_lazy("Mentor"),
}

MISSING: dict[Move, Any] = {
    Move.SEND_PAPERS: gettext_lazy("CV or aspirations are still to come."),
    Move.COMPLETE_STATUS: gettext_lazy("The coordinator has not completed the status form."),
    Move.CONFIRM_STATUS: gettext_lazy("The status form is not confirmed yet."),
    Move.MEET: gettext_lazy("The first meeting with the director has not been held."),
}

# What happens between director, mentee and mentor; the coordinator reads neither names nor answers.
BETWEEN_THEM = (Move.MAKE_LIST, Move.CHOOSE, Move.ASK_MENTOR, Move.ANSWER, Move.INTRODUCE_PAIR)


def sentence(move: Move, way: Way) -> str:
    if move == Move.PROPOSE_TIMES and is_silent(way.facts):
        return _("%(name)s has not answered: write once more, with new times.") % {"name": way.person}
    if move == Move.ASK_MENTOR and (said := _after_no(way)):
        return said
    return str(DOINGS[move].sentence) % {"name": way.person}


# For whoever runs the search only: on the coordinator's path there is no request. Who it was stands on its page.
NOES: dict[str, Any] = {
    Request.State.DECLINED: gettext_lazy("An answer has come for the search of %(name)s."),
    Request.State.EXPIRED: gettext_lazy("No answer has come for the search of %(name)s."),
    Request.State.WITHDRAWN: gettext_lazy("The request in the search of %(name)s was taken back."),
}


def _after_no(way: Way) -> str:
    """That the request before is settled and somebody comes after it; empty for the first one of a list."""
    if way.request is None or way.request.state not in NOES or not _has_next_choice(way):
        return ""
    return str(NOES[way.request.state]) % {"name": way.person}


def _has_next_choice(way: Way) -> bool:
    """Did the mentee rank anybody behind the one who was asked last?"""
    if way.shortlist is None or way.request is None:
        return False
    ranks = {one.mentor_id: one.rank or 0 for one in way.shortlist.candidates.all()}
    return max(ranks.values(), default=0) > ranks.get(way.request.mentor_id, 0)


def is_silent(facts: Facts) -> bool:
    """One letter, and no sign of life since: the second goes before new times make sense."""
    return facts.letters == 1 and facts.replied is None and facts.met is None


def act(coming: Next, way: Way) -> Act | None:
    """The one button that does the move; None for a day that is waited for."""
    if coming.due and coming.due > way.facts.today:
        return None
    if coming.move == Move.MEET and way.facts.meets:
        return _met_as_agreed(way)
    if coming.move == Move.PROPOSE_TIMES and is_silent(way.facts):
        return replace(remind(way), label=_("Write once more"), quiet=False)
    doing = DOINGS[coming.move]
    if coming.move == Move.ASK_MENTOR and way.request and _after_no(way):
        return Act(_("Look at it"), reverse("pairing:request", args=[way.request.pk]), by_link=True)
    return Act(str(doing.label), doing.url(way), by_link=doing.by_link)


def _met_as_agreed(way: Way) -> Act:
    """On the agreed day, with the packet: nothing has to be typed."""
    day, recruit = way.facts.meets, recruit_of(way)
    assert day is not None
    words = _("Met on %(day)s, packet handed over") if way.facts.packet is None else _("Met on %(day)s")
    fields = (("on", day.isoformat()), ("packet", "on"))
    return Act(words % {"day": date_format(day, "j F")}, reverse("intake:meet", args=[recruit.pk]), fields=fields)


def remind(way: Way) -> Act:
    return Act(_("Remind"), reverse("intake:remind", args=[recruit_of(way).pk]), by_link=True, quiet=True)


def complete_status(way: Way) -> Act:
    doing = DOINGS[Move.COMPLETE_STATUS]
    return Act(str(doing.label), doing.url(way), by_link=True, quiet=True)


def enter_answer(way: Way) -> Act:
    """For a mentor who tells it rather than signs in."""
    assert way.request is not None
    return Act(
        _("Enter the answer"), reverse("pairing:answer_as_told", args=[way.request.pk]), by_link=True, quiet=True
    )


def close(way: Way) -> Act:
    return Act(_("Close"), reverse("intake:close", args=[recruit_of(way).pk]), by_link=True, quiet=True)


def without_choice(facts: Facts) -> Path:
    """The path as the coordinator may know it: worked out as if nobody had been named, chosen or asked.

    Neither whose move it is nor since when can betray a request or a decline.
    """
    return path(
        replace(
            facts, list_sent=None, list_state="", list_answered=None, left_to_ask=False,
            request=None, request_state="", request_answered=None,
        )
    )  # fmt: skip
