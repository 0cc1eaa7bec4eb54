"""The director's picture of the year: people × months, a dot for each registered meeting."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from telemachus.meetings.models import AppointmentToMeet, Meeting
from telemachus.meetings.rhythm import Grid, rhythm_of
from telemachus.pairing.models import Pairing, Pause
from tests.acts import ClientOf, queries, words
from tests.cast import Cast


def url(cast: Cast) -> str:
    return reverse("meetings:rhythm", args=[cast.digestive.slug])


def met(cast: Cast, pairing: Pairing, day: date, now: datetime | None = None) -> None:
    for by in (pairing.mentee, pairing.mentor):
        Meeting.objects.log(pairing, day=day, by=by, now=now or cast.now)


def grid(cast: Cast, now: datetime | None = None) -> Grid:
    return rhythm_of(cast.digestive, Pairing.objects.filter(pk=cast.mei_osei.pk).with_people(), now or cast.now)


def test_dot_stands_in_the_month_of_the_academic_year(cast: Cast) -> None:
    met(cast, cast.mei_osei, date(2026, 7, 1))
    met(cast, cast.mei_osei, date(2026, 9, 30))
    [row] = grid(cast).rows
    assert [(dot.x, dot.label) for dot in row.dots] == [(0, "met on 1 July"), (2, "met on 30 September")]
    assert (grid(cast).months[0], grid(cast).now_index) == ("Jul", 3)


def test_day_before_the_year_began_is_of_the_last(cast: Cast) -> None:
    met(cast, cast.mei_osei, date(2026, 6, 30))
    [row] = grid(cast).rows
    assert (row.dots, row.met, row.text) == ([], 0, "none yet")


def test_year_turns_at_midnight_of_the_division(cast: Cast) -> None:
    """30 June, eleven at night in Los Angeles, is 1 July in UTC."""
    assert grid(cast, datetime(2027, 7, 1, 6, 0, tzinfo=UTC)).year.label == "2026–27"
    assert grid(cast, datetime(2027, 7, 1, 7, 0, tzinfo=UTC)).year.label == "2027–28"


def test_only_what_is_registered_has_a_dot(cast: Cast) -> None:
    Meeting.objects.log(cast.mei_osei, day=cast.ago(3), by=cast.mei, now=cast.now)
    Meeting.objects.ask(cast.mei_osei, day=cast.ago(2), now=cast.now)
    AppointmentToMeet.arrange(cast.mei_osei, at=cast.now + timedelta(days=6), by=cast.mei, now=cast.now)
    assert grid(cast).rows[0].dots == []


@pytest.mark.parametrize(("days", "late"), [(120, False), (121, True)])
def test_pair_is_late_after_four_months_without_a_date(cast: Cast, days: int, late: bool) -> None:
    met(cast, cast.mei_osei, date(2026, 7, 10))
    now = datetime(2026, 7, 10, 20, 0, tzinfo=UTC) + timedelta(days=days)
    assert grid(cast, now).rows[0].late is late


def test_pair_that_pauses_is_not_late(cast: Cast) -> None:
    now = datetime(2026, 12, 1, 20, 0, tzinfo=UTC)
    assert grid(cast, now).rows[0].late
    pause = Pause(program=cast.digestive, person=cast.mei, begins=date(2026, 11, 1), until=date(2026, 12, 1))
    pause.start(by=cast.director, now=cast.now)
    [row] = grid(cast, now).rows
    assert (row.late, row.text) == (False, "pausing")
    assert grid(cast, now + timedelta(days=1)).rows[0].late


def test_page_is_the_directors(cast: Cast, client_of: ClientOf) -> None:
    people = {"director": 200, "coordinator": 404, "chief": 404, "mei": 404, "other_director": 404}
    assert {name: client_of(getattr(cast, name)).get(url(cast)).status_code for name in people} == people


def test_director_does_not_see_the_own_pair(cast: Cast, client_of: ClientOf) -> None:
    assert "Novak, Tomas" in words(client_of(cast.director).get(url(cast)))
    assert "Novak, Tomas" not in words(client_of(cast.directing_mentor).get(url(cast)))


@pytest.mark.parametrize("page", ["rhythm", "register"])
def test_page_asks_as_much_for_three_pairs_as_for_one(cast: Cast, client_of: ClientOf, page: str) -> None:
    wanted, director = reverse(f"meetings:{page}", args=[cast.digestive.slug]), client_of(cast.director)
    Pairing.objects.filter(program=cast.digestive).exclude(pk=cast.mei_osei.pk).update(
        state="waiting", ends=None, ending=""
    )
    Pairing.objects.filter(state="waiting").update(begins=cast.ago(-1))
    met(cast, cast.mei_osei, cast.ago(9))
    one = queries(director, wanted)
    for pairing in (cast.jonas_osei, cast.tomas_director):
        Pairing.objects.filter(pk=pairing.pk).update(state="active", begins=cast.ago(400))
        met(cast, pairing, cast.ago(9))
    assert queries(director, wanted) == one
