"""The sign-in ran out in the middle of something: one lands on a page again, never on a bare act."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from telemachus.meetings.models import Meeting
from tests.cast import PASSWORD, Cast
from tests.house.access_matrix import ROWS
from tests.house.stage import set_up
from tests.house.test_access_matrix import address


@pytest.fixture
def mei(cast: Cast) -> Any:
    cast.mei.set_password(PASSWORD)
    cast.mei.save()
    return cast.mei


def sign_in(client: Client, there: str, email: str) -> Any:
    """Follow to the sign-in page, type the password, and take what comes next."""
    page = client.get(there)
    hidden = page.context["redirect_field_value"]
    return client.post(there, {"login": email, "password": PASSWORD, "next": hidden}, follow=True)


def test_form_leads_back_to_its_page(cast: Cast, mei: Any) -> None:
    client, url = Client(), reverse("meetings:log", args=[cast.mei_osei.pk])
    answer = client.post(url, {"day": cast.ago(3)})
    assert answer["Location"] == f"{reverse('account_login')}?next={url}"
    landed = sign_in(client, answer["Location"], mei.email)
    assert (landed.status_code, landed.redirect_chain) == (200, [(url, 302)])
    assert not Meeting.objects.exists()


def test_act_leads_back_to_the_page_it_stood_on(cast: Cast, mei: Any) -> None:
    meeting = Meeting.objects.log(cast.mei_osei, day=cast.ago(3), by=cast.osei, now=cast.now)
    client, page = Client(), reverse("meetings:my_mentor")
    answer = client.post(reverse("meetings:confirm", args=[meeting.pk]), {"back": page})
    landed = sign_in(client, answer["Location"], mei.email)
    assert (landed.status_code, landed.redirect_chain) == (200, [(page, 302)])
    assert Meeting.objects.get().state == "logged"


def test_settings_lead_back_to_the_settings(cast: Cast, mei: Any, client_of: Any) -> None:
    page = reverse("people:settings")
    assert f'name="back" value="{page}"' in client_of(mei).get(page).content.decode()
    answer = Client().post(reverse("people:change_own"), {"zone": "Asia/Tokyo", "back": page})
    assert answer["Location"].endswith(f"?next={page}")


def test_every_post_without_a_session_lands_on_a_page(cast: Cast, client_of: Any) -> None:
    """Whatever the address: what one is sent to after signing in can be read."""
    stage = set_up(cast)
    director = client_of(cast.director)
    posts = [row for row in ROWS if row.method == "POST" and ":" in row.route and not row.route.startswith("demo:")]
    assert len(posts) > 30
    there = {row.route: Client().post(address(row, stage))["Location"].partition("?next=")[2] for row in posts}
    acts = {page for page in set(there.values()) if director.get(page).status_code == 405}
    assert [route for route, page in there.items() if page in acts] == []
