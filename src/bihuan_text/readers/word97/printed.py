"""What of the text of a .doc stands on paper: not what was deleted or hidden, nor the instructions of fields."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bihuan_text.readers.formula import drawn
from bihuan_text.readers.signs import PRIVATE, draws_signs, sign_of

from . import sprms
from .formatting import runs_of
from .typefaces import typefaces_of

if TYPE_CHECKING:
    from .formatting import Runs, Styles
    from .header import Header
    from .pieces import Pieces, Stretch

_FIELD_MARKS = re.compile("[\x13\x14\x15\r\x07]")
_BEGIN, _SEPARATE, _END = "\x13", "\x14", "\x15"
_CELL_END, _PARAGRAPH_END = "\x07", "\r"


@dataclass(slots=True)
class Printed:
    """The text in units, as long as the file's own, and for each unit whether it is on paper."""

    text: str
    alive: bytearray
    # The ends of paragraphs that are hidden, not deleted: their paragraphs count on in their lists unseen.
    unseen: set[int] = field(default_factory=set[int])

    def hide(self, start: int, end: int) -> None:
        """Units that are hidden."""
        self.drop(start, end)
        at = self.text.find(_PARAGRAPH_END, start, end)
        while at >= 0:
            self.unseen.add(at)
            at = self.text.find(_PARAGRAPH_END, at + 1, end)

    def show(self, start: int, end: int) -> None:
        """Units that are not hidden after all."""
        self.alive[start:end] = b"\1" * (end - start)
        self.unseen.difference_update(range(start, end) if self.unseen else ())

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
    typefaces = typefaces_of(header)
    hiding = styles.any_hides
    for stretch in pieces.stretches:
        if hiding:
            _hide_paragraphs(stretch, paragraphs, styles, found)
        _look_at(stretch, runs, styles, found, typefaces, signs)
    found.text = _with_signs(found.text, signs)
    _drop_instructions(found)
    return found


def _hide_paragraphs(stretch: Stretch, paragraphs: Runs, styles: Styles, found: Printed) -> None:
    """Paragraphs whose style hides them; a run of characters may say otherwise afterwards."""
    for start, end, said in paragraphs.between(stretch.at, stretch.place(stretch.end)):
        if styles.hides(sprms.value(said[:2])):
            found.hide(stretch.unit(start), stretch.unit(end))


def _look_at(
    stretch: Stretch, runs: Runs, styles: Styles, found: Printed, typefaces: list[str], signs: list[tuple[int, str]]
) -> None:
    if stretch.own and any(_gone(stretch.own, styles, hidden=False)):
        found.drop(stretch.start, stretch.end)
        return
    for start, end, said in runs.between(stretch.at, stretch.place(stretch.end)):
        first, last = stretch.unit(start), stretch.unit(end)
        hidden = not found.alive[first] if first < last else False
        deleted, unseen = _gone(said, styles, hidden=hidden)
        if deleted:
            found.drop(first, last)
        elif unseen:
            found.hide(first, last)
        elif hidden:
            found.show(first, last)
        if not deleted and not unseen:
            signs += _signs(said, typefaces, found.text, first, last)


def _gone(said: bytes, styles: Styles, *, hidden: bool) -> tuple[bool, bool]:
    """Whether a run was deleted with tracked changes; whether it is hidden: by itself, its style, its paragraph's."""
    deleted, base = False, hidden
    for code, operand in sprms.sprms(said):
        if code == sprms.DELETED:
            deleted = operand[0] == 1
        elif code == sprms.CHARACTER_STYLE:
            hidden = base = base or styles.hides(sprms.value(operand))
        elif code == sprms.HIDDEN:
            hidden = sprms.toggled(operand[0], above=base)
    return deleted, hidden


def _signs(said: bytes, typefaces: list[str], text: str, first: int, last: int) -> list[tuple[int, str]]:
    """The signs of a run: the one that a stand-in stands for, or those at private codes in a typeface of signs."""
    face = ""
    for code, operand in sprms.sprms(said):
        if code == sprms.SYMBOL:
            return [(first, sign_of(f"{sprms.value(operand[2:]):X}", _named(typefaces, operand[:2])))]
        if code == sprms.TYPEFACE:
            face = _named(typefaces, operand)
    if not draws_signs(face):
        return []
    return [(at.start(), sign_of(f"{ord(at[0]):X}", face)) for at in PRIVATE.finditer(text, first, last)]


def _named(typefaces: list[str], number: bytes) -> str:
    n = sprms.value(number)
    return typefaces[n] if n < len(typefaces) else ""


def _with_signs(text: str, signs: list[tuple[int, str]]) -> str:
    """The text with signs in place of the stand-ins; each is one unit, so that places stay."""
    parts: list[str] = []
    at = 0
    for place, sign in sorted(signs):
        if at <= place < len(text) and len(sign) == 1 and (text[place] == "(" or PRIVATE.match(text[place])):
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
