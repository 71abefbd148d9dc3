"""D20: one person or one unit written in two ways in the same paper."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from bihuan_text.lists import table

from .registry import Amiss, Paper
from .wording.lexicon import SURNAMES, shapes_of, sounds_of

_SURNAME = f"[{''.join(sorted(SURNAMES))}]"
_LEAST = 2  # times the right name stands in the paper
_UNIT = re.compile(r"(?:中共|中国共产党)?(?P<unit>[\u4e00-\u9fff]{3,24}?)(?:党)?(?P<form>支部|总支|委员会)")
_LINE = 30  # characters of a line that is only a name
_DAY = re.compile(r"20\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日")


@cache
def _people() -> re.Pattern[str]:
    """Where a name certainly is one: who speaks, who is criticised, who presides and writes."""
    return re.compile(table("figures.toml")["spelled"]["people"].replace("NAME", f"{_SURNAME}[\u4e00-\u9fff]{{1,2}}"))


def people(text: str) -> Iterator[Amiss]:
    """A name that stands once beside one that stands often and differs by one character of the same sound or shape."""
    found: dict[str, tuple[int, int]] = {}
    for match in _people().finditer(text):
        group = match.lastgroup or "a"
        found.setdefault(match[group], match.span(group))
    if len(found) < _LEAST:
        return
    times = Counter({name: text.count(name) for name in found})
    for name, place in found.items():
        if times[name] != 1:
            continue
        others = [other for other in found if times[other] >= _LEAST and _alike(name, other)]
        if len(others) == 1:
            yield Amiss(*place, f"别处写的是“{others[0]}”，这里是“{name}”，像是同一个人。")


def _alike(one: str, other: str) -> bool:
    if len(one) != len(other):
        return False
    apart = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(apart) == 1 and (
        bool(sounds_of(apart[0][0]) & sounds_of(apart[0][1])) or bool(shapes_of(apart[0][0]) & shapes_of(apart[0][1]))
    )


_PLACE = re.compile("(?:社区|街道|林场|农场|水库|公司|大队|车间|学校|中学|小学|医院|镇|村|乡)")
_HAN = re.compile("[\u4e00-\u9fff]{3}")


def places(text: str) -> Iterator[Amiss]:
    """团洁社区 once where 团结社区 stands often."""
    found = [m for m in _PLACE.finditer(text, 3) if _HAN.match(text, m.start() - 3, m.start())]
    times = Counter(text[m.start() - 2 : m.end()] for m in found)
    often = [name for name, n in times.items() if n >= _LEAST]
    for match in found if often else ():
        name = text[match.start() - 2 : match.end()]
        others = [o for o in often if o[2:] == name[2:] and _alike(name, o)] if times[name] == 1 else []
        if len(others) == 1:
            yield Amiss(match.start() - 2, match.end(), f"别处写的是“{others[0]}”，这里是“{name}”，像是同一个地方。")


def signed_otherwise(paper: Paper) -> Iterator[Amiss]:
    """The unit that signs differs from that of the title in one or two characters."""
    text = paper.shadow.text
    titled = _UNIT.match(re.sub(r"\s", "", paper.report.title or ""))
    lines = [line for line in re.finditer(r"[^\n]+", text[-400:]) if line.group().strip()]
    if titled is None or len(lines) < 2 or not _DAY.fullmatch(lines[-1].group().strip()):
        return
    signed = _UNIT.match(lines[-2].group().strip())
    if signed is None or len(lines[-2].group().strip()) > _LINE or len(signed["unit"]) != len(titled["unit"]):
        return
    if signed["unit"] == titled["unit"] and {signed["form"], titled["form"]} == {"支部", "总支"}:
        start = max(0, len(text) - 400) + lines[-2].start() + lines[-2].group().find(signed["form"])
        yield Amiss(start, start + 2, f"标题写的是{titled['form']}，落款却是{signed['form']}。")
    apart = sum(a != b for a, b in zip(signed["unit"], titled["unit"], strict=True))
    if 0 < apart <= 2 and apart * 3 <= len(titled["unit"]):
        start = max(0, len(text) - 400) + lines[-2].start() + lines[-2].group().find(signed["unit"])
        yield Amiss(start, start + len(signed["unit"]), f"标题写的是“{titled['unit']}”，落款却是“{signed['unit']}”。")
