"""Numbers that Word makes by itself: which paragraph carries one, and what it says on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .xml import W

if TYPE_CHECKING:
    from .xml import Node

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


def _circled(n: int) -> str:
    return chr(0x2460 + n - 1) if 1 <= n <= 20 else str(n)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: "".join(chr(ord(c) + 0xFEE0) for c in str(n)),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda n: f"（{n}）",
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


def _value(node: Node | None, name: str) -> str | None:
    child = None if node is None else node.find(W + name)
    return None if child is None else child.get(W + "val")


def _number(text: str | None, default: int) -> int:
    try:
        return max(0, min(int(text or ""), 100_000))
    except ValueError:
        return default


def _level(node: Node) -> Level:
    pattern = _value(node, "lvlText") or ""
    legal = node.find(W + "isLgl") is not None
    return Level(
        _number(_value(node, "start"), 1), _value(node, "numFmt") or "decimal", pattern, legal, _value(node, "pStyle")
    )


@dataclass(slots=True)
class Numbering:
    """The lists of one document and where each stands; ``label`` moves them on."""

    abstracts: dict[str, dict[int, Level]] = field(default_factory=dict[str, dict[int, Level]])
    lists: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = field(
        default_factory=dict[str, tuple[str, dict[int, Level], dict[int, int]]]
    )
    styles: dict[str, tuple[str | None, str | None, int | None]] = field(
        default_factory=dict[str, tuple[str | None, str | None, int | None]]
    )
    counts: dict[str, dict[int, int]] = field(default_factory=dict[str, dict[int, int]])
    started: set[tuple[str, int]] = field(default_factory=set[tuple[str, int]])
    normal: str | None = None

    def label(self, paragraph: Node) -> str:
        """The number Word would print before this paragraph, or nothing; bullets are no numbers."""
        number, depth = self._belongs(paragraph)
        if number is None or number == "0" or number not in self.lists:
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
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]

    def _belongs(self, paragraph: Node) -> tuple[str | None, int]:
        """The list and depth of a paragraph: said by itself, or by its style or a style that one is based on."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        number, depth = _value(own, "numId"), _value(own, "ilvl")
        style = _value(paragraph.find(W + "pPr"), "pStyle") or self.normal
        named: list[str] = []
        for _ in range(20):
            if number is not None or style is None or style not in self.styles:
                break
            named.append(style)
            style, number, styled = self.styles[style]
            depth = depth if depth is not None else None if styled is None else str(styled)
        if depth is None and number is not None:
            return number, self._depth_of(number, named)
        return number, min(_number(depth, 0), 8)

    def _depth_of(self, number: str, styles: list[str]) -> int:
        """The depth of a list that says of itself which style it serves."""
        abstract, own, _ = self.lists.get(number, ("", {}, {}))
        levels = self.abstracts.get(abstract, {}) | own
        return next((depth for depth, level in sorted(levels.items()) if level.style in styles), 0)


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


def numbering_of(numbering: Node | None, styles: Node | None) -> Numbering:
    """What numbering.xml and styles.xml say; either may be absent."""
    found = Numbering()
    if numbering is not None:
        for node in numbering.findall(W + "abstractNum"):
            levels = {_number(n.get(W + "ilvl"), 0): _level(n) for n in node.findall(W + "lvl")}
            found.abstracts[node.get(W + "abstractNumId") or ""] = levels
        for node in numbering.findall(W + "num"):
            found.lists[node.get(W + "numId") or ""] = _list_of(node)
    if styles is not None:
        for node in styles.findall(W + "style"):
            _add_style(found, node)
    if numbering is not None:
        _follow_styles(found, numbering)
    return found


def _follow_styles(found: Numbering, numbering: Node) -> None:
    """A list that only names a list style takes the levels of the list that style names."""
    for node in numbering.findall(W + "abstractNum"):
        style = _value(node, "numStyleLink")
        _, number, _ = found.styles.get(style or "", (None, None, None))
        if number in found.lists and (levels := found.abstracts.get(found.lists[number][0])):
            found.abstracts[node.get(W + "abstractNumId") or ""] = levels


def _list_of(node: Node) -> tuple[str, dict[int, Level], dict[int, int]]:
    own: dict[int, Level] = {}
    starts: dict[int, int] = {}
    for override in node.findall(W + "lvlOverride"):
        depth = _number(override.get(W + "ilvl"), 0)
        if (level := override.find(W + "lvl")) is not None:
            own[depth] = _level(level)
        if (start := _value(override, "startOverride")) is not None:
            starts[depth] = _number(start, 1)
    return _value(node, "abstractNumId") or "", own, starts


def _add_style(found: Numbering, node: Node) -> None:
    name = node.get(W + "styleId") or ""
    if node.get(W + "type") == "paragraph" and node.get(W + "default") in ("1", "true"):
        found.normal = name
    numbered = node.find(f"{W}pPr/{W}numPr")
    depth = _value(numbered, "ilvl")
    found.styles[name] = (
        _value(node, "basedOn"),
        _value(numbered, "numId"),
        None if depth is None else _number(depth, 0),
    )
