"""Mails on the way of a recruit: the director's letters, the first meeting, the status form (R1 to R5)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from telemachus.audit.models import Event
from telemachus.career.access import forms_to_confirm
from telemachus.career.events import CareerEvent
from telemachus.career.models import StatusForm
from telemachus.intake.access import directed_recruits, own_recruits, visible_recruits
from telemachus.intake.events import IntakeEvent
from telemachus.intake.models import Letter, Recruit, RecruitQuerySet
from telemachus.notify.telling import Context, on_today, reachable, tell
from telemachus.notify.whom import holders, whoever_runs
from telemachus.people.models import Person
from telemachus.program.models import Role

Kind = Role.Kind


def reader_of_letter(event: Event) -> Iterable[Person]:
    return Person.objects.filter(recruited__letters=event.subject)


def recruit_without_a_letter(event: Event) -> Iterable[Person]:
    """A letter that was written in the same act says it already."""
    if Letter.objects.filter(recruit=event.subject, sent_at=event.at).exists():
        return []
    return Person.objects.filter(recruited=event.subject)


def owner_of_form(event: Event) -> Iterable[Person]:
    return [form.person for form in StatusForm.objects.filter(pk=event.subject).select_related("person")]


def come_back(subject: UUID, now: datetime) -> None:
    """There is no such address: the coordinator is told, and nothing is tried again."""
    letter = Letter.objects.filter(pk=subject, came_back_on=None).select_related("recruit__program").first()
    if letter:
        letter.come_back(by=None, now=now)


@tell(IntakeEvent.WRITTEN_TO, whom=reader_of_letter, returned=come_back)
def written_to(recipient: Person, subject: UUID, now: datetime) -> Context | None:
    letters = Letter.objects.filter(pk=subject, came_back_on=None, recruit__in=own_recruits(recipient))
    letter = letters.select_related("recruit__program", "by").first()
    if letter is None:
        return None
    own = _own_path(letter.recruit)
    path = "" if own["path"] in letter.body else own["path"]
    return {**own, "path": path, "letter": letter, "reply_to": reachable(letter.by)}


@tell(IntakeEvent.NOTICED, whom=holders(Kind.DIRECTOR, directed_recruits))
def noticed(recipient: Person, subject: UUID, now: datetime) -> Context | None:
    return _if_directed(recipient, subject, letters=None, met_on=None)


@tell(IntakeEvent.MENTOR_WISHED, whom=whoever_runs(directed_recruits))
def mentor_wished(recipient: Person, subject: UUID, now: datetime) -> Context | None:
    return _if_directed(recipient, subject, wishes_mentor_at__isnull=False)


def recruit_of(event: Event) -> Iterable[Person]:
    return Person.objects.filter(recruited=event.subject)


def _times_proposed(recipient: Person, subject: UUID, now: datetime) -> Context | None:
    recruit = own_recruits(recipient).filter(pk=subject, meets_at=None, met_on=None).first()
    times = [time.at for time in recruit.times.all() if time.at > now] if recruit else []
    return {**_own_path(recruit), "times": times} if recruit and times else None


tell(IntakeEvent.TIMES_PROPOSED, whom=recruit_without_a_letter)(_times_proposed)
tell(IntakeEvent.TIMES_REPLACED, whom=recruit_of)(_times_proposed)


def both_of_first_meeting(event: Event) -> Iterable[Person]:
    return [*whoever_runs(directed_recruits)(event), *recruit_of(event)]


@tell(IntakeEvent.TIME_PICKED, whom=both_of_first_meeting)
def time_picked(recipient: Person, subject: UUID, now: datetime) -> Context | None:
    agreed: dict[str, Any] = {"pk": subject, "meets_at__gt": now, "met_on": None}
    if own := own_recruits(recipient).filter(**agreed).first():
        return {**_own_path(own), "at": own.meets_at, "is_own": True}
    recruit = directed_recruits(recipient).open().filter(**agreed).first()
    return {**on_today(recruit.program), "at": recruit.meets_at, "is_own": False} if recruit else None


@tell(IntakeEvent.OTHER_TIMES_ASKED, whom=whoever_runs(directed_recruits))
def other_times_asked(recipient: Person, subject: UUID, now: datetime) -> Context | None:
    return _if_directed(recipient, subject, others_asked_at__isnull=False, met_on=None)


def returned_letters(user: Person) -> QuerySet[Letter]:
    """Letters of open searches that came back, where the address has not been mended and nothing else arrived since."""
    later = Letter.objects.filter(recruit=OuterRef("recruit"), sent_at__gt=OuterRef("sent_at"))
    mended = Q(recruit__address_corrected_at__gte=F("sent_at"))
    found = Letter.objects.filter(recruit__in=visible_recruits(user).open(), came_back_on__isnull=False)
    return found.exclude(mended).exclude(Exists(later)).select_related("recruit__program")


@tell(IntakeEvent.CAME_BACK, whom=holders(Kind.COORDINATOR, returned_letters))
def came_back(recipient: Person, subject: UUID, now: datetime) -> Context | None:
    letter = returned_letters(recipient).filter(pk=subject).first()
    return on_today(letter.recruit.program) if letter else None


@tell(CareerEvent.STATUS_COMPLETED, whom=owner_of_form)
def status_completed(recipient: Person, subject: UUID, now: datetime) -> Context | None:
    form = forms_to_confirm(recipient).filter(pk=subject).first()
    if form is None:
        return None
    path = reverse("career:status", args=[form.program.slug, recipient.pk])
    return {"program": form.program, "path": path}


def _directed(recipient: Person, subject: UUID) -> RecruitQuerySet:
    return directed_recruits(recipient).open().filter(pk=subject)


def _if_directed(recipient: Person, subject: UUID, **still: object) -> Context | None:
    recruit = _directed(recipient, subject).filter(**still).first()
    return on_today(recruit.program) if recruit else None


def _own_path(recruit: Recruit) -> Context:
    return {"program": recruit.program, "path": reverse("intake:mine", args=[recruit.program.slug])}
