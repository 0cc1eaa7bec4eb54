"""The demo shows a cohort: ten who seek, proposed under two settings, ready to be sent."""

from telemachus.demo import division
from telemachus.demo.cast import LAURENT
from telemachus.demo.cohort import TAKE_PART
from telemachus.pairing.models import Pairing, Proposal, Shortlist


def test_cohort_of_ten_is_ready_under_two_settings(db, now) -> None:
    assert division.load(now=now)
    first, second = Proposal.objects.order_by("made_at", "beside__made_at")
    first, second = (second, first) if first.beside else (first, second)
    assert second.beside == first
    for proposal in (first, second):
        assert (proposal.state, proposal.by.email, proposal.gap) == (Proposal.State.READY, LAURENT.email, 0)
        assert proposal.rows.exclude(mentor=None).count() == TAKE_PART
        assert not proposal.rows.exclude(accepted_at=None).exists()
    taking_part = first.rows.values("mentee")
    assert not Shortlist.objects.open().filter(mentee__in=taking_part).exists()
    assert not Pairing.objects.active().lasting().filter(mentee__in=taking_part).exists()
