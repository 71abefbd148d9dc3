"""A .docx laid out as the standard has it, its words untouched: only formatting is written, and footers of our own."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final

from lxml import etree

from bihuan_text.blanks.archive import Part
from bihuan_text.readers import read_document
from bihuan_text.readers.xml import W
from bihuan_text.reading import read_report
from bihuan_text.refusal import Unreadable

from . import editing
from .asked import WISHES
from .footing import footer
from .measuring import Parts, measured
from .numbers import of_numbers
from .pages import of_first_page, wanted_margins
from .sheet import SIDES
from .telling import failing
from .units import PT_PER_MM, figure, twips
from .wishes import pitch_of

if TYPE_CHECKING:
    from bihuan_text.readers.xml import Node

    from .measuring import Layout
    from .sheet import Sheet

_TYPES: Final = "[Content_Types].xml"
_CT: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_PR: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_KINDS: Final = ("default", "even")
# A mend can uncover another deviation (a page break that goes, an indent that counted in the old size).
_ROUNDS: Final = 3


def mended(data: bytes) -> bytes:
    """The same paper laid out; raises ``Unreadable`` for what is no .docx or cannot be read."""
    for _ in range(_ROUNDS):
        better = _once(data)
        if better == data:
            break
        data = better
    return data


def _once(data: bytes) -> bytes:
    document = read_document(data, "")
    layout = measured(data, document, read_report(document).title)
    if layout is None:
        raise Unreadable("只有 .docx 文件可以调整版式，请用 Word 或 WPS 打开后另存为 .docx 再试。")
    mend = _Mending(layout)
    mend.paragraphs()
    mend.sheets()
    mend.numbers()
    return mend.written(data)


class _Mending:
    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._parts = Parts(layout.archive, layout.name)
        self._changed: dict[str, bytes] = {}
        self._touched = False

    def written(self, data: bytes) -> bytes:
        """The new file; the very same bytes when nothing was to be mended."""
        if self._touched:
            self._changed[self._layout.name] = self._layout.main.bytes()
        return self._layout.archive.written(self._changed) if self._changed else data

    # --- paragraphs ---------------------------------------------------------------------------------------------------

    def paragraphs(self) -> None:
        """Every wish that is not met and can be."""
        for wish in WISHES:
            mend = wish.mend
            for para, _ in list(failing(self._layout, wish)) if mend else ():
                if mend:
                    mend(para, self._layout.sheet(para))
                    self._touched = True
        if any(True for _ in of_first_page(self._layout)):
            self._touched = self._open_first_page() or self._touched
        if self._touched:
            self._blank_lines()

    def _blank_lines(self) -> None:
        """Blank lines of the text are as high as its lines."""
        for para in self._layout.paras:
            if para.role == "annex-mark":
                return
            if not para.stretches and not para.in_table and not pitch_of(para, self._layout.sheet(para)):
                editing.set_pitch(para.node, figure("pitch", "usual_pt"))

    def _open_first_page(self) -> bool:
        """Take away the page breaks between the title and the text."""
        paras, done = self._layout.paras, False
        first = next(n for n, para in enumerate(paras) if para.role in ("body", "h1", "h2", "h3", "h4"))
        for place, para in enumerate(paras[: first + 1]):
            if place and para.said.get("turn") == "1":
                editing.set_turn(para.node, turns=False)
                done = True
            for node in list(para.node.iter(W + "br")):
                if node.get(W + "type") == "page" and (above := node.getparent()) is not None:
                    above.remove(node)
                    done = True
        return done

    # --- sheets -------------------------------------------------------------------------------------------------------

    def sheets(self) -> None:
        """Size and margins of every section; a sheet on its side stays on its side."""
        for place, sheet in enumerate(self._layout.sheets):
            body_size = sheet.is_paper(210.0, 297.0)
            if not body_size and not (place and sheet.is_paper(297.0, 420.0)):
                _set_paper(sheet)
                self._touched = True
            if not any(map(sheet.has_margins, wanted_margins(sheet, later=place > 0))):
                _set_margins(sheet)
                self._touched = True

    # --- page numbers -------------------------------------------------------------------------------------------------

    def numbers(self) -> None:
        """Footers of our own where a page number is missing or not as it should be."""
        if not any(True for _ in of_numbers(self._layout)):
            return
        self._touched = True
        words = self._words_of_old()
        relations, types = self._relations(), self._part(_TYPES)
        identities = {kind: _related(relations, "footer", f"bihuan-footer-{kind}.xml") for kind in _KINDS}
        folder = posixpath.dirname(self._layout.name)
        for kind in _KINDS:
            name = posixpath.join(folder, f"bihuan-footer-{kind}.xml")
            self._changed[name] = footer(kind, words)
            _typed(types, name, "footer")
        for place, sheet in enumerate(self._layout.sheets):
            _refer(sheet.node, identities, first=place == 0)
        self._set_odd_even(relations, types)
        self._changed[self._relations_name()] = relations.bytes()
        self._changed[_TYPES] = types.bytes()

    def _words_of_old(self) -> list[str]:
        """What the old footers say besides the number: it stays, below it."""
        found: list[str] = []
        for sheet in self._layout.sheets:
            for reference in sheet.node.findall(W + "footerReference"):
                root = self._parts.named(reference)
                for paragraph in () if root is None else root.iter(W + "p"):
                    said = "".join(node.text or "" for node in paragraph.iter(W + "t")).strip()
                    if said and said not in found and _says_more(paragraph, said):
                        found.append(said)
        return found

    def _set_odd_even(self, relations: Part, types: Part) -> None:
        name = self._parts.place("settings")
        old = self._layout.archive.maybe(name)
        part = old or Part(f'<w:settings xmlns:w="{W[1:-1]}"/>'.encode())
        if old is None:
            _related(relations, "settings", posixpath.basename(name))
            _typed(types, name, "settings")
        if not self._layout.odd_even:
            _switch_on(part.root)
            _keep_headers(self._layout.sheets)
        self._changed[name] = part.bytes()

    def _relations_name(self) -> str:
        folder, file = posixpath.split(self._layout.name)
        return posixpath.join(folder, "_rels", f"{file}.rels")

    def _relations(self) -> Part:
        empty = f'<Relationships xmlns="{_PR[1:-1]}"/>'.encode()
        return self._layout.archive.maybe(self._relations_name()) or Part(empty)

    def _part(self, name: str) -> Part:
        return self._layout.archive.xml(name)


def _says_more(paragraph: Node, said: str) -> bool:
    """Words of a footer that are no part of a page number."""
    rest = "".join(each for each in said if not each.isdigit() and each not in "—–-－─ 第页共/／,，·~～\t\u3000")
    return bool(rest) and next(paragraph.iter(W + "instrText", W + "fldSimple"), None) is None


def _set_paper(sheet: Sheet) -> None:
    wide, high = (297.0, 210.0) if sheet.landscape else (210.0, 297.0)
    node = editing.section_part(sheet.node, "pgSz")
    editing.said(node, w=twips(wide * PT_PER_MM), h=twips(high * PT_PER_MM))
    node.attrib.pop(W + "code", "")


def _set_margins(sheet: Sheet) -> None:
    wanted = wanted_margins(sheet)[0]
    node = editing.section_part(sheet.node, "pgMar")
    lengths = {side: twips(mm * PT_PER_MM) for side, mm in zip(SIDES, wanted, strict=True)}
    editing.said(node, header=node.get(W + "header") or "851", footer=_footer_twips(wanted[1]), gutter="0", **lengths)


def _footer_twips(bottom_mm: float) -> str:
    """Where the footer ends so that the middle of its line of 16 pt is 7 mm below the type area."""
    return twips((bottom_mm - figure("number", "below_mm")) * PT_PER_MM - 8.0)


def _refer(section: Node, identities: dict[str, str], *, first: bool) -> None:
    """The first section names the footers; later ones have them from it."""
    for old in section.findall(W + "footerReference"):
        section.remove(old)
    if section.find(W + "titlePg") is not None and not any(
        each.get(W + "type") == "first" for each in section.findall(W + "headerReference")
    ):
        section.remove(editing.section_part(section, "titlePg"))
    kinds = [*identities.items()]
    if section.find(W + "titlePg") is not None:
        kinds.append(("first", identities["default"]))
    for kind, identity in kinds if first or len(kinds) > len(identities) else ():
        node = etree.Element(W + "footerReference")
        node.set(W + "type", kind)
        node.set(_R + "id", identity)
        section.insert(len(section.findall(W + "headerReference")) + len(section.findall(W + "footerReference")), node)
    bottom = editing.section_part(section, "pgMar").get(W + "bottom") or ""
    if bottom.isdecimal():
        editing.said(editing.section_part(section, "pgMar"), footer=_footer_twips(int(bottom) / 20 / PT_PER_MM))


def _keep_headers(sheets: tuple[Sheet, ...]) -> None:
    """Even pages had the header of all pages until now: they keep it."""
    for sheet in sheets:
        references = sheet.node.findall(W + "headerReference")
        usual = next((r for r in references if r.get(W + "type", "default") == "default"), None)
        for even in [r for r in references if r.get(W + "type") == "even"]:
            sheet.node.remove(even)
        if usual is not None:
            even = etree.Element(W + "headerReference")
            even.set(W + "type", "even")
            even.set(_R + "id", usual.get(_R + "id") or "")
            usual.addnext(even)


def _switch_on(settings: Node) -> None:
    """evenAndOddHeaders, in its place."""
    for old in settings.findall(W + "evenAndOddHeaders"):
        settings.remove(old)
    editing.put(settings, "evenAndOddHeaders", "settings")


def _related(relations: Part, kind: str, target: str) -> str:
    """The id of a relation of that kind to a part, made when there is none."""
    for node in relations.root:
        if node.get("Target") == target:
            return node.get("Id") or ""
    taken = {node.get("Id") for node in relations.root}
    identity = next(name for number in range(1, 100_000) if (name := f"rIdLayout{number}") not in taken)
    new = etree.SubElement(relations.root, _PR + "Relationship")
    new.set("Id", identity)
    new.set("Type", f"{_R[1:-1]}/{kind}")
    new.set("Target", target)
    return identity


def _typed(types: Part, name: str, kind: str) -> None:
    """Say in the list of types what a part is."""
    if any(node.get("PartName") == f"/{name}" for node in types.root):
        return
    new = etree.SubElement(types.root, _CT + "Override")
    new.set("PartName", f"/{name}")
    new.set("ContentType", f"{_WORD}.{kind}+xml")
