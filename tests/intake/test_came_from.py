"""Back leads to where one came from, and so does the act."""

import pytest
from django.urls import reverse

from telemachus.intake.models import Recruit
from tests.acts import ClientOf
from tests.cast import Cast
from tests.intake.ways import introduced

HOST = "http://testserver"
BOARD = reverse("intake:board", args=["digestive"])


@pytest.fixture
def recruit(cast: Cast) -> Recruit:
    return introduced(cast, cast.pia, 5)


def page(recruit: Recruit) -> str:
    return reverse("intake:recruit", args=[recruit.pk])


def back_link(html: str) -> str:
    return html.rpartition('<a class="button quiet" href="')[2].partition('"')[0]


@pytest.mark.parametrize("name", ["propose", "remind", "meet", "close", "correct"])
def test_back_leads_to_where_the_form_was_opened(cast: Cast, client_of: ClientOf, recruit: Recruit, name: str) -> None:
    url, client = reverse(f"intake:{name}", args=[recruit.pk]), client_of(cast.director)
    for address in ("/", BOARD, f"{BOARD}?whose=director", page(recruit)):
        html = client.get(url, headers={"referer": HOST + address}).content.decode()
        assert back_link(html) == address
        assert f'<input type="hidden" name="came_from" value="{address}">' in html
    assert back_link(client.get(url).content.decode()) == page(recruit)


def test_notice_from_today_leads_back_to_today(cast: Cast, client_of: ClientOf) -> None:
    url, client = reverse("intake:notice", args=["digestive"]), client_of(cast.coordinator)
    html = client.get(url, headers={"referer": f"{HOST}/"}).content.decode()
    assert '<a class="button quiet" href="/">Back</a>' in html
    assert f'<a class="button quiet" href="{BOARD}">Back</a>' in client.get(url).content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/",
        f"{HOST}/accounts/login/",
        f"{HOST}/nothing/here/",
        "//elsewhere.example/",
        "///elsewhere.example/",
        "not an address",
        "",
    ],
)
def test_back_leads_to_no_other_place(cast: Cast, client_of: ClientOf, recruit: Recruit, address: str) -> None:
    url, client = reverse("intake:correct", args=[recruit.pk]), client_of(cast.director)
    assert back_link(client.get(url, headers={"referer": address}).content.decode()) == page(recruit)
    answer = client.post(reverse("intake:close", args=[recruit.pk]), {"ending": "no_reply", "came_from": address})
    assert answer["Location"] == BOARD


def test_form_with_a_mistake_still_knows_where_it_was_opened(cast: Cast, client_of: ClientOf, recruit: Recruit) -> None:
    url, client = reverse("intake:meet", args=[recruit.pk]), client_of(cast.director)
    wrong = client.post(url, {"on": "", "came_from": "/"}, headers={"referer": HOST + url})
    assert (wrong.status_code, back_link(wrong.content.decode())) == (422, "/")
    assert client.post(url, {"on": cast.ago(1), "came_from": "/"})["Location"] == "/"
