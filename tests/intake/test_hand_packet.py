"""The welcome packet is handed over, where it was not at the meeting (R5)."""

from django.urls import reverse

from telemachus.intake.models import Recruit
from tests.acts import ClientOf, recorded, sentences, twice
from tests.cast import Cast
from tests.intake.recruits import noticed


def url(recruit: Recruit) -> str:
    return reverse("intake:hand_packet", args=[recruit.pk])


def test_hand_packet_notes_the_day_once(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    first, second = twice(client_of(cast.director), url(recruit))
    assert sentences(first) == ["Noted: Alina Kuznetsova has the welcome packet."]
    assert sentences(second)[-1] == "The packet has been handed over already."
    recruit.refresh_from_db()
    assert (recruit.packet_on, recorded("intake.packet_handed")) == (cast.today, 1)


def test_hand_packet_is_the_directors(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    people = {"coordinator": 403, "chief": 404, "mei": 404, "other_director": 404, "director": 302}
    assert {who: client_of(getattr(cast, who)).post(url(recruit)).status_code for who in people} == people
    assert client_of(cast.director).get(url(recruit)).status_code == 405
