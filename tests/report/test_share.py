"""R17: how much of the report is about problems is said beside it, and never stops it."""

from __future__ import annotations

from bihuan.report import actions
from bihuan.report.body import read_body
from bihuan.report.models import Draft
from tests.cast import Cast, at
from tests.report.test_deciding import now, ready


def _longer(draft: Draft, cast: Cast, section: str) -> None:
    words = "样例的话，说的是支部里的一件事。" * 60
    actions.add_paragraph(draft, section, text=words, by=cast.secretary, at=at())


def test_r17_a_report_of_few_problems_is_told_so_and_may_go(cast: Cast) -> None:
    _, draft = ready(cast)
    other = next(s.key for s in read_body(draft.body).sections if s.key not in {"problems", "causes"})
    _longer(draft, cast, other)
    draft.refresh_from_db()
    said = [remark for remark in now(draft).remarks if remark.rule == "R17"]
    assert [remark.title for remark in said] == ["写问题和原因的篇幅少"]
    _longer(draft, cast, "problems")
    draft.refresh_from_db()
    _longer(draft, cast, "problems")
    draft.refresh_from_db()
    assert [remark for remark in now(draft).remarks if remark.rule == "R17"] == []
