"""报告里的数：有名字，有值，有后面的记录。`collect` 是唯一的入口；登记在各文件里。"""

from bihuan.report.facts import appraisal, ledger, meeting, notice, preparation
from bihuan.report.facts.records import Records
from bihuan.report.facts.registry import FACTS, Fact, FactValue, Row, collect

__all__ = [
    "FACTS",
    "Fact",
    "FactValue",
    "Records",
    "Row",
    "appraisal",
    "collect",
    "ledger",
    "meeting",
    "notice",
    "preparation",
]
