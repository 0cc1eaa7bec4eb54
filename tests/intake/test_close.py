"""A way that leads to no pair: what hung on it goes with it."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from telemachus.intake.models import Recruit
from telemachus.intake.way import searches
from telemachus.pairing.models import Request, Shortlist
from telemachus.pairing.models.requests import places
from telemachus.pairing.requesting import ask
from telemachus.program.models import Role
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import NOW, Cast
from tests.intake.recruits import chosen, introduced, met, noticed, senior


def url(recruit: Recruit) -> str:
    return reverse("intake:close", args=[recruit.pk])


def test_close_says_what_will_happen_and_does_it(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    met(cast, recruit)
    ask(chosen(cast, recruit, cast.halloran), by=cast.director, now=cast.now)
    page = words(client_of(cast.director).get(url(recruit)))
    assert "The request to Maeve Halloran is withdrawn, and the place is free again." in page
    assert "The names sent on 14 October 2026 can no longer be chosen from." in page
    assert places(cast.halloran) == 1
    answer = client_of(cast.director).post(url(recruit), {"ending": "declined"})
    assert sentences(answer) == ["The way of Alina Kuznetsova is closed. It can be reopened."]
    recruit.refresh_from_db()
    assert (recruit.ending, recruit.ended_on) == ("declined", cast.today)
    assert (Request.objects.get().state, Shortlist.objects.get().state) == ("withdrawn", "closed")
    assert places(cast.halloran) == 0


def test_close_twice_closes_once(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    _first, second = twice(client_of(cast.director), url(recruit), {"ending": "did_not_come"})
    assert sentences(second)[-1] == "This has been closed already."
    assert recorded("intake.closed") == 1


@pytest.mark.parametrize(("ending", "stays"), [("declined", False), ("did_not_come", False), ("no_reply", True)])
def test_close_ends_the_part_of_whoever_does_not_come(cast, client_of, ending: str, stays: bool) -> None:
    recruit = noticed(cast)
    client_of(cast.director).post(url(recruit), {"ending": ending})
    tomorrow = cast.today + timedelta(days=1)
    assert Role.objects.filter(person=recruit.person).on(cast.today).exists()
    assert Role.objects.filter(person=recruit.person).on(tomorrow).exists() == stays


def test_close_leaves_a_part_that_was_there_before(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    cast.digestive.grant(recruit.person, Role.Kind.COLLEAGUE, since=cast.ago(300), by=None, now=cast.now)
    client_of(cast.director).post(url(recruit), {"ending": "declined"})
    tomorrow = cast.today + timedelta(days=1)
    assert [role.kind for role in Role.objects.filter(person=recruit.person).on(tomorrow)] == ["colleague"]


def test_close_ends_the_search_as_well(cast: Cast) -> None:
    recruit = noticed(cast)
    recruit.close(Recruit.Ending.NO_REPLY, by=cast.director, now=cast.now)
    assert [way.person for way in searches(cast.digestive, cast.now)] == [cast.pia]


def test_close_offers_no_reply_where_nobody_answered(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    introduced(cast, recruit)
    with time_machine.travel(NOW + timedelta(days=40), tick=False):
        form = client_of(cast.director).get(url(recruit)).context["form"]
    assert form.initial["ending"] == "no_reply"
    assert "welcomed" not in dict(form.fields["ending"].choices)


def test_close_of_a_higher_rank_is_a_welcome(cast: Cast, client_of: ClientOf) -> None:
    recruit = senior(cast)
    client_of(cast.director).post(url(recruit), {"ending": "welcomed"})
    recruit.refresh_from_db()
    assert recruit.ending == Recruit.Ending.WELCOMED
    junior = noticed(cast)
    assert client_of(cast.director).post(url(junior), {"ending": "welcomed"}).status_code == 422
    assert client_of(cast.director).post(url(junior), {"ending": "paired"}).status_code == 422
    assert client_of(cast.director).post(url(junior), {}).status_code == 422


def test_close_is_the_directors(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    people = {"director": 200, "coordinator": 403, "chief": 404, "mei": 404, "other_director": 404}
    assert {who: client_of(getattr(cast, who)).get(url(recruit)).status_code for who in people} == people
    assert client_of(cast.coordinator).post(url(recruit), {"ending": "declined"}).status_code == 403
    recruit.refresh_from_db()
    assert recruit.state == Recruit.State.OPEN
