"""Who is here already of those whom a notice may mean; what speaks against announcing, and what is asked first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from telemachus.career.models import Standing
from telemachus.career.roster_known import known_people
from telemachus.career.roster_who import Known
from telemachus.career.support import months_after
from telemachus.intake.models import Recruit
from telemachus.lib.errors import Refused
from telemachus.lib.names import Name, fold, resolve
from telemachus.program.models import Program, Role

MONTHS_BACK, MONTHS_AHEAD = 12, 36
# Whoever did not come can be announced anew.
NOT_COME = (Recruit.Ending.DECLINED, Recruit.Ending.DID_NOT_COME, Recruit.Ending.NO_REPLY)


class Objection(Refused):
    """Why somebody is not announced, and beside which field it is said."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class Asks(StrEnum):
    """What may well be meant, and is asked first."""

    PAST = "past"
    OTHER_NAME = "other_name"
    NAMESAKE = "namesake"


@dataclass(frozen=True)
class Doubt:
    asks: Asks
    field: str
    sentence: str


@dataclass(frozen=True)
class Newcomer:
    """Somebody who will come, as typed or as a row says; the mail address in small letters."""

    given_name: str
    family_name: str
    email: str
    title: str
    series: str
    rank: str
    step: str
    begins: date

    @property
    def who(self) -> str:
        return f"{self.family_name}, {self.given_name}"


class People:
    """The division, and whoever else has one of these addresses or numbers; read once."""

    def __init__(self, program: Program, mentioned: Iterable[str], day: date) -> None:
        self.program, self.day = program, day
        known = known_people(program, {each.lower() for each in mentioned})
        self.by_pk = {each.pk: each for each in known}
        self.by_mail = {each.mail: each for each in known if each.mail}
        self.by_number = {each.number: each for each in known if each.number}
        self.roles = _standing_roles(program, day)
        self._recruits = _newest_recruits(program)

    def is_announced(self, known: Known) -> bool:
        """Is on the way already."""
        recruit = self._recruits.get(known.pk)
        return recruit is not None and recruit.state == Recruit.State.OPEN

    def here_since(self, known: Known) -> date | None:
        """From which day somebody with a role and an appointment here is on the roster; None for whoever is not."""
        recruit, held = self._recruits.get(known.pk), known.held
        if (recruit and recruit.ending in NOT_COME) or held is None or known.pk not in self.roles:
            return None
        is_over = held.standing == Standing.TERMINATED or (held.ends is not None and held.ends < self.day)
        return None if is_over else held.begins or min(self.roles[known.pk].values())

    def called(self, text: str, among: Iterable[Known]) -> list[Known]:
        found = resolve(text, [(each.pk, name) for each in among for name in names_of(each)])
        return [self.by_pk[pk] for pk in found]

    def namesakes(self, newcomer: Newcomer) -> list[Known]:
        """Whoever has a role here, or is on the way, and can be called so."""
        return self.called(newcomer.who, self._by_family.get(fold(newcomer.family_name), []))

    @cached_property
    def members(self) -> list[Known]:
        """Whoever has a role here."""
        return [each for each in self.by_pk.values() if each.pk in self.roles]

    @cached_property
    def _by_family(self) -> dict[str, list[Known]]:
        found: dict[str, list[Known]] = {}
        for each in self.by_pk.values():
            if each.pk in self.roles or self.is_announced(each):
                found.setdefault(fold(each.family), []).append(each)
        return found


def objection(newcomer: Newcomer, people: People) -> Objection | None:
    """What makes the notice impossible."""
    if sentence := wrong_day(newcomer.begins, people.day):
        return Objection("begins", sentence)
    known = people.by_mail.get(newcomer.email)
    if known and people.is_announced(known):
        return Objection("email", _("%(name)s has been announced already.") % {"name": full_name(known)})
    since = people.here_since(known) if known else None
    return Objection("email", _on_roster(known, since, people.day)) if known and since else None


def doubts(newcomer: Newcomer, people: People) -> Iterator[Doubt]:
    known = people.by_mail.get(newcomer.email)
    if newcomer.begins < people.day:
        yield past(newcomer.begins)
    if known and not people.called(newcomer.who, [known]):
        yield Doubt(Asks.OTHER_NAME, "email", _other_name(known))
    if known is None and (alike := people.namesakes(newcomer)):
        sentence = _("%(name)s is here already, with another address. Is it the same person?")
        yield Doubt(Asks.NAMESAKE, "family_name", sentence % {"name": full_name(alike[0])})


def past(begins: date) -> Doubt:
    """A coordinator may be late."""
    sentence = _("%(day)s has passed already. Is it the right day?") % {"day": date_format(begins, "j F Y")}
    return Doubt(Asks.PAST, "begins", sentence)


def wrong_day(begins: date, day: date) -> str:
    """Why nobody can be announced for this day; empty where it can be."""
    if begins < months_after(day, -MONTHS_BACK):
        return _("This day is more than a year ago. Whoever has been here so long comes with the roster.")
    if begins > months_after(day, MONTHS_AHEAD):
        return _("This day is more than three years ahead. Look at the year once more.")
    return ""


def names_of(known: Known) -> Iterator[Name]:
    yield Name(known.family, known.given)
    if known.preferred:
        yield Name(known.family, known.preferred)


def full_name(known: Known) -> str:
    return f"{known.preferred or known.given} {known.family}".strip()


def _on_roster(known: Known, since: date, day: date) -> str:
    sentence = _("%(name)s is on the roster already, since %(day)s.")
    if since > day:
        sentence = _("%(name)s is on the roster already, from %(day)s.")
    return sentence % {"name": full_name(known), "day": date_format(since, "j F Y")}


def _other_name(known: Known) -> str:
    """Who somebody of another division is, is not said here."""
    if not known.belongs:
        return _("Somebody has this address here already, under another name. Is it the same person?")
    return _("%(name)s has this address here. Is it the same person?") % {"name": full_name(known)}


def _standing_roles(program: Program, day: date) -> dict[UUID, dict[str, date]]:
    """Of each person the kinds of role that have not ended, with their first day."""
    found: dict[UUID, dict[str, date]] = {}
    standing = Role.objects.filter(Q(until=None) | Q(until__gte=day), program=program)
    for person, kind, since in standing.values_list("person", "kind", "since"):
        found.setdefault(person, {})[kind] = since
    return found


def _newest_recruits(program: Program) -> dict[UUID, Recruit]:
    return {one.person_id: one for one in Recruit.objects.filter(program=program).order_by("noticed_at")}
