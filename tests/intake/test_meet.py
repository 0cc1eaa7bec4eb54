"""The first meeting was held (R5): on the recruit's way and in the register of dates."""

from datetime import timedelta

import time_machine
from django.urls import reverse

from telemachus.intake.models import Recruit
from telemachus.meetings.models import Meeting
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import NOW, Cast
from tests.intake.recruits import introduced, noticed, picked


def url(recruit: Recruit) -> str:
    return reverse("intake:meet", args=[recruit.pk])


def test_meet_registers_the_meeting_and_the_packet_once(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    first, second = twice(client_of(cast.director), url(recruit), {"on": cast.today, "packet": "on"})
    assert sentences(first) == ["Your first meeting with Alina Kuznetsova is registered."]
    assert sentences(second)[-1] == "The first meeting has been held already."
    recruit.refresh_from_db()
    assert (recruit.met_on, recruit.packet_on) == (cast.today, cast.today)
    held = Meeting.objects.get(person=recruit.person)
    assert (held.kind, held.day, held.how) == ("director", cast.today, "office")
    assert (recorded("intake.met"), recorded("intake.packet_handed")) == (1, 1)


def test_meet_without_the_packet_leaves_it_to_come(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    client_of(cast.director).post(url(recruit), {"on": cast.today})
    recruit.refresh_from_db()
    assert (recruit.met_on, recruit.packet_on) == (cast.today, None)


def test_meet_finds_the_day_registered_already(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    Meeting.objects.record_with_office(
        cast.digestive, Meeting.Kind.DIRECTOR, recruit.person, day=cast.today, by=cast.coordinator, now=cast.now
    )
    client_of(cast.director).post(url(recruit), {"on": cast.today, "packet": "on"})
    recruit.refresh_from_db()
    assert (recruit.met_on, Meeting.objects.filter(person=recruit.person).count()) == (cast.today, 1)


def test_meet_before_the_notice_is_asked_about_once(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    client = client_of(cast.director)
    asked = client.post(url(recruit), {"on": cast.ago(3)})
    assert asked.status_code == 422
    assert "The notice came on 14 October 2026 only. Did you meet before that?" in words(asked)
    assert "Yes, we met before that" in words(asked)
    assert "Yes, we met before that" not in words(client.get(url(recruit)))
    recruit.refresh_from_db()
    assert (recruit.met_on, recorded("intake.met")) == (None, 0)
    assert client.post(url(recruit), {"on": cast.ago(3), "before": "on"}).status_code == 302
    recruit.refresh_from_db()
    assert recruit.met_on == cast.ago(3)


def test_meet_offers_the_agreed_day_with_the_packet(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    introduced(cast, recruit)
    at = picked(cast, recruit)
    with time_machine.travel(NOW + timedelta(days=9), tick=False):
        page = client_of(cast.director).get(url(recruit)).content.decode()
    assert f'value="{at:%Y-%m-%d}"' in page
    assert 'name="packet" id="id_packet" checked' in page


def test_meet_on_a_day_to_come_is_refused_beside_the_field(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    answer = client_of(cast.director).post(url(recruit), {"on": cast.ago(-1), "packet": "on"})
    assert (answer.status_code, "This day has not come yet." in words(answer)) == (422, True)
    recruit.refresh_from_db()
    assert (recruit.met_on, recruit.packet_on, Meeting.objects.count()) == (None, None, 0)


def test_meet_is_the_directors(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    people = {"director": 200, "coordinator": 403, "chief": 404, "mei": 404, "other_director": 404}
    assert {who: client_of(getattr(cast, who)).get(url(recruit)).status_code for who in people} == people
    assert client_of(cast.coordinator).post(url(recruit), {"on": cast.today}).status_code == 403
    recruit.refresh_from_db()
    assert recruit.met_on is None
