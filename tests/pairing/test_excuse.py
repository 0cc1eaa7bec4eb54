"""The director excuses a pair for an academic year: nothing is owed, and every page says so (B12)."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from telemachus.lib.errors import Conflict
from telemachus.meetings.models import Meeting
from telemachus.meetings.register import register
from telemachus.meetings.rhythm import rhythm_of
from telemachus.meetings.sheet import sheets
from telemachus.meetings.steps import steps
from telemachus.pairing.models import Excuse, Pairing
from telemachus.program.models import Deputy
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import Cast


def url(pairing: Pairing) -> str:
    return reverse("pairing:excuse", args=[pairing.pk])


def back(excuse: Excuse) -> str:
    return reverse("pairing:take_back_excuse", args=[excuse.pk])


def excused(cast: Cast, pairing: Pairing | None = None) -> Excuse:
    pairing = pairing or cast.mei_osei
    Excuse.grant(pairing, year=cast.digestive.year(cast.now), by=cast.director, now=cast.now)
    return Excuse.objects.get(pairing=pairing)


def owed(cast: Cast, now: datetime | None = None) -> int:
    [sheet] = sheets(cast.mei, [cast.mei_osei], now or cast.now)
    return sheet.standing.at_least


def test_excused_year_owes_nothing_and_the_next_owes_again(cast: Cast) -> None:
    assert owed(cast) == 2
    excused(cast)
    assert (owed(cast), owed(cast, datetime(2027, 7, 2, 20, 0, tzinfo=UTC))) == (0, 2)


def test_grid_and_register_show_it(cast: Cast) -> None:
    excused(cast)
    year, pairs = cast.digestive.year(cast.now), Pairing.objects.filter(pk=cast.mei_osei.pk).with_people()
    grid = rhythm_of(cast.digestive, pairs, datetime(2027, 3, 1, 20, 0, tzinfo=UTC))
    [row] = grid.rows
    assert (row.text, row.need, row.late, grid.enough) == ("excused", 0, False, 0)
    [line] = register(cast.digestive, pairs, year, cast.now)
    assert (line.share, line.gap, line.standing.missing) == ("0 met, excused", False, 0)
    [before] = register(cast.digestive, pairs, year.previous(), cast.now)
    assert before.share == "0 of 2"


def test_meetings_that_were_held_stay(cast: Cast) -> None:
    for by in (cast.mei, cast.osei):
        Meeting.objects.log(cast.mei_osei, day=cast.ago(20), by=by, now=cast.now)
    excused(cast)
    [row] = rhythm_of(cast.digestive, Pairing.objects.filter(pk=cast.mei_osei.pk).with_people(), cast.now).rows
    assert (row.met, row.text, len(row.dots)) == (1, "1 met, excused", 1)


def test_both_see_it_and_nobody_is_told_that_it_is_time(cast: Cast, client_of: ClientOf) -> None:
    later = datetime(2026, 12, 20, 20, 0, tzinfo=UTC)
    assert any("Time to meet" in step.sentence for step in steps(cast.mei, later))
    excused(cast)
    assert not any("Time to meet" in step.sentence for step in steps(cast.mei, later))
    for person in (cast.mei, cast.osei):
        page = client_of(person).get(reverse("meetings:pair", args=[cast.mei_osei.pk]))
        assert "excused this year: no meeting is owed" in words(page)


def test_offices_see_it_on_their_pages(cast: Cast, client_of: ClientOf) -> None:
    excused(cast)
    for office in (cast.director, cast.coordinator):
        assert "0 met, excused" in words(client_of(office).get(reverse("meetings:register", args=["digestive"])))
        page = words(client_of(office).get(reverse("meetings:dates", args=[cast.mei_osei.pk])))
        assert "Excused this year: no meeting is owed." in page
    assert "excused" in words(client_of(cast.director).get(reverse("meetings:rhythm", args=["digestive"])))


def test_page_excuses_and_takes_back(cast: Cast, client_of: ClientOf) -> None:
    director = client_of(cast.director)
    page = reverse("meetings:dates", args=[cast.mei_osei.pk])
    assert url(cast.mei_osei) in director.get(page).content.decode()
    assert sentences(director.post(url(cast.mei_osei))) == [
        "Mei Tanaka – Kwame Osei: excused in 2026–27; no meeting is owed."
    ]
    undo = back(Excuse.objects.get())
    assert undo in director.get(page).content.decode()
    assert sentences(director.post(undo)) == ["Taken back: meetings are owed as before."]
    assert (Excuse.objects.count(), owed(cast), recorded("pairing.excuse_taken_back")) == (0, 2, 1)


def test_posted_twice_excuses_once(cast: Cast, client_of: ClientOf) -> None:
    _first, second = twice(client_of(cast.director), url(cast.mei_osei))
    assert "This year is excused already." in sentences(second)
    first, second = twice(client_of(cast.director), back(Excuse.objects.get()))
    assert (first.status_code, second.status_code) == (302, 404)
    assert (recorded("pairing.excused"), recorded("pairing.excuse_taken_back")) == (1, 1)


def test_held_row_that_is_gone_is_a_conflict(cast: Cast) -> None:
    found = excused(cast)
    held = Excuse.objects.get(pk=found.pk)
    found.take_back(by=cast.director, now=cast.now)
    with pytest.raises(Conflict, match="taken back already"):
        held.take_back(by=cast.director, now=cast.now)


def test_pair_that_has_ended_is_not_excused(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.director).post(url(cast.mei_halloran))
    assert (answer.status_code, Excuse.objects.count()) == (409, 0)


def test_excuse_is_the_directors(cast: Cast, client_of: ClientOf) -> None:
    people = {"mei": 403, "osei": 403, "coordinator": 403, "chief": 404, "jonas": 404, "other_director": 404}
    assert {who: client_of(getattr(cast, who)).post(url(cast.mei_osei)).status_code for who in people} == people
    found = excused(cast)
    assert {who: client_of(getattr(cast, who)).post(back(found)).status_code for who in people} == people


def test_nobody_excuses_the_own_pair(cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast.directing_mentor).post(url(cast.tomas_director)).status_code == 403
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    assert client_of(cast.committee).post(url(cast.tomas_director)).status_code == 302
    assert client_of(cast.committee).post(url(cast.mei_osei)).status_code == 404
    [found] = Excuse.objects.all()
    assert (found.pairing, found.year) == (cast.tomas_director, date(2026, 7, 1))
