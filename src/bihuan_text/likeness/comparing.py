"""Papers → ``Comparison``: take in, join, follow, tell. The work of a whole run; an engine says who does it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .arrays import distinct
from .asking import ask
from .diagonals import leaders
from .intake import batches
from .joining import MANY, Common, How, tasks
from .kin import Kin
from .marks import Marks
from .pairs import Pairs
from .passages import Cover
from .seeds import Seeds
from .segments import Segment
from .sifting import sifted
from .store import Excerpt, Store, View
from .telling import Telling

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from .arrays import Bools, Places
    from .engines import Engine
    from .intake import Refusals
    from .report import Comparison
    from .taking import Source

    Progress = Callable[[str, int, int], None]


MANY_LETTERS = 8_000_000
"""With more letters than these an eighth of the common hashes is enough to tell who is of kin."""
MOSTLY = 8
"""With more than one in so many papers new, all are joined: asking hash by hash would take longer."""

# --- taking in --------------------------------------------------------------------------------------------------------


def take_in(store: Store, found: Sequence[Source], tell: Progress, engine: Engine) -> Refusals:
    """Read, fold and keep papers, segment by segment; what stands complete stays when the work is stopped."""
    whole = list(batches(found))
    jobs = list(enumerate(whole, store.next_number()))
    refused: Refusals = []
    done = 0
    for batch, (refusals, kept) in zip(whole, engine.take(store.home, jobs), strict=True):
        if kept:
            store.add(Segment(store.root / kept))
        refused += refusals
        done += len(batch)
        tell("读取", done, len(found))
    return refused


# --- comparing --------------------------------------------------------------------------------------------------------


class Setting(NamedTuple):
    """How papers are compared; ``folder`` is for what is written on the way.

    ``templates[paper]``: what such a paper holds counts for nothing; ``gone[paper]``: a later one took its place.
    """

    folder: Path
    tell: Progress
    engine: Engine
    many: int = MANY
    templates: Bools | None = None
    gone: Bools | None = None

    def counting(self, view: View) -> Bools:
        """The papers of a view that are compared."""
        out = [each for each in (self.templates, self.gone) if each is not None]
        return ~np.logical_or.reduce(out) if out else np.ones(view.count, np.bool_)


def compare_all(view: View, setting: Setting) -> Comparison:
    """Every paper of the store with every other one."""
    here = setting.counting(view)
    same = same_papers(view, here)
    how = _how(view, same, setting)
    return told(view, _seeds(view, setting, how), same, setting, np.flatnonzero(here))


def compare_new(view: View, new: Bools, setting: Setting) -> Comparison:
    """The papers that are new with each other and with all others; only those with something in common are named."""
    same = [group for group in same_papers(view, setting.counting(view)) if new[group].any()]
    asked = new if setting.templates is None else new | setting.templates
    how = _how(view, same, setting)
    most = MOSTLY * int(asked.sum()) > view.count
    seeds = _seeds(view, setting, how) if most else ask(view, asked, how)
    return told(view, seeds, same, setting, np.flatnonzero(new), asked)


def _seeds(view: View, setting: Setting, how: How) -> Seeds:
    """Two rounds: fingerprints, then the chains of those that many papers share."""
    prints, marks, pairs = Marks(view.size), Marks(view.size), Pairs(setting.folder / "pairs", view.size)
    _joined(view, setting, how._replace(every=0), "查找", prints, pairs)
    folder = setting.folder / "chains"
    folder.mkdir()
    chains = View(view.segments, setting.engine.chain(view, prints, folder))
    shared, kin = _joined(chains, setting, how, "核对", marks, pairs)
    shutil.rmtree(folder, ignore_errors=True)
    return Seeds(pairs, marks, shared, kin.alike(view, how.every))


def _joined(view: View, setting: Setting, how: How, step: str, marks: Marks, pairs: Pairs) -> tuple[Common, Kin]:
    """What all tasks found: marks and pairs are added to, what many papers share and who is of kin is given."""
    work = tasks(view)
    shared: list[Common] = []
    kin: list[Kin] = []
    for number, each in enumerate(setting.engine.join(view, work, how), 1):
        marks.add(each.common)
        pairs.add(each.first, each.second)
        shared.append(each.shared)
        kin.append(each.kin)
        setting.tell(step, number, len(work))
    return Common.together(shared), Kin.together(kin)


def same_papers(view: View, here: Bools) -> list[list[int]]:
    """Papers whose letters are all the same, by two or more; ``here``: those that are compared."""
    compared = np.flatnonzero(here & (view.sizes > 0))
    order = compared[np.argsort(view.digests[compared], kind="stable")]
    digests = view.digests[order]
    edges = np.flatnonzero(np.concatenate(([True], digests[1:] != digests[:-1], [True]))) if len(order) else order
    several = np.flatnonzero(np.diff(edges) > 1)
    return sorted(sorted(order[edges[at] : edges[at + 1]].tolist()) for at in several)


def _how(view: View, same: list[list[int]], setting: Setting) -> How:
    every = 1 if view.size < MANY_LETTERS else 8
    return How(setting.many, setting.templates, _hidden(view, same, setting), every)


def _hidden(view: View, same: list[list[int]], setting: Setting) -> Bools | None:
    """Of papers with the same letters one is looked at; the others are told what was found of it."""
    hidden = np.zeros(view.count, np.bool_) if setting.gone is None else setting.gone.copy()
    for group in same:
        hidden[group[1:]] = True
    return hidden if hidden.any() else None


def told(
    view: View, seeds: Seeds, same: list[list[int]], setting: Setting, named: Places, asked: Bools | None = None
) -> Comparison:
    """The passages behind joined places; ``named``: papers that are named even when they share nothing."""
    first, second = sifted(view, seeds.marks, *leaders(*seeds.own(view, asked)))
    sharing = distinct(view.papers_at(np.concatenate((first, second)))).astype(np.int64)
    twins = np.array([paper for group in same for paper in group], np.int64)
    phrased = view.papers_at(seeds.shared.places).astype(np.int64)
    kin = np.array(seeds.alike, np.int64).reshape(-1)
    papers = distinct(np.concatenate([sharing, phrased, twins, kin, named]))
    excerpt = Excerpt(view, papers, sharing)
    cover = Cover(excerpt.marked(seeds.marks))
    templates = None if setting.templates is None else setting.templates[papers]
    groups = [excerpt.numbers(np.array(group)).tolist() for group in same]
    alike = excerpt.numbers(kin).reshape(-1, 2).tolist()
    telling = Telling(excerpt, cover, templates, one_sided=seeds.one_sided)
    return telling.all(excerpt.places(first), excerpt.places(second), seeds.shared, groups, alike)
