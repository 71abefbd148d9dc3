"""A folder that keeps what was taken in: papers are added and asked about, a paper that changed replaces its former self."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from .arrays import among
from .comparing import Setting, compare_all, compare_new, take_in
from .engines import Local
from .joining import MANY
from .sealed import let_go
from .segments import named
from .store import Store
from .tidying import tidied

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from .arrays import Bools, Places
    from .comparing import Progress
    from .engines import Engine
    from .intake import Refusals
    from .report import Comparison
    from .store import View
    from .taking import Source


class Busy(Exception):
    """Another command is using the index; ``str()`` is one Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Work:
    """What to compare: ``papers`` are asked about, ``templates`` hold what counts for nothing."""

    papers: Sequence[Source]
    templates: Sequence[Source] = ()
    many: int = MANY
    engine: Engine = field(default_factory=Local)


@contextmanager
def compared(work: Work, index: Path | None, tell: Progress) -> Generator[Comparison]:
    """Compare papers with each other and, when there is an index, with all that it holds; they are in it afterwards.

    Its ``text`` can be asked until the block ends. Raises ``Torn`` or ``Busy`` with a sentence.
    """
    with nullcontext(index) if index else tempfile.TemporaryDirectory(prefix="bihuan-") as folder:
        root = Path(folder)
        root.mkdir(parents=True, exist_ok=True)
        with _alone(root):
            store = Store(root, lasting=bool(index))
            with tempfile.TemporaryDirectory(prefix="new-", dir=root) as passing:  # where every machine sees it
                try:
                    yield _result(work, store, Path(passing), tell)
                finally:
                    let_go()
            if index:
                tidied(store, tell)


def added(work: Work, index: Path, tell: Progress) -> tuple[int, Refusals]:
    """Take papers into an index without comparing them; gives how many it holds. Raises ``Torn`` or ``Busy``."""
    index.mkdir(parents=True, exist_ok=True)
    with _alone(index):
        store = Store(index)
        refused = take_in(store, _changed(store.view(), work.papers), tell, work.engine)
        view = store.view()
        count = view.count - int(_replaced(view, view.count).sum())
        tidied(store, tell)
        return count, refused


def _result(work: Work, store: Store, passing: Path, tell: Progress) -> Comparison:
    beside = passing / "templates"
    beside.mkdir()
    templates = Store(beside, lasting=False)
    refused = take_in(templates, work.templates, tell, work.engine)
    before = store.count
    refused += take_in(store, _changed(store.view(), work.papers), tell, work.engine)
    view = store.view(templates.segments)
    of_template = np.arange(view.count) >= store.count
    flags = of_template if templates.count else None
    gone = _replaced(store.view(), view.count)
    setting = Setting(passing, tell, work.engine, work.many, flags, gone)
    if before and work.papers:
        asked = _asked(store.view(), work.papers, view.count) & setting.counting(view)
        result = compare_new(view, asked, setting)
    else:
        result = compare_all(view, setting)
    result.refused = refused
    return result


def _changed(held: View, papers: Sequence[Source]) -> list[Source]:
    """The papers that are not held as they are now."""
    rows = np.flatnonzero(among(held.names, _names(papers)))
    there = set(zip(held.names[rows].tolist(), held.stamps[rows].tolist(), strict=True))
    return [each for each in papers if not each.stamp or (named(each.name), named(each.stamp)) not in there]


def _replaced(held: View, count: int) -> Bools:
    """Papers that a later one of the same name took the place of."""
    gone = np.zeros(count, np.bool_)
    _, last = np.unique(held.names[::-1], return_index=True)
    if len(last) < held.count:
        gone[: held.count] = True
        gone[held.count - 1 - last] = False
    return gone


def _asked(held: View, papers: Sequence[Source], count: int) -> Bools:
    """The papers that were named, new or known."""
    asked = np.zeros(count, np.bool_)
    asked[: held.count] = among(held.names, _names(papers))
    return asked


def _names(papers: Sequence[Source]) -> Places:
    return np.array([named(each.name) for each in papers], np.int64)


@contextmanager
def _alone(root: Path) -> Generator[None]:
    """Nobody else works in the folder meanwhile; the lock goes with the process, however it ends."""
    with (root / "lock").open("a+b") as file:
        try:
            _lock(file.fileno())
        except OSError as error:
            raise Busy("这个索引正在被另一个命令使用，请等它结束再试。") from error
        yield


def _lock(number: int) -> None:
    if os.name == "nt":  # pragma: no cover
        import msvcrt  # noqa: PLC0415

        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]  # pyright: ignore
    else:
        import fcntl  # noqa: PLC0415

        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
