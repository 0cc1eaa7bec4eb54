"""The routine acts, counted in interactions on the opened page (LOOK, "Seconds")."""

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from telemachus.meetings.models import Meeting
from tests.cast import Cast

pytestmark = pytest.mark.browser


class Hand:
    """Presses what it is told to, and counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0

    def press(self, what: Locator) -> None:
        self.presses += 1
        what.click()


@pytest.fixture
def hand(page: Page) -> Hand:
    return Hand(page)


@pytest.mark.parametrize("place", ["today", "pair"], ids=["from Today", "from the mail's link"])
def test_confirm_takes_one(cast: Cast, hand: Hand, sign_in, place: str):
    Meeting.objects.log(cast.mei_osei, day=cast.ago(1), by=cast.mei, now=cast.now)
    sign_in(hand.page, cast.osei)
    hand.page.goto("/" if place == "today" else reverse("meetings:pair", args=[cast.mei_osei.pk]))
    hand.press(hand.page.get_by_role("button", name="Yes, we met"))
    expect(hand.page.get_by_text("Registered: the date, and nothing else.")).to_be_visible()
    assert (hand.presses, Meeting.objects.get().state) == (1, Meeting.State.CONFIRMED)


@pytest.mark.parametrize("place", ["today", "pair"], ids=["from Today", "from the pair's page"])
def test_log_takes_two(cast: Cast, hand: Hand, sign_in, place: str):
    sign_in(hand.page, cast.mei)
    hand.page.goto("/" if place == "today" else reverse("meetings:pair", args=[cast.mei_osei.pk]))
    hand.press(hand.page.get_by_role("link", name="We met", exact=True))
    hand.press(hand.page.get_by_role("button", name="We met on this day"))
    expect(hand.page.get_by_text("Once the other of you confirms it")).to_be_visible()
    assert (hand.presses, Meeting.objects.get().state) == (2, Meeting.State.LOGGED)


def test_log_of_what_was_arranged_takes_one(cast: Cast, hand: Hand, sign_in):
    Meeting.objects.ask(cast.mei_osei, day=cast.ago(1), now=cast.now)
    sign_in(hand.page, cast.mei)
    hand.page.goto("/")
    hand.press(hand.page.get_by_role("button", name="Yes, we met"))
    expect(hand.page.get_by_text("Once the other of you confirms it")).to_be_visible()
    assert (hand.presses, Meeting.objects.get().state) == (1, Meeting.State.LOGGED)


def test_wish_to_talk_takes_one(cast: Cast, hand: Hand, sign_in):
    sign_in(hand.page, cast.mei)
    hand.page.goto(reverse("meetings:pair", args=[cast.mei_osei.pk]))
    hand.press(hand.page.get_by_role("button", name="I’d like to talk"))
    expect(hand.page.get_by_text("gets a line from us")).to_be_visible()
    assert hand.presses == 1
