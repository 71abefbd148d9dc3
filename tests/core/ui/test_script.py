"""The house's own script, against a page and a server of a few lines: what it sends, and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

import bihuan.core
from tests import browser

SCRIPT = (Path(bihuan.core.__file__).parent / "static" / "bihuan" / "bihuan.js").read_text("utf-8")
HERE = "http://localhost:1/"
FORM = """<!doctype html><html lang="zh-CN"><title>t</title><script src="bihuan.js" defer></script>
<form method="post" action="/keep/" data-autosave>
  <input type="hidden" name="form_key" value="once"><input type="hidden" name="version" value="3">
  <input name="action" value="a"><input type="file" name="file"><textarea name="words"></textarea>
  <button name="do" value="it">存</button></form>
<button data-print hidden>打印</button></html>"""


class Server:
    """Answers drafts with `status`, remembers what was sent, and holds an answer back while `hold` is set."""

    def __init__(self) -> None:
        self.drafts: list[str] = []
        self.sent: list[str] = []
        self.status = 204
        self.held: list[Route] = []
        self.hold = False

    def answer(self, route: Route) -> None:
        request = route.request
        if request.method == "GET":
            body, kind = (SCRIPT, "javascript") if request.url.endswith(".js") else (FORM, "html")
            route.fulfill(body=body, content_type=f"text/{kind}; charset=utf-8")
        elif request.headers.get("x-autosave") == "1":
            self.drafts.append(request.post_data or "")
            self.held.append(route) if self.hold else self.let(route)
        else:
            self.sent.append(request.post_data or "")
            self.held.append(route) if self.hold else route.fulfill(
                body="<title>done</title>", content_type="text/html"
            )

    def let(self, route: Route) -> None:
        route.fulfill(status=self.status, headers={"X-Version": "4"})


@pytest.fixture
def scene() -> Iterator[tuple[Page, Server]]:
    server = Server()
    with browser.chromium() as chromium, browser.page_of(chromium) as page:
        page.route("**/*", server.answer)
        page.clock.install()
        page.goto(HERE)
        yield page, server


def write(page: Page, words: str) -> None:
    page.locator("textarea").fill(words)
    page.clock.run_for(2000)


@pytest.mark.browser
def test_a_draft_is_sent_to_the_forms_address_without_its_key_and_says_when(scene: tuple[Page, Server]) -> None:
    page, server = scene
    write(page, "进展")
    expect(page.locator(".saved")).to_contain_text("已自动存下")
    assert len(server.drafts) == 1
    assert "form_key" not in server.drafts[0]
    assert 'name="file"' not in server.drafts[0]
    assert "进展" in server.drafts[0]
    expect(page.locator("[name=version]")).to_have_value("4")


@pytest.mark.browser
def test_a_draft_that_was_not_kept_is_not_called_kept(scene: tuple[Page, Server]) -> None:
    page, server = scene
    server.status = 403
    write(page, "进展")
    expect(page.locator(".saved")).to_have_text("还没有存下，请按按钮保存")


@pytest.mark.browser
def test_a_second_tap_sends_nothing_and_the_pressed_button_is_named(scene: tuple[Page, Server]) -> None:
    page, server = scene
    server.hold = True
    page.evaluate("() => { const b = document.querySelector('form button'); b.click(); b.click(); }")
    page.wait_for_timeout(300)
    assert len(server.sent) == 1
    assert "do=it" in server.sent[0]


@pytest.mark.browser
def test_sending_waits_for_a_draft_under_way(scene: tuple[Page, Server]) -> None:
    page, server = scene
    server.hold = True
    write(page, "进展")
    page.evaluate("() => document.querySelector('form button').click()")
    page.wait_for_timeout(200)
    assert (len(server.drafts), server.sent) == (1, [])
    server.hold = False
    server.let(server.held.pop())
    page.wait_for_url("**/keep/")
    assert len(server.sent) == 1
    assert "version=4" in server.sent[0]


@pytest.mark.browser
def test_the_print_button_shows_only_where_it_works(scene: tuple[Page, Server]) -> None:
    page, _ = scene
    expect(page.locator("[data-print]")).to_be_visible()
