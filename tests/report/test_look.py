"""The report in a real browser: nothing wrong for axe, nothing wider than the window, and drafts that keep themselves."""

from __future__ import annotations

import pytest

from tests.browser import NARROW, WIDE, Served, chromium, page_of, served, sideways, wrongs
from tests.report.test_deciding import ready
from tests.report.test_writing import first_of
from tests.report.year import begin

__all__ = ["served"]


@pytest.mark.browser
def test_the_pages_are_sound_at_both_widths(served: Served) -> None:
    draft = begin(served.cast).draft()
    paragraph = first_of(draft, "study").id
    paths = ["", f"{draft.pk}/paragraph/{paragraph}/", f"{draft.pk}/head/", f"{draft.pk}/approve/"]
    with chromium() as browser:
        for width in (WIDE, NARROW):
            with page_of(browser, width=width) as page:
                served.wear(page, served.cast.secretary)
                for path in paths:
                    page.goto(f"{served.url}/report/{path}")
                    assert (path, wrongs(page), sideways(page)) == (path, [], 0)


@pytest.mark.browser
def test_a_paragraph_keeps_itself_while_one_writes(served: Served) -> None:
    _, draft = ready(served.cast)
    paragraph = first_of(draft, "study").id
    with chromium() as browser, page_of(browser) as page:
        served.wear(page, served.cast.secretary)
        page.goto(f"{served.url}/report/{draft.pk}/paragraph/{paragraph}/")
        page.get_by_label("这一段的话").fill("写到一半。")
        page.get_by_label("这一段的话").press("End")
        page.get_by_text("已自动存下").wait_for(timeout=10_000)
    assert first_of(draft, "study").text == "写到一半。"
