"""The director's letters to a recruit (R2): our wording or the program's own, with its blanks filled for each."""

import re
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from telemachus.intake.models import Letter, Recruit, Wording
from telemachus.intake.path import Facts
from telemachus.intake.shipped import shipped, still_missing
from telemachus.lib.errors import Conflict, Refused
from telemachus.people.models import Person
from telemachus.program.models import Program

Kind = Letter.Kind
BLANK = re.compile(r"\[([^\[\]\n]{1,60})\]")
# The times are filled in when the letter goes: they stand on the same page and may still change.
TIMES = "times"
BLANKS = ("given name", "family name", "program", "director", "page")


def known_blanks(kind: Letter.Kind) -> tuple[str, ...]:
    return (*BLANKS, TIMES) if kind == Kind.INTRODUCTION else BLANKS


def unknown_blanks(body: str, kind: Letter.Kind) -> list[str]:
    """What stands in brackets and means nothing here: it would go out as it is."""
    known = known_blanks(kind)
    return [blank for blank in BLANK.findall(body) if blank not in known]


def wording(program: Program, kind: Letter.Kind) -> str:
    own = Wording.objects.filter(program=program, kind=kind).first()
    return own.body if own else shipped(kind)


def draft(recruit: Recruit, kind: Letter.Kind, *, by: Person) -> str:
    """The letter as the director finds it; the times are still a blank."""
    return _fill(wording(recruit.program, kind), _filled(recruit, by))


def draft_of_missing(recruit: Recruit, facts: Facts, *, by: Person) -> str:
    """The reminder to somebody who has answered, about what is still to come; empty where nothing is."""
    return _fill(still_missing(facts), _filled(recruit, by))


def keep(recruit: Recruit, kind: Letter.Kind, body: str, *, by: Person) -> None:
    """Make this wording the program's; what was filled in for this recruit becomes blanks again."""
    Wording.objects.update_or_create(
        program=recruit.program, kind=kind, defaults={"body": _emptied(body, _filled(recruit, by))}
    )


def introduce(recruit: Recruit, body: str, times: Sequence[datetime], *, by: Person, now: datetime) -> Letter:
    """The letter goes and the times stand, both or neither."""
    with transaction.atomic():
        recruit.hold_hours()
        letter = _send(recruit, Kind.INTRODUCTION, body, {TIMES: in_words(recruit.program, times)}, by=by, now=now)
        recruit.propose(times, by=by, now=now)
    return letter


def welcome(recruit: Recruit, body: str, *, by: Person, now: datetime) -> Letter:
    return _send(recruit, Kind.WELCOME, body, {}, by=by, now=now)


def remind(recruit: Recruit, body: str, *, seen: int, by: Person, now: datetime) -> Letter:
    """`seen` is how many letters the writer knew of: a double click sends one reminder."""
    with transaction.atomic():
        recruit.hold()
        if recruit.letters.count() != seen:
            raise Conflict(_("A reminder has been sent just now."))
        return _send(recruit, Kind.REMINDER, body, {}, by=by, now=now)


def remind_with_times(
    recruit: Recruit, body: str, times: Sequence[datetime], *, seen: int, by: Person, now: datetime
) -> Letter:
    """The first times have passed, and none is agreed: the reminder brings new ones, both or neither."""
    with transaction.atomic():
        recruit.hold_hours()
        letter = remind(recruit, body, seen=seen, by=by, now=now)
        recruit.propose_as_shown(times, agreed=None, by=by, now=now)
    return letter


def _send(recruit: Recruit, kind: Letter.Kind, body: str, also: dict[str, str], *, by: Person, now: datetime) -> Letter:
    if not recruit.person.email:
        raise Refused(_("%(name)s has no email address here. The coordinator can add it.") % {"name": recruit})
    return recruit.write(kind, _fill(body, {**_filled(recruit, by), **also}), by=by, now=now)


def in_words(program: Program, times: Sequence[datetime]) -> str:
    """One line for each, on the division's clock."""
    zone = ZoneInfo(program.zone)
    return "\n".join(date_format(at.astimezone(zone), "l j F, H:i (T)") for at in sorted(times))


def _filled(recruit: Recruit, by: Person) -> dict[str, str]:
    person = recruit.person
    return {
        "page": settings.BASE_URL + reverse("intake:mine", args=[recruit.program.slug]),
        "director": by.full_name,
        "program": recruit.program.name,
        "family name": person.family_name,
        "given name": person.preferred_name or person.given_name,
    }


def _fill(body: str, filled: dict[str, str]) -> str:
    return BLANK.sub(lambda found: filled.get(found[1], found[0]), body)


def _emptied(body: str, filled: dict[str, str]) -> str:
    """Whole words only; the longest first, so that a name within a longer one stays whole."""
    for blank, value in sorted(filled.items(), key=lambda item: -len(item[1])):
        if value:
            body = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", f"[{blank}]", body)
    return body
