"""What happened, as ids and codes, never prose: the record, and through Pending the outbox."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import models

from telemachus.audit.kinds import EventKind


class Event(models.Model):
    """One thing that happened. Database triggers refuse UPDATE always, and DELETE before `keep_until`."""

    kind = models.CharField(max_length=60)
    subject = models.UUIDField()
    by = models.UUIDField(null=True)
    program = models.UUIDField(null=True)
    code = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    keep_until = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["subject", "kind"], name="event_subject")]


class Pending(models.Model):
    """An event that nobody has been told of yet."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, primary_key=True)


class Viewing(models.Model):
    """Somebody in this role looked at a page about this person on this day: who it was is not kept."""

    about = models.UUIDField()
    role = models.CharField(max_length=20)
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["about", "role", "day"], name="viewing_once_a_day")]


def record(
    kind: EventKind,
    subject: models.Model,
    *,
    by: models.Model | None,
    now: datetime,
    program: models.Model | None = None,
    code: str = "",
) -> None:
    """Write the event and its Pending row. Call it inside the transaction of the change."""
    record_all(kind, [subject], by=by, now=now, program=program, code=code)


def record_all(
    kind: EventKind,
    subjects: Iterable[models.Model],
    *,
    by: models.Model | None,
    now: datetime,
    program: models.Model | None = None,
    code: str = "",
) -> None:
    """`record` for many subjects at once, in two statements."""
    events = Event.objects.bulk_create(
        Event(
            kind=kind.code,
            subject=subject.pk,
            by=_key(by),
            program=_key(program),
            code=code,
            at=now,
            keep_until=now.date() + timedelta(days=kind.keep_days),
        )
        for subject in subjects
    )
    Pending.objects.bulk_create(Pending(event=event) for event in events)


def record_viewings(about: Iterable[models.Model], *, role: str, day: date) -> None:
    """Remember that a page about these people was opened by somebody in this role; once a day each."""
    viewings = [Viewing(about=each.pk, role=role, day=day) for each in about]
    Viewing.objects.bulk_create(viewings, ignore_conflicts=True)


def _key(row: models.Model | None) -> UUID | None:
    key: UUID | None = row.pk if row is not None else None
    return key
