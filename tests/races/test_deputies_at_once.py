"""A director names another deputy in the moment in which something is told the one before."""

from functools import partial

import pytest
from django.utils import timezone

from telemachus.audit.models import Event
from telemachus.pairing.access import who_run
from telemachus.pairing.changes import express, named
from telemachus.pairing.models import ChangeWish, Excuse, LightTouch
from telemachus.program.models import Deputy
from tests.cast import Cast
from tests.races.together import Outcome, again, together

pytestmark = pytest.mark.races

ROUNDS = 25


def name(cast: Cast, number: int) -> Deputy:
    deputy = (cast.osei, cast.committee)[number % 2]
    return Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=deputy, now=timezone.now())


def codes() -> list[str]:
    return list(Event.objects.filter(kind="pairing.wish_erased").values_list("code", flat=True))


def test_wish_against_another_deputy_is_read_by_whom_its_page_named_or_by_nobody(cast: Cast):
    name(cast, 0)
    sent = 0
    for number in range(1, ROUNDS):
        pairing, readers = again(cast.tomas_director), named(who_run(cast.tomas_director, cast.now))
        wish = partial(express, pairing, readers=readers, call=False, by=cast.tomas, now=timezone.now())
        outcome = together(wish, partial(name, cast, number))
        assert 1 in outcome.winners
        assert not ChangeWish.objects.exists()
        sent += 0 in outcome.winners
        assert codes() == ["mentee"] * sent


def test_light_touch_against_another_deputy_is_erased_or_comes_after(cast: Cast):
    name(cast, 0)
    for number in range(1, ROUNDS):
        pairing = again(cast.tomas_director)
        wish = partial(LightTouch.wish, pairing, by=cast.tomas, now=timezone.now())
        outcome = together(wish, partial(name, cast, number))
        assert len(outcome.winners) == 2
        stands = LightTouch.objects.filter(until=None).exists()
        assert stands == _came_after(outcome)
        LightTouch.objects.all().delete()


def _came_after(outcome: Outcome) -> bool:
    return "pairing.wish_erased" not in outcome.events and outcome.events[-1] == "pairing.light_touch_wished"


def test_two_name_one_another_one_deputy_stands(cast: Cast):
    for _number in range(ROUNDS):
        together(lambda: name(cast, 0), lambda: name(cast, 1))
        assert Deputy.objects.filter(director=cast.directing_mentor, until=None).count() == 1


def test_excuse_against_leaving_it_owed(cast: Cast):
    """Whoever leaves it as it is hears that the year has been excused, or was first."""
    year = cast.digestive.year(cast.now)
    for _number in range(ROUNDS):
        LightTouch.wish(cast.mei_osei, by=cast.mei, now=cast.now)
        touch, pairing = LightTouch.objects.get(until=None), again(cast.mei_osei)
        outcome = together(
            lambda: Excuse.grant(pairing, year=year, by=cast.director, now=timezone.now()),
            lambda: touch.leave_owed(by=cast.directing_mentor, now=timezone.now()),
        )
        assert 0 in outcome.winners
        assert (1 in outcome.winners) == (outcome.events[0] == "pairing.light_touch_over")
        Excuse.objects.all().delete()
        LightTouch.objects.all().delete()
