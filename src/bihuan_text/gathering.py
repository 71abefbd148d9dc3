"""What the parts of a paper hold: prior items, aspects with problems and examples, causes, groups of measures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from .document import Document
from .gathered import Gathered
from .leads import bare_items, lines_of, paragraph_items
from .outline import Block, Role
from .parts import Part, holds_parts, names_a_fault
from .place import Span
from .report import Aspect, Group, Item, Problem
from .roles import is_mixed, is_praise
from .sentences import examples, lead_of
from .shadow import Shadow
from .unlisted import cut, items_without_ordinals

_NAMES_A_PROBLEM = re.compile(r"^(?:关于|针对).{2,40}(?:问题|不足)|的?问题(?:的)?(?:整改)?(?:落实)?(?:情况)?$|问题：")
_FEWEST = 2  # aspects that run into what they tell
_ABOUT = ("方面", "纪律")
_EMPTY = {
    Role.PROBLEMS: "这一部分没有编号的问题，没有拆开，请人工核对。",
    Role.MEASURES: "这一部分没有编号的措施，没有拆开，请人工核对。",
    Role.CAUSES: "这一部分没有编号的条目，没有拆开，请人工核对。",
    Role.PRIOR: "这一部分没有编号的条目，没有拆开，请人工核对。",
}
_IN_PROSE = "这一部分没有编号，条目是按段落或句子拆开的，请人工核对。"
_STRANGE = "这一块没有归入问题、原因或措施，请人工核对。"
_MIXED = "这一部分把问题和别的内容写在一起，可能没有分开，请人工核对。"


class Gatherer:
    """Walks the parts of one paper; every block goes to the part that it, or the block around it, opens."""

    def __init__(self, document: Document, shadow: Shadow, found: Gathered) -> None:
        self.document, self.shadow, self.text, self.found = document, shadow, shadow.text, found

    def part(self, part: Part) -> None:
        """One part of the paper."""
        role, block = part
        if role is Role.ASIDE:
            return
        before = self.found.lengths()
        if role is not None:
            self.found.sections.append((role, self._span(block)))
            if is_mixed(block.lead.of(self.text)) and not _says_apart(block):
                self.found.doubt(_MIXED, self._span(block))
        self._walk(role, block)
        self.found.flush()
        if role is not None and self.found.lengths() == before:
            self.found.doubt(_EMPTY[role], self._span(block))

    # --- the walk -----------------------------------------------------------------------------------------------------

    def _walk(self, role: Role | None, block: Block) -> None:
        """What stands below a heading that opens ``role``; below None only what opens a part of its own."""
        if role is Role.PRIOR:
            whole = [self._item(unit, unit.end) for unit in self._fixed(block)]
            self.found.prior += self.found.let_in(whole)
        elif not block.children and role is not None:
            self._unlisted(role, block)
        elif role is not None and _is_label(block) and all(child.opens for child in block.children):
            self._unlisted(role, block)  # 1.问题：… 措施：…
            self._opened_below(block)
        else:
            children = _headings_apart(self.text, block.children) if role is Role.PROBLEMS else block.children
            among_lists = any(child.children for child in children) or children is not block.children
            for child in children:
                if child.opens is not None and not _is_aspect(self.text, child, role):
                    self._open(child, block if role is None else None)
                elif role is None and holds_parts(child):
                    self._walk(None, child)
                    self.found.flush()
                else:
                    self._listed(role, child, among_lists=among_lists)

    def _open(self, block: Block, aspect: Block | None) -> None:
        """A block that opens a part of its own, inside an aspect or straight below the part around it."""
        role = block.opens
        if role is Role.ASIDE:
            return
        if role is Role.PROBLEMS and aspect is not None and any(child.opens is None for child in block.children):
            self._aspect(aspect, list(_units_below(block)))
            self._opened_below(block)
        else:
            self._walk(role, block)
            if role is Role.PROBLEMS and aspect is not None and aspect.marker is not None:
                self._named(aspect)

    def _named(self, heading: Block) -> None:
        """Problems that stand under a label below a heading, without ordinals, belong to the heading's aspect."""
        if found := self.found.loose_problems:
            span, before = self._span(heading), self.found.aspects[-1:]
            if before and before[0].start == span.start:  # another label below the same heading
                found = [*self.found.aspects.pop().problems, *found]
            self.found.aspects.append(Aspect(self._lead(heading), *span, tuple(found)))
            self.found.loose_problems = []

    def _opened_below(self, block: Block) -> None:
        """The parts that open inside the units of a block: causes and measures that stand with each problem."""
        for child in block.children:
            if child.opens is None:
                self._opened_below(child)
            elif not self._says_more(block, child):
                self._open(child, None)

    def _says_more(self, block: Block, label: Block) -> bool:
        """A label on the problem (问题表现：…) below the heading that names it tells more of it, not another one."""
        unlisted = label.opens is Role.PROBLEMS and not label.children
        return unlisted and block.marker is not None and names_a_fault(block.lead.of(self.text))

    def _listed(self, role: Role | None, block: Block, *, among_lists: bool) -> None:
        """An ordinary block below a heading that opens ``role``; ``among_lists``: blocks beside it hold lists."""
        match role:
            case Role.PROBLEMS if self._names_an_aspect(block) and (bare := self._bare_paragraphs(block)):
                self.found.flush()
                self._add_aspect(block, self._span(block), bare)
            case Role.PROBLEMS if (among_lists or block.headline is not None) and self._names_an_aspect(block):
                self._unnumbered_aspect(block)
            case Role.PROBLEMS:
                self._aspect_or_problem(block)
            case Role.MEASURES:
                self._group_or_measure(block)
            case Role.CAUSES:
                self.found.causes += self._items(_units(block))
                self._opened_below(block)
            case _:
                pass

    def _unlisted(self, role: Role, block: Block) -> None:
        """A heading without a list, or a label with its words: the items that carry no ordinal."""
        bare, in_prose = items_without_ordinals(self.text, role, block)
        if in_prose:
            self.found.doubt(_IN_PROSE, self._span(block))
        items = [Block(None, span.start, span.end, lead) for lead, span in bare]
        if role is Role.PROBLEMS:
            self.found.loose_problems += self._problems(items)
        else:
            (self.found.causes if role is Role.CAUSES else self.found.loose_measures).extend(self._items(items))

    # --- problems and measures ----------------------------------------------------------------------------------------

    def _aspect_or_problem(self, block: Block) -> None:
        if is_praise(block.lead.of(self.text)):
            self.found.flush()
        elif any(child.opens is Role.PROBLEMS and not self._says_more(block, child) for child in block.children):
            self.found.flush()
            self._aspect_of_parts(block)
        else:
            if not self._aspect(block, list(_units_below(block))):
                self.found.loose_problems += self._problems([block])
            self._opened_below(block)

    def _names_an_aspect(self, block: Block) -> bool:
        """Whether a block without a list says only what it is about, and then goes on."""
        about = block.lead.of(self.text).endswith(_ABOUT)
        said = self._said_after(block)
        return about and not block.children and said.end > said.start

    def _bare_paragraphs(self, block: Block) -> list[Problem]:
        """Problems without ordinals below a heading on a line of its own: each paragraph begins with a short lead."""
        start = _after_heading(self.text, block)
        if "\n" not in self.text[block.lead.end : start]:
            return []
        found = paragraph_items(self.text, start, block.end, least=1)
        return self._problems(Block(None, *span, lead) for lead, span in found)

    def _said_after(self, block: Block) -> Span:
        """The first thing said after a heading that runs into it; empty where marks alone are left."""
        return lead_of(self.text, _after_heading(self.text, block), block.end)

    def _unnumbered_aspect(self, block: Block) -> None:
        """An aspect with one fault and no ordinal, beside others that number theirs: its first sentence is the fault."""
        self.found.flush()
        lead = self._said_after(block)
        if problems := self._problems([Block(None, lead.start, block.end, lead)]):
            self._add_aspect(block, self._span(block), problems)

    def _aspect_of_parts(self, block: Block) -> None:
        """An aspect that holds its own problems, causes and measures, each under a heading that says so."""
        self._walk(None, block)
        self.found.flush()
        for child in block.children:
            if child.opens is None:
                self.found.doubt(_STRANGE, self._span(child))

    def _aspect(self, heading: Block, units: list[Block]) -> bool:
        """Whether the units hold problems; they form an aspect then, which reaches as far as its heading does."""
        problems = self._problems(units)
        if problems:
            self.found.flush()
            self._add_aspect(heading, self._span(heading), problems)
        return bool(problems)

    def _add_aspect(self, heading: Block, span: Span, problems: list[Problem]) -> None:
        self.found.aspects.append(Aspect(self._lead(heading), *span, tuple(problems)))

    def _group_or_measure(self, block: Block) -> None:
        units = list(_units_below(block))
        items = self._items(units) if units else self._bare(block)
        if not items and self._names_an_aspect(block) and "\n" in self.text[block.lead.end : block.end]:
            lines = lines_of(self.text, _after_heading(self.text, block), block.end)
            items = self._items(Block(None, *span, lead) for lead, span in lines)
        if items:
            self.found.flush()
            span = self.shadow.back(block.start, cut(units[-1]) if units else block.end)
            self.found.measures.append(Group(self._lead(block), *span, tuple(items)))
        else:
            self.found.loose_measures += self._items([block])
        self._opened_below(block)

    def _bare(self, block: Block) -> list[Item]:
        found = bare_items(self.text, block.lead.end, block.own_end)
        return self._items(Block(None, span.start, span.end, lead) for lead, span in found)

    def _fixed(self, block: Block) -> Iterator[Block]:
        """Last year's items: a block that names its problem is one item, whatever list tells how it was fixed."""
        for child in block.children:
            below = [each for each in child.children if each.headline is None]
            announces = child.headline is not None and child.headline.announced
            if not below or (not announces and _NAMES_A_PROBLEM.search(child.lead.of(self.text))):
                yield child
            else:
                yield from self._fixed(child)

    # --- places -------------------------------------------------------------------------------------------------------

    def _span(self, block: Block) -> Span:
        return self.shadow.back(block.start, block.end)

    def _lead(self, block: Block) -> str | None:
        return self.shadow.back(*block.lead).of(self.document.text) or None

    def _items(self, blocks: Iterable[Block]) -> list[Item]:
        return self.found.let_in([self._item(block, cut(block)) for block in blocks])

    def _problems(self, blocks: Iterable[Block]) -> list[Problem]:
        return self.found.let_in([self._problem(block) for block in blocks])

    def _item(self, block: Block, end: int) -> Item:
        span, lead = self.shadow.back(block.start, end), self.shadow.back(*block.lead)
        return Item(lead.of(self.document.text), lead.start, span.start, span.end)

    def _problem(self, block: Block) -> Problem:
        item = self._item(block, cut(block))
        found = examples(self.text, block.start, cut(block))
        # what begins with 如 and has no ordinal is no example of itself
        spans = tuple(self.shadow.back(*each) for each in found if each.start > block.start)
        return Problem(item.lead, item.lead_start, item.start, item.end, spans)


def _is_label(block: Block) -> bool:
    """Whether a block is a label with its words (1.问题：… 问题：…), and not the heading of a part."""
    return block.label is not None or (block.headline is not None and block.headline.inner)


_RUNS_ON = re.compile("[^，。；：\n]{2,22}方面(?=：[^\n])")


def _headings_apart(text: str, blocks: list[Block]) -> list[Block]:
    """（一）学习方面：满足于读过。 several times: what stands before the colon is the aspect, what follows its only fault."""
    heads = {id(each): _RUNS_ON.match(text, each.lead.start, each.end) for each in blocks if not each.children}
    if sum(head is not None for head in heads.values()) < len(blocks) or len(blocks) < _FEWEST:
        return blocks
    return [replace(each, lead=Span(*head.span())) for each in blocks if (head := heads[id(each)])]


def _after_heading(text: str, block: Block) -> int:
    """Where the words after a heading begin: behind its closing mark."""
    at = block.lead.end
    while at < block.end and text[at] in " \t\n。：":
        at += 1
    return at


def _says_apart(block: Block) -> bool:
    """Whether a part on two things at once holds a block that opens the second."""
    return any(child.opens in (Role.CAUSES, Role.MEASURES) or _says_apart(child) for child in block.children)


_WHOSE = re.compile("(?:支委会?|支部|党支部|班子|党员|委员|党小组|个人)")


def _is_aspect(text: str, block: Block, role: Role | None) -> bool:
    """A heading on problems below another on problems is one of its aspects: a top one (一、学习方面存在的问题), or one
    that says whose they are (（一）支委会存在的问题)."""
    top = block.marker is not None and block.marker.family in ("part", "h1")
    whose = block.marker is not None and role is Role.PROBLEMS and _WHOSE.match(text, block.lead.start) is not None
    return (top or whose) and block.opens is role and not any(child.children for child in block.children)


def _units_below(block: Block) -> Iterator[Block]:
    """The deepest numbered units below a block, without what opens a part of its own."""
    for child in block.children:
        if child.opens is None:
            yield from _units(child)


def _units(block: Block) -> Iterator[Block]:
    """The same, the block itself when there are none below."""
    below = list(_units_below(block))
    yield from below or [block]
