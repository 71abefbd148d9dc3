"""The items of a heading without a list, or of a label with its words: what carries no ordinal.

The ways in which papers tell such items are tried in order, the plainest first; the first that finds some has them.
"""

from __future__ import annotations

import re

from .leads import Bare, bare_items, clause_items, free_paragraphs, paragraph_items, parallel_items, sequel_items
from .outline import Block, Role
from .parts import names_a_fault
from .place import Span
from .sentences import lead_of, without_closing


def items_without_ordinals(text: str, role: Role, block: Block) -> tuple[list[Bare], bool]:
    """The items of a block that opens ``role`` and holds no list, each its lead and its span in the shadow; and whether
    they were told in free prose, so that nothing but their words vouches for them."""
    words = _words(text, block)
    found = bare_items(text, block.lead.end, words.end) if role is Role.MEASURES else []
    found = found or paragraph_items(text, *words) or clause_items(text, *words, traced=_is_traced(block))
    found = found or sequel_items(text, *words)
    if found:
        return found, False
    prose = _in_prose(text, role, block, words)
    return prose or _one_behind_its_label(text, block, words.start), bool(prose)


def cut(block: Block) -> int:
    """Where a unit ends: before the labels that stand with it (成因：…)."""
    return block.own_end if block.children else block.end


def _words(text: str, block: Block) -> Span:
    start = block.headline.end if block.headline else block.lead.end + (block.label is not None)
    return Span(start, without_closing(text, start, block.own_end))


def _is_traced(block: Block) -> bool:
    return block.headline is not None and block.headline.traced


def _in_prose(text: str, role: Role, block: Block, words: Span) -> list[Bare]:
    """Items in free paragraphs or sentences, where all of them say what the part is about."""
    if block.label or (block.headline and not words.of(text).lstrip(" \t").startswith("\n")):
        return []
    fits = _could_be_measures if role is Role.MEASURES else _could_be_faults
    return free_paragraphs(text, *words, fits) or parallel_items(text, *words, fits)


def _one_behind_its_label(text: str, block: Block, start: int) -> list[Bare]:
    """The one thing that a label says (成因：…); a label on a line of its own is no part of it."""
    labelled = block.label is not None or (block.headline is not None and text[start - 1] in "：】、")
    lead = lead_of(text, start, cut(block))
    if lead.end == lead.start or not (labelled or _is_traced(block)):
        return []
    begin = lead.start if "\n" in text[start : lead.start] else block.start
    return [(lead, Span(begin, cut(block)))]


_WHAT_FOR = re.compile("^针对(?!以上|上述|这些|存在的?问题，)[^，。；]{2,40}，")
_OTHER_WORDS = re.compile("^(?:针对|以上|上述|为了?|同时|此外|总之|对照|下一步|今后)")


def _could_be_measures(leads: list[str]) -> bool:
    """Whether each paragraph of a part on measures can be one: it tells no fault and neither announces nor closes.

    A fault may be named only to say what the measure is for: 针对学习不深入的问题，每月…
    """
    told = [_WHAT_FOR.sub("", lead) for lead in leads]
    return not any(names_a_fault(lead) or _OTHER_WORDS.match(lead) for lead in told)


def _could_be_faults(leads: list[str]) -> bool:
    """Whether the paragraphs of a part on problems or causes are faults: the first and at least half of them say so."""
    told = [names_a_fault(lead) for lead in leads]
    return told[0] and 2 * sum(told) >= len(told) and not any(_OTHER_WORDS.match(lead) for lead in leads)
