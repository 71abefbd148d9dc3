"""R47: attachments that the text points to and the paper does not have; R41: parts and points that it does not have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bihuan_text.lists import regex
from bihuan_text.ordinals import value_of
from bihuan_text.report import Report

from .registry import Amiss

_POINTED = regex("references", "attachment")
_LISTED = re.compile(
    r"^[ \t]*附件 ?(?:\d{1,2} ?)?[：:]?(?P<rest>[^\n]*)$|^[ \t]*附 ?[：:](?P<more>[^\n]*)$", re.MULTILINE
)
_NUMBER = re.compile(r"^[ \t]*(?:附件 ?)?(\d{1,2}) ?(?:[.．、]|$|[ \t：:])", re.MULTILINE)
_HEAD = re.compile(r"^[ \t]*附件 ?(\d{1,2}|[一二三四五六七八九十])[ \t：:]*", re.MULTILINE)
_PART = regex("references", "part")
_POINT = regex("references", "point")
_TOPS = re.compile(r"^[ \t]*(?:([一二三四五六七八九十]{1,3})、|第([一二三四五六七八九十]{1,3})部分)", re.MULTILINE)
_COUNTED = regex("references", "counted")
_TOLD = re.compile(r"问题(\d{1,3}) ?[个条项]|(?<!第)(?<!\d)(\d{1,3}) ?[个条项][^，。；\d\n]{0,4}问题")
_OF_OTHERS = re.compile(r"(?:[》章例法程则知件定]|讲话|上级|局里?)的?$")


def attachments(text: str) -> Iterator[Amiss]:
    """附件3 where two are listed; 附件1 where none is."""
    found = [match for match in _POINTED.finditer(text) if not _of_others(text, match)]
    if not found:
        return
    listed = _attached(text)
    for match in found:
        number = value_of(match["n"])
        if number > listed:
            has = f"只列了{listed}个附件" if listed else "没有附件"
            yield Amiss(match.start("of"), match.end("of"), f"正文写“{match['of']}”，材料{has}。")


def _attached(text: str) -> int:
    """The greatest number of an attachment that is listed or follows, 1 for one without a number."""
    most = max((value_of(match[1]) for match in _HEAD.finditer(text)), default=0)
    for match in _LISTED.finditer(text):
        below = text[match.start() : match.end() + 600]
        rows = _rows(below)
        most = max(most, *rows, 1 if (match["rest"] or match["more"] or "").strip() or rows else 0, 0)
    return most


def _rows(below: str) -> list[int]:
    """The numbers of the rows of a list of attachments, from its first line on."""
    lines = below.split("\n")
    lines[0] = re.sub(r"^[ \t]*附件? ?[：:]?", "", lines[0])
    numbers: list[int] = []
    for line in lines:
        match = _NUMBER.match(line)
        if match:
            numbers.append(int(match[1]))
        elif line.strip() and numbers:
            break
    return numbers


def parts(text: str, report: Report) -> Iterator[Amiss]:
    """第四部分 of three, 第六个问题 of four: more than anything in the paper has."""
    yield from _beyond(text, _PART.finditer(text), _most(_TOPS, text))
    pointed = list(_POINT.finditer(text))
    if pointed:
        told = [int(a or b) for a, b in _TOLD.findall(text)]  # 共列问题6个
        counted = _most(_COUNTED, text)
        most = max(counted, len(report.problems), *told, 0)
        for match in pointed:
            limit = max(counted, len(report.aspects)) if "方面" in match["of"] else most
            yield from _beyond(text, [match], limit)


def _most(form: re.Pattern[str], text: str) -> int:
    return max((value_of(next(filter(None, match.groups()))) for match in form.finditer(text)), default=0)


def _beyond(text: str, pointed: Iterable[re.Match[str]], most: int) -> Iterator[Amiss]:
    for match in pointed if most > 1 else ():
        if value_of(match["n"]) > most and not _of_others(text, match):
            yield Amiss(*match.span("of"), f"写的是“{match['of']}”，材料里没有这么多，请核对。")


def _of_others(text: str, match: re.Match[str]) -> bool:
    """Whether it belongs to another paper: 条例第五部分."""
    return bool(_OF_OTHERS.search(text[max(0, match.start() - 6) : match.start()]))
