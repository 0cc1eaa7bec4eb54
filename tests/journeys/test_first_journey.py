"""From a time proposed to a date in the coordinator's spreadsheet, as five people live it in their browsers."""

from datetime import timedelta

import pytest
from django.utils.formats import date_format
from playwright.sync_api import Page, expect

from telemachus.lib.rows import Table
from telemachus.meetings.models import Meeting
from telemachus.notify.worker import run_once
from tests.cast import Cast
from tests.journeys.acts import exported, path_in, sign_in_by_code

pytestmark = [pytest.mark.browser, pytest.mark.journey]


def test_pair_arranges_meets_logs_confirms_and_the_register_shows_it(cast: Cast, server, new_page, mailoutbox):
    mentee, mentor, coordinator = new_page(width=390), new_page(), new_page()
    for page, person in ((mentee, cast.mei), (mentor, cast.osei), (coordinator, cast.coordinator)):
        sign_in_by_code(page, server, person)

    _propose(mentee, cast)
    expect(mentor.reload() and mentor.get_by_text("Next: you meet Mei Tanaka on")).to_be_visible()
    run_once()
    assert _told(mailoutbox, cast.osei) == 1

    _log(mentee, cast)
    run_once()
    assert _told(mailoutbox, cast.osei) == 2
    mentor.goto(path_in(mailoutbox[-1].body))
    expect(mentor.get_by_text("Mei Tanaka says that you met on")).to_be_visible()

    mentor.goto("/")
    mentor.get_by_role("group", name="Mei Tanaka says that you met").get_by_role("button", name="Yes, we met").click()
    expect(mentor.get_by_text("Registered: the date, and nothing else.")).to_be_visible()
    meeting = Meeting.objects.get(pairing=cast.mei_osei)
    assert (meeting.day, meeting.state, meeting.how) == (cast.today, Meeting.State.CONFIRMED, Meeting.How.BOTH)

    coordinator.get_by_role("link", name="Register", exact=True).first.click()
    expect(coordinator.get_by_role("row", name="Tanaka, Mei")).to_contain_text(date_format(cast.today, "j M Y"))
    for button, name in (("Export as CSV", "register.csv"), ("Export for Excel", "register.xlsx")):
        table = exported(coordinator, coordinator.get_by_role("link", name=button), name)
        assert _dates_of_mei(table) == cast.today.isoformat()


def _propose(page: Page, cast: Cast) -> None:
    page.get_by_role("group", name="Time to meet Kwame Osei?").get_by_role("link", name="Set a time").click()
    page.get_by_label("Day").fill((cast.today + timedelta(days=9)).isoformat())
    page.get_by_label("Time").fill("12:15")
    page.get_by_role("button", name="Set this time").click()
    expect(page.get_by_text("The time is set.")).to_be_visible()
    expect(page.get_by_role("definition").first).to_contain_text("12:15")


def _log(page: Page, cast: Cast) -> None:
    """A meeting may be logged on the day itself: today is what the form proposes."""
    page.get_by_role("link", name="My mentor").first.click()
    page.get_by_role("link", name="We met").click()
    expect(page.get_by_label("The day on which you met")).to_have_value(cast.today.isoformat())
    page.get_by_role("button", name="We met on this day").click()
    expect(page.get_by_text("Once the other of you confirms it")).to_be_visible()


def _told(mails: list, person) -> int:
    return sum(person.email in mail.to for mail in mails)


def _dates_of_mei(table: Table) -> str:
    [row] = [row for row in table.rows if row.cells[0] == "Tanaka, Mei"]
    dates: str = row.cells[table.header.index("Dates met")]
    return dates
