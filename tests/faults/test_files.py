"""Files that are not what they say: one sentence, nothing kept."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bihuan.core.models import Blob
from tests.cast import Cast
from tests.faults.test_hostile import sit, text
from tests.faults.world import lines, tables
from tests.ledger import make


def package(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, b"<x/>")
    return held.getvalue()


MACROS = package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")
PROGRAM = b"MZ\x90\x00\x03" + bytes(600)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
BAD = {
    "program": ("照片.png", PROGRAM),
    "program named as a paper": ("报告.docx", PROGRAM),
    "program named as text": ("报告.txt", PROGRAM),
    "program under its own name": ("照片.exe", PROGRAM),
    "page": ("说明.txt", b"<!DOCTYPE html><script>alert(1)</script>"),
    "page after a space": ("说明.txt", b"\xef\xbb\xbf \n<html><body>x</body></html>"),
    "drawing": ("图.svg", SVG),
    "drawing named as text": ("图.txt", SVG),
    "empty": ("空.txt", b""),
    "empty paper": ("空.docx", b""),
    "macros": ("报告.docm", MACROS),
    "macros under another name": ("报告.docx", MACROS),
    "any package": ("报告.docx", package("readme.md")),
    "half a package": ("报告.docx", MACROS[:40]),
    "picture named as a paper": ("报告.docx", make.PNG),
}


@pytest.fixture
def seated(client: Client, cast: Cast) -> Client:
    return sit(client, cast.secretary)


def kept_nothing(folder: Path) -> bool:
    return not [path for path in (folder / "vault").rglob("*") if path.is_file()] and not Blob.objects.exists()


USUAL = {"program named as a paper", "page", "empty", "macros under another name"}
KINDS = [pytest.param(bad, marks=[] if bad in USUAL else [pytest.mark.long]) for bad in BAD]


@pytest.mark.parametrize("bad", KINDS)
@pytest.mark.parametrize("where", ["evidence", "paper", "notice"])
def test_a_bad_file_is_one_sentence_and_nothing_is_kept(
    seated: Client, cast: Cast, data_folder: Path, where: str, bad: str
) -> None:
    _, measure = make.at_work(cast)
    url, data = {
        "evidence": (reverse("ledger:add_evidence", args=[measure.pk]), {"shows": "样例", "on": "2026-3-8"}),
        "paper": (reverse("ledger:take_paper"), {"way": "file"}),
        "notice": (
            reverse("cycle:notice"),
            {"issuer": "样例委员会", "number": "样委〔2026〕1号", "title": "样例", "committee": "样例", "members": "样例"},
        ),
    }[where]  # fmt: skip
    sit(seated, cast.member if where == "evidence" else cast.secretary)
    before = tables(), lines()
    answer = seated.post(url, {**data, "file": SimpleUploadedFile(*BAD[bad])})
    said = text(answer)
    assert answer.status_code in {200, 403}, answer.status_code
    assert any(words in said for words in ("没有存", "没有收", "读不了", "没有内容", "空的")), said[-3000:]
    assert "Traceback" not in said
    assert (tables(), lines()) == before
    assert kept_nothing(data_folder)


def test_a_file_of_sixty_megabytes_is_too_heavy(client: Client, cast: Cast, data_folder: Path) -> None:
    _, measure = make.at_work(cast)
    sit(client, cast.member)
    heavy = SimpleUploadedFile("照片.png", make.PNG + bytes(60 * 2**20))
    url = reverse("ledger:add_evidence", args=[measure.pk])
    answer = client.post(url, {"shows": "样例", "on": "2026-3-8", "file": heavy})
    assert "最多收50兆，没有收" in text(answer)
    assert kept_nothing(data_folder)
    # and the words that were typed beside it are still in the form
    assert 'value="样例"' in text(answer)


def test_text_of_sixty_megabytes_is_one_sentence(client: Client, cast: Cast) -> None:
    make.a_cycle(cast)
    sit(client, cast.secretary)
    answer = client.post(reverse("ledger:raise"), {"statement": "长" * 2_100_000, "origin_kind": "自查"})
    assert answer.status_code == 413
    assert "一次填的字太多，没有存" in text(answer)


def test_a_body_that_breaks_off_is_one_sentence(client: Client, cast: Cast) -> None:
    make.a_cycle(cast)
    sit(client, cast.secretary)
    for kind in ("multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\u00e9"):
        answer = client.post(reverse("ledger:raise"), b"--x\r\nnothing", content_type=kind)
        assert answer.status_code in {200, 400}, kind
        assert "Bad Request" not in text(answer)
