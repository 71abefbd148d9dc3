"""A paper's structure: what was fixed since last year, problems by aspect with their examples, causes, measures."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TypeVar

from .document import Document
from .kinds import Kind, Title, kind_of, title_of, year_of
from .leads import bare_items
from .ledger import LedgerRow, ledger_rows
from .ordinals import Place, markers_of
from .outline import Block, Outline, Role, intro_role_of, outline_of, role_of, strict_role_of, trimmed_tail
from .place import Span
from .sentences import examples
from .shadow import Shadow, shadow_of


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered statement; ``lead`` = text[lead_start:lead_start + len(lead)]."""

    lead: str
    lead_start: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Problem(Item):
    examples: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Aspect:
    """Problems under one heading; ``heading`` None for a list that stands under none."""

    heading: str | None
    start: int
    end: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Measures under one heading."""

    heading: str | None
    start: int
    end: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Warning:
    """A doubt of the reader, with its place when it has one."""

    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What ``read --json`` tells; ``sections`` are the spans of the parts that were found."""

    kind: Kind
    title: str | None
    year: int | None
    prior: tuple[Item, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    causes: tuple[Item, ...] = ()
    measures: tuple[Group, ...] = ()
    warnings: tuple[Warning, ...] = ()
    sections: tuple[tuple[Role, Span], ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems, in order."""
        return tuple(p for aspect in self.aspects for p in aspect.problems)

    @property
    def actions(self) -> tuple[Item, ...]:
        """All measures, in order."""
        return tuple(i for group in self.measures for i in group.items)


_STRUCTURED = (Kind.REPORT, Kind.EXAMINATION, Kind.SPEECH, Kind.DUTY)


def read_report(document: Document) -> Report:
    """The structure of a paper; doubts become warnings, never guesses and never exceptions."""
    shadow = shadow_of(document.text, markdown=document.form == "md")
    end = body_end(shadow.text)
    outline = outline_of(shadow.text, markers_of(shadow.text), end)
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
        self.document, self.shadow, self.outline, self.title, self.kind, self.rows = (
            document,
            shadow,
            outline,
            title,
            kind,
            rows,
        )
        self.prior: list[Item] = []
        self.aspects: list[Aspect] = []
        self.causes: list[Item] = []
        self.measures: list[Group] = []
        self.warnings = [Warning(remark) for remark in document.remarks]
        self.sections: list[tuple[Role, Span]] = []

    def report(self) -> Report:
        """The finished reading."""
        parts = self._parts()
        prior = next((block for role, block in parts if role is Role.PRIOR), None)
        year = year_of(self.shadow.text, self.title, self.outline.preface, prior)
        if self.kind is Kind.LEDGER:
            self._from_rows()
        elif self._has_structure(parts):
            for role, block in parts:
                self._part(role, block)
            self._doubts()
        title = self._title_said() if self.title else None
        return Report(
            self.kind, title, year, tuple(self.prior), tuple(self.aspects), tuple(self.causes), tuple(self.measures),
            tuple(self.warnings), tuple(self.sections),
        )  # fmt: skip

    def _title_said(self) -> str | None:
        """The title in the paper's own characters, its lines put together."""
        span = self.title.span if self.title else Span(0, 0)
        said = "".join(self.shadow.back(at, at + 1).of(self.document.text) for at in range(*span))
        return re.sub(r"\s+", "", said) or None

    # --- which blocks are which part ----------------------------------------------------------------------------------

    def _parts(self) -> list[tuple[Role, Block]]:
        text, found = self.shadow.text, list[tuple[Role, Block]]()
        loose: list[Block] = []
        for root in self.outline.roots:
            strict = root.marker is None
            role = strict_role_of(root.lead.of(text)) if strict else self._top_role(root)
            if role is not None:
                found.append((role, root))
            else:
                loose.append(root)
        return sorted([*found, *self._aspect_sections(found, loose), *self._announced(loose)], key=lambda p: p[1].start)

    def _top_role(self, root: Block) -> Role | None:
        """Only headings open a part: 一是存在的问题… is an item, whatever its words."""
        if root.marker is None or root.marker.family not in ("part", "h1", "h2", "n1"):
            return None
        if root.marker.family != "h1" and root.marker.family != "part" and root.lead.end - root.lead.start > 24:
            return None
        return role_of(root.lead.of(self.shadow.text))

    def _aspect_sections(self, found: list[tuple[Role, Block]], loose: list[Block]) -> list[tuple[Role, Block]]:
        """In a self-examination each top heading may itself be an aspect: 一、政治信仰方面。一是…不够…"""
        if self.kind not in (Kind.EXAMINATION, Kind.SPEECH) or any(role is Role.PROBLEMS for role, _ in found):
            return []
        later = [b.start for role, b in found if role in (Role.CAUSES, Role.MEASURES)]
        fitting = [
            b
            for b in loose
            if b.children and b.marker and b.marker.family == "h1" and b.start < min(later, default=1 << 60)
        ]
        faulty = [b for b in fitting if _mostly_faults([c.lead.of(self.shadow.text) for c in b.leaves()])]
        if not faulty:
            return []
        whole = Block(None, faulty[0].start, faulty[-1].end, Span(faulty[0].start, faulty[0].start), faulty)
        return [(Role.PROBLEMS, whole)]

    def _announced(self, loose: list[Block]) -> list[tuple[Role, Block]]:
        """Lists under no heading, told by the sentence before them, and such lists inside other parts' blocks."""
        found: list[tuple[Role, Block]] = []
        run: list[Block] = []
        roots, free = self.outline.roots, {id(block) for block in loose}
        for index, root in enumerate(roots):
            follows = bool(run) and root.number == run[-1].number + 1
            if id(root) not in free or root.marker is None or root.marker.family in ("part", "h1"):
                follows = False
                run = []
                continue
            if not follows:
                run = [root]
                before = roots[index - 1].lead.end if index else 0
                role = intro_role_of(self.shadow.text, before, root.start)
                if role is not None:
                    found.append((role, Block(None, root.start, root.end, Span(root.start, root.start), run)))
            else:
                run.append(root)
                if found and found[-1][1].children is run:
                    found[-1][1].end = root.end
        return found

    def _has_structure(self, parts: list[tuple[Role, Block]]) -> bool:
        """Papers of other kinds are read only when they plainly have our parts."""
        if self.kind in _STRUCTURED:
            return True
        roles = {role for role, _ in parts}
        return self.kind is Kind.OTHER and self.title is None and {Role.PROBLEMS, Role.MEASURES} <= roles

    # --- what a part holds --------------------------------------------------------------------------------------------

    def _part(self, role: Role, block: Block) -> None:
        trimmed_tail(self.shadow.text, block)
        self.sections.append((role, self.shadow.back(block.start, block.end)))
        if role is Role.PROBLEMS:
            self._problems(block)
        elif role is Role.MEASURES:
            self._measures(block)
        else:
            leaves = list(block.leaves()) if block.children else []
            items = [self._item(leaf) for leaf in leaves]
            (self.prior if role is Role.PRIOR else self.causes).extend(items)
            self._unless(items, block, "这一部分没有编号的条目，没有拆开，请人工核对。")

    def _problems(self, block: Block) -> None:
        loose: list[Problem] = []
        for child in block.children:
            role = strict_role_of(child.lead.of(self.shadow.text)) if child.children else None
            if role is Role.PROBLEMS:
                self._flush(loose)
                self._problems(child)
            elif role is not None:
                self._flush(loose)
                self._part(role, child)
            elif child.children:
                self._flush(loose)
                problems = tuple(self._problem(leaf) for leaf in child.leaves())
                self.aspects.append(Aspect(self._lead(child), *self.shadow.back(child.start, child.end), problems))
            else:
                loose.append(self._problem(child))
        self._flush(loose)
        self._unless(block.children, block, "这一部分没有编号的问题，没有拆开，请人工核对。")

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
        return Item(lead.of(self.document.text), lead.start, span.start, span.end)

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
        self._flush_items(_distinct(items))
        self.causes += _distinct(causes)
        self._unless(self.rows, None, "没有找到带“问题”“措施”表头的表格，台账没有读出条目，请人工核对。")

    # --- doubts -------------------------------------------------------------------------------------------------------

    def _unless(self, found: object, block: Block | None, message: str) -> None:
        if not found:
            self.warnings.append(Warning(message, self.shadow.back(block.start, block.end) if block else None))

    def _doubts(self) -> None:
        found = {role for role, _ in self.sections}
        for role, name in ((Role.PROBLEMS, "问题"), (Role.MEASURES, "整改措施")):
            self._unless(role in found, None, f"没有找到写{name}的部分，请人工核对。")
        for block in self._all_blocks():
            for before, after in itertools.pairwise(block):
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


def _distinct(items: list[T]) -> list[T]:
    kept: dict[tuple[int, int], T] = {}
    for item in items:
        kept.setdefault((item.start, item.end), item)
    return list(kept.values())


_FAULT = re.compile(
    "不[够足深实强牢高严到彻全细硬准紧勤主]|不足|差距|欠缺|薄弱|淡化|弱化|有待|需要?(进一步)?(加强|提升|提高|加大|改进)|缺[乏少]|松懈|滑坡|偏差|没有|未能|短板|较[差弱少]|偏[软弱少]"
)


def _mostly_faults(leads: list[str]) -> bool:
    return 2 * sum(bool(_FAULT.search(lead)) for lead in leads) >= len(leads)
