"""Papers in batches: each is read, folded and kept as one segment, by whoever is at hand."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

from bihuan_text.refusal import Unreadable

from .segments import Paper, write_segment
from .taking import Source, is_plain, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .sealed import Home

Refusals: TypeAlias = list[tuple[str, str]]
"""Name and reason of each paper that could not be read."""
Job: TypeAlias = tuple[int, list[Source]]
"""The number that a segment shall have, and its papers."""

BATCH_BYTES = 6_000_000
"""Bytes of files that become one segment: some two million characters; up to four times as many when there are many."""
SEGMENTS = 64


def batches(found: Sequence[Source]) -> Iterator[list[Source]]:
    """Neighbouring papers in an even number of batches that are much the same size: two cores end together."""
    whole = max(1, sum(source.size for source in found))
    room = min(max(BATCH_BYTES, whole // SEGMENTS), 4 * BATCH_BYTES)
    number = 1 if whole <= room else 2 * math.ceil(whole / room / 2)
    batch: list[Source] = []
    before = done = 0
    for source in found:
        batch.append(source)
        before += source.size
        if before * number >= whole * (done + 1):
            yield batch
            batch, done = [], before * number // whole
    if batch:
        yield batch


def take_batch(home: Home, number: int, batch: Sequence[Source]) -> tuple[Refusals, str]:
    """Keep some papers as one segment; gives the refusals, and the folder's name or "" when nothing could be read."""
    refused: Refusals = []
    papers: list[Paper] = []
    for source in batch:
        text = readable(source)
        if isinstance(text, str):
            papers.append(Paper(source.name, text, source.stamp, is_plain(source)))
        else:
            refused.append((source.name, text.reason_zh))
    return refused, write_segment(home, number, papers).folder.name if papers else ""


def readable(source: Source) -> str | Unreadable:
    """The text of a paper, or why there is none; one paper never stops the others."""
    try:
        return text_of(source)
    except Unreadable as refusal:
        return refusal
    except Exception:  # a fault of our own
        return Unreadable("程序没能处理这份材料，请另存为 .docx 再试。")
