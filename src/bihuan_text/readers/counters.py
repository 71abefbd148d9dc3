"""Lists and where each stands: what the next number of a list says on paper, whatever file the list is from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"


def counting(n: int, digits: str = _DIGITS, ten: str = "十", hundred: str = "百") -> str:
    """A number below 1000 in Chinese: 一 … 十 十一 … 一百零一; larger ones in Arabic digits."""
    if not 0 < n < 1000:
        return str(n)
    hundreds, rest = divmod(n, 100)
    tens, ones = divmod(rest, 10)
    said = digits[hundreds] + hundred if hundreds else ""
    if tens:
        said += (digits[tens] if tens > 1 or hundreds else "") + ten
    elif hundreds and ones:
        said += "零"
    return said + (digits[ones] if ones else "")


def _letters(n: int) -> str:
    return chr(ord("a") + (n - 1) % 26) * ((n - 1) // 26 + 1) if n > 0 else ""


_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def _roman(n: int) -> str:
    if n > 1000:
        return str(n)
    said = ""
    for value, letters in _ROMAN:
        said += letters * (n // value)
        n %= value
    return said


_CIRCLES = (0x2460, 0x3251, 0x32B1)  # ① to ⑳, ㉑ to ㉟, ㊱ to ㊿


def circled(n: int) -> str:
    """A number in a ring, ① to ㊿; Arabic digits beyond."""
    if not 1 <= n <= 50:
        return str(n)
    return chr(_CIRCLES[0] + n - 1) if n <= 20 else chr(_CIRCLES[1] + n - 21 if n <= 35 else _CIRCLES[2] + n - 36)


def _of(characters: str) -> Callable[[int], str]:
    """A row of characters counted through; Arabic digits beyond it."""
    return lambda n: characters[n - 1] if 1 <= n <= len(characters) else str(n)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: "".join(chr(ord(c) + 0xFEE0) for c in str(n)),
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "decimalEnclosedParen": lambda n: f"（{n}）",
    "ideographEnclosedCircle": _of("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "ideographTraditional": _of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _of("子丑寅卯辰巳午未申酉戌亥"),
    "numberInDash": lambda n: f"-{n}-",
    "decimalFullWidth2": lambda n: "".join(chr(ord(c) + 0xFEE0) for c in str(n)),
    "decimalEnclosedFullstop": lambda n: f"{n}.",
    "chineseCounting": counting,
    "chineseCountingThousand": counting,
    "japaneseCounting": counting,
    "taiwaneseCounting": counting,
    "taiwaneseCountingThousand": counting,
    "ideographDigital": lambda n: "".join(_DIGITS[int(c)] for c in str(n)),
    "japaneseDigitalTenThousand": lambda n: "".join(_DIGITS[int(c)] for c in str(n)),
    "chineseLegalSimplified": lambda n: counting(n, _LEGAL, "拾", "佰"),
    "ideographLegalTraditional": lambda n: counting(n, _LEGAL, "拾", "佰"),
    "lowerLetter": _letters,
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
    "none": lambda n: "",
}


@dataclass(frozen=True, slots=True)
class Level:
    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    legal: bool = False
    style: str | None = None
    restart: int | None = None
    """Above which level it starts anew: None for every one, 0 for none (``w:lvlRestart``)."""


@dataclass(slots=True)
class Lists:
    """The lists of one document and where each stands; ``said`` moves them on.

    ``lists`` are the uses of the lists in ``abstracts``: each may change levels, or start them anew.
    """

    abstracts: dict[str, dict[int, Level]] = field(default_factory=dict[str, dict[int, Level]])
    lists: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = field(
        default_factory=dict[str, tuple[str, dict[int, Level], dict[int, int]]]
    )
    counts: dict[str, dict[int, int]] = field(default_factory=dict[str, dict[int, int]])
    started: set[tuple[str, int]] = field(default_factory=set[tuple[str, int]])

    def said(self, number: str, depth: int) -> str:
        """The number that the next paragraph of a list carries; bullets are no numbers, nor is an unknown list."""
        if number not in self.lists:
            return ""
        abstract, own, starts = self.lists[number]
        levels = self.abstracts.get(abstract, {}) | own
        counts = self.counts.setdefault(abstract, {})
        self._advance(number, depth, levels, counts, starts)
        return _printed(depth, levels, counts)

    def _advance(
        self, number: str, depth: int, levels: dict[int, Level], counts: dict[int, int], starts: dict[int, int]
    ) -> None:
        first = levels.get(depth, Level()).start
        if depth in starts and (number, depth) not in self.started:
            counts[depth] = starts[depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else first
        self.started.add((number, depth))
        for deeper in [d for d in counts if d > depth and _starts_anew(levels.get(d, Level()), depth)]:
            del counts[deeper]


def _starts_anew(level: Level, above: int) -> bool:
    return level.restart is None or above < level.restart


def _printed(depth: int, levels: dict[int, Level], counts: dict[int, int]) -> str:
    level = levels.get(depth, Level())
    if level.form == "bullet":
        return ""
    said = level.pattern
    for above in range(depth + 1):
        if (mark := f"%{above + 1}") in said:
            form = "decimal" if level.legal else levels.get(above, Level()).form
            value = counts.get(above, levels.get(above, Level()).start)
            said = said.replace(mark, _FORMATS.get(form, str)(value))
    return said
