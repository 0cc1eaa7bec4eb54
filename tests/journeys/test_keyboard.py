"""The routine acts with the keyboard alone, and one always sees where one is."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from telemachus.meetings.models import Meeting
from tests.cast import Cast

pytestmark = pytest.mark.browser

LONGEST_WAY = 60
WHERE = """() => {
  const at = document.activeElement;
  const look = getComputedStyle(at);
  const outlined = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 1;
  const box = at.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const name = at.labels?.length ? at.labels[0].innerText : at.innerText;
  return {name: (name || "").trim(), tag: at.tagName, outlined: outlined || look.boxShadow !== "none", inside};
}"""


def where(page: Page) -> dict[str, Any]:
    at: dict[str, Any] = page.evaluate(WHERE)
    return at


def go_to(page: Page, name: str) -> None:
    """Press Tab until the focus is there; at each stop it is seen."""
    for _press in range(LONGEST_WAY):
        page.keyboard.press("Tab")
        at = where(page)
        if at["tag"] == "BODY":
            continue
        assert (at["outlined"], at["inside"]) == (True, True), at
        if at["name"] == name:
            return
    raise AssertionError(f"no way to “{name}” with the keyboard")


@pytest.mark.parametrize("width", [390, 1280])
def test_confirm_with_the_keyboard(cast: Cast, new_page, sign_in, width: int):
    Meeting.objects.log(cast.mei_osei, day=cast.ago(1), by=cast.mei, now=cast.now)
    page = new_page(width=width)
    sign_in(page, cast.osei)
    page.goto("/")
    go_to(page, "Yes, we met")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Registered: the date, and nothing else.")).to_be_visible()
    assert Meeting.objects.get().state == Meeting.State.CONFIRMED


@pytest.mark.parametrize("width", [390, 1280])
def test_log_with_the_keyboard(cast: Cast, new_page, sign_in, width: int):
    page = new_page(width=width)
    sign_in(page, cast.mei)
    page.goto(reverse("meetings:pair", args=[cast.mei_osei.pk]))
    go_to(page, "We met")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="You met Kwame Osei")).to_be_visible()
    go_to(page, "The day on which you met")
    go_to(page, "We met on this day")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Once the other of you confirms it")).to_be_visible()
    assert Meeting.objects.get().day == cast.today


def test_error_in_a_form_takes_the_focus(cast: Cast, new_page, sign_in):
    page = new_page()
    sign_in(page, cast.mei)
    page.goto(reverse("meetings:log", args=[cast.mei_osei.pk]))
    page.get_by_label("The day on which you met").fill(cast.ago(-3).isoformat())
    go_to(page, "We met on this day")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    go_to(page, "The day on which you met")


def test_skip_link_leads_past_the_menu(cast: Cast, new_page, sign_in):
    Meeting.objects.log(cast.mei_osei, day=cast.ago(1), by=cast.mei, now=cast.now)
    page = new_page()
    sign_in(page, cast.osei)
    page.goto("/")
    page.keyboard.press("Tab")
    assert where(page)["name"] == "Skip to the page"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    # The first button of what waits longest.
    assert where(page)["name"] == page.locator("main .steps .acts").first.locator("a, button").first.inner_text()
