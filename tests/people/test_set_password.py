"""A password of one's own: what is asked of it, in one line, and where one lands."""

import pytest
from django.urls import reverse

from tests.acts import ClientOf, words
from tests.cast import PASSWORD, Cast

SET, SETTINGS = reverse("account_set_password"), reverse("people:settings")
RULE = "At least 12 characters; not a common password, not only digits, not your name or address."


def test_page_says_the_rule_once_and_each_label_once(cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast.mei).get(SET)
    assert words(page).count(RULE) == 1
    assert "a password is only quicker" in words(page)
    assert "placeholder" not in page.content.decode()
    assert f'href="{SETTINGS}">Back' in page.content.decode()


def test_password_is_kept_and_leads_back_to_the_settings(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.mei).post(SET, {"password1": PASSWORD, "password2": PASSWORD})
    cast.mei.refresh_from_db()
    assert (answer["Location"], cast.mei.check_password(PASSWORD)) == (SETTINGS, True)


@pytest.mark.parametrize(
    "password",
    ["lantern-mop", "qwerty123456", "602214076023", "mei.tanaka@division"],
    ids=["eleven characters", "common", "digits", "the address"],
)
def test_page_refuses_what_its_rule_says(cast: Cast, client_of: ClientOf, password: str) -> None:
    client_of(cast.mei).post(SET, {"password1": password, "password2": password})
    cast.mei.refresh_from_db()
    assert not cast.mei.has_usable_password()


def test_page_of_a_change_says_the_same_rule(cast: Cast, client_of: ClientOf) -> None:
    cast.mei.set_password(PASSWORD)
    cast.mei.save()
    page = client_of(cast.mei).get(reverse("account_change_password"))
    assert words(page).count(RULE) == 1
    assert "placeholder" not in page.content.decode()
