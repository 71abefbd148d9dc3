"""A paper as the row of styled paragraphs both writers draw: words, order and indents are decided here, once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from bihuan_text.gbt9704.elements import (
    AttachmentNote,
    Fact,
    Heading,
    PageBreak,
    Paragraph,
    Table,
    Text,
    date_zh,
)
from bihuan_text.gbt9704.titles import width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bihuan_text.gbt9704.elements import Attachment, Block, Head, Imprint, Inlines, Paper, Signature

Kind = Literal[
    "mark",
    "number",
    "title",
    "recipient",
    "h1",
    "h2",
    "h3",
    "h4",
    "body",
    "annex-note",
    "org",
    "date",
    "note",
    "annex-mark",
    "annex-title",
    "copies",
    "issuer",
]
HEADING_KINDS: tuple[Kind, ...] = ("h1", "h2", "h3", "h4")


@dataclass(frozen=True, slots=True)
class Run:
    """One stretch of one face: `body` says it is in the body face whatever its paragraph is in."""

    text: str
    ref: str = ""
    label: str = ""
    body: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph. `label` and `left`, `hanging` (characters) serve lists, `right` (characters) the signature.

    `first` marks what stands one blank line below what comes before it, and the first rule of the imprint.
    """

    kind: Kind
    runs: tuple[Run, ...]
    label: str = ""
    left: float = 0.0
    hanging: float = 0.0
    right: float = 0.0
    first: bool = False
    tail: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its cells as runs; `heights`: the least height of each row in millimetres, or none."""

    header: tuple[str, ...]
    rows: tuple[tuple[tuple[Run, ...], ...], ...]
    widths: tuple[float, ...]
    heights: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """A new page."""


Item = Line | Grid | Turn

FEW_NAMES: Final = 4

# What XML 1.0 cannot hold, and line ends and tabs, which layout decides and text does not.
_UNDRAWABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def lay_out(paper: Paper) -> tuple[Item, ...]:
    """Every paragraph of the paper in its order, with the marks the standard puts around names and dates."""
    return tuple(_items(paper))


def kept_with_signature(items: tuple[Item, ...]) -> range:
    """Places of the paragraphs that share a page with the signature, which must never stand on one alone.

    From the last of the body on; a long list of attachments is company enough by its last name.
    """
    kinds = [item.kind if isinstance(item, Line) else "" for item in items]
    if "org" not in kinds[1:]:
        return range(0)
    org = kinds.index("org")
    names = kinds[:org].count("annex-note")
    return range(org - 1 - (names if names <= FEW_NAMES else 0), org)


def words_of(items: Iterable[Item]) -> str:
    """All text that will be drawn, for looking up whether the typefaces hold it."""
    return "".join(_words(items))


def title_text(paper: Paper) -> str:
    """The title in one piece, for the properties of the file."""
    return clean("".join(paper.title.lines))


def clean(text: str) -> str:
    """Text without control characters."""
    return _UNDRAWABLE.sub("", text)


def _items(paper: Paper) -> Iterator[Item]:
    if paper.head:
        yield from _head(paper.head)
    yield from _title("title", paper.title.lines, below_head=paper.head is not None)
    if paper.recipient:
        yield _plain("recipient", paper.recipient.text.rstrip("：: ") + "：")
    yield from _blocks(paper.body)
    yield from _attachment_note(paper)
    if paper.signature:
        yield from _signature(paper.signature)
    if paper.note:
        yield _plain("note", "（" + paper.note.text.strip("（）() ") + "）")
    for attachment in paper.attachments:
        yield from _attachment(attachment)
    if paper.imprint:
        yield from _imprint(paper.imprint)


def _head(head: Head) -> Iterator[Line]:
    """The mark, then number and signer in one line; `tail` says that a signer follows. The rule belongs to the line."""
    yield _plain("mark", head.mark)
    tail = "签发人：" if head.signer else ""
    yield Line("number", (Run(clean(head.number)), Run(clean(head.signer))), tail=tail)


def _title(kind: Kind, lines: tuple[str, ...], *, below_head: bool = False) -> Iterator[Line]:
    yield Line(kind, tuple(Run(clean(line)) for line in lines), first=below_head)


def _blocks(blocks: tuple[Block, ...]) -> Iterator[Item]:
    for block in blocks:
        match block:
            case Paragraph(inlines, mark):
                yield Line("body", _runs(inlines), mark=mark)
            case Heading(level, inlines, run_in, mark):
                yield Line(HEADING_KINDS[level - 1], _runs(inlines) + _runs(run_in, body=True), mark=mark)
            case Table():
                yield _grid(block)
            case PageBreak():
                yield Turn()


def _grid(table: Table) -> Grid:
    rows = tuple(tuple(_runs((Text(c),) if isinstance(c, str) else c) for c in row) for row in table.rows)
    whole = sum(table.widths) or len(table.header)
    widths = tuple(part / whole for part in table.widths or (1.0,) * len(table.header))
    return Grid(tuple(clean(name) for name in table.header), rows, widths, table.heights)


def _attachment_note(paper: Paper) -> Iterator[Line]:
    note = paper.attachment_note or AttachmentNote(tuple("".join(a.title.lines) for a in paper.attachments))
    # Two digits and their point are wider than a character; names must still stand under one another.
    number_width = 0.0 if len(note.names) == 1 else 1.0 if len(note.names) < 10 else 1.5
    for index, name in enumerate(note.names, start=1):
        label = ("附件：" if index == 1 else "") + (f"{index}." if number_width else "")
        hanging = number_width + (3.0 if index == 1 else 0.0)
        runs = (Run(clean(name).rstrip("。；，、;,. ")),)
        yield Line("annex-note", runs, label=label, left=5 + number_width, hanging=hanging, first=index == 1)


def _signature(signature: Signature) -> Iterator[Line]:
    org_right, date_right = 2.0, 0.0
    if signature.date:
        org_right, date_right = _signature_indents(width(signature.org), width(date_zh(signature.date)))
    yield Line("org", (Run(clean(signature.org)),), right=org_right, first=True)
    if signature.date:
        yield Line("date", (Run(date_zh(signature.date)),), right=date_right)


def _signature_indents(org: float, date: float) -> tuple[float, float]:
    """7.3.5.2: the date begins two characters right of the name; a date longer than the name stands two in."""
    if date > org:
        return date + 4 - org, 2.0
    return 2.0, org - date


def _attachment(attachment: Attachment) -> Iterator[Item]:
    yield Turn()
    number = "" if attachment.number is None else str(attachment.number)
    yield _plain("annex-mark", "附件" + number)
    yield from _title("annex-title", attachment.title.lines)
    yield from _blocks(attachment.blocks)


def _imprint(imprint: Imprint) -> Iterator[Line]:
    if imprint.copies:
        names = "，".join(clean(name).strip("，。 ") for name in imprint.copies)
        yield Line("copies", (Run(names + "。"),), label="抄送：", left=4, hanging=3, right=1, first=True)
    if imprint.issuer:
        issued = date_zh(imprint.issued) + "印发" if imprint.issued else ""
        yield Line("issuer", (Run(clean(imprint.issuer)),), left=1, right=1, first=not imprint.copies, tail=issued)


def _plain(kind: Kind, text: str) -> Line:
    return Line(kind, (Run(clean(text)),))


def _runs(inlines: Inlines, *, body: bool = False) -> tuple[Run, ...]:
    return tuple(_run(inline, body) for inline in inlines if inline.text)


def _run(inline: Text | Fact, body: bool) -> Run:
    if isinstance(inline, Fact):
        return Run(clean(inline.text), ref=clean(inline.ref), label=clean(inline.label), body=body)
    return Run(clean(inline.text), body=body)


def _words(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        match item:
            case Line():
                yield from (item.label, item.tail, *(run.text for run in item.runs))
            case Grid():
                yield from item.header
                yield from (run.text for row in item.rows for cell in row for run in cell)
            case Turn():
                pass
