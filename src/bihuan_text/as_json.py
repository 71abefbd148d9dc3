"""The JSON shapes of the contract."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .place import Span

if TYPE_CHECKING:
    from .checks import Finding
    from .document import Document
    from .notice import Notice
    from .place import Quoted
    from .report import Aspect, Group, Item, Problem, Report, Warning

Json = dict[str, object]


def _span(span: Span) -> Json:
    return {"start": span.start, "end": span.end}


def _item(item: Item) -> Json:
    return {"lead": item.lead, "lead_start": item.lead_start, "start": item.start, "end": item.end}


def _problem(problem: Problem) -> Json:
    return _item(problem) | {"examples": [_span(e) for e in problem.examples]}


def _aspect(aspect: Aspect) -> Json:
    problems = [_problem(p) for p in aspect.problems]
    return {"heading": aspect.heading, "start": aspect.start, "end": aspect.end, "problems": problems}


def _group(group: Group) -> Json:
    return {"heading": group.heading, "start": group.start, "end": group.end, "items": [_item(i) for i in group.items]}


def _warning(warning: Warning) -> Json:
    """Its place twice: as a span of its own and as two numbers, null where it is about the whole paper."""
    place = _span(warning.span) if warning.span else None
    return {"message": warning.message, "span": place, **(place or {"start": None, "end": None})}


def _said(said: Quoted) -> Json:
    return {"text": said.text} | _span(said.span)


def _notice(notice: Notice | None) -> Json | None:
    """The fields of a notice; null for every other kind of paper."""
    if notice is None:
        return None
    lists = {"aspects": notice.aspects, "dates": notice.dates, "attachments": notice.attachments}
    told: Json = {
        "number": _said(notice.number) if notice.number else None,
        "theme": _said(notice.theme) if notice.theme else None,
    }
    return told | {name: [_said(each) for each in found] for name, found in lists.items()}


def read_json(file: str, document: Document, report: Report) -> Json:
    """What ``read --json`` prints for one paper."""
    return {
        "file": file,
        "kind": report.kind.value,
        "title": report.title,
        "year": report.year,
        "text": document.text,
        "text_length": len(document.text),
        "paragraphs": [_span(p) for p in document.paragraphs],
        "prior": [_item(i) for i in report.prior],
        "aspects": [_aspect(a) for a in report.aspects],
        "causes": [_item(i) for i in report.causes],
        "measures": [_group(g) for g in report.measures],
        "warnings": [_warning(w) for w in report.warnings],
        "notice": _notice(report.notice),
    }


def finding_json(finding: Finding) -> Json:
    """One finding of ``check --json``."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "start": finding.start,
        "end": finding.end,
        "excerpt": finding.excerpt,
        "message": finding.message,
        "suggestion": finding.suggestion,
        "mend": [{"start": m.start, "end": m.end, "text": m.text} for m in finding.mend],
        "source": finding.source,
        "silenced": finding.silenced,
    }


def check_json(file: str, report: Report, found: Sequence[Finding]) -> Json:
    """What ``check --json`` prints for one paper."""
    return {"file": file, "kind": report.kind.value, "findings": [finding_json(f) for f in found]}
