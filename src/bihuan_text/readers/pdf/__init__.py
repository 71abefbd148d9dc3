"""PDF papers that have text: its lines rejoined to paragraphs, without page numbers and running heads."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from bihuan_text.document import Builder, Origin
from bihuan_text.readers.limits import MAX_PARAGRAPHS, too_many_paragraphs
from bihuan_text.readers.sniff import damaged
from bihuan_text.refusal import Unreadable

from .aligned import aligned
from .asking import pages
from .bullets import with_bullets
from .characters import BROKEN
from .columns import frames
from .downwards import read_downwards
from .furniture import without
from .grids import on_paper, parted
from .lines import Line, drawn_once, lines_of
from .measure import Side, setting_of
from .notes import without_notes
from .paragraphs import paragraphs
from .rows import rows
from .tables import goes_on, write

if TYPE_CHECKING:
    from bihuan_text.document import Document

    from .asking import Page
    from .grids import Grid

_BROKEN = 0.2  # of all characters: with so many unknown the text is of no use
_SCANNED = "这份 PDF 里只有图片没有文字，像是扫描件，请先录成文字，或提交它的 .docx 或 .txt 版本。"
_EMPTY = "这份 PDF 里没有文字，请检查是否选对了文件，或提交它的 .docx 或 .txt 版本。"
_CODELESS = "这份 PDF 没有带上文字的编码，读出来是乱码，请提交它的 .docx 或 .txt 版本。"
_UNSEEN = "这份 PDF 是扫描件，文字是软件识别出来的，可能有错字，请对照原件核对。"


def read_pdf(data: bytes, name: str) -> Document:
    """The document behind the bytes of a PDF; raises ``Unreadable``."""
    lines, seen = _read(data)
    text = "".join(_words(line) for line in lines)
    if not text:
        raise _nothing(seen)
    broken = len(BROKEN.findall(text))
    if broken > _BROKEN * len(text):
        raise Unreadable(_CODELESS)
    return _written(lines, seen).document(name, "pdf", (*_remarks(seen, broken),))


def _words(line: Line) -> str:
    return line.text if line.grid is None else "".join(cell.text for cell in line.grid.cells)


def _written(lines: list[Line], seen: _Seen) -> Builder:
    """The paragraphs and tables, in the order of the pages."""
    body = [line for line in lines if line.grid is None]
    setting = setting_of(body, seen.sides) if body else None
    builder = Builder()
    for is_table, group in groupby(lines, key=lambda line: line.grid is not None):
        if is_table:
            _tables(builder, [line.grid for line in group if line.grid is not None])
        elif setting is not None:
            for paragraph in paragraphs(group, setting):
                _write(builder, paragraph, Origin.LITERAL)
    for note in seen.notes:
        _write(builder, note, Origin.NOTE)
    return builder


def _write(builder: Builder, paragraph: str, origin: Origin) -> None:
    _begin(builder)
    builder.literal(paragraph, origin)
    builder.close_paragraph()


def _tables(builder: Builder, grids: list[Grid]) -> None:
    """Tables that follow one another, those that a page cut as one."""
    parts: list[list[Grid]] = []
    for grid in grids:
        if parts and goes_on(parts[-1][-1], grid):
            parts[-1].append(grid)
        else:
            parts.append([grid])
    for part in parts:
        _begin(builder)
        write(builder, part)


def _begin(builder: Builder) -> None:
    if builder.chunks:
        builder.separator("\n")


class _Seen:
    """What was met on the pages besides lines."""

    def __init__(self) -> None:
        self.wordless: list[int] = []
        self.unreadable: list[int] = []
        self.unseen = 0
        self.pictures = False
        self.pages = 0
        self.sides: list[Side] = []
        self.notes: list[str] = []

    def page(self, page: Page) -> None:
        """One page more."""
        self.pages += 1
        self.unseen += page.unseen
        self.pictures |= page.picture
        if page.broken:
            self.unreadable.append(self.pages)
        elif page.picture and not page.runs:
            self.wordless.append(self.pages)


def _read(data: bytes) -> tuple[list[Line], _Seen]:
    """The lines of the text, and what was met besides."""
    seen, by_page, count = _Seen(), list[list[Line]](), 0
    for page in pages(data):
        seen.page(page)
        by_page.append(_lines(page, seen.sides))
        count += sum(1 if line.grid is None else len(line.grid.cells) for line in by_page[-1])
        if count > MAX_PARAGRAPHS:
            raise too_many_paragraphs()
    kept, seen.notes = without_notes(without(by_page))
    return with_bullets([line for lines in kept for line in lines]), seen


def _lines(page: Page, sides: list[Side]) -> list[Line]:
    """The lines and tables of a page in the order of reading; its side, and those of its columns, are added to ``sides``."""
    page, number = read_downwards(page), len(sides)
    grids, outside = parted(drawn_once(page.runs), on_paper(page.rules, page.box), number)
    bare, left = aligned(rows(outside), number)
    tables = [Line("", grid.xs[0], grid.xs[-1], grid.top, 0.0, number, grid) for grid in (*grids, *bare)]
    found = frames(left)
    if len(found) == 1:
        sides.append(Side(page.box[0], page.box[2]))
        return sorted([*lines_of(found[0].runs, number), *tables], key=lambda line: -line.y)
    lines: list[Line] = []
    for frame in found:
        own = lines_of(frame.runs, len(sides))
        edges = frame.edges or (page.box[0], page.box[2])
        sides.append(Side(*edges, narrow=frame.edges is not None))
        beside = [t for t in tables if own and t.y > own[-1].y and t.x0 < edges[1] and edges[0] < t.x1]
        tables = [table for table in tables if all(table is not each for each in beside)]
        lines += sorted([*own, *beside], key=lambda line: -line.y)
    return lines + tables


def _nothing(seen: _Seen) -> Unreadable:
    if len(seen.unreadable) == seen.pages:
        return damaged()
    return Unreadable(_SCANNED if seen.pictures else _EMPTY)


def _remarks(seen: _Seen, broken: int) -> list[str]:
    said: list[str] = []
    if seen.wordless:
        said.append(f"第 {_listed(seen.wordless)} 页只有图片，上面的文字没有读取，请对照原件核对。")
    if seen.unreadable:
        said.append(f"第 {_listed(seen.unreadable)} 页已损坏，没有读取，请对照原件核对。")
    if 2 * seen.unseen > seen.pages:
        said.append(_UNSEEN)
    if broken:
        said.append(f"文件里有 {broken} 处文字没有带上编码，读出来是乱码，请对照原件核对。")
    return said


def _listed(pages: list[int]) -> str:
    shown = "、".join(map(str, pages[:8]))
    return shown if len(pages) <= 8 else f"{shown} 等 {len(pages)}"
