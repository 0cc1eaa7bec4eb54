"""An appointment is moved; two who move at once do not overwrite each other."""

from datetime import timedelta

import pytest
from django.urls import reverse

from telemachus.lib.errors import Conflict, Refused
from telemachus.meetings.models import AppointmentToMeet
from telemachus.program.models import Role
from tests.acts import ClientOf, recorded, sentences, words
from tests.cast import Cast

WEEK = timedelta(days=7)


@pytest.fixture
def appointment(cast: Cast) -> AppointmentToMeet:
    at = cast.now + WEEK + timedelta(microseconds=123)
    return AppointmentToMeet.arrange(cast.mei_osei, at=at, by=cast.mei, now=cast.now)


def url(appointment: AppointmentToMeet) -> str:
    return reverse("meetings:move", args=[appointment.pk])


def test_move_sets_the_new_time_and_who_moved(cast: Cast, appointment: AppointmentToMeet) -> None:
    appointment.move(to=cast.now + 2 * WEEK, was=appointment.at, by=cast.osei, now=cast.now)
    appointment.refresh_from_db()
    assert (appointment.at, appointment.made_by) == (cast.now + 2 * WEEK, cast.osei)
    assert recorded("meetings.moved") == 1


def test_move_of_what_was_moved_meanwhile_is_a_conflict(cast: Cast, appointment: AppointmentToMeet) -> None:
    seen = appointment.at
    appointment.move(to=cast.now + 2 * WEEK, was=seen, by=cast.osei, now=cast.now)
    with pytest.raises(Conflict, match="moved or cancelled meanwhile"):
        appointment.move(to=cast.now + 3 * WEEK, was=seen, by=cast.mei, now=cast.now)
    appointment.refresh_from_db()
    assert appointment.at == cast.now + 2 * WEEK


def test_move_onto_another_appointment_is_a_conflict(cast: Cast, appointment: AppointmentToMeet) -> None:
    AppointmentToMeet.arrange(cast.mei_osei, at=cast.now + 2 * WEEK, by=cast.mei, now=cast.now)
    with pytest.raises(Conflict, match="at that time already"):
        appointment.move(to=cast.now + 2 * WEEK, was=appointment.at, by=cast.mei, now=cast.now)


def test_move_into_the_past_is_refused(cast: Cast, appointment: AppointmentToMeet) -> None:
    with pytest.raises(Refused, match="This time has passed"):
        appointment.move(to=cast.now, was=appointment.at, by=cast.mei, now=cast.now)


def test_page_moves_from_what_it_shows(cast: Cast, client_of: ClientOf, appointment: AppointmentToMeet) -> None:
    """The instant comes back exactly as it stands, microseconds and all."""
    client = client_of(cast.osei)
    form = client.get(url(appointment)).context["form"]
    assert (str(form["day"].value()), f"{form['hour'].value():%H:%M}") == ("2026-10-21", "10:00")
    answer = client.post(url(appointment), {"day": "2026-10-22", "hour": "11:00", "was": form["was"].value()})
    assert (sentences(answer), answer["Location"]) == (["Moved."], reverse("meetings:pair", args=[cast.mei_osei.pk]))
    appointment.refresh_from_db()
    assert appointment.at == cast.now + timedelta(days=8, hours=1)


def test_page_shows_and_reads_the_same_clock(cast: Cast, client_of: ClientOf, appointment: AppointmentToMeet) -> None:
    """A person without a zone who has parts in two divisions reads one clock, on every page."""
    type(cast.digestive).objects.filter(pk=cast.digestive.pk).update(zone="America/New_York")
    cast.cardiology.grant(cast.osei, Role.Kind.MENTOR, since=cast.ago(9), by=None, now=cast.now)
    client = client_of(cast.osei)
    assert "Wednesday 21 October, 10:00" in words(client.get("/"))
    assert f"{client.get(url(appointment)).context['form']['hour'].value():%H:%M}" == "10:00"


def test_page_says_that_the_other_was_faster(cast: Cast, client_of: ClientOf, appointment: AppointmentToMeet) -> None:
    seen = appointment.at.isoformat()
    appointment.move(to=cast.now + 2 * WEEK, was=appointment.at, by=cast.osei, now=cast.now)
    answer = client_of(cast.mei).post(url(appointment), {"day": "2026-10-22", "hour": "11:00", "was": seen})
    assert answer.status_code == 422
    assert "moved or cancelled meanwhile" in words(answer)
    assert "now on Wednesday 28 October, 10:00" in words(answer)
    assert 'value="2026-10-22"' in answer.content.decode()


@pytest.mark.parametrize("was", ["", "yesterday"])
def test_page_answers_an_odd_post_with_a_sentence(
    cast: Cast, client_of: ClientOf, appointment: AppointmentToMeet, was: str
) -> None:
    answer = client_of(cast.mei).post(url(appointment), {"day": "2026-10-22", "hour": "11:00", "was": was})
    assert (answer.status_code, recorded("meetings.moved")) == (422, 0)


def test_page_is_missing_to_whom_the_pair_is_not(
    cast: Cast, client_of: ClientOf, appointment: AppointmentToMeet
) -> None:
    for person in (cast.mei, cast.osei, cast.abebe):
        assert client_of(person).get(url(appointment)).status_code == 200
    for person in (cast.director, cast.coordinator, cast.chief, cast.jonas, cast.halloran):
        assert client_of(person).get(url(appointment)).status_code == 404
