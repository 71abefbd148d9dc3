"""People at the real pages, whose every entry is counted: what a browser would send by itself (hidden values, what the page
has filled in already) is no entry; what a person sets otherwise is one.

How it is counted: a text field, a day, a number: 1. A text of several lines: 1 a line. A radio, a box, a choice of a list
that was not so already: 1. A file chosen: 1. Pressing a button: 0.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import html

File = tuple[str, bytes]
Value = str | bool | list[str] | File
_KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)[0-9a-f]{12}(?=/)|[0-9a-f]{32}")
_SIGNING_IN = "/org/login/"  # a login name is a key that one shows, no fact of the branch
_BARE = re.compile(r"[^0-9A-Za-z㐀-鿿]")


@dataclass(frozen=True)
class Entry:
    """One field that a person filled in on a page. `way`: typed, ticked or file."""

    who: str
    page: str
    name: str
    way: str
    value: str
    cells: int


@dataclass
class Log:
    """Everything that everybody entered."""

    entries: list[Entry] = field(default_factory=list)

    def cells(self, *ways: str) -> int:
        """How many cells were entered, of some ways or of all."""
        return sum(entry.cells for entry in self.entries if not ways or entry.way in ways)

    def twice(self) -> list[tuple[str, tuple[str, ...]]]:
        """What was typed on more than one page: (value, pages). The play gives no two facts the same words, so that the
        same words on two pages are one fact asked for twice. Signing in is counted, but a login name is no fact."""
        pages: dict[str, set[str]] = defaultdict(set)
        for entry in (entry for entry in self.entries if entry.page != _SIGNING_IN):
            for line in entry.value.splitlines() if entry.way == "typed" else ():
                if bare := _BARE.sub("", line):
                    pages[bare].add(entry.page)
        return sorted((value, tuple(sorted(found))) for value, found in pages.items() if len(found) > 1)


@dataclass
class Page:
    """A page as it came: where it is, its parts, its words."""

    path: str
    tree: Any

    @property
    def words(self) -> str:
        main = self.tree.xpath("//main")
        return " ".join((main[0] if main else self.tree).text_content().split())

    def link(self, words: str) -> str:
        """Where the first link of these words leads."""
        found = [a.get("href") for a in self.tree.xpath("//a[@href]") if words in " ".join(a.text_content().split())]
        assert found, f"no link “{words}” on {self.path}: {self.words[:600]}"
        return str(found[0])

    def links(self, pattern: str) -> list[str]:
        """Every address on the page that a pattern fits, once each, in order."""
        found = [str(a.get("href")) for a in self.tree.xpath("//a[@href]")]
        return list(dict.fromkeys(address for address in found if re.search(pattern, address)))

    def form(self, names: set[str], action: str = "") -> Any:
        """The first form of the page's own part that has these fields."""
        for form in self.tree.xpath("//main//form"):
            own = {element.get("name") for element in form.xpath(".//*[@name]")}
            if names <= own and action in (form.get("action") or self.path):
                return form
        raise AssertionError(f"no form with {sorted(names)} on {self.path}: {self.words[:800]}")


class Scribe:
    """One person at one browser."""

    def __init__(self, who: str, log: Log, client: Any) -> None:
        self.who, self.log, self.client = who, log, client

    def open(self, path: str) -> Page:
        """A page, wherever it leads."""
        return self._page(self.client.get(path, follow=True), path)

    def fill(
        self, path: str | Page, entered: Mapping[str, Value] | None = None, *, button: str = "", action: str = ""
    ) -> Page:
        """Open the page, fill in its form and send it. `button`: name=value of the one pressed; `action`: part of the
        address that the form goes to. Raises where the page says no."""
        page = self.open(path) if isinstance(path, str) else path
        entered = entered or {}
        name, _, value = button.partition("=")
        form = page.form({*entered, *([name] if name else [])}, action)
        data = standing(form)
        for key, given in entered.items():
            self._enter(page, form, data, key, given)
        if name:
            data[name] = value
        answer = self.client.post(form.get("action") or page.path, data, follow=True)
        there = self._page(answer, page.path)
        assert answer.redirect_chain, f"{page.path} was not taken: {complaints(there)}"
        return there

    def look(self, path: str | Page, entered: Mapping[str, Value], *, button: str = "") -> Page:
        """The same where a step on the way shows the page again instead of leading on."""
        page = self.open(path) if isinstance(path, str) else path
        return self.step(page, entered, button=button)

    def step(self, page: Page, entered: Mapping[str, Value], *, button: str = "") -> Page:
        """The same on a page that is open."""
        form = page.form(set(entered))
        data = standing(form)
        for key, given in entered.items():
            self._enter(page, form, data, key, given)
        name, _, value = button.partition("=")
        if name:
            data[name] = value
        send = self.client.post if (form.get("method") or "get").lower() == "post" else self.client.get
        where = form.get("action") or page.path
        return self._page(send(where, data, follow=True), where_of(where, data, asked=send == self.client.get))

    def _enter(self, page: Page, form: Any, data: dict[str, Any], name: str, given: Value) -> None:
        if given == data.get(name, "" if not isinstance(given, list) else []):
            return  # it stood there already
        way, value = way_of(form, name), "" if isinstance(given, tuple | bool) else given
        text = "\n".join(value) if isinstance(value, list) else value
        if isinstance(given, tuple):
            from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415  only here

            data[name] = SimpleUploadedFile(*given)
        elif isinstance(given, bool):
            data.pop(name, None)
            if given:
                data[name] = "on"
        else:
            data[name] = given
        several = way == "typed" or isinstance(given, list)
        cells = len([line for line in text.splitlines() if line.strip()]) if several else 1
        self.log.entries.append(Entry(self.who, place(page.path), plain(name), way, text, max(cells, 1)))

    def _page(self, answer: Any, path: str) -> Page:
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        chain = answer.redirect_chain
        return Page(chain[-1][0] if chain else path, html.fromstring(answer.content.decode()))


def standing(form: Any) -> dict[str, Any]:
    """What the browser would send of a form that nobody touched."""
    data: dict[str, Any] = {}
    for element in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name]"):
        name, kind = element.get("name"), element.get("type", "text")
        if element.tag == "textarea":
            data[name] = (element.text or "").removeprefix("\n")
        elif element.tag == "select":
            _chosen(element, name, data)
        elif kind in {"radio", "checkbox"}:
            if element.get("checked") is not None:
                data[name] = element.get("value", "on")
        elif kind not in {"submit", "button", "file"}:
            data[name] = element.get("value", "")
    return data


def _chosen(element: Any, name: str, data: dict[str, Any]) -> None:
    options = element.xpath(".//option")
    chosen = [option.get("value", option.text) for option in options if option.get("selected") is not None]
    if element.get("multiple") is not None:
        data[name] = chosen
    elif options:
        data[name] = chosen[0] if chosen else options[0].get("value", options[0].text)


def way_of(form: Any, name: str) -> str:
    """How a person fills in the field of that name: typed, ticked or file."""
    element = form.xpath(f'.//*[@name="{name}"]')[0]
    kind = element.get("type", "text")
    if element.tag == "select" or kind in {"radio", "checkbox"}:
        return "ticked"
    return "file" if kind == "file" else "typed"


def where_of(path: str, data: Mapping[str, Any], *, asked: bool) -> str:
    """The address of a page that a form leads to: a question stands in the address itself."""
    from urllib.parse import urlencode  # noqa: PLC0415  only here

    return f"{path.partition('?')[0]}?{urlencode(data)}" if asked else path


def place(path: str) -> str:
    """A page without the keys in its address: the same page for another record is the same page."""
    return _KEY.sub("…", path.partition("?")[0])


def plain(name: str) -> str:
    """A field's name without keys."""
    return _KEY.sub("…", name)


def complaints(page: Page) -> str:
    """What the page says is wrong."""
    found = page.tree.xpath('//*[contains(@class, "error") or @role="alert" or contains(@class, "notice")]')
    said = " / ".join(" ".join(element.text_content().split()) for element in found)
    return said or page.words[:800]
