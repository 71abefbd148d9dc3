"""Papers that mean harm in the forms of old: .doc, .rtf, pages of a site, texts in old encodings. For `bench.bad_files`."""

from __future__ import annotations

from pathlib import Path

from tests.text.doc_maker import DELETED, Doc, Piece, doc_of

_RTF = b"{\\rtf1\\ansi\\ansicpg936 "
_SENTENCE = "支部组织生活会情况报告，学习不深入。"
_KEPT = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"
_WORD_XML = (
    b"<?xml version='1.0'?><w:wordDocument xmlns:w='http://schemas.microsoft.com/office/word/2003/wordml'><w:body>"
)


def files(folder: Path) -> list[Path]:
    """The files, written into the folder one after the other."""
    made = []
    for name, content in {**_documents(), **_marked(), **_texts()}.items():
        (folder / name).write_bytes(content)
        made.append(folder / name)
    return made


def _documents() -> dict[str, bytes]:
    whole = doc_of("一、问题\r" * 20_000).bytes()
    circle = bytearray(whole)
    table = 512 * (int.from_bytes(circle[76:80], "little") + 1)
    circle[table : table + 512] = (5).to_bytes(4, "little") * 128
    runs = [(2 * n, 2 * n + 1, [DELETED]) for n in range(20_000)]
    return {
        "circle.doc": bytes(circle), "cut.doc": whole[: len(whole) // 2], "lines.doc": doc_of("x\r" * 900_000).bytes(),
        "fields.doc": doc_of("\x13\r" * 90_000 + "x").bytes(), "cells.doc": doc_of("\x07" * 190_000 + "x").bytes(),
        "pieces.doc": Doc([Piece("党学\r") for _ in range(190_000)]).bytes(),
        "runs.doc": doc_of("xy" * 20_000 + "\r", runs=runs).bytes(),
    }  # fmt: skip


def _marked() -> dict[str, bytes]:
    return {
        "deep.rtf": _RTF + b"{" * 880_000, "words.rtf": _RTF + b"\\b" * 5_900_000 + b"x}",
        "bin.rtf": _RTF + b"\\bin99999999999 x}",
        "hex.rtf": _RTF + b"\\'d6\\'d0" * 1_900_000 + b"}", "unicode.rtf": _RTF + b"\\u20826?" * 1_900_000 + b"}",
        "deep.html": b"<html>" + b"<div>" * 9_000_000 + b"x", "tables.html": b"<html>" + b"<table><tr><td>" * 500_000,
        "hidden.html": b"<html>" + b"<p hidden>" * 1_700_000, "quotes.html": b"<html>" + b'<a b=">>>>' * 1_700_000,
        "comments.html": b"<html>" + b"<!--" * 400_000, "signs.html": b"<html>x" + b"&amp" * 10_000_000,
        "parts.mht": _KEPT + b"--x" * 15_000_000, "word2003.doc": _WORD_XML + b"<w:p/>" * 800_000 + b"</w:body></w:wordDocument>",
    }  # fmt: skip


def _texts() -> dict[str, bytes]:
    old = _SENTENCE.encode("gbk")
    return {
        "long-line-gbk.txt": old * 100_000, "broken-gbk.txt": (b"\xff" + old * 20 + b"\n") * 5_000,
        "huge-gbk.txt": old * 1_300_000,
        "mixed.txt": old * 1_000 + b"\n" + _SENTENCE.encode() * 1_000,
    }  # fmt: skip
