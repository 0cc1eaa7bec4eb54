"""Every page of every role: axe finds nothing, nothing runs out of a narrow screen, the console is silent."""

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from tests.browser import show_whole, violations
from tests.house.stage import Stage, set_up
from tests.journeys.crawl import walk

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not settings.ON_SQLITE, reason="the same pages on every database"),
]

ROLES = ("director", "coordinator", "chief", "mei", "pia", "osei", "abebe", "stranger", "directing_mentor", "committee")
# The same for everybody: looked at once.
ALIKE = {"people:settings", "program:name_delegate", "account_change_password", "account_set_password"}
WIDE, PHONE, NARROW = 1280, 390, 320
OVERFLOW = """() => {
  const over = [...document.querySelectorAll("body *")].filter((each) =>
    each.getBoundingClientRect().right > innerWidth + 1 && !each.closest(".scroll, .quietly"));
  return document.documentElement.scrollWidth > innerWidth + 1
    ? [document.documentElement.scrollWidth, ...over.slice(0, 5).map((each) => each.outerHTML.slice(0, 160))] : [];
}"""

CONTRAST = """() => axe.run(document, {runOnly: {type: "rule", values: ["color-contrast"]}})
  .then((said) => said.violations.flatMap((each) => each.nodes))
  .then((nodes) => nodes.map((node) => `${node.target} ${node.failureSummary}`))"""
EMPTY_AND_SEND = """() => {
  const form = document.querySelector("main form.form");
  for (const field of form.elements) if (field.type !== "hidden") {
    if (["radio", "checkbox"].includes(field.type)) field.checked = false;
    else field.value = "";
  }
  form.noValidate = true;
  form.requestSubmit();
}"""
# A form like those of the page, with something wrong about it.
SEND = """(action) => {
  const form = document.querySelector("form[data-sign-out]").cloneNode(true);
  form.action = action;
  %s;
  document.body.append(form);
  form.submit();
}"""
NO_BOUNDARY = SEND % 'form.enctype = "multipart/form-data"'
NO_TOKEN = SEND % "form.elements.csrfmiddlewaretoken.remove()"
NO_WAY_BACK = SEND % ""


def faults(page: Page) -> list[str]:
    """What is wrong with the page as it stands, light and dark, on a desk and on a phone."""
    found = []
    for width in (WIDE, PHONE):
        show_whole(page, width)
        page.emulate_media(color_scheme="light")
        found += [f"{width} light: {violation}" for violation in violations(page)]
    # Only colours differ in the dark, and they are the same at every width.
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {each}" for each in page.evaluate(CONTRAST)]
    page.set_viewport_size({"width": NARROW, "height": 700})
    found += [f"{NARROW} too wide: {each}" for each in page.evaluate(OVERFLOW)]
    return [f"{page.url}: {each}" for each in found]


@pytest.fixture
def stage(cast) -> Stage:
    return set_up(cast)


def test_pages_of_every_role(stage: Stage, new_page, sign_in):
    found: list[str] = []
    seen: set[str] = set()
    for persona in ROLES:
        page = new_page()
        sign_in(page, stage[persona])
        for route in walk(page, "/", but=seen & ALIKE if persona != "directing_mentor" else seen - {"web:today"}):
            seen.add(route)
            found += [f"{persona} {fault}" for fault in faults(page)]
    assert found == [], "\n".join(found)


def test_pages_before_sign_in(stage: Stage, new_page, server):
    page = new_page()
    found = [fault for _route in walk(page, "/account/sign-in/") for fault in faults(page)]
    page.goto(reverse("account_request_login_code"))
    page.get_by_label("Email").fill(stage.cast.mei.email)
    page.get_by_role("button", name="Mail me a code").click()
    page.get_by_label("Code").fill("WRONG")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found += faults(page)
    assert found == [], "\n".join(found)


def test_forms_that_could_not_be_taken(stage: Stage, new_page, sign_in):
    """What the page looks like when it asks to correct something."""
    found = []
    for persona, route, arguments in (
        ("mei", "meetings:log", [stage.cast.mei_osei.pk]),
        ("mei", "meetings:arrange", [stage.cast.mei_osei.pk]),
        ("coordinator", "meetings:file", [stage.cast.mei_osei.pk]),
        ("director", "pairing:enter", [stage.cast.digestive.slug]),
        ("director", "pairing:end", [stage.cast.mei_osei.pk]),
        ("director", "program:add_person", [stage.cast.digestive.slug]),
    ):
        page = new_page()
        sign_in(page, stage[persona])
        page.goto(reverse(route, args=arguments))
        page.evaluate(EMPTY_AND_SEND)
        expect(page.get_by_role("alert")).to_be_visible()
        found += faults(page)
    assert found == [], "\n".join(found)


def test_pages_that_say_what_went_wrong(stage: Stage, new_page, sign_in):
    found = []
    page = new_page()
    sign_in(page, stage.cast.osei)
    page.route("**/confirm/", _lose_boundary)
    for script, status in ((NO_BOUNDARY, 400), (NO_TOKEN, 403), (NO_WAY_BACK, 409)):
        page.goto("/")
        with page.expect_navigation() as answered:
            page.evaluate(script, reverse("meetings:confirm", args=[stage.confirmed.pk]))
        assert answered.value is not None
        assert answered.value.status == status
        found += faults(page)
    sign_in(page, stage.cast.coordinator)
    for path, status in ((reverse("pairing:end", args=[stage.cast.mei_osei.pk]), 403), ("/nowhere/", 404)):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == status
        found += faults(page)
    assert found == [], "\n".join(found)


def _lose_boundary(route: Route) -> None:
    headers = route.request.headers
    if headers["content-type"].startswith("multipart"):
        headers = {**headers, "content-type": "multipart/form-data"}
    route.continue_(headers=headers)


def test_page_of_a_broken_server(stage: Stage, browser, server, sign_in):
    """A table is missing: a real fault, a page that says so in words, and a log line that names no path."""
    page = browser.new_context(base_url=server.url, reduced_motion="reduce").new_page()
    sign_in(page, stage.cast.mei)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE meetings_talkwish RENAME TO gone")
    answer = page.goto("/meetings/mentor/")
    assert answer.status == 500
    found = faults(page)
    page.context.close()
    log = server.var / "server.log"
    said = log.read_text()
    assert [words in said for words in ("GET meetings:my_mentor 500", "OperationalError")] == [True, True]
    assert [words in said for words in ("/meetings/mentor/", "no such table")] == [False, False]
    log.write_text("")
    assert found == [], "\n".join(found)
