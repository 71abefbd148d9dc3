"""A line that came back, with its figures put back by name: what the file says of them is compared, never taken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bihuan.report.readback.items import Figure
from bihuan.report.rules import Named, pieces

_FIRST = 0xE000  # private characters stand for figures while two lines are compared
_DIGIT = re.compile(r"[0-9０-９.．]")
_NUMBER = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)?|[零〇一二三四五六七八九十百两]+")
_BEFORE = re.compile(r"[0-9０-９.．]+$")
_AFTER = re.compile(r"^[0-9０-９.．]+")


@dataclass(frozen=True)
class Held:
    """A content control in the file's line: the figure's name, and what stands in it now."""

    code: str
    start: int
    end: int


@dataclass(frozen=True)
class Value:
    """What a figure reads, and its name on the page."""

    label: str
    text: str


@dataclass(frozen=True)
class Restored:
    """The line as it would be kept, and the figures that read differently in the file."""

    text: str
    figures: tuple[Figure, ...]


def restore(old: str, new: str, held: Sequence[Held], values: Mapping[str, Value]) -> Restored:
    """The new line with every figure by its name again.

    old: one line as it is kept, figures by name ({{应到}}). new: the same line in the file, as text. held: the content
    controls that survived in it. A figure whose control was lost is found by aligning the words around it.
    """
    return _Line(old, values).restore(new, held)


class _Line:
    """One kept line, its figures as private characters where the file still holds their controls, else as they read."""

    def __init__(self, old: str, values: Mapping[str, Value]) -> None:
        self.parts = pieces(old)
        self.values = values
        codes = dict.fromkeys([*(p.code for p in self.parts if isinstance(p, Named)), *values])
        self.sign = {code: chr(_FIRST + number) for number, code in enumerate(codes)}
        self.code = {sign: code for code, sign in self.sign.items()}
        self.figures: list[Figure] = []

    def restore(self, new: str, held: Sequence[Held]) -> Restored:
        text = self._pinned(new, held)
        old, loose = self._old([each.code for each in held if each.code in self.sign])
        text = self._with_loose(old, text, loose)
        text = self._without_neighbours(old, text)
        named = "".join(f"{{{{{self.code[c]}}}}}" if c in self.code else c for c in text)
        return Restored(named, tuple(self.figures))

    def _say(self, code: str, written: str) -> None:
        value = self.values.get(code, Value(code, ""))
        self.figures.append(Figure(value.label, value.text, written))

    def _pinned(self, new: str, held: Sequence[Held]) -> str:
        """The file's line with its surviving controls as private characters."""
        said, at = "", 0
        for each in sorted(held, key=lambda one: one.start):
            if each.code not in self.sign or each.start < at:
                continue
            written = new[each.start : each.end]
            if written.strip() != self.values[each.code].text if each.code in self.values else False:
                self._say(each.code, written.strip())
            said, at = said + new[at : each.start] + self.sign[each.code], each.end
        return said + new[at:]

    def _old(self, pinned: list[str]) -> tuple[str, list[tuple[int, int, str]]]:
        """The kept line in the same spelling, and where the figures stand that lost their control."""
        left, said, loose = list(pinned), "", []
        for part in self.parts:
            if not isinstance(part, Named):
                said += part
            elif part.code in left:
                left.remove(part.code)
                said += self.sign[part.code]
            else:
                text = self.values[part.code].text if part.code in self.values else ""
                loose.append((len(said), len(said) + len(text), part.code))
                said += text
        return said, loose

    def _with_loose(self, old: str, new: str, loose: list[tuple[int, int, str]]) -> str:
        if not loose:
            return new
        blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        found = [(self._place(old, new, blocks, start, end), code, old[start:end]) for start, end, code in loose]
        for (start, end, written), code, value in reversed(found):
            if start < 0:
                continue
            if written != value:
                self._say(code, written)
            new = new[:start] + self.sign[code] + new[end:]
        self.figures.reverse()
        return new

    def _place(
        self, old: str, new: str, blocks: Sequence[tuple[int, int, int]], a: int, b: int
    ) -> tuple[int, int, str]:
        """Where the file has a figure that stood at [a, b), and what it reads there; -1 where it was taken out."""
        whole = next((j + a - i for i, j, n in blocks if i <= a and b <= i + n), -1)
        if whole >= 0:
            return _widened(new, whole, whole + b - a, old[a:b])
        left = max((j + min(n, a - i) for i, j, n in blocks if n and i < a), default=0)
        right = min((j + max(0, b - i) for i, j, n in blocks if n and i + n > b), default=len(new))
        return self._between(new, left, max(left, right), old[a:b])

    def _between(self, new: str, left: int, right: int, value: str) -> tuple[int, int, str]:
        region = new[left:right]
        bare = region.strip("，。；、：,.;: ")
        if not bare or any(c in self.code for c in region):
            return -1, -1, ""
        if _NUMBER.fullmatch(value):
            number = _NUMBER.search(region)
            return (-1, -1, "") if number is None else (left + number.start(), left + number.end(), number.group())
        start = left + region.index(bare)
        return start, start + len(bare), bare

    def _without_neighbours(self, old: str, new: str) -> str:
        """Digits typed right beside a figure make another figure of it: 1 before {{应到}}."""
        for sign, code in self.code.items():
            at = new.find(sign)
            while at >= 0:
                before, after = _BEFORE.search(new[:at]), _AFTER.search(new[at + 1 :])
                was = old.find(sign)
                clean_before = was < 1 or not _DIGIT.match(old[was - 1])
                clean_after = not 0 <= was < len(old) - 1 or not _DIGIT.match(old[was + 1])
                head = before.group() if before and clean_before else ""
                tail = after.group().rstrip(".．") if after and clean_after else ""
                if head or tail:
                    value = self.values[code].text if code in self.values else ""
                    self._say(code, head + value + tail)
                    new = new[: at - len(head)] + sign + new[at + 1 + len(tail) :]
                    at -= len(head)
                at = new.find(sign, at + 1)
        return new


def _widened(new: str, start: int, end: int, value: str) -> tuple[int, int, str]:
    """7 found inside 17 is another figure: digits at its edges belong to it."""
    if value and _DIGIT.match(value[0]):
        while start and _DIGIT.match(new[start - 1]):
            start -= 1
    if value and _DIGIT.match(value[-1]):
        while end < len(new) and new[end] not in ".．" and _DIGIT.match(new[end]):
            end += 1
    return start, end, new[start:end]


def controls_in(span: tuple[int, int], controls: Sequence[tuple[str, int, int]]) -> Iterator[Held]:
    """The figures' controls inside a paragraph, by place within it."""
    for tag, start, end in controls:
        if tag.startswith("fact:") and span[0] <= start and end <= span[1]:
            yield Held(tag.removeprefix("fact:"), start - span[0], end - span[0])
