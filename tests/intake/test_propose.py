"""Times for the hour with the director: proposed anew, and one of them chosen as told."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from telemachus.intake.models import Recruit
from telemachus.lib.errors import Refused
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import Cast
from tests.intake.recruits import introduced, noticed, picked

ZONE = ZoneInfo("America/Los_Angeles")


def url(recruit: Recruit) -> str:
    return reverse("intake:propose", args=[recruit.pk])


def told(recruit: Recruit) -> str:
    return reverse("intake:pick_as_told", args=[recruit.pk])


def test_propose_takes_the_place_of_the_times_before(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    introduced(cast, recruit)
    at = picked(cast, recruit)
    client = client_of(cast.director)
    shown = client.get(url(recruit))
    assert "Alina Kuznetsova and you have agreed on Monday 19 October, 10:00, time of Los Angeles." in words(shown)
    assert f'name="agreed" value="{timezone.localtime(at, ZONE).isoformat()}"' in shown.content.decode()
    given = {"first": "2026-11-03T09:30", "second": "2026-11-04T09:30", "agreed": at.isoformat()}
    answer = client.post(url(recruit), given)
    assert sentences(answer) == ["The times are proposed to Alina Kuznetsova."]
    recruit.refresh_from_db()
    assert (recruit.times.count(), recruit.meets_at) == (2, None)


def test_propose_twice_changes_nothing_more_and_tells_once(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    first, second = twice(client_of(cast.director), url(recruit), {"first": "2026-11-03T09:30"})
    assert sentences(first) == sentences(second)[-1:] == ["The times are proposed to Alina Kuznetsova."]
    assert (recruit.times.count(), recorded("intake.times_proposed")) == (1, 1)


def test_time_that_was_picked_meanwhile_is_not_thrown_away(cast: Cast, client_of: ClientOf) -> None:
    """The page was open while the recruit chose: nothing is lost, on neither side."""
    recruit = noticed(cast)
    introduced(cast, recruit)
    client = client_of(cast.director)
    client.get(url(recruit))
    at = picked(cast, recruit)
    given = {"first": "2026-11-03T09:30"}
    answer = client.post(url(recruit), given)
    assert answer.status_code == 422
    assert "A time has been agreed since you opened this page." in words(answer)
    assert 'value="2026-11-03T09:30"' in answer.content.decode()
    assert f'name="agreed" value="{timezone.localtime(at, ZONE).isoformat()}"' in answer.content.decode()
    recruit.refresh_from_db()
    assert (recruit.meets_at, recorded("intake.times_replaced")) == (at, 0)
    twice(client, url(recruit), {**given, "agreed": at.isoformat()})
    recruit.refresh_from_db()
    assert (recruit.meets_at, recruit.times.count(), recorded("intake.times_replaced")) == (None, 1, 1)
    assert recorded("intake.times_proposed") == 1, "that of the introduction"


def test_propose_after_the_agreed_time_was_given_back_goes_through(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    introduced(cast, recruit)
    at = picked(cast, recruit)
    recruit.ask_other_times(by=recruit.person, now=cast.now)
    given = {"first": "2026-11-03T09:30", "agreed": at.isoformat()}
    assert client_of(cast.director).post(url(recruit), given).status_code == 302
    assert recorded("intake.times_replaced") == 0


@pytest.mark.parametrize("hour", ["2027-03-14T02:30", "2026-11-01T01:30"], ids=["skipped", "twice"])
def test_hour_that_the_clocks_skip_is_said_in_our_words(cast: Cast, client_of: ClientOf, hour: str) -> None:
    answer = client_of(cast.director).post(url(noticed(cast)), {"first": hour})
    said = "The clocks change that night: this time does not exist, or comes twice. Choose another."
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"first": [said]}


def test_propose_without_a_time_says_so(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.director).post(url(noticed(cast)), {})
    assert (answer.status_code, "Propose at least one time." in words(answer)) == (422, True)


def test_propose_is_the_directors(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    people = {"director": 200, "coordinator": 403, "chief": 404, "mei": 404, "other_director": 404}
    assert {who: client_of(getattr(cast, who)).get(url(recruit)).status_code for who in people} == people
    assert client_of(cast.coordinator).post(url(recruit), {"first": "2026-11-03T09:30"}).status_code == 403
    assert not recruit.times.exists()


def test_propose_after_the_meeting_is_a_conflict(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    recruit.meet(on=cast.today, by=cast.director, now=cast.now)
    given = {"first": "2026-11-03T09:30", "back": "/"}
    answer = client_of(cast.director).post(url(recruit), given)
    assert sentences(answer) == ["The first meeting has been held already."]


def test_pick_as_told_by_either_office_and_once(cast: Cast, client_of: ClientOf) -> None:
    for who, given, days in ((cast.coordinator, "Alina", 5), (cast.director, "Tunde", 12)):
        recruit = noticed(cast, "Row", given)
        introduced(cast, recruit, days)
        at = recruit.times.order_by("at")[1].at
        first, second = twice(client_of(who), told(recruit), {"at": at.isoformat()})
        assert sentences(first) == [f"Noted: {given} Row comes at this time."]
        assert sentences(second)[-1] == sentences(first)[0]
        recruit.refresh_from_db()
        assert (recruit.meets_at, recruit.times.count()) == (at, 0)
    assert recorded("intake.time_picked") == 2


def test_pick_as_told_of_nonsense_is_refused(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    introduced(cast, recruit)
    for at in ("", "noon", "2026-99-99T10:00:00Z", "2026-10-19T10:00:00"):
        answer = client_of(cast.coordinator).post(told(recruit), {"at": at, "back": "/"})
        assert sentences(answer)[-1] == "Choose one of the proposed times."
    recruit.refresh_from_db()
    assert recruit.meets_at is None


def test_pick_as_told_is_of_the_offices(cast: Cast, client_of: ClientOf) -> None:
    recruit = noticed(cast)
    introduced(cast, recruit)
    at = {"at": recruit.times.all()[0].at.isoformat()}
    for who in (cast.chief, cast.mei, cast.other_coordinator, recruit.person):
        assert client_of(who).post(told(recruit), at).status_code == 404
    assert client_of(cast.coordinator).get(told(recruit)).status_code == 405


def test_propose_of_an_hour_that_somebody_else_has_is_refused(cast: Cast, client_of: ClientOf) -> None:
    first, second = noticed(cast), noticed(cast, "Oyelaran", "Tunde")
    introduced(cast, first)
    introduced(cast, second, 12)
    at = picked(cast, first)
    near = timezone.localtime(at, ZoneInfo(cast.digestive.zone)) + timedelta(minutes=30)
    answer = client_of(cast.director).post(url(second), {"first": near.strftime("%Y-%m-%dT%H:%M")})
    assert answer.status_code == 422
    assert "Another first meeting has been agreed for this hour. Choose another time." in words(answer)
    with pytest.raises(Refused, match="just been taken"):
        second.propose([near], by=cast.director, now=cast.now)
    assert second.times.count() == 3
    first.propose([near], by=cast.director, now=cast.now)
    assert first.meets_at is None, "one's own agreed hour stands in nobody's way"
