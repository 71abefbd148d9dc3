"""Who does the work: the cores of this machine, or (``on_ray``) those of many. The answer is the same, bit for bit."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import TYPE_CHECKING, Protocol

from bihuan_text.cores import cores
from bihuan_text.runs.workers import lives_with_the_command

from .chains import chains_of
from .heap import keep_what_is_freed
from .intake import readable, take_batch
from .joining import join

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from .intake import Job, Refusals
    from .joining import How, Joined
    from .marks import Marks
    from .sealed import Home
    from .spans import Keyed
    from .store import View
    from .taking import Source

WORTH_A_PROCESS = 4_000_000
"""With fewer bytes than this one process is done before a second has started."""
_DIED = "读这份材料时程序意外中断，请另存为 .docx 再试。"


class Engine(Protocol):
    """Three kinds of work, each on jobs that know nothing of each other; answers come in the order of the jobs."""

    def take(self, home: Home, jobs: Sequence[Job]) -> Iterator[tuple[Refusals, str]]:
        """``take_batch`` of every job."""
        ...

    def join(self, view: View, parts: Sequence[tuple[int, int]], how: How) -> Iterator[Joined]:
        """``join`` of every range of parts."""
        ...

    def chain(self, view: View, marks: Marks, folder: Path) -> Sequence[Keyed]:
        """``chains_of`` every segment."""
        ...


class Local:
    """Reading takes processes; joining takes threads, since sorting and gathering run outside the interpreter's lock."""

    def take(self, home: Home, jobs: Sequence[Job]) -> Iterator[tuple[Refusals, str]]:
        """See ``Engine``. A process that dies takes down no paper but the one it died of."""
        big = sum(source.size for _, batch in jobs for source in batch) >= WORTH_A_PROCESS
        if not big or len(jobs) < 2 or cores() < 2:
            yield from (take_batch(home, number, batch) for number, batch in jobs)
            return
        at = 0
        try:
            for answer in self._together(home, jobs):
                yield answer
                at += 1
        except BrokenProcessPool:
            yield from (_carefully(home, number, batch) for number, batch in jobs[at:])

    def _together(self, home: Home, jobs: Sequence[Job]) -> Iterator[tuple[Refusals, str]]:
        with ProcessPoolExecutor(cores(), initializer=_helping) as pool:
            waiting = [pool.submit(take_batch, home, number, batch) for number, batch in jobs]
            try:
                yield from (future.result() for future in waiting)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def join(self, view: View, parts: Sequence[tuple[int, int]], how: How) -> Iterator[Joined]:
        """See ``Engine``."""
        view.touch()
        with ThreadPoolExecutor(min(cores(), len(parts))) as pool:
            waiting = [pool.submit(join, view, each, how) for each in parts]
            waiting.reverse()
            try:
                while waiting:
                    yield waiting.pop().result()  # an answer that was given away is not kept here
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def chain(self, view: View, marks: Marks, folder: Path) -> Sequence[Keyed]:
        """See ``Engine``."""
        with ThreadPoolExecutor(cores()) as pool:
            return list(pool.map(partial(chains_of, view, marks, folder), range(len(view.segments))))


def _helping() -> None:
    lives_with_the_command()
    keep_what_is_freed()


def _carefully(home: Home, number: int, batch: Sequence[Source]) -> tuple[Refusals, str]:
    """The same after a process died: each paper is tried in a process of its own, then the good ones are kept."""
    good: list[Source] = []
    died: Refusals = []
    for source in batch:
        with ProcessPoolExecutor(1, initializer=lives_with_the_command) as pool:
            try:
                pool.submit(readable, source).result()
                good.append(source)
            except BrokenProcessPool:
                died.append((source.name, _DIED))
    refused, kept = take_batch(home, number, good)
    return refused + died, kept
