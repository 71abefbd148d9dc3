"""A file that came back against the draft: what is offered, what stays the record's, what was left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bihuan.report.body import Paragraph
from bihuan.report.content import Content, list_of
from bihuan.report.lines import Cited
from bihuan.report.marks import Mark, marks_of, read_mark
from bihuan.report.readback.figures import Value, controls_in, restore
from bihuan.report.readback.items import Change, Figure, Outcome, What
from bihuan.report.readback.matching import Written, match
from bihuan.report.readback.tables import compare_tables
from bihuan.report.rules import names_in
from bihuan_text.gbt9704 import date_zh

if TYPE_CHECKING:
    from bihuan_text.document import Document

_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.．、]\s*)")
_BODY, _HEAD, _FOOT = "body", "head", "foot"


@dataclass(frozen=True)
class _Line:
    """A line of the paper as it would print: where it stands, its bookmark's key, its text, its line of the draft."""

    place: str
    key: str
    text: str
    section: str = ""
    paragraph: str = ""
    number: int = 0
    is_heading: bool = False


def compare(content: Content, document: Document) -> Outcome:
    """What the file brought. Pure: nothing is kept here, and the structure of the draft stays."""
    return _Comparing(content, document).outcome()


class _Comparing:
    def __init__(self, content: Content, document: Document) -> None:
        self.content, self.document = content, document
        self.lines = list(_expected(content))
        self.written = list(_written(document))
        self.controls = [(each.tag, each.span.start, each.span.end) for each in document.controls]
        keyed = [Written(each.text, each.start, tuple(_key(mark) for mark in each.marks)) for each in self.written]
        self.found = match([(line.key, line.text) for line in self.lines], keyed)
        self.at = {at: number for number, at in self.found.items()}
        self.versions = _versions(self.written)
        self.values = {code: Value(fact.label, fact.value) for code, fact in content.facts.items()}
        self.figures: list[Figure] = []
        self.notes: list[str] = []

    def outcome(self) -> Outcome:
        if not any(self.lines[number].place == _BODY for number in self.found):
            return Outcome((), (), ("这个文件里没有认出这份报告的段落，请看看是不是选错了文件。",))
        changes = [*self._headings(), *self._paragraphs(), *self._added()]
        self._around()
        told = compare_tables(self.content.annexes, self.document)
        self.figures += told.figures
        self.notes += told.notes
        return Outcome(tuple(changes), tuple(self.figures), tuple(self.notes))

    # --- headings ----------------------------------------------------------------------------------------------------
    def _headings(self) -> Iterator[Change]:
        for number, line in enumerate(self.lines):
            if not line.is_heading or line.paragraph:
                continue
            held = self.content.body.section(line.section)
            if held is None:
                continue
            if number not in self.found:
                self.notes.append(f"标题“{held.heading}”在文件里没有了。各部分的结构没有动。")
                continue
            new = _ORDINAL.sub("", self.written[self.found[number]].text.strip()).strip().rstrip("。")
            if new and new != held.heading:
                yield Change(What.RENAMED, held.key, old=held.heading, new=new)

    # --- paragraphs --------------------------------------------------------------------------------------------------
    def _paragraphs(self) -> Iterator[Change]:
        for section, paragraph in self.content.body.paragraphs():
            numbers = [n for n, line in enumerate(self.lines) if line.paragraph == paragraph.id]
            if not numbers:
                continue  # nobody had written it: it was not in the file
            if not any(number in self.found for number in numbers):
                yield Change(What.GONE, section.key, paragraph.id, paragraph.text, seen=paragraph.version)
            elif code := list_of(paragraph):
                self._list(code, numbers)
            else:
                change = self._reworded(section.key, paragraph, numbers)
                if change is not None:
                    yield change

    def _reworded(self, section: str, paragraph: Paragraph, numbers: list[int]) -> Change | None:
        old = [each.strip() for each in paragraph.text.strip().splitlines() if each.strip()]
        said: list[str] = []
        figures: list[Figure] = []
        for number in numbers:
            if number in self.found:
                restored, found = self._restored(old[self.lines[number].number], self.written[self.found[number]])
                said.append(restored)
                figures += found
        new = "\n".join(said)
        if new == "\n".join(old):
            self.figures += figures
            return None
        moved = self.versions.get(paragraph.id, paragraph.version) != paragraph.version
        return Change(What.REWORDED, section, paragraph.id, paragraph.text, new, paragraph.version,
                      figures=tuple(figures), moved_on=moved)  # fmt: skip

    def _restored(self, old: str, written: Written) -> tuple[str, tuple[Figure, ...]]:
        lead = len(written.text) - len(written.text.lstrip())
        start = written.start + lead
        held = list(controls_in((start, start + len(written.text) - lead), self.controls))
        values = {code: self.values[code] for code in names_in(old) if code in self.values}
        values |= {each.code: self.values[each.code] for each in held if each.code in self.values}
        restored = restore(old, written.text.strip(), held, values)
        return restored.text.strip(), restored.figures

    def _list(self, code: str, numbers: list[int]) -> None:
        """A list follows the ledger: what was changed in it is told, figure by figure, and not taken."""
        touched = 0
        pieces = {n: self.content.lines[self._line_at(n)].pieces for n in numbers}
        for number in numbers:
            if number not in self.found:
                touched += 1
                continue
            written = self.written[self.found[number]]
            if written.bare == "".join(self.lines[number].text.split()):
                continue
            touched += 1
            span = (written.start, written.start + len(written.text))
            said = {each.code: written.text[each.start : each.end] for each in controls_in(span, self.controls)}
            cited = [piece for piece in pieces[number] if isinstance(piece, Cited)]
            self.figures += [
                Figure(each.label, each.shown, said[each.ref])
                for each in cited
                if each.ref in said and said[each.ref] != each.shown
            ]
        if touched:
            self.notes.append(f"“{code}”里有{touched}处和台账不一样，没有收。清单照台账排，要改请到台账里改。")

    def _line_at(self, number: int) -> int:
        """The content's line behind an expected line of the body."""
        return number - sum(1 for line in self.lines if line.place == _HEAD)

    # --- new ones ----------------------------------------------------------------------------------------------------
    def _added(self) -> Iterator[Change]:
        """Paragraphs of the file that are none of the draft's, between its first and its last."""
        body = [at for at, number in self.at.items() if self.lines[number].place == _BODY]
        after = [at for at, number in self.at.items() if self.lines[number].place == _FOOT]
        before = [at for at, number in self.at.items() if self.lines[number].place == _HEAD]
        first = max((at for at in before if at < min(body)), default=min(body) - 1)
        last = min((at for at in after if at > max(body)), default=max(body) + 1)
        section, paragraph = self.content.body.sections[0].key, ""
        for at in range(first + 1, last):
            number = self.at.get(at)
            if number is None:
                text = self.written[at].text.strip()
                if not _ORDINAL.match(text) or len(text) > 40:
                    yield self._new(section, paragraph, self.written[at])
                else:
                    self.notes.append(f"文件里多了一个标题“{text}”，没有收。要加一部分，请在报告里加。")
            elif self.lines[number].place == _BODY:
                line = self.lines[number]
                section, paragraph = line.section, line.paragraph

    def _new(self, section: str, after: str, written: Written) -> Change:
        text, figures = self._restored("", written)
        return Change(What.ADDED, section, new=text, after=after, figures=figures)

    # --- head and foot -----------------------------------------------------------------------------------------------
    def _around(self) -> None:
        """Title, 主送, 落款, 日期 and the names of attachments are changed on their own page."""
        changed = [
            line.text
            for number, line in enumerate(self.lines)
            if line.place != _BODY
            and (number not in self.found or self.written[self.found[number]].bare != "".join(line.text.split()))
        ]
        if changed:
            self.notes.append(
                f"“{'”“'.join(changed)}”在文件里不一样了，没有收。标题、主送、落款、日期和附件，请在报告里另改。"
            )


def _expected(content: Content) -> Iterator[_Line]:
    head = content.head()
    yield from (_Line(_HEAD, "", text) for text in head)
    seen: dict[str, int] = {}
    for line, mark in zip(content.lines, marks_of(content.body, content.lines), strict=True):
        number = seen[line.paragraph] = seen.get(line.paragraph, -1) + 1
        yield _Line(_BODY, _key(mark), line.text, line.section, line.paragraph, number, bool(line.level))
    yield from (_Line(_FOOT, "", text) for text in _foot(content))


def _foot(content: Content) -> Iterator[str]:
    names = content.attachments()
    for number, name in enumerate(names, start=1):
        yield ("附件：" if number == 1 else "") + (f"{number}." if len(names) > 1 else "") + name
    if content.draft.signature.strip():
        yield content.draft.signature
        if content.draft.dated:
            yield date_zh(content.draft.dated)
    for number, annex in enumerate(content.annexes, start=1):
        yield f"附件{number}" if len(names) > 1 else "附件"
        yield annex.title


def _key(mark: str) -> str:
    """A bookmark without the version: what a line is known by."""
    read = read_mark(mark)
    if read is None:
        return ""
    return f"s:{read.section}" if read.section else f"p:{read.paragraph}:{read.line}"


def _versions(written: list[Written]) -> dict[str, int]:
    """Paragraph → the version it had when the file was made."""
    marks: list[Mark] = [mark for each in written for name in each.marks if (mark := read_mark(name))]
    return {mark.paragraph: mark.version for mark in marks if mark.paragraph}


def _written(document: Document) -> Iterator[Written]:
    """The file's paragraphs with words in them, outside tables, notes and boxes."""
    marks: dict[int, list[str]] = {}
    for each in document.bookmarks:
        marks.setdefault(each.paragraph, []).append(each.name)
    apart = {piece.paragraph for piece in document.pieces if piece.origin in ("cell", "note", "box")}
    for number, span in enumerate(document.paragraphs):
        text = span.of(document.text)
        if text.strip() and number not in apart:
            yield Written(text, span.start, tuple(marks.get(number, ())))
