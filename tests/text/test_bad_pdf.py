"""PDF files that are broken or mean harm: a value or one sentence, within bounds, and no program left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from bench.pdf_bombs import BOMBS
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.text.makers import reason_of
from tests.text.pdf_maker import laid_out, pages_of, raw, shown, stream

from bihuan_text import read_document
from bihuan_text.readers.pdf import asking

SOURCE = Path(__file__).parents[2] / "src"
SMALL = pages_of([shown((72, 700, "One line"), (72, 680, "Another"))])
PAPER = "支部情况报告\n一、查摆的问题\n一是学习不深。二是服务不够。"
_PEAK = """
import resource, sys
from bihuan_text.cli import read_command
code = read_command(sys.argv[1:])
# getrusage of this process would count the pytest process it was forked from
own = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print("peak", own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux counts it")
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_or_read_within_memory(name: str, tmp_path: Path):
    file = tmp_path / name
    file.write_bytes(BOMBS[name]())
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", _PEAK, str(file)], capture_output=True, text=True, encoding="utf-8", timeout=120,
        env={**os.environ, "PYTHONPATH": str(SOURCE)}, check=False,
    )  # fmt: skip
    said, _, peak = done.stderr.rpartition("peak ")
    print(f"{time.monotonic() - began:.1f} s, {int(peak) // 1024} MB")
    assert done.returncode in (0, 2), done.stderr
    assert len(said.strip().splitlines()) == (1 if done.returncode else 0)
    assert int(peak) / 1024 < 500


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes_behind_the_mark_give_a_value_or_a_refusal(data: bytes):
    assert reason_of(b"%PDF-1.7\n" + data, "甲.pdf").endswith("。")


def mutated(data: bytes, changes: list[tuple[int, int]], cut: int) -> bytes:
    changed = bytearray(data)
    for at, byte in changes:
        changed[at % len(data)] = byte
    return bytes(changed[: len(data) - cut])


CHANGES = st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 255)), max_size=12)


@settings(max_examples=30, deadline=None)
@given(CHANGES, st.integers(0, 80), st.sampled_from(["small", "paper"]))
def test_a_pdf_with_changed_bytes_gives_a_value_or_a_refusal(changes: list[tuple[int, int]], cut: int, which: str):
    data = SMALL if which == "small" else laid_out(PAPER)
    assert reason_of(mutated(data, changes, cut), "甲.pdf").endswith("。")


@pytest.mark.long
@settings(max_examples=600, deadline=None)
@given(CHANGES, st.integers(0, 2000), st.sampled_from(["small", "paper"]))
def test_many_changed_pdfs_give_a_value_or_a_refusal(changes: list[tuple[int, int]], cut: int, which: str):
    data = SMALL if which == "small" else laid_out(PAPER)
    assert reason_of(mutated(data, changes, min(cut, len(data) - 8)), "甲.pdf").endswith("。")


OPERATORS = st.sampled_from(
    [b"q", b"Q", b"BT", b"ET", b"/F1 12 Tf", b"1 0 0 1 72 700 Tm", b"0 -14 Td", b"(words) Tj", b"T*", b"3 Tr", b"S", b"f",
     b"0 1 -1 0 300 300 Tm", b"[(a) -900 (b)] TJ", b"50 50 m", b"400 50 l", b"10 10 90 90 re", b"0 0 0 0 0 0 cm",
     b"1e9 0 0 1e9 0 0 cm", b"-1 0 0 -1 595 842 cm"]
)  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(OPERATORS, max_size=40), min_size=1, max_size=3))
def test_any_drawing_gives_a_value_or_a_refusal(pages: list[list[bytes]]):
    assert reason_of(pages_of([b"\n".join(page) for page in pages]), "甲.pdf").endswith("。")


def test_a_password_is_asked_away():
    key = b"/V 1 /R 2 /O <%b> /U <%b> /P -4" % (b"41" * 32, b"42" * 32)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
        b"<< /Filter /Standard %b >>" % key,
    ]
    locked = raw(objects, b"/Root 1 0 R /Encrypt 3 0 R /ID [<31> <31>]")
    assert "打开密码" in reason_of(locked, "密.pdf")


def test_words_without_codes_are_refused_and_a_few_are_told():
    unknown = b" BT /F2 12 Tf 72 500 Td <%b> Tj ET"
    font = (b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [5 0 R] >>",
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
            b"/Supplement 0 >> >>")  # fmt: skip
    page = b"<< /Type /Page /Parent 2 0 R /Contents 7 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>"

    def file(content: bytes) -> bytes:
        start = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [6 0 R] /Count 1 /MediaBox [0 0 595 842] >>",
                 b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]  # fmt: skip
        return raw([*start, *font, page, stream(content)])

    codes = b"".join(b"%04x" % (0x4000 + n) for n in range(20))
    assert "乱码" in reason_of(file(unknown % codes), "码.pdf")
    much = shown(*((72, 800 - 14 * n, "A line of many words that are well known") for n in range(12)))
    assert any("乱码" in remark for remark in read_document(file(much + unknown % codes[:8]), "码.pdf").remarks)


def test_a_page_that_is_a_picture_is_told_of():
    picture = b"q 100 0 0 100 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q"
    document = read_document(pages_of([shown((72, 700, "Words")), picture]), "a.pdf")
    assert document.remarks == ("第 2 页只有图片，上面的文字没有读取，请对照原件核对。",)


def test_a_program_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    slow = tmp_path / "child.py"
    slow.write_text("import sys, time\nsys.stdin.buffer.read()\ntime.sleep(60)\n", "utf-8")
    monkeypatch.setattr(asking, "_CHILD", slow)
    monkeypatch.setattr(asking, "PDF_SECONDS", 0.5)
    assert "过于复杂" in reason_of(SMALL, "慢.pdf")


def test_many_threads_read_one_after_the_other_and_leave_nothing():
    said: list[str] = []
    threads = [threading.Thread(target=lambda: said.append(read_document(SMALL, "甲.pdf").text)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == ["One line\nAnother"] * 6
