"""Bytes of the fuzzer → .doc, .rtf and pages that get past the door: what a fuzzer writes by itself hardly ever does."""

from __future__ import annotations

from binascii import b2a_base64, b2a_qp

from tests.text.doc_maker import DELETED, doc_of, level, one_list

DOC = doc_of("一、存在的问题\r一是学习不深。\r", runs=[(0, 2, [DELETED])], **one_list([level("\x00、", 39)])).bytes()
_AT = DOC.index(b"\2\x10\0\0\0")  # where its table of pieces begins
TABLES = DOC[_AT : _AT + 200]
RTF_WORDS = (
    b"{", b"}", b"\\par ", b"\\cell ", b"\\row ", b"\\trowd ", b"\\cellx99 ", b"\\clvmrg", b"\\u20826?",
    b"\\u-10240?", b"\\uc0 ", b"\\bin3 ", b"{\\*\\", b"\\'d6", b"\\'d0", b"{\\fonttbl{\\f1\\fcharset134 a;}}",
    b"\\f1 ", b"\\f9 ", b"{\\shptxt ", b"{\\footnote ", b"{\\listtext ", b"{\\upr", b"{\\*\\ud ", b"\\v ",
    b"\\v0 ", b"\\deleted ", b"{\\pict ", b"\\ansicpg950 ", b"\\intbl ", b"\\pard ", b"\\nestcell ",
    b"\\nestrow ", b"\\", b"text", b"\xd6", b"\xd0", b"\n", b"\\page ", b"\\plain ", b"\\tab ",
    "一、".encode("gbk"),
)  # fmt: skip
PAGE_WORDS = (
    "<p>", "</p>", "<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<br>", "<pre>", "</pre>",
    "<div hidden>", "</div>", "<script>", "</script>", "<!--", "-->", "<![CDATA[", "<", ">", '"', "&amp;",
    "&#0;", "&#55296;", "一、存在的问题", " ", "\n", "\t", "<a b='", "<p style='display:none'>", "</", "<?x", "<li>",
    "<title>", "</title>", "一是学习不深。", "\u00a0", "<b>", "</b>",
)  # fmt: skip


def changed(data: bytes) -> bytes:
    """A .doc in order but for some bytes; of each three of ``data`` two say which byte is changed, the third to what."""
    found = bytearray(DOC)
    for at in range(0, len(data) - 2, 3):
        found[int.from_bytes(data[at : at + 2], "big") % len(found)] = data[at + 2]
    return bytes(found)


def with_tables(data: bytes) -> bytes:
    """A .doc whose head and words are in order, with these bytes for its tables (pieces, styles, lists)."""
    return DOC[:_AT] + data[: len(DOC) - _AT] + DOC[_AT + len(data) :]


def rtf_of(data: bytes) -> bytes:
    """Control words of RTF, a byte each."""
    return b"{\\rtf1\\ansi\\ansicpg936 " + b"".join(RTF_WORDS[byte % len(RTF_WORDS)] for byte in data)


def kept_page_of(data: bytes) -> bytes:
    """A page kept as one file: its parts are parted by a byte 255, the first byte of each names how it is written."""
    ways = (
        b"",
        b"Content-Transfer-Encoding: base64\n",
        b"Content-Transfer-Encoding: quoted-printable\n",
        b"charset=gb2312\n",
    )
    kinds = (
        b"Content-Type: text/html\n",
        b"Content-Type: image/png\n",
        b"Content-Type: text/html; charset=utf-8\n",
        b"",
    )
    out = [b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"]
    for part in data.split(b"\xff"):
        how, inside = part[0] if part else 0, part[1:]
        inside = b2a_base64(page_of(inside)) if how & 16 else b2a_qp(page_of(inside)) if how & 32 else inside
        out.append(b"--x\n" + kinds[how % 4] + ways[how // 4 % 4] + b"\n" + inside + b"\n")
    return b"".join([*out, b"--x--\n"])


def page_of(data: bytes) -> bytes:
    """Tags and words of a page, a byte each."""
    return ("<html>" + "".join(PAGE_WORDS[byte % len(PAGE_WORDS)] for byte in data)).encode()
