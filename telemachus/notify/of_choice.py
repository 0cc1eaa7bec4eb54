"""Mails on the way to a pair: the names, the choice, the question and its answer. A decline reaches whoever runs it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from telemachus.audit.models import Event
from telemachus.notify.telling import Context, on_today, reachable, tell
from telemachus.notify.whom import whoever_runs
from telemachus.pairing.access import asked_requests, directed_requests, directed_shortlists, visible_shortlists
from telemachus.pairing.asking import asker
from telemachus.pairing.events import PairingEvent
from telemachus.pairing.models import Request, Shortlist
from telemachus.people.models import Person
from telemachus.program.access import Kind, programs_as

State = Request.State


def mentee_of_list(event: Event) -> Iterable[Person]:
    return Person.objects.filter(shortlists=event.subject)


def mentor_asked(event: Event) -> Iterable[Person]:
    return Person.objects.filter(requests_as_mentor=event.subject)


def runner_of_first_choice(event: Event) -> Iterable[Person]:
    """A choice that is changed before anybody is asked is told once."""
    earlier = Event.objects.filter(subject=event.subject, kind=event.kind, pk__lt=event.pk)
    return [] if earlier.exists() else whoever_runs(directed_shortlists)(event)


@tell(PairingEvent.SHORTLISTED, whom=mentee_of_list)
def shortlisted(recipient: Person, subject: UUID, now: datetime) -> Context | None:
    found = visible_shortlists(recipient).filter(pk=subject, mentee=recipient, state=Shortlist.State.SENT).first()
    return {**on_today(found.program), "path": reverse("pairing:choose", args=[subject])} if found else None


@tell(PairingEvent.CHOSEN, whom=runner_of_first_choice)
def chosen(recipient: Person, subject: UUID, now: datetime) -> Context | None:
    """Nothing is left to tell once somebody has been asked."""
    found = directed_shortlists(recipient).filter(pk=subject, state=Shortlist.State.CHOSEN, requests=None).first()
    return on_today(found.program) if found else None


@tell(PairingEvent.OTHERS_ASKED, whom=whoever_runs(directed_shortlists))
def others_asked(recipient: Person, subject: UUID, now: datetime) -> Context | None:
    found = directed_shortlists(recipient).filter(pk=subject, state=Shortlist.State.OTHERS).first()
    return on_today(found.program) if found else None


@tell(PairingEvent.REQUESTED, whom=mentor_asked)
def requested(recipient: Person, subject: UUID, now: datetime) -> Context | None:
    request = asked_requests(recipient).filter(pk=subject, state=State.WAITING).first()
    if request is None or request.until < request.program.day(now):
        return None
    return {
        "program": request.program,
        "mentee": request.mentee,
        "until": request.until,
        "reply_to": reachable(asker(request, now)),
        "path": reverse("pairing:request", args=[request.pk]),
    }


@tell(PairingEvent.ACCEPTED, whom=whoever_runs(directed_requests))
def accepted(recipient: Person, subject: UUID, now: datetime) -> Context | None:
    found = directed_requests(recipient).filter(pk=subject, state=State.ACCEPTED).first()
    return on_today(found.program) if found else None


@tell(PairingEvent.DECLINED, PairingEvent.EXPIRED, whom=whoever_runs(directed_requests))
def not_accepted(recipient: Person, subject: UUID, now: datetime) -> Context | None:
    """Where the search has gone on or is over, nothing waits."""
    found = directed_requests(recipient).filter(pk=subject, state__in=[State.DECLINED, State.EXPIRED]).first()
    if found is None or found.shortlist.state != Shortlist.State.CHOSEN:
        return None
    return None if found.shortlist.requests.holding().exists() else on_today(found.program)


@tell(PairingEvent.WITHDRAWN, whom=mentor_asked)
def withdrawn(recipient: Person, subject: UUID, now: datetime) -> Context | None:
    mine = Request.objects.filter(mentor=recipient, program__in=programs_as(recipient, Kind.MENTOR))
    request = mine.filter(pk=subject, state=State.WITHDRAWN).with_people().first()
    return {"program": request.program, "mentee": request.mentee} if request else None
