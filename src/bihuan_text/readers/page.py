"""A paper as a page of a site: .html, .htm, and pages kept as one file (.mht). What a reader sees, line by line.

The page is read tag by tag and no tree is built, so that neither a million open tags nor a missing end does harm.
"""

from __future__ import annotations

import binascii
import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bihuan_text.document import Builder, Origin
from bihuan_text.refusal import Unreadable

from .decoding import decoded
from .grid import Tables
from .limits import MAX_DEPTH, MAX_ELEMENTS, MAX_PARAGRAPHS, too_many_paragraphs
from .remarks import broken
from .sniff import damaged

if TYPE_CHECKING:
    from bihuan_text.document import Document

_BOUNDARY = re.compile(rb"""boundary\s*=\s*["']?([^"'\s;]{1,200})""", re.IGNORECASE)
_HEAD, _MAX_PARTS = 8_192, 200
_TAG = re.compile("[a-zA-Z/!?]")
_NAME = re.compile(r"/?[a-zA-Z][a-zA-Z0-9:]*")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([a-zA-Z0-9_-]{2,30})", re.IGNORECASE)
_HIDDEN = re.compile(r"""display\s*:\s*none|\shidden(?:[\s=/>]|$)|\stype\s*=\s*["']?hidden""", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff\u2018-\u201d\u2014\u2026]"
_BETWEEN = re.compile(f"(?<={_WIDE}) ?[\r\n]+ ?(?={_WIDE})")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f]")
_RAW = frozenset(("script", "style", "title", "textarea", "noscript", "template", "iframe", "svg", "select", "xml"))
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "caption",
        "blockquote",
        "pre",
        "center",
        "form",
        "fieldset",
        "hr",
        "section",
        "article",
        "header",
        "footer",
        "nav",
        "aside",
        "main",
        "figure",
        "figcaption",
        "address",
        "body",
        "html",
        "head",
        "details",
        "summary",
        "option",
    ]
)
_CELLS, _MAX_TAG = frozenset(("td", "th")), 5_000
_TRIES, _MAX_LOST, _MAX_HIDDEN = 10, 100, 200_000
_NO_CELL, _EMPTY, _SAID, _OUTER = "none", "empty", "said", 2
_VOID = frozenset(
    ["br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr", "param"]
)
_CODECS = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "utf8": "utf-8"}


def read_page(data: bytes, name: str) -> Document:
    """The document behind the bytes of a page; raises ``Unreadable``."""
    text, remarks = page_text(data)
    if text.count("<") > 2 * MAX_ELEMENTS:
        raise Unreadable("文件的结构过于庞大，为安全起见没有读取，请只提交这份材料本身。")
    telling = _Telling()
    for kind, said in _events(text):
        telling.hear(kind, said)
    telling.end()
    return telling.builder.document(name, "html", remarks)


def read_kept_page(data: bytes, name: str) -> Document:
    """The document behind a page kept as one file (MHTML): the first page in it."""
    found = _BOUNDARY.search(data[:_HEAD])
    for part in data.split(b"--" + found[1])[1:_MAX_PARTS] if found else ():
        head, _, body = part.replace(b"\r\n", b"\n").lstrip(b"\n").partition(b"\n\n")
        if b"text/html" in head.lower():
            return read_page(_unpacked(head.lower(), body), name)
    raise damaged()


def _unpacked(head: bytes, body: bytes) -> bytes:
    if b"quoted-printable" in head:
        return binascii.a2b_qp(body)
    if b"base64" not in head:
        return body
    try:
        return binascii.a2b_base64(body)
    except binascii.Error as error:
        raise damaged() from error


def page_text(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The characters of a page: by its mark, by the name it says of itself, else by what they look like."""
    found = (
        None if data[:3] == b"\xef\xbb\xbf" or data[:2] in (b"\xff\xfe", b"\xfe\xff") else _CHARSET.search(data[:4096])
    )
    if found is not None:
        said = found[1].decode().lower()
        try:
            text = data.decode(_CODECS.get(said, said))
        except (LookupError, UnicodeError):  # wrong about itself, or broken
            return decoded(data)
        return text, broken(text)
    return decoded(data)


def _events(text: str) -> Iterator[tuple[str, str]]:
    """Kind and words: "text", "open" or "close" with the tag's name; what is not shown is left out."""
    at, end, lost = 0, len(text), 0
    while at < end:
        start = text.find("<", at)
        start = end if start < 0 else start
        if start > at:
            yield "text", text[at:start]
        at = _past(text, start)
        found = _NAME.match(text, start + 1)
        if found is None:
            yield "text", "<" if at == start + 1 <= end else ""
            continue
        name = found[0].lower()
        if name.startswith("/"):
            yield "close", name[1:]
            continue
        shown = _past_hidden(text, name, start, at) if lost < _MAX_LOST else at
        lost += shown < 0
        at = max(at, shown)
        yield "open", name


def _past(text: str, start: int) -> int:
    """Behind a tag, a remark or a declaration that begins at ``start``; a "<" that begins none is itself."""
    if text.startswith("<!--", start):
        end = text.find("-->", start + 4)
        return len(text) if end < 0 else end + 3
    if not _TAG.match(text, start + 1):
        return start + 1
    end = text.find(">", start)
    for _ in range(_TRIES):  # a ">" may stand in quotation marks
        if not 0 <= end < start + _MAX_TAG or text.count('"', start, end) % 2 == 0:
            break
        end = text.find(">", end + 1)
    return len(text) if end < 0 else end + 1


def _past_hidden(text: str, name: str, start: int, at: int) -> int:
    """Behind an element that is not shown; ``at``, the end of its tag, where it is, and -1 where its end is missing."""
    if name in _RAW:
        found = re.compile(f"</{name}\\b", re.IGNORECASE).search(text, at)
        return len(text) if found is None else _past(text, found.start())
    if name in _VOID or not _HIDDEN.search(text, start, min(at, start + _MAX_TAG)):
        return at
    depth = 1
    for found in re.compile(f"<(/?){re.escape(name)}\\b", re.IGNORECASE).finditer(text, at, at + _MAX_HIDDEN):
        depth += -1 if found[1] else 1
        if not depth:
            return _past(text, found.start())
    return -1


class _Telling:
    """Writes what it hears into a document."""

    def __init__(self) -> None:
        self.builder = Builder()
        self.tables = Tables(self.builder)
        self.line: list[str] = []
        self.gap = ""
        self.kept = 0
        # For each open table, and outside: whether a cell is open, and whether something was said in it.
        self.cells: list[str] = [_NO_CELL]

    def hear(self, kind: str, said: str) -> None:
        """One event of the page."""
        if kind == "text":
            self.line.append(html.unescape(said))
        elif said == "br":
            self._end_line()
        elif said == "pre":
            self._end_line()
            self.kept = max(0, self.kept + (1 if kind == "open" else -1))
        elif said in _CELLS:
            self._cell(kind)
        elif said == "tr":
            self._row()
        elif said in _BLOCKS:
            self._end_line()
            if said == "table":
                self._table(kind)

    def end(self) -> None:
        """The page ends, whatever is still open."""
        self._end_line()
        self._row()
        self.tables.end()

    def _words(self) -> str:
        text, self.line = "".join(self.line), []
        if self.kept:
            return text.strip("\r\n")
        return _CONTROL.sub("", _SPACE.sub(" ", _BETWEEN.sub("", text))).strip(" ")

    def _end_line(self) -> None:
        for words in self._words().split("\n"):
            if words.strip():
                self._say(words)

    def _say(self, words: str) -> None:
        if len(self.builder.paragraphs) >= MAX_PARAGRAPHS:
            raise too_many_paragraphs()
        if self.gap:
            self.builder.separator(self.gap)
        self.tables.begin()
        self.builder.literal(words, Origin.CELL if len(self.cells) > 1 else Origin.LITERAL)
        self.builder.close_paragraph()
        self.gap = "\n"
        if self.cells[-1] == _EMPTY:
            self.cells[-1] = _SAID

    def _table(self, kind: str) -> None:
        if kind == "open" and len(self.cells) < MAX_DEPTH:
            if len(self.cells) == 1:  # cells that stood in no table end where one begins
                self._row()
                self.tables.end()
            self.cells.append(_NO_CELL)
        elif kind == "close" and len(self.cells) > 1:
            self._row()
            self.cells.pop()
            if len(self.cells) == 1:
                self.tables.end()

    def _cell(self, kind: str) -> None:
        self._end_line()
        self._close_cell()
        self.cells[-1] = _EMPTY if kind == "open" else _NO_CELL

    def _close_cell(self) -> None:
        if self.cells[-1] == _NO_CELL:
            return
        if self.cells[-1] == _EMPTY:
            self._say("")
        self.gap, self.cells[-1] = "\t", _NO_CELL
        if len(self.cells) <= _OUTER:
            self.tables.cell()

    def _row(self) -> None:
        self._end_line()
        self._close_cell()
        self.gap = "\n" if self.gap else ""
        if len(self.cells) <= _OUTER:
            self.tables.row((), frozenset())
