"""Equations of a .docx on one line: a fraction with a stroke, a root with its sign, powers with ^."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bihuan_text.refusal import Unreadable

from .limits import MAX_DEPTH

if TYPE_CHECKING:
    from .xml import Node

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
EQUATIONS = {_MATH + "oMath", _MATH + "oMathPara"}


def equation(node: Node, depth: int = 0) -> str:
    """The characters of an equation, in the order they are written in; raises ``Unreadable`` where it is bottomless."""
    if depth > MAX_DEPTH:
        raise Unreadable("文件的结构嵌套过深，为安全起见没有读取，请用 Word 或 WPS 打开后另存为 .docx 再试。")
    if node.tag == _MATH + "t":
        return node.text or ""
    shape = _SHAPES.get(node.tag)
    if shape is None:
        return "".join(equation(child, depth + 1) for child in node)
    return shape(*(_part(node, name, depth) for name in _PARTS[node.tag]), *_signs(node))


def _part(node: Node, name: str, depth: int) -> str:
    return "".join(equation(child, depth + 1) for child in node.findall(_MATH + name))


def _signs(node: Node) -> tuple[str, ...]:
    """The brackets of a pair of brackets; round ones where it names none."""
    if node.tag != _MATH + "d":
        return ()
    named = [node.find(f"{_MATH}dPr/{_MATH}{name}") for name in ("begChr", "endChr")]
    usual = zip(named, "()", strict=True)
    return tuple(usually if sign is None else sign.get(_MATH + "val") or "" for sign, usually in usual)


def _whole(text: str) -> str:
    return text if len(text) < 2 or text.isalnum() else f"({text})"


_PARTS = {
    _MATH + "f": ("num", "den"), _MATH + "rad": ("e",), _MATH + "sSup": ("e", "sup"), _MATH + "sSub": ("e", "sub"),
    _MATH + "d": ("e",),
}  # fmt: skip
_SHAPES: dict[str, Callable[..., str]] = {
    _MATH + "f": lambda above, below: f"{_whole(above)}/{_whole(below)}",
    _MATH + "rad": lambda inside: f"√{_whole(inside)}",
    _MATH + "sSup": lambda base, power: f"{base}^{_whole(power)}" if power else base,
    _MATH + "sSub": lambda base, index: f"{base}{index}",
    _MATH + "d": lambda inside, before, behind: f"{before}{inside}{behind}",
}
