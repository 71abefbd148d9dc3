"""What a journey does again and again: press a button, look at the page, sit down in the demo."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page

from tests.browser import is_scripted, sideways, wrongs


def look(page: Page) -> None:
    """Every page met on the way must be sound (axe) and hold its width."""
    if is_scripted(page):
        assert wrongs(page) == []
        assert sideways(page) == 0


def press(page: Page, name: str) -> None:
    """Press the button of that name, once more if it asks first, and wait for what it leads to."""
    asking = page.locator("summary.btn").get_by_text(name, exact=True)
    if asking.count():
        asking.first.click()
        name = f"是的，{name}"
    button = page.get_by_role("button", name=name, exact=True).first
    with page.expect_navigation():
        button.click()


def follow(page: Page, name: str) -> None:
    """Follow the link of that name."""
    with page.expect_navigation():
        page.get_by_role("link", name=name).first.click()


def onwards(page: Page) -> None:
    """Follow the page's one main link."""
    with page.expect_navigation():
        page.locator("a.btn-main").first.click()


def sit_down(page: Page, url: str, login: str) -> None:
    """In the demo: walk in as one of the cast."""
    page.goto(f"{url}/demo/")
    with page.expect_navigation():
        page.locator(f"button[value={login}]").click()


def picture(page: Page, name: str) -> None:
    """Keep the page as a picture for docs/users, when `make pictures` asks for it."""
    folder = os.environ.get("BIHUAN_USER_PICTURES")
    if folder and is_scripted(page):
        Path(folder).mkdir(parents=True, exist_ok=True)
        size = page.evaluate("({width: innerWidth, height: Math.min(document.documentElement.scrollHeight, 1500)})")
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True, clip={"x": 0, "y": 0, **size})
