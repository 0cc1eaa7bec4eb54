"""Changes how a program weighs what speaks for a pair."""

from datetime import datetime

from django.db import transaction

from telemachus.audit.models import record
from telemachus.pairing.events import PairingEvent
from telemachus.pairing.models import Weights
from telemachus.pairing.models.proposals import WEIGHED
from telemachus.people.models import Person
from telemachus.program.models import Program


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
