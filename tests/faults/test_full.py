"""A full disk: a sentence, nothing lost, and it works again when there is room."""

from __future__ import annotations

import errno
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client
from django.urls import reverse

from bihuan.ledger.models import Evidence, Measure
from tests.cast import Cast
from tests.faults.house import ask, check
from tests.faults.test_hostile import sit, text
from tests.faults.world import lines, tables
from tests.folders import cast_folder, cast_template, empty_template, run_python  # noqa: F401  fixtures
from tests.ledger import make


@pytest.fixture
def measure(client: Client, cast: Cast) -> Measure:
    _, found = make.at_work(cast)
    sit(client, cast.member)
    return found


def bring(client: Client, measure: Measure) -> Any:
    file = SimpleUploadedFile("照片.png", make.PNG + bytes(5000))
    url = reverse("ledger:add_evidence", args=[measure.pk])
    return client.post(url, {"shows": "样例佐证", "on": "2026-3-8", "form_key": "ab" * 16, "file": file})


def test_no_room_left_for_a_file(client: Client, measure: Measure, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tables(), lines()
    with monkeypatch.context() as full:
        full.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 1000))  # type: ignore[attr-defined]
        said = text(bring(client, measure))
        assert "磁盘快满了，这个文件没有存" in said
        assert "样例佐证" in said
    assert (tables(), lines()) == before
    assert bring(client, measure).status_code == 302
    assert Evidence.objects.of(measure.scope_org_id).count() == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_the_disk_fills_up_while_a_file_is_written(
    client: Client, measure: Measure, monkeypatch: pytest.MonkeyPatch, data_folder: Path
) -> None:
    before = tables(), lines()
    with monkeypatch.context() as full:
        real = tempfile.mkstemp

        def on_a_full_disk(*args: Any, **kwargs: Any) -> tuple[int, str]:
            handle, name = real(*args, **kwargs)
            os.close(handle)
            return os.open("/dev/full", os.O_WRONLY), name

        full.setattr(tempfile, "mkstemp", on_a_full_disk)
        assert "磁盘写不下了，这个文件没有存" in text(bring(client, measure))
    assert (tables(), lines()) == before
    assert not [path for path in (data_folder / "vault").rglob("*") if path.is_file()]
    assert bring(client, measure).status_code == 302


def test_no_room_for_what_is_still_coming_in(client: Client, measure: Measure, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large upload waits in the system's own folder for passing things; that one can be full as well."""
    before = tables(), lines()
    with monkeypatch.context() as full:

        def no_room(*_: object) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        full.setattr("django.conf.settings.FILE_UPLOAD_MAX_MEMORY_SIZE", 0)
        full.setattr(TemporaryFileUploadHandler, "receive_data_chunk", no_room)
        answer = bring(client, measure)
        assert answer.status_code == 507
        assert "刚才的内容没有存；请腾出空间再存一次" in text(answer)
    assert (tables(), lines()) == before
    assert bring(client, measure).status_code == 302


SCRIPT = """
import json, sys, time
from pathlib import Path
from bihuan.starting import settle
settle(Path(sys.argv[1]), demo=True)
from django.conf import settings
(settings.DATA / "static").mkdir(exist_ok=True)
from django.db import connection
from django.test import Client
from bihuan.org.models import Account
from tests.archive.year import cast_in_place
from tests.ledger import make
cycle = make.a_cycle(cast_in_place())
client = Client(raise_request_exception=False)
client.force_login(Account.objects.get(login="zhao"))
client.get("/")
def limit(pages):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA max_page_count = {pages}")
def pages():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        return cursor.fetchone()[0]
def post(n):
    form = {"statement": f"样例{n}", "example": "长" * 2000, "origin_kind": "自查", "subject": "支部", "form_key": f"{n:032x}"}
    return client.post("/ledger/problem/new/", form)
limit(pages())
taken, refused, n = [], None, 0
while refused is None and n < 200:
    answer = post(n)
    if answer.status_code == 302:
        taken.append(n)
        n += 1
    else:
        refused = (answer.status_code, answer.content.decode())
session = client.session
reads = {}
for path in ("/", "/ledger/", "/org/members/", "/report/", "/meeting/", "/archive/audit/"):
    reads[path] = client.get(path).status_code
limit(1_000_000)
session["seen"] = session["seen"] - 1000
session.save()
limit(1)  # as small as it is: every write that needs a page fails
reads["/ again, the session wants to be written"] = client.get("/").status_code
limit(1_000_000)
again = post(n).status_code
print(json.dumps({"taken": taken, "refused": refused, "n": n, "reads": reads, "again": again}))
"""


def test_the_database_is_full(cast_folder: Path) -> None:  # noqa: F811
    """A real database file that may not grow: a sentence with 507, what was taken is there, reading goes on."""
    done = run_python(SCRIPT, cast_folder)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    status, page = said["refused"]
    assert status == 507, page
    assert "磁盘写不下了，刚才的内容没有存；请腾出空间再存一次" in page
    assert set(said["reads"].values()) == {200}, said["reads"]
    assert said["again"] == 302
    assert ask(cast_folder, "SELECT count(*) FROM ledger_problem") == len(said["taken"]) + 1
    check(cast_folder)
