"""People who work the ledger of a real server until it is killed, send the same form again afterwards, and know what
was acknowledged. Shared by the tests and by `python -m bench.killing`."""

from __future__ import annotations

import os
import random
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.faults.browser import Hand
from tests.faults.house import ask
from tests.journeys.serving import running

MET = ["连续两轮都在3个工作日内贴出", "八个村全部贴到"]  # the standards of tests.ledger.make, which needs Django set up

PNG = b"\x89PNG\r\n\x1a\n" + bytes(300)  # as much as sniffing looks at
VOTE = {"in_favour": "3", "against": "0", "abstained": "0"}
PROOF = {"shows": "样例佐证", "on": "2026-3-8"}

PATIENCE = 60  # seconds until a kill comes though nobody got an answer

HALVES = [  # each of these asks for rows of which one half is there without the other; all must answer 0
    """SELECT count(*) FROM ledger_problem p WHERE (p.state = '已销号')
       <> EXISTS (SELECT 1 FROM ledger_decision d WHERE d.problem_id = p.id AND d.passed)""",
    """SELECT count(*) FROM meeting_resolution r WHERE r.about IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM ledger_decision d WHERE d.problem_id = r.about)""",
    """SELECT count(*) FROM ledger_problem p WHERE (p.state = '待核验') <>
       ((SELECT count(*) FROM ledger_claim c WHERE c.problem_id = p.id) >
        (SELECT count(*) FROM ledger_verification v WHERE v.problem_id = p.id AND v.result = '退回'))
       AND p.state <> '已销号'""",
    """SELECT count(*) FROM ledger_measure m JOIN ledger_measurelink l ON l.measure_id = m.id WHERE (m.state = '已落实')
       <> EXISTS (SELECT 1 FROM ledger_verification v WHERE v.problem_id = l.problem_id AND v.result = '通过')""",
    """SELECT count(*) FROM ledger_problem p WHERE NOT EXISTS (SELECT 1 FROM ledger_origin o WHERE o.id = p.origin_id)""",
    *(
        f"""SELECT count(*) FROM {table} r WHERE NOT EXISTS
            (SELECT 1 FROM core_entry c WHERE instr(replace(c.line, '-', ''), r.id) > 0)"""  # noqa: S608
        for table in ("ledger_evidence", "ledger_progress", "ledger_claim", "ledger_verification")
    ),
]  # fmt: skip
ROWS = {  # what is done → the mark of each row, and how many rows bear it
    "佐证": "SELECT shows, count(*) FROM ledger_evidence GROUP BY 1",
    "进展": "SELECT words, count(*) FROM ledger_progress GROUP BY 1",
    "申请": "SELECT words, count(*) FROM ledger_claim GROUP BY 1",
    "核验": "SELECT reason, count(*) FROM ledger_verification GROUP BY 1",
    "决定": "SELECT problem_id, count(*) FROM ledger_decision GROUP BY 1",
    "登记": "SELECT statement, count(*) FROM ledger_problem GROUP BY 1",
}


@dataclass(frozen=True)
class Task:
    """One form to be sent: what it does (a key of `ROWS`), whose, where, with what; its mark is nobody else's."""

    kind: str
    login: str
    path: str
    data: dict[str, Any]
    mark: str
    size: int = 0  # bytes of the file that goes with it


@dataclass
class Worker:
    """One client who goes on until the server is gone, and comes back with the form that was under way."""

    tasks: Iterator[Task]
    acknowledged: list[Task] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    sent_again: int = 0
    task: Task | None = None
    form: dict[str, str] = field(default_factory=dict)  # the form under way, with its one-time key
    hands: dict[str, Hand] = field(default_factory=dict)

    def run(self, url: str) -> None:
        self.sent_again += bool(self.form)
        while not self.trouble:
            self.task = self.task or next(self.tasks, None)
            if self.task is None or attempt(lambda task=self.task: self._do(url, task)) is None:  # type: ignore[misc]
                return

    def _do(self, url: str, task: Task) -> int:
        hand = self.hands.get(task.login) or Hand(url).walk_in(task.login)
        hand.url, self.hands[task.login] = url, hand
        self.form = self.form or hand.form(task.path)
        file = (f"{task.mark}.png", PNG + task.mark.encode() + os.urandom(task.size)) if task.size else None
        answer = hand.post(task.path, {**task.data, **self.form}, file)
        if answer.status == 302:
            self.acknowledged.append(task)
            self.task, self.form = None, {}
        else:
            self.trouble.append(f"{task.path} {task.mark}: {answer.status} {answer.body[:3000]}")
        return answer.status


def attempt(act: Callable[[], int]) -> int | None:
    """The answer's status; None when the line went dead."""
    try:
        return act()
    except (OSError, HTTPException):
        return None


def proofs(name: str, measures: list[str], size: int) -> Iterator[Task]:
    """Uploads without end, to one measure after the other."""
    for n in count():
        mark, measure = f"佐证-{name}-{n}", measures[n % len(measures)]
        yield Task("佐证", "sun", f"/ledger/measure/{measure}/evidence/", {**PROOF, "shows": mark}, mark, size)


def progress(name: str, measures: list[str]) -> Iterator[Task]:
    """Progress without end."""
    for n in count():
        mark, measure = f"进展-{name}-{n}", measures[n % len(measures)]
        yield Task("进展", "sun", f"/ledger/measure/{measure}/progress/", {"words": mark, "on": "2026-3-8"}, mark)


def claims(name: str, problem: str) -> Iterator[Task]:
    """The owner asks for closing, the inspector sends it back, without end. The problem is this client's alone."""
    for n in count():
        ask_for, back = f"申请-{name}-{n}", f"退回-{name}-{n}"
        yield Task("申请", "sun", f"/ledger/problem/{problem}/claim/", {"words": ask_for}, ask_for)
        yield Task("核验", "zhou", f"/ledger/problem/{problem}/verify/", {"result": "退回", "reason": back}, back)


def raised(name: str) -> Iterator[Task]:
    """New problems without end."""
    for n in count():
        mark = f"登记-{name}-{n}"
        yield Task("登记", "zhao", "/ledger/problem/new/",
                   {"statement": mark, "origin_kind": "自查", "subject": "支部"}, mark)  # fmt: skip


def checks(problems: list[str]) -> Iterator[Task]:
    """Each claimed problem is checked and found done."""
    for problem in problems:
        mark = f"核验-{problem}"
        yield Task(
            "核验", "zhou", f"/ledger/problem/{problem}/verify/", {"result": "通过", "reason": mark, "met": MET}, mark
        )


def decisions(problems: list[str], meeting: str) -> Iterator[Task]:
    """Each checked problem is decided by a meeting."""
    for problem in problems:
        vote = {**VOTE, "meeting": meeting}
        yield Task("决定", "qian", f"/meeting/problem/{problem}/", vote, UUID(problem).hex)


def four(keys: dict[str, Any]) -> list[Worker]:
    """Four people, one for each step of the ledger."""
    measures = [measure for _, measure in keys["work"]]
    return [
        Worker(proofs("孙", measures, 300_000)),
        Worker(checks([problem for problem, _ in keys["claimed"]])),
        Worker(decisions([problem for problem, _ in keys["verified"]], keys["meeting"])),
        Worker(raised("赵")),
    ]


def twenty(keys: dict[str, Any], size: int = 20_000) -> list[Worker]:
    """Twenty clients: 8 upload, 5 write progress, 4 ask for closing and send back, 3 raise problems. Needs 12 problems."""
    measures = [measure for _, measure in keys["work"][4:12]]
    return [
        *(Worker(proofs(str(n), measures[n:] + measures[:n], size)) for n in range(8)),
        *(Worker(progress(str(n), measures[n:] + measures[:n])) for n in range(5)),
        *(Worker(claims(str(n), keys["work"][n][0])) for n in range(4)),
        *(Worker(raised(str(n))) for n in range(3)),
    ]


def work_until_killed(folder: Path, people: list[Worker], acknowledged: int, more: float) -> None:
    """Start the server, let everybody work until so much was acknowledged and then some seconds more, and kill it."""
    enough = sum(len(worker.acknowledged) for worker in people) + acknowledged
    with running(folder, "--demo") as system:
        threads = [threading.Thread(target=worker.run, args=(system.url,)) for worker in people]
        for thread in threads:
            thread.start()
        deadline = time.monotonic() + PATIENCE
        while sum(len(worker.acknowledged) for worker in people) < enough and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(more)
        system.kill()
        for thread in threads:
            thread.join(90)
            assert not thread.is_alive(), "a client hangs"


def compare(folder: Path, people: list[Worker]) -> Counter[str]:
    """Raise where something acknowledged is not there exactly once, or something under way is there more than once or
    by half. Returns how much of each kind was acknowledged."""
    assert [said for worker in people for said in worker.trouble] == []
    with sqlite3.connect(f"file:{folder / 'bihuan.sqlite3'}?mode=ro", uri=True) as database:
        rows = {kind: dict(database.execute(query).fetchall()) for kind, query in ROWS.items()}
    done = [task for worker in people for task in worker.acknowledged]
    wrong = [(task.mark, found) for task in done if (found := rows[task.kind].get(task.mark, 0)) != 1]
    assert wrong == [], "acknowledged, and not there exactly once"
    under_way = [worker.task for worker in people if worker.task]
    assert [task.mark for task in under_way if rows[task.kind].get(task.mark, 0) > 1] == []
    for question in HALVES:
        assert ask(folder, question) == 0, question
    return Counter(task.kind for task in done)


def moments(seed: int = 20260309) -> random.Random:
    """When to kill: moments, not secrets, and the same ones each time."""
    return random.Random(seed)  # noqa: S311
