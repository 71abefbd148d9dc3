"""Deviations in sentences: the same one of many paragraphs is told once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .asked import WISHES
from .deviation import Deviation
from .numbers import of_numbers
from .pages import of_attachments, of_first_page, of_sheets, of_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .measuring import Layout
    from .paragraphs import Para
    from .wishes import Wish


def told(layout: Layout) -> list[Deviation]:
    """All deviations of a document."""
    if layout.told is None:
        layout.told = _told(layout)
    return layout.told


def _told(layout: Layout) -> list[Deviation]:
    return [*of_sheets(layout), *of_title(layout), *_of_wishes(layout), *of_first_page(layout),
            *of_attachments(layout), *of_numbers(layout)]  # fmt: skip


def failing(layout: Layout, wish: Wish) -> Iterator[tuple[Para, str]]:
    """The paragraphs that are not as a wish has them, with what they are."""
    for para in layout.paras:
        if para.role in wish.roles and para.span and (got := wish.judge(para, layout.sheet(para))):
            yield para, got


def _of_wishes(layout: Layout) -> Iterator[Deviation]:
    for wish in WISHES:
        found = list(failing(layout, wish))
        if found:
            first, got = found[0]
            yield Deviation(wish.rule, wish.clause, _sentence(wish, got, len(found)), first.span, wish.grave)


def _sentence(wish: Wish, got: str, count: int) -> str:
    if count == 1:
        return f"{wish.noun}{got}，应{wish.wish}。"
    return f"{wish.noun}有{count}段不合要求，第一处{got}，应{wish.wish}。"
