"""Requests and lists are erased a month after they were answered and closed, and not while the search goes on."""

from datetime import datetime, timedelta

import pytest

from telemachus.pairing import requesting
from telemachus.pairing.forgetting import DAYS, forget_answered
from telemachus.pairing.models import Candidate, Pairing, Request, Shortlist
from tests.cast import Cast


def _asked(cast: Cast) -> Request:
    named = [(cast.halloran, "knows the field"), (cast.both, "")]
    shortlist = Shortlist.objects.send(cast.digestive, cast.pia, named, by=cast.director, now=cast.now)
    shortlist.choose(list(shortlist.candidates.all()), by=cast.pia, now=cast.now)
    return requesting.ask(shortlist, by=cast.director, now=cast.now)


def _after(cast: Cast, days: int) -> datetime:
    return cast.now + timedelta(days=days)


def _kept() -> tuple[int, int]:
    return Request.objects.count(), Shortlist.objects.count()


def _introduced(cast: Cast) -> Pairing:
    request = _asked(cast)
    request.accept(by=cast.halloran, now=cast.now)
    return requesting.introduce(request, by=cast.director, now=cast.now)


def test_a_month_after_the_introduction_list_and_request_are_gone_and_the_pair_stays(cast: Cast) -> None:
    pairing = _introduced(cast)
    forget_answered(now=_after(cast, DAYS - 1))
    assert _kept() == (1, 1)
    forget_answered(now=_after(cast, DAYS + 1))
    assert _kept() == (0, 0)
    assert not Candidate.objects.exists()
    assert Pairing.objects.get(pk=pairing.pk).state == Pairing.State.ACTIVE


@pytest.mark.parametrize("answer", ["decline", "withdraw"])
def test_answer_stays_while_its_list_is_open_so_that_nobody_is_asked_twice(cast: Cast, answer: str) -> None:
    request = _asked(cast)
    getattr(request, answer)(by=cast.director, now=cast.now)
    forget_answered(now=_after(cast, 200))
    assert _kept() == (1, 1)
    following = Shortlist.objects.get().next_choice()
    assert following
    assert following.mentor == cast.both


@pytest.mark.parametrize("answer", ["decline", "withdraw"])
def test_answer_goes_with_its_list(cast: Cast, answer: str) -> None:
    request = _asked(cast)
    getattr(request, answer)(by=cast.director, now=cast.now)
    closed = _after(cast, 5)
    Shortlist.objects.get().close(by=cast.director, now=closed)
    forget_answered(now=closed + timedelta(days=DAYS - 6))
    assert _kept() == (1, 1)
    forget_answered(now=closed + timedelta(days=DAYS - 3))
    assert _kept() == (0, 1)
    forget_answered(now=closed + timedelta(days=DAYS + 1))
    assert _kept() == (0, 0)


def test_request_without_an_answer_goes_after_it_has_run_out(cast: Cast) -> None:
    request = _asked(cast)
    requesting.expire_requests(now=_after(cast, 15))
    request.shortlist.refresh_from_db()
    request.shortlist.close(by=None, now=_after(cast, 15))
    forget_answered(now=_after(cast, 15 + DAYS - 1))
    assert _kept() == (1, 1)
    forget_answered(now=_after(cast, 15 + DAYS + 2))
    assert _kept() == (0, 0)


def test_request_that_holds_a_place_stays(cast: Cast) -> None:
    request = _asked(cast)
    Shortlist.objects.get().close(by=None, now=cast.now)
    forget_answered(now=_after(cast, 200))
    assert _kept() == (1, 1)
    request.accept(by=cast.halloran, now=_after(cast, 1))
    forget_answered(now=_after(cast, 200))
    assert _kept() == (1, 1)


def test_twice_is_like_once(cast: Cast) -> None:
    _introduced(cast)
    for _time in range(2):
        forget_answered(now=_after(cast, DAYS + 1))
    assert _kept() == (0, 0)
