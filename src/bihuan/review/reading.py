"""A manuscript read: bytes in, the toolkit's document out, carried through what its author changed since. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bihuan.core import secrecy
from bihuan.core.access import Refused
from bihuan_text import Unreadable, read_document, read_report
from bihuan_text.document import Document, plain_document
from bihuan_text.layout import Deviation, deviations, measured
from bihuan_text.place import Span

if TYPE_CHECKING:
    from bihuan_text.layout.measuring import Layout

MOST_BYTES = 20 * 1024 * 1024
MOST_CHARACTERS = 300_000
PASTED = "粘贴的材料"


@dataclass(frozen=True, slots=True)
class Edit:
    """Text [start, end) becomes `new`; `old` is what stood there."""

    start: int
    end: int
    new: str
    old: str

    def plain(self) -> list[Any]:
        """As it is kept."""
        return [self.start, self.end, self.new, self.old]


def read(name: str, data: bytes) -> Document:
    """Read a paper. Raises `Refused` with one sentence for what cannot be read, is empty, too long, or marked (R53)."""
    if len(data) > MOST_BYTES:
        raise Refused(f"“{name}”超过{MOST_BYTES // 2**20}兆，没有存；请去掉里面的图片再传。")
    try:
        document = read_document(data, name)
    except Unreadable as unreadable:
        raise Refused(f"“{name}”没有存：{unreadable.reason_zh}") from unreadable
    if not document.text.strip():
        raise Refused(f"“{name}”里没有文字，没有存；请换一份再传。")
    if len(document.text) > MOST_CHARACTERS:
        raise Refused(f"“{name}”超过{MOST_CHARACTERS // 10_000}万字，没有存；请分开再查。")
    may_be_kept(document.text)
    return document


def may_be_kept(text: str) -> None:
    """Raise `Refused` for a text with a marking of secrecy."""
    if secrecy.marking(text):
        raise Refused(secrecy.SENTENCE)


def edits_of(step: dict[str, Any]) -> list[Edit]:
    """The edits of a kept step, in the order of the text."""
    return [Edit(*each) for each in step["edits"]]


def apart(edits: Iterable[Edit]) -> list[Edit]:
    """In the order of the text, without those that reach into the one before."""
    placed: list[Edit] = []
    for edit in sorted(edits, key=lambda each: (each.start, each.end)):
        if not placed or edit.start >= placed[-1].end:
            placed.append(edit)
    return placed


def changed(text: str, edits: Sequence[Edit]) -> str:
    """The text after edits that stand apart."""
    pieces, at = [], 0
    for edit in edits:
        pieces += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*pieces, text[at:]])


def taken_back(text: str, edits: Sequence[Edit]) -> str:
    """The text before these edits, which were the last ones."""
    back, shift = [], 0
    for edit in edits:
        start = edit.start + shift
        back.append(Edit(start, start + len(edit.new), edit.old, edit.new))
        shift += len(edit.new) - (edit.end - edit.start)
    return changed(text, back)


def as_it_is_now(
    name: str, original: bytes, text: str, form: str, steps: Iterable[dict[str, Any]]
) -> tuple[Document, Layout | None]:
    """The document with its tables and paragraphs, and the layout of a .docx, after all steps; only its lines where the
    file reads otherwise by now."""
    try:
        document = read_document(original, name)
    except Unreadable:
        return plain_document(text, name, form), None
    layout = layout_of(original, document)
    for step in steps:
        edits = edits_of(step)
        document = _carried(document, edits)
        if layout is not None:
            layout.told = [_moved_too(each, edits) for each in deviations(layout)]
    return (document, layout) if document.text == text else (plain_document(text, name, form), None)


def layout_of(original: bytes, document: Document) -> Layout | None:
    """The measured .docx; None for what is none."""
    return measured(original, document, read_report(document).title) if document.form == "docx" else None


def _moved_too(deviation: Deviation, edits: Sequence[Edit]) -> Deviation:
    """Where a deviation of the layout stands once the words have moved; the words themselves were not measured again."""
    return deviation._replace(span=_moved(deviation.span, edits)) if deviation.span else deviation


def _moved(span: Span, edits: Sequence[Edit]) -> Span:
    return Span(_place(span.start, edits), _place(span.end, edits, after=True))


def _carried(document: Document, edits: Sequence[Edit]) -> Document:
    """The document after edits: every place moves with the text; the runs of the file are no longer known."""

    def moved(span: Span) -> Span:
        return _moved(span, edits)

    tables = tuple(
        replace(table, rows=tuple(tuple(replace(cell, span=moved(cell.span)) for cell in row) for row in table.rows))
        for table in document.tables
    )
    return replace(
        document, text=changed(document.text, edits), paragraphs=tuple(map(moved, document.paragraphs)), pieces=(),
        tables=tables, controls=(),
    )  # fmt: skip


def _place(at: int, edits: Sequence[Edit], *, after: bool = False) -> int:
    """Where a place of the text stands after the edits; inside one, at its beginning or (`after`) at its end."""
    shift = 0
    for edit in edits:
        if edit.end < at or (edit.end == at and (after or edit.start < at)):
            shift += len(edit.new) - (edit.end - edit.start)
        elif edit.start < at:
            return edit.start + shift + (len(edit.new) if after else 0)
    return at + shift
