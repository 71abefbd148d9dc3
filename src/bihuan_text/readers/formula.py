"""What Word draws by a formula field (EQ) where a file keeps only the instruction: circled characters, readings, fractions.

The switches are those of the EQ field in ECMA-376 part 1, 17.16.5.22: \\o one over the other, \\s raised or lowered, \\f a
fraction, \\r a root, \\a \\b \\d \\i \\l \\x rows, brackets, room, sums, lists, boxes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .counters import circled

_EQ = re.compile(r"\s*EQ\b(?:\s*\\\*\s*(?:\"[^\"]*\"|“[^”]*”|[^\s\\]+))*\s*", re.IGNORECASE)
_SWITCH = re.compile(r"\\\s*([a-zA-Z]{1,2})\s*(?:-?\d+\s*)?")
_RINGS = "○〇◯⭕□△◇◎"
_HAN = "一二三四五六七八九十"
_MOST_DEPTH, _MOST_CHARACTERS = 20, 2_000


def drawn(instruction: str) -> str:
    """The characters that a field puts on paper; "" where the instruction is none of a formula."""
    head = _EQ.match(instruction)
    if head is None or len(instruction) > _MOST_CHARACTERS:
        return ""
    return "".join(_Reading(instruction, head.end()).parts(0)[0]).strip()


@dataclass(slots=True)
class _Part:
    """An argument: its words; ``raised``: it stands above or under the line."""

    text: str = ""
    raised: bool = False


@dataclass(slots=True)
class _Reading:
    text: str
    at: int
    open: list[str] = field(default_factory=list[str])

    def parts(self, depth: int) -> tuple[list[str], list[_Part]]:
        """Up to the bracket that closes: the words, and the same as arguments."""
        parts = [_Part()]
        while self.at < len(self.text):
            character = self.text[self.at]
            if depth and character == ")":
                self.at += 1
                break
            if depth and character in ",;":
                self.at += 1
                parts.append(_Part())
            elif character == "\\":
                self._switch(parts[-1], depth)
            else:
                self.at += 1
                parts[-1].text += character
        return [part.text for part in parts], parts

    def _switch(self, part: _Part, depth: int) -> None:
        """A switch with its options and arguments, or a character that a backslash makes plain."""
        found, names = _SWITCH.match(self.text, self.at), list[str]()
        while found is not None:
            names.append(found[1].lower())
            self.at = found.end()
            found = _SWITCH.match(self.text, self.at)
        if not names:
            part.text += self.text[self.at + 1 : self.at + 2]
            self.at += 2
        elif self.text[self.at : self.at + 1] == "(" and depth < _MOST_DEPTH:
            self.at += 1
            _, given = self.parts(depth + 1)
            part.raised |= names[0] == "s"
            part.text += _said(names[0], given)


def _said(name: str, given: list[_Part]) -> str:
    texts = [part.text.strip() for part in given]
    if name == "o":
        level = [part.text.strip() for part in given if not part.raised]
        return _ringed([text for text in level if text])
    if name == "f" and len(texts) == 2:
        return "/".join(texts)
    if name == "r":
        return f"√{texts[-1]}"
    if name == "b":
        return f"({''.join(texts)})"
    return ",".join(texts) if name == "l" else "".join(texts)


def _ringed(texts: list[str]) -> str:
    """Words in a ring as the one character for that, where there is one."""
    inside = [text for text in texts if text not in _RINGS]
    if len(inside) == len(texts) or not inside:
        return "".join(texts)
    word = inside[0]
    if word.isdecimal() and 1 <= int(word) <= 20:
        return circled(int(word))
    return chr(0x3280 + _HAN.index(word)) if len(word) == 1 and word in _HAN else word
