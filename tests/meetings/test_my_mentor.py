"""My mentor: what a mentee reads who has one, who had one, and who has none yet."""

from typing import Any

import pytest
from django.urls import reverse

from telemachus.pairing.models import Pairing
from tests.acts import ClientOf, words
from tests.cast import Cast

MY_MENTOR = reverse("meetings:my_mentor")
NONE_YET = "You have no mentor yet"
Ending = Pairing.Ending


def end(cast: Cast, ending: Pairing.Ending) -> None:
    cast.mei_osei.end(on=cast.ago(1), ending=ending, by=cast.director, now=cast.now)


def test_mentee_who_never_had_one_reads_what_comes(cast: Cast, client_of: ClientOf) -> None:
    assert NONE_YET in words(client_of(cast.pia).get(MY_MENTOR))


@pytest.mark.parametrize(
    ("ending", "sentence"),
    [
        (Ending.CHANGED, "Your director speaks with you about what comes next."),
        (Ending.MENTOR_RETIRED, "Your director speaks with you about what comes next."),
        (Ending.COMPLETED, "Should you wish for a mentor again, tell your director."),
        (Ending.DIED, "We are sorry for your loss. There is no hurry"),
    ],
)
def test_mentee_whose_pair_has_ended_is_met_kindly(cast: Cast, client_of: ClientOf, ending: Any, sentence: str) -> None:
    end(cast, ending)
    read = words(client_of(cast.mei).get(MY_MENTOR))
    assert "Your mentoring with Kwame Osei ended on 13 October 2026" in read
    assert sentence in read
    assert NONE_YET not in read


def test_mentee_with_a_mentor_reads_nothing_of_the_one_before(cast: Cast, client_of: ClientOf) -> None:
    read = words(client_of(cast.mei).get(MY_MENTOR))
    assert "Kwame Osei" in read
    assert "Maeve Halloran" not in read


def test_mentor_whose_pair_has_ended_reads_nothing_of_it_here(cast: Cast, client_of: ClientOf) -> None:
    end(cast, Ending.CHANGED)
    assert "Mei Tanaka" not in words(client_of(cast.osei).get(MY_MENTOR))
