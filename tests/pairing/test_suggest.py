"""Whom the director might name: a plain count of needs and offers, the series, and room."""

import pytest

from telemachus.career.models import Appointment
from telemachus.pairing.models import Need, Offer
from telemachus.pairing.suggest import Suggestion, suggest
from telemachus.pairing.vocabulary import TOPICS
from telemachus.people.models import Person
from tests.cast import Cast
from tests.pairing.way import asked


def needs(cast: Cast, *topics: str) -> None:
    Need.objects.change(cast.digestive, cast.pia, topics=topics, by=cast.pia, now=cast.now)


def offers(cast: Cast, mentor: Person, *topics: str, places: int | None = None) -> None:
    Offer.objects.change(mentor, places=places, topics=topics, now=cast.now)


def found(cast: Cast) -> list[Suggestion]:
    return suggest(cast.digestive, cast.pia, cast.now)


def of(cast: Cast, mentor: Person) -> Suggestion:
    return next(one for one in found(cast) if one.mentor == mentor)


def test_every_mentor_is_there_who_can_be_chosen_first_and_best_first(cast: Cast) -> None:
    needs(cast, "grants", "life")
    offers(cast, cast.osei, "grants", "life")
    offers(cast, cast.both, "grants")
    names = [(one.mentor.family_name, bool(one.why_not)) for one in found(cast)]
    assert names == [("Osei", False), ("Diallo", False), ("Halloran", False), ("Brandt", False), ("Adler", True)]


def test_parts_sum_to_the_points(cast: Cast) -> None:
    needs(cast, "grants", "life", "societies")
    offers(cast, cast.osei, "grants", "life", "teaching")
    for person, rank in ((cast.pia, "assistant"), (cast.osei, "professor")):
        Appointment.objects.create(program=cast.digestive, person=person, title="x", series="in-residence", rank=rank)
    one = of(cast, cast.osei)
    assert (one.needs, one.series, one.load, one.points) == (466, 150, 50, 666)
    assert (one.covered, one.uncovered, one.room) == (("grants", "life"), ("societies",), 1)


def test_without_needs_nobody_covers_any(cast: Cast) -> None:
    offers(cast, cast.osei, "grants")
    assert {one.needs for one in found(cast)} == {0}


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (["grants"], "Can help with everything you asked for."),
        (
            ["grants", "societies"],
            "Can help with 1 of the 2 things you asked for.",
        ),
        (["societies"], "Has room for another mentee."),
    ],
)
def test_reason_says_what_is_covered(cast: Cast, wanted: list[str], sentence: str) -> None:
    needs(cast, *wanted)
    offers(cast, cast.osei, "grants", "life")
    assert of(cast, cast.osei).reason == sentence


def test_reason_is_never_longer_than_a_list_takes(cast: Cast) -> None:
    needs(cast, *TOPICS)
    offers(cast, cast.osei, *TOPICS)
    for person in (cast.pia, cast.osei):
        Appointment.objects.create(
            program=cast.digestive, person=person, title="x", series="in-residence", rank="professor"
        )
    assert 20 < len(of(cast, cast.osei).reason) <= 400


def test_room_shrinks_by_a_request_that_is_open(cast: Cast) -> None:
    before = of(cast, cast.halloran).room
    asked(cast, cast.halloran)
    assert of(cast, cast.halloran).room == before - 1


def test_nobody_of_another_division_is_suggested(cast: Cast) -> None:
    assert cast.other_mentor not in [one.mentor for one in found(cast)]
