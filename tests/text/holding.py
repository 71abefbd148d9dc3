"""What must hold of any structure and any findings, whatever the text: used by hypothesis, by the fuzzer and its crashes."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from bihuan_text.checks import Finding, Mend
from bihuan_text.document import Document
from bihuan_text.places import stretches
from bihuan_text.report import Item, Report


def paragraphs_hold(document: Document) -> bool:
    """Every character is in one paragraph, or is the line end or the tab between two; every piece is in one paragraph."""
    spans = sorted((s.start, s.end) for s in document.paragraphs)
    edges = [0, *(edge for span in spans for edge in span), len(document.text)]
    between = "".join(document.text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
    pieces = all(
        document.paragraphs[each.paragraph].start <= each.start < each.end <= document.paragraphs[each.paragraph].end
        for each in document.pieces
    )
    return edges == sorted(edges) and set(between) <= {"\n", "\t"} and pieces


def tables_hold(document: Document) -> bool:
    """The cells of a row stand one after the other, each inside the text; the grid columns of a row grow."""
    rows = [row for table in document.tables for row in table.rows]
    placed = all(0 <= cell.span.start <= cell.span.end <= len(document.text) for row in rows for cell in row)
    after = all(a.span.end <= b.span.start and a.column < b.column for row in rows for a, b in pairwise(row))
    return placed and after


def blocks(report: Report) -> list[list[tuple[int, int]]]:
    """Lists of spans, each of which must be in order and apart."""
    whole = [
        [(i.start, i.end) for i in report.prior],
        [(i.start, i.end) for i in report.causes],
        [(a.start, a.end) for a in report.aspects],
        [(p.start, p.end) for p in report.problems],
        [(g.start, g.end) for g in report.measures],
        [(i.start, i.end) for i in report.actions],
    ]
    return whole + [[(e.start, e.end) for e in p.examples] for p in report.problems]


def leads(report: Report) -> list[Item]:
    return [*report.prior, *report.causes, *report.problems, *report.actions]


def report_holds(text: str, report: Report) -> bool:
    """Every span lies in the text, in order and apart from its siblings, inside its parent; every item says something, and
    its lead is what stands there."""
    apart = all(
        all(0 <= start < end <= len(text) for start, end in spans)
        and all(before[1] <= after[0] for before, after in pairwise(spans))
        for spans in blocks(report)
    )
    said = all(
        i.lead.strip() != ""
        and text[i.lead_start : i.lead_start + len(i.lead)] == i.lead
        and i.start <= i.lead_start
        and i.lead_start + len(i.lead) <= i.end
        for i in leads(report)
    )
    within = all(
        inner and all(outer.start <= i.start and i.end <= outer.end for i in inner)
        for outer, inner in [*((a, a.problems) for a in report.aspects), *((g, g.items) for g in report.measures)]
    )
    examples = all(p.start < e.start and e.end <= p.end for p in report.problems for e in p.examples)
    warned = all(w.span is None or 0 <= w.span.start <= w.span.end <= len(text) for w in report.warnings)
    return apart and said and within and examples and warned and _partitions(text, report)


def _partitions(text: str, report: Report) -> bool:
    """Every character is in exactly one place, and every item is one of these."""
    found = stretches(report, len(text))
    edges = [0, *(edge for stretch in found for edge in stretch.span), len(text)]
    whole = all(before == after for before, after in zip(edges[::2], edges[1::2], strict=True))
    spans = {stretch.span for stretch in found}
    return whole and all((item.start, item.end) in spans for item in leads(report))


def finding_holds(document: Document, finding: Finding) -> bool:
    """A finding is a sentence on one line that quotes what stands at its place and mends inside it; what is a habit is told
    at its first place, and the mends of the others stand behind it. One without a place quotes and mends nothing."""
    if not finding.message or "\n" in finding.message + (finding.suggestion or ""):
        return False
    if finding.start is None or finding.end is None:
        return finding.excerpt == "" and not finding.mend
    in_text = 0 <= finding.start < finding.end <= len(document.text)
    mends = finding.mend[:1] if "全文" in finding.message else finding.mend
    mended = all(finding.start <= m.start <= m.end <= finding.end for m in mends) and all(
        finding.start <= m.start <= m.end <= len(document.text) for m in finding.mend
    )
    return in_text and mended and finding.excerpt == document.text[finding.start : finding.end]


def mended(text: str, mends: Iterable[Mend]) -> str:
    """The text with mends that do not touch one another."""
    for mend in sorted(mends, key=lambda mend: -mend.start):
        text = text[: mend.start] + mend.text + text[mend.end :]
    return text
