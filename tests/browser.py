"""A browser for tests: the system's own Chromium, with nothing but the page under test reachable.

def test_…(served: Served) -> None:  # the conftest beside it says: from tests.browser import served
    with chromium() as browser, page_of(browser, width=NARROW) as page:
        served.wear(page, served.cast.secretary)
        page.goto(served.url)
        assert wrongs(page) == []
        assert sideways(page) == 0
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakSet

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from bihuan.core import triggers
from tests.cast import Cast

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

    from bihuan.org.models import Seat

# The synchronous driver runs an event loop in this thread; Django would refuse every query of the test itself.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
WIDE, NARROW = 1440, 360


def binary() -> str:
    """Where the browser is; the test is skipped, saying so, where there is none."""
    named = os.environ.get("BIHUAN_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not named:
        pytest.skip("no Chromium on this machine: pages were not looked at in a browser")
    return named


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser, closed at the end."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=binary(), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def page_of(browser: Browser, *, width: int = WIDE, script: bool = True, motion: bool = False) -> Iterator[Page]:
    """A page of its own profile, `width` CSS pixels wide. Requests to any outside host fail the test."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        java_script_enabled=script,
        reduced_motion="no-preference" if motion else "reduce",
    )
    page = context.new_page()
    if not script:
        _SCRIPTLESS.add(page)
    strangers: list[str] = []
    page.on("request", lambda sent: None if _ours(sent.url) else strangers.append(sent.url))
    try:
        yield page
    finally:
        context.close()
    assert strangers == []


# axe and every measure are scripts themselves: a page without script can be used by a test, but not measured.
_SCRIPTLESS: WeakSet[Page] = WeakSet()


def is_scripted(page: Page) -> bool:
    """Whether the page may run scripts, and so can be measured."""
    return page not in _SCRIPTLESS


def _ours(url: str) -> bool:
    return url.startswith(("http://localhost:", "http://127.0.0.1:", "data:", "about:", "blob:", "file:"))


@dataclass(frozen=True)
class Served:
    """A running server with the cast in its database, and how to come in without the login page."""

    url: str
    cast: Cast

    def wear(self, page: Page, seat: Seat) -> None:
        """Let the page act from this seat."""
        client = Client()
        client.force_login(seat.account)
        page.context.add_cookies([{"name": "bihuan", "value": client.cookies["bihuan"].value, "url": self.url}])


@pytest.fixture
def served(live_server: LiveServer, cast: Cast) -> Iterator[Served]:
    """The product on a port, for tests marked `browser`. Afterwards the database is emptied, which its own laws would
    refuse, so they are lifted first; they are laid again after the emptying, as after every migration."""
    yield Served(live_server.url, cast)
    with connection.cursor() as cursor:
        for law in triggers.LAWS:
            on = f" ON {law.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {law.name}{on}")


def sign_in(page: Page, address: str, login: str, password: str) -> None:
    """Go through the login page as a person does."""
    page.goto(f"{address}/org/login/")
    page.locator('input[type="text"]').first.fill(login)
    page.locator('input[type="password"]').fill(password)
    page.locator("main form button[type=submit]").click()


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def wrongs(page: Page) -> list[str]:
    """What axe-core finds wrong, one line a violation: the rule, what is wrong with the first element, and that element."""
    return [
        f"{found['id']}: {found['nodes'][0]['failureSummary']} — {found['nodes'][0]['html'][:160]}"
        for found in Axe().run(page).response["violations"]
    ]


def shoot(page: Page, path: Path) -> None:
    """A picture of the whole page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(path), full_page=True)
