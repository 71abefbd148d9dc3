"""Counts taken from the branch's paper records: which registered figure is which fact."""

from __future__ import annotations

from bihuan.report import links
from bihuan.report.facts.records import Records
from bihuan.report.facts.registry import Asked, Found, Row, fact

# fact → code of the registered figure (`bihuan.meeting.figures`)
FIGURE_OF = {
    "意见条数": "opinions",
    "批评条数": "criticisms",
    "支委之间谈话": "talks_committee",
    "支委和党员谈话": "talks_committee_member",
    "党员之间谈话": "talks_members",
    "参评数": "polled",
    "优秀": "excellent",
    "合格": "qualified",
    "基本合格": "basically_qualified",
    "不合格": "unqualified",
    "不定等次": "probationary",
}
TALKS = tuple((code, FIGURE_OF[code]) for code in ("支委之间谈话", "支委和党员谈话", "党员之间谈话"))


def figure_fact(code: str, label: str, group: str) -> None:
    """Register a fact that is a figure entered once, with the paper it was taken from as its row."""

    @fact(code, label, group)
    def read(records: Records) -> Found | Asked:
        figure = records.figures.get(FIGURE_OF[code])
        if figure is None:
            return Asked(f"“{label}”还没有登记", links.registration())
        return Found(str(figure.value), (Row(f"出自{figure.shown_by}", links.registration()),))
