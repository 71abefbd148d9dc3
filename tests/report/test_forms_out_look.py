"""The pages of proof, duties, the circular, 回头看 and the forms in a real browser, at both widths."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest
from django.urls import reverse

from bihuan.ledger.actions.lookback import draw_lookback
from tests.browser import NARROW, WIDE, Served, chromium, page_of, served, sideways, wrongs
from tests.cast import at
from tests.ledger.make import PNG, at_work, closed, proof
from tests.ledger.test_lookback import numbers
from tests.ledger.test_previews import excel

__all__ = ["served"]
LONG = "很长的一句话没有停顿" * 20


def word() -> bytes:
    document = docx.Document()
    document.add_paragraph(LONG)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.browser
def test_the_pages_are_sound_at_both_widths(served: Served) -> None:
    cast = served.cast
    shut, _ = closed(cast)
    draw = draw_lookback(numbers(cast, shut.cycle, 1, 1), by=cast.secretary, at=at(9, day=date(2026, 4, 20)))
    _, measure = at_work(cast, cycle=shut.cycle, statement=LONG)
    files = (("照片.png", PNG), ("说明.docx", word()), ("表.xlsx", excel([[LONG] * 12] * 3)), ("单.pdf", b"%PDF-1.4 x"))
    pieces = [proof(cast, measure, kind="文件", words="", file=(name, [data])) for name, data in files]
    names = ("ledger:duties", "ledger:circular", "ledger:lookback", "report:forms")
    paths = [
        *map(reverse, names),
        reverse("ledger:duty", args=[cast.person(cast.member).pk]),
        *(reverse("ledger:look_back", args=[item.pk]) for item in draw.items.all()),
        *(reverse("ledger:evidence", args=[piece.pk]) for piece in pieces),
    ]
    with chromium() as browser:
        for width in (WIDE, NARROW):
            with page_of(browser, width=width) as page:
                served.wear(page, cast.secretary)
                for path in paths:
                    page.goto(served.url + path)
                    assert (path, wrongs(page), sideways(page)) == (path, [], 0)
