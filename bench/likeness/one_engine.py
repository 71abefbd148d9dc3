"""One engine at work in this process: ``python -m bench.likeness.one_engine local|ray|spark FOLDER [kill]``.

Prints JSON: seconds to start the engine, seconds of work, digest of the answer, and whom it killed. With ``kill`` the work is
done twice more, and the last time a worker is killed after two fifths of the seconds of the time before.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any

from bihuan_text.likeness.cli import as_json
from bihuan_text.likeness.engines import Local
from bihuan_text.likeness.index import Work, compared
from bihuan_text.likeness.taking import sources

if TYPE_CHECKING:
    from bihuan_text.likeness.engines import Engine

WORKERS, KILLED_AFTER = 2, 0.4


def main(name: str, folder: str, kill: bool) -> None:
    """Start, work, tell."""
    begun = time.perf_counter()
    engine = _engine(name)
    pids = _workers(name, engine)
    started = time.perf_counter()
    digest = _work(engine, folder)
    told: dict[str, object] = {
        "start": started - begun, "work": time.perf_counter() - started, "digest": digest, "workers": len(set(pids))
    }  # fmt: skip
    if kill:
        told |= _killed(name, engine, folder)
    print(f"\n{json.dumps(told)}", flush=True)
    _stop(name, engine)


def _engine(name: str) -> Engine:
    if name == "local":
        return Local()
    if name == "ray":
        from bihuan_text.likeness.on_ray import OnRay  # noqa: PLC0415

        return OnRay(workers=WORKERS)
    from .on_spark import OnSpark  # noqa: PLC0415

    return OnSpark(WORKERS)


def _stop(name: str, engine: Any) -> None:
    if name == "ray":
        import ray  # noqa: PLC0415

        ray.shutdown()  # pyright: ignore[reportUnknownMemberType]
    elif name == "spark":
        engine.stop()


def _nothing(step: str, done: int, of: int) -> None:
    """Progress that nobody watches."""


def _work(engine: Engine, folder: str) -> str:
    with compared(Work(sources([folder]), engine=engine), None, _nothing) as found:
        said = json.dumps(as_json(found), ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
        return hashlib.sha256(said).hexdigest()


def _killed(name: str, engine: Engine, folder: str) -> dict[str, object]:
    warm = time.perf_counter()
    _work(engine, folder)
    after = KILLED_AFTER * (time.perf_counter() - warm)
    victim = _workers(name, engine)[0]
    killer = Timer(after, os.kill, (victim, signal.SIGKILL))
    begun = time.perf_counter()
    killer.start()
    digest = _work(engine, folder)
    taken = time.perf_counter() - begun
    killer.join()
    time.sleep(1)  # it is the system that ends a killed process, in its own time
    return {
        "warm": after / KILLED_AFTER, "killed": taken, "killed_after": after, "killed_digest": digest,
        "gone": not _alive(victim),
    }  # fmt: skip


def _alive(pid: int) -> bool:
    with suppress(OSError):
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    return False


def whose(_: int) -> int:
    """The process that runs this; of Spark's, the executor (Java) that keeps it."""
    time.sleep(0.2)
    return os.getpid()


def _workers(name: str, engine: Any) -> list[int]:
    if name == "local":
        return [os.getpid()]
    pids: list[int] = list(engine._each(whose, [(number,) for number in range(4)]))
    return pids if name == "ray" else [_java(pid) for pid in pids]


def _java(pid: int) -> int:
    """The executor above a Python worker."""
    while pid > 1 and "java" not in Path(f"/proc/{pid}/comm").read_text():
        pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return pid


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], "kill" in sys.argv[3:])
