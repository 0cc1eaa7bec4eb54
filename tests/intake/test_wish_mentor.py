"""Somebody of a higher rank would like a mentor too."""

from django.urls import reverse

from telemachus.intake.models import Recruit
from tests.acts import ClientOf, recorded, sentences, twice, words
from tests.cast import Cast
from tests.intake.ways import full_professor, introduced


def url(recruit: Recruit) -> str:
    return reverse("intake:wish_mentor", args=[recruit.pk])


def test_wish_mentor_opens_the_way(cast: Cast, client_of: ClientOf) -> None:
    full_professor(cast, cast.colleague)
    recruit = introduced(cast, cast.colleague)
    client = client_of(cast.colleague)
    first, second = twice(client, url(recruit))
    assert "Gladly." in sentences(first)[0]
    assert "You have said so already." in sentences(second)
    assert recorded("intake.mentor_wished") == 1
    shown = words(client.get(reverse("intake:mine", args=["digestive"])))
    assert "The whole way" in shown
    assert "Your director proposes times for your first meeting." in shown


def test_wish_mentor_is_the_recruits_own(cast: Cast, client_of: ClientOf) -> None:
    recruit = introduced(cast, cast.colleague)
    assert client_of(cast.director).post(url(recruit)).status_code == 403
    assert client_of(cast.pia).post(url(recruit)).status_code == 404
    assert client_of(cast.colleague).post(url(recruit)).status_code == 302
