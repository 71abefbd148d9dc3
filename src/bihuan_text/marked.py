"""Findings for people at a terminal: by severity, each with its sentence and the place in it marked by 〔 〕."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .checks import Severity

if TYPE_CHECKING:
    from .checks import Finding
    from .document import Document

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
            if finding.start is not None and finding.end is not None:
                yield f"      {_context(document.text, finding.start, finding.end)}"
            if finding.suggestion:
                yield f"      建议：{finding.suggestion}"
            yield f"      依据：{finding.source}"
    silenced = [f for f in found if f.silenced is not None]
    if silenced:
        yield f"【已写明理由，不再提示】{len(silenced)} 处"
    for finding in silenced:
        yield f"  {finding.rule}　{finding.message}　理由：{finding.silenced}"


def _context(text: str, start: int, end: int) -> str:
    """The span in its line, with a dozen characters either side."""
    first = max(text.rfind("\n", 0, start) + 1, start - 12)
    line_end = text.find("\n", end)
    last = min(len(text) if line_end < 0 else line_end, end + 12)
    said = text[start:end]
    if len(said) > 40:
        said = said[:24] + "……" + said[-12:]
    return f"{text[first:start]}〔{said}〕{text[end:last]}".replace("\n", " ").replace("\t", " ")
