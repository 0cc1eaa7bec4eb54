"""The director settles a wish: the pair ends, neutrally; what of it is remembered, and for how long."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from telemachus.audit.models import Event
from telemachus.lib.errors import Conflict, Refused
from telemachus.pairing.changes import forget_changes, prior_mentor_may_speak, settle
from telemachus.pairing.models import ChangeWish, Pairing
from telemachus.program.models import Deputy
from tests.acts import ClientOf, sentences, twice, words
from tests.cast import Cast


def wish(cast: Cast, by: str = "mei", **given: Any) -> ChangeWish:
    return ChangeWish.express(cast.mei_osei, by=getattr(cast, by), now=cast.now, **{"call": False, **given})


def url(found: ChangeWish) -> str:
    return reverse("pairing:settle_change", args=[found.pk])


def settled(cast: Cast, **given: Any) -> ChangeWish:
    found = wish(cast, **given)
    settle(found, on=cast.today, by=cast.director, now=cast.now)
    return found


def successor(cast: Cast, days: int = 0) -> Pairing:
    """Introduced so many days from now."""
    now = cast.now + timedelta(days=days)
    return Pairing.objects.introduce(cast.digestive, mentee=cast.mei, mentor=cast.halloran, by=cast.director, now=now)


def test_settle_ends_the_pair_and_says_nothing_of_who_asked(cast: Cast) -> None:
    settled(cast, by="osei")
    cast.mei_osei.refresh_from_db()
    assert (cast.mei_osei.state, cast.mei_osei.ends, cast.mei_osei.ending) == ("ended", cast.today, "changed")
    assert Event.objects.get(kind="pairing.ended", subject=cast.mei_osei.pk).by == cast.director.pk


def test_page_settles_and_leads_to_a_new_list(cast: Cast, client_of: ClientOf) -> None:
    found = wish(cast, call=True)
    assert "Mei Tanaka asks you to call." in words(client_of(cast.director).get(url(found)))
    [said] = sentences(client_of(cast.director).post(url(found), {"on": cast.today}))
    assert said.startswith("Mei Tanaka – Kwame Osei: the pair has ended.")
    assert reverse("pairing:shortlist", args=["digestive", cast.mei.pk]) in said


def test_page_posted_twice_ends_once(cast: Cast, client_of: ClientOf) -> None:
    _first, second = twice(client_of(cast.director), url(wish(cast)), {"on": cast.today})
    assert "This pair has ended already." in sentences(second)
    assert Event.objects.filter(kind="pairing.ended", subject=cast.mei_osei.pk).count() == 1


@pytest.mark.parametrize(("days", "sentence"), [(401, "began on"), (-1, "has not come yet")])
def test_impossible_day_is_refused_beside_the_field(cast: Cast, client_of: ClientOf, days: int, sentence: str) -> None:
    answer = client_of(cast.director).post(url(wish(cast)), {"on": cast.ago(days)})
    assert (answer.status_code, sentence in answer.context["form"].errors["on"][0]) == (422, True)


def test_wish_taken_back_meanwhile_ends_nothing(cast: Cast) -> None:
    found = wish(cast)
    held = ChangeWish.objects.get(pk=found.pk)
    found.take_back(by=cast.mei, now=cast.now)
    with pytest.raises(Conflict, match="the pair stands"):
        settle(held, on=cast.today, by=cast.director, now=cast.now)
    cast.mei_osei.refresh_from_db()
    assert cast.mei_osei.state == "active"


def test_deputy_settles_and_is_not_led_on(cast: Cast, client_of: ClientOf) -> None:
    Deputy.name_for(cast.digestive, director=cast.directing_mentor, deputy=cast.committee, now=cast.now)
    found = ChangeWish.express(cast.tomas_director, call=False, by=cast.tomas, now=cast.now)
    answer = client_of(cast.committee).post(url(found), {"on": cast.today})
    assert sentences(answer) == ["Tomas Novak – Paul Brandt: the pair has ended."]


# The prior mentor and the new one


def test_prior_mentor_may_speak_where_the_mentee_allows_it(cast: Cast) -> None:
    settled(cast, may_speak=True)
    prior = prior_mentor_may_speak(successor(cast))
    assert prior is not None
    assert (prior, prior.mentor) == (cast.mei_osei, cast.osei)


def test_prior_mentor_may_not_where_the_mentee_would_rather_not(cast: Cast) -> None:
    settled(cast, may_speak=False)
    assert prior_mentor_may_speak(successor(cast)) is None


def test_prior_mentor_who_handed_over_may_speak(cast: Cast) -> None:
    settled(cast, by="osei")
    assert prior_mentor_may_speak(successor(cast)) == cast.mei_osei


def test_mentees_word_counts_also_where_both_asked(cast: Cast) -> None:
    wish(cast, may_speak=False)
    settled(cast, by="osei")
    assert prior_mentor_may_speak(successor(cast)) is None


def test_change_without_a_wish_is_no_objection(cast: Cast) -> None:
    cast.mei_osei.end(on=cast.today, ending=Pairing.Ending.CHANGED, by=cast.director, now=cast.now)
    assert prior_mentor_may_speak(successor(cast)) == cast.mei_osei


@pytest.mark.parametrize("ending", [each for each in Pairing.Ending if each != Pairing.Ending.CHANGED])
def test_other_endings_ask_nobody_to_speak(cast: Cast, ending: Pairing.Ending) -> None:
    cast.mei_osei.end(on=cast.today, ending=ending, by=cast.director, now=cast.now)
    assert prior_mentor_may_speak(successor(cast)) is None


@pytest.mark.parametrize(("days", "found"), [(90, True), (91, False)])
def test_after_the_mentees_word_is_erased_nobody_is_asked(cast: Cast, days: int, found: bool) -> None:
    settled(cast)
    assert (prior_mentor_may_speak(successor(cast, days)) is not None) is found


def test_first_mentor_follows_nobody(cast: Cast) -> None:
    pairing = Pairing.objects.introduce(
        cast.digestive, mentee=cast.pia, mentor=cast.halloran, by=cast.director, now=cast.now
    )
    assert prior_mentor_may_speak(pairing) is None


# Forgotten


def forget(cast: Cast, days: int) -> bool:
    """Whether all wishes are gone so many days from now."""
    forget_changes(now=cast.now + timedelta(days=days))
    return not ChangeWish.objects.exists()


@pytest.mark.parametrize(("days", "gone"), [(29, False), (30, True)])
def test_wish_is_erased_thirty_days_after_the_successor(cast: Cast, days: int, gone: bool) -> None:
    settled(cast)
    successor(cast)
    assert forget(cast, days) is gone


@pytest.mark.parametrize(("days", "gone"), [(89, False), (90, True)])
def test_wish_is_erased_ninety_days_after_the_end(cast: Cast, days: int, gone: bool) -> None:
    settled(cast)
    assert forget(cast, days) is gone


def test_wish_that_waits_is_not_erased(cast: Cast) -> None:
    wish(cast)
    assert forget(cast, 400) is False


def test_one_who_stands_in_is_no_successor(cast: Cast) -> None:
    settled(cast)
    Pairing.objects.stand_in(cast.mei_osei, mentor=cast.halloran, by=cast.director, now=cast.now)
    assert forget(cast, 31) is False


def test_settle_refuses_a_day_to_come(cast: Cast) -> None:
    with pytest.raises(Refused, match="has not come yet"):
        settle(wish(cast), on=cast.ago(-1), by=cast.director, now=cast.now)
