"""A program's people as a case for the engine: the same rules, what each said, places; read in a few queries."""

from collections.abc import Sequence

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from telemachus.career.models import Appointment
from telemachus.pairing.cohort import Cohort, cohort, seekers
from telemachus.pairing.engine import NEVER
from telemachus.pairing.models import Exemption, Need, Offer, Term, Weights, Wish
from telemachus.pairing.parts import Shared, Wished
from telemachus.pairing.rules import Why, facts
from telemachus.pairing.suggest import Suggestions
from telemachus.people.models import Person
from telemachus.program.models import Deputy, Role
from tests.cast import Cast
from tests.pairing.terms import term, terms
from tests.pairing.test_rules import RULES
from tests.pairing.way import asked, fresh, listed


def enters(cast: Cast, family: str, kind: Role.Kind = Role.Kind.MENTEE) -> Person:
    person = Person.objects.add(given_name="Row", family_name=family, by=None, now=cast.now)
    cast.digestive.grant(person, kind, since=cast.ago(9), by=None, now=cast.now)
    return person


def of(cast: Cast, *mentees: Person, by: Person | None = None, weights: Weights | None = None) -> Cohort:
    return cohort(cast.digestive, mentees or (cast.pia,), by=by, now=cast.now, weights=weights)


def points(found: Cohort, mentee: Person, mentor: Person) -> int:
    row, _all = found.scores.rows(np.array([found.row[mentee.pk]]))
    return int(row[0][found.column[mentor.pk]])


# --- The rules are those of rules.py


@pytest.mark.parametrize("why", RULES)
def test_case_has_the_rules_that_hold_everywhere(cast: Cast, why: Why) -> None:
    RULES[why](cast)
    people = (cast.pia, cast.tomas, cast.mei)
    found = of(cast, *people)
    for mentee in people:
        known = facts(cast.digestive, mentee, cast.now)
        for mentor in found.mentors:
            codes = found.scores.why_not(found.row[mentee.pk], found.column[mentor.pk])
            against = known.why_not(mentor.pk)
            assert set(codes) == {one for one in against if one != Why.FULL}
            assert (points(found, mentee, mentor) == NEVER) == bool(codes)
            assert (found.case.places[found.column[mentor.pk]] == 0) == (Why.FULL in against)


def test_exemption_lifts_for_that_mentee_alone(cast: Cast) -> None:
    other = enters(cast, "Second")
    Exemption.objects.allow(
        cast.digestive,
        mentee=cast.pia,
        mentor=cast.chief_mentor,
        by=cast.director,
        on=cast.digestive.day(cast.now),
        now=cast.now,
    )
    found = of(cast, cast.pia, other)
    assert points(found, cast.pia, cast.chief_mentor) > NEVER
    assert points(found, other, cast.chief_mentor) == NEVER


@pytest.mark.parametrize("answer", ["decline", "expire"])
def test_whoever_did_not_say_yes_is_not_proposed_again(cast: Cast, answer: str) -> None:
    """The director may ask again on purpose; no proposal does."""
    request = asked(cast, cast.halloran)
    assert points(of(cast), cast.pia, cast.halloran) > NEVER
    getattr(request, answer)(**({"now": cast.now} if answer == "expire" else {"by": cast.halloran, "now": cast.now}))
    assert points(of(cast), cast.pia, cast.halloran) == NEVER
    assert facts(cast.digestive, cast.pia, cast.now).why_not(cast.halloran.pk) == []
    [last] = [one for one in Suggestions(cast.digestive, cast.pia, cast.now).ranked if not one.why_not][-1:]
    assert last.mentor == cast.halloran


def test_reader_is_told_no_number_of_searches_of_others(cast: Cast) -> None:
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    listed(cast, cast.directing_mentor, by=cast.director)
    other = enters(cast, "Second")
    read = {
        reader: Suggestions(cast.digestive, other, cast.now, reader=fresh(reader)).cohort.mentees
        for reader in (cast.director, cast.directing_mentor)
    }
    assert cast.pia in read[cast.director]
    assert cast.pia not in read[cast.directing_mentor]


# --- What each said


def test_merged_term_counts_as_the_one_that_it_stands_for(cast: Cast) -> None:
    Need.objects.change(cast.digestive, cast.pia, terms=terms(cast.digestive, "grants"), by=cast.pia, now=cast.now)
    Offer.objects.change(cast.osei, places=None, terms=terms(cast.digestive, "support"), now=cast.now)
    assert points(of(cast), cast.pia, cast.osei) == 0
    Term.objects.filter(pk=term(cast.digestive, "support").pk).update(merged_into=term(cast.digestive, "grants"))
    assert points(of(cast), cast.pia, cast.osei) == Weights().needs


def test_retired_term_counts_for_those_who_have_it(cast: Cast) -> None:
    Need.objects.change(cast.digestive, cast.pia, terms=terms(cast.digestive, "grants"), by=cast.pia, now=cast.now)
    Offer.objects.change(cast.osei, places=None, terms=terms(cast.digestive, "grants"), now=cast.now)
    Term.objects.filter(pk=term(cast.digestive, "grants").pk).update(retired_on=cast.ago(1))
    assert points(of(cast), cast.pia, cast.osei) == Weights().needs


def test_parts_are_weighed_as_the_program_sets(cast: Cast) -> None:
    Weights.objects.create(program=cast.digestive, needs=0, wish=700, interests=0, series=300, stage=0, meeting=0)
    Wish.objects.create(program=cast.digestive, mentee=cast.pia, mentor=cast.halloran)
    for person in (cast.pia, cast.osei):
        Appointment.objects.create(
            program=cast.digestive, person=person, title="x", series="in-residence", rank="professor"
        )
    found = of(cast)
    assert [points(found, cast.pia, mentor) for mentor in (cast.halloran, cast.osei, cast.both)] == [700, 300, 0]
    assert points(of(cast, weights=Weights(needs=800, wish=0, interests=0, series=0)), cast.pia, cast.halloran) == 0


def test_wish_counts_for_everybody_but_its_own_reader(cast: Cast) -> None:
    """Who directs and is wished for is not to find it in the points."""
    Wish.objects.create(program=cast.digestive, mentee=cast.pia, mentor=cast.directing_mentor)
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    assert points(of(cast, by=cast.director), cast.pia, cast.directing_mentor) == Weights().wish
    assert points(of(cast, by=cast.directing_mentor), cast.pia, cast.directing_mentor) == 0
    for reader, wished in ((cast.director, Weights().wish), (cast.directing_mentor, 0)):
        found = Suggestions(cast.digestive, cast.pia, cast.now, reader=reader).ranked
        assert [one.points for one in found if one.mentor == cast.directing_mentor] == [wished]


def test_stage_is_the_rank_of_the_rule_book(cast: Cast) -> None:
    for person, rank in ((cast.pia, "assistant"), (cast.osei, "professor"), (cast.both, "associate")):
        Appointment.objects.create(program=cast.digestive, person=person, title="x", series="regular", rank=rank)
    found = of(cast, weights=Weights(series=0))
    got = [points(found, cast.pia, mentor) for mentor in (cast.osei, cast.both, cast.halloran)]
    assert got == [Weights().stage, Weights().stage // 2, 0]


# --- Places, and who is in it


def test_places_are_the_free_ones_and_standing_counts_over_programs(cast: Cast) -> None:
    asked(cast, cast.halloran)
    found = of(cast)
    for mentor in found.mentors:
        assert found.senior is not None
        at = found.column[mentor.pk]
        assert found.case.places[at] == found.senior.room_of(mentor.pk)
    assert found.case.standing[found.column[cast.osei.pk]] == 2
    assert found.case.standing[found.column[cast.directing_mentor.pk]] >= 1


def test_reader_mentors_only_where_a_deputy_can_run_it(cast: Cast) -> None:
    assert cast.directing_mentor in of(cast).mentors
    assert cast.directing_mentor not in of(cast, by=cast.directing_mentor).mentors
    assert cast.directing_mentor in of(cast, by=cast.director).mentors
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    assert cast.directing_mentor in of(cast, by=cast.directing_mentor).mentors


def test_seekers_are_those_without_a_mentor_of_whom_nobody_is_asked(cast: Cast) -> None:
    second = enters(cast, "Second")
    assert {cast.pia, second} <= set(seekers(cast.digestive, fresh(cast.director), cast.now))
    assert not {cast.mei, cast.sofia, cast.leaver} & set(seekers(cast.digestive, fresh(cast.director), cast.now))
    asked(cast, cast.halloran)
    left = seekers(cast.digestive, fresh(cast.director), cast.now)
    assert second in left
    assert cast.pia not in left


def test_searches_that_concern_the_director_are_not_among_them(cast: Cast) -> None:
    assert cast.pia in seekers(cast.digestive, fresh(cast.directing_mentor), cast.now)
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    listed(cast, cast.directing_mentor, by=cast.director)
    assert cast.pia not in seekers(cast.digestive, fresh(cast.directing_mentor), cast.now)
    assert cast.pia in seekers(cast.digestive, fresh(cast.director), cast.now)


@pytest.mark.parametrize("name", ["coordinator", "chief", "osei", "pia", "other_director", "committee"])
def test_nobody_else_has_seekers(cast: Cast, name: str) -> None:
    assert seekers(cast.digestive, fresh(getattr(cast, name)), cast.now) == []


def test_queries_are_few_and_stay_the_same(cast: Cast) -> None:
    def count(people: Sequence[Person]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            found = of(cast, *people)
            assert found.case.table.shape == (len(people), len(found.mentors))
        return len(captured)

    before = count([cast.pia])
    others = [enters(cast, f"N{number}") for number in range(5)]
    for number in range(5):
        mentor = enters(cast, f"M{number}", Role.Kind.MENTOR)
        Offer.objects.change(mentor, places=2, terms=terms(cast.digestive, "grants"), now=cast.now)
    assert count([cast.pia, *others]) == before <= 19


def test_nobody_and_no_mentor_is_a_case_as_well(cast: Cast) -> None:
    assert cohort(cast.digestive, [], by=None, now=cast.now).case.table.shape[0] == 0
    Role.objects.filter(program=cast.digestive, kind=Role.Kind.MENTOR).update(until=cast.ago(1))
    assert of(cast).case.table.shape == (1, 0)


# --- The parts of our own

TERMS = st.frozensets(st.sampled_from("abcd"))


@given(st.lists(TERMS, max_size=4), st.lists(TERMS, max_size=4), st.integers(0, 1000))
def test_shared_is_all_or_nothing(mentees: list[frozenset[str]], mentors: list[frozenset[str]], weight: int) -> None:
    part = Shared("meeting", weight, mentees, mentors)
    found = part.points(np.arange(len(mentees), dtype=np.intp))
    for row, mentee in enumerate(mentees):
        for column, mentor in enumerate(mentors):
            given_here = part.of(row, column)
            assert given_here.points == found[row, column] == (weight if mentee & mentor else 0)
            assert set(given_here.has) == mentee & mentor


@given(st.frozensets(st.tuples(st.integers(0, 3), st.integers(0, 2))), st.permutations(range(4)), st.integers(0, 1000))
def test_wish_counts_for_its_pair_alone(pairs: frozenset[tuple[int, int]], order: list[int], weight: int) -> None:
    part = Wished("wish", weight, pairs, (4, 3))
    found = part.points(np.array(order[:3], dtype=np.intp))
    for at, row in enumerate(order[:3]):
        for column in range(3):
            assert found[at, column] == part.of(row, column).points == (weight if (row, column) in pairs else 0)
