"""The form fields of older Word files (FORMTEXT): a grey place in a sentence or a cell, filled inside its own marks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bihuan_text.readers.xml import W

from .letters import letters_in, look_of, runs_of, split_after

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bihuan_text.readers.xml import Node

_SPACE = " \u2002\u2003\u3000\u00a0"


@dataclass(slots=True)
class FormField:
    """A field: its name, the words it shows before anybody typed, where its result begins among the paragraph's letters."""

    begin: Node
    at: int = 0
    code: str = ""
    separate: Node | None = None  # the mark behind which the result stands
    shown: list[Node] = field(default_factory=list["Node"])  # the text elements of the result
    length: int = 0

    @property
    def text(self) -> str:
        """What stands in it."""
        return "".join(node.text or "" for node in self.shown)

    @property
    def name(self) -> str:
        """What the form's maker called it, "" where nothing."""
        node = self.begin.find(f"{W}ffData/{W}name")
        return "" if node is None else node.get(W + "val") or ""

    @property
    def is_open(self) -> bool:
        """Whether it is a field for words that nobody has filled: blanks, or the words it came with."""
        if self.separate is None or not self.code.strip().upper().startswith("FORMTEXT"):
            return False
        node = self.begin.find(f"{W}ffData/{W}textInput/{W}default")
        given = "" if node is None else node.get(W + "val") or ""
        words = self.text.strip(_SPACE)
        return not words or words == given.strip(_SPACE)


def open_fields(paragraph: Node) -> list[FormField]:
    """The form fields of a paragraph that wait to be filled, in their order."""
    return [each for each in _fields(paragraph) if each.is_open]


def _fields(paragraph: Node) -> Iterator[FormField]:
    inside: list[FormField] = []
    at = 0
    for run in runs_of(paragraph):
        for child in run:
            if child.tag == W + "fldChar":
                yield from _step(child, inside, at)
            elif child.tag == W + "instrText" and inside:
                inside[-1].code += child.text or ""
            count = len(list(letters_in(run, child)))
            at += count
            for each in inside:
                if count and each.separate is not None:
                    each.length += count
                    each.shown.append(child)


def _step(mark: Node, inside: list[FormField], at: int) -> Iterator[FormField]:
    """Begin, middle or end of a field; a field is told when it ends."""
    kind = mark.get(W + "fldCharType")
    if kind == "begin":
        inside.append(FormField(mark))
    elif kind == "separate" and inside:
        inside[-1].separate, inside[-1].at = mark, at
    elif kind == "end" and inside:
        yield inside.pop()


def put_in_field(held: FormField, made: Node) -> None:
    """Put a run in the place of a field's result; the field and its name stay around it."""
    mark = held.separate
    run = None if mark is None else mark.getparent()
    if mark is None or run is None:
        return
    for node in held.shown:
        if node.tag == W + "t":
            node.text = ""
    split_after(run, mark, made)
    for node in held.shown:
        _drop(node)


def look_in_field(held: FormField) -> Node | None:
    """The formatting of what stands in it, or of its own marks."""
    run = held.shown[0].getparent() if held.shown else None
    if run is None and held.separate is not None:
        run = held.separate.getparent()
    return look_of(run)


def _drop(node: Node) -> None:
    """Take an emptied text element away, and its run when nothing else is in it."""
    run = node.getparent()
    if run is None:
        return
    run.remove(node)
    parent = run.getparent()
    if parent is not None and all(child.tag == W + "rPr" for child in run):
        parent.remove(run)
