"""Both read what they agree on, and say so, when the pair begins and each year (R12)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from telemachus.lib.errors import Conflict
from telemachus.lib.step import Step
from telemachus.pairing.agreement import a_year_after
from telemachus.pairing.models import Acknowledgement, Pairing, Pause
from telemachus.pairing.steps import steps
from telemachus.people.models import Person
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import NOW, Cast


def url(pairing: Pairing) -> str:
    return reverse("pairing:agreement", args=[pairing.pk])


def to_read(person: Person, cast: Cast) -> list[Step]:
    return [step for step in steps(person, cast.now) if "agree" in step.sentence]


def introduced(cast: Cast) -> Pairing:
    return Pairing.objects.introduce(
        cast.digestive, mentee=cast.pia, mentor=cast.halloran, by=cast.director, now=cast.now
    )


def days_later(cast: Cast, days: int, person: Person) -> list[Step]:
    fresh = Person.objects.get(pk=person.pk)
    found = steps(fresh, cast.now + timedelta(days=days))
    return [step for step in found if "agree" in step.sentence]


def test_new_pair_is_asked_on_the_day_it_begins(cast: Cast) -> None:
    introduced(cast)
    for person, other in ((cast.pia, "Maeve Halloran"), (cast.halloran, "Pia Larsen")):
        [step] = to_read(person, cast)
        assert step.sentence == f"Read what {other} and you agree on."
        assert (step.since, step.late) == (cast.today, False)


@pytest.mark.parametrize(("days", "late"), [(30, False), (31, True)])
def test_new_pair_is_late_after_thirty_days(cast: Cast, days: int, late: bool) -> None:
    introduced(cast)
    [step] = days_later(cast, days, cast.pia)
    assert step.late is late


def test_pair_that_came_in_mid_life_is_pending_and_never_late(cast: Cast) -> None:
    """It began 400 days ago and is here since today."""
    [step] = to_read(cast.mei, cast)
    assert (step.since, step.late) == (cast.today, False)
    [later] = days_later(cast, 300, cast.mei)
    assert (later.since, later.late) == (cast.today, False)


def test_each_speaks_for_oneself(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.mei).post(url(cast.mei_osei))
    assert sentences(answer) == ["Thank you. We ask you again in a year."]
    assert to_read(cast.mei, cast) == []
    assert len(to_read(cast.osei, cast)) == 2
    page = words(client_of(cast.osei).get(url(cast.mei_osei)))
    assert "Mei Tanaka 14 October 2026 Kwame Osei not yet" in page
    assert "which office to turn to; you need not say why." in page


def test_said_twice_on_one_day_it_stands_once(cast: Cast, client_of: ClientOf) -> None:
    twice(client_of(cast.mei), url(cast.mei_osei))
    assert (Acknowledgement.objects.count(), recorded("pairing.acknowledged")) == (1, 1)


@pytest.mark.parametrize(("days", "asked"), [(364, 0), (365, 1)])
def test_year_later_it_is_asked_again(cast: Cast, days: int, asked: int) -> None:
    Acknowledgement.give(cast.mei_osei, by=cast.mei, now=cast.now)
    found = days_later(cast, days, cast.mei)
    assert [step.sentence for step in found] == ["Read once more what Kwame Osei and you have agreed."] * asked


def test_renewal_is_late_after_thirty_days_for_every_pair(cast: Cast) -> None:
    Acknowledgement.give(cast.mei_osei, by=cast.mei, now=cast.now)
    assert [step.late for step in days_later(cast, 396, cast.mei)] == [True]


def test_page_asks_again_after_a_year_only(cast: Cast, client_of: ClientOf) -> None:
    button = "I have read this and will keep to it"
    assert button in words(client_of(cast.mei).get(url(cast.mei_osei)))
    Acknowledgement.give(cast.mei_osei, by=cast.mei, now=cast.now)
    assert button not in words(client_of(cast.mei).get(url(cast.mei_osei)))
    with time_machine.travel(NOW + timedelta(days=365), tick=False):
        assert button in words(client_of(cast.mei).get(url(cast.mei_osei)))


def test_leap_day_is_followed_by_the_first_of_march() -> None:
    assert a_year_after(date(2028, 2, 29)) == date(2029, 3, 1)


def test_who_rests_is_not_asked(cast: Cast) -> None:
    assert to_read(cast.mei, cast)
    Pause(program=cast.digestive, person=cast.osei, begins=cast.ago(1), until=cast.ago(-9)).start(
        by=cast.director, now=cast.now
    )
    assert to_read(cast.mei, cast) == []


def test_pair_that_has_ended_agrees_on_nothing_more(cast: Cast, client_of: ClientOf) -> None:
    cast.mei_osei.end(on=cast.today, ending=Pairing.Ending.CHANGED, by=cast.director, now=cast.now)
    assert client_of(cast.mei).post(url(cast.mei_osei)).status_code == 404
    with pytest.raises(Conflict, match="ended already"):
        Acknowledgement.give(cast.mei_osei, by=cast.mei, now=cast.now)


def test_page_says_both_parts_and_what_cannot_be_kept(cast: Cast, client_of: ClientOf) -> None:
    page = words(client_of(cast.osei).get(url(cast.mei_osei)))
    for text in (
        "The mentee’s part",
        "The mentor’s part",
        "at least twice an academic year",
        "harassment, discrimination and violence",
        "may be required to hand over notes",
        "without a reason and without blame",
        "clinical questions",
    ):
        assert text in page


def test_page_is_the_pairs(cast: Cast, client_of: ClientOf) -> None:
    people = {"mei": 200, "osei": 200, "jonas": 404, "director": 403, "coordinator": 403, "chief": 404, "abebe": 404}
    assert {who: client_of(getattr(cast, who)).get(url(cast.mei_osei)).status_code for who in people} == people


def test_offices_read_the_days_only(cast: Cast, client_of: ClientOf) -> None:
    Acknowledgement.give(cast.mei_osei, by=cast.mei, now=cast.now)
    for office in (cast.director, cast.coordinator):
        page = words(client_of(office).get(reverse("meetings:dates", args=[cast.mei_osei.pk])))
        assert "Mei Tanaka read on 14 October 2026 Kwame Osei not yet" in page
