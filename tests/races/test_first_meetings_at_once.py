"""Two recruits pick the same hour with the director, or one picks it while it is proposed to another."""

from datetime import timedelta

import pytest
from django.utils import timezone

from telemachus.intake.models import ProposedTime, Recruit
from telemachus.people.models import Person
from tests.cast import Cast
from tests.intake.ways import introduced
from tests.races.together import Act, again, one_wins, together

pytestmark = pytest.mark.races

ROUNDS = 25


def picking(recruit: Recruit, hours: float) -> Act:
    fresh = again(recruit)
    at = recruit.noticed_at + timedelta(days=30, hours=hours)
    return lambda: fresh.pick(at, by=recruit.person, now=timezone.now())


def proposing(cast: Cast, recruit: Recruit, *hours: float) -> Act:
    fresh = again(recruit)
    times = [recruit.noticed_at + timedelta(days=30, hours=each) for each in hours]
    return lambda: fresh.propose(times, by=cast.director, now=timezone.now())


def on_the_way(cast: Cast, *people: Person) -> list[Recruit]:
    return [introduced(cast, person) for person in people]


def nobody_meets() -> None:
    Recruit.objects.update(meets_at=None, picked_at=None)


def meeting(recruits: list[Recruit]) -> list[Recruit]:
    return [recruit for recruit in map(again, recruits) if recruit.meets_at]


def test_one_hour_of_three_who_pick_it_one_has_it(cast: Cast) -> None:
    """The hours overlap, though no two are the same."""
    recruits = on_the_way(cast, cast.pia, cast.colleague, cast.jonas)
    for _round in range(ROUNDS):
        nobody_meets()
        for recruit in recruits:
            proposing(cast, recruit, 0, 0.5, 3)()
        outcome = one_wins(*(picking(one, hours) for one, hours in zip(recruits, (0, 0.5, 0), strict=True)))
        assert outcome.events == ["intake.time_picked"]
        assert outcome.sentences == ["This time is no longer offered. Please choose another."] * 2
        assert len(meeting(recruits)) == 1
        assert ProposedTime.objects.count() == 2, "the third of each of the others"


def test_pick_against_a_proposal_of_the_same_hour_never_both(cast: Cast) -> None:
    first, second = on_the_way(cast, cast.pia, cast.colleague)
    for _round in range(ROUNDS):
        nobody_meets()
        proposing(cast, second, 9)()
        proposing(cast, first, 0)()
        outcome = together(picking(first, 0), proposing(cast, second, 0))
        assert 0 in outcome.winners
        assert [one.pk for one in meeting([first, second])] == [first.pk]
        assert not second.times.filter(at=again(first).meets_at).exists()


def test_two_hours_of_two_both_have_theirs(cast: Cast) -> None:
    first, second = on_the_way(cast, cast.pia, cast.colleague)
    for _round in range(ROUNDS):
        nobody_meets()
        proposing(cast, first, 0, 1)()
        proposing(cast, second, 0, 1)()
        assert together(picking(first, 0), picking(second, 1)).winners == [0, 1]


def test_pick_against_new_times_the_last_word_of_one_of_them_stands(cast: Cast) -> None:
    [recruit] = on_the_way(cast, cast.pia)
    for _round in range(ROUNDS):
        nobody_meets()
        proposing(cast, recruit, 0)()
        outcome = together(picking(recruit, 0), proposing(cast, recruit, 5))
        assert 1 in outcome.winners
        assert (again(recruit).meets_at, recruit.times.count()) == (None, 1)
