"""Findings as one page that needs no network and no script: the paper with its marks, beside it what to do about each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from .marked import NAMES

if TYPE_CHECKING:
    from .checks import Finding

WHOLE = 2000
"""With more papers than this a browser no longer opens the page: 2,000 of 6,500 characters are some 55 MB."""
_LEAD = "有底色的地方是提出意见的地方，按旁边的数字可以来回跳转。意见供作者修改时参考，改不改由作者和支部定。"


_ONLY_ROWS = f"材料超过 {WHOLE} 份，这里只列每份的结果，逐条意见请用 --xlsx 写成表，或分几次检查。"


_WIDE = 100  # numbers of three digits need more room beside the list
_COUNTED = ("字数", *NAMES.values())


@dataclass(frozen=True, slots=True)
class Checked:
    """One paper and what was found in it; ``kind`` as people call it."""

    name: str
    kind: str
    text: str
    found: Sequence[Finding]
    title: str | None = None
    year: int | None = None

    def many(self, severity: str) -> int:
        """How many findings of that severity nobody silenced."""
        return sum(each.severity == severity and each.silenced is None for each in self.found)


@dataclass(frozen=True, slots=True)
class Row:
    """What a list of papers says of one: ``counts`` by severity, the gravest first; ``silenced`` stand beside them."""

    number: int
    name: str
    kind: str
    title: str
    year: int | None
    characters: int
    counts: tuple[int, ...]
    silenced: int
    first: str

    def said(self) -> str:
        """必须改 2 处，建议改 5 处."""
        said = [f"{name} {many} 处" for name, many in zip(NAMES.values(), self.counts, strict=True) if many]
        return "，".join(said) or "没有发现问题"


def row(number: int, paper: Checked) -> Row:
    """The row of one paper; ``number`` is its place among all of them."""
    held = sorted((f for f in paper.found if f.silenced is None), key=lambda f: list(NAMES).index(f.severity))
    return Row(
        number, paper.name, paper.kind, paper.title or "", paper.year, len(paper.text),
        tuple(paper.many(severity) for severity in NAMES), len(paper.found) - len(held), held[0].message if held else "",
    )  # fmt: skip


def page(papers: Sequence[Checked], refused: Sequence[tuple[str, str]]) -> str:
    """The page of one paper, or of several with a row for each, by name; it compares no papers with each other."""
    alone = len(papers) == 1 and not refused
    rows = [row(number, paper) for number, paper in enumerate(papers, 1)]
    return "".join(pieces(rows, refused, (part(n, p, alone=alone) for n, p in enumerate(papers, 1))))


def pieces(
    rows: Sequence[Row], refused: Sequence[tuple[str, str]], parts: Iterable[str], *, whole: bool = True
) -> Iterator[str]:
    """The page piece by piece, for papers whose parts do not fit in memory together; not ``whole``: the rows alone."""
    alone = len(rows) == 1 and not refused
    title = f"{rows[0].name}：{rows[0].said()}" if alone else f"检查了 {len(rows)} 份材料"
    head, _, tail = files("bihuan_text").joinpath("data", "check.html").read_text("utf-8").partition("{{body}}")
    yield head.replace("{{title}}", escape(title)).replace("{{lead}}", _LEAD if whole else _ONLY_ROWS)
    if not alone:
        yield from _rows(rows, refused, linked=whole)
    yield from parts
    yield tail


def _rows(rows: Sequence[Row], refused: Sequence[tuple[str, str]], *, linked: bool) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("材料", "种类", *_COUNTED))
    yield f"<table><thead><tr>{heads}</tr></thead><tbody>"
    for each in rows:
        counted = zip(_COUNTED, (each.characters, *each.counts), strict=True)
        counts = "".join(f'<td data-head="{head}">{many}</td>' for head, many in counted)
        name = f'<a href="#p{each.number}">{escape(each.name)}</a>' if linked else escape(each.name)
        yield f"<tr><td>{name}</td><td>{escape(each.kind)}</td>{counts}</tr>"
    for name, reason in refused:
        yield f'<tr><td>{escape(name)}</td><td colspan="5">没有读成：{escape(reason)}</td></tr>'
    yield "</tbody></table>"


def part(number: int, paper: Checked, *, alone: bool) -> str:
    """One paper with its marks and what to do about each; ``alone``: the page's own title names it."""
    return "".join(_part(number, paper, alone=alone))


def _part(number: int, paper: Checked, *, alone: bool) -> Iterator[str]:
    yield '<section class="one">'
    if not alone:
        yield f'<h2 id="p{number}">{escape(paper.name)}</h2><p>{row(number, paper).said()}</p>'
    yield f'<div class="sides"><div class="text">{_marked(number, paper)}</div><div>'
    for severity, name in NAMES.items():
        group = [(at, f) for at, f in enumerate(paper.found, 1) if f.severity == severity and f.silenced is None]
        if group:
            wide = ' class="many"' if group[-1][0] >= _WIDE else ""
            yield f"<h3>{name}</h3><ol{wide}>" + "".join(_told(number, at, each) for at, each in group) + "</ol>"
    silenced = [each for each in paper.found if each.silenced is not None]
    if silenced:
        yield "<h3>已写明理由，不再提示</h3><ol>"
        yield "".join(f"<li>{escape(f.message)}理由：{escape(f.silenced or '')}</li>" for f in silenced) + "</ol>"
    yield "</div></div></section>\n"


def _told(number: int, at: int, finding: Finding) -> str:
    """One line of the list; its number is the mark's."""
    place = f"{number}-{at}"
    back = f' <a href="#m{place}">看原文</a>' if finding.start is not None else "（全篇）"
    mend = f"<br>{escape(finding.suggestion)}" if finding.suggestion else ""
    source = f'<br><span class="soft">{escape(finding.rule)}　{escape(finding.source)}</span>'
    return f'<li id="f{place}" value="{at}">{escape(finding.message)}{back}{mend}{source}</li>'


def _marked(number: int, paper: Checked) -> str:
    """The text with its marks; where findings overlap, each piece leads to all that hold it."""
    spans = [
        (f.start, f.end, at, f.severity.value)
        for at, f in enumerate(paper.found, 1)
        if f.start is not None and f.end is not None and f.end > f.start and f.silenced is None
    ]
    edges = sorted({0, len(paper.text), *(edge for start, end, *_ in spans for edge in (start, end))})
    opens: dict[int, list[tuple[int, int, str]]] = {}
    for start, end, at, severity in spans:
        opens.setdefault(start, []).append((end, at, severity))
    held: list[tuple[int, int, str]] = []
    chunks: list[str] = []
    for start, end in pairwise(edges):
        begun = opens.get(start, [])
        held = [each for each in held if each[0] > start] + begun
        said = escape(paper.text[start:end])
        chunks.append(_mark(number, said, held, begun) if held else said)
    return "".join(chunks)


def _mark(number: int, said: str, held: list[tuple[int, int, str]], begun: list[tuple[int, int, str]]) -> str:
    gravest = min((severity for _, _, severity in held), key=[each.value for each in NAMES].index)
    marks = "".join(
        f'<a id="m{number}-{at}" href="#f{number}-{at}" aria-label="第{at}条意见"><sup>{at}</sup></a>'
        for _, at, _ in begun
    )
    return f'<mark class="{gravest}">{marks}{said}</mark>'
