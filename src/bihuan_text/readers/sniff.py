"""What a file is, told from its first bytes and not from its name, with a sentence for each kind we cannot read."""

from __future__ import annotations

import re
from enum import StrEnum

from bihuan_text.refusal import Unreadable

from .limits import MAX_MEMBERS


class Form(StrEnum):
    DOCX = "docx"
    DOC = "doc"
    RTF = "rtf"
    PAGE = "html"
    KEPT_PAGE = "mht"
    WORD_XML = "xml"
    PDF = "pdf"
    TXT = "txt"
    MD = "md"


_PICTURE = "这是一张图片，不是文字材料，请提交 .docx 或 .txt 文件，或先把图片里的文字录入再试。"
_SAVE_AS = "请用 Word 或 WPS 打开后另存为 .docx 再试。"
_ARCHIVE = "这是一个压缩包，请先解压，再提交里面的 .docx 或 .txt 文件。"
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"BM", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"Rar!", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"\xfd7zXZ", _ARCHIVE),
    (b"MZ", "这是一个程序文件，不是文字材料，请提交 .docx 或 .txt 文件。"),
    (b"\x7fELF", "这是一个程序文件，不是文字材料，请提交 .docx 或 .txt 文件。"),
)
# The head of a kept page: browsers write where it is from, its subject and date before the mark.
_MIME = re.compile(rb"(?:[a-z-]{1,60}:[^\n]*+\n(?:[ \t][^\n]*+\n){0,20}+){0,20}?mime-version:")
_PDF_HEAD = 1024  # programs that read PDF look for its mark so far into the file
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DAMAGED = "文件已损坏或不完整，请重新取得这份文件，或用 Word、WPS 打开后另存为 .docx 再试。"
_OWN_PAGE = b'<meta name="generator" content="bihuan">'
WORD_ENDINGS = (".doc", ".dot", ".wps", ".rtf")


class Damaged(Unreadable):
    """The refusal of a broken file, or of a broken part of one, which a reader may do without."""


def damaged() -> Damaged:
    """The refusal of a broken file."""
    return Damaged(_DAMAGED)


def form_of(data: bytes, name: str) -> Form:
    """The form of a readable file; raises ``Unreadable`` for the others."""
    if not data.strip():
        raise Unreadable("文件是空的，请检查是否选对了文件。")
    for magic, reason in _MAGIC:
        if data.startswith(magic) and not _is_words(data, magic):
            raise Unreadable(reason)
    if (data.startswith(b"RIFF") and data[8:12] == b"WEBP") or data[4:12] in (b"ftypheic", b"ftypavif", b"ftypmif1"):
        raise Unreadable(_PICTURE)
    if data.startswith(b"%PDF") or (name.lower().endswith(".pdf") and b"%PDF-" in data[:_PDF_HEAD]):
        return Form.PDF
    if data.startswith(b"{\\rtf"):
        return Form.RTF
    if data.startswith(_OLE):
        return _compound_form(data, name)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_form(data, name)
    return _text_form(data, name)


def _is_words(data: bytes, magic: bytes) -> bool:
    """A text may begin with the letters BM or MZ; a picture or program has a NUL byte soon after."""
    return len(magic) == 2 and magic.isalpha() and b"\x00" not in data[:64]


def _compound_form(data: bytes, name: str) -> Form:
    from .compound import Compound  # noqa: PLC0415  (opened only for files of this kind)

    names = Compound(data).names()
    if "WordDocument" in names:
        return Form.DOC
    if "EncryptedPackage" in names:
        raise Unreadable("文件设了打开密码，请去掉密码后另存为 .docx 再试。")
    if names & {"Workbook", "Book", "PowerPoint Document"}:
        raise Unreadable("这是旧版的表格或演示文件，请把其中的材料另存为 .docx 再试。")
    if name.lower().endswith(".wps"):
        raise Unreadable("这份 .wps 文件的格式无法识别，请用 WPS 打开后另存为 .docx 再试。")
    raise Unreadable(f"这是旧版的 Office 文件，{_SAVE_AS}")


def _is_xhtml(head: bytes) -> bool:
    return head.startswith(b"<?xml") and b"<html" in head


def _zip_form(data: bytes, name: str) -> Form:
    # Counted before zipfile builds an object for each entry: a directory of a million names fits in a small file.
    if data.count(b"PK\x01\x02") > MAX_MEMBERS:
        raise Unreadable("文件里的成员过多，为安全起见没有读取，请用 Word 或 WPS 打开后另存为 .docx 再试。")
    from .package import member_names  # noqa: PLC0415  (zipfile is loaded only for zip files)

    names = member_names(data)
    # Names are compared without regard to case by the standard, and some programs write them with a backslash.
    plain = {n.replace("\\", "/").lstrip("/").lower() for n in names}
    if "[content_types].xml" in plain and any(n.startswith("word/") for n in plain):
        return Form.DOCX
    raise Unreadable(_zip_reason(names, name))


def _zip_reason(names: frozenset[str], name: str) -> str:
    if "OFD.xml" in names:
        return "暂时不能读取 OFD 文件，请提交它的 .docx 或 .txt 版本。"
    if any(n.startswith("xl/") for n in names):
        return "这是表格文件，不是文字材料，请把内容复制到 .docx 里再试。"
    if any(n.startswith("ppt/") for n in names):
        return "这是演示文件，不是文字材料，请把内容复制到 .docx 里再试。"
    if "content.xml" in names and "mimetype" in names:
        return f"这是 OpenDocument 文件，{_SAVE_AS}"
    if name.lower().endswith((".docx", ".docm")):
        return _DAMAGED
    return _ARCHIVE


def _text_form(data: bytes, name: str) -> Form:
    lower = name.lower()
    head = data[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if _OWN_PAGE in head:
        raise Unreadable("这是本系统写出的检查结果，不是材料，请选材料本身。")
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<meta")) or _is_xhtml(head):
        return Form.PAGE
    if _MIME.match(head) and b"multipart/related" in head:
        return Form.KEPT_PAGE
    if head.startswith(b"<?xml") or lower.endswith(".xml"):
        if b"worddocument" in head or b"pkg:package" in head:
            return Form.WORD_XML
        raise Unreadable(f"这是 XML 文件，不是文字材料，{_SAVE_AS}")
    if lower.endswith((".html", ".htm")):
        return Form.PAGE
    if lower.endswith((".docx", ".docm", ".pdf", ".ofd", ".xlsx", ".xls", ".zip")):
        raise damaged()
    return Form.MD if lower.endswith((".md", ".markdown")) else Form.TXT
