"""Files: only what they say they are, whole or not at all, whatever happens in between."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest

from bihuan.core import vault
from bihuan.core.access import Refused
from bihuan.core.models import Blob
from tests.folders import REPO, environment, run_python

PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
pytestmark = pytest.mark.django_db


def _left(folder: Path) -> list[Path]:
    return [path for path in (folder / "vault").rglob("*") if path.is_file()]


def _docx(*more: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in ("word/document.xml", *more):
            archive.writestr(name, "x")
    return made.getvalue()


def test_a_file_lies_under_its_digest_and_can_be_kept_twice(data_folder: Path) -> None:
    first = vault.keep([PNG[:50], PNG[50:]], name="照片.PNG")
    second = vault.keep([PNG], name="另一个名字.png")
    assert (first, first.media_type, first.size) == (second, "image/png", len(PNG))
    assert _left(data_folder) == [vault.path_of(first.sha256)]
    assert vault.path_of(first.sha256).read_bytes() == PNG
    assert vault.damaged() == []


REFUSED = {
    "empty": ([], "a.png", "空的"),
    "a program called a picture": ([b"MZ" + bytes(500)], "照片.png", "里面不是"),
    "an ELF program": ([b"\x7fELF" + bytes(500)], "说明.pdf", "里面不是"),
    "a picture called a paper": ([PNG], "说明.docx", "对不上"),
    "a page with a script": ([b"<html><script>alert(1)</script>"], "说明.txt", "里面不是"),
    "a drawing with a script": ([b"<svg onload='x'/>"], "图.txt", "里面不是"),
    "a shell script": ([b"#!/bin/sh\nrm -rf /\n"], "说明.txt", "里面不是"),
    "a paper with macros": ([_docx("word/vbaProject.bin")], "说明.docx", "里面不是"),
    "a zip of anything": ([b"PK\x03\x04" + bytes(300)], "说明.docx", "里面不是"),
    "too large": ([bytes(600)], "a.txt", "超过"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_leaves_nothing(data_folder: Path, case: str) -> None:
    chunks, name, sentence = REFUSED[case]
    limit = 500 if case == "too large" else None
    with pytest.raises(Refused, match=sentence):
        vault.keep(chunks, name=name, limit=limit)
    assert (_left(data_folder), Blob.objects.count()) == ([], 0)


def test_papers_of_the_office_are_taken(data_folder: Path) -> None:
    kinds = {
        vault.keep([content], name=name).media_type.rsplit(".", 1)[-1]
        for content, name in ((_docx(), "a.docx"), ("一份说明".encode("gb18030"), "a.txt"), (b"%PDF-1.7 x", "a.pdf"))
    }
    assert kinds == {"document", "text/plain", "application/pdf"}


def test_a_nearly_full_disk_is_said_before_writing(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    with pytest.raises(Refused, match="磁盘快满了"):
        vault.keep([PNG], name="a.png")
    assert _left(data_folder) == []


def test_a_disk_that_fills_up_meanwhile_leaves_nothing(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match="磁盘写不下了"):
        vault.keep([PNG], name="a.png")
    assert (_left(data_folder), Blob.objects.count()) == ([], 0)


def test_an_upload_that_breaks_off_leaves_nothing(data_folder: Path) -> None:
    def breaking() -> Iterator[bytes]:
        yield PNG
        raise RuntimeError

    with pytest.raises(RuntimeError):
        vault.keep(breaking(), name="a.png")
    assert _left(data_folder) == []


def test_a_blob_whose_bytes_changed_is_named(data_folder: Path) -> None:
    blob = vault.keep([PNG], name="a.png")
    vault.path_of(blob.sha256).write_bytes(b"other")
    assert vault.damaged() == [blob.sha256]


def test_sweeping_takes_old_orphans_and_nothing_else(data_folder: Path) -> None:
    blob = vault.keep([PNG], name="a.png")
    orphan, young = data_folder / "vault/ab/abcd", data_folder / "vault/tmp/uploading"
    for path in (orphan, young):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    for path in (orphan, vault.path_of(blob.sha256)):
        os.utime(path, (time.time() - 7200,) * 2)
    assert vault.sweep() == 1
    assert {path.name for path in _left(data_folder)} == {blob.sha256, "uploading"}


KEEP_SLOWLY = """
import sys, time
from pathlib import Path
from bihuan.starting import settle
settle(Path(sys.argv[1]))
from django.db import transaction
from bihuan.core import vault
PNG = b"\\x89PNG\\r\\n\\x1a\\n" + bytes(5_000_000)
stop_at = sys.argv[2]
def pause(here):
    if here == stop_at:
        print("here", flush=True)
        time.sleep(60)
def pieces():
    yield PNG[:3_000_000]
    pause("in the middle of the bytes")
    yield PNG[3_000_000:]
renamed = vault.os.replace
vault.os.replace = lambda *a: (pause("before the rename"), renamed(*a), pause("after the rename"))
with transaction.atomic():
    vault.keep(pieces(), name="a.png")
    pause("before the commit")
"""
AFTER = """
import sys
from pathlib import Path
from bihuan.starting import settle
settle(Path(sys.argv[1]))
from bihuan.core import vault
from bihuan.core.models import Blob
files = [p for p in Path(sys.argv[1], "vault").glob("*/*") if p.is_file()]
whole = all(vault._digest(p) == p.name for p in files if p.parent.name != "tmp")
swept = vault.sweep(now=__import__("time").time() + 7200)
left = [p for p in Path(sys.argv[1], "vault").glob("*/*") if p.is_file()]
print(Blob.objects.count(), vault.damaged(), whole, len(files) == swept, left)
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")
@pytest.mark.parametrize(
    "stop_at", ["in the middle of the bytes", "before the rename", "after the rename", "before the commit"]
)
def test_kill_9_leaves_no_row_without_a_file_and_no_half_file(empty_folder: Path, stop_at: str) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(KEEP_SLOWLY), str(empty_folder), stop_at],
        env=environment(), cwd=REPO, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == "here\n"
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    after = run_python(AFTER, empty_folder)
    assert after.stdout.strip() == "0 [] True True []", after.stderr
