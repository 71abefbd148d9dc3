"""Equations of a .docx on one line: a fraction with a stroke, a root with its sign, powers with ^."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .limits import MAX_DEPTH, too_deep

if TYPE_CHECKING:
    from .xml import Node

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SHAPED = {_MATH + name for name in ("f", "rad", "sSup", "d")}
_PARTS = ("num", "den", "e", "sup")
EQUATIONS = {_MATH + "oMath", _MATH + "oMathPara"}


def equation(node: Node, depth: int = 0) -> str:
    """The characters of an equation, in the order they are written in; raises ``Unreadable`` where it is bottomless."""
    if depth > MAX_DEPTH:
        raise too_deep()
    if node.tag == _MATH + "t":
        return node.text or ""
    if node.tag not in _SHAPED:
        return "".join(equation(child, depth + 1) for child in node)
    parts = {name: "".join(equation(child, depth + 1) for child in node.findall(_MATH + name)) for name in _PARTS}
    return _shaped(node.tag.removeprefix(_MATH), parts, node)


def _shaped(kind: str, parts: dict[str, str], node: Node) -> str:
    """A figure that is not only its characters one after the other."""
    if kind == "f":
        return f"{_whole(parts['num'])}/{_whole(parts['den'])}"
    if kind == "rad":
        return f"√{_whole(parts['e'])}"
    if kind == "d":
        before, behind = _brackets(node)
        return f"{before}{parts['e']}{behind}"
    return f"{parts['e']}^{_whole(parts['sup'])}" if parts["sup"] else parts["e"]


def _brackets(node: Node) -> list[str]:
    """The brackets of a pair; round ones where it names none."""
    named = (node.find(f"{_MATH}dPr/{_MATH}{name}") for name in ("begChr", "endChr"))
    usual = zip(named, "()", strict=True)
    return [usually if sign is None else sign.get(_MATH + "val") or "" for sign, usually in usual]


def _whole(text: str) -> str:
    return text if len(text) < 2 or text.isalnum() else f"({text})"
