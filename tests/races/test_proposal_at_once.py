"""A proposal is answered by two workers, or accepted by two clicks, at the same moment."""

import pytest
from django.utils import timezone

from telemachus.pairing.models import Proposal, Shortlist
from telemachus.pairing.proposals.accept import Accepted, accept
from telemachus.pairing.proposals.work import work
from tests.cast import Cast
from tests.pairing.cohorts import made, mentee, ready
from tests.races.together import again, one_wins, together

pytestmark = pytest.mark.races

ROUNDS = 5


def test_two_workers_one_answer(cast: Cast):
    for number in range(ROUNDS):
        proposal = made(cast, seed=number)
        seen = [again(proposal), again(proposal)]
        one_wins(*(lambda one=one: work(one, now=timezone.now()) for one in seen))
        assert again(proposal).state == Proposal.State.READY


def test_two_clicks_send_each_list_once(cast: Cast):
    for number in range(ROUNDS):
        people = [mentee(cast, 2 * number), mentee(cast, 2 * number + 1)]
        proposal = ready(cast, people, seed=number)
        keys = list(proposal.rows.values_list("pk", flat=True))
        done: list[Accepted] = []

        def click(one: Proposal, keys=keys, done=done) -> None:
            done.append(accept(one, keys, further=1, by=cast.director, now=timezone.now()))

        seen = [again(proposal), again(proposal)]
        outcome = together(*(lambda one=one: click(one) for one in seen))
        assert outcome.winners == [0, 1]
        assert sum(each.sent for each in done) == 2
        assert [sentence for each in done for sentence in each.left_out] == []
        assert Shortlist.objects.filter(mentee__in=people).count() == 2
