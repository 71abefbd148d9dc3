"""An invented form of a superior, taken in and pointed, for tests that need one of every kind of record."""

from __future__ import annotations

from bihuan.org.models import Seat
from bihuan.report.actions.superior_forms import add_form, point_blank
from bihuan.report.models import SuperiorForm
from bihuan.report.templating.queries import template_of
from tests.blanks.making import docx, p, r
from tests.cast import at


def a_form(by: Seat) -> SuperiorForm:
    """A form of one sentence, its one blank pointed at 应到."""
    form = add_form(name="样例表", issuer="", file=("样例表.docx", [docx(p(r("应到____人")))]), by=by, at=at())
    point_blank(form, template_of(form).blanks[0].address, what="fact:应到", by=by, at=at())
    return form
