"""XML of untrusted files: no document type, no entities, no network, bounded size and depth."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from lxml import etree

from bihuan_text.refusal import Unreadable

from .limits import MAX_ATTRIBUTES, MAX_ELEMENTS
from .sniff import damaged

if TYPE_CHECKING:
    Node: TypeAlias = etree._Element  # pyright: ignore[reportPrivateUsage]  (lxml has no public name for it)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Names of the strict variant, and of Word's single-file XML, whose elements are called the same.
_SAME = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://schemas.microsoft.com/office/word/2003/wordml", W[1:-1].encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
)
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")


def parsed(data: bytes) -> Node:
    """The root of one XML part; raises ``Unreadable`` when it is broken, too large or declares anything of its own."""
    data = _utf8(data)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Unreadable(
            "文件里带有外部引用或自定义实体，为安全起见没有读取，请用 Word 或 WPS 打开后另存为 .docx 再试。"
        )
    if data.count(b"<") - data.count(b"</") > MAX_ELEMENTS or data.count(b'="') + data.count(b"='") > MAX_ATTRIBUTES:
        raise Unreadable("文件的结构过于庞大，为安全起见没有读取，请只提交这份材料本身。")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    for other, usual in _SAME:
        data = data.replace(other, usual)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged() from error


def _utf8(data: bytes) -> bytes:
    """The same XML as UTF-8 bytes: a UTF-16 part must not hide a declaration from the search above."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:4]:
        try:
            text = data.decode(
                "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-16-be" if data[0] == 0 else "utf-16-le"
            )
        except UnicodeDecodeError as error:
            raise damaged() from error
        head, mark, rest = text.partition("?>")
        return (rest if mark and head.startswith("<?xml") else text).encode("utf-8", "replace")
    declared = _DECLARED.match(data, 3 if data.startswith(b"\xef\xbb\xbf") else 0)
    if declared is None or declared[1].lower() in (b"utf-8", b"utf8"):
        return data
    try:
        return data[declared.end() :].partition(b"?>")[2].decode(declared[1].decode()).encode("utf-8", "replace")
    except (LookupError, UnicodeError, ValueError) as error:
        raise damaged() from error
