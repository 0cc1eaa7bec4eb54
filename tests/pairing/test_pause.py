"""A person or a pair rests for some days; no reason has a place."""

from typing import Any

import pytest
from django.urls import reverse

from telemachus.lib.errors import Conflict, Refused
from telemachus.pairing.models import Pause
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import Cast


def rest(cast: Cast, first: int, last: int, **whose: Any) -> Pause:
    pause = Pause(program=cast.digestive, begins=cast.ago(-first), until=cast.ago(-last), **whose)
    pause.start(by=cast.director, now=cast.now)
    return pause


@pytest.mark.parametrize(("first", "last"), [(10, 20), (0, 10), (20, 30), (12, 15), (0, 30)])
def test_pauses_that_overlap_are_refused(cast: Cast, first: int, last: int) -> None:
    rest(cast, 10, 20, person=cast.mei)
    with pytest.raises(Refused, match="There is a pause in these days already"):
        rest(cast, first, last, person=cast.mei)
    assert (Pause.objects.count(), recorded("pairing.paused")) == (1, 1)


def test_pauses_side_by_side_stand(cast: Cast) -> None:
    rest(cast, 10, 20, person=cast.mei)
    rest(cast, 21, 30, person=cast.mei)
    rest(cast, 10, 20, person=cast.jonas)
    rest(cast, 10, 20, pairing=cast.mei_osei)
    assert Pause.objects.count() == 4


def test_pause_that_ends_before_it_begins_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="comes before its first"):
        rest(cast, 10, 9, person=cast.mei)


@pytest.mark.parametrize("whose", ["mei_osei", "mei"])
def test_pause_wholly_before_the_pair_is_refused(cast: Cast, client_of: ClientOf, whose: str) -> None:
    """1 January to 1 February of a year long gone: a slip in the year."""
    with pytest.raises(Refused, match="Look at the year once more"):
        rest(cast, -2500, -2470, **({"person": cast.mei} if whose == "mei" else {"pairing": cast.mei_osei}))
    url = reverse("pairing:pause_pair", args=[cast.mei_osei.pk])
    answer = client_of(cast.director).post(url, {"begins": "2020-01-01", "until": "2020-02-01"})
    began = cast.mei_osei.begins
    assert answer.status_code == 422
    assert f"The pair began on {began.day} {began:%B %Y}, after these days." in words(answer)
    assert not Pause.objects.exists()


def test_pause_that_reaches_into_the_pair_stands(cast: Cast) -> None:
    rest(cast, -410, -400, pairing=cast.mei_osei)
    rest(cast, -30, -20, pairing=cast.mei_osei)
    rest(cast, -810, -799, person=cast.mei)
    assert Pause.objects.count() == 3


def test_resume_counts_from_that_day_on(cast: Cast) -> None:
    pause = rest(cast, -5, 5, person=cast.mei)
    pause.resume(on=cast.today, by=cast.director, now=cast.now)
    assert Pause.objects.get().until == cast.ago(1)


@pytest.mark.parametrize("first", [0, 3], ids=["begins today", "begins later"])
def test_resume_before_a_day_of_it_has_gone_takes_it_back_whole(cast: Cast, first: int) -> None:
    pause = rest(cast, first, 9, person=cast.mei)
    pause.resume(on=cast.today, by=cast.director, now=cast.now)
    assert not Pause.objects.exists()


def test_resume_never_makes_a_pause_longer(cast: Cast) -> None:
    pause = rest(cast, -20, -10, person=cast.mei)
    with pytest.raises(Conflict, match="over already"):
        pause.resume(on=cast.today, by=cast.director, now=cast.now)
    assert Pause.objects.get().until == cast.ago(10)


def test_page_pauses_a_pair_and_posted_twice_pauses_once(cast: Cast, client_of: ClientOf) -> None:
    given = {"begins": cast.today, "until": cast.ago(-9)}
    url = reverse("pairing:pause_pair", args=[cast.mei_osei.pk])
    first, second = twice(client_of(cast.director), url, given)
    assert sentences(first) == ["Mei Tanaka – Kwame Osei: paused for these days."]
    assert (second.status_code, Pause.objects.count()) == (422, 1)
    assert 'value="2026-10-23"' in second.content.decode()


def test_page_of_an_ended_pair_says_so(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.director).get(reverse("pairing:pause_pair", args=[cast.mei_halloran.pk]))
    assert answer.status_code == 409
    assert "This pair has ended already." in words(answer)


def test_page_resumes_and_posted_twice_records_once(cast: Cast, client_of: ClientOf) -> None:
    url = reverse("pairing:resume", args=[rest(cast, -5, 5, person=cast.mei).pk])
    first, second = twice(client_of(cast.director), url)
    assert sentences(first) == ["The pause is over."]
    assert "This pause is over already." in sentences(second)
    assert recorded("pairing.resumed") == 1


def test_pause_of_a_person_can_be_found_and_ended(cast: Cast, client_of: ClientOf) -> None:
    """Also of somebody who is in no pair."""
    pause = rest(cast, -5, 5, person=cast.pia)
    page = reverse("web:person", args=[cast.digestive.slug, cast.pia.pk])
    assert reverse("pairing:resume", args=[pause.pk]) in client_of(cast.director).get(page).content.decode()
    assert "9 October 2026 to 19 October 2026" in words(client_of(cast.coordinator).get(page))
    assert reverse("pairing:resume", args=[pause.pk]) not in client_of(cast.coordinator).get(page).content.decode()


def test_nobody_pauses_oneself_or_the_own_pair(cast: Cast, client_of: ClientOf) -> None:
    director = client_of(cast.directing_mentor)

    def person(who: str) -> str:
        return reverse("pairing:pause_person", args=[cast.digestive.slug, getattr(cast, who).pk])

    assert director.get(person("mei")).status_code == 200
    assert director.get(person("directing_mentor")).status_code == 403
    assert director.get(person("sofia")).status_code == 404
    assert director.get(reverse("pairing:pause_pair", args=[cast.tomas_director.pk])).status_code == 403


def test_pause_is_the_directors(cast: Cast, client_of: ClientOf) -> None:
    url = reverse("pairing:pause_pair", args=[cast.mei_osei.pk])
    people = {"director": 200, "coordinator": 403, "mei": 403, "osei": 403, "chief": 404, "other_director": 404}
    assert {name: client_of(getattr(cast, name)).get(url).status_code for name in people} == people
