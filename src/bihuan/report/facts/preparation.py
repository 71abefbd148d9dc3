"""会前：集中学习、意见、谈心谈话；会上的批评。数来自纸面登记，一个数一份出处。"""

from __future__ import annotations

from bihuan.report import links
from bihuan.report.facts.figures import TALKS, figure_fact
from bihuan.report.facts.records import Records
from bihuan.report.facts.registry import Asked, Found, Row, counted, fact
from bihuan_text.gbt9704 import date_zh

GROUP = "会前"


@fact("集中学习次数", "会前集中学习", GROUP)
def studies(records: Records) -> Found | Asked:
    if not records.studies:
        return Asked("会前集中学习还没有登记", links.registration())
    return counted(Row(f"{date_zh(each.occurred_on)}，{each.topic}", links.registration()) for each in records.studies)


for _code, _label in (
    ("意见条数", "收到的意见"),
    ("支委之间谈话", "支委之间谈心谈话"),
    ("支委和党员谈话", "支委和党员谈心谈话"),
    ("党员之间谈话", "党员之间谈心谈话"),
    ("批评条数", "会上的批评意见"),
):
    figure_fact(_code, _label, GROUP)


@fact("谈心谈话", "谈心谈话合计", GROUP)
def talks(records: Records) -> Found | Asked:
    """The kinds together; without one of them there is no sum."""
    kinds = [(code, records.figures.get(key)) for code, key in TALKS]
    lacking = [code for code, figure in kinds if figure is None]
    if lacking:
        return Asked(f"“{lacking[0]}”还没有登记", links.registration())
    found = [(code, figure) for code, figure in kinds if figure is not None]
    rows = tuple(Row(f"{code}{figure.value}：{figure.shown_by}", links.registration()) for code, figure in found)
    return Found(str(sum(figure.value for _, figure in found)), rows)
