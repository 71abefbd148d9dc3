"""The pages of lines, of the workbook and of handing up in a browser: nothing sideways, nothing wrong for axe."""

from __future__ import annotations

import pytest
from django.urls import reverse

from bihuan.ledger.actions.upward import hand_up
from tests.browser import NARROW, WIDE, Served, chromium, page_of, served, sideways, wrongs
from tests.cast import DAY, at
from tests.ledger.make import a_measure, a_problem, at_work

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["served"]


def test_they_fit_and_read_well(served: Served) -> None:
    cast = served.cast
    problem, _ = at_work(cast)
    a_measure(cast, a_problem(cast, statement="窗口排队久", origin_kind="巡察", origin_number="样巡反馈7"))
    hand_up(problem, to=cast.committee, reason="样例：要上级定", on=DAY, by=cast.secretary, at=at(16))
    pages = [reverse(f"ledger:{name}") for name in ("links", "sheet_back")]
    pages.append(f"{reverse('ledger:table')}?group=origin")
    pages += [
        reverse(f"ledger:{name}", args=[problem.pk]) for name in ("links_of", "hand_up", "answer_hand_up", "problem")
    ]
    with chromium() as browser:
        for width in (NARROW, WIDE):
            with page_of(browser, width=width) as page:
                served.wear(page, cast.secretary)
                for address in pages:
                    page.goto(f"{served.url}{address}")
                    assert wrongs(page) == [], (width, address)
                    assert sideways(page) == 0, (width, address)
