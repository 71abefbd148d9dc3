"""XML of untrusted files: no document type, no entities, no network, bounded size and depth."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from lxml import etree

from bihuan_text.refusal import Unreadable

from .limits import MAX_ATTRIBUTES, MAX_ELEMENTS
from .sniff import damaged

if TYPE_CHECKING:
    Node: TypeAlias = etree._Element  # pyright: ignore[reportPrivateUsage]  (lxml has no public name for it)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


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
    try:
        return etree.fromstring(data.replace(_STRICT, _USUAL), parser)
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
    return data
