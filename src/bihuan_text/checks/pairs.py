"""Quotation marks, brackets and title marks that have no partner, stand the wrong way round, or nest wrongly (D22)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan_text.place import Span

from .registry import Mend, Remark, Severity

_OTHERS = re.compile("[《》（）()【】〔〕]")
_CLOSES = {"《": "》", "（": "）", "【": "】", "〔": "〕"}
_OPENS = {b: a for a, b in _CLOSES.items()}
_TURNED = 3  # quotation marks the wrong way round in one line, at most
_NAMES = {"“": "前引号", "”": "后引号", "《": "前书名号", "》": "后书名号"}
_AS_FULL = str.maketrans("()", "（）")
# 1） and （接上页 are no pairs: an ordinal that ends with a bracket.
_LIST_END = re.compile(r"(?:^|[\s，。；：、])(?:[\dA-Za-z]{1,2}|[一二三四五六七八九十]{1,2})$")
_STRAIGHT = re.compile(r'"[^"\n]{1,60}"')
_HAN = re.compile("[\u4e00-\u9fff]")


def pairs(text: str) -> Iterator[Remark]:
    """Marks without a partner in their paragraph; a pair torn apart by a line end counts as a pair."""
    waiting: tuple[str, int] | None = None
    at = 0
    for line in text.split("\n"):
        loose = [*_loose_quotes(line), *_loose_others(line)]
        opened = next((p for p, kind, _ in reversed(loose) if kind == "open"), None)
        for place, kind, remark in loose:
            mark = line[place]
            if kind == "close" and waiting and _partner(waiting[0]) == mark.translate(_AS_FULL):
                waiting = None
            elif place == opened:
                yield from _held(waiting)
                waiting = (mark, at + place)
            else:
                yield _at(at + place, mark, remark)
        if line.strip() and opened is None and waiting and at - waiting[1] > len(line) + 200:
            yield from _held(waiting)
            waiting = None
        at += len(line) + 1
    yield from _held(waiting)
    yield from _straight(text)


def _partner(mark: str) -> str:
    return "”" if mark == "“" else _CLOSES.get(mark.translate(_AS_FULL), "")


def _held(waiting: tuple[str, int] | None) -> Iterator[Remark]:
    if waiting:
        yield _at(waiting[1], waiting[0], "unpaired")


def _at(place: int, mark: str, said: str) -> Remark:
    span = Span(place, place + 1)
    if said == "turned":
        right = "”" if mark == "“" else "“"
        return Remark(span, f"引号方向反了，这里应为“{right}”。", right, (Mend(*span, right),))
    if said == "nested":
        right = "‘" if mark == "“" else "’"
        return Remark(span, "引号里面再用引号，里层应为单引号。", right, (Mend(*span, right),))
    return Remark(span, f"{_NAMES.get(mark, '括号')}没有配对的另一半。", "请补上另一半，或删去这一半。")


def _loose_quotes(line: str) -> Iterator[tuple[int, str, str]]:
    """Double quotation marks that break the alternation: (place, open or close, what is wrong)."""
    marks = [i for i, c in enumerate(line) if c in "“”"] if "“" in line or "”" in line else []
    said = [line[i] for i in marks]
    turned = [n for n, mark in enumerate(said) if mark != "“”"[n % 2]]
    if 0 < len(turned) <= _TURNED and len(said) in (2, 4, 6) and "““””" not in "".join(said):
        yield from ((marks[n], "inside", "turned") for n in turned)  # “教“与”学“: every one has a partner
        return
    opened: int | None = None
    n = 0
    while n < len(marks):
        place, mark, rest = marks[n], said[n], said[n + 1 : n + 3]
        if mark == "“" and opened is not None:
            if rest == ["”", "”"]:
                yield place, "inside", "nested"
                yield marks[n + 1], "inside", "nested"
                n += 1
            elif rest[:1] != ["”"]:
                yield place, "inside", "turned"
                opened = None
            else:
                yield opened, "lost", "unpaired"
                opened = place
        elif mark == "”" and opened is None:
            if rest[:1] == ["”"] and n + 1 < len(marks) and marks[n + 1] - place <= 40:
                yield place, "inside", "turned"
                opened = place
            else:
                yield place, "close", "unpaired"
        else:
            opened = place if mark == "“" else None
        n += 1
    if opened is not None:
        yield opened, "open", "unpaired"


def _loose_others(line: str) -> Iterator[tuple[int, str, str]]:
    """Brackets and title marks without a partner on their line."""
    stack: list[int] = []
    for match in _OTHERS.finditer(line):
        mark, place = match.group().translate(_AS_FULL), match.start()
        if mark in _CLOSES:
            stack.append(place)
        elif stack and line[stack[-1]].translate(_AS_FULL) == _OPENS[mark]:
            stack.pop()
        elif mark == "）" and _LIST_END.search(line[max(0, place - 4) : place]):
            continue
        else:
            yield place, "close", "unpaired"
    for place in stack:
        yield place, "open" if place == stack[-1] else "lost", "unpaired"


def _straight(text: str) -> Iterator[Remark]:
    """Straight quotation marks round Chinese: a slip beside curled ones, a habit (told once) where there are none."""
    found = [m.span() for m in _STRAIGHT.finditer(text) if _HAN.search(m.group())]
    mends = [(Mend(start, start + 1, "“"), Mend(end - 1, end, "”")) for start, end in found]
    if len(found) > text.count("“"):
        why = f"全文有 {len(found)} 处用了直引号，中文的引号应为“ ”。"
        yield Remark(Span(*found[0]), why, None, tuple(m for mend in mends for m in mend), Severity.INFO)
        return
    for (start, end), mend in zip(found, mends, strict=True):
        yield Remark(Span(start, end), "中文的引号应为“ ”，这里用了直引号。", f"“{text[start + 1 : end - 1]}”", mend)
