"""A paper against the same author's last year: which file is whose, by the names of files and folders without the year."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .report import Comparison
    from .taking import Source

_YEAR = re.compile(r"(?:19|20|１９|２０)[0-9０-９]{2}|二[〇○零][〇○零一二三四五六七八九]{2}")
_BETWEEN = re.compile(r"年度|年|[\W_]+")


def paired(papers: Sequence[Source], former: Sequence[Source]) -> dict[str, str]:
    """For each paper the name of last year's one: the same name without the year, and, where several have that, the same
    folders; one paper and one former paper belong together however they are called."""
    if not former:
        return {}
    if len(papers) == len(former) == 1:
        return {papers[0].name: former[0].name}
    by: dict[str, list[str]] = defaultdict(list)
    for source in former:
        by[_parts(source.name)[0]].append(source.name)
    found = {source.name: _nearest(source.name, by[_parts(source.name)[0]]) for source in papers}
    return {name: last for name, last in found.items() if last}


def _nearest(name: str, candidates: list[str]) -> str | None:
    """The one candidate that shares most folders with a paper."""
    ranked = sorted(((_shared(name, each), each) for each in candidates if each != name), reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def _shared(one: str, two: str) -> int:
    """Equal names from the file upwards."""
    pairs = list(zip(_parts(one), _parts(two), strict=False))
    return next((at for at, (a, b) in enumerate(pairs) if a != b), len(pairs))


def _parts(name: str) -> list[str]:
    """The names of the file and its folders, from the file upwards, without years and marks."""
    path = PurePath(name)
    return [_BETWEEN.sub("", _YEAR.sub("", each)) for each in (path.stem, *reversed(path.parts[:-1]))]


def between_years(found: Comparison, last: dict[str, str]) -> Comparison:
    """Only what papers share with their own last year; ``last``: by name."""
    numbers = {name: number for number, name in enumerate(found.names)}
    pairs = {frozenset((numbers[a], numbers[b])) for a, b in last.items() if a in numbers and b in numbers}
    return replace(
        found,
        passages=[each for each in found.passages if frozenset((each.a.paper, each.b.paper)) in pairs],
        pairs=[each for each in found.pairs if frozenset((each.a, each.b)) in pairs],
        families=[],
    )
