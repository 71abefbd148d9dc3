"""Document → ``Report``: one walk through the parts of a paper; doubts become warnings, never guesses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TypeVar

from .document import Document
from .kinds import Kind, Title, kind_of, title_of, year_of
from .leads import bare_items
from .ledger import LedgerRow, ledger_rows
from .markdown import bracketed, headlines
from .ordinals import Place, markers_of
from .outline import Block, Outline, Role, is_mixed, is_praise, outline_of, strict_role_of, trimmed_tail
from .parts import has_structure, parts_of
from .place import Span
from .report import Aspect, Group, Item, Problem, Report, Warning
from .sentences import examples
from .shadow import Shadow, shadow_of


def read_report(document: Document) -> Report:
    """The structure of a paper; doubts become warnings, never guesses and never exceptions."""
    shadow = shadow_of(document.text, markdown=document.form == "md")
    end = body_end(shadow.text)
    markers = markers_of(shadow.text)
    marked = headlines(document.text, shadow, markers) if document.form == "md" else bracketed(shadow.text)
    outline = outline_of(shadow.text, markers, end, marked)
    title = title_of(shadow.text, outline.preface)
    rows = ledger_rows(document)
    kind = kind_of(shadow.text, title, outline.roots, ledger=bool(rows))
    return _Reader(document, shadow, outline, title, kind, rows).report()


_DIGIT = "[\\d一二三四五六七八九十〇○Xx×*]"
_TAIL = re.compile(
    rf"\s*(?:{_DIGIT}{{2,4}} ?年 ?{_DIGIT}{{1,3}} ?月(?: ?{_DIGIT}{{1,3}} ?日)?"
    r"|[^。，；：！？\n]{2,30}(?:支部|委员会|总支|党委|党组)(?:（盖章）)?"
    r"|附件 ?\d{0,2}[：.、].{0,60}|\d{1,2}[.、][^。\n]{0,40}(?:台账|清单|表)"
    r"|(?:汇报|报告|发言|述职|检查|剖析|联系)人[：].{0,40}|此致.{0,4}|敬礼.{0,2}"
    r"|[-—–\s]*\d{0,3}[-—–\s]*|（?完）?)\s*"
)


def body_end(text: str) -> int:
    """Where the body ends: before the signature, the date and the list of attachments."""
    end = len(text)
    while end > 0:
        start = text.rfind("\n", 0, end) + 1
        if start == 0 or not _TAIL.fullmatch(text, start, end):
            return end
        end = start - 1
    return len(text)


_NAMES_A_PROBLEM = re.compile(r"^(?:关于|针对).{2,40}(?:问题|不足)|的?问题(?:的)?(?:整改)?(?:落实)?(?:情况)?$")


class _Reader:
    """One reading of one paper: walks the outline once and gathers what each part holds."""

    def __init__(
        self,
        document: Document,
        shadow: Shadow,
        outline: Outline,
        title: Title | None,
        kind: Kind,
        rows: list[LedgerRow],
    ) -> None:
        self.document, self.shadow, self.outline = document, shadow, outline
        self.title, self.kind, self.rows = title, kind, rows
        self.prior: list[Item] = []
        self.aspects: list[Aspect] = []
        self.causes: list[Item] = []
        self.measures: list[Group] = []
        self.warnings = [Warning(remark) for remark in document.remarks]
        self.sections: list[tuple[Role, Span]] = []

    def report(self) -> Report:
        """The finished reading."""
        parts = parts_of(self.shadow.text, self.outline, self.kind)
        prior = next((block for role, block in parts if role is Role.PRIOR), None)
        year = year_of(self.shadow.text, self.title, self.outline.preface, prior)
        if self.kind is Kind.LEDGER and (self.rows or not parts):
            self._from_rows()
        elif has_structure(self.kind, self.title is not None, parts):
            for role, block in parts:
                self._part(role, block)
            if not self.aspects and self.rows:
                self._from_rows()
            self._doubts()
        title = self._title_said() if self.title else None
        return Report(
            self.kind, title, year, _ordered(self.prior), _ordered(self.aspects), _ordered(self.causes),
            _ordered(self.measures), tuple(self.warnings), tuple(self.sections),
        )  # fmt: skip

    def _title_said(self) -> str | None:
        """The title in the paper's own characters, its lines put together."""
        span = self.title.span if self.title else Span(0, 0)
        said = "".join(self.shadow.back(at, at + 1).of(self.document.text) for at in range(*span))
        return re.sub(r"\s+", "", said) or None

    # --- what a part holds --------------------------------------------------------------------------------------------

    def _part(self, role: Role, block: Block) -> None:
        trimmed_tail(self.shadow.text, block)
        self.sections.append((role, self.shadow.back(block.start, block.end)))
        if is_mixed(block.lead.of(self.shadow.text)):
            self._unless(None, block, "这一部分把问题和别的内容写在一起，可能没有分开，请人工核对。")
        if role is Role.PROBLEMS:
            self._problems(block)
        elif role is Role.MEASURES:
            self._measures(block)
        else:
            found = self._fixed(block) if role is Role.PRIOR else block.leaves()
            items = [self._item(leaf) for leaf in found] if block.children else []
            (self.prior if role is Role.PRIOR else self.causes).extend(items)
            self._unless(items, block, "这一部分没有编号的条目，没有拆开，请人工核对。")

    def _fixed(self, block: Block) -> Iterator[Block]:
        """Last year's items: a block that names its problem is one item, whatever list tells how it was fixed."""
        for child in block.children:
            if not child.children or _NAMES_A_PROBLEM.search(child.lead.of(self.shadow.text)):
                yield child
            else:
                yield from self._fixed(child)

    def _problems(self, block: Block) -> None:
        loose: list[Problem] = []
        for child in block.children:
            role = self._part_role(child) if child.children else None
            if is_praise(child.lead.of(self.shadow.text)):
                self._flush(loose)
            elif role is Role.PROBLEMS:
                self._flush(loose)
                self._problems(child)
            elif role is not None:
                self._flush(loose)
                self._part(role, child)
            elif any(self._part_role(c) for c in child.children):
                self._flush(loose)
                self._aspect_with_parts(child)
            elif child.children:
                self._flush(loose)
                problems = tuple(self._problem(leaf) for leaf in child.leaves())
                self.aspects.append(Aspect(self._lead(child), *self.shadow.back(child.start, child.end), problems))
            else:
                loose.append(self._problem(child))
        self._flush(loose)
        self._unless(block.children, block, "这一部分没有编号的问题，没有拆开，请人工核对。")

    def _aspect_with_parts(self, block: Block) -> None:
        """An aspect that holds its own problems, causes and measures, each under a heading that says so."""
        for child in block.children:
            role = self._part_role(child)
            if role is Role.PROBLEMS and child.children:
                problems = tuple(self._problem(leaf) for leaf in child.leaves())
                self.aspects.append(Aspect(self._lead(block), *self.shadow.back(child.start, child.end), problems))
            elif role is not None:
                self._part(role, child)
            else:
                self._unless(None, child, "这一块没有归入问题、原因或措施，请人工核对。")

    def _part_role(self, block: Block) -> Role | None:
        """The part that a block below the top opens; 一是存在问题 is an item and opens none."""
        spoken = block.marker is not None and block.marker.family in ("s", "y", "d", "e", "c1", "b")
        return None if spoken else strict_role_of(block.lead.of(self.shadow.text))

    def _flush(self, loose: list[Problem]) -> None:
        """Problems under no heading of their own form one aspect without a heading."""
        if loose:
            self.aspects.append(Aspect(None, loose[0].start, loose[-1].end, tuple(loose)))
            loose.clear()

    def _measures(self, block: Block) -> None:
        loose: list[Item] = []
        for child in block.children:
            items = [self._item(leaf) for leaf in child.leaves()] if child.children else self._bare(child)
            if not items:
                loose.append(self._item(child))
                continue
            self._flush_items(loose)
            self.measures.append(Group(self._lead(child), *self.shadow.back(child.start, child.end), tuple(items)))
        if not block.children:
            loose += self._bare(block)
        self._flush_items(loose)
        self._unless(block.children or self.measures, block, "这一部分没有编号的措施，没有拆开，请人工核对。")

    def _flush_items(self, loose: list[Item]) -> None:
        if loose:
            self.measures.append(Group(None, loose[0].start, loose[-1].end, tuple(loose)))
            loose.clear()

    def _bare(self, block: Block) -> list[Item]:
        found = bare_items(self.shadow.text, block.lead.end, block.end)
        return [self._item(Block(None, span.start, span.end, lead)) for lead, span in found]

    def _lead(self, block: Block) -> str:
        return self.shadow.back(*block.lead).of(self.document.text)

    def _item(self, block: Block) -> Item:
        span = self.shadow.back(block.start, block.end)
        lead = self.shadow.back(*block.lead)
        # An ordinal with nothing after it has an empty lead, which must not lie beyond the block.
        return Item(lead.of(self.document.text), min(lead.start, span.end), span.start, span.end)

    def _problem(self, block: Block) -> Problem:
        item = self._item(block)
        found = examples(self.shadow.text, block.start, block.end)
        spans = tuple(self.shadow.back(e.start, e.end) for e in found)
        return Problem(item.lead, item.lead_start, item.start, item.end, spans)

    # --- the ledger as a table ----------------------------------------------------------------------------------------

    def _from_rows(self) -> None:
        problems = [Problem(r.problem.text, r.problem.span.start, *r.problem.span) for r in self.rows if r.problem]
        items = [Item(r.measure.text, r.measure.span.start, *r.measure.span) for r in self.rows if r.measure]
        causes = [Item(r.cause.text, r.cause.span.start, *r.cause.span) for r in self.rows if r.cause]
        self._flush(_distinct(problems))
        if not self.measures:  # what the paper says in lists outranks its table, which may stand inside them
            self._flush_items(_distinct(items))
        self.causes = self.causes or _distinct(causes)
        self._unless(self.rows, None, "没有找到带“问题”“措施”表头的表格，台账没有读出条目，请人工核对。")

    # --- doubts -------------------------------------------------------------------------------------------------------

    def _unless(self, found: object, block: Block | None, message: str) -> None:
        if not found:
            self.warnings.append(Warning(message, self.shadow.back(block.start, block.end) if block else None))

    def _doubts(self) -> None:
        found = {role for role, _ in self.sections}
        for role, name, got in ((Role.PROBLEMS, "问题", self.aspects), (Role.MEASURES, "整改措施", self.measures)):
            self._unless(role in found or got, None, f"没有找到写{name}的部分，请人工核对。")
        tops = [b for b in self.outline.roots if b.marker and b.marker.family == "h1" and b.number == 1]
        if len(tops) > 1:
            span = self.shadow.back(tops[1].start, tops[1].lead.end)
            self.warnings.append(Warning("序号“一、”重新开始，文件里可能有几份材料，请分开后再读。", span))
        for block in self._all_blocks():
            for before, after in pairwise(block):
                if _jumps(before, after):
                    span = self.shadow.back(after.start, max(after.lead.end, after.start + 1))
                    self.warnings.append(Warning("序号不连续，可能漏读或误读了条目，请人工核对。", span))

    def _all_blocks(self) -> list[list[Block]]:
        lists: list[list[Block]] = [list(self.outline.roots)]
        for siblings in lists:
            lists.extend(b.children for b in siblings if b.children)
        return lists


def _jumps(before: Block, after: Block) -> bool:
    if before.marker is None or after.marker is None or before.marker.family != after.marker.family:
        return False
    return after.number not in (before.number + 1, 1) and after.marker.place is not Place.CLAUSE


T = TypeVar("T", bound=Item)
B = TypeVar("B", Item, Aspect, Group)


def _ordered(blocks: list[B]) -> tuple[B, ...]:
    """In the order of the text: aspects gathered from several places, or from a table, come out of turn."""
    return tuple(sorted(blocks, key=lambda block: block.start))


def _distinct(items: list[T]) -> list[T]:
    kept: dict[tuple[int, int], T] = {}
    for item in items:
        kept.setdefault((item.start, item.end), item)
    return list(kept.values())
