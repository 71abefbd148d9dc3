"""The report in a real browser: nothing wrong for axe, nothing wider than the window, and drafts that keep themselves."""

from __future__ import annotations

import pytest

from bihuan.report import actions
from tests.browser import NARROW, WIDE, Served, chromium, page_of, served, sideways, wrongs
from tests.cast import at
from tests.report.test_annexes import EVERY, choose
from tests.report.test_deciding import approve, decision, ready
from tests.report.test_readback_page import edited
from tests.report.test_writing import first_of, write
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
def test_the_pages_of_the_way_up_and_back_are_sound_at_both_widths(served: Served) -> None:
    """A report with a red head and attachments, returned; a file that came back; two versions; what the clerk sees."""
    year, draft = ready(served.cast)
    draft = choose(year, draft, *EVERY)
    approve(year, draft, decision(year, draft))
    sent = actions.submit(draft, by=year.by, at=at())
    actions.note_point(sent, about="", point="样例意见", due=None, by=served.cast.clerk, at=at(11))
    actions.return_report(sent, by=served.cast.clerk, at=at(12))
    actions.take_readback(draft, name="改回.docx", data=edited(draft), by=year.by, at=at(13))
    write(draft, first_of(draft, "study"), "学了两次。", year)
    own = [f"{draft.pk}/{name}/" for name in ("readback", "answers", "versions", "head", "section/causes")]
    seats = {served.cast.secretary: ["", *own], served.cast.clerk: ["received/", f"received/{sent.pk}/"]}
    with chromium() as browser:
        for seat, paths in seats.items():
            for width in (WIDE, NARROW):
                with page_of(browser, width=width) as page:
                    served.wear(page, seat)
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
