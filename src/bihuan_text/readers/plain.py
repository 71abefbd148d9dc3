"""Plain text and Markdown in the encodings that office PCs write."""

from __future__ import annotations

import codecs
import re

from bihuan_text.document import Document, plain_document
from bihuan_text.refusal import Unreadable

from .limits import MAX_PARAGRAPHS, too_many_paragraphs

_NOT_TEXT = "文件不是文字，或编码无法识别，请另存为 UTF-8 编码的 .txt 或 .docx 再试。"
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_STRANGE = re.compile(
    "[^\t\n\x0b\x0c\r -~\u00a0-\u00ff\u2000-\u22ff\u2460-\u25ff\u2600-\u26ff\u3000-\u30ff\u3200-\u33ff\u3400-\u9fff\uff00-\uffef]"
)
# The commonest characters of such papers: the right decoding of a Chinese text is full of them, a wrong one is not.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所"
    "民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日"
    "那社义事平形相全表间样与关各重新线内数正心反你明看原又利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已"
    "通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别支部委会议织干领导问"
    "题整改措施责任务学习群众，。、；：“”（）《》？！"
)


def read_plain(data: bytes, name: str, form: str) -> Document:
    """A .txt or .md paper; line ends become \\n and nothing else is changed."""
    text, remarks = decoded(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") >= MAX_PARAGRAPHS:  # before an object is made for each line
        raise too_many_paragraphs()
    if len(_CONTROL.findall(text)) * 50 > len(text):
        raise Unreadable(_NOT_TEXT)
    return plain_document(text, name, form, remarks)


def decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text without its byte order mark, and remarks about broken bytes."""
    if data.startswith(codecs.BOM_UTF8):
        return _lenient(data[3:])
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strict(data, "utf-16"), ()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(data)
    return (text, ()) if "\x00" not in text else _guessed(data)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data[: len(data) // 2 * 2].decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(_NOT_TEXT) from error


def _guessed(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The likeliest of GB18030 and UTF-16 without a mark; else UTF-8 with a few broken bytes; else a refusal."""
    best, score = "", 0.0
    for encoding in ("gb18030", "utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if (found := _likeness(text)) > score:
            best, score = text, found
    if score >= 0.2:
        return best, ()
    return _lenient(data)


def _likeness(text: str) -> float:
    """Share of common characters, 0 when too many characters have no place in a paper (20,000 are looked at)."""
    sample = text[:20_000]
    if not sample or len(_STRANGE.findall(sample)) * 50 > len(sample):
        return 0.0
    wide = [c for c in sample if c > "\x7f"]
    return sum(c in _COMMON for c in wide) / len(wide) if wide else 0.5


def _lenient(data: bytes) -> tuple[str, tuple[str, ...]]:
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken * 50 > len(text) or "\x00" in text:
        raise Unreadable(_NOT_TEXT)
    return text, ((f"文件里有 {broken} 处乱码，请对照原件核对。",) if broken else ())
