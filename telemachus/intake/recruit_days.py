"""The start days of a list as people type them; what can be read in two ways is asked, once for a column."""

import re
from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from telemachus.lib.dates import parse_date
from telemachus.program.importing import Inquiry, Question, question_key

LEAVE_OUT = "-"
MONTH_FIRST, DAY_FIRST = "month", "day"
FIGURES = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
MONTH_ALONE = re.compile(
    r"(?P<name>[a-z]{3,9})\.?,?\s+(?P<after>[0-9]{4})"
    r"|(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})"
    r"|(?P<before>[0-9]{4})-(?P<last>[0-9]{1,2})",
    re.IGNORECASE,
)


class Days:
    """Knows the whole column: one day that can only be read day first makes every other one a question."""

    def __init__(self, texts: Iterable[str], inquiry: Inquiry) -> None:
        self.inquiry = inquiry
        self.is_mixed = any(_is_foreign(text) for text in texts)

    def read(self, text: str, row: int) -> date | None:
        """None for what is no day, and while an answer is open or says to leave it out: see `is_asked`."""
        readings = _readings(text)
        if len(set(readings.values())) > 1 and self._is_unsure(text):
            answer = self.inquiry.ask(_which_first(text, row, readings))
            return readings[answer] if answer else None
        if readings:
            return readings.get(MONTH_FIRST) or readings[DAY_FIRST]
        month = _month_alone(text)
        if month is None:
            return parse_date(text)
        answer = self.inquiry.ask(_first_of_month(text, row, month))
        return month if answer == month.isoformat() else None

    def is_asked(self, text: str) -> bool:
        """Whether the cell says something that a question is about."""
        return bool(_readings(text)) or _month_alone(text) is not None

    def is_left_out(self, text: str) -> bool:
        return self.inquiry.answers.get(_first_key(text)) == LEAVE_OUT

    def _is_unsure(self, text: str) -> bool:
        """Month first is the habit here, unless the column says otherwise or somebody once answered."""
        return self.is_mixed or "/" not in text or _which_first_key() in self.inquiry.answers


def _readings(text: str) -> dict[str, date]:
    """By which figure comes first; only what is a day of the calendar."""
    matched = FIGURES.fullmatch(text.strip())
    if matched is None:
        return {}
    one, other, year = matched[1], matched[3], matched[4]
    days = {MONTH_FIRST: parse_date(f"{one}/{other}/{year}"), DAY_FIRST: parse_date(f"{other}/{one}/{year}")}
    return {order: day for order, day in days.items() if day}


def _is_foreign(text: str) -> bool:
    return set(_readings(text)) == {DAY_FIRST}


def _month_alone(text: str) -> date | None:
    """The first day of “July 2027”, “7/2027” or “2027-07”."""
    matched = MONTH_ALONE.fullmatch(text.strip())
    if matched is None:
        return None
    if matched["name"]:
        return parse_date(f"{matched['name']} 1, {matched['after']}")
    return parse_date(f"{matched['year'] or matched['before']}-{matched['month'] or matched['last']}-1")


def _which_first_key() -> str:
    return question_key("days", "first")


def _which_first(text: str, row: int, readings: dict[str, date]) -> Question:
    words = {order: date_format(day, "j F Y") for order, day in readings.items()}
    return Question(
        key=_which_first_key(),
        sentence=_("Which comes first in the start days of this file: month or day?"),
        choices=(
            (MONTH_FIRST, _("The month: %(text)s is %(day)s") % {"text": text, "day": words[MONTH_FIRST]}),
            (DAY_FIRST, _("The day: %(text)s is %(day)s") % {"text": text, "day": words[DAY_FIRST]}),
        ),
        rows=(row,),
        why=_("Some can be read in two ways."),
    )


def _first_key(text: str) -> str:
    return question_key("days", "of", text.casefold())


def _first_of_month(text: str, row: int, first: date) -> Question:
    return Question(
        key=_first_key(text),
        sentence=_("Which day is “%(text)s”?") % {"text": text},
        choices=(
            (first.isoformat(), date_format(first, "j F Y")),
            (LEAVE_OUT, _("Not known yet: leave the row out")),
        ),
        rows=(row,),
        why=_("The day is missing."),
    )
