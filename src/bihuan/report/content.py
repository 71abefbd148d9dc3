"""The report as it reads now: body and records put together, its snapshot and its digest."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bihuan.core.digests import sm3
from bihuan.report.annexes import AnnexTable, tables_of
from bihuan.report.body import Body, Paragraph, read_body
from bihuan.report.facts import FactValue, Records, collect
from bihuan.report.lines import Cited, Line, Piece, Words, cite
from bihuan.report.lists import LISTS
from bihuan.report.models import Draft, Layout
from bihuan.report.rules import Named, names_in, ordinal, pieces


@dataclass(frozen=True)
class Content:
    """The report on a day: its head and foot, its body as written, its lines as they print, and every fact there is."""

    draft: Draft
    body: Body
    lines: tuple[Line, ...]
    facts: Mapping[str, FactValue]
    records: Records
    annexes: tuple[AnnexTable, ...] = ()

    def attachments(self) -> list[str]:
        """The names of the 附件说明: the attachments made from records, then those that lie beside."""
        return [*(each.title for each in self.annexes), *self.draft.attachments]

    def used(self) -> dict[str, FactValue]:
        """The named facts that stand in the text, in the order of their first use."""
        codes = [code for _, paragraph in self.body.paragraphs() for code in names_in(paragraph.text)]
        return {code: self.facts[code] for code in dict.fromkeys(codes) if code in self.facts}

    def text(self) -> str:
        """Title, 主送 and body as plain text, one line a paragraph: what a reader of the file would find."""
        return "\n".join(self.head() + [line.text for line in self.lines])

    def head(self) -> list[str]:
        """The lines before the body."""
        recipient = self.draft.recipient.rstrip("：: ")
        return [self.draft.title, f"{recipient}："] if recipient else [self.draft.title]

    def snapshot(self) -> dict[str, Any]:
        """The content as an approval keeps it."""
        paragraphs: dict[str, list[str]] = {}
        for line in self.lines:
            if line.paragraph:
                paragraphs.setdefault(line.paragraph, []).append(line.text)
        return {
            "title": self.draft.title,
            "recipient": self.draft.recipient,
            "signature": self.draft.signature,
            "dated": self.draft.dated.isoformat() if self.draft.dated else "",
            "attachments": self.attachments(),
            "sections": [
                {
                    "key": section.key,
                    "heading": section.heading,
                    "paragraphs": [
                        {"id": each.id, "text": "\n".join(paragraphs.get(each.id, []))} for each in section.paragraphs
                    ],
                }
                for section in self.body.sections
            ],
            "lines": [[line.level, [_kept(piece) for piece in line.pieces]] for line in self.lines],
            "facts": {code: [value.value, value.digest] for code, value in self.used().items()},
            # what a paper does not have stands in no snapshot: the digest of an older approval stays what it was
            **self._red_head(),
            **({"copies": list(self.draft.copies)} if self.draft.copies else {}),
            **({"annexes": [_kept_annex(each) for each in self.annexes]} if self.annexes else {}),
        }

    def _red_head(self) -> dict[str, Any]:
        draft = self.draft
        if draft.layout != Layout.RED:
            return {}
        signer = draft.signer.name if draft.signer else ""
        return {"head": {"mark": draft.signature, "number": draft.number, "signer": signer}}

    def digest(self) -> str:
        """SM3 over the snapshot, 64 hex digits."""
        return sm3(json.dumps(self.snapshot(), ensure_ascii=False, sort_keys=True).encode())


def _kept_annex(table: AnnexTable) -> dict[str, Any]:
    """An attachment as a snapshot keeps it."""
    rows = [[[_kept(piece) for piece in cell] for cell in row] for row in table.rows]
    annex = table.annex
    return {"title": table.title, "header": list(annex.header), "widths": list(annex.widths), "rows": rows}


def _kept(piece: Piece) -> list[str]:
    """A piece as a snapshot keeps it: its text, and for a fact what it points at."""
    return [piece.text] if isinstance(piece, Words) else [piece.shown, piece.ref, piece.label]


def content_of(draft: Draft, day: date, *, body: Body | None = None, records: Records | None = None) -> Content:
    """The report of that draft as the records stand on `day`. About fifteen queries, whatever its length."""
    records = records or Records(draft.cycle, day)
    facts = collect(draft.cycle, day, records)
    body = body or read_body(draft.body)
    lines = tuple(_numbered(_lines(body, facts, records)))
    return Content(draft, body, lines, facts, records, tables_of(draft.annexes, records, facts))


def _lines(body: Body, facts: Mapping[str, FactValue], records: Records) -> Iterator[Line]:
    for section in body.sections:
        if section.level:
            yield Line(section.level, (Words(section.heading),), section=section.key)
        for paragraph in section.paragraphs:
            for line in _paragraph_lines(paragraph, facts, records):
                yield line.of(section.key, paragraph.id)


def list_of(paragraph: Paragraph) -> str:
    """The name of the list that this paragraph is, or "" if it is a paragraph of words."""
    parts = pieces(paragraph.text.strip())
    only = parts[0] if len(parts) == 1 else None
    return only.code if isinstance(only, Named) and only.code in LISTS else ""


def _paragraph_lines(paragraph: Paragraph, facts: Mapping[str, FactValue], records: Records) -> Iterator[Line]:
    code = list_of(paragraph)
    if code:
        held = LISTS[code]
        lines = list(held.lines(records))
        yield from lines or [Line(0, (Cited(code, held.label, "", held.where(), held.question),))]
    elif not paragraph.is_open:
        for part in paragraph.text.strip().splitlines():
            if part.strip():
                yield Line(0, tuple(_pieces(part.strip(), facts)))


def _pieces(text: str, facts: Mapping[str, FactValue]) -> Iterator[Piece]:
    for part in pieces(text):
        if isinstance(part, str):
            yield Words(part)
        elif part.code in facts:
            yield cite(facts[part.code])
        else:
            yield Cited(part.code, part.code, "", question=f"没有叫“{part.code}”的数")


def _numbered(lines: Iterator[Line]) -> Iterator[Line]:
    """Headings get their ordinals here, so that a section may be moved without renumbering by hand."""
    counts = {1: 0, 2: 0, 3: 0}
    for line in lines:
        if not line.level:
            yield line
            continue
        counts[line.level] += 1
        for lower in range(line.level + 1, 4):
            counts[lower] = 0
        mark = Words(ordinal(line.level, counts[line.level]))
        yield Line(line.level, (mark, *line.pieces), line.section, line.paragraph, line.url)
