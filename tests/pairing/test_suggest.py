"""Whom the director might name: what the engine says of each colleague, with an eye to all who seek."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from telemachus.career.models import Appointment
from telemachus.pairing.engine import Given
from telemachus.pairing.models import Need, Offer, Term
from telemachus.pairing.reasons import for_director, for_mentee
from telemachus.pairing.suggest import Suggestion, Suggestions, suggest
from telemachus.pairing.vocabulary import STANDARD
from telemachus.people.models import Person
from telemachus.program.models import Role
from tests.cast import Cast
from tests.pairing.terms import terms
from tests.pairing.way import asked

HELPS = [code for code, one in STANDARD.items() if one.kind == Term.Kind.HELP]


def needs(cast: Cast, *topics: str, mentee: Person | None = None) -> None:
    wanted = terms(cast.digestive, *topics)
    Need.objects.change(cast.digestive, mentee or cast.pia, terms=wanted, by=mentee or cast.pia, now=cast.now)


def offers(cast: Cast, mentor: Person, *topics: str, places: int | None = None) -> None:
    Offer.objects.change(mentor, places=places, terms=terms(cast.digestive, *topics), now=cast.now)


def seeks(cast: Cast, family: str, *topics: str) -> Person:
    """Another mentee without a mentor."""
    person = Person.objects.add(given_name="Row", family_name=family, by=None, now=cast.now)
    cast.digestive.grant(person, Role.Kind.MENTEE, since=cast.ago(9), by=None, now=cast.now)
    needs(cast, *topics, mentee=person)
    return person


def found(cast: Cast, mentee: Person | None = None) -> list[Suggestion]:
    return suggest(cast.digestive, mentee or cast.pia, cast.now)


def of(cast: Cast, mentor: Person, mentee: Person | None = None) -> Suggestion:
    return next(one for one in found(cast, mentee) if one.mentor == mentor)


def test_every_mentor_is_there_who_can_be_chosen_first_and_best_first(cast: Cast) -> None:
    needs(cast, "grants", "life")
    offers(cast, cast.osei, "grants", "life")
    offers(cast, cast.both, "grants")
    names = [(one.mentor.family_name, bool(one.why_not)) for one in found(cast)]
    assert names[:2] == [("Osei", False), ("Diallo", False)]
    assert {name for name, _not in names} == {"Osei", "Diallo", "Halloran", "Brandt", "Adler"}
    assert names[-1] == ("Adler", True)


def test_reasons_sum_to_the_points_and_the_bar_is_as_long(cast: Cast) -> None:
    needs(cast, "grants", "life", "societies", "in-person")
    offers(cast, cast.osei, "grants", "life", "teaching", "in-person")
    for person, rank in ((cast.pia, "assistant"), (cast.osei, "professor")):
        Appointment.objects.create(program=cast.digestive, person=person, title="x", series="in-residence", rank=rank)
    one = of(cast, cast.osei)
    assert {reason.part: reason.points for reason in one.reasons} == {
        "needs": 300, "series": 100, "stage": 100, "meeting": 50,
    }  # fmt: skip
    assert one.points == sum(reason.points for reason in one.reasons) == 550
    *_others, last = one.segments
    assert last.start + last.points == one.points
    assert one.covered_words == (str(STANDARD["grants"].words), str(STANDARD["life"].words))
    assert one.uncovered_words == (str(STANDARD["societies"].words),)
    assert one.wanted == 3


def test_without_needs_nobody_covers_any(cast: Cast) -> None:
    offers(cast, cast.osei, "grants")
    assert {one.points for one in found(cast)} == {0}
    assert {one.wanted for one in found(cast)} == {0}


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (["grants"], "Can help with everything you asked for."),
        (["grants", "societies"], "Can help with 1 of the 2 things you asked for."),
        (["societies"], "A senior colleague of your division."),
    ],
)
def test_reason_says_what_is_covered(cast: Cast, wanted: list[str], sentence: str) -> None:
    needs(cast, *wanted)
    offers(cast, cast.osei, "grants", "life")
    assert of(cast, cast.osei).reason == sentence


def test_reason_is_never_longer_than_a_list_takes(cast: Cast) -> None:
    works_on = [
        Term.objects.create(program=cast.digestive, kind="interest", words=f"{at}" * 120, place=at) for at in range(9)
    ]
    everything = [*terms(cast.digestive, *HELPS), *works_on]
    Need.objects.change(cast.digestive, cast.pia, terms=everything, by=cast.pia, now=cast.now)
    Offer.objects.change(cast.osei, places=None, terms=everything, now=cast.now)
    for person in (cast.pia, cast.osei):
        Appointment.objects.create(
            program=cast.digestive, person=person, title="x", series="in-residence", rank="professor"
        )
    assert 20 < len(of(cast, cast.osei).reason) <= 400


def test_wish_is_said_to_the_director_and_never_kept_with_a_list() -> None:
    parts = [Given("needs", 0, 450), Given("wish", 100, 100)]
    assert for_director(parts, {}) == ["Wished for."]
    assert "ish" not in for_mentee(parts, {})


def test_rank_is_said_to_the_director_alone() -> None:
    assert for_director([Given("stage", 100, 100)], {}) == ["Further on by two ranks."]
    assert for_director([Given("stage", 50, 100)], {}) == ["One rank further on."]
    assert "rank" not in for_mentee([Given("stage", 100, 100)], {})


def test_room_shrinks_by_a_request_that_is_open(cast: Cast) -> None:
    before = of(cast, cast.halloran).room
    asked(cast, cast.halloran)
    assert of(cast, cast.halloran).room == before - 1


def test_nobody_of_another_division_is_suggested(cast: Cast) -> None:
    assert cast.other_mentor not in [one.mentor for one in found(cast)]


# --- With an eye to all who seek


def test_whom_others_need_more_stands_lower(cast: Cast) -> None:
    """By points alone Osei would be first for both; the one place does more for whom nobody else covers anything."""
    for mentor in (cast.halloran, cast.directing_mentor):
        offers(cast, mentor, places=0)
    offers(cast, cast.osei, "grants", "life", places=3)
    offers(cast, cast.both, "grants", places=1)
    needs(cast, "grants")
    other = seeks(cast, "Other", "grants", "life")
    assert [one.mentor for one in found(cast)][:2] == [cast.both, cast.osei]
    assert [one.mentor for one in found(cast, other)][:2] == [cast.osei, cast.both]
    assert of(cast, cast.osei).points == of(cast, cast.both).points
    assert of(cast, cast.osei).price.startswith("Sought by more than have room: 1 other would do best here.")
    assert of(cast, cast.both).price == "In the best proposal for all who seek, these two are a pair."


def test_equals_are_not_said_to_seek_one_of_many(cast: Cast) -> None:
    """Several colleagues are as good for them: nobody asks for just this one."""
    for mentor in (cast.halloran, cast.both):
        offers(cast, mentor, "grants", places=1)
    needs(cast, "grants")
    for number in range(3):
        seeks(cast, f"N{number}", "grants")
    assert not [one.price for one in found(cast) if one.price.startswith("Sought")]


def test_room_for_all_who_would_do_best_is_no_scarcity(cast: Cast) -> None:
    for mentor in (cast.directing_mentor, cast.osei):
        offers(cast, mentor, places=0)
    offers(cast, cast.both, "grants", places=1)
    offers(cast, cast.halloran, "life", places=3)
    needs(cast, "grants")
    other = seeks(cast, "Other", "life", "grants")
    offers(cast, cast.halloran, "life", "grants", places=3)
    assert not of(cast, cast.halloran, other).price.startswith("Sought")
    assert not of(cast, cast.halloran).price.startswith("Sought")


def test_without_another_who_seeks_there_is_no_price(cast: Cast) -> None:
    needs(cast, "grants")
    offers(cast, cast.osei, "grants")
    assert {one.price for one in found(cast)} == {""}


def test_queries_do_not_grow(cast: Cast) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert Suggestions(cast.digestive, cast.pia, cast.now).ranked
        return len(captured)

    before = count()
    for number in range(6):
        seeks(cast, f"N{number}", "grants")
    assert count() == before
