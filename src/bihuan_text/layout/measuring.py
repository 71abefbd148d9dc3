"""A .docx measured: its sheets, the parts its paragraphs play, its page numbers."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bihuan_text.blanks.archive import Archive
from bihuan_text.readers.xml import W
from bihuan_text.refusal import Unreadable

from .footers import Number, number_in
from .paragraphs import Para, paragraphs_of, sheets_of
from .roles import give_roles
from .styles import Styles, styles_of, switched_on

if TYPE_CHECKING:
    from bihuan_text.blanks.archive import Part
    from bihuan_text.document import Document
    from bihuan_text.readers.xml import Node

    from .deviation import Deviation
    from .sheet import Sheet

USUAL_MAIN: Final = "word/document.xml"
_REFERENCE: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(slots=True)
class Layout:
    """What was measured. ``numbers`` has for each sheet the page number of its footers by kind: default, even, first.

    ``told`` keeps the deviations once they were asked for: every rule of ``checks`` asks for its own.
    """

    archive: Archive
    name: str
    main: Part
    styles: Styles
    sheets: tuple[Sheet, ...]
    paras: list[Para]
    numbers: tuple[dict[str, Number], ...]
    odd_even: bool
    told: list[Deviation] | None = None

    def sheet(self, para: Para) -> Sheet:
        """The sheet a paragraph stands on."""
        return self.sheets[para.sheet]

    def played(self, *roles: str) -> list[Para]:
        """The paragraphs that play one of these parts."""
        return [para for para in self.paras if para.role in roles]


def measured(data: bytes, document: Document, title: str | None) -> Layout | None:
    """The layout of a .docx whose text is ``document``; ``title`` is the one that was read in it.

    None for what is no .docx or cannot be measured: whoever asks has the text already and is not to be held up.
    """
    if document.form != "docx":
        return None
    try:
        return _measured(Archive(data), document, title)
    except (Unreadable, RecursionError, MemoryError):
        return None


def _measured(archive: Archive, document: Document, title: str | None) -> Layout | None:
    name = archive.main(USUAL_MAIN)
    main = archive.xml(name)
    body = main.root.find(W + "body")
    if body is None:
        return None
    parts = Parts(archive, name)
    styles = styles_of(parts.root("styles"), parts.root("theme"), parts.root("numbering"))
    sheets = sheets_of(body)
    paras = paragraphs_of(main.root, body, document, styles, sheets)
    give_roles(paras, title)
    numbers = _numbers(sheets, parts, styles)
    odd_even = switched_on(parts.root("settings"), "evenAndOddHeaders")
    return Layout(archive, name, main, styles, sheets, paras, numbers, odd_even)


class Parts:
    """The parts that the main one names."""

    def __init__(self, archive: Archive, main: str) -> None:
        self._archive = archive
        self._folder = posixpath.dirname(main)
        self.related = archive.related(main)

    def place(self, kind: str) -> str:
        """The name of the part of a kind, or its usual name."""
        usual = {"theme": "theme/theme1.xml"}.get(kind, f"{kind}.xml")
        return next((to for each, to in self.related.values() if each == kind), posixpath.join(self._folder, usual))

    def root(self, kind: str) -> Node | None:
        """The root of the part of a kind, None where there is none or it is broken."""
        return self._read(self.place(kind))

    def named(self, reference: Node) -> Node | None:
        """The root of the part that a reference (to a header or footer) names."""
        _, place = self.related.get(reference.get(_REFERENCE) or "", ("", ""))
        return self._read(place) if place else None

    def _read(self, place: str) -> Node | None:
        try:
            found = self._archive.maybe(place)
        except Unreadable:
            return None
        return None if found is None else found.root


def _numbers(sheets: tuple[Sheet, ...], parts: Parts, styles: Styles) -> tuple[dict[str, Number], ...]:
    """For each sheet its page numbers; a sheet without a footer of its own has that of the sheet before."""
    found: list[dict[str, Number]] = []
    held: dict[str, Number] = {}
    read: dict[str, Number | None] = {}
    for sheet in sheets:
        held = dict(held)
        for reference in sheet.node.findall(W + "footerReference"):
            identity, kind = reference.get(_REFERENCE) or "", reference.get(W + "type") or "default"
            if identity not in read:
                read[identity] = number_in(parts.named(reference), styles)
            held.pop(kind, None)
            if (number := read[identity]) is not None:
                held[kind] = number
        found.append(held)
    return tuple(found)
