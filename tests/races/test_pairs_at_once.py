"""Two directors begin, end, accept or pause at the same moment."""

from datetime import timedelta

import pytest
from django.utils import timezone

from telemachus.career.models import Absence
from telemachus.meetings.models import Meeting
from telemachus.pairing.models import Pairing, Pause
from tests.cast import Cast
from tests.races.together import again, one_wins, stands, together

pytestmark = pytest.mark.races

ROUNDS = 25
CHANGED = Pairing.Ending.CHANGED


def claim(cast: Cast, number: int) -> Pairing:
    """A pair that stands on paper only, with one date of its own."""
    begins = cast.ago(100 + number)
    pairing = Pairing(
        program=cast.digestive, mentee=cast.colleague, mentor=cast.halloran, begins=begins, state=Pairing.State.WAITING
    )
    [claimed] = Pairing.objects.claim_all([pairing], by=cast.coordinator, now=cast.now)
    Meeting.objects.record_for_pair(claimed, day=begins, how=Meeting.How.REGISTER, by=cast.coordinator, now=cast.now)
    return claimed


def ended(cast: Cast, pairing: Pairing) -> None:
    again(pairing).end(on=cast.today, ending=CHANGED, by=cast.director, now=cast.now)


def test_enter_by_two_directors_one_mentor(cast: Cast):
    for number in range(ROUNDS):
        begins = cast.ago(30 + number)
        outcome = one_wins(
            *(
                lambda mentor=mentor, by=by: Pairing.objects.enter(
                    cast.digestive, mentee=cast.colleague, mentor=mentor, begins=begins, by=by, now=timezone.now()
                )
                for mentor, by in ((cast.halloran, cast.director), (cast.both, cast.directing_mentor))
            )
        )
        assert outcome.events == ["pairing.entered"]
        pairing = Pairing.objects.active().get(mentee=cast.colleague)
        assert pairing.mentor == (cast.halloran if outcome.winners == [0] else cast.both)
        ended(cast, pairing)


def test_end_by_two_directors_first_ending_stands(cast: Cast):
    for number in range(ROUNDS):
        pairing = Pairing.objects.enter(
            cast.digestive, mentee=cast.colleague, mentor=cast.halloran, begins=cast.ago(30 + number), by=None,
            now=cast.now,
        )  # fmt: skip
        first, second = again(pairing), again(pairing)
        outcome = one_wins(
            lambda: first.end(on=cast.today, ending=CHANGED, by=cast.director, now=timezone.now()),
            lambda: second.end(
                on=cast.ago(3), ending=Pairing.Ending.COMPLETED, by=cast.directing_mentor, now=timezone.now()
            ),
        )
        assert outcome.events == ["pairing.ended"]
        winner = (cast.today, CHANGED) if outcome.winners == [0] else (cast.ago(3), Pairing.Ending.COMPLETED)
        after = again(pairing)
        assert (after.ends, after.ending) == winner


def test_accept_against_refuse_stands_or_gone_with_its_dates(cast: Cast):
    for number in range(ROUNDS):
        pairing = claim(cast, number)
        first, second = again(pairing), again(pairing)
        outcome = one_wins(
            lambda: first.accept_from_paper(by=cast.director, now=timezone.now()),
            lambda: second.refuse_from_paper(by=cast.directing_mentor, now=timezone.now()),
        )
        accepted = outcome.winners == [0]
        assert outcome.events == [f"pairing.{'accepted' if accepted else 'refused'}_from_paper"]
        assert stands(pairing) == accepted
        assert Meeting.objects.filter(pairing_id=pairing.pk).count() == accepted
        if accepted:
            ended(cast, pairing)


def test_accept_of_two_claims_for_one_mentee_one_mentor(cast: Cast):
    for number in range(ROUNDS):
        one, other = claim(cast, number), claim(cast, number + ROUNDS)
        outcome = one_wins(
            lambda: one.accept_from_paper(by=cast.director, now=timezone.now()),
            lambda: other.accept_from_paper(by=cast.directing_mentor, now=timezone.now()),
        )
        assert outcome.events == ["pairing.accepted_from_paper"]
        ended(cast, Pairing.objects.active().get(mentee=cast.colleague))
        Pairing.objects.waiting().get().refuse_from_paper(by=cast.director, now=cast.now)


def test_refuse_against_a_new_date_nothing_half_written(cast: Cast):
    """The coordinator files a date on a claim while the director refuses it: the claim goes with all its dates."""
    for number in range(ROUNDS):
        pairing = claim(cast, number)
        filed, refused = again(pairing), again(pairing)
        outcome = together(
            lambda: Meeting.objects.record_for_pair(
                filed, day=cast.ago(2), how=Meeting.How.SLIP, by=cast.coordinator, now=timezone.now()
            ),
            lambda: refused.refuse_from_paper(by=cast.director, now=timezone.now()),
        )
        assert 1 in outcome.winners
        assert outcome.events[-1] == "pairing.refused_from_paper"
        assert not stands(pairing)
        assert not Meeting.objects.filter(pairing_id=pairing.pk).exists()


def test_pause_by_two_directors_one_pause(cast: Cast):
    for number in range(ROUNDS):
        begins = cast.today + timedelta(days=10 * number)
        outcome = one_wins(
            *(
                lambda by=by, days=days: Pause(
                    program=cast.digestive, pairing=cast.mei_osei, begins=begins, until=begins + timedelta(days=days)
                ).start(by=by, now=timezone.now())
                for by, days in ((cast.director, 5), (cast.directing_mentor, 7))
            )
        )
        assert outcome.events == ["pairing.paused"]
    assert Pause.objects.count() == ROUNDS


@pytest.mark.parametrize("begins_in", [-5, 5], ids=["running", "to come"])
def test_resume_twice_over_once(cast: Cast, begins_in: int):
    for _number in range(ROUNDS):
        begins = cast.today + timedelta(days=begins_in)
        pause = Pause(program=cast.digestive, person=cast.mei, begins=begins, until=begins + timedelta(days=20))
        pause.start(by=cast.director, now=cast.now)
        first, second = again(pause), again(pause)
        outcome = one_wins(
            lambda: first.resume(on=cast.today, by=cast.director, now=timezone.now()),
            lambda: second.resume(on=cast.today, by=cast.directing_mentor, now=timezone.now()),
        )
        assert outcome.events == ["pairing.resumed"]
        Pause.objects.all().delete()


def test_settle_twice_settled_once(cast: Cast):
    for _number in range(ROUNDS):
        absence = Absence.objects.create(
            program=cast.digestive, person=cast.mei, kind=Absence.Kind.LEAVE, noticed=cast.ago(2)
        )
        first, second = again(absence), again(absence)
        outcome = one_wins(
            lambda: first.settle(by=cast.director, on=cast.today, now=timezone.now()),
            lambda: second.settle(by=cast.directing_mentor, on=cast.ago(1), now=timezone.now()),
        )
        assert outcome.events == ["career.absence_settled"]
        assert again(absence).settled == (cast.today if outcome.winners == [0] else cast.ago(1))
