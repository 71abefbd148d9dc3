"""What is fuzzed: bytes of the fuzzer → a paper → what must hold of it. A target fails by raising.

Nothing here needs the fuzzer itself: tests/text/test_crashes.py calls the same functions with the crashes that were found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from unittest.mock import patch

from tests.text.doc_maker import doc_bytes, doc_of
from tests.text.holding import finding_holds, paragraphs_hold, report_holds
from tests.text.makers import W, docx_of, p, zip_of

from bihuan_text import Unreadable, check, read_document, read_report
from bihuan_text.document import Document, plain_document

from .drawn import pages_of
from .markup import package
from .old_forms import PAGE_WORDS, RTF_WORDS, TABLES, changed, page_of, rtf_of, with_tables


class Broken(AssertionError):
    """Something that must hold of every paper does not hold of this one."""


def _must(holds: bool, what: str) -> None:  # not `assert`: optimised Python would leave it out
    if not holds:
        raise Broken(what)


def _read(data: bytes, name: str) -> None:
    try:
        document = read_document(data, name)
    except Unreadable as refusal:
        _must(refusal.reason_zh.endswith("。"), "a refusal is a sentence")
        return
    _must(document.text.strip() != "", "a paper has words")
    _must(paragraphs_hold(document), "a character is in one paragraph")
    _must(report_holds(document.text, read_report(document)), "the structure holds")


def read_txt(data: bytes) -> None:
    """Bytes as a .txt."""
    _read(data, "甲.txt")


def read_md(data: bytes) -> None:
    """Bytes as a .md."""
    _read(data, "甲.md")


def read_package(data: bytes) -> None:
    """Bytes as a whole .docx."""
    _read(data, "甲.docx")


def changed_doc(data: bytes) -> None:
    """A .doc of which some bytes were changed: two say where, one what."""
    read_doc(changed(data))


def doc_tables(data: bytes) -> None:
    """Bytes as the stream of tables of a .doc (pieces, styles, lists) whose head and words are in order."""
    read_doc(with_tables(data))


def rtf_words(data: bytes) -> None:
    """Control words of RTF, a byte each."""
    read_rtf(rtf_of(data))


def page_words(data: bytes) -> None:
    """Tags of a page, a byte each."""
    read_page(page_of(data))


_PARTS = ("document", "numbering", "styles", "footnotes", "endnotes", "settings", "comments", "header1")
_RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
_PLAIN = f"<w:document {W}><w:body>{p('一、存在的问题')}{p('一是学习不深。')}</w:body></w:document>"


def read_parts(data: bytes) -> None:
    """The first byte names a part of a .docx, the rest is what stands in it; a broken part must not take the paper along."""
    part, inside = _PARTS[data[0] % len(_PARTS)] if data else "document", data[1:]
    members: dict[str, str | bytes] = {"[Content_Types].xml": "<Types/>", "word/_rels/document.xml.rels": _RELS}
    _read(zip_of({**members, "word/document.xml": _PLAIN, f"word/{part}.xml": inside}), "甲.docx")


def read_markup(data: bytes) -> None:
    """Well-formed parts of a .docx, as no Word would write them."""
    _read(package(data), "甲.docx")


def read_doc(data: bytes) -> None:
    """Bytes as a .doc; no program beside us is asked about those we cannot read."""
    with patch("bihuan_text.readers.doc.converted", lambda data: None):
        _read(data, "甲.doc")


def read_rtf(data: bytes) -> None:
    """Bytes as a .rtf."""
    _read(data, "甲.rtf")


def read_page(data: bytes) -> None:
    """Bytes as a page saved from a site."""
    _read(data, "甲.html")


def read_pdf(data: bytes) -> None:
    """What the program that looks into a .pdf might say, page by page; tests/text/test_pdf.py mutates whole files."""
    with patch("bihuan_text.readers.pdf.pages", lambda data: pages_of(data)):
        _read(b"%PDF-1.7 " + data, "甲.pdf")


FRAGMENTS = (
    "一、", "二、", "十一、", "（一）", "（二）", "(三)", "1.", "2．", "3、", "（1）", "(2)", "①", "②", "一是", "二是", "三要",
    "第一，", "第二，", "首先，", "其次，", "最后，", "一方面，", "另一方面，", "问题1：", "成因：", "措施：", "第一章", "1.1",
    "存在的问题", "检视问题", "上年度整改落实情况", "原因剖析", "产生上述问题的原因：", "整改措施", "下一步打算", "努力方向",
    "2025年度组织生活会情况报告", "对照检查材料", "发言提纲", "述职报告", "整改台账", "关于召开组织生活会的通知", "目录",
    "现将有关情况报告如下：", "在理论学习方面", "政治引领方面，", "学习不够深入", "责任落实有差距", "加强理论学习", "建立台账",
    "比如，", "例如", "再比如", "如", "主要表现在", "如何", "责任人：张三", "完成时限：2026年3月底前", "2026年3月5日", "3月底前",
    "总之，", "针对以上问题，", "附件：1.台账", "中共某某支部委员会", "《中国共产党章程》", "XX", "**", "某某", "10次", "38%",
    "。", "；", "，", "：", "、", "？", "“", "”", "《", "》", "（", "）", "——", "……", "\n", "\n\n", "\t", " ", "\u3000", "\u200b",
    "# ", "## ", "> ", "- ", "|", "｜", "\u00a0", "\ufeff", "\U00020000", "組織生活會", "```", "<b>", "—1—", "第3页", "1+X",
)  # fmt: skip


def text_of(data: bytes) -> str:
    """A text of the fragments that papers are made of: a byte each."""
    return "".join(FRAGMENTS[byte % len(FRAGMENTS)] for byte in data)


def _document(data: bytes) -> Document:
    return plain_document(text_of(data[1:]), "甲", "md" if data[:1] < b"\x40" else "txt")


def structure(data: bytes) -> None:
    """Fragments of papers → structure."""
    document = _document(data)
    _must(report_holds(document.text, read_report(document)), "the structure holds")


def checks(data: bytes) -> None:
    """Fragments of papers → findings."""
    document = _document(data)
    _must(all(finding_holds(document, finding) for finding in check(document)), "a finding holds")


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (
        read_txt,
        read_md,
        read_package,
        read_parts,
        read_markup,
        read_doc,
        read_rtf,
        read_page,
        read_pdf,
        changed_doc,
        doc_tables,
        rtf_words,
        page_words,
        structure,
        checks,
    )
}


def seeds(target: str) -> Iterable[bytes]:
    """A few inputs to begin with, without which a fuzzer spends its first hours on finding out what a zip is."""
    plain = (
        "2025年度组织生活会情况报告\n一、存在的问题\n（一）一是学习不深。比如，3月缺课。\n二、整改措施\n1.加强学习。\n"
    )
    whole = docx_of(p("一、问题") + "<w:tbl><w:tr><w:tc>" + p("一是浅。") + "</w:tc></w:tr></w:tbl>")
    by_target: dict[str, list[bytes]] = {
        "read_txt": [plain.encode(code) for code in ("utf-8", "gb18030", "utf-16", "utf-8-sig")],
        "read_md": [plain.encode(), "# 一、存在的问题\n> **一是**浅\n\n|序号|问题|\n|--|--|\n|1|浅|\n".encode()],
        "read_package": [whole],
        "read_doc": [doc_bytes(doc_of("一、存在的问题\r一是学习不深。\r\x13 PAGE \x143\x15\r"))],
        "read_rtf": [
            rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 a;}}\f0\'d2\'bb\'a1\'a2\u23398?\par\trowd\cell\row}"
        ],
        "read_page": ["<html><meta charset=gbk><p>一、问题<br>一是浅<table><tr><td>甲<td>乙</table>".encode("gbk")],
        "doc_tables": [TABLES],
        "read_parts": [bytes([n]) + f"<w:{part} {W}></w:{part}>".encode() for n, part in enumerate(_PARTS)]
        + [b"\x00" + _PLAIN.encode()],
    }
    return by_target.get(target, [bytes(range(256)), bytes(reversed(range(256)))])


XML_WORDS = (
    "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:tbl>", "<w:tr>", "<w:tc>", "<w:pPr>", "<w:numPr>", "<w:ins>",
    "<w:del>", "<w:delText>", "<w:moveFrom>", "<w:sdt>", "<w:sdtContent>", "<w:numId w:val=", "<w:ilvl w:val=", "<w:fldChar ",
    "<w:instrText>", "<w:txbxContent>", "<w:footnoteReference w:id=", "<w:tab/>", "<w:br/>", "<w:ruby>", "<w:vanish/>",
    "<mc:AlternateContent>", "<!DOCTYPE", "<!ENTITY", "<![CDATA[", "<w:abstractNum w:abstractNumId=", "<w:lvlText w:val=",
    "<w:vMerge/>", "<w:gridSpan w:val=", "w:val=", "&#x1F;", "&amp;",
)  # fmt: skip


def words(target: str) -> Iterable[bytes]:
    """Words the fuzzer may put in."""
    if target in {"read_txt", "read_md"}:
        return [each.encode() for each in FRAGMENTS]
    own = {"read_parts": XML_WORDS, "read_page": PAGE_WORDS}
    return RTF_WORDS if target == "read_rtf" else [each.encode() for each in own.get(target, ())]
