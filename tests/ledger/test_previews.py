"""A look into a file of proof: words, sheets, pictures, a sentence; nothing runs, and what bears a marking never comes in."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from bihuan.core import vault
from bihuan.core.access import Refused
from bihuan.core.kinds import media_type
from bihuan.core.models import Blob
from bihuan.ledger import previews
from bihuan.ledger.models import Evidence
from tests.cast import Cast
from tests.ledger.make import PNG, at_work, proof

pytestmark = pytest.mark.django_db


def word(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def excel(*sheets: list[list[object]]) -> bytes:
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def look(tmp_path: Path, data: bytes, name: str) -> previews.Preview:
    path = tmp_path / "file"
    path.write_bytes(data)
    return previews.preview(path, media_type(data[:8192], name, path), len(data))


def page(seat: Any, piece: Evidence) -> Any:
    client = Client()
    client.force_login(seat.account)
    return client.get(reverse("ledger:evidence", args=[piece.pk]))


def brought(cast: Cast, name: str, data: bytes) -> Evidence:
    _, measure = at_work(cast)
    return proof(cast, measure, kind="文件", words="", file=(name, [data]))


def test_words_and_sheets_are_read(tmp_path: Path) -> None:
    assert look(tmp_path, word("第一轮名单", "五月二十日贴出"), "a.docx").paragraphs == ("第一轮名单", "五月二十日贴出")
    assert look(tmp_path, "第一行\r\n\r\n第二行".encode("gb18030"), "a.txt").paragraphs == ("第一行", "第二行")
    seen = look(tmp_path, excel([["村", "贴出"], ["样例村", 3]], [["另一张"]]), "a.xlsx")
    assert [sheet.rows for sheet in seen.sheets] == [(("村", "贴出"), ("样例村", "3")), (("另一张",),)]
    assert seen.sentence == ""


def test_what_is_long_is_cut_and_says_so(tmp_path: Path) -> None:
    many = look(tmp_path, "\n".join(f"第{n}行" for n in range(1000)).encode(), "a.txt")
    assert len(many.paragraphs) == previews.MOST_PARAGRAPHS
    assert "只显示了前面一部分" in many.sentence
    wide = look(tmp_path, excel([[f"{r}.{c}" for c in range(40)] for r in range(90)]), "a.xlsx")
    assert (len(wide.sheets[0].rows), len(wide.sheets[0].rows[0])) == (previews.MOST_ROWS, previews.MOST_COLUMNS)
    assert wide.sheets[0].cut
    assert "只显示了每张表前面的一部分" in wide.sentence
    long = look(tmp_path, ("长" * 60_000).encode(), "a.txt")
    assert sum(map(len, long.paragraphs)) <= previews.MOST_CHARACTERS + 1


def test_each_failure_is_a_sentence(tmp_path: Path) -> None:
    assert "不在了" in previews.preview(tmp_path / "gone", "text/plain", 1).sentence
    assert look(tmp_path, b"%PDF-1.4 x", "a.pdf").sentence.startswith("这份 PDF 坏了或不完整")
    broken = word("字")
    damaged = look(tmp_path, broken.replace(b"word/styles", b"word/stXles"), "a.docx")
    assert damaged.paragraphs or damaged.sentence
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><workbook/>")
    assert "没有读出来" in look(tmp_path, out.getvalue(), "a.xlsx").sentence
    assert look(tmp_path, b"%PDF-1.4 x", "a.pdf").paragraphs == ()
    heavy = look(tmp_path, excel([["长" * 100 + str(n) + str(c) for c in range(60)] for n in range(500)]), "a.xlsx")
    assert (heavy.sheets, heavy.sentence) == ((), "这份文件大，不在页里打开，请存下来看。")
    path = tmp_path / "file"
    assert "文件大" in previews.preview(path, previews.WORD, previews.MOST_BYTES + 1).sentence


def test_the_page_escapes_what_a_file_says(cast: Cast) -> None:
    piece = brought(cast, "说明.docx", word("<script>alert(1)</script>", "名单已经贴出"))
    html = page(cast.member, piece).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>alert" not in html
    assert "名单已经贴出" in html


def test_a_picture_comes_from_its_own_address(cast: Cast) -> None:
    piece = brought(cast, "公示栏.png", PNG)
    html = page(cast.probationer, piece).content.decode()
    address = reverse("ledger:evidence_file", args=[piece.pk])
    assert f'<img class="look" src="{address}" alt="公示的日期">' in html
    assert page(cast.outsider, piece).status_code == 404


def test_the_page_stands_without_its_file(cast: Cast) -> None:
    piece = brought(cast, "说明.txt", "已经贴出".encode())
    assert piece.blob is not None
    vault.path_of(piece.blob.sha256).unlink()
    answer = page(cast.member, piece)
    assert answer.status_code == 200
    assert "这份文件不在了" in answer.content.decode()


def kept_files() -> list[Path]:
    return [path for path in Path(settings.VAULT).rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("材料.docx", word("机密★10年", "关于某事")),
        ("材料.txt", "密级：秘密\n关于某事".encode()),
        ("材料.txt", "绝密\n关于某事".encode("gb18030")),
    ],
)
def test_what_bears_a_marking_is_refused_and_not_left_in_the_vault(cast: Cast, name: str, data: bytes) -> None:
    _, measure = at_work(cast)
    with pytest.raises(Refused, match="密级标志"):
        proof(cast, measure, kind="文件", words="", file=(name, [data]))
    assert kept_files() == []
    assert not Blob.objects.exists()
    assert not measure.evidence.exists()


def test_the_word_alone_is_no_marking(cast: Cast) -> None:
    piece = brought(cast, "学习.docx", word("学习保守党的秘密的规定", "机密文件管理制度没有上墙"))
    assert piece.blob is not None
    assert len(kept_files()) == 1
