"""How a program weighs what speaks for a pair: the director's page."""

from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from telemachus.audit.kinds import YEAR
from telemachus.audit.models import Event
from telemachus.pairing.bar import OTHERS, SHADES
from telemachus.pairing.cohort import weights_of
from telemachus.pairing.models import PARTS, Weights
from telemachus.pairing.weighing import change_weights, defaults, in_words, is_default
from telemachus.pairing.weights_forms import shares
from tests.acts import ClientOf, sentences, words
from tests.cast import Cast

DEFAULTS = {"needs": 450, "interests": 200, "series": 100, "stage": 100, "meeting": 50, "wish": 100, "load": 60}
ZERO = {**dict.fromkeys(PARTS, 0), "load": 60}


def url(cast: Cast, verb: str = "change_weights") -> str:
    return reverse(f"pairing:{verb}", args=[cast.digestive.slug])


def test_page_shows_the_shares_and_their_sum(cast: Cast, client_of: ClientOf) -> None:
    said = words(client_of(cast.director).get(url(cast)))
    assert "Needs that are covered: 450" in said
    assert "Together 1000 of 1000 points." in said
    assert said.count("Together 1000") == 1
    assert "All zero is allowed" in said
    assert "Back to how it was at the beginning" not in said


def test_director_changes_them(cast: Cast, client_of: ClientOf) -> None:
    given = {**DEFAULTS, "needs": 300, "interests": 250, "floor": 150, "load": 0}
    answer = client_of(cast.director).post(url(cast), given)
    assert sentences(answer) == ["Saved. Lists and proposals from now on go by it."]
    weights = weights_of(cast.digestive)
    assert (weights.needs, weights.interests, weights.floor, weights.load) == (300, 250, 150, 0)
    event = Event.objects.get(kind="pairing.weights_changed")
    assert (event.subject, event.by) == (weights.pk, cast.director.pk)
    assert (event.keep_until - cast.now.date()).days == YEAR


def test_empty_floor_is_the_highest_that_can_be_kept(cast: Cast, client_of: ClientOf) -> None:
    client_of(cast.director).post(url(cast), {**DEFAULTS, "floor": "200"})
    client_of(cast.director).post(url(cast), {**DEFAULTS, "floor": ""})
    assert weights_of(cast.digestive).floor is None
    assert Weights.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"series": -1}, "series"),
        ({"stage": 1001}, "stage"),
        ({"meeting": "1.5"}, "meeting"),
        ({"load": ""}, "load"),
        ({"floor": 1001}, "floor"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(cast: Cast, client_of: ClientOf, wrong, field) -> None:
    answer = client_of(cast.director).post(url(cast), DEFAULTS | wrong)
    assert answer.status_code == 422
    form = answer.context["form"]
    assert form.errors[field] == ["Please give a whole number from 0 to 1000."]
    assert form[field].help_text.endswith("From 0 to 1000.")
    assert form[field].value() == str(wrong[field])
    assert not Weights.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"needs": 551}, "Together these are 1101 points, and can be 1000 at most: take away 101."),
        ({"needs": 0, "wish": 900}, "Together these are 1350 points, and can be 1000 at most: take away 350."),
    ],
)
def test_sum_that_cannot_be_is_said_of_all_parts(cast: Cast, client_of: ClientOf, wrong, said) -> None:
    answer = client_of(cast.director).post(url(cast), DEFAULTS | wrong)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"__all__": [said]}
    assert words(answer).count(said) == 1
    assert {part: answer.context["form"][part].value() for part in wrong} == {k: str(v) for k, v in wrong.items()}
    assert not Weights.objects.exists()


def test_all_zero_is_allowed_and_explained(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.director)
    client.post(url(cast), ZERO)
    said = words(client.get(url(cast)))
    assert "All are zero: nothing speaks for one pair more than for another" in said
    assert "All zero is allowed" not in said
    assert "Back to how it was at the beginning" in said


def test_beginning_can_be_restored(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.director)
    client.post(url(cast), {**ZERO, "floor": 5})
    assert not is_default(weights_of(cast.digestive))
    answer = client.post(url(cast, "restore_weights"))
    assert sentences(answer)[-1] == "The weights are as they were at the beginning."
    assert is_default(weights_of(cast.digestive))


def test_weights_are_each_programs_own(cast: Cast) -> None:
    change_weights(cast.digestive, Weights(needs=1), by=cast.director, now=cast.now)
    assert weights_of(cast.cardiology).needs == DEFAULTS["needs"]


@pytest.mark.parametrize("who", ["coordinator", "chief", "committee", "osei", "mei", "other_director", "stranger"])
def test_weights_are_the_directors_page(cast: Cast, client_of: ClientOf, who: str) -> None:
    client = client_of(getattr(cast, who))
    assert client_of(cast.directing_mentor).get(url(cast)).status_code == 200
    assert client.get(url(cast)).status_code == 404
    assert client.post(url(cast), ZERO).status_code == 404
    assert client.post(url(cast, "restore_weights")).status_code == 404
    assert not Weights.objects.exists()


def test_shares_fill_the_bar_one_after_the_other() -> None:
    found = list(shares(defaults()))
    assert [share.points for share in found] == [450, 200, 100, 100, 50, 100]
    assert [share.start for share in found] == [0, 450, 650, 750, 850, 900]
    assert all(share.start + share.width < after.start for share, after in pairwise(found))


def test_part_has_the_shade_that_it_has_elsewhere() -> None:
    assert [share.shade for share in shares(defaults())] == [SHADES.get(part, OTHERS) for part in PARTS]
    assert next(share.shade for share in shares(Weights(needs=0))) == SHADES["interests"]


def test_weights_over_a_thousand_have_no_place(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Weights.objects.create(program=cast.digestive, needs=551)


def test_weights_in_words_name_what_counts() -> None:
    assert (
        in_words(Weights(interests=0, stage=0, meeting=0, wish=0)) == "Needs that are covered 450; The same series 100"
    )
    assert in_words(Weights(**dict.fromkeys(PARTS, 0))) == "nothing counts but load and the lottery"
