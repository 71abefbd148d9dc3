"""How many steps a pattern takes through a text, counted and not timed: a backtracking matcher like Python's own.

It walks the tree that ``re`` itself makes of a pattern, in the order in which ``re`` tries things, and counts each thing it
tries. What it finds is what ``re`` finds; a test holds that.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from importlib import import_module
from typing import Any

sre: Any = import_module("re._constants")  # the only door to the tree of a pattern
_parser: Any = import_module("re._parser")
Go = Callable[[int], int | None]
_ONE = {sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN}
_REPEATS = {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}
_CATEGORIES = {
    sre.CATEGORY_DIGIT: r"\d", sre.CATEGORY_NOT_DIGIT: r"\D", sre.CATEGORY_SPACE: r"\s", sre.CATEGORY_NOT_SPACE: r"\S",
    sre.CATEGORY_WORD: r"\w", sre.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
_AT = {
    sre.AT_BEGINNING: r"^", sre.AT_BEGINNING_STRING: r"\A", sre.AT_END: r"$", sre.AT_END_STRING: r"\Z",
    sre.AT_BOUNDARY: r"\b", sre.AT_NON_BOUNDARY: r"\B",
}  # fmt: skip


def is_open(pattern: re.Pattern[str]) -> bool:
    """Whether something in the pattern repeats without a bound; the others cost what the text is long."""
    return any(high == sre.MAXREPEAT for high in _highs(_parser.parse(pattern.pattern, pattern.flags)))


def _highs(tree: Any) -> list[Any]:
    """The upper bounds of all repeats in a tree, or in what stands behind one of its names."""
    if isinstance(tree, _parser.SubPattern):
        own = [given[1] for op, given in tree if op in _REPEATS]
        return own + [high for _, given in tree for high in _highs(given)]
    inside: list[Any] = [*tree] if isinstance(tree, (tuple, list)) else []
    return [high for each in inside for high in _highs(each)]


@cache
def _place(kind: Any, flags: int) -> re.Pattern[str]:
    return re.compile(_AT[kind], flags)


def _beyond(place: int, at: int) -> int | None:
    """A match may end here, unless this is where an empty one was found before."""
    return None if at == place else at


class Walker:
    """One pattern on its way through one text."""

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self.tree = _parser.parse(pattern.pattern, pattern.flags)
        self.text, self.flags, self.steps = text, pattern.flags, 0
        self.groups: dict[int, tuple[int, int]] = {}
        self.known: dict[tuple[Any, int, str, int], bool] = {}

    def found(self) -> list[tuple[int, int]]:
        """The places of all matches, as ``finditer`` gives them."""
        places: list[tuple[int, int]] = []
        start, empty = 0, False  # where to look next, and whether something empty was found there already
        while start <= len(self.text):
            self.steps += 1
            self.groups.clear()
            end = self.seq(list(self.tree), 0, start, partial(_beyond, start if empty else -1))
            if end is None:
                start, empty = start + 1, False
                continue
            places.append((start, end))
            start, empty = end, end == start
        return places

    def seq(self, ops: list[Any], i: int, at: int, go: Go) -> int | None:
        """The rest of a sequence of things from ``at``; ``go`` is what follows."""
        if i == len(ops):
            return go(at)
        op, given = ops[i]
        self.steps += 1
        return self.one(op, given, at, lambda end: self.seq(ops, i + 1, end, go))

    def one(self, op: Any, given: Any, at: int, go: Go) -> int | None:
        """One thing, then what follows."""
        if op in _ONE:
            return go(at + 1) if self.fits(op, given, at) else None
        if op is sre.AT:
            return go(at) if _place(given, self.flags & re.M).match(self.text, at) else None
        if op is sre.BRANCH:
            return next((e for way in given[1] if (e := self.seq(list(way), 0, at, go)) is not None), None)
        if op is sre.SUBPATTERN:
            return self.part(*given, at=at, go=go)
        if op is sre.ATOMIC_GROUP:
            end = self.seq(list(given), 0, at, lambda end: end)
            return None if end is None else go(end)
        if op is sre.GROUPREF:
            low, high = self.groups.get(given, (0, -1))
            said = self.text[low:high]
            return go(at + len(said)) if high >= 0 and self.text.startswith(said, at) else None
        if op in (sre.ASSERT, sre.ASSERT_NOT):
            start = at - given[1].getwidth()[0] if given[0] < 0 else at
            holds = start >= 0 and self.seq(list(given[1]), 0, start, lambda end: end) is not None
            return go(at) if holds is (op is sre.ASSERT) else None
        if op in _REPEATS:
            return self.repeat(op, *given, at=at, go=go)
        raise NotImplementedError(op)

    def part(self, number: int | None, more: int, less: int, inside: Any, *, at: int, go: Go) -> int | None:
        """A group, which may have flags of its own."""
        outside, within = self.flags, (self.flags | more) & ~less

        def after(end: int) -> int | None:
            self.flags = outside
            found = self.grouped(number, at, end, go)
            self.flags = within
            return found

        self.flags = within
        found = self.seq(list(inside), 0, at, after)
        self.flags = outside
        return found

    def grouped(self, number: int | None, start: int, end: int, go: Go) -> int | None:
        """After a group: remember it, and forget it again where what follows fails."""
        if number is None:
            return go(end)
        before = self.groups.get(number)
        self.groups[number] = (start, end)
        found = go(end)
        if found is None and before is not None:
            self.groups[number] = before
        elif found is None:
            del self.groups[number]
        return found

    def repeat(self, op: Any, low: int, high: Any, inside: Any, *, at: int, go: Go) -> int | None:
        """Something several times: the most first, the fewest first, or the most and nothing else."""
        if op is sre.POSSESSIVE_REPEAT:
            end = self.repeat(sre.MAX_REPEAT, low, high, inside, at=at, go=lambda end: end)
            return None if end is None else go(end)
        if len(inside) == 1 and inside[0][0] in _ONE:
            return self.run(op, low, high, inside[0], at, go)
        return self.turns(op is sre.MIN_REPEAT, low, high, list(inside), 0, at, go)

    def run(self, op: Any, low: int, high: Any, what: Any, at: int, go: Go) -> int | None:
        """A run of single characters."""
        most = len(self.text) - at if high == sre.MAXREPEAT else min(high, len(self.text) - at)
        count = 0
        if op is sre.MIN_REPEAT:
            while count <= most:
                self.steps += 1
                if count >= low and (end := go(at + count)) is not None:
                    return end
                if count == most or not self.fits(what[0], what[1], at + count):
                    return None
                count += 1
            return None
        while count < most and self.fits(what[0], what[1], at + count):
            count += 1
        self.steps += count
        return next((e for n in range(count, low - 1, -1) if (e := self.tried(go, at + n)) is not None), None)

    def tried(self, go: Go, at: int) -> int | None:
        """What follows a run, from one of its places."""
        self.steps += 1
        return go(at)

    def turns(self, lazy: bool, low: int, high: Any, inside: list[Any], done: int, at: int, go: Go) -> int | None:
        """Something longer than a character, several times."""

        def again() -> int | None:
            if high != sre.MAXREPEAT and done >= high:
                return None
            return self.seq(inside, 0, at, lambda end: self.turn(lazy, low, high, inside, done, at, end, go))

        if done < low:
            return again()
        ways = (lambda: go(at), again) if lazy else (again, lambda: go(at))
        return next((end for way in ways if (end := way()) is not None), None)

    def turn(
        self, lazy: bool, low: int, high: Any, inside: list[Any], done: int, at: int, end: int, go: Go
    ) -> int | None:
        """After one turn; a turn that took nothing is the last."""
        if end == at and done >= low:
            return None
        return self.turns(lazy, low, high, inside, done + 1, end, go)

    def fits(self, op: Any, given: Any, at: int) -> bool:
        """Whether the character at a place is of this kind."""
        if at >= len(self.text):
            return False
        key = (op, id(given), self.text[at], self.flags)
        if (known := self.known.get(key)) is None:
            known = self.known[key] = self.is_kind(op, given, self.text[at])
        return known

    def is_kind(self, op: Any, given: Any, character: str) -> bool:
        """The same, looked at."""
        if op is sre.ANY:
            return character != "\n" or bool(self.flags & re.S)
        if op in (sre.LITERAL, sre.NOT_LITERAL):
            return self.same(character, given) is (op is sre.LITERAL)
        negated = given[0][0] is sre.NEGATE
        return any(self.among(character, *each) for each in given[negated:]) is not negated

    def among(self, character: str, op: Any, given: Any) -> bool:
        """Whether a character is among those of one part of a class."""
        if op is sre.RANGE:
            return any(given[0] <= ord(form) <= given[1] for form in self.forms(character))
        if op is sre.CATEGORY:
            return re.match(_CATEGORIES[given], character) is not None
        return self.same(character, given)

    def same(self, character: str, code: int) -> bool:
        """Whether a character is that of a code."""
        return chr(code) in self.forms(character)

    def forms(self, character: str) -> set[str]:
        """The character, large and small where the pattern does not tell them apart."""
        return {character, character.lower(), character.upper()} if self.flags & re.I else {character}
