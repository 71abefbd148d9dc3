"""The body of a draft as the room works with it: sections of paragraphs, kept as JSON in `Draft.body`."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class Paragraph:
    """One paragraph as it is written: `text` with named facts in it. While it is empty, `question` says what is asked
    for. `version` counts its own changes, so that two people may work on two paragraphs at once."""

    id: str
    text: str = ""
    question: str = ""
    version: int = 1

    @property
    def is_open(self) -> bool:
        """Nobody has written it yet."""
        return not self.text.strip()


@dataclass(frozen=True)
class Section:
    """A heading of level 1 or 2 (0: the opening, without one) and the paragraphs below it. The ordinal is not part of
    the heading: it is counted when the paper is laid out."""

    key: str
    heading: str
    level: int = 1
    paragraphs: tuple[Paragraph, ...] = ()


@dataclass(frozen=True)
class Removed:
    """A paragraph that was taken out and may be put back."""

    section: str
    place: int
    paragraph: Paragraph


@dataclass(frozen=True)
class Body:
    """All sections, and what was taken out last. `head_version` counts the changes of title, 主送, 落款, 日期, 附件."""

    sections: tuple[Section, ...] = ()
    removed: tuple[Removed, ...] = field(default=())
    head_version: int = 1

    def paragraphs(self) -> Iterator[tuple[Section, Paragraph]]:
        for section in self.sections:
            for paragraph in section.paragraphs:
                yield section, paragraph

    def find(self, paragraph_id: str) -> tuple[Section, Paragraph] | None:
        """A paragraph and the section it stands in."""
        return next(((s, p) for s, p in self.paragraphs() if p.id == paragraph_id), None)

    def section(self, key: str) -> Section | None:
        return next((each for each in self.sections if each.key == key), None)

    def with_section(self, changed: Section) -> Body:
        """The body with this section in place of the one of its key."""
        return replace(self, sections=tuple(changed if each.key == changed.key else each for each in self.sections))

    def with_paragraph(self, changed: Paragraph) -> Body:
        """The body with this paragraph in place of the one of its id."""
        sections = tuple(
            replace(each, paragraphs=tuple(changed if p.id == changed.id else p for p in each.paragraphs))
            for each in self.sections
        )
        return replace(self, sections=sections)

    def as_json(self) -> dict[str, Any]:
        return {
            "sections": [asdict(each) for each in self.sections],
            "removed": [asdict(each) for each in self.removed],
            "head_version": self.head_version,
        }


def read_body(stored: dict[str, Any]) -> Body:
    """The body from its JSON; what is missing in it takes its default."""
    sections = tuple(
        Section(
            each["key"], each["heading"], each.get("level", 1), tuple(_paragraph(p) for p in each.get("paragraphs", []))
        )
        for each in stored.get("sections", [])
    )
    removed = tuple(
        Removed(each["section"], each["place"], _paragraph(each["paragraph"])) for each in stored.get("removed", [])
    )
    return Body(sections, removed, stored.get("head_version", 1))


def _paragraph(stored: dict[str, Any]) -> Paragraph:
    return Paragraph(stored["id"], stored.get("text", ""), stored.get("question", ""), stored.get("version", 1))


def new_paragraph(text: str = "", question: str = "") -> Paragraph:
    """A paragraph with an id of its own."""
    return Paragraph(secrets.token_hex(6), text, question)
