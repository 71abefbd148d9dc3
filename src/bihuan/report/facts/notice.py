"""今年的通知：从谁那里来，什么文号，什么主题。"""

from __future__ import annotations

from collections.abc import Callable

from bihuan.cycle.models import Notice
from bihuan.report import links
from bihuan.report.facts.records import Records
from bihuan.report.facts.registry import Asked, Found, Row, fact

GROUP = "通知"


def _of_notice(records: Records, read: Callable[[Notice], str], lacking: str) -> Found | Asked:
    notice = records.cycle.notice
    if notice is None:
        return Asked("今年的通知还没有登记", links.notice())
    words = read(notice).strip()
    return Found(words, (Row(str(notice), links.notice()),)) if words else Asked(lacking, links.notice())


@fact("通知名称", "通知标题", GROUP)
def title(records: Records) -> Found | Asked:
    return _of_notice(records, lambda notice: notice.title.strip("《》 "), "通知的标题还没有写")


@fact("通知文号", "通知文号", GROUP)
def number(records: Records) -> Found | Asked:
    return _of_notice(records, lambda notice: notice.number, "通知的文号还没有写")


@fact("会议主题", "组织生活会主题", GROUP)
def theme(records: Records) -> Found | Asked:
    return _of_notice(records, lambda notice: notice.theme, "通知里的主题还没有写")


@fact("年度", "年度", GROUP)
def year(records: Records) -> Found | Asked:
    return Found(f"{records.cycle.year}", (Row(records.cycle.label),))
