"""Bytes of a text → its characters: UTF-8, UTF-16, GB18030 (GBK, GB2312) or Big5, told apart by what a Chinese text is like.

A wrong decoding is worse than none: characters that could not be told become U+FFFD and are remarked, a line that looks
wrong is remarked, and a file of two encodings is refused.
"""

from __future__ import annotations

import codecs
import re
from functools import cache

from bihuan_text.lists import words
from bihuan_text.refusal import Unreadable

from .limits import MAX_CHARACTERS
from .remarks import broken

_MIXED = "文件里混有两种编码，读出来会有乱码，请用记事本打开后另存为 UTF-8 编码的 .txt，或存为 .docx 再试。"
_STRANGE = re.compile(
    "[^\t\n\x0b\x0c\r -~\u00a0-\u00ff\u2000-\u22ff\u2460-\u25ff\u2600-\u26ff\u3000-\u30ff\u3200-\u33ff\u3400-\u9fff"
    "\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\ufffd\U00020000-\U0003ffff]"
)
_LEAST = 0.2
_SAMPLE = 20_000
_OLD = ("gb18030", "cp950")
_WITHOUT_MARK = (*_OLD, "utf-16-le", "utf-16-be")
_WIDE = re.compile("[\u2e80-\uffff]{12,}")
_LINE, _ROW, _LONGEST, _MENDS = 16, 12, 1_000, 20


@cache
def _common() -> frozenset[str]:
    """The commonest characters of such papers, simplified and traditional."""
    return frozenset("".join(words("common_characters.txt")))


class NotText(Unreadable):
    """The refusal of bytes that are no text in any encoding."""

    def __init__(self) -> None:
        super().__init__("文件不是文字，或编码无法识别，请另存为 UTF-8 编码的 .txt 或 .docx 再试。")


def decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text without its byte order marks, and remarks about what is doubtful in it; raises ``Unreadable``."""
    text, remarks = _found(data)
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
        if _too_broken(text):
            raise NotText
        remarks = broken(text)
    return text.lstrip("\ufeff"), remarks


def _found(data: bytes) -> tuple[str, tuple[str, ...]]:
    if data.startswith(codecs.BOM_UTF8):
        return _lenient(data, ("utf-8",))
    if data.startswith(codecs.BOM_UTF16_LE):
        return _lenient(data[: len(data) // 2 * 2], ("utf-16-le",))
    if data.startswith(codecs.BOM_UTF16_BE):
        return _lenient(data[: len(data) // 2 * 2], ("utf-16-be",))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(data)
    return (text, ()) if not _too_broken(text.replace("\x00", "\ufffd")) else _guessed(data)


def _guessed(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The likeliest encoding in which every byte has its place; else the likeliest one with a few broken bytes."""
    best, score, encoding = "", 0.0, ""
    for each in _WITHOUT_MARK:
        try:
            text = data.decode(each)
        except UnicodeDecodeError:
            continue
        if (found := likeness(text)) > score:
            best, score, encoding = text, found, each
    if score < _LEAST:
        return _lenient(data, ("utf-8", *_OLD))
    return _old(data, encoding) if encoding in _OLD else (best, ())


def _lenient(data: bytes, encodings: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The likeliest decoding with at most a fiftieth of broken characters; an encoding told by a mark need not be likely."""
    found: list[tuple[float, str, str]] = []
    for each in encodings:
        text = data.decode(each, "replace")
        if not _too_broken(text) and (len(encodings) == 1 or each == "utf-8" or likeness(text) >= _LEAST):
            found.append((likeness(text), text, each))
    if not found:
        raise NotText
    _, text, encoding = max(found, key=lambda each: each[0])
    return _old(data, encoding) if encoding in _OLD else (text, broken(text))


def _too_broken(text: str) -> bool:
    return text.count("\ufffd") * 50 > len(text)


def likeness(text: str) -> float:
    """Share of common characters, 0 when too many characters have no place in a paper (20,000 are looked at)."""
    sample = text[:_SAMPLE]
    if not sample or len(_STRANGE.findall(sample)) * 50 > len(sample):
        return 0.0
    wide = [c for c in sample if c > "\x7f" and c != "\ufffd"]
    common = _common()
    return sum(c in common for c in wide) / len(wide) if wide else 0.5


def _refuse_mixed(data: bytes, encoding: str) -> None:
    """A line that is good UTF-8 in a file that is not: somebody joined two files."""
    for line in data.split(b"\n"):
        if len(line) < _LINE or line.isascii():
            continue
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if likeness(text) >= _LEAST > likeness(line.decode(encoding, "replace")):
            raise Unreadable(_MIXED)


# --- old encodings: a byte too many or too few makes all wrong that follows it, up to the next letter or line end --------


def _old(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    """The text of bytes in GB18030 or Big5, its wrong lines mended where that can be done, and remarked where not."""
    if len(data) > 4 * MAX_CHARACTERS:  # too long to be a paper; comparing takes it all the same
        return data.decode(encoding, "replace"), ()
    _refuse_mixed(data, encoding)
    lines: list[str] = []
    doubtful, left = 0, _MENDS
    for number, line in enumerate(data.split(b"\n"), 1):
        text = line.decode(encoding, "replace")
        if "\ufffd" in text or _is_wrong(text):
            text, left = (_mended(line, encoding, text), left - 1) if left and len(line) <= _LONGEST else (text, left)
            doubtful = doubtful or (number if _is_wrong(text) else 0)
        lines.append(text)
    text = "\n".join(lines)
    return text, broken(text) + ((f"第 {doubtful} 行可能是乱码，请对照原件核对。",) if doubtful else ())


def _is_wrong(text: str) -> bool:
    """Whether of some characters in a row hardly one is common, as it never is in a Chinese sentence."""
    common = _common()
    for found in _WIDE.finditer(text):
        known = [char in common for char in found[0]]
        if any(sum(known[at : at + _ROW]) <= 1 for at in range(len(known) - _ROW + 1)):
            return True
    return False


def _mended(line: bytes, encoding: str, best: str) -> str:
    """The line with the one byte taken out that makes it a likely text; as it is where no byte does."""
    score = likeness(best)
    for at in range(len(line)):
        text = _without(line, at, encoding)
        if text and (found := likeness(text)) > score and not _is_wrong(text):
            best, score = text, found
    return best


def _without(line: bytes, at: int, encoding: str) -> str:
    """The line with a broken character in place of one byte; "" where what is left is no text."""
    try:
        place = len(line[:at].decode(encoding, "ignore"))
        text = (line[:at] + line[at + 1 :]).decode(encoding)
    except UnicodeDecodeError:
        return ""
    return text[:place] + "\ufffd" + text[place:]
