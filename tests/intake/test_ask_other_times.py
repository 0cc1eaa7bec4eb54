"""None of the times suits, or the agreed one no longer does."""

from datetime import timedelta

from django.urls import reverse

from telemachus.intake.models import Recruit
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import Cast
from tests.intake.ways import introduced


def url(recruit: Recruit) -> str:
    return reverse("intake:ask_other_times", args=[recruit.pk])


def test_ask_other_times_gives_the_move_back_to_the_director(cast: Cast, client_of: ClientOf) -> None:
    recruit = introduced(cast, cast.pia, 5, 6)
    client = client_of(cast.pia)
    first, second = twice(client, url(recruit))
    assert sentences(first) == ["Your director proposes other times."]
    assert "The director knows already that other times are needed." in sentences(second)
    assert (recruit.times.count(), recorded("intake.other_times_asked")) == (0, 1)
    shown = words(client.get(reverse("intake:mine", args=["digestive"])))
    assert "You asked for other times. Your director proposes some." in shown


def test_agreed_time_can_be_given_back(cast: Cast, client_of: ClientOf) -> None:
    recruit = introduced(cast, cast.pia, 5)
    recruit.pick(cast.now + timedelta(days=5), by=cast.pia, now=cast.now)
    client_of(cast.pia).post(url(recruit))
    recruit.refresh_from_db()
    assert (recruit.meets_at, recruit.others_asked_at) == (None, cast.now)


def test_ask_other_times_is_the_recruits_own(cast: Cast, client_of: ClientOf) -> None:
    recruit = introduced(cast, cast.pia, 5)
    assert client_of(cast.director).post(url(recruit)).status_code == 403
    assert client_of(cast.mei).post(url(recruit)).status_code == 404
    assert client_of(cast.pia).post(url(recruit)).status_code == 302


def test_none_of_these_suits_in_a_stale_tab_takes_back_no_agreed_time(cast: Cast, client_of: ClientOf) -> None:
    recruit = Recruit.objects.notice(cast.digestive, cast.pia, by=cast.coordinator, now=cast.now)
    at = cast.now + timedelta(days=3)
    recruit.propose([at], by=cast.director, now=cast.now)
    recruit.pick(at, by=cast.pia, now=cast.now)
    address = reverse("intake:ask_other_times", args=[recruit.pk])
    assert client_of(cast.pia).post(address, {"agreed": "no"}).status_code == 409
    recruit.refresh_from_db()
    assert recruit.meets_at == at
    assert client_of(cast.pia).post(address, {"agreed": at.isoformat()}).status_code == 302
