"""The right day is put in the place of a wrong one, with a coded reason."""

import pytest
from django.urls import reverse

from telemachus.audit.models import Event
from telemachus.lib.errors import Conflict, Refused
from telemachus.meetings.models import Meeting
from telemachus.program.models import Role
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import Cast

WRONG_DAY = Meeting.Correction.WRONG_DAY


@pytest.fixture
def met(cast: Cast) -> Meeting:
    for by in (cast.mei, cast.osei):
        Meeting.objects.log(cast.mei_osei, day=cast.ago(30), by=by, now=cast.now)
    return Meeting.objects.get()


def url(meeting: Meeting) -> str:
    return reverse("meetings:correct", args=[meeting.pk])


def test_correct_puts_the_day_and_records_the_code(cast: Cast, met: Meeting) -> None:
    met.correct(day=cast.ago(29), reason=WRONG_DAY, by=cast.coordinator, now=cast.now)
    met.refresh_from_db()
    event = Event.objects.get(kind="meetings.corrected")
    assert (met.day, met.how, event.code, event.by) == (cast.ago(29), "both", "wrong_day", cast.coordinator.pk)


def test_correct_answers_what_is_open_on_that_day(cast: Cast, met: Meeting) -> None:
    """The coordinator does not learn that one of the two had said something."""
    Meeting.objects.log(cast.mei_osei, day=cast.ago(29), by=cast.mei, now=cast.now)
    met.correct(day=cast.ago(29), reason=WRONG_DAY, by=cast.coordinator, now=cast.now)
    assert [(row.day, row.state) for row in Meeting.objects.all()] == [(cast.ago(29), "confirmed")]


def test_correct_onto_a_registered_day_is_refused(cast: Cast, met: Meeting) -> None:
    for by in (cast.mei, cast.osei):
        Meeting.objects.log(cast.mei_osei, day=cast.ago(29), by=by, now=cast.now)
    with pytest.raises(Refused, match="Remove this one instead"):
        met.correct(day=cast.ago(29), reason=WRONG_DAY, by=cast.coordinator, now=cast.now)


@pytest.mark.parametrize("days", [-1, 401])
def test_correct_to_a_day_outside_the_pair_is_refused(cast: Cast, met: Meeting, days: int) -> None:
    with pytest.raises(Refused):
        met.correct(day=cast.ago(days), reason=WRONG_DAY, by=cast.coordinator, now=cast.now)


def test_correct_of_what_was_corrected_meanwhile_is_a_conflict(cast: Cast, met: Meeting) -> None:
    held = Meeting.objects.get(pk=met.pk)
    met.correct(day=cast.ago(29), reason=WRONG_DAY, by=cast.coordinator, now=cast.now)
    with pytest.raises(Conflict):
        held.correct(day=cast.ago(28), reason=WRONG_DAY, by=cast.coordinator, now=cast.now)


def test_page_corrects_and_posted_twice_records_once(cast: Cast, client_of: ClientOf, met: Meeting) -> None:
    first, second = twice(client_of(cast.coordinator), url(met), {"day": cast.ago(29)})
    assert (first["Location"], sentences(first)) == (
        reverse("meetings:dates", args=[cast.mei_osei.pk]),
        ["The day is corrected."],
    )
    assert (second.status_code, recorded("meetings.corrected")) == (422, 1)
    assert "This is the day that is registered already." in words(second)


def test_page_is_the_coordinators(cast: Cast, client_of: ClientOf, met: Meeting) -> None:
    people = {"coordinator": 200, "director": 403, "mei": 403, "osei": 403, "chief": 404, "other_coordinator": 404}
    assert {name: client_of(getattr(cast, name)).get(url(met)).status_code for name in people} == people


@pytest.mark.parametrize(
    ("kind", "officer", "other"), [("conference", "chief", "director"), ("director", "director", "chief")]
)
def test_date_with_an_office_is_corrected_by_whoever_registers_it(
    cast: Cast, client_of: ClientOf, kind: str, officer: str, other: str
) -> None:
    meeting = Meeting.objects.record_with_office(
        cast.digestive, Meeting.Kind(kind), cast.mei, day=cast.ago(9), by=cast.coordinator, now=cast.now
    )
    answer = client_of(getattr(cast, officer)).post(url(meeting), {"day": cast.ago(8)})
    assert client_of(getattr(cast, officer)).get(answer["Location"]).status_code == 200
    assert client_of(cast.coordinator).post(url(meeting), {"day": cast.ago(7)}).status_code == 302
    assert client_of(getattr(cast, other)).post(url(meeting), {"day": cast.ago(6)}).status_code in (403, 404)
    assert Meeting.objects.get().day == cast.ago(7)


def test_coordinator_corrects_nothing_of_oneself(cast: Cast, client_of: ClientOf, met: Meeting) -> None:
    cast.digestive.grant(cast.mei, Role.Kind.COORDINATOR, since=cast.ago(9), by=None, now=cast.now)
    with_chief = Meeting.objects.record_with_office(
        cast.digestive, Meeting.Kind.CONFERENCE, cast.mei, day=cast.ago(9), by=cast.chief, now=cast.now
    )
    assert [client_of(cast.mei).get(url(meeting)).status_code for meeting in (met, with_chief)] == [403, 403]
    assert [client_of(cast.coordinator).get(url(meeting)).status_code for meeting in (met, with_chief)] == [200, 200]
