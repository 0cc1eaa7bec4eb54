"""A delegate sees and sets times, and nothing else."""

from datetime import timedelta

import pytest
from django.urls import reverse

from telemachus.meetings.models import AppointmentToMeet, Meeting, TalkWish
from telemachus.pairing.models import Pairing
from tests.acts import ClientOf, queries, words
from tests.cast import Cast

TIMES = reverse("meetings:times")


def met(cast: Cast, pairing: Pairing, days: int) -> Meeting:
    meeting = Meeting.objects.log(pairing, day=cast.ago(days), by=pairing.mentee, now=cast.now)
    meeting.confirm(by=pairing.mentor, now=cast.now)
    return meeting


def coming(cast: Cast, pairing: Pairing, days: int = 6) -> AppointmentToMeet:
    return AppointmentToMeet.arrange(pairing, at=cast.now + timedelta(days=days), by=pairing.mentee, now=cast.now)


def test_times_lists_pairs_and_appointments_of_the_principal(cast: Cast, client_of: ClientOf) -> None:
    coming(cast, cast.mei_osei)
    coming(cast, cast.tomas_director)
    page = client_of(cast.abebe).get(TIMES)
    assert [row.pairing for row in page.context["appointments"]] == [cast.mei_osei]
    assert list(page.context["pairings"]) == [cast.mei_osei, cast.jonas_osei]
    assert "Tuesday 20 October, 10:00" in words(page)


def test_delegate_sees_no_date_met_no_wish_and_no_question(cast: Cast, client_of: ClientOf) -> None:
    """Planted for the pair, looked for on every page that a delegate can open."""
    coming(cast, cast.mei_osei)
    met(cast, cast.mei_osei, 33)
    Meeting.objects.ask(cast.mei_osei, day=cast.ago(2), now=cast.now)
    TalkWish.express(cast.mei_osei, by=cast.mei, now=cast.now)
    planted = ("11 September", "Did you meet", "Mei Tanaka would like to talk")
    assert all(word in words(client_of(cast.osei).get(reverse("meetings:my_mentees"))) for word in planted)
    delegate = client_of(cast.abebe)
    for url in ("/", TIMES, reverse("meetings:my_mentor"), reverse("meetings:my_mentees"), reverse("people:settings")):
        assert not [word for word in planted if word in words(delegate.get(url))]


def test_delegate_opens_nothing_else_of_the_pair(cast: Cast, client_of: ClientOf) -> None:
    meeting = met(cast, cast.mei_osei, 33)
    delegate, mentor = client_of(cast.abebe), client_of(cast.osei)
    for name in ("pair", "log", "slip"):
        url = reverse(f"meetings:{name}", args=[cast.mei_osei.pk])
        assert (mentor.get(url).status_code, delegate.get(url).status_code) == (200, 404)
    assert delegate.post(reverse("meetings:confirm", args=[meeting.pk])).status_code == 404
    assert delegate.get(reverse("meetings:arrange", args=[cast.mei_osei.pk])).status_code == 200


def test_times_is_empty_once_the_delegation_ends(cast: Cast, client_of: ClientOf) -> None:
    delegate = client_of(cast.abebe)
    assert delegate.get(TIMES).context["pairings"]
    cast.oseis_delegation.end(by=cast.osei, on=cast.today, now=cast.now)
    assert not delegate.get(TIMES).context["pairings"]


def test_times_is_empty_once_the_delegate_has_left_the_division(cast: Cast, client_of: ClientOf) -> None:
    """Nobody need remember to take the delegation back."""
    delegate = client_of(cast.abebe)
    assert delegate.get(TIMES).context["pairings"]
    cast.abebe.roles.get().end(on=cast.ago(1), by=cast.director, now=cast.now)
    assert not delegate.get(TIMES).context["pairings"]
    assert delegate.get(reverse("meetings:arrange", args=[cast.mei_osei.pk])).status_code == 404


def test_times_leaves_out_the_principals_pairs_of_another_program(cast: Cast, client_of: ClientOf) -> None:
    cast.both.name_delegate(cast.abebe, since=cast.today, now=cast.now)
    cast.both.name_delegate(cast.sofia, since=cast.today, now=cast.now)
    assert "Henrik Lindqvist" in words(client_of(cast.sofia).get(TIMES))
    assert "Henrik Lindqvist" not in words(client_of(cast.abebe).get(TIMES))


@pytest.mark.parametrize("page", [TIMES, "/"])
def test_page_asks_as_much_for_three_appointments_as_for_one(cast: Cast, client_of: ClientOf, page: str) -> None:
    delegate = client_of(cast.abebe)
    coming(cast, cast.mei_osei)
    one = queries(delegate, page)
    coming(cast, cast.jonas_osei, 7)
    coming(cast, cast.jonas_osei, 8)
    assert queries(delegate, page) == one
