"""Pages that no journey stops at long enough, for docs/users; the demo's own paper, so that no real one is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser import NARROW, chromium, page_of
from tests.journeys.hands import follow, look, picture, sit_down
from tests.journeys.serving import running

pytestmark = [pytest.mark.browser, pytest.mark.long]


def test_reading_answering_and_a_phone(tmp_path: Path) -> None:
    with running(tmp_path / "data", "--demo") as system, chromium() as browser:
        with page_of(browser) as page:
            sit_down(page, system.url, "hanst")
            page.goto(f"{system.url}/ledger/last-year/")
            look(page)
            picture(page, "dafu")
            follow(page, "技术指导到田少")
            follow(page, "2024年度组织生活会情况报告")
            look(page)
            picture(page, "duibao")
            page.goto(f"{system.url}/archive/")
            look(page)
            picture(page, "beifen")
        with page_of(browser, width=NARROW) as page:
            sit_down(page, system.url, "dinglx")
            look(page)
            picture(page, "shouji")
