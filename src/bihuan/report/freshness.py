"""Whether what was approved is still what the records say: which figures changed, which sentences, from what to what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bihuan.report.content import Content
from bihuan.report.facts import Row
from bihuan.report.models import Approval, FactUse


@dataclass(frozen=True)
class FactChange:
    """A figure that reads differently now, or whose rows do though the figure is the same."""

    code: str
    label: str
    old: str
    new: str
    rows: tuple[Row, ...]

    @property
    def words(self) -> str:
        if self.old == self.new:
            return f"“{self.label}”还是{self.new}，它后面的记录变了"
        return f"“{self.label}”通过时是{self.old or '空的'}，现在{f'是{self.new}' if self.new else '没有记录'}"


@dataclass(frozen=True)
class TextChange:
    """A paragraph that reads differently now: its id ("" for title and the like), what it is, and both texts."""

    paragraph: str
    name: str
    old: str
    new: str


@dataclass(frozen=True)
class Staleness:
    """The latest approval against the report as it reads now."""

    approval: Approval
    facts: tuple[FactChange, ...]
    texts: tuple[TextChange, ...]
    same: bool

    @property
    def is_fresh(self) -> bool:
        return self.same

    @property
    def paragraphs(self) -> set[str]:
        """The paragraphs that read differently."""
        return {each.paragraph for each in self.texts if each.paragraph}


def compare(approval: Approval, uses: Sequence[FactUse], content: Content) -> Staleness:
    """What changed since that approval. Pure: both sides are in hand."""
    now = content.snapshot()
    same = approval.digest == content.digest()
    if same:
        return Staleness(approval, (), (), same=True)
    return Staleness(approval, tuple(_facts(uses, content)), tuple(texts_between(approval.content, now)), same=False)


def _facts(uses: Sequence[FactUse], content: Content) -> Iterator[FactChange]:
    used = content.used()
    for use in uses:
        value = content.facts.get(use.code)
        if value is None or use.code not in used:
            continue  # no longer named in the text: the sentence tells
        if use.digest != value.digest:  # over value and rows; the value itself is kept cut to its column
            yield FactChange(use.code, value.label, use.value, value.value, value.rows)


_HEAD = {"title": "标题", "recipient": "主送", "signature": "落款", "dated": "成文日期", "attachments": "附件",
         "copies": "抄送", "head": "版头"}  # fmt: skip


def texts_between(old: dict[str, Any], new: dict[str, Any]) -> Iterator[TextChange]:
    """The places whose words differ between two snapshots: head, headings, paragraphs, rows of attachments."""
    for field, name in _HEAD.items():
        before, after = _said(old.get(field)), _said(new.get(field))
        if before != after:
            yield TextChange("", name, before, after)
    before_texts, after_texts = _by_paragraph(old) | _by_annex(old), _by_paragraph(new) | _by_annex(new)
    for key in dict.fromkeys([*after_texts, *before_texts]):
        name, before = before_texts.get(key, ("", ""))
        heading, after = after_texts.get(key, (name, ""))
        if before != after:
            yield TextChange(key, heading or "开头", before, after)


def _said(value: Any) -> str:
    held = list(value.values()) if isinstance(value, dict) else value
    return "、".join(held) if isinstance(held, list) else str(held or "")


def _by_paragraph(snapshot: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Paragraph id → the heading it stands under, and its text; headings themselves under their key."""
    found: dict[str, tuple[str, str]] = {}
    for section in snapshot.get("sections", []):
        heading = section["heading"]
        found[f"§{section['key']}"] = (heading, heading)
        found |= {each["id"]: (heading, each["text"]) for each in section["paragraphs"]}
    return found


def _by_annex(snapshot: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """ "附件:" and the row's number → the attachment's title and the row's words: a changed row is told by itself."""
    found: dict[str, tuple[str, str]] = {}
    for annex in snapshot.get("annexes", []):
        for number, row in enumerate(annex["rows"], start=1):
            words = "，".join("".join(piece[0] for piece in cell) for cell in row)
            found[f"附件:{annex['title']}:{number}"] = (f"附件《{annex['title']}》第{number}行", words)
    return found
