"""The same .docx with findings as Word comments at their places and mechanical mends as tracked changes.

Everything else stays as it was: only runs that a comment or a mend begins or ends in are cut, and a cut run keeps its
properties. A mend becomes a tracked change where each of its characters is text in the line; elsewhere (fields, numbers that
Word makes, boxes, notes, text that is a tracked change already) the comment says what to write.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bihuan_text.blanks.archive import Archive, Part
from bihuan_text.readers.xml import W
from bihuan_text.refusal import Unreadable
from bihuan_text.wordplaces import Places, run_like, with_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from bihuan_text.checks import Finding, Mend
    from bihuan_text.document import Document
    from bihuan_text.readers.xml import Node

_LONG, _BESIDE = 40, 6  # characters of the paper that a remark quotes, and those beside them
AUTHOR, INITIALS = "闭环检查", "闭环"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_TRACKED = {W + name for name in ("ins", "del", "moveFrom", "moveTo", "fldSimple")}


def reviewed(data: bytes, document: Document, found: Sequence[Finding], at: datetime) -> bytes:
    """The reviewed copy. Raises ``Unreadable`` for what is no .docx; ``at`` dates the remarks."""
    if document.form != "docx":
        raise Unreadable("只有 .docx 材料可以写成带批注的文件，别的材料请用 --html。")
    said = [finding for finding in found if finding.silenced is None]
    return _Review(Archive(data), document, at).written(said)


@dataclass(slots=True)
class _Review:
    archive: Archive
    document: Document
    at: datetime
    name: str = ""
    main: Part = field(init=False)
    places: Places = field(init=False)
    changes: int = 0
    comments: str = ""
    held: Part | None = None
    first: int = 0
    told: list[tuple[bool, Finding, str]] = field(default_factory=list[tuple[bool, "Finding", str]])

    def __post_init__(self) -> None:
        self.name = self.archive.main("word/document.xml")
        self.main = self.archive.xml(self.name)
        links = self.archive.related(self.name).values()
        named = {piece.part for piece in self.document.pieces} - {"", self.name}
        notes = {name: part.root for name in named if (part := self.archive.maybe(name)) is not None}
        self.places = Places(self.main.root, self.name)
        self.places.read(self.document, notes)
        self.changes = _highest(self.main.root.iter(*_TRACKED))
        there = [to for kind, to in links if kind == "comments"]
        self.comments = there[0] if there else posixpath.join(posixpath.dirname(self.name), "comments.xml")
        self.held = self.archive.maybe(self.comments) if there else None
        self.first = _highest(self.held.root) + 1 if self.held is not None else 0

    def written(self, found: Sequence[Finding]) -> bytes:
        """The file with every finding in it."""
        self._cut(found)
        changed: list[tuple[int, int]] = []
        for finding in found:
            spans = [(mend.start, mend.end) for mend in finding.mend]
            free = all(end < low or high < start for start, end in spans for low, high in changed)
            can = free and all(map(self._can_mend, finding.mend))
            self._anchor(finding, told=() if can else finding.mend)
            if can:
                changed += spans
                for mend in finding.mend:
                    self._mend(mend)
        return self.archive.written({**self._comments(), self.name: self.main.bytes()})

    def _cut(self, found: Sequence[Finding]) -> None:
        """Cut runs where something begins or ends."""
        mends = [mend for finding in found for mend in finding.mend]
        edges = {edge for f in found for edge in (f.start, f.end) if edge is not None}
        edges |= {edge for mend in mends for edge in (mend.start, mend.end)}
        self.places.cut(edges, {at for mend in mends for at in range(mend.start - 1, mend.end + 1)})

    # --- mends ------------------------------------------------------------------------------------------------------

    def _can_mend(self, mend: Mend) -> bool:
        """Whether each character may change, or one beside an insertion, and the new words are plain."""
        if any(char in mend.text for char in "\n\t"):
            return False
        if mend.end > mend.start:
            return all(map(self.places.may_change, range(mend.start, mend.end)))
        return self._beside(mend.start) is not None

    def _beside(self, at: int) -> int | None:
        """The character that words inserted here stand next to: the one after, or the last of a line."""
        return next((each for each in (at, at - 1) if self.places.may_change(each)), None)

    def _mend(self, mend: Mend) -> None:
        old = list(dict.fromkeys(self.places.at[at][0] for at in range(mend.start, mend.end)))
        beside = None if old else self._beside(mend.start)
        model = old[-1] if beside is None else self.places.at[beside][0]
        new = self._tracked("ins", [run_like(model, mend.text)]) if mend.text else None
        if new is not None and beside is not None:
            (model.addprevious if beside == mend.start else model.addnext)(new)
        for run in old:
            deleted = self._tracked("del", [])
            run.addprevious(deleted)
            deleted.append(run)
            for text in run.findall(W + "t"):
                text.tag = W + "delText"
        if old and new is not None:
            _parent(old[-1]).addnext(new)

    def _tracked(self, kind: str, runs: list[Node]) -> Node:
        self.changes += 1
        node = self.main.root.makeelement(
            W + kind, {W + "id": str(self.changes), W + "author": AUTHOR, W + "date": _stamp(self.at)}
        )
        node.extend(runs)
        return node

    # --- comments ---------------------------------------------------------------------------------------------------

    def _anchor(self, finding: Finding, told: Sequence[Mend]) -> None:
        """Put the marks of a comment around the finding's characters, or at what they hang on, or beside them."""
        place = self.places.around(finding.start or 0, finding.end or 0)
        if place is None:
            return
        first, last, own = place
        make = self.main.root.makeelement
        number = str(self.first + len(self.told))
        self.told.append((own or finding.start is None, finding, self._instead(finding, told)))
        first.addprevious(make(W + "commentRangeStart", {W + "id": number}))
        end = make(W + "commentRangeEnd", {W + "id": number})
        reference = make(W + "r", {})
        reference.append(make(W + "commentReference", {W + "id": number}))
        last.addnext(end)
        end.addnext(reference)

    def _instead(self, finding: Finding, mends: Sequence[Mend]) -> str:
        """What to write where no tracked change can do it; of a long stretch the words around the first mend."""
        if not mends:
            return ""
        low, high = min(m.start for m in mends), max(m.end for m in mends)
        if high - low > _LONG:
            low, high, mends = mends[0].start, mends[0].end, mends[:1]
        before, after = self.document.text[max(low - _BESIDE, 0) : low], self.document.text[high : high + _BESIDE]
        said = self.document.text[low:high]
        for mend in sorted(mends, key=lambda mend: -mend.start):
            said = said[: mend.start - low] + mend.text + said[mend.end - low :]
        words = before.rpartition("\n")[2] + said + after.partition("\n")[0]
        return f"应写作“{' '.join(words.split())}”。"

    def _comments(self) -> dict[str, bytes]:
        """The part with the remarks, and what makes Word look for it where there was none."""
        if not self.told:
            return {}
        part = self.held or Part(_EMPTY)
        for number, (own, finding, instead) in enumerate(self.told, self.first):
            part.root.append(self._comment(part.root, number, finding, "" if own else finding.excerpt, instead))
        if self.held is not None:
            return {self.comments: part.bytes()}
        folder, file = posixpath.split(self.name)
        related = posixpath.join(folder, "_rels", f"{file}.rels")
        links, types = self.archive.maybe(related) or Part(_NO_LINKS), self.archive.xml("[Content_Types].xml")
        ids = {link.get("Id") for link in links.root}
        free = next(f"rIdReview{number}" for number in range(len(ids) + 1) if f"rIdReview{number}" not in ids)
        link = {"Id": free, "Type": _RELATED, "Target": "comments.xml"}
        links.root.append(links.root.makeelement(_PACKAGE + "Relationship", link))
        kind = {"PartName": f"/{self.comments}", "ContentType": _COMMENTS}
        types.root.append(types.root.makeelement(_TYPES + "Override", kind))
        return {self.comments: part.bytes(), related: links.bytes(), "[Content_Types].xml": types.bytes()}

    def _comment(self, root: Node, number: int, finding: Finding, elsewhere: str, instead: str) -> Node:
        """One remark; ``elsewhere`` quotes words that do not stand at its place, ``instead`` is what to write."""
        head = {W + "id": str(number), W + "author": AUTHOR, W + "date": _stamp(self.at), W + "initials": INITIALS}
        comment = root.makeelement(W + "comment", head)
        whole = "（全篇）" if finding.start is None else f"“{elsewhere}”：" if elsewhere else ""
        for line in (whole + finding.message, finding.suggestion, instead, f"依据：{finding.source}（{finding.rule}）"):
            if line:
                paragraph = root.makeelement(W + "p", {})
                paragraph.append(with_words(root.makeelement(W + "r", {}), line))
                comment.append(paragraph)
        return comment


_EMPTY = b'<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
_NO_LINKS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'


def _highest(nodes: Iterable[Node]) -> int:
    """The highest number that one of them bears."""
    numbers = (node.get(W + "id") or "" for node in nodes)
    return max((int(number) for number in numbers if number.isdecimal()), default=0)


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _parent(node: Node) -> Node:
    parent = node.getparent()
    return node if parent is None else parent
