"""What waits about pairs that stand: for the two, the agreement; for who runs them, everything else."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from telemachus.lib.step import Act, Step
from telemachus.pairing.access import (
    directed_pairings,
    own_pairings,
    visible_changes,
    visible_light_touches,
)
from telemachus.pairing.agreement import Due, dues
from telemachus.pairing.deputies import without_deputy
from telemachus.pairing.models import ChangeWish, Excuse, LightTouch, Pairing, Pause
from telemachus.pairing.promotion import promoted
from telemachus.pairing.standing_in import Rest, rested_until, rests
from telemachus.people.models import Person
from telemachus.program.access import Kind, deputyships, programs_as


def steps(user: Person, now: datetime) -> list[Step]:
    """A fixed number of queries, however many pairs there are."""
    found = [*_agreements(user, now)]
    if programs_as(user, Kind.DIRECTOR) or deputyships(user):
        with_absent = ("stands_in_for__mentee", "stands_in_for__mentor", "stands_in_for__program")
        pairings = list(directed_pairings(user).active().select_related(*with_absent).by_mentee())
        found += [*_changes(user), *_light_touches(user, now), *_interims(pairings, now), *_promotions(pairings, now)]
    return [*found, *_deputies(user, now)]


def _agreements(user: Person, now: datetime) -> Iterator[Step]:
    """Whoever rests is not asked."""
    pairings = list(own_pairings(user))
    resting = _resting(pairings, now)
    for due in dues(user, pairings, now):
        if due.is_due and due.pairing.pk not in resting:
            yield _agreement(user, due)


def _resting(pairings: Sequence[Pairing], now: datetime) -> set[object]:
    found: set[object] = set()
    programs = {pairing.program_id for pairing in pairings}
    pauses = list(Pause.objects.filter(program__in=programs)) if pairings else []
    for pairing in pairings:
        today = pairing.program.day(now)
        members = (pairing.mentee_id, pairing.mentor_id)
        mine = [p for p in pauses if p.pairing_id == pairing.pk or (p.person_id and p.person_id in members)]
        if any(p.begins <= today <= p.until and p.program_id == pairing.program_id for p in mine):
            found.add(pairing.pk)
    return found


def _agreement(user: Person, due: Due) -> Step:
    name = {"name": due.pairing.other(user)}
    again = _("Read once more what %(name)s and you have agreed.") % name
    return Step(
        sentence=again if due.last else _("Read what %(name)s and you agree on.") % name,
        why=_("One page, one tap. Once a year.") if due.last else _("One page, one tap."),
        since=due.since,
        late=due.is_late,
        acts=(Act(_("Read it"), reverse("pairing:agreement", args=[due.pairing.pk]), by_link=True),),
    )


def _changes(user: Person) -> Iterator[Step]:
    wishes = visible_changes(user).filter(pairing__state=Pairing.State.ACTIVE).exclude(by=user).order_by("at", "pk")
    for wish in wishes:
        yield Step(
            sentence=wished(wish),
            why=_("Asks you to call. No reason is asked or kept.") if wish.call else _("No reason is asked or kept."),
            since=wish.pairing.program.day(wish.at),
            acts=(Act(_("Look at it"), reverse("pairing:settle_change", args=[wish.pk]), by_link=True),),
        )


def wished(wish: ChangeWish) -> str:
    pairing = wish.pairing
    if wish.by_id == pairing.mentee_id:
        return _("%(name)s would like another mentor.") % {"name": pairing.mentee}
    words = {"mentor": pairing.mentor, "mentee": pairing.mentee}
    return _("%(mentor)s would like to hand over the mentoring of %(mentee)s.") % words


def _light_touches(user: Person, now: datetime) -> Iterator[Step]:
    touches = visible_light_touches(user).filter(until=None).exclude(pairing__mentee=user).order_by("since", "pk")
    excuses = Excuse.objects.filter(pairing__in=[touch.pairing for touch in touches])
    excused = set(excuses.values_list("pairing", "year"))
    for touch in touches:
        year = touch.pairing.program.year(now)
        if (touch.pairing_id, year.first) not in excused:
            yield _light_touch(touch, now)


def _light_touch(touch: LightTouch, now: datetime) -> Step:
    pairing, year = touch.pairing, touch.pairing.program.year(now)
    owed = ngettext(
        "Unless you excuse %(year)s, at least one meeting is still expected.",
        "Unless you excuse %(year)s, at least %(n)s meetings are still expected.",
        pairing.program.at_least,
    )
    return Step(
        sentence=_("%(name)s says that mentoring is not needed now.") % {"name": pairing.mentee},
        why=owed % {"n": pairing.program.at_least, "year": year.label},
        since=max(touch.since, year.first),
        acts=(
            Act(_("Excuse this year"), reverse("pairing:excuse", args=[pairing.pk])),
            Act(_("Leave it as it is"), reverse("pairing:end_light_touch", args=[touch.pk]), quiet=True),
        ),
    )


def _interims(pairings: Sequence[Pairing], now: datetime) -> Iterator[Step]:
    """Somebody for the time of a long rest; and the end of it when the rest is over."""
    standing_in = [pairing.stands_in_for for pairing in pairings if pairing.stands_in_for]
    resting = rests([*pairings, *standing_in], now)
    rested = rested_until(standing_in)
    served = {pairing.stands_in_for_id for pairing in pairings}
    for pairing in pairings:
        absent = pairing.stands_in_for
        if absent is not None:
            if absent.pk not in resting or absent.state == Pairing.State.ENDED:
                over = absent.ends or rested.get(absent.pk, pairing.begins)
                yield _interim_over(pairing, absent, min(over, pairing.program.day(now)))
        elif pairing.pk in resting and resting[pairing.pk].needs_somebody and pairing.pk not in served:
            yield _interim_wanted(pairing, resting[pairing.pk])


def _interim_wanted(pairing: Pairing, rest: Rest) -> Step:
    until = {"mentee": pairing.mentee, "day": date_format(rest.until, "j F Y")}
    return Step(
        sentence=_("Offer %(mentee)s an interim mentor?") % until,
        why=_("%(mentor)s and %(mentee)s rest until %(day)s.") % {**until, "mentor": pairing.mentor},
        since=rest.begins,
        acts=(Act(_("Find somebody"), reverse("pairing:stand_in", args=[pairing.pk]), by_link=True),),
    )


def _interim_over(pairing: Pairing, absent: Pairing, since: date) -> Step:
    words = {"interim": pairing.mentor, "mentee": pairing.mentee, "mentor": absent.mentor}
    ended = absent.state == Pairing.State.ENDED
    why = _("The pair with %(mentor)s has ended.") if ended else _("The rest of %(mentor)s and %(mentee)s is over.")
    return Step(
        sentence=_("%(interim)s stood in for %(mentor)s with %(mentee)s. Is that over?") % words,
        why=why % words,
        since=since,
        acts=(Act(_("End it"), reverse("pairing:end", args=[pairing.pk]), by_link=True),),
    )


def _promotions(pairings: Sequence[Pairing], now: datetime) -> Iterator[Step]:
    for pairing, rank, since in promoted(pairings):
        yield Step(
            sentence=_("%(name)s has become %(rank)s: is the pair completed?") % {"name": pairing.mentee, "rank": rank},
            why=_("With %(mentor)s since %(day)s. Completed, it ends today, and that stays so.")
            % {"mentor": pairing.mentor, "day": date_format(pairing.begins, "j F Y")},
            since=since,
            acts=(
                Act(_("Completed"), reverse("pairing:complete", args=[pairing.pk])),
                Act(_("The two go on"), reverse("pairing:go_on", args=[pairing.pk]), quiet=True),
            ),
        )


def _deputies(user: Person, now: datetime) -> Iterator[Step]:
    for program, since in without_deputy(user, now):
        yield Step(
            sentence=_("Name a deputy."),
            why=_("You are in a pair yourself, or asked to be: somebody else decides about that."),
            since=since,
            acts=(Act(_("Name somebody"), reverse("program:deputy", args=[program.slug]), by_link=True),),
        )
