"""Who was paired with whom and when, for ever; why, nowhere (R11)."""

import pytest
from django.urls import reverse

from telemachus.pairing.holdings import holdings
from telemachus.pairing.models import ChangeWish, Pairing
from tests.acts import ClientOf, words
from tests.cast import Cast

ENDINGS = [str(label) for label in Pairing.Ending.labels]


def ended(cast: Cast, ending: str) -> None:
    ChangeWish.express(cast.mei_osei, call=True, by=cast.mei, now=cast.now)
    cast.mei_osei.end(on=cast.ago(1), ending=Pairing.Ending(ending), by=cast.director, now=cast.now)


def pages(cast: Cast) -> list[str]:
    return [
        reverse("web:person", args=["digestive", cast.mei.pk]),
        reverse("web:person", args=["digestive", cast.osei.pk]),
        reverse("meetings:register", args=["digestive"]),
        reverse("meetings:dates", args=[cast.mei_osei.pk]),
        reverse("web:people", args=["digestive"]),
        reverse("meetings:export", args=["digestive", "csv"]),
    ]


@pytest.mark.parametrize("who", ["director", "coordinator"])
def test_history_says_who_with_whom_and_when(cast: Cast, client_of: ClientOf, who: str) -> None:
    ended(cast, "changed")
    page = words(client_of(getattr(cast, who)).get(reverse("web:person", args=["digestive", cast.mei.pk])))
    assert "Mei Tanaka – Kwame Osei 9 September 2025 to 13 October 2026" in page
    assert "Mei Tanaka – Maeve Halloran 5 August 2024 to 8 September 2025" in page


def test_history_stays_when_the_person_has_left(cast: Cast, client_of: ClientOf) -> None:
    ended(cast, "mentee_left")
    for role in cast.mei.roles.all():
        role.end(on=cast.ago(1), by=cast.director, now=cast.now)
    page = words(client_of(cast.director).get(reverse("web:person", args=["digestive", cast.mei.pk])))
    assert "Mei Tanaka – Kwame Osei 9 September 2025 to 13 October 2026" in page


@pytest.mark.parametrize("ending", Pairing.Ending.values)
@pytest.mark.parametrize("who", ["director", "coordinator"])
def test_page_of_every_ending_reads_alike(cast: Cast, client_of: ClientOf, ending: str, who: str) -> None:
    """The kind of an end stands on the form on which it is chosen, and on no other page."""
    assert all(
        label in words(client_of(cast.director).get(reverse("pairing:end", args=[cast.mei_osei.pk])))
        for label in ENDINGS
    )
    ended(cast, ending)
    for page in pages(cast):
        said = words(client_of(getattr(cast, who)).get(page))
        assert [label for label in ENDINGS if label in said] == []
        assert "would like another" not in said


def test_record_of_a_person_says_the_days_only(cast: Cast) -> None:
    ended(cast, "changed")
    rows = " ".join(row for holding in holdings(cast.osei) for row in map(str, holding.rows))
    assert "Mei Tanaka – Kwame Osei: 2025-09-09 – 2026-10-13" in rows
    assert "changed" not in rows
