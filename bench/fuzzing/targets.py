"""What is fuzzed: bytes of the fuzzer → a paper → what must hold of it. A target fails by raising.

Nothing here needs the fuzzer itself: tests/text/test_crashes.py calls the same functions with the crashes that were found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from unittest.mock import patch

from tests.text.doc_maker import doc_bytes, doc_of
from tests.text.holding import paragraphs_hold, report_holds, tables_hold
from tests.text.makers import W, docx_of, p

from bihuan_text import Unreadable, check, read_document, read_report
from bihuan_text.document import Document, plain_document
from bihuan_text.readers import doc, docx, pdf

from .copies import compared, comparison_holds, two_papers
from .drawn import pages_of
from .fragments import FRAGMENTS, short_papers, text_of
from .markup import Loose, loose, one_file
from .old_forms import PAGE_WORDS, RTF_WORDS, TABLES, changed, kept_page_of, page_of, rtf_of, with_tables
from .remarks import findings_hold, review_holds, shown


class Broken(AssertionError):
    """Something that must hold of every paper does not hold of this one."""


def _must(holds: bool, what: str) -> None:  # not `assert`: optimised Python would leave it out
    if not holds:
        raise Broken(what)


def _read(data: bytes, name: str) -> Document | None:
    """The paper, None where it was refused. What must hold of a paper for its structure to be read stands in ``holding``,
    so that the readers of most forms can do without reading it: half of their time.
    """
    try:
        document = read_document(data, name)
    except Unreadable as refusal:
        _must(refusal.reason_zh.endswith("。"), "a refusal is a sentence")
        return None
    _must(document.text.strip() != "", "a paper has words")
    _must(paragraphs_hold(document), "a character is in one paragraph")
    _must(tables_hold(document), "a cell is in the text, after the cell before it")
    return document


def _read_whole(data: bytes, name: str) -> None:
    """The paper and its structure."""
    if (document := _read(data, name)) is not None:
        _must(report_holds(document.text, read_report(document)), "the structure holds")


def read_txt(data: bytes) -> None:
    """Bytes as a .txt."""
    _read_whole(data, "甲.txt")


def read_md(data: bytes) -> None:
    """Bytes as a .md."""
    _read_whole(data, "甲.md")


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
    parts = {"word/_rels/document.xml.rels": _RELS.encode(), "word/document.xml": _PLAIN.encode()}
    _unpacked(Loose({**parts, f"word/{part}.xml": inside}))


def read_markup(data: bytes) -> None:
    """Well-formed parts of a .docx, as no Word would write them."""
    _unpacked(loose(data))


_ZIP = docx_of(p("甲"))


def _unpacked(parts: Loose) -> None:
    """Parts that came out of a zip; packing and unpacking them took half the time, and ``read_package`` is for that."""
    with patch.object(docx, "Package", lambda data: parts):
        _read_whole(_ZIP, "甲.docx")


def read_one_file(data: bytes) -> None:
    """Well-formed markup in one XML file: of the kind of 2003, or a .docx laid flat."""
    _read(one_file(data), "甲.xml")


def read_doc(data: bytes) -> None:
    """Bytes as a .doc; no program beside us is asked about those we cannot read."""
    with patch.object(doc, "converted", lambda data: None):
        _read(data, "甲.doc")


def read_rtf(data: bytes) -> None:
    """Bytes as a .rtf."""
    _read(data, "甲.rtf")


def read_page(data: bytes) -> None:
    """Bytes as a page saved from a site."""
    _read_whole(data, "甲.html")


def read_kept_page(data: bytes) -> None:
    """Bytes as the parts of a page kept as one file."""
    _read(kept_page_of(data), "甲.mht")


def read_pdf(data: bytes) -> None:
    """What the program that looks into a .pdf might say, page by page; tests/text/test_pdf.py mutates whole files."""
    with patch.object(pdf, "pages", lambda data: pages_of(data)):
        _read(b"%PDF-1.7 " + data, "甲.pdf")


def _document(data: bytes) -> Document:
    return plain_document(text_of(data[1:]), "甲", "md" if data[:1] < b"\x40" else "txt")


def structure(data: bytes) -> None:
    """Fragments of papers → structure."""
    document = _document(data)
    _must(report_holds(document.text, read_report(document)), "the structure holds")


def checks(data: bytes) -> None:
    """Fragments of papers → findings, at a terminal and on a page."""
    document = _document(data)
    found = check(document)
    _must(findings_hold(document, found), "a finding holds")
    _must(shown(document, found), "every finding is shown")


def reviews(data: bytes) -> None:
    """Fragments of papers → a .docx with remarks and tracked changes → its text again."""
    _must(review_holds(text_of(data)), "what is accepted is what was said")


def compare(data: bytes) -> None:
    """Two papers, of which one copies from the other."""
    texts = two_papers(data)
    _must(comparison_holds(texts, compared(texts)), "a passage holds")


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (
        read_txt,
        read_md,
        read_package,
        read_parts,
        read_markup,
        read_one_file,
        read_doc,
        read_rtf,
        read_page,
        read_kept_page,
        read_pdf,
        changed_doc,
        doc_tables,
        rtf_words,
        page_words,
        structure,
        checks,
        reviews,
        compare,
    )
}

WORDED = ("structure", "checks", "reviews", "rtf_words", "page_words")
"""Targets of which a byte is a word or a fragment."""


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
        **dict.fromkeys(("structure", "checks", "reviews"), short_papers()),
        "read_kept_page": [
            b"\0<p>" + "一、问题<p>一是浅".encode() + b"\xff\x10" + bytes(range(40)) + b"\xff\x29" + bytes(range(40))
        ],
        "read_parts": [bytes([n]) + f"<w:{part} {W}></w:{part}>".encode() for n, part in enumerate(_PARTS)]
        + [b"\x00" + _PLAIN.encode()],
    }
    return by_target.get(target, [bytes(range(at, at + 64)) for at in range(0, 256, 64)])


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
    own = {"read_parts": XML_WORDS, "read_page": PAGE_WORDS, "read_kept_page": (*PAGE_WORDS, "\n--x\n", "=E4", "PHA+")}
    return RTF_WORDS if target == "read_rtf" else [each.encode() for each in own.get(target, ())]
