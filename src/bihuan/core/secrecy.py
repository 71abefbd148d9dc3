"""严禁录入涉密信息（《中华人民共和国保守国家秘密法》，R53）：text that bears a marking of secrecy is taken nowhere.

One rule for everything that comes in: what is typed, pasted, or read from a file.
"""

from __future__ import annotations

import re
from pathlib import Path

from bihuan_text import Unreadable, read_document

_LEVEL = r"(?:绝\s?密|机\s?密|秘\s?密)级?"
_ANYWHERE = re.compile(
    rf"{_LEVEL}\s*[★☆]"  # 秘密★1年
    rf"|密\s*级\s*[：:]\s*{_LEVEL}"
    rf"|[（(【\[]{_LEVEL}[）)】\]]"
)
_ALONE = re.compile(rf"\s*{_LEVEL}\s*")
_HEAD = 15  # a marking without a star stands on a line of its own near the top of the first page

SENTENCE = "内容里有密级标志，没有存；本系统严禁录入涉密信息，请按保密规定处理。"


def marking(text: str) -> str:
    """The marking that a text bears, without its spaces, or "". 保守党的秘密 in a sentence is a word, not a marking."""
    if found := _ANYWHERE.search(text):
        return "".join(found.group().split())
    head = [line for line in text.splitlines() if line.strip()][:_HEAD]
    return next(("".join(line.split()) for line in head if _ALONE.fullmatch(line)), "")


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_READ = 1024 * 1024  # bytes of a text file: a marking stands at its head


def file_marking(path: Path, media_type: str) -> str:
    """The marking that the words of a Word or text file bear, or "". What cannot be read as words bears none here:
    scans and pictures are for the eyes of whoever brings them."""
    if media_type not in {_WORD, "text/plain"}:
        return ""
    try:
        return marking(read_document(*_content(path, media_type)).text)
    except Unreadable:
        return ""


def _content(path: Path, media_type: str) -> tuple[bytes, str]:
    """The bytes to read, and the name that tells their form."""
    if media_type == _WORD:
        return path.read_bytes(), "a.docx"
    with path.open("rb") as file:
        data = file.read(_READ)
    # a character may be cut in the middle: the last line goes
    return data if len(data) < _READ else data[: data.rfind(b"\n") + 1], "a.txt"
