"""What a file really is, by its content. The list is short on purpose: what an office hands in as proof, nothing that runs."""

from __future__ import annotations

import zipfile
from pathlib import Path

from bihuan.core.access import Refused

_BY_HEAD = (
    (b"%PDF-", "application/pdf", {"pdf"}),
    (b"\x89PNG\r\n\x1a\n", "image/png", {"png"}),
    (b"\xff\xd8\xff", "image/jpeg", {"jpg", "jpeg"}),
    (b"GIF8", "image/gif", {"gif"}),
    (b"BM", "image/bmp", {"bmp"}),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage", {"doc", "xls", "ppt", "wps", "et"}),
)
_OFFICE = {
    "word/document.xml": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", {"docx"}),
    "xl/workbook.xml": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", {"xlsx"}),
    "ppt/presentation.xml": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", {"pptx"}),
    "OFD.xml": ("application/ofd", {"ofd"}),
}
_TEXT = {"txt", "md", "csv"}
# Shown in the page; everything else is only ever handed out as a download.
PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"}
ACCEPTED = "图片、PDF、Word、Excel、PPT、OFD 或文本"


def media_type(head: bytes, name: str, path: Path) -> str:
    """The media type of a file from its first bytes. Raises `Refused` if it is none of ours or lies about itself."""
    kind, endings = _look(head, path)
    if not kind:
        raise Refused(f"“{name}”里面不是{ACCEPTED}，没有存；请换成这几种文件再传。")
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if ending and ending not in endings:
        raise Refused(f"“{name}”的内容和它的后缀对不上，没有存；请传原来的文件，不要改后缀。")
    return kind


def _look(head: bytes, path: Path) -> tuple[str, set[str]]:
    for start, kind, endings in _BY_HEAD:
        if head.startswith(start):
            return kind, endings
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp", {"webp"}
    if head.startswith(b"PK\x03\x04"):
        return _look_into_zip(path)
    return ("text/plain", _TEXT) if _is_text(head) else ("", set())


def _look_into_zip(path: Path) -> tuple[str, set[str]]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist()[:5000])
    except (zipfile.BadZipFile, OSError):
        return "", set()
    if any(name.endswith("vbaProject.bin") for name in names):
        return "", set()  # macros run
    return next((found for inside, found in _OFFICE.items() if inside in names), ("", set()))


def _is_text(head: bytes) -> bool:
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\x00" in head and not wide:
        return False
    # Without its mark nearly any bytes "are" UTF-16, scripts and pages among them.
    for encoding in ("utf-16",) if wide else ("utf-8", "gb18030"):
        text = head.decode(encoding, "ignore")  # the last characters may be cut in the middle
        if len(text.encode(encoding)) >= len(head) - 4:
            return not _is_markup(text)
    return False


def _is_markup(text: str) -> bool:
    start = text.lstrip("\ufeff \r\n\t").lower()
    return start.startswith(("<!doctype", "<html", "<svg", "<?xml", "<script", "#!"))
