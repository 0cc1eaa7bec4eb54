"""A proposal is worked out in the background, once, by the engine; and says so where it cannot be."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from telemachus.audit.models import Event
from telemachus.lib.errors import Conflict, Refused
from telemachus.pairing.engine import solve
from telemachus.pairing.forgetting import forget_proposals
from telemachus.pairing.match import limit
from telemachus.pairing.models import Apart, Offer, Proposal, Proposed
from telemachus.pairing.models.proposals import TRIES
from telemachus.pairing.proposals.tasks import take_up_proposals, work_out
from telemachus.pairing.proposals.work import cohort_of, taking_part, work
from telemachus.program.models import Deputy, Role
from tests.acts import recorded
from tests.cast import Cast
from tests.pairing.cohorts import (
    GRANTS,
    LIFE,
    again,
    made,
    mentee,
    needs,
    no_places,
    offers,
    pairs,
    ready,
    row_of,
    weighed,
)

State, Fault = Proposal.State, Proposal.Fault
NAMES = ("needs", "interests", "series", "stage", "meeting", "wish")
ZERO = dict.fromkeys(NAMES, 0)


def test_answer_is_that_of_the_engine(cast: Cast) -> None:
    for number in range(3):
        needs(cast, mentee(cast, number), LIFE if number else GRANTS)
    offers(cast, cast.osei, LIFE, places=3)
    offers(cast, cast.halloran, GRANTS, places=1)
    proposal = ready(cast)
    found = solve(cohort_of(proposal, taking_part(proposal, cast.now), cast.now).case)
    rows = proposal.rows.all()
    assert {str(row.mentee_id): str(row.mentor_id) for row in rows if row.mentor_id} == found.pairs
    assert {str(row.mentee_id): row.points for row in rows if row.mentor_id} == found.points
    assert {str(row.mentee_id) for row in rows if row.by_lottery} == found.by_lottery
    assert {str(row.mentee_id) for row in rows if row.mentor_id is None} == set(found.unplaced)
    assert all(row.price == found.prices[str(row.mentor_id)] for row in rows if row.mentor_id)
    proof = found.certificate
    assert proof is not None
    assert (proposal.state, proposal.floor, proposal.cost, proposal.bound) == (
        State.READY, found.floor, proof.cost, proof.bound
    )  # fmt: skip
    assert proposal.gap == 0
    assert proposal.blocking == found.blocking


def test_same_seed_people_and_facts_get_the_same_answer(cast: Cast) -> None:
    for number in range(4):
        mentee(cast, number)
    answers = [pairs(ready(cast, seed=seed)) for seed in (3, 3, 4)]
    assert answers[0] == answers[1] != answers[2]


def test_job_that_is_given_twice_answers_once(cast: Cast) -> None:
    proposal = ready(cast)
    before = list(proposal.rows.values())
    Offer.objects.update_or_create(person=cast.osei, defaults={"places": 0})
    work_out.func(str(proposal.pk))
    assert list(again(proposal).rows.values()) == before


def test_second_worker_that_comes_late_writes_nothing(cast: Cast) -> None:
    proposal = made(cast)
    work(again(proposal), now=cast.now)
    with pytest.raises(Conflict):
        work(proposal, now=cast.now)


def test_proposal_of_a_killed_worker_is_taken_up_again_and_in_the_end_given_up(cast: Cast) -> None:
    proposal = made(cast)
    for round_ in range(1, TRIES + 1):
        take_up_proposals(now=cast.now + timedelta(minutes=6 * round_))
        assert (again(proposal).state, again(proposal).tries) == (State.WORKING, round_)
    take_up_proposals(now=cast.now + timedelta(minutes=60))
    assert (again(proposal).state, again(proposal).fault) == (State.FAILED, Fault.STOPPED)


def test_proposal_that_is_young_or_ready_is_left_alone(cast: Cast) -> None:
    young, done = made(cast, seed=1), ready(cast, seed=2)
    take_up_proposals(now=cast.now + timedelta(minutes=4))
    assert (again(young).tries, again(done).tries) == (0, 0)
    take_up_proposals(now=cast.now + timedelta(minutes=6))
    assert (again(young).tries, again(done).state) == (1, State.READY)


def test_same_question_while_it_is_worked_out_is_the_same_proposal(cast: Cast) -> None:
    first = made(cast)
    assert made(cast) == first
    assert made(cast, seed=8) != first
    assert recorded("pairing.proposed") == 2


def test_proposal_for_nobody_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="at least one"):
        made(cast, [])
    assert not Proposal.objects.exists()


# -- bad input --------------------------------------------------------------------------------------


def test_one_mentee_is_placed(cast: Cast) -> None:
    assert list(pairs(ready(cast, [cast.pia]))) == ["Pia Larsen"]


def test_mentee_who_found_a_mentor_before_the_worker_came_takes_no_part(cast: Cast) -> None:
    one, other = mentee(cast, 1), mentee(cast, 2)
    proposal = made(cast, [one, other, cast.mei])
    work_out.func(str(proposal.pk))
    assert row_of(proposal, cast.mei).mentor is None
    assert len(pairs(again(proposal))) == 2


def test_nobody_left_to_seek_is_said(cast: Cast) -> None:
    proposal = ready(cast, [cast.mei])
    assert (proposal.state, proposal.fault) == (State.FAILED, Fault.NOBODY)


def test_maker_who_directs_no_more_gets_no_answer(cast: Cast) -> None:
    proposal = made(cast)
    Role.objects.filter(person=cast.director).delete()
    work_out.func(str(proposal.pk))
    assert again(proposal).fault == Fault.NOBODY


def test_no_place_at_all_leaves_everybody_unplaced(cast: Cast) -> None:
    no_places(cast)
    proposal = ready(cast)
    assert (proposal.state, pairs(proposal)) == (State.READY, {})


def test_nobody_eligible_leaves_the_mentee_unplaced(cast: Cast) -> None:
    for role in cast.digestive.roles.filter(kind=Role.Kind.MENTOR):
        Apart(program=cast.digestive, person=cast.pia, other=role.person, kind="not_again").keep(now=cast.now)
    assert pairs(ready(cast, [cast.pia])) == {}


def test_weights_of_zero_spread_by_load_and_lottery_alone(cast: Cast) -> None:
    """Two mentors have nobody yet: one mentee each, whatever the lottery says."""
    people = [mentee(cast, number) for number in range(2)]
    proposal = ready(cast, people, weights=weighed(cast, **ZERO))
    assert set(proposal.rows.values_list("points", flat=True)) == {0}
    assert set(pairs(proposal).values()) == {"Maeve Halloran", "Amara Diallo"}


def test_contradictory_aims_are_answered(cast: Cast) -> None:
    """A floor that nobody can reach: everybody is below it, and placed."""
    people = [mentee(cast, number) for number in range(2)]
    proposal = ready(cast, people, weights=weighed(cast, **ZERO, floor=1000, load=1000))
    assert (len(pairs(proposal)), proposal.floor, proposal.gap) == (2, 1000, 0)


def test_pair_that_is_excluded_and_exempted_at_once_follows_the_rules(cast: Cast) -> None:
    """Near relatives stay excluded, whatever the mentee wishes."""
    no_places(cast, but=[cast.halloran])
    Apart(program=cast.digestive, person=cast.halloran, other=cast.pia, kind="relative").keep(now=cast.now)
    assert pairs(ready(cast, [cast.pia])) == {}


def test_no_answer_in_time_is_said(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is kept by a process of its own, for large cohorts: here every cohort is large."""
    monkeypatch.setattr(limit, "SMALL", 0)
    proposal = made(cast)
    work(proposal, now=cast.now, seconds=-1)
    assert (again(proposal).state, again(proposal).fault) == (State.FAILED, Fault.TIME)


# -- whose it is, and for how long ------------------------------------------------------------------


def test_director_without_a_deputy_is_nobodys_mentor_in_it(cast: Cast) -> None:
    no_places(cast, but=[cast.directing_mentor])
    assert pairs(ready(cast, [cast.pia], by=cast.directing_mentor)) == {}
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    assert pairs(ready(cast, [cast.pia], by=cast.directing_mentor)) == {"Pia Larsen": "Paul Brandt"}


def test_proposals_are_forgotten_after_thirty_days(cast: Cast) -> None:
    proposal = ready(cast)
    forget_proposals(now=cast.now + timedelta(days=30))
    assert Proposal.objects.filter(pk=proposal.pk).exists()
    forget_proposals(now=cast.now + timedelta(days=31))
    assert not Proposed.objects.exists()


def test_event_keeps_ids_for_as_long_as_the_proposal_stands(cast: Cast) -> None:
    made(cast)
    event = Event.objects.get(kind="pairing.proposed")
    assert (event.keep_until - cast.now.date()).days == 30
    assert event.code == ""


def test_pair_without_points_and_points_without_a_pair_have_no_place(cast: Cast) -> None:
    proposal = made(cast, [cast.pia])
    for wrong in ({"mentor": cast.osei}, {"points": 5}, {"accepted_at": cast.now}, {"mentor": cast.pia, "points": 5}):
        with pytest.raises(IntegrityError), transaction.atomic():
            proposal.rows.update(**wrong)
