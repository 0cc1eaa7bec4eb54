"""How a program weighs what speaks for a pair: in words, and changed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from telemachus.audit.models import record
from telemachus.pairing.events import PairingEvent
from telemachus.pairing.models import PARTS, Weights
from telemachus.pairing.models.proposals import WEIGHED
from telemachus.people.models import Person
from telemachus.program.models import Program

NAMES = {
    "needs": gettext_lazy("Needs that are covered"),
    "interests": gettext_lazy("Interests in common"),
    "series": gettext_lazy("The same series"),
    "stage": gettext_lazy("Further on in rank"),
    "meeting": gettext_lazy("A way to meet that suits both"),
    "wish": gettext_lazy("A wish of the mentee"),
}


def in_words(weights: Weights) -> str:
    """The parts that count, and for how much."""
    counted = [f"{NAMES[part]} {points}" for part in PARTS if (points := getattr(weights, part))]
    return "; ".join(counted) or _("nothing counts but load and the lottery")


def change_weights(program: Program, wanted: Weights, *, by: Person, now: datetime) -> None:
    """Lists and proposals that stand stay as they are; the next ones go by these."""
    given = {name: getattr(wanted, name) for name in WEIGHED}
    with transaction.atomic():
        weights, _new = Weights.objects.update_or_create(program=program, defaults=given)
        record(PairingEvent.WEIGHTS_CHANGED, weights, by=by, now=now, program=program)


def defaults() -> Weights:
    """Those with which a program begins."""
    return Weights()


def is_default(weights: Weights) -> bool:
    return all(getattr(weights, name) == getattr(defaults(), name) for name in WEIGHED)
