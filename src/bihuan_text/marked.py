"""Findings for people at a terminal: by severity, each with its sentence and the place in it marked by 〔 〕."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .checks import Severity

if TYPE_CHECKING:
    from .checks import Finding
    from .document import Document

_SIDE, _PLACE = 40, 60  # characters shown either side of a place, and of the place itself
_FAR = 400
_STOPS = "。！？；\n"
_END = re.compile("[。！？；][”’）》]*|(?=\n)")
NAMES = {Severity.BLOCK: "必须改", Severity.WARN: "建议改", Severity.INFO: "供参考"}


def marked_lines(document: Document, found: Sequence[Finding]) -> Iterator[str]:
    """The lines to print, without the file's name."""
    if not found:
        yield "没有发现问题。"
    for severity, name in NAMES.items():
        group = [f for f in found if f.severity is severity and f.silenced is None]
        if group:
            yield f"【{name}】{len(group)} 处"
        for finding in group:
            yield f"  {finding.rule}　{finding.message}"
            yield f"      {place_of(document.text, finding) or '（全篇）'}"
            if finding.suggestion:
                yield f"      建议：{finding.suggestion}"
            yield f"      依据：{finding.source}"
    silenced = [f for f in found if f.silenced is not None]
    if silenced:
        yield f"【已写明理由，不再提示】{len(silenced)} 处"
    for finding in silenced:
        yield f"  {finding.rule}　{finding.message}　理由：{finding.silenced}"


def place_of(text: str, finding: Finding) -> str:
    """Its sentence with the place marked, "" for a finding about the whole paper."""
    return "" if finding.start is None or finding.end is None else marked(text, finding.start, finding.end)


def marked(text: str, start: int, end: int) -> str:
    """The sentence that holds the place, with the place in 〔 〕; what is long is shortened, the place least of all."""
    first, last = _sentence(text, start, end)
    before, said, after = text[first:start], text[start:end], text[end:last]
    if len(said) > _PLACE:
        said = f"{said[: _PLACE * 2 // 3]}……{said[-_PLACE // 3 :]}"
    before = before if len(before) <= _SIDE else "……" + before[-_SIDE:]
    after = after if len(after) <= _SIDE else after[:_SIDE] + "……"
    return re.sub(r"\s", " ", f"{before.lstrip()}〔{said}〕{after.rstrip()}")


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """From the mark before the place to the mark after it, both within their lines."""
    first = max(text.rfind(stop, max(0, start - _FAR), start) + 1 for stop in _STOPS)
    found = _END.search(text, max(start, end - 1), min(len(text), end + _FAR))
    return max(first, start - _FAR), (max(end, found.end()) if found else min(len(text), end + _FAR))
