"""Whatever a file holds, the toolkit answers within bounds: a value, or one Chinese sentence that says what to do."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.text.doc_maker import compound, doc_of
from tests.text.makers import W, docx_of, p, zip_of

from bihuan_text import Unreadable, read_document, read_report

SOURCE = Path(__file__).parents[2] / "src"
NOISE = b"".join(hashlib.sha256(bytes([n])).digest() for n in range(125))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
ENTITY_BOMB = "<!DOCTYPE w [<!ENTITY a0 'lol'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)
)


EXTERNAL = "<!DOCTYPE w [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>"


def document_xml(head: str, text: str) -> str:
    return f"<?xml version='1.0'?>{head}<w:document {W}><w:body>{p(text)}</w:body></w:document>"


def package(document: str | bytes) -> bytes:
    return zip_of({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


BAD: dict[str, tuple[str, bytes, str]] = {
    "empty": ("空.txt", b"", "空的"),
    "blank": ("空.txt", b"  \r\n\t\n", "空的"),
    "random bytes": ("乱.txt", NOISE, "编码"),
    "random bytes called docx": ("乱.docx", NOISE, "损坏"),
    "png": ("照片.png", b"\x89PNG\r\n\x1a\n" + bytes(40), "图片"),
    "jpeg called docx": ("照片.docx", b"\xff\xd8\xff\xe0" + bytes(40), "图片"),
    "gif": ("动.gif", b"GIF89a" + bytes(40), "图片"),
    "bmp": ("图.bmp", b"BM" + bytes(60), "图片"),
    "tiff": ("扫.tif", b"II*\x00" + bytes(60), "图片"),
    "webp": ("图.webp", b"RIFF\x00\x00\x00\x00WEBP" + bytes(60), "图片"),
    "broken pdf": ("报告.pdf", b"%PDF-1.7\n" + bytes(60), "损坏"),
    "empty rtf": ("报告.rtf", b"{\\rtf1}", "没有文字"),
    "deep rtf": ("报告.rtf", b"{\\rtf1" + b"{" * 2000, "嵌套"),
    "broken doc": ("报告.doc", OLE, "损坏"),
    "wps of another kind": ("报告.wps", compound({"CONTENTS": b"x"}), "wps"),
    "locked": ("报告.docx", compound({"EncryptedPackage": b"x"}), "打开密码"),
    "ofd": ("报告.ofd", zip_of({"OFD.xml": "<OFD/>"}), "OFD"),
    "zip": ("材料.zip", zip_of({"报告.txt": "一、"}), "压缩包"),
    "xlsx": ("台账.xlsx", zip_of({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "表格"),
    "program": ("材料.docx", b"MZ\x90\x00" + bytes(100), "程序"),
    "web page": ("网页.txt", b"<!DOCTYPE html><html></html>", "没有文字"),
    "cut docx": ("断.docx", docx_of(p("正文") * 50)[:-40], "损坏"),
    "broken xml": ("坏.docx", package("<w:document"), "损坏"),
    "no body": ("坏.docx", package(f"<w:document {W}/>"), "损坏"),
    "entity bomb": ("弹.docx", package(document_xml(ENTITY_BOMB + "]>", "&a9;")), "实体"),
    "external entity": ("外.docx", package(document_xml(EXTERNAL, "&x;")), "实体"),
    "entity in utf-16": ("外.docx", package(document_xml("<!DOCTYPE w [<!ENTITY x 'y'>]>", "&x;").encode("utf-16")), "实体"),
    "deep nesting": ("深.docx", docx_of("<w:sdt><w:sdtContent>" * 110 + p("底") + "</w:sdtContent></w:sdt>" * 110), "嵌套"),
    "many members": ("多.docx", docx_of(p("正")) + b"PK\x01\x02" * 6000, "成员过多"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_its_own_sentence(name: str):
    file, data, words = BAD[name]
    with pytest.raises(Unreadable) as refused:
        read_document(data, file)
    reason = refused.value.reason_zh
    assert words in reason
    assert reason.endswith("。")
    assert reason.count("。") == 1
    assert "请" in reason


HEAVY = {
    "tags.html": (lambda: b"<html>" + b"<div>" * 9_000_000 + b"x", "庞大"),
    "hidden.html": (lambda: b"<html>" + b"<p hidden>" * 1_700_000, "没有文字"),
    "braces.rtf": (lambda: b"{\\rtf1" + b"{" * 880_000, "嵌套"),
    "lines.rtf": (lambda: b"{\\rtf1" + b"\\par" * 3_000_000, "段落"),
    "fields.doc": (lambda: doc_of("\x13\r" * 900_000).bytes(), "段落"),
    "zip bomb": (lambda: package(b" " * 300_000_000), "过大"),
    "million empty paragraphs": (lambda: docx_of("<w:p/>" * 1_000_000), "庞大"),
    "many attributes": (lambda: docx_of('<w:p w:a="" w:b="" w:c="" w:d=""/>' * 400_000), "破损|损坏|庞大"),
    "million lines": (lambda: b"\n".join([b"x"] * 1_000_000), "段落"),
    "long text": (lambda: ("党" * 3_000_000).encode(), "万字"),
}


@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured the POSIX way")
@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_file_is_refused_within_time_and_memory(name: str, tmp_path: Path):
    make, words = HEAVY[name]
    file = tmp_path / (name if "." in name else "重.txt" if name in ("million lines", "long text") else "重.docx")
    file.write_bytes(make())
    took, peak, done = measured(file)
    print(f"{took:.1f} s, {peak:.0f} MB")
    assert done.returncode == 2
    assert any(w in done.stderr for w in words.split("|")), done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""
    assert took < 20
    assert peak < 500


@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured the POSIX way")
def test_a_very_large_file_is_refused_before_it_is_read(tmp_path: Path):
    file = tmp_path / "大.docx"
    with file.open("wb") as out:
        out.write(b"PK\x03\x04")
        out.truncate(200 * 1024 * 1024)
    took, peak, done = measured(file)
    print(f"{took:.1f} s, {peak:.0f} MB")
    assert done.returncode == 2
    assert "200 MB" in done.stderr
    assert took < 5
    assert peak < 100


_PEAK = """
import sys
from pathlib import Path
from bihuan_text.cli import read_command
code = read_command(sys.argv[1:])
status = Path("/proc/self/status")
if status.exists():  # getrusage would count the pytest process this one was forked from
    peak = next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))
else:
    import resource
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
print("peak", peak, file=sys.stderr)
sys.exit(code)
"""


def measured(file: Path) -> tuple[float, float, subprocess.CompletedProcess[str]]:
    """Seconds, peak megabytes of resident memory and the result of reading one file in a process of its own."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", _PEAK, str(file)], capture_output=True, text=True, encoding="utf-8", timeout=60,
        env={**os.environ, "PYTHONPATH": str(SOURCE)}, check=False,
    )  # fmt: skip
    took = time.monotonic() - began
    done.stderr, _, peak = done.stderr.rpartition("peak ")
    return took, int(peak) / 1024, done


def read_or_reason(data: bytes, name: str) -> str:
    """The reason of a refusal, or a full stop for a paper that was read to its structure."""
    try:
        read_report(read_document(data, name))
    except Unreadable as refusal:
        return refusal.reason_zh
    return "。"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["甲.txt", "甲.md", "甲.docx", "甲"]))
def test_any_bytes_give_a_value_or_a_refusal(data: bytes, name: str):
    assert read_or_reason(data, name).endswith("。")


GOOD = docx_of(p("一、问题") + p("一是浅。二是慢。") + "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=6), st.integers(0, 60))
def test_a_docx_with_changed_bytes_gives_a_value_or_a_refusal(changes: list[tuple[int, int]], cut: int):
    data = bytearray(GOOD)
    for at, byte in changes:
        data[at] = byte
    assert read_or_reason(bytes(data[: len(data) - cut]), "甲.docx").endswith("。")
