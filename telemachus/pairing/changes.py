"""A wish for a change is settled, and what of it may still be read: whether prior and new mentor may speak (R10)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from telemachus.lib.errors import Conflict, Refused
from telemachus.pairing.access import who_run
from telemachus.pairing.models import ChangeWish, Pairing
from telemachus.people.models import Person

# A wish is forgotten so many days after the successor was introduced, or after the end where nobody was.
DAYS_AFTER_SUCCESSOR = 30
DAYS_AFTER_END = 90


def express(
    pairing: Pairing, *, readers: str, call: bool, may_speak: bool = True, by: Person, now: datetime
) -> ChangeWish:
    """A wish goes to those whom its page named, or to nobody. `readers` is what `named` gave, empty without a page.

    The pair is the lock, as it is for a deputy's end.
    """
    with transaction.atomic():
        pairing.hold()
        if readers and readers != named(who_run(pairing, now)):
            raise Refused(_("Who reads this has changed just now. Look who it is, and send it if you still wish it."))
        return ChangeWish.express(pairing, call=call, may_speak=may_speak, by=by, now=now)


def named(readers: Iterable[Person]) -> str:
    """Who is named to the author as a reader, in one word."""
    return " ".join(sorted(str(person.pk) for person in readers)) or "nobody"


def settle(wish: ChangeWish, *, on: date, by: Person, now: datetime) -> None:
    """End the pair in the one kind that says nothing of who asked; `on` is its last day."""
    pairing = wish.pairing
    with transaction.atomic():
        pairing.hold()
        if not ChangeWish.objects.filter(pk=wish.pk).exists():
            raise Conflict(_("This wish has been taken back: the pair stands."))
        pairing.end(on=on, ending=Pairing.Ending.CHANGED, by=by, now=now)


def prior_mentor_may_speak(pairing: Pairing) -> Pairing | None:
    """The pair before this one, where its mentor is to be encouraged to speak with the new one.

    Not where the mentee would rather not; and not after so long that the mentee's word has been erased.
    """
    if pairing.stands_in_for_id:
        return None
    prior = _pair_before(pairing)
    if prior is None or prior.ending != Pairing.Ending.CHANGED or prior.mentor_id == pairing.mentor_id:
        return None
    rather_not = prior.change_wishes.filter(by=pairing.mentee_id, may_speak=False)
    return None if rather_not.exists() else prior


def _pair_before(pairing: Pairing) -> Pairing | None:
    remembered = pairing.begins - timedelta(days=DAYS_AFTER_END)
    ended = Pairing.objects.lasting().filter(
        program=pairing.program_id, mentee=pairing.mentee_id, state=Pairing.State.ENDED
    )
    within = ended.filter(ends__gte=remembered, begins__lte=pairing.begins).exclude(pk=pairing.pk)
    return within.with_people().order_by("-ends", "-begins").first()


def forget_changes(*, now: datetime) -> None:
    """Erase the wishes that have done their work; those of pairs that stand wait for the director."""
    ended = ChangeWish.objects.filter(pairing__state=Pairing.State.ENDED)
    for wish in ended.select_related("pairing__program"):
        if _is_over(wish.pairing, wish.pairing.program.day(now)):
            wish.delete()


def _is_over(ended: Pairing, today: date) -> bool:
    assert ended.ends is not None
    if today - ended.ends >= timedelta(days=DAYS_AFTER_END):
        return True
    successors = (
        Pairing.objects.registered()
        .lasting()
        .filter(program=ended.program_id, mentee=ended.mentee_id, begins__gte=ended.ends)
    )
    first = successors.exclude(pk=ended.pk).order_by("begins").first()
    return first is not None and today - first.begins >= timedelta(days=DAYS_AFTER_SUCCESSOR)
