"""What a mentee would like help with (R20), in the words of the vocabulary."""

from django.urls import reverse

from telemachus.pairing.models import Need
from telemachus.pairing.vocabulary import words_of
from tests.acts import ClientOf, recorded, words
from tests.cast import Cast
from tests.pairing.terms import given

URL = reverse("pairing:change_needs", args=["digestive"])


def ticked(cast: Cast) -> list[str]:
    return words_of(Need.objects.terms_of(cast.digestive, cast.pia))


def test_needs_are_kept_shown_again_and_changed(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.pia)
    answer = client.post(URL, given(cast.digestive, "life", "grants"))
    assert answer["Location"] == reverse("intake:mine", args=["digestive"])
    assert ticked(cast) == ["first grants and keeping funding going", "a life outside work"]
    assert client.get(URL).content.decode().count("checked") == 2
    client.post(URL, {})
    assert (ticked(cast), recorded("pairing.needs_changed")) == ([], 2)


def test_needs_outside_the_vocabulary_are_refused(cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast.pia).post(URL, {"help-digestive": ["my chief"]}).status_code == 422
    assert not Need.objects.exists()


def test_page_says_where_delicate_matters_belong(cast: Cast, client_of: ClientOf) -> None:
    assert "What is delicate has no place here" in words(client_of(cast.pia).get(URL))


def test_page_says_who_reads_it_and_leads_back(cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast.pia).get(URL)
    assert "You, and whoever runs your search: a director, or a director’s deputy." in words(page)
    assert f'href="{reverse("intake:mine", args=["digestive"])}">Back' in page.content.decode()


def test_page_is_missing_to_who_looks_for_no_mentor(cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast.colleague).get(URL).status_code == 200
    for other in (cast.osei, cast.director, cast.leaver, cast.sofia, cast.stranger):
        assert client_of(other).get(URL).status_code == 404
