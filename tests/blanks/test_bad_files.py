"""Files that are no template: one sentence each, and nothing else leaves the package."""

from __future__ import annotations

import contextlib
import random

import pytest

from bihuan_text.blanks import Said, fill, find_blanks
from bihuan_text.refusal import Unreadable
from tests.blanks.making import docx, p, r, xlsx, zipped
from tests.blanks.test_xlsx import SHARED, SHEET

CASES = {
    "empty": b"",
    "text.txt": "应到____人".encode(),
    "picture.docx": b"\x89PNG\r\n\x1a\n",
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
    "cut.docx": docx(p(r("应到____人")))[:300],
    "cut.xlsx": xlsx(SHEET, SHARED)[:500],
    "macro.xlsx": zipped({"xl/workbook.xml": b"<a/>", "xl/vbaProject.bin": b"x", "[Content_Types].xml": b""}),
    "entity.docx": zipped({
        "[Content_Types].xml": b"", "word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    }),
    "other.zip": zipped({"a.txt": b"x"}),
    "bomb.docx": zipped({"[Content_Types].xml": b"", "word/document.xml": b"<a>" + b" " * (25 * 1024 * 1024) + b"</a>"}),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_one_sentence(name: str) -> None:
    with pytest.raises(Unreadable) as refused:
        find_blanks(CASES[name], name)
    assert refused.value.reason_zh.endswith("。")
    assert refused.value.reason_zh.count("。") == 1


def test_a_bomb_beside_the_text_does_not_explode_while_filling() -> None:
    parts = zipped({
        "[Content_Types].xml": b"",
        "word/document.xml": b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        b"<w:p><w:r><w:t>a____</w:t></w:r></w:p></w:body></w:document>",
        "word/media/x.png": b" " * (25 * 1024 * 1024),
    })  # fmt: skip
    (blank,) = find_blanks(parts, "a.docx").blanks
    with pytest.raises(Unreadable, match="过大"):
        fill(parts, "a.docx", {blank.address: Said("1")}, [])


@pytest.mark.parametrize("seed", range(40))
def test_bitten_files_are_refused_or_read(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    name, data = chance.choice([("a.docx", docx(p(r("应到____人")))), ("a.xlsx", xlsx(SHEET, SHARED))])
    bitten = bytearray(data)
    for _ in range(chance.randint(1, 20)):
        bitten[chance.randrange(len(bitten))] = chance.randrange(256)
    with contextlib.suppress(Unreadable):  # anything else fails the test
        template = find_blanks(bytes(bitten), name)
        fill(bytes(bitten), name, {blank.address: Said("12") for blank in template.blanks}, [])
