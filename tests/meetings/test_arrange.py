"""A pair sets a time: in whose clock it is read, what is refused, and that it goes the day after."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from telemachus.lib.errors import Conflict, Refused
from telemachus.meetings.models import AppointmentToMeet, Meeting, TalkWish, erase_past_appointments
from telemachus.pairing.models import Pairing
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import Cast

# In Los Angeles, where the cast lives.
AFTERNOON = datetime(2026, 10, 20, 22, 0, tzinfo=UTC)


def url(pairing: Pairing) -> str:
    return reverse("meetings:arrange", args=[pairing.pk])


def test_arrange_stands_and_is_recorded(cast: Cast) -> None:
    AppointmentToMeet.arrange(cast.mei_osei, at=AFTERNOON, by=cast.mei, now=cast.now)
    appointment = AppointmentToMeet.objects.get()
    assert (appointment.pairing, appointment.at, appointment.made_by) == (cast.mei_osei, AFTERNOON, cast.mei)
    assert recorded("meetings.arranged") == 1


def test_arrange_hears_who_wished_to_talk(cast: Cast) -> None:
    for pairing in (cast.mei_osei, cast.jonas_osei):
        TalkWish.express(pairing, by=cast.osei, now=cast.now)
    AppointmentToMeet.arrange(cast.mei_osei, at=AFTERNOON, by=cast.mei, now=cast.now)
    assert [wish.pairing for wish in TalkWish.objects.all()] == [cast.jonas_osei]


def test_arrange_the_same_time_twice_is_a_conflict(cast: Cast) -> None:
    AppointmentToMeet.arrange(cast.mei_osei, at=AFTERNOON, by=cast.mei, now=cast.now)
    with pytest.raises(Conflict, match="set already"):
        AppointmentToMeet.arrange(cast.mei_osei, at=AFTERNOON, by=cast.osei, now=cast.now)


@pytest.mark.parametrize(("days", "sentence"), [(0, "This time has passed"), (800, "more than two years ahead")])
def test_arrange_refuses_what_cannot_be_meant(cast: Cast, days: int, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        AppointmentToMeet.arrange(cast.mei_osei, at=cast.now + timedelta(days=days), by=cast.mei, now=cast.now)


def test_arrange_sees_an_end_that_came_first(cast: Cast) -> None:
    held = Pairing.objects.with_people().get(pk=cast.mei_osei.pk)
    cast.mei_osei.end(on=cast.today, ending=Pairing.Ending.CHANGED, by=cast.director, now=cast.now)
    with pytest.raises(Conflict, match="This pair has ended already"):
        AppointmentToMeet.arrange(held, at=AFTERNOON, by=cast.mei, now=cast.now)
    assert not AppointmentToMeet.objects.exists()


def test_appointment_of_a_pair_that_ends_is_seen_by_nobody_and_goes(cast: Cast, client_of: ClientOf) -> None:
    appointment = AppointmentToMeet.arrange(cast.mei_osei, at=AFTERNOON, by=cast.mei, now=cast.now)
    page = reverse("meetings:move", args=[appointment.pk])
    everybody = [client_of(person) for person in (cast.mei, cast.osei, cast.abebe)]
    assert [client.get(page).status_code for client in everybody] == [200, 200, 200]
    cast.mei_osei.end(on=cast.today, ending=Pairing.Ending.CHANGED, by=cast.director, now=cast.now)
    assert [client.get(page).status_code for client in everybody] == [404, 404, 404]
    erase_past_appointments(now=cast.now)
    assert not AppointmentToMeet.objects.exists()


def test_appointment_is_erased_the_day_after_and_becomes_a_question(cast: Cast) -> None:
    """The day is the division's: midnight in Los Angeles is seven in the morning in UTC."""
    AppointmentToMeet.arrange(cast.mei_osei, at=AFTERNOON, by=cast.mei, now=cast.now)
    erase_past_appointments(now=datetime(2026, 10, 21, 6, 59, tzinfo=UTC))
    assert (AppointmentToMeet.objects.count(), Meeting.objects.count()) == (1, 0)
    erase_past_appointments(now=datetime(2026, 10, 21, 7, 0, tzinfo=UTC))
    asked = Meeting.objects.get()
    assert (AppointmentToMeet.objects.count(), asked.state, asked.day) == (0, "asked", AFTERNOON.date())


def test_appointment_on_a_registered_day_asks_nothing(cast: Cast) -> None:
    AppointmentToMeet.arrange(cast.mei_osei, at=AFTERNOON, by=cast.mei, now=cast.now)
    day = AFTERNOON.date()
    Meeting.objects.log(cast.mei_osei, day=day, by=cast.mei, now=AFTERNOON)
    erase_past_appointments(now=AFTERNOON + timedelta(days=1))
    assert [meeting.state for meeting in Meeting.objects.all()] == ["logged"]


@pytest.mark.parametrize(
    ("zone", "hour"),
    [("", 22), ("America/New_York", 19), ("Asia/Kathmandu", 9)],
    ids=["the division's", "another", "on a quarter of an hour"],
)
def test_page_reads_the_clock_of_who_types(cast: Cast, client_of: ClientOf, zone: str, hour: int) -> None:
    """15:00 on the screen is 15:00 in the zone in which the same page shows times."""
    cast.mei.change(zone=zone, by=cast.mei, now=cast.now)
    answer = client_of(cast.mei).post(url(cast.mei_osei), {"day": "2026-10-20", "hour": "15:00", "back": "/"})
    assert sentences(answer) == ["The time is set. Kwame Osei sees it too."]
    local = datetime(2026, 10, 20, 15, 0, tzinfo=ZoneInfo(zone or cast.digestive.zone))
    assert AppointmentToMeet.objects.get().at == local
    assert local.astimezone(UTC).hour == hour
    assert "Tuesday 20 October, 15:00" in words(client_of(cast.mei).get("/"))


@pytest.mark.parametrize(("zone", "place"), [("", "Los Angeles time"), ("America/New_York", "New York time")])
def test_page_says_whose_clock_is_meant(cast: Cast, client_of: ClientOf, zone: str, place: str) -> None:
    cast.mei.change(zone=zone, by=cast.mei, now=cast.now)
    assert place in words(client_of(cast.mei).get(url(cast.mei_osei)))


def test_page_speaks_to_the_two_and_to_a_delegate(cast: Cast, client_of: ClientOf) -> None:
    own = words(client_of(cast.osei).get(url(cast.mei_osei)))
    assert "With Mei Tanaka" in own
    assert "The two of you, and whoever arranges times for one of you." in own
    delegates = words(client_of(cast.abebe).get(url(cast.mei_osei)))
    assert "Mei Tanaka and Kwame Osei" in delegates
    assert "The two of the pair, and whoever arranges times for one of them." in delegates


def test_page_leads_back_to_the_pair_or_to_the_delegates_times(cast: Cast, client_of: ClientOf) -> None:
    pair, times = reverse("meetings:pair", args=[cast.mei_osei.pk]), reverse("meetings:times")
    for who, hour, page in (("mei", "15:00", pair), ("osei", "16:00", pair), ("abebe", "17:00", times)):
        client = client_of(getattr(cast, who))
        assert f'href="{page}">Back' in client.get(url(cast.mei_osei)).content.decode()
        assert client.post(url(cast.mei_osei), {"day": "2026-10-20", "hour": hour})["Location"] == page


def test_page_refuses_an_hour_that_the_clocks_skip(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.mei).post(url(cast.mei_osei), {"day": "2027-03-14", "hour": "02:30"})
    assert answer.status_code == 422
    assert "this time does not exist" in words(answer)
    assert 'value="02:30"' in answer.content.decode()


def test_page_takes_an_hour_that_comes_twice_as_the_first(cast: Cast, client_of: ClientOf) -> None:
    client_of(cast.mei).post(url(cast.mei_osei), {"day": "2026-11-01", "hour": "01:30"})
    assert AppointmentToMeet.objects.get().at == datetime(2026, 11, 1, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize("day", ["", "2026-13-01", "0001-01-01", "9999-12-31", "2026-10-13"])
def test_page_answers_an_odd_day_with_a_sentence(cast: Cast, client_of: ClientOf, day: str) -> None:
    answer = client_of(cast.mei).post(url(cast.mei_osei), {"day": day, "hour": "23:59"})
    assert (answer.status_code, AppointmentToMeet.objects.count()) == (422, 0)
    assert "Please look at this again" in words(answer)


def test_page_posted_twice_stands_once(cast: Cast, client_of: ClientOf) -> None:
    first, second = twice(client_of(cast.mei), url(cast.mei_osei), {"day": "2026-10-20", "hour": "15:00"})
    assert (first.status_code, second.status_code) == (302, 422)
    assert "This time is set already." in words(second)
    assert (AppointmentToMeet.objects.count(), recorded("meetings.arranged")) == (1, 1)


def test_page_is_missing_to_offices_and_strangers(cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast.mei).get(url(cast.mei_osei)).status_code == 200
    for other in (cast.director, cast.coordinator, cast.chief, cast.jonas, cast.halloran, cast.stranger):
        assert client_of(other).get(url(cast.mei_osei)).status_code == 404
