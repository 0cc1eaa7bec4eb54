"""From Pending to mail: who is told is written down first, then each mail leaves."""

import logging
from datetime import datetime, timedelta
from email.utils import formataddr, parseaddr
from smtplib import SMTPRecipientsRefused
from time import monotonic
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from telemachus.audit.models import Event, Pending
from telemachus.lib.change import compare_and_set
from telemachus.lib.errors import Conflict
from telemachus.notify.models import Dispatch
from telemachus.notify.rules import RULES, Context, Rule
from telemachus.people.models import Person, zone_of

log = logging.getLogger(__name__)

BATCH = 100
# A mail that did not leave is tried again after so many minutes, then after twice as many, so many times in all.
MINUTES_TO_RETRY = 10
# With pauses that double from ten minutes, the tenth try comes after three and a half days: a long weekend.
TRIES = 10
SECONDS_A_ROUND = 60.0

# Events whose rule failed in this process: tried again after a restart, which is when a mended rule comes.
_unreadable: set[int] = set()


def pass_on(*, now: datetime) -> int:
    """One round of the outbox; returns how many events and mails it dealt with."""
    return spread(now=now) + deliver(now=now)


def spread(*, now: datetime) -> int:
    """Turn events into the dispatches of all their recipients, and forget that they were pending."""
    with transaction.atomic():
        # SQLite has no row locks: there the immediate transaction is the claim.
        waiting = Pending.objects.exclude(pk__in=_unreadable).order_by("pk")
        batch = [pending.pk for pending in waiting.select_for_update(skip_locked=True, of=("self",))[:BATCH]]
        read = [(event, _dispatches(event, now)) for event in Event.objects.filter(pk__in=batch)]
        done = [(event.pk, dispatches) for event, dispatches in read if dispatches is not None]
        Dispatch.objects.bulk_create((row for _pk, rows in done for row in rows), ignore_conflicts=True)
        Pending.objects.filter(pk__in=[pk for pk, _rows in done]).delete()
    return len(done)


def deliver(*, now: datetime) -> int:
    """Send what is due and not in another worker's hands."""
    batch = list(Dispatch.objects.filter(_due(now), done=None).order_by("made")[:BATCH])
    end = monotonic() + SECONDS_A_ROUND
    for sent, dispatch in enumerate(batch):
        # A slow mail server must not hold up the schedule, nor a claim outlive the pause before the next try.
        if monotonic() > end:
            return sent
        _deliver(dispatch, now)
    return len(batch)


def _due(now: datetime) -> Q:
    """Never tried, or tried long enough ago: each pause is twice the one before."""
    due = Q(claimed=None)
    for tries in range(1, TRIES):
        due |= Q(tries=tries, claimed__lt=now - timedelta(minutes=MINUTES_TO_RETRY * 2 ** (tries - 1)))
    return due


def _dispatches(event: Event, now: datetime) -> list[Dispatch] | None:
    """None where the rule fails: the event stays pending until this process starts anew."""
    rule = RULES.get(event.kind)
    try:
        told = [person for person in rule.whom(event) if _is_reached(rule, person, event.subject)] if rule else []
    except DatabaseError:
        raise
    except Exception as error:
        # The name only: a message or a traceback could quote a row.
        log.error("the rule for %s failed on event %s: %s", event.kind, event.pk, type(error).__name__)
        _unreadable.add(event.pk)
        return None
    return [
        Dispatch(kind=event.kind, recipient=person, subject=event.subject, period=str(event.pk), made=now)
        for person in told
    ]


def _is_reached(rule: Rule, person: Person, subject: UUID) -> bool:
    return person.is_active and bool(rule.goes_to(person, subject))


def _deliver(dispatch: Dispatch, now: datetime) -> None:
    """Claim, compose from what is true now, send, and write down that it left."""
    try:
        compare_and_set(
            dispatch,
            where={"claimed": dispatch.claimed, "done": None},
            to={"claimed": now, "tries": dispatch.tries + 1},
        )
    except Conflict:
        return  # another worker has it
    try:
        _send_or_return(dispatch, now)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        # The mail server's refusal, the network's, or our own template's: a try in any case, and the others go on.
        log.warning("mail %s (%s) did not leave: %s", dispatch.pk, dispatch.kind, type(error).__name__)
        return
    Dispatch.objects.filter(pk=dispatch.pk).update(done=timezone.now())


def _send_or_return(dispatch: Dispatch, now: datetime) -> None:
    """No further try where the mail server says for good that there is no such address, and a rule knows what to do."""
    try:
        _send(dispatch, now)
    except SMTPRecipientsRefused as error:
        returned = RULES[dispatch.kind].returned
        if returned is None or not all(500 <= code < 600 for code, _reason in error.recipients.values()):
            raise
        returned(dispatch.subject, now)


def _send(dispatch: Dispatch, now: datetime) -> None:
    """Nothing leaves for somebody who has gone, or may no longer see what it is about."""
    rule, recipient = RULES[dispatch.kind], Person.objects.filter(pk=dispatch.recipient_id).first()
    if recipient is None or not _is_reached(rule, recipient, dispatch.subject):
        return
    dispatch.recipient = recipient
    context = rule.context(recipient, dispatch.subject, now)
    if context is not None:
        _mail(dispatch, context).send()


def _mail(dispatch: Dispatch, context: Context) -> EmailMessage:
    rule, recipient = RULES[dispatch.kind], dispatch.recipient
    zone = zone_of(recipient, context["program"].zone)
    with translation.override(settings.LANGUAGE_CODE), timezone.override(ZoneInfo(str(zone))):
        body = render_to_string(rule.template, {**context, "person": recipient, "base": settings.BASE_URL})
        subject = _("%(program)s mentoring: a note for you") % {"program": context["program"].name}
    return EmailMessage(
        subject=subject,
        body=body.strip() + "\n",
        to=[rule.goes_to(recipient, dispatch.subject)],
        reply_to=_reply_to(context),
        # The same id at every try: a mail sent twice by a crash is one to the reader's mail program.
        headers={"Message-ID": f"<{dispatch.pk}@{_domain()}>", "Auto-Submitted": "auto-generated"},
    )


def _reply_to(context: Context) -> list[str]:
    """An answer reaches the person who wrote, or asks; else whoever reads the sender's mail."""
    person: Person | None = context.get("reply_to")
    return [formataddr((person.full_name, person.email or ""))] if person else []


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
