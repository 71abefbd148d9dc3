"""D24, R58: what a report and a record of a meeting must say: day, place, who came, who did not and why, the result."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan_text.kinds import Kind
from bihuan_text.lists import pattern, regex
from bihuan_text.outline import Role

from .registry import Paper, Remark, Severity, rule

_RECORD = regex("attendance", "record")
_HEAD = 300  # characters in which a report says what it is about
_OF_OTHERS = re.compile("谈心谈话|征求意见|学习情况|汇总|调研|调查|质量|考察|抽查|督导|检查情况|述职")
_DAY = regex("attendance", "day")
_HOLDING = re.compile(
    "开会|开了|举行|组织生活会|党员大会|支部大会|召开(?!了?(?:座谈|支委|支部委员会|委员会|部署|动员))|会议(?:由|于|在)"
)
_ABOUT_MEETING = regex("attendance", "about_meeting")
_IN_RECORD = {
    "时间": "时间[：]|" + _DAY.pattern,
    "地点": "地点|会议室|在[^，。]{1,12}(?:召开|举行)",
    "主持人": "主持",
    "记录人": "记录(?:人|员)?[：]|记录人",
    "到会情况": "应到|实到|出席|到会|参加",
}
_AWAY = regex("attendance", "away")
_DUE = regex("attendance", "due")
# What the absent handed in is no reason why they were absent.
_HANDED_IN = re.compile(
    "(?:均|都|已|并|会前|会后)*(?:提交|补交|递交|上交|报送|提供|补)了?[^，。；\n]{0,4}书面[^，。；\n]*"
    "|(?:均|都|已)*书面(?:提交|补交|递交|上交|报送|发言)[^，。；\n]*"
)
_NAMED = regex("attendance", "named")


@rule("D24")
def facts_of_the_meeting(paper: Paper) -> Iterator[Remark]:
    """One remark a paper, which names all that is missing."""
    missing: list[str] = []
    text = paper.shadow.text
    if is_record(paper):
        missing = [name for name, words in _IN_RECORD.items() if not re.search(words, text)]
    elif _reports_a_meeting(paper):
        asked = {"到会人数": pattern("attendance")}
        if "评议" in (paper.report.title or "") + text[:_HEAD]:
            asked["民主评议结果"] = pattern("grades")
        missing = ["开会日期"] * (not _says_when(_besides_parts(paper)))
        missing += [name for name, words in asked.items() if not words.search(text)]
    if missing:
        yield Remark(None, f"没有写{'、'.join(missing)}。", "请按会议记录补上。")


def _says_when(told: str) -> bool:
    """A day in a paragraph that tells of holding something: a day of some other matter is no day of the meeting."""
    return any(_DAY.search(line) and _HOLDING.search(line) for line in told.split("\n"))


def _besides_parts(paper: Paper) -> str:
    """The paper without what it tells of last year, problems, causes and measures: days there are none of the meeting."""
    text, at, kept = paper.shadow.text, 0, ""
    for start, end in sorted(
        (paper.shadow.at(span.start), paper.shadow.at(span.end)) for _, span in paper.report.sections
    ):
        kept += text[at : max(at, start)]
        at = max(at, end)
    return kept + text[at:]


def _reports_a_meeting(paper: Paper) -> bool:
    title = paper.report.title or ""
    about = _ABOUT_MEETING.search(f"{title}{paper.shadow.text[:_HEAD]}")
    return paper.kind is Kind.REPORT and bool(about) and not _OF_OTHERS.search(title)


def is_record(paper: Paper) -> bool:
    """Whether the paper is the record of one meeting."""
    return bool(_RECORD.search(paper.report.title or "")) and paper.kind is Kind.OTHER


@rule("R58")
def absent_with_reason(paper: Paper) -> Iterator[Remark]:
    """In a record who and why; in a report why."""
    record = is_record(paper)
    if not record and paper.kind is not Kind.REPORT:
        return
    text = paper.shadow.text
    told = False
    faults = [range(paper.shadow.at(span.start), paper.shadow.at(span.end)) for span in paper.parts(Role.PROBLEMS)]
    for match in _AWAY.finditer(text):
        if any(match.start() in each for each in faults):  # who stays away all year is a fault, not this meeting
            continue
        told = True
        if (match["n"] or match["m"]) in ("0", "零"):
            continue
        around = _HANDED_IN.sub("", _around(text, match))
        if not pattern("reason").search(around):
            yield _remark(paper, match.span(), "有人没有到会，没有写原因。", record)
        elif record and not _NAMED.search(around):
            yield _remark(paper, match.span(), "有人没有到会，没有写是谁。", record)
    for match in _DUE.finditer(text):
        absent = int(match[1]) - int(match[2])
        if absent > 0 and not told and not pattern("reason").search(_HANDED_IN.sub("", _around(text, match))):
            yield _remark(paper, match.span(), f"有{absent}人没有到会，没有写是谁、什么原因。", record)


def _around(text: str, match: re.Match[str]) -> str:
    """Its sentence and, in a record, the line below it."""
    start = max(text.rfind(mark, 0, match.start()) for mark in "。\n") + 1
    line = text.find("\n", match.end())
    below = text.find("\n", line + 1) if line >= 0 else -1
    stops = [at for at in (text.find("。", match.end()), below) if at >= 0]
    return text[start : min(stops) if stops else len(text)]


def _remark(paper: Paper, place: tuple[int, int], why: str, record: bool) -> Remark:
    ask = "请写明姓名和原因。" if record else "请写明原因。"
    return Remark(paper.shadow.back(*place), why, ask, severity=None if record else Severity.WARN)
