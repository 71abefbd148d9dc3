"""The same .docx with findings as Word comments at their places and mechanical mends as tracked changes.

Everything else stays as it was: only runs that a comment or a mend begins or ends in are cut, and a cut run keeps its
properties. A mend becomes a tracked change where each of its characters stands in a plain run; elsewhere (fields, numbers
that Word makes, text that is a tracked change already) the comment says what to write.
"""

from __future__ import annotations

import posixpath
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bihuan_text.blanks.archive import Archive, Part
from bihuan_text.document import Origin
from bihuan_text.readers.xml import W
from bihuan_text.refusal import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from bihuan_text.checks import Finding, Mend
    from bihuan_text.document import Document
    from bihuan_text.readers.xml import Node

AUTHOR, INITIALS = "闭环检查", "闭环"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
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
    places: dict[int, tuple[Node, int]] = field(default_factory=dict[int, tuple["Node", int]])
    changes: int = 0
    comments: str = ""
    held: Part | None = None
    first: int = 0
    told: list[tuple[int, Finding]] = field(default_factory=list[tuple[int, "Finding"]])

    def __post_init__(self) -> None:
        self.name = self.archive.main("word/document.xml")
        self.main = self.archive.xml(self.name)
        runs = list(self.main.root.iter(W + "r"))
        for piece in self.document.pieces:
            mine = piece.part in ("", self.name) and piece.origin in (Origin.LITERAL, Origin.CELL)
            if piece.run is None or not mine:
                continue
            for step in range(piece.end - piece.start):
                self.places[piece.start + step] = (runs[piece.run], piece.offset + step)
        self.changes = _highest(self.main.root.iter(*_TRACKED))
        there = [to for kind, to in self.archive.related(self.name).values() if kind == "comments"]
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
            self._anchor(finding)
            if free and all(map(self._can_mend, finding.mend)):
                changed += spans
                for mend in finding.mend:
                    self._mend(mend)
        return self.archive.written({**self._comments(), self.name: self.main.bytes()})

    # --- cutting runs ---------------------------------------------------------------------------------------------

    def _cut(self, found: Sequence[Finding]) -> None:
        """Cut plain runs where something begins or ends; places then lead to the pieces."""
        edges = {edge for f in found for edge in (f.start, f.end) if edge is not None}
        edges |= {edge for f in found for mend in f.mend for edge in (mend.start, mend.end)}
        cuts: dict[Node, set[int]] = {}
        for edge in edges:
            if edge in self.places:
                run, offset = self.places[edge]
                if offset and _is_plain(run):
                    cuts.setdefault(run, set()).add(offset)
        starts = {run: _pieces(run, sorted(offsets)) for run, offsets in cuts.items()}
        for place, (run, offset) in list(self.places.items()):
            if run in starts:
                low, piece = max((pair for pair in starts[run] if pair[0] <= offset), key=lambda pair: pair[0])
                self.places[place] = (piece, offset - low)

    # --- mends ------------------------------------------------------------------------------------------------------

    def _can_mend(self, mend: Mend) -> bool:
        """Whether each character stands in a plain run that is no tracked change, and the new words are plain."""
        if any(char in mend.text for char in "\n\t"):
            return False
        touched = range(mend.start, mend.end) if mend.end > mend.start else range(mend.start, mend.start + 1)
        return all(at in self.places and _may_change(self.places[at][0]) for at in touched)

    def _mend(self, mend: Mend) -> None:
        old = list(dict.fromkeys(self.places[at][0] for at in range(mend.start, mend.end)))
        model = old[-1] if old else self.places[mend.start][0]
        new = self._tracked("ins", [_run_like(model, mend.text)]) if mend.text else None
        if not old and new is not None:
            model.addprevious(new)
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

    def _anchor(self, finding: Finding) -> None:
        """Put the marks of a comment around the finding's characters, or at the first words of the paper."""
        held = [at for at in range(finding.start or 0, finding.end or 0) if at in self.places]
        held = held or [min(self.places)] if self.places else []
        if not held:
            return
        first, last = _top(self.places[held[0]][0]), _top(self.places[held[-1]][0])
        make = self.main.root.makeelement
        number = str(self._number(finding))
        first.addprevious(make(W + "commentRangeStart", {W + "id": number}))
        end = make(W + "commentRangeEnd", {W + "id": number})
        reference = make(W + "r", {})
        reference.append(make(W + "commentReference", {W + "id": number}))
        last.addnext(end)
        end.addnext(reference)

    def _number(self, finding: Finding) -> int:
        number = self.first + len(self.told)
        self.told.append((number, finding))
        return number

    def _comments(self) -> dict[str, bytes]:
        """The part with the remarks, and what makes Word look for it where there was none."""
        if not self.told:
            return {}
        part = self.held or Part(_EMPTY)
        for number, finding in self.told:
            part.root.append(self._comment(part.root, number, finding))
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

    def _comment(self, root: Node, number: int, finding: Finding) -> Node:
        head = {W + "id": str(number), W + "author": AUTHOR, W + "date": _stamp(self.at), W + "initials": INITIALS}
        comment = root.makeelement(W + "comment", head)
        whole = "（全篇）" if finding.start is None else ""
        for line in (whole + finding.message, finding.suggestion, f"依据：{finding.source}（{finding.rule}）"):
            if line:
                paragraph = root.makeelement(W + "p", {})
                paragraph.append(_words(root.makeelement(W + "r", {}), line))
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


def _top(run: Node) -> Node:
    """The run, or what holds it, directly in its paragraph."""
    node = run
    while (parent := node.getparent()) is not None and parent.tag != W + "p":
        node = parent
    return node


def _is_plain(run: Node) -> bool:
    """A run of properties and one stretch of text: the only kind that is cut."""
    return [child.tag for child in run if child.tag != W + "rPr"] == [W + "t"]


def _may_change(run: Node) -> bool:
    node: Node | None = run
    while node is not None and node.tag != W + "p":
        if node.tag in _TRACKED:
            return False
        node = node.getparent()
    return _is_plain(run)


def _pieces(run: Node, offsets: list[int]) -> list[tuple[int, Node]]:
    """The run cut at these offsets: (first character, run) of each piece; the first piece is the run itself."""
    text = next(child for child in run if child.tag == W + "t")
    said, made = text.text or "", [(0, run)]
    for low, high in zip(offsets, [*offsets[1:], len(said)], strict=True):
        made.append((low, _run_like(run, said[low:high])))
        made[-2][1].addnext(made[-1][1])
    text.text = said[: offsets[0]]
    text.set(_SPACE, "preserve")
    return made


def _run_like(run: Node, said: str) -> Node:
    """A run with the same properties and other words."""
    new = run.makeelement(W + "r", {})
    properties = run.find(W + "rPr")
    if properties is not None:
        new.append(deepcopy(properties))
    return _words(new, said)


def _words(run: Node, said: str) -> Node:
    text = run.makeelement(W + "t", {_SPACE: "preserve"})
    text.text = said
    run.append(text)
    return run
