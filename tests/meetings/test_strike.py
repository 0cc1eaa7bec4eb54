"""A date goes from the register, with one of the listed reasons."""

import pytest
from django.urls import reverse

from telemachus.audit.models import Event
from telemachus.lib.errors import Conflict
from telemachus.meetings.models import Meeting
from tests.acts import ClientOf, recorded, sentences, twice
from tests.cast import Cast


@pytest.fixture
def met(cast: Cast) -> Meeting:
    for by in (cast.mei, cast.osei):
        Meeting.objects.log(cast.mei_osei, day=cast.ago(30), by=by, now=cast.now)
    return Meeting.objects.get()


def url(meeting: Meeting) -> str:
    return reverse("meetings:strike", args=[meeting.pk])


def test_strike_erases_and_records_the_code(cast: Cast, met: Meeting) -> None:
    met.strike(reason=Meeting.Correction.TWICE, by=cast.coordinator, now=cast.now)
    event = Event.objects.get(kind="meetings.struck")
    assert (Meeting.objects.count(), event.code, event.by) == (0, "twice", cast.coordinator.pk)


def test_strike_of_what_was_corrected_meanwhile_is_a_conflict(cast: Cast, met: Meeting) -> None:
    held = Meeting.objects.get(pk=met.pk)
    met.correct(day=cast.ago(29), reason=Meeting.Correction.WRONG_DAY, by=cast.coordinator, now=cast.now)
    with pytest.raises(Conflict, match="corrected or removed already"):
        held.strike(reason=Meeting.Correction.TWICE, by=cast.coordinator, now=cast.now)
    assert (Meeting.objects.count(), recorded("meetings.struck")) == (1, 0)


def test_page_strikes_and_posted_twice_records_once(cast: Cast, client_of: ClientOf, met: Meeting) -> None:
    first, second = twice(client_of(cast.coordinator), url(met), {"reason": "not_held"})
    assert sentences(first) == ["The date is out of the register."]
    assert (first["Location"], second.status_code) == (reverse("meetings:dates", args=[cast.mei_osei.pk]), 404)
    assert recorded("meetings.struck") == 1


@pytest.mark.parametrize("reason", ["", "wrong_day", "they quarrelled"])
def test_page_takes_only_listed_reasons(cast: Cast, client_of: ClientOf, met: Meeting, reason: str) -> None:
    answer = client_of(cast.coordinator).post(url(met), {"reason": reason})
    assert (answer.status_code, Meeting.objects.count()) == (422, 1)


def test_struck_day_can_be_registered_again(cast: Cast, met: Meeting) -> None:
    met.strike(reason=Meeting.Correction.OTHER_PAIR, by=cast.coordinator, now=cast.now)
    Meeting.objects.log(cast.mei_osei, day=cast.ago(30), by=cast.mei, now=cast.now)
    assert Meeting.objects.get().state == "logged"


def test_page_is_the_coordinators(cast: Cast, client_of: ClientOf, met: Meeting) -> None:
    people = {"coordinator": 200, "director": 403, "mei": 403, "osei": 403, "chief": 404, "other_coordinator": 404}
    assert {name: client_of(getattr(cast, name)).get(url(met)).status_code for name in people} == people
