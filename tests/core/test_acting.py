"""The frame of an action: once a form, one line at least, a refusal recorded, all or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from bihuan.core import audit
from bihuan.core.access import Refused, Stale
from bihuan.core.acting import VERBS, AlreadyDone, Form, action, check_version, form
from bihuan.core.models import Entry, FormKey
from bihuan.org import actions
from bihuan.org.models import Membership, Org, Seat
from tests.cast import DAY, Cast, at
from tests.folders import run_python


@pytest.fixture
def verbs() -> Iterator[None]:
    """Verbs invented for a test are forgotten after it."""
    known = dict(VERBS)
    yield
    VERBS.clear()
    VERBS.update(known)


def _rename(cast: Cast, name: str) -> Org:
    return actions.rename_branch(cast.branch, name=name, superior="中共样例镇委员会", by=cast.secretary, at=at())


@pytest.mark.usefixtures("verbs")
def test_an_action_that_records_nothing_raises_and_changes_nothing(cast: Cast) -> None:
    @action("test.silent", "什么也没记")
    def silent(*, by: Seat, at: datetime) -> None:
        Org.objects.of(by.org_id).update(name="偷偷改的")

    with pytest.raises(AssertionError, match="recorded nothing"):
        silent(by=cast.secretary, at=at())
    assert Org.objects.of(cast.branch.pk).get(pk=cast.branch.pk).name == "第一支部"


def test_an_action_without_a_line_needs_a_reason_and_a_name_of_its_own() -> None:
    with pytest.raises(ValueError, match="must say why"):
        action("test.unheard", "不留痕", audited=False)
    with pytest.raises(ValueError, match="exists"):
        action("org.branch.renamed", "重名")(lambda: None)


@pytest.mark.usefixtures("verbs")
def test_a_fault_in_the_middle_leaves_nothing(cast: Cast) -> None:
    @action("test.half", "做到一半")
    def half(*, by: Seat, at: datetime) -> None:
        Org.objects.of(by.org_id).update(name="一半")
        audit.record(by.org, by=by, at=at)
        raise RuntimeError("power cut")

    lines = Entry.objects.count()
    with pytest.raises(RuntimeError):
        half(by=cast.secretary, at=at())
    assert Entry.objects.count() == lines
    assert Org.objects.of(cast.branch.pk).get(pk=cast.branch.pk).name == "第一支部"


def test_a_refusal_is_recorded_and_nothing_else(cast: Cast) -> None:
    membership = Membership.objects.of(cast.branch.pk).get(person__name="何六")
    with pytest.raises(Refused):
        actions.end_membership(membership, until=DAY, by=cast.member, at=at())
    membership.refresh_from_db()
    last = Entry.objects.filter(org=cast.branch.pk).order_by("seq").last()
    assert last is not None
    line = json.loads(last.line)
    assert (membership.until, line["verb"], line["who"]) == (None, "org.membership.ended", "孙四（党员）")
    assert line["refused"]


def test_recording_outside_an_action_raises(cast: Cast) -> None:
    with pytest.raises(RuntimeError):
        audit.record(cast.branch, by=cast.secretary, at=at())


def test_a_form_acts_once(cast: Cast) -> None:
    token = form.set(Form("a" * 32))
    try:
        _rename(cast, "甲支部")
    finally:
        form.reset(token)
    FormKey.objects.filter(pk="a" * 32).update(location="/there/")
    token = form.set(Form("a" * 32))
    try:
        with pytest.raises(AlreadyDone) as done:
            _rename(cast, "乙支部")
    finally:
        form.reset(token)
    assert done.value.location == "/there/"
    assert Org.objects.of(cast.branch.pk).get(pk=cast.branch.pk).name == "甲支部"


def test_a_refused_form_may_be_sent_again(cast: Cast) -> None:
    present = Form("b" * 32)
    token = form.set(present)
    try:
        with pytest.raises(Refused):
            actions.rename_branch(cast.branch, name="x", superior="y", by=cast.member, at=at())
        assert not FormKey.objects.filter(pk="b" * 32).exists()
    finally:
        form.reset(token)


def test_two_tabs_the_second_sees_what_changed(cast: Cast) -> None:
    org = Org.objects.of(cast.branch.pk).get(pk=cast.branch.pk)
    seen = org.version
    check_version(org, seen)
    changed = _rename(cast, "改过的支部")
    with pytest.raises(Stale) as stale:
        check_version(changed, seen)
    assert stale.value.subject.name == "改过的支部"  # type: ignore[attr-defined]


TAPS = """
import sys, threading
from pathlib import Path
from bihuan.starting import settle
settle(Path(sys.argv[1]))
from django.db import connection
from bihuan.core.acting import AlreadyDone, Form, form
from bihuan.core.models import Entry
from bihuan.org import actions
from bihuan.org.models import Membership, Seat
from tests.cast import at
seat = Seat.objects.everywhere("a test").select_related("account__person", "org").get(account__login="zhao")
done, gate = [], threading.Barrier(5)
def tap():
    form.set(Form("c" * 32))
    gate.wait()
    try:
        actions.take_in_roster([actions.NewMember(name="新来的", kind="正式")], by=seat, at=at())
        done.append("acted")
    except AlreadyDone:
        done.append("already")
    except Exception as fault:
        done.append(repr(fault))
    finally:
        connection.close()
threads = [threading.Thread(target=tap) for _ in range(5)]
[t.start() for t in threads]; [t.join() for t in threads]
print(sorted(done), Membership.objects.of(seat.org_id).filter(person__name="新来的").count())
"""


def test_taps_at_the_same_time_act_once(cast_folder: Path) -> None:
    done = run_python(TAPS, cast_folder)
    assert done.stdout.strip() == "['acted', 'already', 'already', 'already', 'already'] 1", done.stderr
