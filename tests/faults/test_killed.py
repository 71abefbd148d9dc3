"""kill -9 of the real server in the middle of an upload and of a 销号: nothing half done, what was acknowledged is there."""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

import pytest

from tests.faults.browser import Hand
from tests.faults.house import ask, check, files, prepare
from tests.faults.killing import PROOF, VOTE, Task, Worker, attempt, compare, four, moments, twenty, work_until_killed
from tests.folders import cast_folder, cast_template, empty_template  # noqa: F401  fixtures
from tests.journeys.serving import running
from tests.ledger.make import PNG


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


@pytest.mark.long
def test_killed_ten_times_at_any_moment_with_four_people_at_work(cast_folder: Path) -> None:  # noqa: F811
    keys = prepare(cast_folder, 30)
    people, chance = four(keys), moments()
    for _ in range(10):
        work_until_killed(cast_folder, people, chance.randint(1, 25), chance.random() / 2)
        check(cast_folder)
        done = compare(cast_folder, people)
    assert set(done) == {"佐证", "核验", "决定", "登记"}
    print("acknowledged:", dict(done), "sent again:", sum(worker.sent_again for worker in people))
    assert files(cast_folder)


@pytest.mark.long
def test_killed_three_times_with_twenty_clients_at_work(cast_folder: Path) -> None:  # noqa: F811
    """The short form of `python -m bench.killing`, which does it two hundred times."""
    people, chance = twenty(prepare(cast_folder, 12)), moments()
    for _ in range(3):
        work_until_killed(cast_folder, people, chance.randint(25, 45), chance.random() / 2)
        check(cast_folder)
        done = compare(cast_folder, people)
    assert set(done) == {"佐证", "进展", "申请", "核验", "登记"}
    assert sum(worker.sent_again for worker in people) > 0


def test_the_comparison_sees_what_is_lost_and_what_is_doubled(cast_folder: Path) -> None:  # noqa: F811
    prepare(cast_folder)
    there, lost = Task("登记", "zhao", "", {}, "work0"), Task("进展", "sun", "", {}, "没有写成的")
    assert compare(cast_folder, [Worker(iter(()), acknowledged=[there])]) == {"登记": 1}
    with pytest.raises(AssertionError, match="not there exactly once"):
        compare(cast_folder, [Worker(iter(()), acknowledged=[there, lost])])
    with sqlite3.connect(cast_folder / "bihuan.sqlite3") as database:
        database.execute("UPDATE ledger_problem SET statement = 'work0' WHERE statement = 'claimed0'")
    with pytest.raises(AssertionError, match="not there exactly once"):
        compare(cast_folder, [Worker(iter(()), acknowledged=[there])])
