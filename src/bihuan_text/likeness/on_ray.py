"""The same work on the machines of a Ray cluster; the papers and the index lie in a folder that all of them see.

Ray is only needed where it is asked for (``pip install bihuan[ray]``). A worker that dies takes no answer with it: its job
goes to another one, and a segment is published by one rename.
"""

from __future__ import annotations

import logging
from collections import deque
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import ray

from .chains import keyed, write_chains
from .intake import take_batch
from .joining import join
from .sealed import Torn
from .segments import Segment
from .store import View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .arrays import Flags
    from .intake import Job, Refusals
    from .joining import How, Joined
    from .marks import Marks
    from .sealed import Home
    from .spans import Keyed

T = TypeVar("T")
TRIES = 5
_ray: Any = ray  # its own types know too little of themselves to be checked against


class OnRay:
    """``address``: of a running cluster; "" begins one on this machine with ``workers`` processes."""

    def __init__(self, address: str = "", workers: int | None = None) -> None:
        if not _ray.is_initialized():
            _begin(address, workers)
        self.at_once = 2 * max(2, _processors())

    def take(self, home: Home, jobs: Sequence[Job]) -> Iterator[tuple[Refusals, str]]:
        """See ``Engine``."""
        yield from self._each(take_batch, [(home, number, batch) for number, batch in jobs])

    def join(self, view: View, parts: Sequence[tuple[int, int]], how: How) -> Iterator[Joined]:
        """See ``Engine``."""
        folders = tuple(str(segment.folder) for segment in view.segments)
        keys = tuple(str(each.path) for each in view.given or ())
        said = self._shared(how)
        yield from self._each(join_in, [(folders, keys, each, said) for each in parts])

    def chain(self, view: View, marks: Marks, folder: Path) -> Sequence[Keyed]:
        """See ``Engine``."""
        starts = view.bases.tolist()
        jobs = [
            (str(segment.folder), marks.bits[start >> 3 : (start + segment.size) >> 3], folder / f"{number:06d}.chains")
            for number, (segment, start) in enumerate(zip(view.segments, starts, strict=False))
        ]
        return [keyed(Path(path)) for path in self._each(chain_in, jobs)]

    def _shared(self, said: object) -> Any:
        """What many jobs are told, sent to each machine once."""
        return _ray.put(said)

    def _each(self, function: Callable[..., T], jobs: Sequence[tuple[Any, ...]]) -> Iterator[T]:
        """The answers in the order of the jobs; so many are under way that nobody waits and no memory fills."""
        remote = _ray.remote(max_retries=TRIES)(function)
        waiting: deque[Any] = deque()
        rest = iter(jobs)
        for job in rest:
            waiting.append(remote.remote(*job))
            if len(waiting) >= self.at_once:
                yield _got(waiting.popleft())
        while waiting:
            yield _got(waiting.popleft())


def _got(answer: Any) -> Any:
    """What a job answered; what it says of an index is said here without the worker's trace. Raises ``Torn``."""
    try:
        return _ray.get(answer)
    except Torn as error:
        raise getattr(error, "cause", error) from error


def _begin(address: str, workers: int | None) -> None:
    """Join the cluster of that address, or begin one here."""
    quietly = {"log_to_driver": False, "logging_level": logging.ERROR}
    if address:
        _ray.init(address=address, **quietly)
    else:
        _ray.init(num_cpus=workers, include_dashboard=False, **quietly)


def _processors() -> int:
    return int(_ray.cluster_resources().get("CPU", 1))


def join_in(folders: tuple[str, ...], keys: tuple[str, ...], parts: tuple[int, int], how: How) -> Joined:
    """``join`` on a machine that finds the segments by their folders and their keys by their files."""
    return join(_view(folders, keys), parts, how)


@lru_cache(maxsize=1)
def _view(folders: tuple[str, ...], keys: tuple[str, ...]) -> View:
    return View([Segment(Path(folder)) for folder in folders], [keyed(Path(path)) for path in keys] or None)


def chain_in(folder: str, begins: Flags, path: Path) -> str:
    """``write_chains`` on a machine that finds the segment by its folder."""
    write_chains(Segment(Path(folder)), begins, path)
    return str(path)
