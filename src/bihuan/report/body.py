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
class Hidden:
    """A part that the branch does not want in its report: its heading with what stands below it, and where it stood."""

    place: int
    sections: tuple[Section, ...]

    @property
    def key(self) -> str:
        return self.sections[0].key

    @property
    def heading(self) -> str:
        return self.sections[0].heading


@dataclass(frozen=True)
class Body:
    """All sections, and what was taken out last. `head_version` counts the changes of title, 主送, 落款, 日期, 附件."""

    sections: tuple[Section, ...] = ()
    removed: tuple[Removed, ...] = field(default=())
    head_version: int = 1
    hidden: tuple[Hidden, ...] = ()

    def group(self, key: str) -> range:
        """The places of a section and of those below it."""
        place = next(n for n, each in enumerate(self.sections) if each.key == key)
        end = place + 1
        while end < len(self.sections) and self.sections[end].level > self.sections[place].level > 0:
            end += 1
        return range(place, end)

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
            **({"hidden": [asdict(each) for each in self.hidden]} if self.hidden else {}),
        }


def read_body(stored: dict[str, Any]) -> Body:
    """The body from its JSON; what is missing in it takes its default."""
    sections = tuple(_section(each) for each in stored.get("sections", []))
    hidden = tuple(Hidden(each["place"], tuple(map(_section, each["sections"]))) for each in stored.get("hidden", []))
    removed = tuple(
        Removed(each["section"], each["place"], _paragraph(each["paragraph"])) for each in stored.get("removed", [])
    )
    return Body(sections, removed, stored.get("head_version", 1), hidden)


def _section(stored: dict[str, Any]) -> Section:
    paragraphs = tuple(_paragraph(each) for each in stored.get("paragraphs", []))
    return Section(stored["key"], stored["heading"], stored.get("level", 1), paragraphs)


def _paragraph(stored: dict[str, Any]) -> Paragraph:
    return Paragraph(stored["id"], stored.get("text", ""), stored.get("question", ""), stored.get("version", 1))


def new_paragraph(text: str = "", question: str = "") -> Paragraph:
    """A paragraph with an id of its own."""
    return Paragraph(secrets.token_hex(6), text, question)
