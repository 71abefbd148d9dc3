"""The pages of the superior's forms in a browser: nothing wrong for a reader without eyes, nothing wider than a phone."""

from __future__ import annotations

import pytest
from django.urls import reverse

from bihuan.report.templating.queries import template_of
from tests.browser import NARROW, WIDE, Served, chromium, page_of, served, sideways, wrongs
from tests.report import year as years
from tests.report.test_superior_forms import pointed

__all__ = ["served"]


@pytest.mark.browser
def test_the_pages_are_right_at_every_width(served: Served) -> None:
    years.full(served.cast)
    form = pointed(served.cast.secretary)
    blank = template_of(form).blanks[1].address
    pages = [
        reverse("report:superior_forms"),
        reverse("report:superior_form", args=[form.pk]),
        reverse("report:superior_blank", args=[form.pk, blank]),
        reverse("report:superior_change", args=[form.pk]),
    ]
    with chromium() as browser:
        for width in (WIDE, NARROW):
            with page_of(browser, width=width) as page:
                served.wear(page, served.cast.secretary)
                for path in pages:
                    page.goto(served.url + path)
                    assert wrongs(page) == [], path
                    assert sideways(page) == 0, path
