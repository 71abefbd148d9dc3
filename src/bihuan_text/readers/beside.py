"""What a part of a .docx names beside itself: further parts, files poured into the text (altChunk), drawn words (SmartArt)."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from bihuan_text.refusal import Unreadable

from .sniff import Damaged
from .xml import parsed

if TYPE_CHECKING:
    from collections.abc import Callable

    from bihuan_text.document import Document

    from .xml import Node

_IDS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ("http://purl.oclc.org/ooxml/officeDocument/relationships"),
)
_SCHEMES = ("http://schemas.openxmlformats.org/drawingml/2006/", "http://purl.oclc.org/ooxml/drawingml/")
RELIDS = tuple(f"{{{scheme}diagram}}relIds" for scheme in _SCHEMES)
CHARTS = tuple(f"{{{scheme}chart}}chart" for scheme in _SCHEMES)
_TRIES = 10_000  # connections followed in one drawing
_UNSEEN = {"doc", "pres", "parTrans", "sibTrans"}
POURED = "文件里嵌入的另一份文件没有读取，请打开原件，把其中的内容复制到正文里再试。"
_UNDRAWN = "文件里有图形（SmartArt）的文字没有读取，请对照原件核对。"
CHARTED = "文件里有图表，其中的文字没有读取，请对照原件核对。"


class PartSource(Protocol):
    """Whatever gives the bytes of a part by its path, None where there is no such part."""

    def part(self, name: str) -> bytes | None:
        """The bytes of one part."""


def relations(package: PartSource, part: str) -> list[Node]:
    """The relations of a part ("" for the package); a broken list counts as none, for every part has its usual place."""
    folder, file = posixpath.split(part)
    raw = package.part(posixpath.join(folder, "_rels", f"{file}.rels"))
    if raw is None:
        return []
    try:
        return list(parsed(raw))
    except Damaged:
        return []


def target(node: Node, part: str) -> str:
    """The path of the part that a relation of ``part`` leads to."""
    given = node.get("Target") or ""
    joined = given if given.startswith("/") else posixpath.join(posixpath.dirname(part), given)
    return posixpath.normpath(joined.lstrip("/"))


@dataclass(slots=True)
class Beside:
    """The parts beside the text of one package; each is poured in once. ``poured`` reads one as a paper of its own."""

    package: PartSource
    poured: Callable[[bytes, str], Document | None]
    seen: set[str] = field(default_factory=set[str])
    links: dict[str, dict[str, Node]] = field(default_factory=dict[str, dict[str, "Node"]])

    def chunk(self, node: Node, part: str) -> Document | None:
        """The file that an altChunk in ``part`` pours in, None where it cannot be read."""
        found = self._named(node, "id", part)
        try:
            return None if found is None else self.poured(found[1], posixpath.basename(found[0]))
        except Unreadable:
            return None

    def drawn(self, node: Node, part: str) -> tuple[list[str], str]:
        """The lines that a drawing of words says, and a remark where they could not be read."""
        try:
            found = self._named(node, "dm", part)
            return ([], _UNDRAWN) if found is None else (_lines(parsed(found[1])), "")
        except Unreadable:
            return [], _UNDRAWN

    def _named(self, node: Node, attribute: str, part: str) -> tuple[str, bytes] | None:
        name = next((value for ids in _IDS if (value := node.get(f"{{{ids}}}{attribute}"))), "")
        if part not in self.links:
            self.links[part] = {each.get("Id") or "": each for each in relations(self.package, part)}
        link = self.links[part].get(name)
        if link is None or link.get("TargetMode") == "External":
            return None
        path = target(link, part)
        if path in self.seen:
            return None
        self.seen.add(path)
        raw = self.package.part(path)
        return None if raw is None else (path, raw)


def _lines(root: Node) -> list[str]:
    """The words of the points of a drawing, from its root down, siblings in their order."""
    scheme = root.tag.partition("}")[0] + "}"
    points = {point.get("modelId") or "": point for point in root.iterfind(f"{scheme}ptLst/{scheme}pt")}
    below: dict[str, list[tuple[int, str]]] = {}
    for link in root.iterfind(f"{scheme}cxnLst/{scheme}cxn"):
        if link.get("type", "parOf") == "parOf":
            order = link.get("srcOrd") or "0"
            place = int(order) if order.isdecimal() else 0
            below.setdefault(link.get("srcId") or "", []).append((place, link.get("destId") or ""))
    roots = [name for name, point in points.items() if point.get("type") == "doc"]
    return [line for name in _downwards(roots, below) for line in _said(points.get(name), scheme)]


def _downwards(roots: list[str], below: dict[str, list[tuple[int, str]]]) -> list[str]:
    """The names under the roots, parents first; each once, however the connections run."""
    waiting, order = roots[::-1], dict[str, None]()
    while waiting and len(order) < _TRIES:
        name = waiting.pop()
        if name not in order:
            order[name] = None
            waiting += [child for _, child in sorted(below.get(name, ()), reverse=True)]
    return list(order)


def _said(point: Node | None, scheme: str) -> list[str]:
    """The paragraphs of one point, none for those that only join or place others."""
    if point is None or point.get("type", "node") in _UNSEEN:
        return []
    texts: list[str] = []
    for paragraph in point.iterfind(f"{scheme}t/{{*}}p"):
        said = "".join("\n" if _local(node) == "br" else node.text or "" for node in paragraph.iter("{*}t", "{*}br"))
        texts += [line.strip() for line in said.split("\n")]
    return [text for text in texts if text]


def _local(node: Node) -> str:
    return str(node.tag).rpartition("}")[2]
