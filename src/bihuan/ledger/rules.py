"""What the regulations and the house's rules say about problems and measures. Pure: plain values in, answers out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID


def doer_is_not_checker(checker: UUID | None, doers: Collection[UUID]) -> bool:
    """销号须有佐证，核验的人不能是做事的人（R23）。责任人、责任领导、协同，现任和前任都算，书记也不例外。"""
    return checker is not None and checker not in doers


@dataclass(frozen=True)
class MeasureShape:
    """What is known of a measure, for the rules: how many owners, its day or its days of review, its standards."""

    action: str
    owners: int
    due: date | None
    reviews: Sequence[str]
    standards: Sequence[str]

    @property
    def lead(self) -> str:
        """The first words, to name it in a sentence."""
        return shortened(self.action)


def shortened(text: str, length: int = 14) -> str:
    """The first words of a text, to name it in a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[:length]}……"


def measure_lacks(measure: MeasureShape) -> list[str]:
    """每条措施要有责任人，要有时限；“长期坚持”的至少写一个看的日子（R22）。Returns what is missing, in words."""
    missing = [] if measure.owners else ["责任人"]
    if measure.due is None and not measure.reviews:
        missing.append("时限")
    return missing


def measure_is_complete(measure: MeasureShape) -> bool:
    """责任人和时限都有（R22）。"""
    return not measure_lacks(measure)


def problem_is_linked(measures: Collection[object]) -> bool:
    """每个问题至少有一条措施（R21）。"""
    return len(measures) > 0


def uncovered(standards: Iterable[str], proven: Collection[str]) -> list[str]:
    """The standards of done that no piece of evidence names. 核验是拿佐证逐条对照完成标准（R23）。"""
    return [standard for standard in standards if standard not in proven]


# R16: at least two of these four make an example concrete.
_DAY = re.compile(
    r"\d{4}年|\d{1,2}月|\d{1,2}[日号]|[一二三四五六七八九十]{1,3}月|上半年|下半年|[一二三四]季度|[春夏秋冬]季|年初|年底"
)
_WHO = re.compile(
    r"书记|委员|支委|党小组|[组科所站队院校厂镇乡村局处]长|主任|经办|会计|出纳|职工|党员|干部|负责人|同志|群众|农户|大户"
    r"|学生|老师|教师|医生|护士|患者|企业|[一-龥]{2,4}员(?!工)"
)
_WHERE = re.compile(
    r"[一-龥]{1,8}(?:村|镇|乡|街|社区|站|所|室|厅|窗口|科|处|(?<!支)部|楼|院|校|厂|会议|栏|点|项目|台账|制度|记录|名单|公示|通知|合同)"
)
_COUNT = re.compile(
    r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千万几]+)\s*"
    r"(?:次|人|名|户|条|项|件|天|个|份|元|万元|亩|公里|小时|场|期|处|张|%|％)"
)
_MARKS = (("时间", _DAY), ("人或岗位", _WHO), ("地点或事项", _WHERE), ("数量", _COUNT))


def example_marks(example: str) -> list[str]:
    """Which of 时间、人或岗位、地点或事项、数量 an example gives."""
    return [name for name, pattern in _MARKS if pattern.search(example)]


def example_hint(example: str) -> str:
    """事例要具体，时间、人或岗位、地点或事项、数量至少说出两样（R16）。Returns one sentence of advice, or ""."""
    if not example.strip():
        return "还没有事例，请写一件具体的事：哪一天、哪个岗位、在哪里、多少。"
    given = example_marks(example)
    if len(given) >= 2:
        return ""
    lacking = "、".join(name for name, _ in _MARKS if name not in given)
    return f"事例还不够具体，请再写出{lacking}里的一两样。"


def number_after(numbers: Iterable[str], prefix: str) -> str:
    """The next 台账编号 of a year: 25-04 after 25-03. Numbers are labels and are never given twice in a year."""
    taken = [int(n.removeprefix(prefix)) for n in numbers if n.startswith(prefix) and n.removeprefix(prefix).isdigit()]
    return f"{prefix}{max(taken, default=0) + 1:02d}"
