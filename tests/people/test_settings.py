"""What a person sets for oneself."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.acts import ClientOf, queries, sentences, words
from tests.cast import Cast

SETTINGS, OWN = reverse("people:settings"), reverse("people:change_own")


def test_zone_and_keys_are_kept(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.mei).post(OWN, {"zone": "Asia/Tokyo", "shortcuts_off": "on"})
    cast.mei.refresh_from_db()
    assert (sentences(answer), cast.mei.zone, cast.mei.shortcuts_off) == (["Saved."], "Asia/Tokyo", True)


def test_zone_can_be_emptied(cast: Cast, client_of: ClientOf) -> None:
    cast.mei.change(zone="Asia/Tokyo", by=cast.mei, now=cast.now)
    client_of(cast.mei).post(OWN, {"zone": ""})
    cast.mei.refresh_from_db()
    assert cast.mei.zone == ""


@pytest.mark.parametrize("zone", ["Mars/Phobos", "../etc/passwd", "Etc/UTC"])
def test_unknown_zone_is_refused(cast: Cast, client_of: ClientOf, zone: str) -> None:
    assert client_of(cast.mei).post(OWN, {"zone": zone}).status_code == 422
    cast.mei.refresh_from_db()
    assert cast.mei.zone == ""


def test_settings_are_ones_own(cast: Cast, client_of: ClientOf) -> None:
    client_of(cast.mei).post(OWN, {"zone": "Asia/Tokyo", "pk": cast.osei.pk})
    cast.osei.refresh_from_db()
    assert cast.osei.zone == ""
    assert Client().get(SETTINGS).status_code == 302


def test_settings_ask_as_much_for_three_delegates_as_for_one(cast: Cast, client_of: ClientOf) -> None:
    one = queries(client_of(cast.osei), SETTINGS)
    for delegate in (cast.mei, cast.jonas):
        cast.osei.name_delegate(delegate, since=cast.today, now=cast.now)
    assert queries(client_of(cast.osei), SETTINGS) == one


def test_page_names_the_place_of_the_divisions_clock(cast: Cast, client_of: ClientOf) -> None:
    assert "Same as the division (Los Angeles)" in words(client_of(cast.mei).get(SETTINGS))
    cast.mei.change(zone="Asia/Tokyo", by=cast.mei, now=cast.now)
    assert "Same as the division Africa/Abidjan" in words(client_of(cast.mei).get(SETTINGS))
