"""What of the text of a .doc stands on paper: not what was deleted or hidden, nor the instructions of fields."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bihuan_text.readers.formula import drawn
from bihuan_text.readers.signs import sign_of

from . import sprms
from .formatting import runs_of

if TYPE_CHECKING:
    from .formatting import Runs, Styles
    from .header import Header
    from .pieces import Pieces, Stretch

_FIELD_MARKS = re.compile("[\x13\x14\x15\r\x07]")
_BEGIN, _SEPARATE, _END = "\x13", "\x14", "\x15"
_CELL_END = "\x07"


@dataclass(slots=True)
class Printed:
    """The text in units, as long as the file's own, and for each unit whether it is on paper."""

    text: str
    alive: bytearray

    def drop(self, start: int, end: int) -> None:
        """Units that are not on paper; the ends of cells stay, for a table keeps its shape."""
        self.alive[start:end] = bytes(end - start)
        at = self.text.find(_CELL_END, start, end)
        while at >= 0:
            self.alive[at] = 1
            at = self.text.find(_CELL_END, at + 1, end)


def printed(header: Header, pieces: Pieces, styles: Styles, paragraphs: Runs) -> Printed:
    """The text with its signs written as characters."""
    runs = runs_of(header)
    found = Printed(pieces.text, bytearray(b"\1") * len(pieces.text))
    signs: list[tuple[int, str]] = []
    hiding = styles.any_hides
    for stretch in pieces.stretches:
        if hiding:
            _hide_paragraphs(stretch, paragraphs, styles, found)
        _look_at(stretch, runs, styles, found, signs)
    found.text = _with_signs(found.text, signs)
    _drop_instructions(found)
    return found


def _hide_paragraphs(stretch: Stretch, paragraphs: Runs, styles: Styles, found: Printed) -> None:
    """Paragraphs whose style hides them; a run of characters may say otherwise afterwards."""
    for start, end, said in paragraphs.between(stretch.at, stretch.place(stretch.end)):
        if styles.hides(sprms.value(said[:2])):
            found.drop(stretch.unit(start), stretch.unit(end))


def _look_at(stretch: Stretch, runs: Runs, styles: Styles, found: Printed, signs: list[tuple[int, str]]) -> None:
    if stretch.own and _gone(stretch.own, styles, hidden=False):
        found.drop(stretch.start, stretch.end)
        return
    for start, end, said in runs.between(stretch.at, stretch.place(stretch.end)):
        first, last = stretch.unit(start), stretch.unit(end)
        hidden = not found.alive[first] if first < last else False
        gone = _gone(said, styles, hidden=hidden)
        if gone:
            found.drop(first, last)
        elif hidden:
            found.alive[first:last] = b"\1" * (last - first)
        if not gone and (sign := _sign(said)):
            signs.append((first, sign))


def _gone(said: bytes, styles: Styles, *, hidden: bool) -> bool:
    """Whether a run was deleted with tracked changes, or is hidden: by itself, by its style, by its paragraph's."""
    deleted, base = False, hidden
    for code, operand in sprms.sprms(said):
        if code == sprms.DELETED:
            deleted = operand[0] == 1
        elif code == sprms.CHARACTER_STYLE:
            hidden = base = base or styles.hides(sprms.value(operand))
        elif code == sprms.HIDDEN:
            hidden = sprms.toggled(operand[0], above=base)
    return deleted or hidden


def _sign(said: bytes) -> str:
    for code, operand in sprms.sprms(said):
        if code == sprms.SYMBOL:
            return sign_of(f"{sprms.value(operand[2:]):X}")
    return ""


def _with_signs(text: str, signs: list[tuple[int, str]]) -> str:
    """The text with signs in place of the stand-ins; each is one unit, so that places stay."""
    parts: list[str] = []
    at = 0
    for place, sign in sorted(signs):
        if at <= place < len(text) and len(sign) == 1 and text[place] == "(":
            parts += (text[at:place], sign)
            at = place + 1
    return "".join((*parts, text[at:]))


def _draw(found: Printed, start: int, end: int) -> None:
    """What a formula draws, written over its instruction, which is always longer."""
    said = drawn(found.text[start:end])[: end - start]
    if said:
        found.text = "".join((found.text[:start], said, found.text[start + len(said) :]))
        found.alive[start : start + len(said)] = b"\1" * len(said)


def _drop_instructions(found: Printed) -> None:
    """Fields: what stands before their separator is an instruction; it ends with its paragraph at the latest."""
    opened: list[int] = []  # where the instruction of each open field began, -1 once its result has begun
    for mark in _FIELD_MARKS.finditer(found.text):
        at, kind = mark.start(), mark[0]
        if kind == _BEGIN:
            opened.append(at)
        elif kind == _SEPARATE and opened and opened[-1] >= 0:
            found.drop(opened[-1], at + 1)
            opened[-1] = -1
        elif kind == _END and opened:
            began = opened.pop()
            found.drop(began if began >= 0 else at, at + 1)
            if began >= 0 and not any(each >= 0 for each in opened):
                _draw(found, began + 1, at)
        elif kind not in (_SEPARATE, _END) and opened:
            began = next((each for each in opened if each >= 0), at)
            found.drop(began, at)
            opened.clear()
