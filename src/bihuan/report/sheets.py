"""The page of a report: chapters with their paragraphs, remarks beside them, and the figures with their rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bihuan.core.access import Verdict
from bihuan.org.models import Org, Seat
from bihuan.report import access
from bihuan.report.body import Paragraph, Removed, Section
from bihuan.report.content import list_of
from bihuan.report.facts import FACTS, FactValue
from bihuan.report.lines import Cited, Line
from bihuan.report.lists import LISTS
from bihuan.report.models import SubmissionState
from bihuan.report.preview import Page, pages_of
from bihuan.report.queries import Standing
from bihuan.report.remarks import Remark, in_order

SHORT = 8
LONG = 14  # characters: what is longer is a link among the words


@dataclass(frozen=True)
class Bit:
    """A piece of a line as it is drawn: words, or a fact with the place it opens."""

    text: str
    href: str = ""
    look: str = ""


@dataclass(frozen=True)
class Shown:
    """One line as it is drawn; a heading of a list stands out. `url`: the record it is changed in."""

    is_heading: bool
    bits: tuple[Bit, ...]
    url: str


@dataclass(frozen=True)
class Block:
    """A paragraph of the draft on the page."""

    paragraph: Paragraph
    lines: tuple[Shown, ...]
    remarks: tuple[Remark, ...]
    is_stale: bool
    list_url: str  # where the list is changed, for a paragraph that is one
    is_list: bool


@dataclass(frozen=True)
class Chapter:
    """A section on the page, with its ordinal."""

    section: Section
    heading: str
    blocks: tuple[Block, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class Figure:
    """A fact in the margin."""

    anchor: str
    value: FactValue
    is_stale: bool


@dataclass(frozen=True)
class Sheet:
    """Everything the page of a report shows."""

    standing: Standing
    title: str
    chapters: tuple[Chapter, ...]
    remarks: tuple[Remark, ...]  # about the whole
    figures: tuple[Figure, ...]
    pages: tuple[Page, ...]
    removed: tuple[Removed, ...]
    first_stop: Remark | None
    may_write: Verdict
    may_approve: Verdict
    may_submit: Verdict
    to: Org | None

    @property
    def tail(self) -> str:
        """The title after its first word: long titles break there."""
        return self.title.removeprefix("情况报告")

    @property
    def submit_words(self) -> str:
        return f"报送{self.to.name}" if self.to else "报送上级"


def sheet_of(standing: Standing, seat: Seat, to: Org | None) -> Sheet:
    """The page. No query: all was read before."""
    content = standing.content
    stale_codes = {each.code for each in standing.stale.facts} if standing.stale else set()
    stale_paragraphs = standing.stale.paragraphs if standing.stale else set()
    anchors = {code: f"f-{number}" for number, code in enumerate(content.used(), start=1)}
    drawing = _Drawing(standing, anchors, stale_codes, stale_paragraphs)
    keys = {section.key for section in content.body.sections}
    about_whole = tuple(r for r in standing.remarks if not r.paragraph and r.section not in keys)
    approval = standing.stale.approval if standing.stale else None
    stops = standing.stops
    return Sheet(
        standing=standing,
        title=_title(standing),
        chapters=tuple(drawing.chapter(section) for section in content.body.sections),
        remarks=tuple(in_order(list(about_whole))),
        figures=tuple(Figure(a, content.facts[code], code in stale_codes) for code, a in anchors.items()),
        pages=tuple(pages_of(content)),
        removed=content.body.removed,
        first_stop=stops[0] if stops else None,
        may_write=access.may_write(seat, standing.draft),
        may_approve=access.may_approve(seat, standing.draft, standing.remarks),
        may_submit=access.may_submit(seat, standing.draft, approval, standing.is_fresh, to)
        & access.nothing_stops(standing.remarks),
        to=to,
    )


def _title(standing: Standing) -> str:
    """The answer, as the page's title. What was handed up is done, whatever the records say later."""
    if standing.sent:
        done = "情况报告上级已经收下" if standing.sent.state == SubmissionState.ACCEPTED else "情况报告已经报送"
        return done if standing.is_fresh else f"{done}，之后又有变化"
    if standing.unanswered:
        return f"情况报告退回了，有{len(standing.unanswered)}条意见要答"
    if standing.stops:
        return f"情况报告还有{len(standing.stops)}处要改"
    if standing.stale is None:
        return "情况报告可以请会议看了"
    return "情况报告可以报送了" if standing.is_fresh else "情况报告通过以后又变了"


class _Drawing:
    """Draws sections; holds what every paragraph is compared with."""

    def __init__(
        self, standing: Standing, anchors: dict[str, str], stale_codes: set[str], stale_paragraphs: set[str]
    ) -> None:
        self.standing, self.anchors = standing, anchors
        self.stale_codes, self.stale_paragraphs = stale_codes, stale_paragraphs

    def chapter(self, section: Section) -> Chapter:
        lines = [line for line in self.standing.content.lines if line.section == section.key]
        heading = next((line.text for line in lines if not line.paragraph and line.level), "开头")
        blocks = tuple(self._block(paragraph, lines) for paragraph in section.paragraphs)
        remarks = [r for r in self.standing.remarks if r.section == section.key and not r.paragraph]
        return Chapter(section, heading, blocks, tuple(in_order(remarks)))

    def _block(self, paragraph: Paragraph, lines: Sequence[Line]) -> Block:
        code = list_of(paragraph)
        return Block(
            paragraph=paragraph,
            lines=tuple(self._shown(line) for line in lines if line.paragraph == paragraph.id),
            remarks=tuple(in_order([r for r in self.standing.remarks if r.paragraph == paragraph.id])),
            is_stale=paragraph.id in self.stale_paragraphs,
            list_url=LISTS[code].where() if code else "",
            is_list=bool(code),
        )

    def _shown(self, line: Line) -> Shown:
        bits = tuple(self._bit(piece) if isinstance(piece, Cited) else Bit(piece.text) for piece in line.pieces)
        return Shown(bool(line.level), bits, line.url)

    def _bit(self, piece: Cited) -> Bit:
        anchor = self.anchors.get(piece.ref)
        # short among the words; the whole question stands in the margin and with the figure
        asked = piece.question if 0 < len(piece.question) <= SHORT else "还没有登记"
        text = asked if piece.missing else piece.text
        look = "fact is-missing" if piece.missing else "fact is-stale" if piece.ref in self.stale_codes else "fact"
        if len(text) > LONG:  # a bracketed figure does not turn into the next line; a long name has to
            look = "long"
        return Bit(text, f"#{anchor}" if anchor else piece.url, look)


def choices_of(values: dict[str, FactValue]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every fact and list that may be put into a paragraph, in groups, each with what it reads now."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, fact in FACTS.items():
        reads = values[code].value or "还没有记录"
        groups.setdefault(fact.group, []).append((code, f"{fact.label}：{reads}"))
    groups["清单，单独占一段"] = [(code, each.label) for code, each in LISTS.items()]
    return list(groups.items())
