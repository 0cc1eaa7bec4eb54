"""Merged, taken apart, retired, brought back: whoever ticked something has it through all of it."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from telemachus.lib.errors import Conflict, Refused
from telemachus.pairing.demand import Demand, demand
from telemachus.pairing.models import Need, Offer, Term
from telemachus.pairing.vocabulary import standing, words_of
from tests.acts import ClientOf, recorded, sentences, words
from tests.cast import Cast
from tests.pairing.terms import term
from tests.pairing.test_vocabulary import added, url

NEEDS = reverse("pairing:change_needs", args=["digestive"])


@pytest.fixture
def liver(cast: Cast) -> Term:
    return added(cast, "hepatology")


@pytest.fixture
def virus(cast: Cast) -> Term:
    return added(cast, "viral hepatitis")


def needs(cast: Cast, *terms: Term) -> None:
    Need.objects.change(cast.digestive, cast.pia, terms=terms, by=cast.pia, now=cast.now)


def offers(cast: Cast, *terms: Term) -> None:
    Offer.objects.change(cast.osei, places=None, terms=terms, now=cast.now)


def read(cast: Cast) -> tuple[list[str], list[str]]:
    """What the mentee asks for and the mentor offers, in words."""
    offered = Offer.objects.get(person=cast.osei).terms.with_standing()
    return words_of(Need.objects.terms_of(cast.digestive, cast.pia)), words_of(offered)


def test_merged_term_reads_as_the_other_for_both(cast: Cast, client_of: ClientOf, liver: Term, virus: Term) -> None:
    needs(cast, virus)
    offers(cast, liver, virus)
    answer = client_of(cast.director).post(url("merge", virus), {"into": liver.pk})
    assert sentences(answer) == ["“viral hepatitis” counts as “hepatology” now. You can take it apart again."]
    assert read(cast) == (["hepatology"], ["hepatology"])
    assert demand(cast.digestive, cast.today)[liver.pk] == Demand(wanted=1, offered=1)
    assert recorded("pairing.term_merged") == 1


def test_merged_and_taken_apart_everybody_has_what_they_had(
    cast: Cast, client_of: ClientOf, liver: Term, virus: Term
) -> None:
    needs(cast, virus)
    offers(cast, liver)
    client = client_of(cast.director)
    client.post(url("merge", virus), {"into": liver.pk})
    answer = client.post(url("take_apart", virus))
    assert sentences(answer)[-1] == "“viral hepatitis” stands by itself again; whoever had it has it."
    assert read(cast) == (["viral hepatitis"], ["hepatology"])


def test_page_sent_meanwhile_keeps_what_was_ticked_under_other_words(
    cast: Cast, client_of: ClientOf, liver: Term, virus: Term
) -> None:
    needs(cast, virus)
    offers(cast)
    virus.merge(liver, by=cast.director, now=cast.now)
    client = client_of(cast.pia)
    form = client.get(NEEDS).context["form"]
    assert form["interest-digestive"].value() == [str(liver.pk)]
    client.post(NEEDS, {"interest-digestive": [str(liver.pk)]})
    assert read(cast)[0] == ["hepatology"]
    virus.take_apart(by=cast.director, now=cast.now)
    assert read(cast)[0] == ["viral hepatitis"]


def test_unticked_it_is_gone_with_all_that_stood_for_it(
    cast: Cast, client_of: ClientOf, liver: Term, virus: Term
) -> None:
    needs(cast, virus, liver)
    offers(cast)
    virus.merge(liver, by=cast.director, now=cast.now)
    client_of(cast.pia).post(NEEDS, {})
    virus.take_apart(by=cast.director, now=cast.now)
    assert read(cast)[0] == []


def test_page_opened_before_the_merge_is_taken_as_meant(
    cast: Cast, client_of: ClientOf, liver: Term, virus: Term
) -> None:
    virus.merge(liver, by=cast.director, now=cast.now)
    assert client_of(cast.pia).post(NEEDS, {"interest-digestive": [str(virus.pk)]}).status_code == 302
    assert words_of(Need.objects.terms_of(cast.digestive, cast.pia)) == ["hepatology"]


def test_what_was_merged_before_goes_along(cast: Cast, liver: Term, virus: Term) -> None:
    transplant = added(cast, "transplantation")
    needs(cast, virus)
    offers(cast, liver)
    virus.merge(liver, by=cast.director, now=cast.now)
    liver.merge(transplant, by=cast.director, now=cast.now)
    assert read(cast) == (["transplantation"], ["transplantation"])
    assert not Term.objects.filter(merged_into__merged_into__isnull=False).exists()


def test_merge_says_how_many_have_it(cast: Cast, client_of: ClientOf, liver: Term, virus: Term) -> None:
    needs(cast, virus)
    offers(cast, virus)
    shown = words(client_of(cast.director).get(url("merge", virus)))
    assert "Mentees who have it: 1. Mentors who have it: 1." in shown
    assert "Pia" not in shown
    assert "Osei" not in shown


def test_merge_into_itself_or_a_merged_a_retired_or_a_foreign_term_is_refused(
    cast: Cast, client_of: ClientOf, liver: Term, virus: Term
) -> None:
    merged, retired = added(cast, "hepatitis"), added(cast, "jaundice")
    merged.merge(virus, by=cast.director, now=cast.now)
    retired.retire(by=cast.director, now=cast.now)
    said = {
        liver: "cannot be merged into itself",
        merged: "is part of “viral hepatitis” by now",
        retired: "is no longer offered. Bring it back first",
        term(cast.digestive, "grants"): "Select a valid choice",
        term(cast.cardiology, "grants"): "Select a valid choice",
    }
    client = client_of(cast.director)
    for into, sentence in said.items():
        answer = client.post(url("merge", liver), {"into": into.pk})
        assert answer.status_code == 422
        assert sentence in answer.context["form"].errors["into"][0]
    assert client.post(url("merge", liver), {"into": uuid4()}).status_code == 422
    with pytest.raises(Refused, match="same list"):
        liver.merge(term(cast.digestive, "grants"), by=cast.director, now=cast.now)
    liver.refresh_from_db()
    assert liver.merged_into is None


def test_merged_twice_is_a_conflict(cast: Cast, liver: Term, virus: Term) -> None:
    again = Term.objects.get(pk=virus.pk)
    virus.merge(liver, by=cast.director, now=cast.now)
    with pytest.raises(Conflict):
        again.merge(liver, by=cast.directing_mentor, now=cast.now)


def test_double_click_takes_apart_once(cast: Cast, client_of: ClientOf, liver: Term, virus: Term) -> None:
    virus.merge(liver, by=cast.director, now=cast.now)
    client = client_of(cast.director)
    answers = [client.post(url("take_apart", virus)).status_code for _click in range(2)]
    assert (answers, recorded("pairing.term_taken_apart")) == ([302, 409], 1)


def test_retired_term_stays_with_whoever_has_it(cast: Cast, client_of: ClientOf, virus: Term) -> None:
    needs(cast, virus)
    offers(cast)
    answer = client_of(cast.director).post(url("retire", virus))
    assert sentences(answer) == ["“viral hepatitis” is no longer offered. Whoever has it keeps it."]
    client = client_of(cast.pia)
    assert "viral hepatitis (no longer offered)" in words(client.get(NEEDS))
    assert client.post(NEEDS, {"interest-digestive": [str(virus.pk)]}).status_code == 302
    assert read(cast)[0] == ["viral hepatitis"]
    # For everybody else it is no choice.
    other = client_of(cast.mei)
    assert "viral hepatitis" not in words(other.get(NEEDS))
    added(cast, "motility")
    refused = other.post(NEEDS, {"interest-digestive": [str(virus.pk)]})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["interest-digestive"])
    # Once unticked it is gone.
    client.post(NEEDS, {})
    assert "viral hepatitis" not in words(client.get(NEEDS))


def test_retired_term_can_be_brought_back(cast: Cast, client_of: ClientOf, virus: Term) -> None:
    client = client_of(cast.director)
    assert [client.post(url("retire", virus)).status_code for _click in range(2)] == [302, 409]
    assert "No longer offered; whoever has it keeps it" in words(
        client.get(reverse("pairing:vocabulary", args=["digestive"]))
    )
    client.post(url("bring_back", virus))
    assert "viral hepatitis" in words(client_of(cast.mei).get(NEEDS))
    assert (recorded("pairing.term_retired"), recorded("pairing.term_brought_back")) == (1, 1)


ACTS = st.lists(st.tuples(st.sampled_from(["merge", "apart", "retire", "back"]), st.integers(0, 4), st.integers(0, 4)))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(acts=ACTS, ticked=st.sets(st.integers(0, 4)))
def test_whatever_the_director_does_can_be_undone(
    cast: Cast, acts: list[tuple[str, int, int]], ticked: set[int]
) -> None:
    """After any acts nobody has lost a row, chains are flat; taken apart and brought back all is as before."""
    Term.objects.filter(program=cast.digestive, kind="interest").delete()
    made = [added(cast, f"term {number}") for number in range(5)]
    needs(cast, *(made[number] for number in ticked))
    for verb, one, other in acts:
        _try(cast, verb, made[one].pk, made[other].pk)
        held = Need.objects.terms_of(cast.digestive, cast.pia)
        assert {each.pk for each in held} == {made[number].pk for number in ticked}
        assert len(standing(held)) == len({each.standing_id for each in held})
        assert not Term.objects.filter(merged_into__merged_into__isnull=False).exists()
    for each in Term.objects.filter(program=cast.digestive, kind="interest"):
        _try(cast, "apart", each.pk, each.pk)
        _try(cast, "back", each.pk, each.pk)
    expected = [f"term {number}" for number in sorted(ticked)]
    assert words_of(Need.objects.terms_of(cast.digestive, cast.pia)) == expected


def _try(cast: Cast, verb: str, one: UUID, other: UUID) -> None:
    each = Term.objects.get(pk=one)
    acts: dict[str, Callable[..., None]] = {
        "merge": partial(each.merge, Term.objects.get(pk=other)),
        "apart": each.take_apart,
        "retire": each.retire,
        "back": each.bring_back,
    }
    with suppress(Conflict, Refused):
        acts[verb](by=cast.director, now=cast.now)
