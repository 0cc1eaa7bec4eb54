"""Somebody to turn to while a mentor rests for three months or more; it ends by the director's act."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from telemachus.lib.errors import Conflict, Refused
from telemachus.pairing.models import Offer, Pairing, Pause
from telemachus.pairing.standing_in import stand_in
from telemachus.pairing.steps import steps
from telemachus.people.models import Person
from telemachus.program.models import Deputy
from tests.acts import ClientOf, sentences, twice, words
from tests.cast import Cast


def url(pairing: Pairing) -> str:
    return reverse("pairing:stand_in", args=[pairing.pk])


def rest(cast: Cast, first: int, last: int, **whose: Any) -> Pause:
    """From so many days from now until so many."""
    pause = Pause(program=cast.digestive, begins=cast.ago(-first), until=cast.ago(-last), **whose)
    pause.start(by=cast.director, now=cast.now)
    return pause


def waits(person: Person, cast: Cast, days: int = 0) -> list[str]:
    fresh = Person.objects.get(pk=person.pk)
    found = steps(fresh, cast.now + timedelta(days=days))
    return [step.sentence for step in found if "interim" in step.sentence or "stood in" in step.sentence]


WANTED = "Offer Mei Tanaka an interim mentor?"


@pytest.mark.parametrize(
    ("first", "last", "wanted"),
    [
        (0, 90, True),
        (0, 89, False),
        (-100, 5, True),
        (-60, 30, True),
        (-60, 29, False),
        (1, 200, False),
        (-100, -1, False),
    ],
)
def test_rest_of_three_months_asks_for_somebody(cast: Cast, first: int, last: int, wanted: bool) -> None:
    rest(cast, first, last, pairing=cast.mei_osei)
    assert (waits(cast.director, cast) == [WANTED]) is wanted


def test_rest_of_the_mentor_counts_for_all_mentees(cast: Cast) -> None:
    rest(cast, -1, 100, person=cast.osei)
    assert waits(cast.director, cast) == [WANTED, "Offer Jonas Weber an interim mentor?"]


def test_pauses_that_follow_each_other_are_one_rest(cast: Cast) -> None:
    rest(cast, -50, 10, person=cast.osei)
    assert waits(cast.director, cast) == []
    rest(cast, 11, 60, pairing=cast.mei_osei)
    assert waits(cast.director, cast) == [WANTED]


def test_mentee_who_is_away_needs_nobody(cast: Cast) -> None:
    rest(cast, -1, 120, person=cast.mei)
    rest(cast, -1, 120, person=cast.osei)
    assert waits(cast.director, cast) == ["Offer Jonas Weber an interim mentor?"]


def test_director_finds_somebody(cast: Cast, client_of: ClientOf) -> None:
    rest(cast, -1, 120, pairing=cast.mei_osei)
    answer = client_of(cast.director).post(url(cast.mei_osei), {"mentor": cast.both.pk, "agreed": "on"})
    assert sentences(answer) == ["Amara Diallo stands in for Kwame Osei."]
    interim = Pairing.objects.get(stands_in_for=cast.mei_osei)
    cast.mei_osei.refresh_from_db()
    assert (interim.mentor, interim.begins, cast.mei_osei.state) == (cast.both, cast.today, "active")
    assert waits(cast.director, cast) == []
    assert "for an interim" in words(client_of(cast.mei).get(reverse("meetings:pair", args=[interim.pk])))


def test_end_of_the_rest_asks_and_ends_nothing(cast: Cast) -> None:
    rest(cast, -1, 120, pairing=cast.mei_osei)
    interim = stand_in(cast.mei_osei, mentor=cast.both, by=cast.director, now=cast.now)
    assert waits(cast.director, cast, days=120) == []
    fresh = Person.objects.get(pk=cast.director.pk)
    [step] = [step for step in steps(fresh, cast.now + timedelta(days=130)) if "stood in" in step.sentence]
    assert step.sentence == "Amara Diallo stood in for Kwame Osei with Mei Tanaka. Is that over?"
    assert (step.since, step.acts[0].url) == (cast.ago(-120), reverse("pairing:end", args=[interim.pk]))
    interim.refresh_from_db()
    assert interim.state == "active"


def test_end_of_the_pair_itself_asks_too(cast: Cast) -> None:
    rest(cast, -1, 120, pairing=cast.mei_osei)
    stand_in(cast.mei_osei, mentor=cast.both, by=cast.director, now=cast.now)
    cast.mei_osei.end(on=cast.today, ending=Pairing.Ending.MENTOR_LEFT, by=cast.director, now=cast.now)
    assert waits(cast.director, cast) == ["Amara Diallo stood in for Kwame Osei with Mei Tanaka. Is that over?"]


@pytest.mark.parametrize("days", [None, 89])
def test_pair_that_does_not_rest_for_long_has_no_interim(cast: Cast, client_of: ClientOf, days: int | None) -> None:
    if days:
        rest(cast, 0, days, pairing=cast.mei_osei)
    client, given = client_of(cast.director), {"mentor": cast.both.pk, "agreed": "on"}
    assert client.get(url(cast.mei_osei)).status_code == 409
    assert client.post(url(cast.mei_osei), given).status_code == 409
    assert not Pairing.objects.filter(stands_in_for=cast.mei_osei).exists()
    assert "Interim mentor" not in words(client.get(reverse("meetings:dates", args=[cast.mei_osei.pk])))
    with pytest.raises(Conflict, match="pair that rests"):
        stand_in(cast.mei_osei, mentor=cast.both, by=cast.director, now=cast.now)


def test_interim_stands_on_the_page_of_the_pair(cast: Cast, client_of: ClientOf) -> None:
    dates, deputized = reverse("meetings:dates", args=[cast.tomas_director.pk]), reverse("pairing:deputized")
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    readers = [(cast.director, dates), (cast.committee, deputized)]
    rest(cast, -1, 120, pairing=cast.tomas_director)
    for reader, page in readers:
        assert "Interim mentor" in words(client_of(reader).get(page))
    stand_in(cast.tomas_director, mentor=cast.both, by=cast.committee, now=cast.now)
    for reader, page in readers:
        shown = words(client_of(reader).get(page))
        assert "Amara Diallo stands in since 14 October 2026." in shown
        assert "Interim mentor" not in shown
    ending = {"on": cast.today, "ending": "changed"}
    assert (
        client_of(cast.committee).post(reverse("pairing:end", args=[cast.tomas_director.pk]), ending).status_code == 302
    )
    over = "Amara Diallo stood in for Paul Brandt with Tomas Novak. Is that over?"
    assert waits(cast.director, cast) == [over]


def test_only_those_are_offered_against_whom_no_rule_speaks(cast: Cast, client_of: ClientOf) -> None:
    """Halloran was her mentor before, Adler is chief; the director never offers herself."""
    rest(cast, -1, 120, pairing=cast.mei_osei)
    offered = client_of(cast.director).get(url(cast.mei_osei)).context["form"].fields["mentor"].queryset
    assert set(offered) == {cast.both, cast.directing_mentor}
    own = client_of(cast.directing_mentor).get(url(cast.mei_osei)).context["form"].fields["mentor"].queryset
    assert set(own) == {cast.both}


@pytest.mark.parametrize(("who", "why"), [("osei", "were a pair before"), ("chief_mentor", "is chief")])
def test_rules_are_asked_once_more(cast: Cast, who: str, why: str) -> None:
    rest(cast, -1, 120, pairing=cast.mei_osei)
    with pytest.raises(Refused, match=why):
        stand_in(cast.mei_osei, mentor=getattr(cast, who), by=cast.director, now=cast.now)


def test_last_place_goes_to_one(cast: Cast) -> None:
    rest(cast, -1, 120, pairing=cast.mei_osei)
    rest(cast, -1, 120, pairing=cast.jonas_osei)
    Offer.objects.change(cast.both, places=1, terms=(), now=cast.now)
    stand_in(cast.mei_osei, mentor=cast.both, by=cast.director, now=cast.now)
    with pytest.raises(Refused, match="All places of Amara Diallo are taken"):
        stand_in(cast.jonas_osei, mentor=cast.both, by=cast.director, now=cast.now)


def test_both_must_have_agreed(cast: Cast, client_of: ClientOf) -> None:
    rest(cast, -1, 120, pairing=cast.mei_osei)
    answer = client_of(cast.director).post(url(cast.mei_osei), {"mentor": cast.both.pk})
    assert (answer.status_code, "agreed" in answer.context["form"].errors) == (422, True)


def test_posted_twice_one_stands_in(cast: Cast, client_of: ClientOf) -> None:
    rest(cast, -1, 120, pairing=cast.mei_osei)
    given = {"mentor": cast.both.pk, "agreed": "on"}
    first, second = twice(client_of(cast.director), url(cast.mei_osei), given)
    assert (first.status_code, second.status_code) == (302, 422)
    assert Pairing.objects.filter(stands_in_for=cast.mei_osei).count() == 1


def test_second_interim_is_told_who_stands_in(cast: Cast, client_of: ClientOf) -> None:
    rest(cast, -1, 120, pairing=cast.mei_osei)
    stand_in(cast.mei_osei, mentor=cast.both, by=cast.director, now=cast.now)
    given = {"mentor": cast.directing_mentor.pk, "agreed": "on"}
    answer = client_of(cast.director).post(url(cast.mei_osei), given)
    assert answer.context["form"].errors["mentor"] == ["Amara Diallo stands in already."]


def test_page_of_an_ended_pair_says_so(cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast.director).get(url(cast.mei_halloran)).status_code == 409


def test_nobody_finds_somebody_for_the_own_pair(cast: Cast, client_of: ClientOf) -> None:
    rest(cast, -1, 120, pairing=cast.tomas_director)
    assert client_of(cast.directing_mentor).get(url(cast.tomas_director)).status_code == 403
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    assert client_of(cast.committee).get(url(cast.tomas_director)).status_code == 200


def test_page_is_the_directors(cast: Cast, client_of: ClientOf) -> None:
    rest(cast, -1, 120, pairing=cast.mei_osei)
    people = {"director": 200, "coordinator": 403, "mei": 403, "osei": 403, "chief": 404, "other_director": 404}
    assert {who: client_of(getattr(cast, who)).get(url(cast.mei_osei)).status_code for who in people} == people
