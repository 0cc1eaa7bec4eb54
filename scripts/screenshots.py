"""Every page of the demo division for everybody of its cast, at 390 and 1280 px: `make screenshots`.

Fails on what nobody should see: an error in the console, a link that leads nowhere, a page wider than its window.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from scripts.chromium import FLAGS, chromium

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "screenshots"
WIDTHS = (390, 1280)
# The narrowest window in which a page must not scroll sideways (WCAG 1.4.10).
NARROWEST = 320
# From the first page, so many links deep.
DEPTH = 2
SECONDS_TO_START = 60
NOBODY = "nobody"
FIRST = {NOBODY: "/account/sign-in/"}
DARK = {"web:today", "account_login"}
TOO_WIDE = "document.scrollingElement.scrollWidth > window.innerWidth"


@dataclass
class Round:
    """One person's walk through the house."""

    persona: str
    page: Page
    origin: str
    faults: list[str]
    seen: set[str] = field(default_factory=set)

    def walk(self) -> None:
        near = [urljoin(self.origin, FIRST.get(self.persona, "/"))]
        for _step in range(DEPTH + 1):
            near = [link for address in near for link in self.visit(address)]

    def visit(self, address: str) -> list[str]:
        """Take pictures of the first page of each route; its links."""
        route = route_of(address)
        if not route or route in self.seen:
            return []
        self.seen.add(route)
        answer = self.page.context.request.get(address)
        if answer.status >= 400:
            self.faults.append(f"{self.persona}: {route} answers {answer.status}")
            return []
        if not answer.headers.get("content-type", "").startswith("text/html"):
            return []
        self.page.goto(address)
        self.take(route)
        return self.links()

    def take(self, route: str) -> None:
        for width in (NARROWEST, *WIDTHS):
            self.page.set_viewport_size({"width": width, "height": 844})
            if self.page.evaluate(TOO_WIDE):
                self.faults.append(f"{self.persona}: {route} is wider than {width} px")
            if width != NARROWEST:
                self.picture(f"{route}-{width}")
            if route in DARK and width != NARROWEST:
                self.page.emulate_media(color_scheme="dark")
                self.picture(f"{route}-{width}-dark")
                self.page.emulate_media(color_scheme="light")

    def picture(self, name: str) -> None:
        path = PICTURES / self.persona / f"{name.replace(':', '.')}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path, full_page=True)
        print(path.relative_to(ROOT), flush=True)

    def links(self) -> list[str]:
        hrefs = self.page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
        # Links within a picture (SVG) have an `href` that is no string: hence the attribute.
        addresses = [urldefrag(urljoin(self.page.url, href)).url for href in hrefs]
        return [address for address in addresses if address.startswith(f"{self.origin}/")]


def route_of(address: str) -> str:
    """The name of the route; empty where the address is none of ours."""
    from django.urls import Resolver404, resolve

    try:
        return resolve(urlsplit(address).path).view_name or ""
    except Resolver404:
        return address


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="telemachus-screenshots-") as folder, serving(Path(folder)) as origin:
        import django

        django.setup()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            faults = [fault for persona in personas(browser, origin) for fault in walk_as(persona, browser, origin)]
    for fault in faults:
        print(f"LOOK HERE: {fault}")
    print(f"{len(list(PICTURES.rglob('*.png')))} pictures in screenshots/, {len(faults)} faults.")
    return 1 if faults else 0


def personas(browser: Browser, origin: str) -> list[str]:
    page = browser.new_page()
    page.goto(f"{origin}/demo/")
    found = page.eval_on_selector_all("form[data-persona]", "forms => forms.map(form => form.dataset.persona)")
    page.close()
    return [NOBODY, *found]


def walk_as(persona: str, browser: Browser, origin: str) -> list[str]:
    context = browser.new_context(reduced_motion="reduce")
    faults: list[str] = []
    page = context.new_page()

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(f"{persona}: {route_of(page.url)} says in the console: {message.text}")

    page.on("console", heard)
    page.on("pageerror", lambda error: faults.append(f"{persona}: {route_of(page.url)}: {error}"))
    if persona != NOBODY:
        page.goto(f"{origin}/demo/")
        page.locator(f'form[data-persona="{persona}"] button').click()
    Round(persona, page, origin, faults).walk()
    context.close()
    return faults


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The demo division on a free port, with a database of its own; also this process's settings from now on."""
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        bind = f"127.0.0.1:{any_port.getsockname()[1]}"
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "TELEMACHUS_ENV_FILE": str(ROOT / "tests" / "test.env"),
        "DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3",
        "VAR_DIR": str(folder),
        "BASE_URL": f"http://{bind}",
        "DEMO": "true",
    }
    run("manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    run("-m", "telemachus", "migrate")
    run("-m", "telemachus", "demo")
    server = subprocess.Popen([sys.executable, "-m", "telemachus", "serve", "--bind", bind], cwd=ROOT)
    try:
        wait_for(f"http://{bind}/healthz/")
        yield f"http://{bind}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def run(*words: str) -> None:
    subprocess.run([sys.executable, *words], cwd=ROOT, check=True)


def wait_for(address: str) -> None:
    for _ in range(SECONDS_TO_START * 10):
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The demo server did not start.")


if __name__ == "__main__":
    sys.exit(main())
