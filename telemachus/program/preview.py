"""A plan as a page shows it: oddities by kind, rows by what is done with them, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemachus.program.importing import Does, Oddity, Plan, Question

# A page of a long file stays one that a phone can open.
MOST_SHOWN = 200


@dataclass(frozen=True)
class Group:
    """One heading with its count; `rows` are the first of them, `more` says how many are not shown."""

    heading: str
    count: int
    rows: Sequence[Any]
    is_open: bool

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


@dataclass(frozen=True)
class Answered:
    question: Question
    answer: str


def line_groups(plan: Plan) -> list[Group]:
    """What will be created and changed first, then what is left and what is not taken."""
    groups = {does: [line for line in plan.lines if line.does == does] for does in Does}
    return [
        Group(sentence_of(does, len(lines)), len(lines), lines[:MOST_SHOWN], is_open=does == Does.CHANGE)
        for does, lines in groups.items()
        if lines
    ]


def oddity_groups(plan: Plan, at_most: int | None = MOST_SHOWN) -> list[Group]:
    groups: dict[str, list[Oddity]] = {}
    for oddity in plan.oddities:
        groups.setdefault(oddity.sentence, []).append(oddity)
    return [
        Group(sentence, len(oddities), oddities[:at_most], is_open=len(oddities) < 10)
        for sentence, oddities in groups.items()
    ]


def answered(plan: Plan) -> list[Answered]:
    return [Answered(question, dict(question.choices)[answer]) for question, answer in plan.answered]


def said(tally: Mapping[str, int]) -> str:
    """In one sentence what writing does or did: “70 created, 2 changed.”"""
    parts = [_short(does, tally[does]) for does in Does if tally.get(does)]
    return ", ".join(parts) or _("no row")


def sentence_of(does: Does, count: int) -> str:
    sentences = {
        Does.CREATE: ngettext("%(count)s row is new", "%(count)s rows are new", count),
        Does.CHANGE: ngettext("%(count)s row changes something", "%(count)s rows change something", count),
        Does.LEAVE: ngettext("%(count)s row is here already", "%(count)s rows are here already", count),
        Does.SKIP: ngettext("%(count)s row is not taken", "%(count)s rows are not taken", count),
    }
    return sentences[does] % {"count": count}


def _short(does: Does, count: int) -> str:
    words = {
        Does.CREATE: _("%(count)s new"),
        Does.CHANGE: _("%(count)s changed"),
        Does.LEAVE: _("%(count)s left as they are"),
        Does.SKIP: _("%(count)s not taken"),
    }
    return words[does] % {"count": count}
