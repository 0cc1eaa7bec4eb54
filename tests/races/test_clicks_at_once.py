"""Impatient clicks, all at once, at the running server."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from telemachus.audit.models import Event
from telemachus.meetings.models import AppointmentToMeet, Meeting
from telemachus.people.models import Person
from tests.cast import Cast
from tests.races.together import again
from tests.server import Server

pytestmark = pytest.mark.races

CLICKS = 20
TOKEN = "x" * 32


@dataclass(frozen=True)
class Clicker:
    """Somebody who is signed in and presses one button."""

    server: Server
    person: Person

    def cookies(self) -> str:
        client = Client()
        client.force_login(self.person)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"

    def press(self, path: str, cookies: str, **fields: str) -> int:
        """The status of the answer."""
        connection = HTTPConnection(urlsplit(self.server.url).netloc, timeout=30)
        try:
            body = urlencode({"csrfmiddlewaretoken": TOKEN, **fields})
            headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", path, body, headers)
            return connection.getresponse().status
        finally:
            connection.close()


def press_often(path: str, *clickers: Clicker, **fields: str) -> Counter[int]:
    """All clicks at once, shared between the clickers; how often each status was answered."""
    cookies = [clicker.cookies() for clicker in clickers]
    with ThreadPoolExecutor(CLICKS) as threads:
        clicks = [
            threads.submit(clickers[number % len(clickers)].press, path, cookies[number % len(clickers)], **fields)
            for number in range(CLICKS)
        ]
        return Counter(click.result() for click in clicks)


def test_confirm_pressed_twenty_times_registered_once(cast: Cast, server: Server):
    for number in range(3):
        meeting = Meeting.objects.log(cast.mei_osei, day=cast.ago(number), by=cast.mei, now=cast.now)
        path = reverse("meetings:confirm", args=[meeting.pk])
        assert press_often(path, Clicker(server, cast.osei)) == {302: 1, 409: CLICKS - 1}
        assert again(meeting).state == Meeting.State.CONFIRMED
        assert Event.objects.filter(kind="meetings.confirmed", subject=meeting.pk).count() == 1


def test_confirm_from_today_everybody_is_led_back_to_it(cast: Cast, server: Server):
    meeting = Meeting.objects.log(cast.mei_osei, day=cast.today, by=cast.mei, now=cast.now)
    path = reverse("meetings:confirm", args=[meeting.pk])
    assert press_often(path, Clicker(server, cast.osei), back="/") == {302: CLICKS}
    assert Event.objects.filter(kind="meetings.confirmed", subject=meeting.pk).count() == 1


def test_log_pressed_by_both_registered_once_by_both(cast: Cast, server: Server):
    path = reverse("meetings:log", args=[cast.mei_osei.pk])
    both = Clicker(server, cast.mei), Clicker(server, cast.osei)
    assert press_often(path, *both, day=cast.today.isoformat()) == {302: 2, 422: CLICKS - 2}
    meeting = Meeting.objects.get(pairing=cast.mei_osei)
    assert (meeting.state, meeting.how) == (Meeting.State.CONFIRMED, Meeting.How.BOTH)


def test_arrange_pressed_twenty_times_one_appointment(cast: Cast, server: Server):
    path = reverse("meetings:arrange", args=[cast.mei_osei.pk])
    day = (cast.today + timedelta(days=30)).isoformat()
    statuses = press_often(path, Clicker(server, cast.mei), day=day, hour="10:00")
    assert statuses == {302: 1, 422: CLICKS - 1}
    assert AppointmentToMeet.objects.filter(pairing=cast.mei_osei).count() == 1
