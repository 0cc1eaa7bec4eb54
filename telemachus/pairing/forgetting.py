"""What led to a pair, or did not, is erased: requests and lists, a month after they were answered and closed."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from telemachus.audit.models import Event
from telemachus.pairing.events import PairingEvent
from telemachus.pairing.models import Proposal, Request, RequestQuerySet, Shortlist, ShortlistQuerySet
from telemachus.pairing.models.proposals import DAYS_KEPT

DAYS = 30


def forget_answered(*, now: datetime) -> None:
    """Answers of an open list stay, declines too: without them the same colleague would be asked again."""
    with transaction.atomic():
        _answered_long_ago(now).delete()
        _closed_long_ago(now).delete()


def _answered_long_ago(now: datetime) -> RequestQuerySet:
    """Everything but what holds a place. Where the day is younger than in UTC, a day more does no harm."""
    settled = Request.objects.filter(answered_on__lt=now.date() - timedelta(days=DAYS))
    return settled.filter(shortlist__state=Shortlist.State.CLOSED).exclude(pk__in=Request.objects.holding())


def _closed_long_ago(now: datetime) -> ShortlistQuerySet:
    """The record knows when: the closing is written with the list, and stands for as long as the list."""
    lately = Event.objects.filter(
        subject=OuterRef("pk"), kind=PairingEvent.SHORTLIST_CLOSED.code, at__gte=now - timedelta(days=DAYS)
    )
    closed = Shortlist.objects.filter(state=Shortlist.State.CLOSED)
    return closed.filter(~Exists(lately), requests=None)


def forget_proposals(*, now: datetime) -> None:
    """A director's proposal for a cohort is a working paper: a month, whatever came of it."""
    Proposal.objects.filter(made_at__lt=now - timedelta(days=DAYS_KEPT)).delete()
