"""Which blocks of the outline tell of last year, problems, causes and measures."""

from __future__ import annotations

import re

from .kinds import Kind
from .outline import Block, Outline, Role, intro_role_of, role_of, strict_role_of
from .place import Span

Part = tuple[Role, Block]
STRUCTURED = (Kind.REPORT, Kind.EXAMINATION, Kind.SPEECH, Kind.DUTY, Kind.LEDGER)
_HEADS = ("part", "h1", "h2", "n1")
_LAST_YEAR = re.compile("上年度|上一年|去年|上次|以往|往年|20\\d\\d")
_LONGEST_LOW_HEADING = 24


def parts_of(text: str, outline: Outline, kind: Kind) -> list[Part]:
    """The parts of a paper in order; a block without any numbered heading of its own stands for a list or several."""
    named = [(_role(text, root), root) for root in outline.roots]
    found = [(role, root) for role, root in named if role is not None]
    loose = [root for role, root in named if role is None]
    found = _joined_aspects(_this_years_fixing(text, found))
    split = _tops_with_parts(text, loose)
    loose = [root for root in loose if not any(root is block for _, around in split for block in around.children)]
    more = [*split, *_heads_as_aspects(text, kind, [*found, *split], loose), *_announced(text, outline.roots, loose)]
    return sorted([*found, *more], key=lambda part: part[1].start)


def has_structure(kind: Kind, titled: bool, parts: list[Part]) -> bool:
    """Papers of other kinds are read only when they plainly have our parts and do not call themselves otherwise."""
    roles = {role for role, _ in parts}
    return kind in STRUCTURED or (kind is Kind.OTHER and not titled and {Role.PROBLEMS, Role.MEASURES} <= roles)


def _role(text: str, root: Block) -> Role | None:
    """Only headings open a part: 一是存在的问题… is an item, whatever its words."""
    said = root.lead.of(text)
    if root.marker is None:
        return role_of(said) if root.headline and root.headline.marked else strict_role_of(said)
    low = root.marker.family in ("h2", "n1")
    if root.marker.family not in _HEADS or (low and len(said) > _LONGEST_LOW_HEADING):
        return None
    return role_of(said)


def _this_years_fixing(text: str, found: list[Part]) -> list[Part]:
    """整改落实情况 after this year's problems, without a word on last year, tells this year's measures."""
    first = min((block.start for role, block in found if role is Role.PROBLEMS), default=None)

    def late(role: Role, block: Block) -> bool:
        after = role is Role.PRIOR and first is not None and block.start > first
        return after and not _LAST_YEAR.search(block.lead.of(text))

    return [(Role.MEASURES if late(role, block) else role, block) for role, block in found]


def _joined_aspects(found: list[Part]) -> list[Part]:
    """Two or more top headings on problems with plain lists below (…方面存在的问题) are aspects of one part."""
    own = [b for role, b in found if role is Role.PROBLEMS and b.children and not any(c.children for c in b.children)]
    if len(own) < 2:
        return found
    return [*(part for part in found if not any(part[1] is b for b in own)), (Role.PROBLEMS, _around(own))]


def _around(blocks: list[Block]) -> Block:
    """A block without a heading that holds these."""
    start = blocks[0].start
    return Block(None, start, blocks[-1].end, Span(start, start), blocks)


def _heads_as_aspects(text: str, kind: Kind, found: list[Part], loose: list[Block]) -> list[Part]:
    """In a self-examination each top heading may itself be an aspect: 一、政治信仰方面。一是…不够…"""
    if kind not in (Kind.EXAMINATION, Kind.SPEECH) or any(role is Role.PROBLEMS for role, _ in found):
        return []
    end = min((b.start for role, b in found if role in (Role.CAUSES, Role.MEASURES)), default=len(text))
    heads = [b for b in loose if b.children and b.marker and b.marker.family == "h1" and b.start < end]
    faulty = [b for b in heads if _mostly_faults([leaf.lead.of(text) for leaf in b.leaves()])]
    return [(Role.PROBLEMS, _around(faulty))] if faulty else []


def _tops_with_parts(text: str, loose: list[Block]) -> list[Part]:
    """Top headings each of which holds its own problems and more, under headings that say so: （一）存在不足（二）改进方向."""

    def split(block: Block) -> bool:
        return Role.PROBLEMS in {strict_role_of(child.lead.of(text)) for child in block.children if child.children}

    tops = [b for b in loose if b.marker is not None and b.marker.family in ("part", "h1") and split(b)]
    return [(Role.PROBLEMS, _around(tops))] if tops else []


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


_FAULT = re.compile(
    "不[够足深实强牢高严到彻全细硬准紧勤主]|不足|差距|欠缺|薄弱|淡化|弱化|有待|需要?(进一步)?(加强|提升|提高|加大|改进)|缺[乏少]|松懈|滑坡|偏差|没有|未能|短板|较[差弱少]|偏[软弱少]"
)


def _mostly_faults(leads: list[str]) -> bool:
    return 2 * sum(bool(_FAULT.search(lead)) for lead in leads) >= len(leads)
