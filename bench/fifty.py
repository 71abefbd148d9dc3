"""Fifty people of one branch at work on the ledger at once, on the embedded default.

First a real `bihuan serve`: each signs in with a password, and for thirty seconds reads the table and a problem, writes
progress, brings a proof, and raises a problem, with 3 to 12 seconds between two pages, as people who read and write; then
once more with 1 to 5 seconds, quicker than anybody reads. Then the same fifty without any pause, which no fifty people do:
it shows where the server's end is. Then, in turn on one server, eight clients that only write progress and eight that only
make an empty row last: how much of what the machine can write at all is left of it for real writing.
"""

from __future__ import annotations

import random
import re
import secrets
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median

from tests.faults.browser import Hand

from bench.branch import PASSWORD, Worker, fifty, installed
from bench.figures import Figure, Times, load, main, say
from bench.serving import serve, serve_with_limits, serving

PEOPLE, SECONDS, CALM, PAUSE = 50, 30.0, (3.0, 12.0), (1.0, 5.0)
WRITERS, ROUNDS, EACH = 8, 4, 4.0
LIMIT = 0.3


@dataclass
class Done:
    """What happened: seconds of each request by what was asked for, what went wrong, what was acknowledged as written."""

    taken: list[tuple[str, float]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    written: Counter[str] = field(default_factory=Counter)

    def times(self, what: str = "") -> Times:
        return Times(tuple(took for asked, took in self.taken if not what or asked == what))


@dataclass
class Person:
    """One of the fifty, with a browser."""

    worker: Worker
    hand: Hand
    number: int = 0
    done: Done = field(default_factory=Done)

    def sign_in(self) -> None:
        self.hand.get("/org/login/")
        answer = self.hand.post("/org/login/", {"login": self.worker.login, "password": PASSWORD})
        assert answer.status == 302, answer.body[:2000]

    def work(self, until: float, pause: tuple[float, float], chance: random.Random) -> None:
        """Go round until the time is up; whatever goes wrong is noted and ends it."""
        time.sleep(chance.uniform(0, pause[1]))  # they do not all begin in the same moment
        try:
            for _ in self._acts(until):
                time.sleep(chance.uniform(*pause))
        except (OSError, AssertionError) as error:
            self.done.wrong.append(repr(error))

    def _acts(self, until: float) -> Iterator[None]:
        turn = 0
        while time.monotonic() < until:
            for act in (self._table, self._problem, self._progress, self._proof):
                act()
                yield
                if time.monotonic() >= until:
                    return
            turn += 1
            if turn == 1 + self.number % 5:  # one in five in the first round, one in five in the second
                self._raise()
                yield

    def _table(self) -> None:
        self._ask("table", "/ledger/")

    def _problem(self) -> None:
        self._ask("problem", f"/ledger/problem/{self.worker.problem}/")

    def _progress(self) -> None:
        self._fill("progress", f"/ledger/measure/{self.worker.measure}/progress/",
                   {"words": f"样例进展{secrets.token_hex(6)}", "on": _today()})  # fmt: skip

    def _proof(self) -> None:
        self._fill("proof", f"/ledger/measure/{self.worker.measure}/evidence/",
                   {"kind": "口述", "words": f"样例{secrets.token_hex(6)}", "shows": "样例佐证",
                    "standard": "样例标准一", "on": _today()})  # fmt: skip

    def _raise(self) -> None:
        self._fill("raised", "/ledger/problem/new/",
                   {"statement": f"样例新问题{secrets.token_hex(6)}", "origin_kind": "自查", "subject": "支部"})  # fmt: skip

    def _ask(self, what: str, path: str) -> str:
        start = time.perf_counter()
        answer = self.hand.get(path)
        self.done.taken.append((what, time.perf_counter() - start))
        if answer.status != 200:
            self.done.wrong.append(f"{path}: {answer.status}")
        return answer.body

    def _fill(self, what: str, path: str, data: dict[str, str]) -> None:
        """Open the form, then send it."""
        page = self._ask(f"{what} form", path)
        hidden = dict(re.findall(r'<input type="hidden" name="(form_key|version)" value="([^"]*)"', page))
        start = time.perf_counter()
        answer = self.hand.post(path, {**data, **hidden})
        self.done.taken.append((f"{what} sent", time.perf_counter() - start))
        if answer.status == 302:
            self.done.written[what] += 1
        else:
            self.done.wrong.append(f"{path}: {answer.status} {said(answer.body)}")


def run() -> list[Figure]:
    """The figures of the three parts."""
    with installed() as folder:
        workers = fifty(PEOPLE)
        _let_go()
        with serving(folder.parent, serve(folder)) as served:
            people = [Person(worker, Hand(served.address), n) for n, worker in enumerate(workers)]
            for person in people:
                person.sign_in()
            calm, calm_load = _all_work(people, CALM), load()
            used = served.busy()
            paced = _all_work(people, PAUSE)
            busy, used = load(), served.busy() - used
            rushed = _all_work(people, (0.0, 0.0), SECONDS / 3)
        kept = _rows(folder)
        with serving(folder.parent, serve_with_limits(folder)) as served:
            few = [Person(worker, Hand(served.address)) for worker in workers[:WRITERS]]
            for person in few:
                person.sign_in()
            real, empty = _writing(few)
    written = calm.written + paced.written + rushed.written
    return [
        _quick(calm, calm_load, CALM),
        _quick(paced, busy, PAUSE),
        *_detail(paced),
        _cost(paced, used),
        _errors([calm, paced, rushed], written, kept),
        _rush(rushed),
        _share(real, empty),
    ]


def _quick(done: Done, busy: str, pause: tuple[float, float]) -> Figure:
    times = done.times()
    return Figure(
        f"{PEOPLE} people at the ledger for {SECONDS:.0f} s, {pause[0]:.0f}–{pause[1]:.0f} s between pages: every request",
        f"p95 {say(times.share(0.95))}, median {say(times.middle)}, slowest {say(max(times.taken))}; {len(times.taken)} "
        f"requests, {len(times.taken) / SECONDS:.0f} a second; load {busy}",
        f"p95 {say(LIMIT)}", f"{times.share(0.95) / LIMIT:.2f} of the limit", times.share(0.95) <= LIMIT, "fifty",
    )  # fmt: skip


def _detail(done: Done) -> list[Figure]:
    """What is read and what is written, apart."""
    kinds = {"reading": [k for k, _ in done.taken if not k.endswith(" sent")]}
    kinds["writing"] = [k for k, _ in done.taken if k.endswith(" sent")]
    parts = {name: Times(tuple(t for k, t in done.taken if k in set(found))) for name, found in kinds.items()}
    return [
        Figure(f"the same, {name} alone", f"p95 {say(times.share(0.95))}, median {say(times.middle)}", bench="fifty")
        for name, times in parts.items()
    ]


def _cost(done: Done, used: float) -> Figure:
    """What does not depend on who else uses the machine: the processor's time that the server itself took."""
    return Figure(
        "the same: processor time of the server",
        f"{used / len(done.taken) * 1000:.0f} ms a request, {used / SECONDS:.2f} of one core",
        bench="fifty",
    )


def _errors(parts: list[Done], written: Counter[str], kept: dict[str, int]) -> Figure:
    """No error, and what was acknowledged is there, no more and no less."""
    wrong = [each for part in parts for each in part.wrong]
    for said_wrong in wrong[:5]:
        print("wrong:", said_wrong[:400], file=sys.stderr)
    told = ", ".join(f"{what} {written[what]}/{kept[what]}" for what in kept)
    same = all(written[what] == kept[what] for what in kept)
    return Figure("the same: errors; acknowledged/kept", f"{len(wrong)}; {told}", "0; the same",
                  kept=not wrong and same, bench="fifty")  # fmt: skip


def _rush(done: Done) -> Figure:
    times = done.times()
    return Figure(
        f"the same {PEOPLE} without any pause for {SECONDS / 3:.0f} s",
        f"{len(times.taken) / (SECONDS / 3):.0f} requests a second, median {say(times.middle)}, "
        f"p95 {say(times.share(0.95))}",
        bench="fifty",
    )


def _share(real: list[float], empty: list[float]) -> Figure:
    """`real`, `empty`: writes a second, a number a round."""
    return Figure(
        f"{WRITERS} clients that only write progress against the same server's empty write transaction",
        f"{median(real):.0f} a second, best {max(real):.0f}; empty {median(empty):.0f}, best {max(empty):.0f}",
        ratio=f"{median(real) / median(empty):.2f} (of best {max(real) / max(empty):.2f})", bench="fifty",
    )  # fmt: skip


def _all_work(people: list[Person], pause: tuple[float, float], seconds: float = SECONDS) -> Done:
    until = time.monotonic() + seconds
    for person in people:
        person.done = Done()
    _together([
        lambda person=person, n=n: person.work(until, pause, random.Random(n))  # type: ignore[misc]  # noqa: S311
        for n, person in enumerate(people)
    ])  # fmt: skip
    whole = Done()
    for person in people:
        whole.taken += person.done.taken
        whole.wrong += person.done.wrong
        whole.written += person.done.written
    return whole


def _together(acts: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _writing(people: list[Person]) -> tuple[list[float], list[float]]:
    """Writes a second, real ones and empty ones, in turn; the first round of each only warms up."""
    for person in people:
        person.hand.get(f"/ledger/measure/{person.worker.measure}/progress/")  # its token
    real, empty = list[float](), list[float]()
    for _ in range(ROUNDS + 1):
        real.append(_a_second(people, _write_progress))
        empty.append(_a_second(people, _write_nothing))
    return real[1:], empty[1:]


def _a_second(people: list[Person], write: Callable[[Person], int]) -> float:
    counts: list[int] = []

    def go_on(person: Person) -> None:
        done, until = 0, time.monotonic() + EACH
        while time.monotonic() < until:
            done += write(person)
        counts.append(done)

    _together([lambda person=person: go_on(person) for person in people])  # type: ignore[misc]
    return sum(counts) / EACH


def _write_progress(person: Person) -> int:
    data = {"words": f"样例{secrets.token_hex(6)}", "on": _today(), "form_key": secrets.token_hex(16)}
    answer = person.hand.post(f"/ledger/measure/{person.worker.measure}/progress/", data)
    assert answer.status == 302, said(answer.body)
    return 1


def _write_nothing(person: Person) -> int:
    answer = person.hand.post("/bench/write/", {"key": secrets.token_hex(16)})
    assert answer.status == 200, said(answer.body)
    return 1


def _today() -> str:
    return date.today().isoformat()  # noqa: DTZ011  the day of this machine, as a person would write it


def said(page: str) -> str:
    """A page's words, without its head."""
    body = page.partition("<main")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))[:300]


def _let_go() -> None:
    from django.db import connection  # noqa: PLC0415  after `settle`

    connection.close()


def _rows(folder: Path) -> dict[str, int]:
    """How many rows of each kind bear the mark of what was written here."""
    from tests.faults.house import ask  # noqa: PLC0415

    return {
        "progress": ask(folder, "SELECT count(*) FROM ledger_progress"),
        "proof": ask(folder, "SELECT count(*) FROM ledger_evidence"),
        "raised": ask(folder, "SELECT count(*) FROM ledger_problem WHERE statement LIKE '样例新问题%'"),
    }


if __name__ == "__main__":
    sys.exit(main(run))
