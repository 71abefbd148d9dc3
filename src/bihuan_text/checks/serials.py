"""R41: numbers in a column of a table, 第一项 to 第五项 of an agenda, and an ordinal of another form among its siblings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan_text.lists import regex
from bihuan_text.ordinals import RANK, Marker, Place, value_of
from bihuan_text.readers.counters import counting

from .registry import Paper, Remark, Severity

_SERIAL = re.compile(r"^[ \u3000]*(?:\|[ \u3000]*)?(?P<n>\d{1,3})[ ]*[\t|]", re.MULTILINE)
_AGENDA = re.compile(
    r"(?:^|(?<=[。；：\n]))[ \t\u3000]*第(?P<n>[一二三四五六七八九十]{1,3})(?P<of>[项个]|步|阶段)(?:议程|内容)?[，、：]",
    re.MULTILINE,
)
_FORMS = {Place.LINE: ("h1", "h2", "n1", "n2", "d", "s"), Place.SENTENCE: ("d", "s")}
_IN_LINE = regex("serials", "in_line")
_SHORT_LEAD = re.compile(r"[ \t\u3000]{0,8}(?P<lead>[\u4e00-\u9fff、“”]{4,16})。(?=[^\n]{16,})")
_CLOSING = re.compile("以上|特此|现将|会后|下一步|同时|总之|最后|同志们|请|恳请|我们?|本人|附")
_IS_MEASURE = re.compile("由[^，。；]{1,14}负责[^\n]{0,40}(?:月|周|季度|学期)")
_HEADING = re.compile("[^，。；：\n]{2,24}")
_BARE_HEADING = re.compile("\n[ \t]{0,8}(?P<of>[\u4e00-\u9fff]{4,14})(?=[ \t]*\n)")
_NO_HEADING = re.compile("支部|委员会|总支|党委|附件|签|同志|各位|年度|特此|汇报")
_BODY = 30  # characters of a paragraph of the body
_FEWEST = 3  # parts that show how all of them are headed
_TENS = 10  # rows numbered 100, 200, 400 are no serial numbers
_NEAR = 3  # lines between two rows of one table at most
_FAR = 40  # ordinals until the next of the same form at most


def serials(paper: Paper, markers: list[Marker]) -> Iterator[Remark]:
    """Each number that does not follow the one before it."""
    yield from _rows(paper)
    yield from _agenda(paper)
    yield from _odd_ones(paper, markers)
    yield from _in_line(paper)
    yield from _unnumbered(paper, markers)
    yield from _heading_without(paper, markers)


def _rows(paper: Paper) -> Iterator[Remark]:
    text = paper.shadow.text
    before: tuple[int, int] | None = None
    for match in _SERIAL.finditer(text):
        number = int(match["n"])
        if (
            before
            and text.count("\n", before[1], match.start()) <= _NEAR
            and number not in (1, before[0], before[0] + 1)
            and abs(number - before[0]) < _TENS
        ):
            span = paper.shadow.back(*match.span("n"))
            yield Remark(
                span, f"表里的序号前一行是{before[0]}，这一行是{number}，中间不连续。", "请核对是否漏行或写错。"
            )
        before = (number, match.end())


def _agenda(paper: Paper) -> Iterator[Remark]:
    before = 0
    for match in _AGENDA.finditer(paper.shadow.text):
        number = value_of(match["n"])
        if before and number not in (1, before + 1):
            span = paper.shadow.back(match.start("n") - 1, match.end("of"))
            yield Remark(span, f"前一个是第{counting(before)}{match['of']}，这里不连续。", "请核对是否漏写或写错。")
        before = number


def _odd_ones(paper: Paper, markers: list[Marker]) -> Iterator[Remark]:
    """（一）… 2.… （三）…: the one in the middle belongs to its neighbours and is written in another way."""
    lines = [m for m in markers if m.place in (Place.LINE, Place.SENTENCE) and m.family in _FORMS.get(m.place, ())]
    other: Marker | None = None  # the nearest ordinal before it that is written in another way
    for at, odd in enumerate(lines):
        begins = at > 0 and lines[at - 1].family != odd.family
        other = lines[at - 1] if begins else other
        if begins and other and other.number == odd.number - 1 and _goes_on(lines[at + 1 : at + _FAR], other, odd):
            span = paper.shadow.back(odd.start, odd.end)
            why = f"“{span.of(paper.text).strip()}”与前后的“{other.text.strip()}”是同一组，写法不一致。"
            yield Remark(span, why, "请改成同一层次的序号。")


def _goes_on(later: list[Marker], before: Marker, odd: Marker) -> bool:
    """Whether the row of ``before`` goes on with the number after the odd one's."""
    after = next((m for m in later if RANK[m.family] <= RANK[before.family]), None)
    return after is not None and after.family == before.family and after.number == odd.number + 1


def _in_line(paper: Paper) -> Iterator[Remark]:
    """议程：一、…；二、…；三、…；三、… in one line."""
    before = 0
    for match in _IN_LINE.finditer(paper.shadow.text):
        number = value_of(match["n"] or match["m"])
        if match["first"] is None and before and number not in (1, before + 1):
            span = paper.shadow.back(*match.span("of"))
            why = "重复" if number == before else "中间不连续"
            yield Remark(span, f"序号“{match['of']}”与前一个{why}。", "请核对是否漏写或写错。")
        before = number if match["first"] is not None and number == 1 else number if before else 0


def _unnumbered(paper: Paper, markers: list[Marker]) -> Iterator[Remark]:
    """（一）（二）（三）, each with a short lead, and then a paragraph of that kind without a number: pointed out."""
    text = paper.shadow.text
    lines = {m.start: m for m in markers if m.place is Place.LINE}
    row: list[Marker] = []
    for line in re.finditer(r"[^\n]+", text) if len(lines) >= _FEWEST else ():
        at = line.end() - len(line.group().lstrip())
        if at == line.end():
            continue
        if mark := lines.get(at):
            row = _row_with(row, mark, text, line.end())
            continue
        if (
            len(row) >= _FEWEST
            and not _CLOSING.match(text, at)
            and (end := _like_the_row(text, row[-1], at, line.end()))
        ):
            span = paper.shadow.back(at, end)
            why = f"前面各条都有序号，“{text[at:end]}”这一条没有。"
            yield Remark(span, why, "请补上序号，或并入上一条。", severity=Severity.INFO)
        row = []


def _row_with(row: list[Marker], mark: Marker, text: str, end: int) -> list[Marker]:
    """The row of ordinals, one a line, that goes on or begins with this one; only those with a short lead or 一是 make one."""
    headed = mark.family == "s" or bool(_SHORT_LEAD.match(text, mark.end, end))
    follows = bool(row) and row[-1].family == mark.family and mark.number == row[-1].number + 1
    if headed and follows:
        return [*row, mark]
    return [mark] if headed and mark.number == 1 else []


def _like_the_row(text: str, last: Marker, at: int, end: int) -> int:
    """Where the words end that show a line to be one of the row: its short lead, or a measure below measures; 0 for none."""
    if last.family == "s" and _IS_MEASURE.search(text, at, end) and _IS_MEASURE.search(text, last.end, at):
        return at + 2
    lead = _SHORT_LEAD.match(text, at, end)
    return lead.end("lead") if lead else 0


def _heading_without(paper: Paper, markers: list[Marker]) -> Iterator[Remark]:
    """一、二、三、四、, each a heading on its own line, and then one without a number: pointed out."""
    text = paper.shadow.text
    heads = [m for m in markers if m.place is Place.LINE and m.family == "h1"]
    tops = [m for m in heads if _HEADING.fullmatch(text[m.end : text.find("\n", m.end)])]
    if len(tops) < _FEWEST or len(tops) != len(heads):
        return
    for line in _BARE_HEADING.finditer(text, tops[0].end):
        before, after = (
            text[: line.start("of")].rstrip().rsplit("\n", 1)[-1],
            text[line.end() :].lstrip().split("\n", 1)[0],
        )
        if len(before) > _BODY and len(after) > _BODY and not _NO_HEADING.search(line["of"]):
            span = paper.shadow.back(*line.span("of"))
            yield Remark(
                span, "别的标题都有序号，这一行没有。", "请补上序号，并核对后面的序号。", severity=Severity.INFO
            )
