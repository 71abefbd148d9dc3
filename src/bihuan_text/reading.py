"""Document → ``Report``: the papers in a file, the parts of each, what they hold; doubts become warnings.

The contract has one structure a file. A file that holds several papers (a cover and its report, the statements of
several people) is read paper by paper, so that one's numbering never runs into the next; kind, title and year are those
of the first paper that has our parts, the lists hold what all of them say, in order, and a warning says where the
second begins.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .apart import apart, ordered
from .document import Document
from .gathered import Gathered
from .gathering import Gatherer
from .kinds import Kind, kind_of, kind_without_title, year_of
from .ledger import LedgerRow, ledger_rows
from .markdown import bracketed, headlines
from .notice import notice_of
from .ordinals import Marker, Place, is_next, markers_of
from .outline import Block, Headline, Outline, outline_of
from .papers import papers_of
from .parts import Part, has_structure, parts_of
from .place import Span
from .report import Report
from .roles import Role
from .shadow import Shadow, shadow_of
from .tables import gather_rows
from .tails import body_end, keeps_to_lines, trimmed_tail
from .titles import Title


def read_report(document: Document) -> Report:
    """The structure of a paper; doubts become warnings, never guesses and never exceptions."""
    shadow = shadow_of(document.text, markdown=document.form == "md")
    return _Reader(document, shadow, ledger_rows(document)).report()


class _Reader:
    """One reading of one file."""

    def __init__(self, document: Document, shadow: Shadow, rows: list[LedgerRow]) -> None:
        self.document, self.shadow, self.text, self.rows = document, shadow, shadow.text, rows
        self.found = Gathered()

    def report(self) -> Report:
        """The finished reading."""
        for remark in self.document.remarks:
            self.found.doubt(remark)
        markers = markers_of(self.text)
        marked = (
            headlines(self.document.text, self.shadow, markers) if self.document.form == "md" else bracketed(self.text)
        )
        papers = papers_of(self.text, markers)
        outlined = [self._outlined(title, span, markers, marked) for title, span in papers]
        rows = self._rows_by_paper([span for _, span in papers])
        first, *others = [(*paper, own) for paper, own in zip(outlined, rows, strict=True)]
        kind, year = self._paper(*first)
        for other in others:
            self._another(*other)
        title, found = first[0], self.found
        return Report(
            kind, self._title_said(title), year, ordered(found.prior), apart(found.aspects),
            ordered(found.causes), apart(found.measures), tuple(found.warnings), tuple(found.sections),
            notice_of(self.document, self.shadow) if kind is Kind.NOTICE else None,
            self.shadow.back(*title.span) if title else None,
        )  # fmt: skip

    def _outlined(
        self, title: Title | None, span: Span, markers: Sequence[Marker], marked: Sequence[Headline]
    ) -> tuple[Title | None, Outline]:
        start = max(title.span.end, span.start) if title is not None else span.start
        end = body_end(self.text, start, span.end)
        return title, outline_of(self.text, markers, end, marked, start)

    def _rows_by_paper(self, papers: Sequence[Span]) -> list[list[LedgerRow]]:
        """The rows of each paper's own tables; those before the first paper (on its cover) are the first's."""
        begins = [self.shadow.back(*span).start for span in papers]
        found: list[list[LedgerRow]] = [[] for _ in papers]
        for row in self.rows:
            found[max(bisect_right(begins, row.start) - 1, 0)].append(row)
        return found

    def _paper(self, title: Title | None, outline: Outline, rows: list[LedgerRow]) -> tuple[Kind, int | None]:
        """Gather one paper; its kind and year."""
        kind = kind_of(self.text, title, outline, ledger=bool(rows))
        parts = parts_of(self.text, outline, kind)
        prior = next((block for role, block in parts if role is Role.PRIOR), None)
        if kind is Kind.LEDGER and (rows or not parts):
            gather_rows(rows, self.found)
        elif has_structure(body := outline.body.of(self.text), kind, self._title_said(title), parts):
            self._gather(parts, outline, rows)
            kind = kind_without_title(body) if kind is Kind.OTHER and title is None else kind
        return kind, year_of(self.text, title, outline.preface, prior)

    def _another(self, title: Title | None, outline: Outline, rows: list[LedgerRow]) -> None:
        """A further paper of the file."""
        start = title.span.start if title is not None else outline.preface.start
        self.found.doubt("文件里可能有几份材料，这里是又一份的开头，请分开后再读。", self.shadow.back(start, start + 1))
        self._paper(title, outline, rows)

    def _gather(self, parts: Sequence[Part], outline: Outline, rows: list[LedgerRow]) -> None:
        gatherer = Gatherer(self.document, self.shadow, self.found)
        lines = keeps_to_lines(self.text, outline.roots)
        before = len(self.found.aspects)
        for role, block in parts:
            trimmed_tail(self.text, block, lines=lines)
            gatherer.part((role, block))
        if len(self.found.aspects) == before and rows:
            gather_rows(rows, self.found)
        self._doubts(outline)

    def _title_said(self, title: Title | None) -> str | None:
        """The title in the paper's own characters, its lines put together."""
        if title is None:
            return None
        said = self.shadow.said(*title.span, self.document.text)
        return re.sub(r"\s+", "", said) or None

    # --- doubts -------------------------------------------------------------------------------------------------------

    def _doubts(self, outline: Outline) -> None:
        found = {role for role, _ in self.found.sections}
        if Role.PROBLEMS not in found and not self.found.aspects:
            self.found.doubt("没有找到写问题的部分，请人工核对。")
        if Role.MEASURES not in found and not self.found.measures:
            self.found.doubt("没有找到写整改措施的部分，请人工核对。")
        tops = [b for b in outline.roots if b.marker and b.marker.family == "h1" and b.number == 1]
        for block in tops[1:2]:
            span = self.shadow.back(block.start, block.lead.end)
            self.found.doubt("序号“一、”重新开始，文件里可能有几份材料，请分开后再读。", span)
        for before, after in _neighbours(outline.roots):
            if _jumps(before, after):
                span = self.shadow.back(after.start, max(after.lead.end, after.start + 1))
                self.found.doubt("序号不连续，可能漏读或误读了条目，请人工核对。", span)


def _neighbours(roots: Sequence[Block]) -> Iterator[tuple[Block, Block]]:
    lists: list[Sequence[Block]] = [roots]
    for siblings in lists:
        lists.extend(b.children for b in siblings if b.children)
    for siblings in lists:
        yield from pairwise(siblings)


def _jumps(before: Block, after: Block) -> bool:
    if before.marker is None or after.marker is None or before.marker.family != after.marker.family:
        return False
    counted_on = after.number == 1 or is_next(before.marker, after.marker)
    return not counted_on and after.marker.place is not Place.CLAUSE
