"""Clauses of GB/T 15834 that look at a sentence or a paragraph as a whole (D22): what opens and ends it, what stands in what.

Most of them say 通常 or 宜 (as a rule), so they are pointed out; only what no sentence can have is warned of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TypeAlias, cast

from bihuan_text.lists import table
from bihuan_text.place import Span

from .registry import Mend, Remark, Severity

Line: TypeAlias = tuple[int, int]
"""Where a paragraph begins and ends."""

_FEW, _MANY_TIMES = 2, 4  # more open ends than these are how the lines were broken
_BODY = 30  # characters of a paragraph of the body
_GOES_ON = "了的地得和与在对把被从向为以将让使是就也都还"  # no sentence of a paper ends so: a line that was broken
_WORD = re.compile("[\u4e00-\u9fff”》）]")
_ENDS = re.compile(r"[，、][ \t\u3000]*$")
# What begins another paragraph, not the rest of a broken line.
_ANEW = re.compile(
    r"\n(?:\s*\n|\u3000\u3000| {4}|\s*(?:[一二三四五六七八九十]{1,3}(?:、|是)|（[一二三四五六七八九十]"
    r"|\d{1,2}[.．、]|第[一二三四五]))"
)


@cache
def _rows() -> tuple[tuple[re.Pattern[str], dict[str, str]], ...]:
    """The clauses of data/figures.toml, compiled once: there are more patterns than Python keeps."""
    rows = cast("list[dict[str, str]]", table("figures.toml")["clauses"]["clause"])
    return tuple((re.compile(row["pattern"], re.MULTILINE), row) for row in rows)


def clauses(text: str) -> Iterator[Remark]:
    """Every clause of data/figures.toml [[clauses.clause]], then how paragraphs end."""
    for pattern, row in _rows():
        if row.get("need", "") not in text:
            continue
        grave = Severity(row.get("grave", "info"))
        for match in pattern.finditer(text):
            yield _remark(match, row, grave)
            if row.get("once"):
                break
    body = [match.span() for match in re.finditer(r"[^\n]+", text) if match.end() - match.start() > _BODY]
    yield from _without_stop(text, body)
    yield from _broken_off(text, body)


def _remark(match: re.Match[str], row: dict[str, str], grave: Severity) -> Remark:
    span = Span(*match.span("of" if "of" in match.re.groupindex else 0))
    right = match.expand(row["right"]) if "right" in row else None
    mend = (Mend(span.start, span.end, right),) if right is not None else ()
    return Remark(span, row["why"], right or row.get("ask"), mend, grave, f"{_STANDARD[row['of']]}{row['clause']}")


_STANDARD = {"marks": "GB/T 15834—2011 ", "figures": "GB/T 15835—2011 "}


def _few(open_: list[int], others: list[Line]) -> bool:
    """Whether so few paragraphs end otherwise that they are slips and not how the paper is written."""
    return 0 < len(open_) <= _FEW and len(others) >= _MANY_TIMES * len(open_)


def _without_stop(text: str, body: list[Line]) -> Iterator[Remark]:
    """A paragraph of whole sentences without a stop at its end, in a paper whose other paragraphs have one."""
    told = [(start, end) for start, end in body if "。" in text[start : end - 1]]
    ended = ("。”", "！”", "？”", "。’")  # a quotation that ends the paragraph has its own stop
    open_ = [end for _, end in told if _WORD.match(text, end - 1) and text[end - 1] not in _GOES_ON]
    open_ = [end for end in open_ if not text.startswith(ended, end - 2)]
    for end in open_ if _few(open_, told) else ():
        why = "这一段末尾缺句号，别的段落都有。"
        yield Remark(Span(end - 1, end), why, f"{text[end - 1]}。", (Mend(end, end, "。"),))


def _broken_off(text: str, body: list[Line]) -> Iterator[Remark]:
    """A paragraph that ends with ， or 、 in a paper whose others end with a stop: something is missing behind it."""
    open_ = [
        end
        for start, end in body
        if "。" in text[start:end] and _ENDS.search(text, start, end) and _ANEW.match(text, end)
    ]
    for end in open_ if _few(open_, body) else ():
        at = len(text[:end].rstrip()) - 1
        why = f"这一段以“{text[at]}”收尾，后面像是漏了话，或者应为句号。"
        yield Remark(Span(at, at + 1), why, "请补全，或改成句号。", source="GB/T 15834—2011 第4.1条、第4.4条")
