"""Why not this colleague: a name as it is typed, where the colleague stands, and what would have to change."""

import pytest
from django.urls import reverse

from telemachus.people.models import Person
from telemachus.program.models import Role
from tests.acts import ClientOf, words
from tests.cast import Cast
from tests.pairing.test_suggest import needs, offers, seeks


def asks(cast: Cast, client_of: ClientOf, why: str) -> str:
    url = reverse("pairing:shortlist", args=[cast.digestive.slug, cast.pia.pk])
    return words(client_of(cast.director).get(url, {"why": why}))


@pytest.mark.parametrize(
    "typed", ["Adler, Ruth", "Ruth Adler", "adler", "  RUTH   ADLER ", "Dr. Ruth Adler, MD", "R. Adler"]
)
def test_name_is_read_as_people_write_it(cast: Cast, client_of: ClientOf, typed: str) -> None:
    assert "Ruth Adler is chief of the division." in asks(cast, client_of, typed)


def test_name_that_is_not_clear_is_asked_about_and_stays(cast: Cast, client_of: ClientOf) -> None:
    twin = Person.objects.add(given_name="Rosa", family_name="Adler", by=None, now=cast.now)
    cast.digestive.grant(twin, Role.Kind.MENTOR, since=cast.ago(9), by=None, now=cast.now)
    said = asks(cast, client_of, "Adler")
    assert "Several colleagues can be meant: Adler, Rosa; Adler, Ruth." in said
    assert "Ruth Adler is chief of the division." in asks(cast, client_of, "Adler, Ruth")


def test_misspelled_name_is_guessed_aloud_and_never_answered(cast: Cast, client_of: ClientOf) -> None:
    said = asks(cast, client_of, "Ruht Adlre")
    assert "Nobody here has this name. Did you mean: Adler, Ruth" in said
    assert "is chief" not in said


@pytest.mark.parametrize("typed", ["Zzyzx", "=1+1", "<b>", "x" * 500, "Marin, Sofia"])
def test_nobody_of_this_name_is_said_beside_the_field(cast: Cast, client_of: ClientOf, typed: str) -> None:
    """Sofia is of another program: nobody here."""
    url = reverse("pairing:shortlist", args=[cast.digestive.slug, cast.pia.pk])
    answer = client_of(cast.director).get(url, {"why": typed})
    assert answer.status_code == 200
    assert answer.context["why_form"].errors["why"]
    assert "Sofia" not in " ".join(answer.context["why_form"].errors["why"])


def test_somebody_who_can_be_chosen_is_placed_and_told_what_would_turn_it(cast: Cast, client_of: ClientOf) -> None:
    needs(cast, "grants", "life", "network", "societies")
    offers(cast, cast.osei, "grants", "life", "network", "societies")
    offers(cast, cast.halloran, "grants")
    said = asks(cast, client_of, "Halloran")
    assert "Maeve Halloran can be chosen: place 2 of 4 here." in said
    assert "Covers 1 of 4 needs." in said
    turn = "Kwame Osei comes before. That would turn if Maeve Halloran could help with 3 more of the needs."
    assert turn in said
    offers(cast, cast.halloran, "grants", "life", "network", "societies")
    assert "Maeve Halloran can be chosen: place 1 of 4 here." in asks(cast, client_of, "Halloran")


def test_full_colleague_is_told_what_a_place_more_would_do(cast: Cast, client_of: ClientOf) -> None:
    needs(cast, "grants")
    offers(cast, cast.osei, "grants", places=2)
    said = asks(cast, client_of, "Osei")
    assert "All places of Kwame Osei are taken." in said
    assert "With one place more, the best proposal for all who seek would pair the two." in said


def test_place_more_that_does_more_for_somebody_else_is_said(cast: Cast, client_of: ClientOf) -> None:
    needs(cast, "grants", "life")
    seeks(cast, "Other", "grants")
    offers(cast, cast.osei, "grants", places=2)
    offers(cast, cast.halloran, "life", places=9)
    assert "With one place more, it would do most for somebody else who seeks." in asks(cast, client_of, "Osei")


def test_given_name_alone_is_enough_where_it_means_one(cast: Cast, client_of: ClientOf) -> None:
    assert "Ruth Adler is chief of the division." in asks(cast, client_of, "ruth")
    twin = Person.objects.add(given_name="Ruth", family_name="Zweig", by=None, now=cast.now)
    cast.digestive.grant(twin, Role.Kind.MENTOR, since=cast.ago(9), by=None, now=cast.now)
    assert "Several colleagues can be meant: Adler, Ruth; Zweig, Ruth." in asks(cast, client_of, "Ruth")


def test_mentee_and_reader_are_known_and_not_answered(cast: Cast, client_of: ClientOf) -> None:
    assert "This is Pia Larsen, for whom you are looking." in asks(cast, client_of, "Pia Larsen")
    said = asks(cast, client_of, str(cast.director))
    assert "This is you. What speaks against somebody is never told to that person" in said
