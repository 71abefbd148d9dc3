"""What cannot be taken back is asked about first: by keyboard, and without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from bihuan.report.models import Submission
from tests.browser import NARROW, WIDE, Served, chromium, page_of, served, sideways, wrongs
from tests.report.test_deciding import approve, decision, ready

__all__ = ["served"]


@pytest.mark.browser
def test_the_question_is_read_before_the_report_goes_up(served: Served) -> None:
    year, draft = ready(served.cast)
    approve(year, draft, decision(year, draft))
    with chromium() as browser:
        for width in (NARROW, WIDE):
            with page_of(browser, width=width) as page:
                served.wear(page, served.cast.secretary)
                page.goto(f"{served.url}/report/")
                page.locator("summary.btn").focus()
                page.keyboard.press("Enter")
                expect(page.get_by_text("报送以后收不回来")).to_be_visible()
                assert (wrongs(page), sideways(page)) == ([], 0)
        assert not Submission.objects.of(served.cast.branch.pk).exists(), "asking sends nothing"
        with page_of(browser, script=False) as page:
            served.wear(page, served.cast.secretary)
            page.goto(f"{served.url}/report/")
            page.locator("summary.btn").click()
            page.locator(".ask-first button").click()
            page.wait_for_url("**/report/**")
    assert Submission.objects.of(served.cast.branch.pk).count() == 1
