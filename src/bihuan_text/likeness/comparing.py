"""Papers → ``Comparison``: take in, join, follow, tell. The work of a whole run; an engine says who does it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from .asking import ask
from .intake import batches
from .joining import MANY, Common, How, tasks
from .marks import Marks
from .passages import SEED_OWN, Cover
from .prints import ALIGN
from .store import Excerpt, Segment, Store
from .telling import Telling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from .arrays import Bools, Places
    from .engines import Engine
    from .intake import Refusals
    from .joining import Joined
    from .report import Comparison
    from .store import View
    from .taking import Source

    Progress = Callable[[str, int, int], None]


MOSTLY = 8
"""With more than one in so many papers new, all are joined: asking hash by hash would take longer."""

# --- taking in --------------------------------------------------------------------------------------------------------


def take_in(store: Store, found: Sequence[Source], tell: Progress, engine: Engine) -> Refusals:
    """Read, fold and keep papers, segment by segment; what stands complete stays when the work is stopped."""
    whole = list(batches(found))
    jobs = list(enumerate(whole, store.next_number()))
    refused: Refusals = []
    done = 0
    for batch, (refusals, kept) in zip(whole, engine.take(store.root, jobs), strict=True):
        if kept:
            store.add(Segment(store.root / kept))
        refused += refusals
        done += len(batch)
        tell("读取", done, len(found))
    return refused


# --- comparing --------------------------------------------------------------------------------------------------------


def compare_all(
    view: View,
    tell: Progress,
    engine: Engine,
    *,
    many: int = MANY,
    templates: Bools | None = None,
    gone: Bools | None = None,
) -> Comparison:
    """Every paper of the store with every other one.

    ``templates[paper]``: what such a paper holds counts for nothing; ``gone[paper]``: a later one took its place.
    """
    gone = np.zeros(view.count, np.bool_) if gone is None else gone
    same = same_papers(view, gone if templates is None else gone | templates)
    joined = _joins(view, tell, engine, How(many, templates, _hidden(same, gone)))
    return told(view, joined, same, templates, np.flatnonzero(~gone if templates is None else ~gone & ~templates))


def compare_new(
    view: View,
    new: Bools,
    tell: Progress,
    engine: Engine,
    *,
    many: int = MANY,
    templates: Bools | None = None,
    gone: Bools | None = None,
) -> Comparison:
    """The papers that are new with each other and with all others; only those with something in common are named."""
    gone = np.zeros(view.count, np.bool_) if gone is None else gone
    same = [group for group in same_papers(view, gone if templates is None else gone | templates) if new[group].any()]
    asked = new if templates is None else new | templates
    how = How(many, templates, _hidden(same, gone))
    if MOSTLY * int(asked.sum()) > view.count:
        joined: Iterable[Joined] = (_with(view, asked, each) for each in _joins(view, tell, engine, how))
    else:
        joined = [ask(view, asked, how)]
    return told(view, joined, same, templates, np.flatnonzero(new))


def _with(view: View, papers: Bools, joined: Joined) -> Joined:
    """The pairs in which at least one of the papers stands."""
    one, two = (papers[view.paper_of_block[places // ALIGN]] for places in (joined.first, joined.second))
    return replace(joined, first=joined.first[one | two], second=joined.second[one | two])


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


def _joins(view: View, tell: Progress, engine: Engine, how: How) -> Iterator[Joined]:
    work = tasks(view)
    for number, joined in enumerate(engine.join(view, work, how), 1):
        yield joined
        tell("查找", number, len(work))


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
