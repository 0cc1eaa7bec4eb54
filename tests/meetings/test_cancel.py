"""An appointment goes, and the other is told."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from telemachus.audit.models import Event
from telemachus.lib.errors import Conflict
from telemachus.meetings.models import AppointmentToMeet
from tests.acts import ClientOf, recorded, sentences, twice
from tests.cast import Cast


@pytest.fixture
def appointment(cast: Cast) -> AppointmentToMeet:
    return AppointmentToMeet.arrange(cast.mei_osei, at=cast.now + timedelta(days=7), by=cast.mei, now=cast.now)


def url(appointment: AppointmentToMeet) -> str:
    return reverse("meetings:cancel", args=[appointment.pk])


def test_cancel_erases_and_is_recorded_of_the_pair(cast: Cast, appointment: AppointmentToMeet) -> None:
    appointment.cancel(by=cast.osei, now=cast.now)
    event = Event.objects.get(kind="meetings.cancelled")
    assert (AppointmentToMeet.objects.count(), event.subject, event.by) == (0, cast.mei_osei.pk, cast.osei.pk)


def test_cancel_of_what_was_moved_meanwhile_is_a_conflict(cast: Cast, appointment: AppointmentToMeet) -> None:
    held = AppointmentToMeet.objects.get(pk=appointment.pk)
    appointment.move(to=cast.now + timedelta(days=9), was=appointment.at, by=cast.mei, now=cast.now)
    with pytest.raises(Conflict, match="moved or cancelled already"):
        held.cancel(by=cast.osei, now=cast.now)
    assert (AppointmentToMeet.objects.count(), recorded("meetings.cancelled")) == (1, 0)


@pytest.mark.parametrize(
    ("who", "others"), [("mei", "Kwame Osei sees"), ("osei", "Mei Tanaka sees"), ("abebe", "Both of the pair see")]
)
def test_page_cancels(cast: Cast, client_of: ClientOf, appointment: AppointmentToMeet, who: str, others: str) -> None:
    answer = client_of(getattr(cast, who)).post(url(appointment))
    [said] = sentences(answer)
    assert said.startswith(f"Cancelled. {others} that it no longer stands.")
    assert not AppointmentToMeet.objects.exists()


def test_cancelled_time_can_be_set_again(cast: Cast, client_of: ClientOf, appointment: AppointmentToMeet) -> None:
    mei = client_of(cast.mei)
    [said] = sentences(mei.post(url(appointment)))
    [again] = map(unescape, re.findall(r'href="(.+?)"', said))
    form = mei.get(again).context["form"]
    mei.post(again, {name: form[name].value() for name in ("day", "hour")})
    assert AppointmentToMeet.objects.get().at == appointment.at


def test_page_posted_twice_records_once(cast: Cast, client_of: ClientOf, appointment: AppointmentToMeet) -> None:
    first, second = twice(client_of(cast.mei), url(appointment))
    assert (first.status_code, second.status_code, recorded("meetings.cancelled")) == (302, 404, 1)


def test_page_is_missing_to_offices(cast: Cast, client_of: ClientOf, appointment: AppointmentToMeet) -> None:
    for office in (cast.director, cast.coordinator, cast.chief):
        assert client_of(office).post(url(appointment)).status_code == 404
    assert client_of(cast.abebe).post(url(appointment)).status_code == 302
