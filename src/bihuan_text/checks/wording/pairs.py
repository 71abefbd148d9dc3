"""What two characters side by side may belong to: one look through a text serves every witness of D28, and D20.

Words, phrases, names and known slips are all found by two of their characters. To ask one table at every place is quicker
than to ask seven, of which none stays near the processor.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import compress, count, repeat
from operator import add

from .confusions import confusions
from .lacking import insides
from .lexicon import joints
from .phrasebook import names, phrases, turned_inside

INSIDE, TURNED, WRONG = 1, 2, 4
"""The two stand inside a word; a phrase begins with them whose next two are turned round; a wrong word begins with them."""
BEGINS, ENDS, NAME_BEGINS, NAME_ENDS = 8, 16, 32, 64
"""A phrase, or a name that must be right to the character, begins or ends with them."""
LACKING = 128
"""The two stand side by side in what is left of a longer word that lost a character."""


@cache
def _table() -> dict[str, int]:
    found = {
        two: INSIDE for two in joints()
    }  # dict.fromkeys of a set makes a table that is half as fast to ask (CPython 3.11)
    rows: list[tuple[int, Iterable[str]]] = [(TURNED, turned_inside()), (WRONG, confusions().sizes)]
    rows += [(BEGINS, phrases().ahead), (ENDS, phrases().last_twos())]
    rows += [(NAME_BEGINS, names().ahead), (NAME_ENDS, names().last_twos()), (LACKING, insides())]
    for sign, twos in rows:
        for two in twos:
            found[two] = found.get(two, 0) | sign
    return found


def signs_in(text: str) -> bytes:
    """What each two characters of a text may belong to, a byte for the place of the first."""
    return bytes(map(_table().get, map(add, text, text[1:]), repeat(0)))


@lru_cache(maxsize=1)
def signs_of(text: str) -> bytes:
    """The same of a whole paper, which several rules look through one after another."""
    return signs_in(text)


def places(signs: bytes, sign: int) -> list[int]:
    """Where a sign stands."""
    return list(compress(count(), marked(signs, sign)))


def marked(signs: bytes, sign: int) -> bytes:
    """A byte for each place: 1 where a sign stands, 0 elsewhere."""
    return signs.translate(_holding(sign))


@cache
def _holding(sign: int) -> bytes:
    return bytes(bool(byte & sign) for byte in range(256))
