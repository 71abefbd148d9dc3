"""A few processes that look through one paper each at a time: one that dies or hangs takes no other paper with it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from dataclasses import dataclass
from multiprocessing import connection
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeAlias

from bihuan_text.cores import cores

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from .answers import Answer, Work

    Pipe: TypeAlias = Any  # a Connection, which Windows knows as another class

Answered: TypeAlias = "Answer | str"
"""What a paper answered, or the sentence on why it was not read."""

SECONDS = 60.0
"""No paper of this kind takes a second; what takes this long never ends."""
_AHEAD = 16  # papers a worker may be ahead of the one that is printed next: answers wait in memory only so far
_DIED = "读这份材料时程序意外中断，请另存为 .docx 再试。"
_SLOW = "这份材料读了很久没有读完，已跳过，请另存为 .docx 再试。"


def answers(work: Work, papers: Sequence[Path], many: int = 0, seconds: float = SECONDS) -> Generator[Answered]:
    """What ``work`` says of each paper, in the order of the papers, by ``many`` processes (0: one a core).

    A paper whose process dies, or that takes above ``seconds``, is answered with a sentence. Memory does not grow with
    the number of papers. Closing the generator ends the processes.
    """
    helpers = _Crew(work, papers, seconds)
    try:
        yield from helpers.answers(min(many or cores(), len(papers)))
    finally:
        helpers.end()


def lives_with_the_command() -> None:
    """For a helping process: Ctrl-C ends the command, which ends it; and it ends with the command however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_end_with_the_command, daemon=True).start()


def _end_with_the_command() -> None:
    command = multiprocessing.parent_process()
    if command:
        connection.wait([command.sentinel])
        os._exit(1)


def _serve(work: Work, papers: Sequence[Path], pipe: Pipe) -> None:
    """The life of a worker: a number comes in, the answer to that paper goes out; what a library prints goes nowhere."""
    lives_with_the_command()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    try:
        while True:
            number: int = pipe.recv()
            pipe.send(work(number, papers[number - 1]))
    except (EOFError, OSError):  # the command has gone
        os._exit(1)


@dataclass(slots=True)
class _Worker:
    """``number`` is the paper it looks at, 0 when it has none; at ``until`` (monotonic) it has taken too long."""

    process: BaseProcess
    pipe: Pipe
    number: int = 0
    until: float = 0.0


class _Crew:
    def __init__(self, work: Work, papers: Sequence[Path], seconds: float) -> None:
        self._work, self._papers, self._seconds = work, papers, seconds
        self._workers: list[_Worker] = []
        self._next = 1
        self._ready: dict[int, Answered] = {}

    def answers(self, many: int) -> Generator[Answered]:
        for _ in range(many):
            self._workers.append(self._hired())
        for number in range(1, len(self._papers) + 1):
            while number not in self._ready:
                self._give(number + _AHEAD * many)
                self._hear()
            yield self._ready.pop(number)

    def end(self) -> None:
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()

    def _hired(self) -> _Worker:
        ours, theirs = multiprocessing.Pipe()
        process = multiprocessing.Process(target=_serve, args=(self._work, self._papers, theirs), daemon=False)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _give(self, last: int) -> None:
        """The next papers to those who have none, up to number ``last``."""
        for at, worker in enumerate(self._workers):
            if worker.number or self._next > min(last, len(self._papers)):
                continue
            number, self._next = self._next, self._next + 1
            if not (self._sent(at, number) or self._sent(at, number)):
                self._ready[number] = _DIED

    def _sent(self, at: int, number: int) -> bool:
        """Whether the worker took the paper; one that died while it had nothing to do is replaced."""
        worker = self._workers[at]
        try:
            worker.pipe.send(number)
        except OSError:
            self._replace(at)
            return False
        worker.number, worker.until = number, time.monotonic() + self._seconds
        return True

    def _hear(self) -> None:
        """Wait until somebody answers, dies or has taken too long."""
        busy = {worker.pipe: at for at, worker in enumerate(self._workers) if worker.number}
        if not busy:
            return
        soonest = min(self._workers[at].until for at in busy.values())
        heard = connection.wait(list(busy), max(0.0, soonest - time.monotonic()))
        for pipe, at in busy.items():
            if pipe in heard:
                self._take(at)
            elif self._workers[at].until <= time.monotonic():
                self._lost(at, _SLOW)

    def _take(self, at: int) -> None:
        worker = self._workers[at]
        try:
            self._ready[worker.number] = worker.pipe.recv()
            worker.number = 0
        except (EOFError, OSError):
            self._lost(at, _DIED)

    def _lost(self, at: int, reason: str) -> None:
        """A worker that is no longer good: its paper is answered with the reason, another one takes its place."""
        self._ready[self._workers[at].number] = reason
        self._replace(at)

    def _replace(self, at: int) -> None:
        worker = self._workers[at]
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        self._workers[at] = self._hired()
