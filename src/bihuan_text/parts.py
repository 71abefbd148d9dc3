"""Which blocks of the outline tell of last year, problems, causes and measures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from .kinds import Kind, speaks_of_itself
from .lists import words
from .outline import Block, Outline
from .place import Span
from .roles import Role, intro_role_of, is_elsewhere, role_of, strict_role_of

Part = tuple[Role | None, Block]
STRUCTURED = (Kind.REPORT, Kind.EXAMINATION, Kind.SPEECH, Kind.DUTY, Kind.LEDGER)
_HEADS = ("part", "h1", "h2", "n1")
_LOW_HEADS = ("h2", "n1")
_LAST_YEAR = re.compile("上年度|上一年|去年|上次|以往|往年|20\\d\\d")
_LONGEST_LOW_HEADING = 24


def parts_of(text: str, outline: Outline, kind: Kind) -> list[Part]:
    """The parts of a paper in order; a block without any numbered heading of its own stands for a list or several.

    A part of role None says of itself nothing, but holds blocks that open parts (一、学习方面（一）存在的问题…).
    """
    named = [(_role(text, root), root) for root in outline.roots]
    found: list[Part] = [(role, root) for role, root in named if role is not None]
    loose = [root for role, root in named if role is None]
    found, loose = _aspects_apart(text, found, loose)
    found = _mended_faults(text, found)
    found = _joined_aspects(_this_years_fixing(text, found))
    more = _questions(text, loose)
    asked = {id(block) for _, part in more for block in (part, *part.children)}
    more += _answered(text, [block for block in loose if id(block) not in asked])
    answered = {id(block) for _, part in more for block in part.children}
    more += _holding_parts(text, [block for block in loose if id(block) not in answered])
    held = {id(block) for _, part in more for block in (part, *part.children)}
    loose = [block for block in loose if id(block) not in held]
    more += _announced(text, outline.roots, loose)
    taken = {id(block) for _, part in more for block in part.children}
    more += _heads_as_aspects(text, kind, [*found, *more], [block for block in loose if id(block) not in taken])
    return sorted([*found, *more], key=lambda part: part[1].start)


_MENDING = re.compile("整改(?:落实|工作|任务)?(?:方案|清单|措施|计划)|问题(?:和措施)?清单")


def has_structure(body: str, kind: Kind, title: str | None, parts: list[Part]) -> bool:
    """Papers of other kinds are read only when they plainly have our parts, do not call themselves otherwise and their
    ``body`` speaks of themselves."""
    if kind in STRUCTURED:
        return True
    roles = {role for role, _ in parts} | {role for _, block in parts for role in _opened_inside(block)}
    called_ours = title is None or bool(_MENDING.search(title))
    whole = {Role.PROBLEMS, Role.MEASURES} <= roles
    return kind is Kind.OTHER and called_ours and whole and speaks_of_itself(body)


def _opened_inside(block: Block) -> Iterator[Role | None]:
    """The parts that blocks open inside a block, at any depth."""
    for child in block.children:
        yield child.opens
        yield from _opened_inside(child)


def _role(text: str, root: Block) -> Role | None:
    """Only headings open a part: 一是存在的问题… is an item, whatever its words."""
    said = root.lead.of(text)
    if root.headline is not None:
        return root.headline.role or (role_of(said) if root.headline.marked else strict_role_of(said))
    if root.label is not None:
        return root.label
    family = root.marker.family if root.marker else ""
    if family not in _HEADS or (family in _LOW_HEADS and len(said) > _LONGEST_LOW_HEADING):
        return None
    return role_of(said)


def _questions(text: str, loose: list[Block]) -> list[Part]:
    """问题1：… 问题2：… is a list of problems, whatever stands above it."""
    asked = [block for block in loose if _is_question(block)]
    holding = [block for block in loose if not _is_question(block) and _asks(block)]
    aspects = [block for block in holding if _ONLY_ABOUT.search(block.lead.of(text))]
    lists = [_around(each) for each in (asked, aspects) if each]
    return [(Role.PROBLEMS, block) for block in (*lists, *(each for each in holding if each not in aspects))]


def _is_question(block: Block) -> bool:
    return block.marker is not None and block.marker.family == "q"


def _asks(block: Block) -> bool:
    """Whether a heading holds 问题1：… at any depth."""
    return any(_is_question(child) or _asks(child) for child in block.children)


_NAMES_A_FAULT = re.compile("(?:问题|不足|差距)[。：]?$|^问题：")


def names_a_fault(lead: str) -> bool:
    """Whether a heading says what is wrong, and not only what it is about."""
    return bool(_NAMES_A_FAULT.search(lead) or _FAULT.search(lead))


def _answered(text: str, loose: list[Block]) -> list[Part]:
    """Neighbouring headings that each name a fault and hold what is done about it are problems: 一、…的问题 整改措施：…"""

    def is_answered(block: Block) -> bool:
        opened = {child.opens for child in block.children if child.opens is not Role.PROBLEMS or child.children}
        return bool(opened - {None}) and Role.PROBLEMS not in opened and names_a_fault(block.lead.of(text))

    return [(Role.PROBLEMS, _around(list(run))) for answered, run in groupby(loose, is_answered) if answered]


def _holding_parts(text: str, loose: list[Block]) -> list[Part]:
    """Headings that say nothing of themselves, above headings that open parts."""
    holding = [block for block in loose if holds_parts(block)]
    return [(None, block) for block in holding if not is_elsewhere(block.lead.of(text))]


def holds_parts(block: Block) -> bool:
    """Whether blocks inside, at any depth, open parts of the paper."""
    return any(role is not None for role in _opened_inside(block))


def _mended_faults(text: str, found: list[Part]) -> list[Part]:
    """In a mending plan the part on measures alone may name each fault and number below it what is done about it."""
    if any(role is Role.PROBLEMS for role, _ in found):
        return found
    return [(_as_answered(text, block), block) if role is Role.MEASURES else (role, block) for role, block in found]


def _holds_both(block: Block) -> bool:
    """Whether each heading below holds a problem and what is done about it (整改任务（一）学习方面 问题：… 措施：…)."""
    held = [set(_opened_inside(child)) for child in block.children]
    return len(held) > 1 and all({Role.PROBLEMS, Role.MEASURES} <= roles for roles in held)


def _as_answered(text: str, block: Block) -> Role | None:
    """Turn such a part into problems that hold their measures; the role that it then has."""
    if _holds_both(block):
        return None
    if _asks(block):
        return Role.PROBLEMS
    heads = block.children
    whole = len(heads) > 1 and all(head.children and head.opens is None for head in heads)
    if not whole or not all(_tells_of_a_fault(text, head) for head in heads):
        return Role.MEASURES
    for head in heads:
        held = _around(head.children)
        held.opens = Role.MEASURES
        head.children = [held]
    return Role.PROBLEMS


_SHOWN = re.compile("表现(?:为|在|：)")


def _tells_of_a_fault(text: str, head: Block) -> bool:
    """Whether a heading names a fault, or its own words say how one shows; 针对… names what a measure is for."""
    lead = head.lead.of(text)
    told = names_a_fault(lead) or _SHOWN.search(text, head.lead.end, head.own_end) is not None
    return told and not lead.startswith("针对")


_ONLY_ABOUT = re.compile("方面(?:（[^）]{1,8}）)?[：。]?$")


def _aspects_apart(text: str, found: list[Part], loose: list[Block]) -> tuple[list[Part], list[Block]]:
    """A top heading such as 查摆问题方面 beside others that say only what they are about (学习研讨方面) is one of them."""

    def is_about(block: Block) -> bool:
        family = block.marker.family if block.marker is not None else ""
        return family in ("part", "h1") and _ONLY_ABOUT.search(block.lead.of(text)) is not None

    if not any(is_about(block) for block in loose):
        return found, loose
    about = [block for role, block in found if role is Role.PROBLEMS and is_about(block)]
    kept = [part for part in found if all(part[1] is not block for block in about)]
    return kept, sorted([*loose, *about], key=lambda block: block.start)


def _this_years_fixing(text: str, found: list[Part]) -> list[Part]:
    """整改落实情况 after this year's problems, without a word on last year, tells this year's measures."""
    first = min((block.start for role, block in found if role is Role.PROBLEMS), default=None)

    def late(role: Role | None, block: Block) -> bool:
        after = role is Role.PRIOR and first is not None and block.start > first
        return after and not _LAST_YEAR.search(block.lead.of(text))

    return [(Role.MEASURES if late(role, block) else role, block) for role, block in found]


def _joined_aspects(found: list[Part]) -> list[Part]:
    """Two or more top headings on problems with plain lists below, or none, (…方面存在的问题) are aspects of one part."""
    joined: list[Part] = []
    for plain, run in groupby(found, lambda part: part[0] is Role.PROBLEMS and _is_plain(part[1])):
        parts = list(run)
        many = plain and len(parts) > 1
        joined += [(Role.PROBLEMS, _around([block for _, block in parts]))] if many else parts
    return joined


def _is_plain(block: Block) -> bool:
    return block.marker is not None and not any(child.children or child.opens for child in block.children)


def _around(blocks: list[Block]) -> Block:
    """A block without a heading that holds these."""
    start = blocks[0].start
    return Block(None, start, blocks[-1].end, Span(start, start), blocks)


def _heads_as_aspects(text: str, kind: Kind, found: list[Part], loose: list[Block]) -> list[Part]:
    """In a self-examination each top heading may itself be an aspect: 一、政治信仰方面。一是…不够…, or a list without any
    heading may be the problems: what it says is mostly faults."""
    if kind not in (Kind.EXAMINATION, Kind.SPEECH, Kind.LEDGER) or _has_problems(found):
        return []
    end = min((b.start for role, b in found if role in (Role.CAUSES, Role.MEASURES)), default=len(text))
    before = [b for b in loose if (b.marker or b.headline) and b.start < end]
    heads = [b for b in before if b.headline or (b.number and b.marker and b.marker.family == "h1")]
    if not heads:
        runs = [run for run in _runs(before) if len(run) > 1]
        return [(Role.PROBLEMS, _around(run)) for run in runs if _mostly_faults(_leads(text, run))]
    ours = [head for head in heads if not is_elsewhere(head.lead.of(text))]
    telling = {id(head) for head in ours if _tells_faults(text, head)}
    about = {id(head) for head in ours if _ASPECT.search(head.lead.of(text))}
    if 2 * len(about & telling) > len(about):  # what most of the aspects do, the others among them do
        telling |= about
    faulty = groupby(heads, lambda head: id(head) in telling)
    return [(Role.PROBLEMS, _around(list(run))) for tells, run in faulty if tells]


def _leads(text: str, blocks: list[Block]) -> list[str]:
    return [leaf.lead.of(text) for block in blocks for leaf in block.leaves()]


def _has_problems(found: list[Part]) -> bool:
    held = [child.opens for role, block in found if role is None for child in block.children]
    return Role.PROBLEMS in [*held, *(role for role, _ in found)]


_ASPECT = re.compile("方面[：。]?$|^带头|^对照|纪律$")


def _tells_faults(text: str, head: Block) -> bool:
    """Whether a top heading holds faults: most of its items are, or it is one, or it names an aspect and tells some."""
    if head.children:
        return _mostly_faults([leaf.lead.of(text) for leaf in head.leaves()])
    lead = head.lead.of(text)
    return bool(_FAULT.search(lead) or (_ASPECT.search(lead) and _FAULT.search(text, head.lead.end, head.end)))


def _announced(text: str, roots: tuple[Block, ...], loose: list[Block]) -> list[Part]:
    """Lists under no heading whose part the sentence before them announces."""
    free = {id(block) for block in loose}
    found: list[Part] = []
    before = 0
    for run in _runs([r for r in roots if r.marker is not None and r.marker.family not in ("part", "h1")]):
        if all(id(block) in free for block in run):
            role = intro_role_of(text, max(before, run[0].start - 400), run[0].start)
            found += [(role, _around(run))] if role is not None else []
        before = run[-1].lead.end
    return found


def _runs(blocks: list[Block]) -> list[list[Block]]:
    """Neighbouring blocks whose numbers follow."""
    runs: list[list[Block]] = []
    for block in blocks:
        if runs and block.number == runs[-1][-1].number + 1:
            runs[-1].append(block)
        else:
            runs.append([block])
    return runs


_FAULT = re.compile("|".join(words("faults.txt")))


def _mostly_faults(leads: list[str]) -> bool:
    return 2 * sum(bool(_FAULT.search(lead)) for lead in leads) >= len(leads)
