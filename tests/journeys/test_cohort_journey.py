"""A director matches a cohort: worked out in the background, sent in part, and read by a mentee."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from telemachus.notify.worker import run_once
from telemachus.pairing.models import Proposal, Shortlist
from telemachus.people.models import Person
from tests.cast import Cast
from tests.intake.ways import introduced
from tests.pairing.cohorts import GRANTS, LIFE, mentee, needs, offers

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
SignIn = Callable[[Page, Person], None]


@pytest.fixture
def cohort(cast: Cast) -> list[Person]:
    """Pia and two more seek a mentor; Halloran can help with what Pia needs."""
    needs(cast, cast.pia, LIFE, GRANTS)
    offers(cast, cast.halloran, LIFE, GRANTS, places=1)
    return [cast.pia, mentee(cast, 1), mentee(cast, 2)]


def test_cohort_is_worked_out_sent_in_part_and_read(
    cast: Cast, cohort: list[Person], new_page: Open, sign_in: SignIn, axe: Callable[[Page], None]
) -> None:
    director = new_page()
    sign_in(director, cast.director)
    director.goto("/")
    director.get_by_role("link", name="Intake").click()
    director.get_by_role("link", name="Mentors for several at once").click()
    expect(director.get_by_role("checkbox", name="Larsen, Pia")).to_be_checked()
    axe(director)
    director.get_by_label("Title").fill("July’s recruits")
    director.get_by_role("button", name="Work it out").click()

    # The page waits, can be closed, and shows the answer by itself as soon as the worker has it.
    expect(director.get_by_role("progressbar")).to_be_visible()
    axe(director)
    run_once()
    expect(director.get_by_text("All three mentees have a colleague in this proposal.")).to_be_visible()
    expect(director.get_by_text("No other proposal is better")).to_be_visible()
    axe(director)
    row = director.get_by_role("row", name="Pia Larsen")
    expect(row).to_contain_text("Maeve Halloran")
    expect(row).to_contain_text("Covers 2 of 2 needs")

    director.get_by_role("checkbox", name="Row Number2").uncheck()
    director.get_by_role("button", name="Send the ticked lists").click()
    expect(director.get_by_text("2 lists are sent; now the mentees choose.")).to_be_visible()
    expect(director.get_by_role("checkbox", name="Row Number2")).to_be_visible()
    expect(director.get_by_role("checkbox", name="Pia Larsen")).to_have_count(0)
    assert not Shortlist.objects.filter(mentee=cohort[2]).exists()

    phone = new_page(width=390)
    sign_in(phone, cast.pia)
    phone.goto("/")
    phone.get_by_role("link", name="Choose").first.click()
    expect(phone.get_by_text("Maeve Halloran").first).to_be_visible()
    expect(phone.get_by_text("Can help with everything you asked for.").first).to_be_visible()
    said = phone.locator("main").inner_text()
    assert not [word for word in ("points", "lottery", "proposal", "Number1") if word in said]


def test_pages_of_a_cohort_are_read_on_a_phone_and_without_script(
    cast: Cast, cohort: list[Person], new_page: Open, sign_in: SignIn, axe: Callable[[Page], None]
) -> None:
    phone = new_page(width=390, java_script_enabled=False)
    sign_in(phone, cast.director)
    phone.goto("/pairs/digestive/cohort/")
    phone.get_by_text("Compare two settings").click()
    phone.get_by_label("Compare with a second setting of the weights").check()
    phone.locator("[name='2-needs']").fill("0")
    phone.get_by_role("button", name="Work it out").click()
    run_once()
    phone.get_by_role("link", name="Show how far it is now").click()
    phone.get_by_role("link", name="Compare the two settings").click()
    expect(phone.get_by_role("heading", name="Two settings side by side")).to_be_visible()
    assert Proposal.objects.filter(state="ready").count() == 2
    expect(phone.get_by_text("counts nothing")).to_be_visible()

    # The load is drawn at this width as well, and forgetting is asked once.
    phone.get_by_role("link", name="Open the first").click()
    expect(phone.get_by_role("list", name="load").get_by_role("img", name="has 0 now, 1 new").first).to_be_visible()
    expect(phone.get_by_text("The longer the bar, the more points.")).to_be_visible()
    expect(phone.get_by_text("The wider the line, the more points.")).to_be_hidden()
    forget = phone.get_by_role("button", name="Yes, forget it")
    expect(forget).to_be_hidden()
    phone.get_by_text("Forget this proposal").click()
    forget.click()
    expect(phone.get_by_text("The proposal is forgotten.")).to_be_visible()
    assert Proposal.objects.count() == 1


def test_recruit_who_has_not_answered_waits_unticked(
    cast: Cast, cohort: list[Person], new_page: Open, sign_in: SignIn, axe: Callable[[Page], None]
) -> None:
    introduced(cast, cohort[1], 5)
    director = new_page()
    sign_in(director, cast.director)
    director.goto("/pairs/digestive/cohort/")
    recruit = director.get_by_role("checkbox", name="Number1, Row has not answered yet")
    expect(recruit).not_to_be_checked()
    expect(director.get_by_role("checkbox", name="Number2, Row")).to_be_checked()
    recruit.check()
    director.get_by_role("button", name="Work it out").click()
    run_once()
    row = director.get_by_role("row", name="Row Number1")
    expect(row).to_contain_text("Has not answered yet.")
    expect(director.get_by_role("row", name="Row Number2")).not_to_contain_text("Has not answered yet.")
    axe(director)


@pytest.mark.parametrize("width", [390, 1280])
def test_weights_and_the_look_ahead_are_in_order(
    cast: Cast, cohort: list[Person], new_page: Open, sign_in: SignIn, axe: Callable[[Page], None], width: int
) -> None:
    page = new_page(width=width)
    sign_in(page, cast.director)
    page.goto("/program/digestive/setup/")
    page.get_by_role("link", name="What counts for a match").click()
    axe(page)
    page.get_by_role("spinbutton", name="Needs that are covered").fill("700")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("take away 250")
    expect(page.get_by_role("spinbutton", name="Needs that are covered")).to_have_value("700")
    axe(page)
    page.goto("/pairs/digestive/what-if/")
    page.get_by_label("How many recruits").fill("12")
    page.get_by_role("button", name="Look ahead").click()
    expect(page.get_by_text("It would take")).to_be_visible()
    axe(page)
