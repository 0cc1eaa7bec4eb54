"""Somebody for the time in which a mentor rests: offered after three months, ended by the director's own act."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from telemachus.lib.errors import Conflict, Refused
from telemachus.lib.time import DAYS_UNTIL_MONTHS
from telemachus.pairing.models import Offer, Pairing, PairingQuerySet, Pause
from telemachus.pairing.rules import facts, sentence
from telemachus.people.models import Person

# Three months, rested or foreseen.
DAYS_TO_OFFER = DAYS_UNTIL_MONTHS


@dataclass(frozen=True)
class Rest:
    """A pair or its mentor rests, from a first to a last day; pauses that follow each other are one rest."""

    begins: date
    until: date
    mentee_away: bool = False

    @property
    def is_long(self) -> bool:
        return (self.until - self.begins).days + 1 >= DAYS_TO_OFFER

    @property
    def needs_somebody(self) -> bool:
        """A mentee who is away as well needs nobody for that time."""
        return self.is_long and not self.mentee_away


def rests(pairings: Iterable[Pairing], now: datetime) -> dict[UUID, Rest]:
    """By pair, the rest that runs today, of the pair or of its mentor; one query for any number of pairs."""
    listed = list(pairings)
    pauses = _pauses(listed)
    found = {}
    for pairing in listed:
        today = pairing.program.day(now)
        rest = _running(pauses[pairing.pk, "pair"], today)
        if rest:
            found[pairing.pk] = replace(rest, mentee_away=bool(_running(pauses[pairing.pk, "mentee"], today)))
    return found


def rested_until(pairings: Iterable[Pairing]) -> dict[UUID, date]:
    """By pair, the last day of the last rest, of the pair or of its mentor."""
    listed = list(pairings)
    pauses = _pauses(listed)
    found = {pairing.pk: [pause.until for pause in pauses[pairing.pk, "pair"]] for pairing in listed}
    return {key: max(days) for key, days in found.items() if days}


def _pauses(pairings: list[Pairing]) -> dict[tuple[UUID, str], list[Pause]]:
    """Of the pair and its mentor together, and of its mentee."""
    found: dict[tuple[UUID, str], list[Pause]] = defaultdict(list)
    members = [member for pairing in pairings for member in (pairing.mentee_id, pairing.mentor_id)]
    touching = Pause.objects.filter(Q(pairing__in=pairings) | Q(person__in=members)).order_by("begins")
    for pause in touching if pairings else ():
        for pairing in pairings:
            here = pause.program_id == pairing.program_id
            if pause.pairing_id == pairing.pk or (here and pause.person_id == pairing.mentor_id):
                found[pairing.pk, "pair"].append(pause)
            elif here and pause.person_id == pairing.mentee_id:
                found[pairing.pk, "mentee"].append(pause)
    return found


def _running(pauses: Iterable[Pause], today: date) -> Rest | None:
    """`pauses` by their first day."""
    rest: Rest | None = None
    for pause in pauses:
        if rest and pause.begins <= rest.until + timedelta(days=1):
            rest = Rest(rest.begins, max(rest.until, pause.until))
        elif rest is None or rest.until < today:
            rest = Rest(pause.begins, pause.until)
    return rest if rest and rest.begins <= today <= rest.until else None


def rest_long(pairings: Iterable[Pairing], now: datetime) -> set[UUID]:
    """The pairs that rest today for so long that somebody may stand in."""
    return {key for key, rest in rests(pairings, now).items() if rest.is_long}


def interims_of(pairings: Iterable[Pairing]) -> PairingQuerySet:
    """The pairs that stand in for these now."""
    return Pairing.objects.active().filter(stands_in_for__in=list(pairings)).with_people()


def refuse_at_work(absent: Pairing, now: datetime) -> None:
    if absent.pk not in rest_long([absent], now):
        raise Conflict(_("An interim mentor is for a pair that rests, three months or longer. Enter the pause first."))


def stand_in(absent: Pairing, *, mentor: Person, by: Person, now: datetime) -> Pairing:
    """The mentor's offer is the lock, as it is for a request: of two who need the last place one gets it."""
    with transaction.atomic():
        absent.hold()
        absent.refuse_ended()
        refuse_at_work(absent, now)
        for interim in interims_of([absent]):
            raise Refused(_("%(interim)s stands in already.") % {"interim": interim.mentor})
        Offer.objects.lock(mentor)
        for why in facts(absent.program, absent.mentee, now).why_not(mentor.pk):
            raise Refused(sentence(why, absent.mentee, mentor))
        return Pairing.objects.stand_in(absent, mentor=mentor, by=by, now=now)
