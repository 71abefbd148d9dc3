"""Fields of a .docx: their instruction is not on paper, their result is, and some are drawn from what they hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .formula import drawn
from .names import is_on
from .xml import W

if TYPE_CHECKING:
    from .xml import Node


@dataclass(slots=True)
class Field:
    """An open field: what a form holds there, where its text began, its instruction, and whether its result began."""

    holds: str
    at: int
    instruction: list[str] = field(default_factory=list[str])
    in_result: bool = False

    def drawn(self) -> str:
        """What is on paper where the field has no result of its own."""
        return self.holds or drawn("".join(self.instruction))


def held(node: Node) -> str:
    """What the mark that begins a field of a form holds: a box ticked or not, the choice of a list."""
    box = node.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        checked = box.find(W + "checked")
        return "☑" if is_on(checked if checked is not None else box.find(W + "default")) else "□"
    choices = node.find(f"{W}ffData/{W}ddList")
    if choices is None:
        return ""
    entries = [entry.get(W + "val") or "" for entry in choices.findall(W + "listEntry")]
    chosen = next((c for name in ("result", "default") if (c := choices.find(W + name)) is not None), None)
    number = "0" if chosen is None else chosen.get(W + "val") or "0"
    return entries[int(number)] if number.isdecimal() and int(number) < len(entries) else ""
