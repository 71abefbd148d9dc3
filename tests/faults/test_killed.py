"""kill -9 of the real server in the middle of an upload and of a 销号: nothing half done, what was acknowledged is there."""

from __future__ import annotations

import os
import random
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

import pytest

from tests.faults.browser import Hand
from tests.faults.house import ask, check, files, prepare
from tests.folders import cast_folder, cast_template, empty_template  # noqa: F401  fixtures
from tests.journeys.serving import running
from tests.ledger.make import PNG

VOTE = {"in_favour": "3", "against": "0", "abstained": "0"}
PROOF = {"shows": "样例佐证", "on": "2026-3-8"}


def test_killed_while_an_upload_and_a_decision_are_under_way(cast_folder: Path) -> None:  # noqa: F811
    """Half a body is on its way, and a decision waits for the database, which the test holds; then the power goes."""
    keys = prepare(cast_folder)
    measure, verified = keys["work"][0][1], keys["verified"][0][0]
    with running(cast_folder, "--demo") as system:
        member, organiser = Hand(system.url).walk_in("sun"), Hand(system.url).walk_in("qian")
        path = f"/ledger/measure/{measure}/evidence/"
        proof = {**PROOF, **member.form(path)}
        assert member.post(path, proof, ("先传的.png", PNG + b"acknowledged")).status == 302
        line = member.half_an_upload(path, {**PROOF, **member.form(path)}, ("半截.png", PNG + os.urandom(3_000_000)))
        decide = f"/meeting/problem/{verified}/"
        vote = {**VOTE, "meeting": keys["meeting"], **organiser.form(decide)}
        holder = sqlite3.connect(cast_folder / "bihuan.sqlite3", isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        answers: list[object] = []
        waiting = threading.Thread(target=lambda: answers.append(attempt(lambda: organiser.post(decide, vote).status)))
        waiting.start()
        waiting.join(1.5)
        assert waiting.is_alive(), "the decision did not wait for the database"
        system.kill()
        waiting.join(20)
        line.close()
        holder.execute("ROLLBACK")
        holder.close()
        assert answers == [None]
    check(cast_folder)
    assert ask(cast_folder, "SELECT count(*) FROM ledger_evidence WHERE blob_id IS NOT NULL") == 1
    assert ask(cast_folder, "SELECT state FROM ledger_problem WHERE id = ?", verified) == "待核验"
    assert ask(cast_folder, "SELECT count(*) FROM ledger_decision") == 0
    assert ask(cast_folder, "SELECT count(*) FROM meeting_resolution") == 0
    assert ask(cast_folder, "SELECT count(*) FROM core_formkey") == 1


def attempt(act: Callable[[], int]) -> int | None:
    """The answer's status; None when the line went dead."""
    try:
        return act()
    except (OSError, HTTPException):
        return None


@dataclass
class Worker:
    """One person who goes on working until the server is gone, and keeps what was acknowledged."""

    login: str
    todo: list[tuple[str, dict[str, str], str]]  # path, form, mark
    acknowledged: list[str] = field(default_factory=list)

    def run(self, url: str) -> None:
        hand = attempt(lambda: Hand(url).walk_in(self.login))  # type: ignore[arg-type,return-value]
        while self.todo and isinstance(hand, Hand):
            path, data, mark = self.todo[0]
            if attempt(lambda path=path, data=data, mark=mark: self._do(hand, path, data, mark)) is None:  # type: ignore[misc]
                return
            self.todo.pop(0)
            self.acknowledged.append(mark)

    def _do(self, hand: Hand, path: str, data: dict[str, str], mark: str) -> int:
        file = (f"{mark}.png", PNG + mark.encode() + os.urandom(300_000)) if "shows" in data else None
        status = hand.post(path, {**data, **hand.form(path)}, file).status
        assert status == 302, (path, status)
        return status


def workers(keys: dict[str, list[list[str]]]) -> list[Worker]:
    proofs = [
        (f"/ledger/measure/{measure}/evidence/", {**PROOF, "shows": f"佐证-{n}-{measure}"}, f"佐证-{n}-{measure}")
        for n in range(40)
        for _, measure in keys["work"]
    ]
    return [
        Worker("sun", proofs),
        Worker("zhou", [(f"/ledger/problem/{p}/verify/", {"result": "通过", "reason": "看过"}, p) for p, _ in keys["claimed"]]),
        Worker("qian", [(f"/meeting/problem/{p}/", {**VOTE, "meeting": str(keys["meeting"])}, p) for p, _ in keys["verified"]]),
        Worker("zhao", [
            ("/ledger/problem/new/", {"statement": f"登记{n}", "origin_kind": "自查", "subject": "支部"}, f"登记{n}")
            for n in range(2000)
        ]),
    ]  # fmt: skip


WHOLE = [  # each of these asks for rows of which one half is there without the other; all must answer 0
    """SELECT count(*) FROM ledger_problem p WHERE (p.state = '已销号')
       <> EXISTS (SELECT 1 FROM ledger_decision d WHERE d.problem_id = p.id AND d.passed)""",
    """SELECT count(*) FROM meeting_resolution r WHERE r.about IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM ledger_decision d WHERE d.problem_id = r.about)""",
    """SELECT count(*) FROM ledger_measure m JOIN ledger_measurelink l ON l.measure_id = m.id
       WHERE (m.state = '已落实') <> EXISTS (SELECT 1 FROM ledger_verification v WHERE v.problem_id = l.problem_id)""",
    """SELECT count(*) FROM ledger_problem p WHERE NOT EXISTS (SELECT 1 FROM ledger_origin o WHERE o.id = p.origin_id)""",
    """SELECT count(*) FROM ledger_evidence e WHERE e.blob_id IS NOT NULL AND NOT EXISTS
       (SELECT 1 FROM core_entry c WHERE instr(replace(c.line, '-', ''), e.id) > 0)""",
]


@pytest.mark.long
def test_killed_ten_times_at_any_moment_with_four_people_at_work(cast_folder: Path) -> None:  # noqa: F811
    keys = prepare(cast_folder, 30)
    people = workers(keys)
    chance = random.Random(20260309)  # noqa: S311  moments, not secrets
    swept = 0
    for _ in range(10):
        with running(cast_folder, "--demo") as system:
            threads = [threading.Thread(target=worker.run, args=(system.url,)) for worker in people]
            for thread in threads:
                thread.start()
            time.sleep(1.0 + 2.5 * chance.random())
            system.kill()
            for thread in threads:
                thread.join(60)
        swept += check(cast_folder)
        for question in WHOLE:
            assert ask(cast_folder, question) == 0, question
        for worker, question in zip(
            people,
            [
                "SELECT count(*) FROM ledger_evidence WHERE shows = ?",
                "SELECT count(*) FROM ledger_verification WHERE problem_id = ?",
                "SELECT count(*) FROM ledger_decision WHERE problem_id = ?",
                "SELECT count(*) FROM ledger_problem WHERE statement = ?",
            ],
            strict=True,
        ):
            # what was under way when the power went may be there or not; it is sent again, which may refuse it
            lost = [mark for mark in worker.acknowledged if ask(cast_folder, question, mark) == 0]
            assert lost == []
            if worker.todo and ask(cast_folder, question, worker.todo[0][2]):
                worker.todo.pop(0)
    done = [len(worker.acknowledged) for worker in people]
    assert all(done), done
    print("acknowledged:", done, "orphans swept:", swept)
    assert files(cast_folder)
