"""What people do in a journey, in the words of the pages."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from telemachus.lib.rows import Table
from telemachus.lib.table import read_table
from telemachus.people.models import Person
from tests.server import Server

CODE = re.compile(r"^ {4}(\S+)$", re.MULTILINE)


def sign_in_by_code(page: Page, server: Server, person: Person) -> None:
    """As anybody does: ask for a code, read it in the mail, type it."""
    page.goto("/")
    page.get_by_role("link", name="Mail me a code instead").click()
    ask_for_code(page, server, person)


def ask_for_code(page: Page, server: Server, person: Person) -> None:
    page.get_by_label("Email").fill(person.email or "")
    page.get_by_role("button", name="Mail me a code").click()
    expect(page.get_by_role("heading", name="Enter the code")).to_be_visible()
    page.get_by_label("Code").fill(newest_code(server, person))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile(r"^(?!.*/account/).*$"))


def newest_code(server: Server, person: Person) -> str:
    mail = [mail for mail in server.mails() if mail["To"] == person.email][-1]
    found = CODE.search(mail.get_content())
    assert found, mail
    return found[1]


def path_in(body: str) -> str:
    """Where the first link of a mail leads."""
    found = re.search(r"https?://[^/\s]+(/\S*)", body)
    assert found, body
    return found[1]


def exported(page: Page, link: Locator, name: str) -> Table:
    """What the file holds that comes down behind this link."""
    with page.expect_download() as download:
        link.click()
    return read_table(name, Path(download.value.path()).read_bytes())
