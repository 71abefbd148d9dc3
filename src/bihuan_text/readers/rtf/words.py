"""The control words of an RTF, one after the other: what of them is text, and what stands between.

RTF is a text of groups in braces. A group has a state that ends with it: whether it is text at all, which code page its
bytes are of, whether it is hidden or was deleted.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field

from bihuan_text.readers.limits import MAX_PARAGRAPHS, too_deep, too_many_paragraphs
from bihuan_text.readers.signs import sign_of
from bihuan_text.refusal import Unreadable

from . import names
from .marks import CELL, ENDS, INNER_PARAGRAPH, NUMBER, NUMBER_END, PARAGRAPH, ROW, Marked, Stories

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,40})(-?\d{1,10})? ?|((?:\\'[0-9a-fA-F]{2}){1,500})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+",
    re.DOTALL,
)
_MAX_DEPTH, _MAX_GROUPS, _MAX_WORDS = 1_000, 900_000, 6_000_000
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")
_TEXT, _FONTS, _TWICE = "", "fonts", "upr"


@dataclass(slots=True)
class _Group:
    """The state of a group; ``skip`` is "" for text, else why it is none."""

    skip: str = _TEXT
    sink: str = "body"
    codec: str = ""
    face: str = ""
    after_unicode: int = 1
    hidden: bool = False
    deleted: bool = False
    number: bool = False

    @property
    def silent(self) -> bool:
        return bool(self.skip) or self.hidden or self.deleted


@dataclass(slots=True)
class Words:
    """Reads the bytes of a file into ``stories``."""

    data: bytes
    stories: Stories = field(default_factory=Stories)
    group: _Group = field(default_factory=_Group)
    above: list[_Group] = field(default_factory=list[_Group])
    raw: bytearray = field(default_factory=bytearray)
    fonts: dict[int, str] = field(default_factory=dict[int, str])
    faces: dict[int, str] = field(default_factory=dict[int, str])
    font: int = 0
    first_font: int = 0
    page: str = "cp1252"
    # How many characters stand behind a \\u for programs that do not know it.
    spare: int = 0
    # Whether the next word is the first of its group, and whether a star stood before it.
    fresh: bool = False
    starred: bool = False
    in_table: bool = False
    ends: int = 0
    left: int = 0
    edges: list[int] = field(default_factory=list[int])
    merged: set[int] = field(default_factory=set[int])

    def read(self) -> Stories:
        """The texts of the file; raises ``Unreadable`` for a bomb."""
        if self.data.count(b"{") > _MAX_GROUPS or self.data.count(b"\\") > _MAX_WORDS:
            raise Unreadable("文件的结构过于庞大，为安全起见没有读取，请只提交这份材料本身。")
        for token in self._tokens():
            kind = token.lastindex
            if kind == 6:
                self._bytes(token[6])
            elif kind == 3:
                self._bytes(bytes.fromhex(token[3].replace(b"\\'", b"").decode()))
            elif kind in (1, 2):
                self._word(token[1], token[2])
            elif kind == 4:
                self._symbol(token[4])
            elif kind == 5 and not self._brace(token[5]):
                break
        self._flush()
        return self.stories

    def _tokens(self) -> Iterator[re.Match[bytes]]:
        at, match = 0, _TOKEN.match
        while token := match(self.data, at):
            at = token.end()
            yield token
            if token[1] == b"bin":  # so many bytes of a picture, whatever they hold
                at += max(0, int(token[2] or 0))

    @property
    def sink(self) -> Marked:
        """The text that is being written."""
        stories = self.stories
        return {"body": stories.body, "boxes": stories.boxes, "notes": stories.notes}[self.group.sink]

    # --- characters ---------------------------------------------------------------------------------------------------

    def _bytes(self, found: bytes) -> None:
        if self.group.skip == _FONTS and found.rstrip().endswith(b";"):
            self.faces[self.font] = found.decode("latin-1").strip(" ;\r\n")
        if self.group.silent:
            return
        if self.spare:
            passed = min(self.spare, len(found))
            self.spare -= passed
            found = found[passed:]
        self.raw += found

    def _flush(self) -> None:
        """Bytes become characters once the typeface or anything else changes."""
        if self.raw:
            raw = bytes(self.raw)
            self.raw.clear()
            self._say(self._decoded(raw))

    def _say(self, text: str) -> None:
        if text and not self.group.silent:
            self.sink.said.append(text)

    def _decoded(self, raw: bytes) -> str:
        codec = self.group.codec
        if codec == names.SYMBOLS:
            return "".join(sign_of(f"F0{byte:02X}", self.group.face) for byte in raw)
        for each in (codec or self.page, self.page, "cp1252"):
            try:
                return _CONTROL.sub("", raw.decode(each))
            except UnicodeDecodeError:
                continue
        return _CONTROL.sub("", raw.decode(codec or self.page, "replace"))

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self.starred = self.fresh
        elif symbol in b"\\{}" or (self.raw and self.raw[-1] > 0x7F and symbol > b"\x3f"):
            self._bytes(symbol)
        else:
            self._word(symbol, None)

    # --- groups -------------------------------------------------------------------------------------------------------

    def _brace(self, brace: bytes) -> bool:
        """Open or close a group; False once the file's own group is closed."""
        self._flush()
        self.spare, self.starred, self.fresh = 0, False, brace == b"{"
        if self.fresh:
            if len(self.above) > _MAX_DEPTH:
                raise too_deep()
            self.above.append(self.group)
            self.group = copy(self.group)
            return True
        if not self.above:
            return False
        was, self.group = self.group, self.above.pop()
        if was.number and not self.group.number and not self.group.skip:
            self.sink.said.append(NUMBER_END)
        if was.sink != self.group.sink:
            getattr(self.stories, was.sink).end_paragraph()
        return bool(self.above)

    def _begin(self, word: bytes) -> None:
        """The first word of a group says what the group is."""
        group = self.group
        if word == b"ud" and group.skip == _TWICE:
            group.skip = _TEXT
        elif group.skip:
            pass
        elif word in (b"fonttbl", b"upr"):
            group.skip = _FONTS if word == b"fonttbl" else _TWICE
        elif word in names.SKIPPED or (self.starred and word not in names.STARRED):
            group.skip = "skipped"
        elif word in names.BOXES or word == b"footnote":
            group.sink = "notes" if word == b"footnote" else "boxes"
            self.sink.end_paragraph()
        elif word in names.NUMBERS:
            group.number = True
            self.sink.said.append(NUMBER)

    # --- words --------------------------------------------------------------------------------------------------------

    def _word(self, word: bytes, argument: bytes | None) -> None:
        if self.fresh:
            self._begin(word)
            self.fresh = self.starred = False
        number = None if argument is None else int(argument)
        if word == b"f" or self.group.skip == _FONTS:
            self._typeface(word, number)
        elif self.group.skip:
            return
        elif word == b"u" and number is not None:
            self._unicode(number)
        elif word in ENDS:
            self._end(word)
        elif word in names.SIGNS:
            self._flush()
            self._say(names.SIGNS[word])
        else:
            self._state(word, number)

    def _typeface(self, word: bytes, number: int | None) -> None:
        if number is None:
            return
        if self.group.skip != _FONTS:
            self._flush()
            self.group.codec, self.group.face = self.fonts.get(number, ""), self.faces.get(number, "")
        elif word == b"f":
            self.font = number
        elif word == b"fcharset":
            self.fonts[self.font] = names.SYMBOLS if number == 2 else names.CHARSETS.get(number, "")

    def _unicode(self, number: int) -> None:
        self._flush()
        said = chr(number & 0xFFFF)
        if 0xF000 <= ord(said) <= 0xF0FF:
            said = sign_of(f"{ord(said):X}", self.group.face)
        self._say(_CONTROL.sub("", said))
        self.spare = self.group.after_unicode

    def _end(self, word: bytes) -> None:
        mark = ENDS[word]
        self._flush()
        if mark == PARAGRAPH and self.in_table:
            mark = INNER_PARAGRAPH
        if self.group.number or (self.group.silent and mark not in (CELL, ROW)):
            return
        self.sink.said.append(mark)
        self.ends += 1
        if self.ends > MAX_PARAGRAPHS:
            raise too_many_paragraphs()
        if mark == ROW:
            self.sink.rows.append(((self.left, *self.edges[:-1]), frozenset(self.merged)))

    def _state(self, word: bytes, number: int | None) -> None:
        group, on = self.group, number != 0
        if word in (b"v", b"deleted"):
            self._flush()
            setattr(group, "hidden" if word == b"v" else "deleted", on)
        elif word == b"plain":
            self._flush()
            group.hidden = group.deleted = False
            group.codec, group.face = self.fonts.get(self.first_font, ""), self.faces.get(self.first_font, "")
        elif word == b"uc":
            group.after_unicode = max(0, min(number or 0, 16))
        elif word in (b"intbl", b"pard"):
            self.in_table = word == b"intbl"
        elif word == b"ansicpg":
            self.page = _codec(number or 0)
        elif word == b"deff":
            self.first_font = number or 0
        else:
            self._table(word, number or 0)

    def _table(self, word: bytes, number: int) -> None:
        if word == b"trowd":
            self.left, self.edges, self.merged = 0, [], set()
        elif word == b"trleft":
            self.left = number
        elif word == b"clvmrg":
            self.merged.add(len(self.edges))
        elif word == b"cellx" and len(self.edges) < 64:
            self.edges.append(number)


def _codec(page: int) -> str:
    name = names.PAGES.get(page, f"cp{page}")
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name
