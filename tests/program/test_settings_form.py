"""The program's name and numbers."""

import pytest
from django.urls import reverse

from tests.acts import ClientOf, recorded, sentences, words
from tests.cast import Cast

GIVEN = {"name": "Gut Feelings", "at_least": 1, "aim": 3, "capacity": 5}


def url(cast: Cast) -> str:
    return reverse("program:change_settings", args=[cast.digestive.slug])


def test_settings_are_kept_and_recorded(cast: Cast, client_of: ClientOf) -> None:
    assert sentences(client_of(cast.director).post(url(cast), GIVEN)) == ["Saved."]
    cast.digestive.refresh_from_db()
    assert {name: getattr(cast.digestive, name) for name in GIVEN} == GIVEN
    assert recorded("program.settings_changed") == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"aim": 0}, "aim"), ({"at_least": -1}, "at_least"), ({"capacity": "many"}, "capacity"), ({"name": ""}, "name")],
    ids=str,
)
def test_settings_that_cannot_be_are_asked_again(
    cast: Cast, client_of: ClientOf, wrong: dict[str, object], field: str
) -> None:
    answer = client_of(cast.director).post(url(cast), GIVEN | wrong)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert "Please look at this again" in words(answer)
    assert 'value="Gut Feelings"' in answer.content.decode() or field == "name"
    cast.digestive.refresh_from_db()
    assert (cast.digestive.name, cast.digestive.aim) == ("Digestive Diseases", 4)


@pytest.mark.parametrize("number", [99999, 10**30])
def test_settings_too_large_for_the_column_are_asked_again(cast: Cast, client_of: ClientOf, number: int) -> None:
    assert client_of(cast.director).post(url(cast), GIVEN | {"capacity": number}).status_code == 422


def test_form_cannot_reach_other_columns(cast: Cast, client_of: ClientOf) -> None:
    client_of(cast.director).post(url(cast), GIVEN | {"slug": "mine", "policy": "us-generic", "zone": "Asia/Tokyo"})
    cast.digestive.refresh_from_db()
    assert (cast.digestive.slug, cast.digestive.policy) == ("digestive", "uc-som")
