"""A paper as .docx: the faces of the standard by their names, facts as content controls."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from bihuan_text.gbt9704 import docx_styles as look
from bihuan_text.gbt9704 import page
from bihuan_text.gbt9704.flow import Grid, Line, Turn, kept_with_signature, lay_out, title_text
from bihuan_text.gbt9704.ooxml import DECLARATION, PACKAGE, RELATIONS, content_types, pack, relationships, root, t, w
from bihuan_text.gbt9704.page import CHARACTER_PT, mm_twips, twips
from bihuan_text.gbt9704.titles import width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bihuan_text.gbt9704.elements import Paper
    from bihuan_text.gbt9704.flow import Item, Run

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PARTS: Final = {
    "word/document.xml": f"{WORD}.document.main+xml",
    "word/styles.xml": f"{WORD}.styles+xml",
    "word/settings.xml": f"{WORD}.settings+xml",
    "word/fontTable.xml": f"{WORD}.fontTable+xml",
    "word/footer1.xml": f"{WORD}.footer+xml",
    "word/footer2.xml": f"{WORD}.footer+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
}
EIGHTHS_PER_MM: Final = 8 * page.POINTS_PER_MM
LONGEST_ALIAS: Final = 64
# Where ink stands in an exact line: the mark's upper edge, in its own size; the number's lower edge, in points.
MARK_INSET: Final = 0.22
MARK_LINE: Final = 1.2
NUMBER_INSET_PT: Final = 5.0
IMPRINT_KINDS: Final = ("copies", "issuer")


def to_docx(paper: Paper) -> bytes:
    """排成 Word 文档；同一份公文得到同样的字节，不带作者、时间和机器信息。"""
    items = lay_out(paper)
    return pack(
        {
            "[Content_Types].xml": content_types(PARTS),
            "_rels/.rels": _package_relations(),
            "word/document.xml": root(
                "document", w("body", *_Body(paper.landscape).pieces(items), _section(paper.landscape))
            ),
            "word/_rels/document.xml.rels": _document_relations(),
            "word/styles.xml": look.styles(),
            "word/settings.xml": look.settings(),
            "word/fontTable.xml": look.font_table(),
            "word/footer1.xml": look.footer("default"),
            "word/footer2.xml": look.footer("even"),
            "docProps/core.xml": _core(title_text(paper)),
        }
    )


class _Body:
    """Writes paragraphs one after another; counts content controls, whose ids must differ within a document."""

    def __init__(self, landscape: bool = False) -> None:
        self._landscape = landscape
        self._ids = count(1)
        self._marks = count(1)
        self._new_page = False

    def pieces(self, items: tuple[Item, ...]) -> Iterator[str]:
        kept = kept_with_signature(items)
        for place, item in enumerate(items):
            match item:
                case Line() if item.kind in IMPRINT_KINDS:
                    pass  # one table for all, at the end
                case Line():
                    yield self._paragraph(item, keep=place in kept)
                case Grid():
                    yield self._table(item)
                case Turn():
                    self._new_page = True
        imprint = [item for item in items if isinstance(item, Line) and item.kind in IMPRINT_KINDS]
        if imprint:
            yield _imprint(imprint)
        if imprint or (items and isinstance(items[-1], Grid)):
            # Word wants a paragraph after a table; it is a tenth of a point high so that no page is added.
            yield w("p", w("pPr", w("spacing", before=0, after=0, line=2, lineRule="exact")))

    def _paragraph(self, line: Line, *, keep: bool) -> str:
        turn, self._new_page = self._new_page, False
        stays = w("keepNext") if keep else w("keepNext", val=0) if any(run.body for run in line.runs) else ""
        own = stays + (w("pageBreakBefore") if turn else "") + _shape(line)
        style = w("pStyle", val=look.STYLE_OF[line.kind])
        joint = w("r", w("br")) if line.kind in ("title", "annex-title") else ""
        if line.kind == "number":
            return w("p", w("pPr", style, _number_shape(line)), *_number_runs(line))
        drawn = _mark(line) if line.kind == "mark" else joint.join(map(self._run, line.runs))
        return w("p", w("pPr", style, own), _label(line), self._marked(line, drawn))

    def _marked(self, line: Line, drawn: str) -> str:
        """The paragraph's words between the two ends of its bookmark; Word, WPS and LibreOffice all keep bookmarks."""
        if not line.mark:
            return drawn
        identity = next(self._marks)
        return w("bookmarkStart", id=identity, name=line.mark) + drawn + w("bookmarkEnd", id=identity)

    def _run(self, run: Run) -> str:
        drawn = w("r", _hint(look.BODY_FACE_STYLE if run.body else ""), t(run.text))
        return self._control(run, drawn) if run.ref else drawn

    def _control(self, run: Run, drawn: str) -> str:
        # A plain-text control (w:text) would come back from LibreOffice 7.4 with its words repeated, a copy a script run.
        alias = w("alias", val=(run.label or run.ref)[:LONGEST_ALIAS])
        properties = w("sdtPr", alias, w("tag", val=f"fact:{run.ref}"), w("id", val=next(self._ids)))
        return w("sdt", properties, w("sdtContent", drawn))

    def _table(self, grid: Grid) -> str:
        whole = mm_twips(page.AREA_MM[self._landscape])
        widths = [round(part * whole) for part in grid.widths]
        edge: dict[str, str | float] = {"val": "single", "sz": 4, "space": 0, "color": "auto"}
        borders = w("tblBorders", *(w(s, **edge) for s in ("top", "left", "bottom", "right", "insideH", "insideV")))
        properties = w(
            "tblPr", w("tblW", w=whole, type="dxa"), w("jc", val="center"), borders, w("tblLayout", type="fixed")
        )
        turn = self._turn_paragraph()
        columns = w("tblGrid", *(w("gridCol", w=width) for width in widths))
        header = w("trPr", w("cantSplit"), w("tblHeader"))
        head = w(
            "tr",
            header,
            *(_cell(w("r", _hint(), t(n)), "TableHead", x) for n, x in zip(grid.header, widths, strict=True)),
        )
        heights = grid.heights or (0.0,) * len(grid.rows)
        rows = (self._row(row, widths, height) for row, height in zip(grid.rows, heights, strict=True))
        return turn + w("tbl", properties, columns, head, *rows)

    def _row(self, row: tuple[tuple[Run, ...], ...], widths: list[int], height: float) -> str:
        cells = (_cell("".join(map(self._run, runs)), "TableText", x) for runs, x in zip(row, widths, strict=True))
        least = w("trHeight", val=mm_twips(height), hRule="atLeast") if height else ""
        return w("tr", w("trPr", w("cantSplit"), least), *cells)

    def _turn_paragraph(self) -> str:
        """A table cannot begin a page by itself."""
        turn, self._new_page = self._new_page, False
        return w("p", w("pPr", w("pageBreakBefore"))) if turn else ""


def _cell(content: str, style: str, width: int) -> str:
    paragraph = w("p", w("pPr", w("pStyle", val=style)), content)
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa"), w("vAlign", val="center")), paragraph)


def _hint(style: str = "") -> str:
    """Quotes, dashes and dots are drawn by the Chinese face only with this hint; Word takes Times otherwise."""
    return w("rPr", w("rStyle", val=style) if style else "", w("rFonts", hint="eastAsia"))


def _label(line: Line) -> str:
    """A numbered label ends in a tab up to the hanging indent; “附件：” alone is as wide as the indent already."""
    tab = w("tab") if line.label.endswith(".") else ""
    return w("r", _hint(), t(line.label), tab) if line.label else ""


def _shape(line: Line) -> str:
    """What a paragraph has beyond its style, in the order the schema asks for."""
    if line.kind == "mark":
        size = _mark_pt(line)
        # The ink of a character begins a little below the upper edge of its exact line.
        above = page.MARK_BELOW_MM * page.POINTS_PER_MM - MARK_INSET * size
        return w("spacing", before=twips(above), after=0, line=twips(size * MARK_LINE), lineRule="exact")
    if line.kind == "title" and line.first:
        return w("spacing", before=2 * look.PITCH, after=look.PITCH, line=look.PITCH, lineRule="exact")
    if line.kind == "annex-note":
        return (w("spacing", before=look.PITCH) if line.first else "") + _indents(line, CHARACTER_PT)
    return _indents(line, CHARACTER_PT) if line.right else ""


def _mark_pt(line: Line) -> float:
    return page.mark_pt(width("".join(run.text for run in line.runs)))


def _mark(line: Line) -> str:
    """The red mark in the size its length allows."""
    half_points = round(_mark_pt(line) * 2)
    size = w("rPr", w("rFonts", hint="eastAsia"), w("sz", val=half_points), w("szCs", val=half_points))
    return "".join(w("r", size, t(run.text)) for run in line.runs)


def _number_shape(line: Line) -> str:
    """The red rule is the line's lower border, as wide as the type area; a tab leads to the signer at the right."""
    below = page.HEAD_RULE_BELOW_MM * page.POINTS_PER_MM - NUMBER_INSET_PT
    rule = w("bottom", val="single", sz=round(page.HEAD_RULE_MM * EIGHTHS_PER_MM), space=round(below), color=page.RED)
    left = w("tab", val="left", pos=twips(CHARACTER_PT))
    right = mm_twips(page.AREA_MM[0]) - twips(CHARACTER_PT)
    return w("pBdr", rule) + (w("tabs", left, w("tab", val="right", pos=right)) if line.tail else w("jc", val="center"))


def _number_runs(line: Line) -> tuple[str, ...]:
    """One character in from the left where a signer stands at the right, else in the middle (7.2.5)."""
    number, signer = line.runs
    if not line.tail:
        return (w("r", _hint(), t(number.text)),)
    name = w("rPr", w("rFonts", hint="eastAsia", eastAsia=look.KAITI))
    return (
        w("r", _hint(), w("tab"), t(number.text)),
        w("r", _hint(), w("tab"), t(line.tail)),
        w("r", name, t(signer.text)),
    )


def _indents(line: Line, character: float) -> str:
    """Left, right and hanging indents in twips; character units would win over them and know no quarter points."""
    lengths = {"left": line.left, "right": line.right, "hanging": line.hanging}
    zeros = {f"{side}Chars": 0 for side in ("left", "right", "hanging")}
    return w("ind", **zeros, **{side: twips(length * character) for side, length in lengths.items()})


def _imprint(lines: list[Line]) -> str:
    """The imprint floats on the lower edge of the type area of the last page (7.4.1); its rules are borders.

    A table, because LibreOffice drops both place and borders of a paragraph frame of this width.
    """
    width = mm_twips(page.AREA_MM[0])
    # LibreOffice leaves it in the text when both are "margin".
    place = w("tblpPr", leftFromText=0, rightFromText=0, vertAnchor="margin", horzAnchor="page",
              tblpX=mm_twips(page.LEFT_MM), tblpYSpec="bottom")  # fmt: skip
    outer, inner = _rule(page.OUTER_RULE_MM), _rule(page.INNER_RULE_MM)
    borders = w("tblBorders", w("top", **outer), w("bottom", **outer), w("insideH", **inner))
    no_margins = w("tblCellMar", w("left", w=0, type="dxa"), w("right", w=0, type="dxa"))
    layout = w("tblLayout", type="fixed")
    properties = w("tblPr", place, w("tblW", w=width, type="dxa"), borders, layout, no_margins)
    rows = (w("tr", _imprint_cell(line, width)) for line in lines)
    return w("tbl", properties, w("tblGrid", w("gridCol", w=width)), *rows)


def _imprint_cell(line: Line, width: int) -> str:
    tab = w("tab", val="right", pos=width - twips(page.IMPRINT_PT))
    shape = (w("tabs", tab) if line.tail else "") + _indents(line, page.IMPRINT_PT)
    runs = (w("r", _hint(), t(run.text)) for run in line.runs)
    tail = w("r", _hint(), w("tab"), t(line.tail)) if line.tail else ""
    paragraph = w("p", w("pPr", w("pStyle", val=look.STYLE_OF[line.kind]), shape), _label(line), *runs, tail)
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa")), paragraph)


def _rule(thickness_mm: float) -> dict[str, str | float]:
    return {"val": "single", "sz": round(thickness_mm * EIGHTHS_PER_MM), "space": 0, "color": "auto"}


def _section(landscape: bool = False) -> str:
    footers = "".join(
        f'<w:footerReference w:type="{side}" r:id="{i}"/>' for side, i in (("default", "rId4"), ("even", "rId5"))
    )
    top, right, bottom, left = page.TOP_MM, page.RIGHT_MM, page.BOTTOM_MM, page.LEFT_MM
    turned = {"orient": "landscape"} if landscape else {}
    if landscape:  # a quarter turn to the left: the head of the sheet lies at the binding
        top, right, bottom, left = left, top, right, bottom
    # The footer is one exact line of 16 pt with the dash in its middle, 7 mm below the type area.
    below = bottom - page.PAGE_NUMBER_BELOW_MM - 8 / page.POINTS_PER_MM
    margins = w("pgMar", top=mm_twips(top), right=mm_twips(right), bottom=mm_twips(bottom),
                left=mm_twips(left), header=851, footer=mm_twips(below), gutter=0)  # fmt: skip
    wide, high = sorted(page.PAPER_MM, reverse=landscape)
    size = w("pgSz", w=mm_twips(wide), h=mm_twips(high), **turned)
    # linesAndChars would put 14 to 20 characters on a line in LibreOffice; lines alone keeps 22 × 28 everywhere.
    return w("sectPr", footers, size, margins, w("docGrid", type="lines", linePitch=look.PITCH))


def _package_relations() -> str:
    return relationships(
        {
            "rId1": (f"{RELATIONS}/officeDocument", "word/document.xml"),
            "rId2": (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        }
    )


def _document_relations() -> str:
    names = ("styles", "settings", "fontTable")
    targets = {f"rId{n}": (f"{RELATIONS}/{name}", f"{name}.xml") for n, name in enumerate(names, start=1)}
    footers = {f"rId{n + 3}": (f"{RELATIONS}/footer", f"footer{n}.xml") for n in (1, 2)}
    return relationships({**targets, **footers})


def _core(title: str) -> str:
    dc = "http://purl.org/dc/elements/1.1/"
    names = f'xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="{dc}"'
    inside = f"<dc:title>{escape(title)}</dc:title><dc:language>zh-CN</dc:language>"
    return f"{DECLARATION}<cp:coreProperties {names}>{inside}</cp:coreProperties>"
