"""The database itself keeps what happened: nobody rewrites it, nobody forgets it before its day."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from telemachus.audit.models import Event, Pending, record
from telemachus.people.events import PersonEvent

# The database asks its own clock, which no test turns back.
TODAY = datetime.now(UTC).date()

pytestmark = pytest.mark.django_db


def _event(keep_until) -> Event:
    return Event.objects.create(
        kind="people.added", subject="0b0e7a5e-0000-4000-8000-000000000001", at=datetime.now(UTC), keep_until=keep_until
    )


def _refused(act) -> str:
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        act()
    return str(refusal.value)


@pytest.mark.parametrize("days", [-400, 0, 400])
def test_event_is_never_rewritten(days):
    event = _event(TODAY + timedelta(days=days))
    assert "never rewritten" in _refused(lambda: Event.objects.filter(pk=event.pk).update(kind="people.changed"))
    event.refresh_from_db()
    assert event.kind == "people.added"


@pytest.mark.parametrize("days", [0, 1, 400])
def test_event_is_not_deleted_before_its_day(days):
    event = _event(TODAY + timedelta(days=days))
    assert "keep_until" in _refused(event.delete)
    assert "keep_until" in _refused(Event.objects.all().delete)
    assert Event.objects.filter(pk=event.pk).exists()


def test_event_is_deleted_after_its_day():
    _event(TODAY - timedelta(days=1)).delete()
    assert not Event.objects.exists()


def test_event_is_not_replaced():
    """SQLite's INSERT OR REPLACE would delete the old row without asking the delete trigger."""
    event = _event(TODAY)
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    copy = f"{verb} INTO audit_event (id, kind, subject, code, at, keep_until) SELECT id, 'people.changed', subject, code, at, keep_until FROM audit_event"  # noqa: E501
    with connection.cursor() as cursor:
        _refused(lambda: cursor.execute(copy))
    event.refresh_from_db()
    assert event.kind == "people.added"


@pytest.mark.postgres
def test_event_table_is_not_truncated():
    _event(TODAY)
    with connection.cursor() as cursor:
        assert "keep_until" in _refused(lambda: cursor.execute("TRUNCATE audit_event CASCADE"))
    assert Event.objects.count() == 1


def test_event_is_recorded_with_its_pending_row(cast, now):
    record(PersonEvent.CHANGED, cast.mei, by=cast.director, now=now)
    event = Event.objects.latest("pk")
    assert (event.kind, event.subject, event.by) == ("people.changed", cast.mei.pk, cast.director.pk)
    assert Pending.objects.filter(event=event).exists()
