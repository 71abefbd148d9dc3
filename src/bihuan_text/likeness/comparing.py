"""Papers → ``Comparison``: take in, join, follow, tell. The work of a whole run, on the cores of one machine."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from bihuan_text.refusal import Unreadable

from .asking import ask
from .joining import MANY, Common, join, tasks
from .marks import Marks
from .passages import SEED_OWN, Cover
from .prints import ALIGN
from .store import Excerpt, Paper, Segment, Store, write_segment
from .taking import Source, text_of
from .telling import Telling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from .arrays import Bools, Places
    from .joining import Joined
    from .report import Comparison
    from .store import View

    Progress = Callable[[str, int, int], None]
    Refusals = list[tuple[str, str]]

BATCH_BYTES = 6_000_000
"""Bytes of files that become one segment: some two million characters."""
WORTH_A_PROCESS = 4_000_000
"""With fewer bytes than this one process is done before a second has started."""


def cores() -> int:
    """Processes to use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


# --- taking in --------------------------------------------------------------------------------------------------------


def take_in(store: Store, found: Sequence[Source], tell: Progress) -> Refusals:
    """Read, fold and keep papers, segment by segment; what stands complete stays when the work is stopped."""
    batches = list(_batches(found))
    numbers = range(store.next_number(), store.next_number() + len(batches))
    refused: Refusals = []
    done = 0
    big = sum(size for _, size in batches) >= WORTH_A_PROCESS and len(batches) > 1 and cores() > 1
    for segment, refusals, count in _taken(store.root, [each for each, _ in batches], numbers, big=big):
        if segment:
            store.add(segment)
        refused += refusals
        done += count
        tell("读取", done, len(found))
    return refused


def _taken(
    root: Path, batches: list[list[Source]], numbers: Sequence[int], *, big: bool
) -> Iterator[tuple[Segment | None, Refusals, int]]:
    if not big:
        for batch, number in zip(batches, numbers, strict=True):
            refusals, kept = take_batch(root, number, batch)
            yield Segment(root / kept) if kept else None, refusals, len(batch)
        return
    with ProcessPoolExecutor(cores(), initializer=_deaf) as pool:
        waiting = [pool.submit(take_batch, root, number, batch) for batch, number in zip(batches, numbers, strict=True)]
        try:
            for batch, future in zip(batches, waiting, strict=True):
                refusals, kept = future.result()
                yield Segment(root / kept) if kept else None, refusals, len(batch)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _deaf() -> None:
    """Ctrl-C ends the command, which ends its helpers; they need not hear it themselves."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _batches(found: Sequence[Source]) -> Iterator[tuple[list[Source], int]]:
    """Neighbouring papers, at most ``BATCH_BYTES`` of them together."""
    batch: list[Source] = []
    size = 0
    for source in found:
        more = source.size
        if batch and size + more > BATCH_BYTES:
            yield batch, size
            batch, size = [], 0
        batch.append(source)
        size += more
    if batch:
        yield batch, size


def take_batch(root: Path, number: int, batch: list[Source]) -> tuple[Refusals, str]:
    """Keep some papers as one segment; gives the refusals, and the folder's name or "" when nothing could be read."""
    refused: Refusals = []
    papers: list[Paper] = []
    for source in batch:
        try:
            papers.append(Paper(source.name, text_of(source), source.stamp))
        except Unreadable as refusal:
            refused.append((source.name, refusal.reason_zh))
        except Exception:  # one paper never stops the others
            refused.append((source.name, "程序没能处理这份材料，请另存为 .docx 再试。"))
    return refused, write_segment(root, number, papers).folder.name if papers else ""


# --- comparing --------------------------------------------------------------------------------------------------------


def compare_all(
    view: View, tell: Progress, *, many: int = MANY, templates: Bools | None = None, gone: Bools | None = None
) -> Comparison:
    """Every paper of the store with every other one.

    ``templates[paper]``: what such a paper holds counts for nothing; ``gone[paper]``: a later one took its place.
    """
    gone = np.zeros(view.count, np.bool_) if gone is None else gone
    same = same_papers(view, gone if templates is None else gone | templates)
    joined = _joins(view, tell, many, templates, _hidden(same, gone))
    return told(view, joined, same, templates, np.flatnonzero(~gone if templates is None else ~gone & ~templates))


def compare_new(
    view: View,
    new: Bools,
    tell: Progress,
    *,
    many: int = MANY,
    templates: Bools | None = None,
    gone: Bools | None = None,
) -> Comparison:
    """The papers that are new with each other and with all others; only those with something in common are named."""
    gone = np.zeros(view.count, np.bool_) if gone is None else gone
    same = [group for group in same_papers(view, gone if templates is None else gone | templates) if new[group].any()]
    asked = new if templates is None else new | templates
    joined = [ask(view, asked, many=many, templates=templates, hidden=_hidden(same, gone))]
    tell("查找", 1, 1)
    return told(view, joined, same, templates, np.flatnonzero(new))


def same_papers(view: View, without: Bools) -> list[list[int]]:
    """Papers whose letters are all the same, by two or more."""
    here = np.flatnonzero(~without & (view.sizes > 0))
    order = here[np.argsort(view.digests[here], kind="stable")]
    digests = view.digests[order]
    edges = np.flatnonzero(np.concatenate(([True], digests[1:] != digests[:-1], [True]))) if len(order) else order
    several = np.flatnonzero(np.diff(edges) > 1)
    return sorted(sorted(order[edges[at] : edges[at + 1]].tolist()) for at in several)


def _hidden(same: list[list[int]], gone: Bools) -> Bools | None:
    """Of papers with the same letters one is looked at; the others are told what was found of it."""
    hidden = gone.copy()
    for group in same:
        hidden[group[1:]] = True
    return hidden if hidden.any() else None


def _joins(view: View, tell: Progress, many: int, templates: Bools | None, hidden: Bools | None) -> Iterator[Joined]:
    """Threads are enough: sorting and gathering run outside the interpreter's lock."""
    work = tasks(view)
    view.touch()
    with ThreadPoolExecutor(min(cores(), len(work))) as pool:
        waiting = [pool.submit(join, view, parts, many=many, templates=templates, hidden=hidden) for parts in work]
        try:
            for number, future in enumerate(waiting, 1):
                yield future.result()
                tell("查找", number, len(work))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def told(
    view: View, joined: Iterable[Joined], same: list[list[int]], templates: Bools | None, named: Places
) -> Comparison:
    """The passages behind joined places; ``named``: papers that are named even when they share nothing."""
    marks = Marks(view.size)
    found: list[Joined] = []
    for each in joined:
        marks.add(each.common)
        found.append(replace(each, common=each.common[:0]))  # a bit each is enough
    first = np.concatenate([each.first for each in found])
    second = np.concatenate([each.second for each in found])
    shared = Common.together([each.shared for each in found])
    real = (marks.own(first) >= SEED_OWN) & (marks.own(second) >= SEED_OWN)
    first, second = first[real], second[real]
    sharing = np.unique(view.paper_of_block[np.concatenate((first, second)) // ALIGN]).astype(np.int64)
    twins = np.array([paper for group in same for paper in group], np.int64)
    phrased = view.paper_of_block[shared.places // ALIGN].astype(np.int64)
    papers = np.unique(np.concatenate([sharing, phrased, twins, named]))
    excerpt = Excerpt(view, papers, sharing)
    telling = Telling(excerpt, Cover(excerpt.marked(marks)), None if templates is None else templates[papers])
    groups = [excerpt.numbers(np.array(group)).tolist() for group in same]
    return telling.all(excerpt.places(first), excerpt.places(second), shared, groups)
