"""docs/users says what is on the screen: words in quotation marks are buttons and headings that exist, pictures too."""

from __future__ import annotations

import re
from functools import cache

import pytest

from tests.folders import REPO

USERS = REPO / "docs" / "users"
PAGES = sorted(USERS.glob("*.md"))
# What a person writes, not what a page says.
SPOKEN = {"……", "按附件格式"}


@cache
def on_screen() -> str:
    """Everything that pages are made of."""
    files = [
        *(REPO / "src/bihuan").rglob("*.html"),
        *(REPO / "src/bihuan").rglob("*.py"),
        *(REPO / "src/bihuan").rglob("*.toml"),
    ]
    return "\n".join(path.read_text("utf-8") for path in files)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_is_quoted_stands_on_a_page_and_pictures_are_there(page: object) -> None:
    text = page.read_text("utf-8")  # type: ignore[attr-defined]
    quoted = {words for words in re.findall(r"“([^”]+)”", text) if words not in SPOKEN and not words.startswith("请写")}
    assert sorted(words for words in quoted if words not in on_screen()) == []
    pictures = re.findall(r"\]\((pictures/[^)]+)\)", text)
    assert [name for name in pictures if not (USERS / name).is_file()] == []
    links = [link for link in re.findall(r"\]\(([^)#:]+\.md)\)", text) if not (USERS / link).is_file()]
    assert links == []


def test_the_index_leads_to_every_page() -> None:
    index = (USERS / "README.md").read_text("utf-8")
    assert [page.name for page in PAGES if page.name != "README.md" and f"]({page.name})" not in index] == []
