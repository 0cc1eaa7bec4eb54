"""Who seeks a mentor and is not as far as names, in words for whoever matches several at once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from telemachus.career.models import Aspirations
from telemachus.intake.models import Recruit
from telemachus.intake.not_yet import not_yet
from telemachus.intake.seeking import seeking
from telemachus.pairing import cohort
from telemachus.people.models import Person
from tests.cast import Cast
from tests.intake.ways import introduced, met, recruit_of
from tests.pairing.cohorts import mentee


def came_back(cast: Cast, person: Person) -> Recruit:
    recruit = introduced(cast, person, 3)
    recruit.letters.get().come_back(by=cast.coordinator, now=cast.now)
    return recruit


def corrected(cast: Cast, person: Person) -> Recruit:
    recruit = came_back(cast, person)
    Recruit.objects.filter(pk=recruit.pk).update(address_corrected_at=cast.now)
    return recruit


def answered(cast: Cast, person: Person) -> Recruit:
    recruit = introduced(cast, person, 3)
    Aspirations.objects.write(recruit.program, person, role_wanted="A clinic", by=person, now=cast.now)
    return recruit


def picked(cast: Cast, person: Person) -> Recruit:
    recruit = introduced(cast, person, 3)
    recruit.pick(recruit.times.get().at, by=person, now=cast.now)
    return recruit


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (recruit_of, "has not been written to yet"),
        (introduced, "has not answered yet"),
        (came_back, "the address has to be corrected"),
        (corrected, "has not been written to yet"),
        (answered, "the first meeting is still to come"),
        (picked, "the first meeting is still to come"),
        (met, None),
    ],
)
def test_what_is_missing_is_said(cast: Cast, way: Callable[[Cast, Person], Recruit], said: str | None) -> None:
    person = mentee(cast, 1)
    way(cast, person)
    assert person in seeking(cast.digestive, cast.now)
    assert not_yet(cast.digestive, [person, cast.pia], cast.now).get(person.pk) == said


def test_mentee_who_looks_for_another_mentor_is_as_far_as_names(cast: Cast) -> None:
    assert not_yet(cast.digestive, list(seeking(cast.digestive, cast.now)), cast.now) == {}


def test_only_those_who_are_asked_about_are_said(cast: Cast) -> None:
    one, other = mentee(cast, 1), mentee(cast, 2)
    introduced(cast, one)
    introduced(cast, other)
    assert set(not_yet(cast.digestive, [one], cast.now)) == {one.pk}
    assert not_yet(cast.cardiology, [one, other], cast.now) == {}


def test_way_that_was_closed_is_not_waited_for(cast: Cast) -> None:
    person = mentee(cast, 1)
    introduced(cast, person).close(Recruit.Ending.NO_REPLY, by=cast.director, now=cast.now)
    assert not_yet(cast.digestive, [person], cast.now + timedelta(days=1)) == {}


def test_pairing_hears_it_from_the_room_above(cast: Cast) -> None:
    person = mentee(cast, 1)
    introduced(cast, person)
    assert cohort.not_yet(cast.digestive, [person], cast.now) == {person.pk: "has not answered yet"}


def test_queries_are_the_same_for_one_as_for_five(cast: Cast) -> None:
    people: list[Person] = []
    counts = []
    for number in range(5):
        people.append(mentee(cast, number))
        introduced(cast, people[-1], 3)
        with CaptureQueriesContext(connection) as captured:
            not_yet(cast.digestive, people, cast.now)
        counts.append(len(captured))
    assert len(set(counts)) == 1
