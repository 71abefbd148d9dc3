"""Laws about every page: a door, nothing from outside, nothing inline, the strict header."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.test import Client

from tests.archive.year import a_year
from tests.cast import Cast
from tests.folders import REPO
from tests.house.addresses import addresses, plain_addresses

DOORS = {"open_to_all", "signed_in", "seated"}
TEMPLATES = sorted((REPO / "src").rglob("templates/**/*.html"))
STYLES = sorted((REPO / "src").rglob("static/**/*.css"))
LOADS = {"src", "href", "action", "formaction", "poster", "srcset", "data", "cite", "background", "hx-get", "hx-post"}


def test_every_view_declares_its_door() -> None:
    found = list(addresses())
    assert len(found) > 20
    assert [a.name for a in found if getattr(a.view, "door", None) not in DOORS] == []


def test_every_address_has_a_name_of_its_own() -> None:
    # one name may lead with or without its argument, as "this year" and "that year"
    names = sorted((a.name, a.arguments) for a in addresses())
    assert names == sorted(set(names))
    assert [name for name, _ in names if not re.fullmatch(r"[a-z]+:[a-z_]+", name)] == []


class _Reader(HTMLParser):
    """Collects what a page loads or links, and what is written inline."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.addresses: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.addresses += [value for name, value in given.items() if name in LOADS]
        self.inline += [f"<{tag} {name}>" for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(f"<{tag}>")


def read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    return reader


def outside(address: str) -> bool:
    """Whether an address leaves this system."""
    return bool(re.match(r"(?i)\s*(?:[a-z][a-z0-9+.-]*:|//|\\\\)", address)) and not address.startswith("data:,")


def test_the_reader_sees_what_it_should() -> None:
    seen = read(
        '<a href="https://x.example/"><img src="//y.example/a"><p style="color:red" onclick="x()"><script>1</script>'
    )
    assert [outside(a) for a in seen.addresses] == [True, True]
    assert seen.inline == ["<p style>", "<p onclick>", "<script>"]
    assert [outside(a) for a in ("/static/a.css", "?page=2", "#main", "")] == [False] * 4


@pytest.mark.django_db
def test_no_page_reaches_outside_and_each_has_the_strict_header(cast: Cast) -> None:
    a_year(cast)
    secretary, nobody = Client(), Client()
    secretary.force_login(cast.secretary.account)
    asked = 0
    for address in [*plain_addresses(), "/no/such/page/"]:
        for client in (secretary, nobody):
            answer = client.get(address)
            policy = answer.headers.get("Content-Security-Policy", "")
            assert "default-src 'none'" in policy, address
            assert "unsafe" not in policy, address
            if answer.headers.get("Content-Type", "").startswith("text/html"):
                seen = read(answer.content.decode())
                assert [a for a in seen.addresses if outside(a)] == [], address
                assert seen.inline == [], address
                assert not re.search(r"url\(\s*['\"]?(?:[a-z]+:)?//", answer.content.decode()), address
                asked += 1
    assert asked > 20


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(REPO / "src")))
def test_a_template_has_nothing_inline_and_names_no_host(path: Path) -> None:
    text = path.read_text("utf-8")
    bare = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", "x", text, flags=re.DOTALL)
    seen = read(bare)
    assert seen.inline == []
    assert [a for a in seen.addresses if outside(a)] == []
    if re.search(r"<form[^>]*method=\"?post", bare, re.IGNORECASE):
        assert "csrf_token" in text


@pytest.mark.parametrize("path", STYLES, ids=lambda p: p.name)
def test_a_style_sheet_names_no_host(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"url\(\s*['\"]?(?:[a-z]+:)?//|@import", text)
