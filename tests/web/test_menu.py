"""The menu says where one is: on an entry's own page, and on the pages below it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from telemachus.meetings.models import AppointmentToMeet
from telemachus.web.menu import BELOW, OF_PAIR
from tests.acts import ClientOf
from tests.cast import Cast
from tests.house.routes import routes


def lit(cast: Cast, client_of: ClientOf, who: str, url: str) -> list[str]:
    return [entry.label for entry in client_of(getattr(cast, who)).get(url).context["nav"] if entry.current]


@pytest.mark.parametrize(("who", "label"), [("mei", "My mentor"), ("osei", "My mentees"), ("abebe", "Times")])
def test_page_of_a_pair_belongs_to_the_readers_side(cast: Cast, client_of: ClientOf, who: str, label: str) -> None:
    at = cast.now + timedelta(days=7)
    appointment = AppointmentToMeet.arrange(cast.mei_osei, at=at, by=cast.mei, now=cast.now)
    arrange = reverse("meetings:arrange", args=[cast.mei_osei.pk])
    move = reverse("meetings:move", args=[appointment.pk])
    assert [lit(cast, client_of, who, url) for url in (arrange, move)] == [[label], [label]]


@pytest.mark.parametrize(
    ("who", "name", "label"),
    [
        ("coordinator", "held_conference", "Register"),
        ("chief", "held_conference", "Conferences"),
        ("director", "met_director", "Register"),
    ],
)
def test_page_of_an_office_belongs_to_its_list(
    cast: Cast, client_of: ClientOf, who: str, name: str, label: str
) -> None:
    url = reverse(f"meetings:{name}", args=[cast.digestive.slug, cast.mei.pk])
    assert lit(cast, client_of, who, url) == [label]


def test_entry_itself_comes_before_what_is_above_it(cast: Cast, client_of: ClientOf) -> None:
    conferences = reverse("meetings:conferences", args=[cast.digestive.slug])
    assert lit(cast, client_of, "chief", conferences) == ["Conferences"]
    assert lit(cast, client_of, "coordinator", conferences) == ["Register"]


def test_menu_names_only_pages_that_there_are() -> None:
    named = OF_PAIR | set(BELOW) | set().union(*BELOW.values())
    assert named <= {route.name for route in routes()}
