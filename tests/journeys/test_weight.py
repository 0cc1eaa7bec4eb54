"""Fast on a phone: what a first visit of Today weighs, and that nothing jumps while it loads (LOOK, "Fast")."""

from datetime import timedelta

import pytest
from django.conf import settings
from playwright.sync_api import CDPSession, Page

from telemachus.meetings.models import AppointmentToMeet, Meeting
from tests.cast import Cast

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not settings.ON_SQLITE, reason="the same pages on every database"),
]

HEAVIEST = 60 * 1024
# Chromium counts shifts from 0 (none); what rounding leaves is no jump.
LARGEST_SHIFT = 0.01
WATCH = """
  window.shifts = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shifts += entry.value; }))
    .observe({type: "layout-shift", buffered: true});
"""


@pytest.fixture
def full_today(cast: Cast) -> Cast:
    """Days with something on them."""
    Meeting.objects.log(cast.mei_osei, day=cast.ago(1), by=cast.mei, now=cast.now)
    Meeting.objects.ask(cast.jonas_osei, day=cast.ago(2), now=cast.now)
    AppointmentToMeet.arrange(cast.jonas_osei, at=cast.now + timedelta(days=3), by=cast.jonas, now=cast.now)
    return cast


def weigh(page: Page) -> dict[str, int]:
    """Bytes over the wire by address, heads of answers included, once the page is opened."""
    session: CDPSession = page.context.new_cdp_session(page)
    addresses: dict[str, str] = {}
    bytes_of: dict[str, int] = {}
    session.on("Network.requestWillBeSent", lambda sent: addresses.update({sent["requestId"]: sent["request"]["url"]}))
    session.on(
        "Network.loadingFinished",
        lambda done: bytes_of.update({addresses[done["requestId"]]: int(done["encodedDataLength"])}),
    )
    session.send("Network.enable")
    page.goto("/", wait_until="networkidle")
    return bytes_of


@pytest.mark.parametrize("persona", ["osei", "mei", "director", "coordinator"])
def test_today_weighs_little_on_a_first_visit(full_today: Cast, new_page, sign_in, persona: str):
    page = new_page(width=390)
    sign_in(page, getattr(full_today, persona))
    weights = weigh(page)
    assert any(address.endswith(".woff2") for address in weights)
    assert any("htmx" in address for address in weights)
    assert sum(weights.values()) <= HEAVIEST, sorted(weights.items(), key=lambda each: -each[1])


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("persona", ["osei", "director"])
def test_today_does_not_shift(full_today: Cast, new_page, sign_in, persona: str, width: int):
    page = new_page(width=width)
    page.add_init_script(WATCH)
    sign_in(page, getattr(full_today, persona))
    page.goto("/", wait_until="networkidle")
    page.wait_for_timeout(300)
    assert page.evaluate("() => window.shifts") < LARGEST_SHIFT
