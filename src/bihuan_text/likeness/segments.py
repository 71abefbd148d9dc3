"""Where the letters, keys and texts of some papers lie on disk: a sealed folder that never changes."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bihuan_text.refusal import Unreadable

from .offsets import Offsets
from .prints import LOCAL_BITS, PLACE, Batch
from .sealed import Blocks, Home, Sealed, Torn, Unsealed
from .spans import FENCE, PARTS, Sorted
from .taking import file_source, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from .arrays import Keys, Places

_COLUMNS = 8


class Paper(NamedTuple):
    """One paper to be kept: its name as given, its plain text, and what tells whether the file has changed.

    ``there``: the file of that name gives this text again at little cost, so it need not be written once more.
    """

    name: str
    text: str
    stamp: str = ""
    there: bool = False


class Segment(Sealed):
    """A finished folder of papers; raises ``Torn`` for what is not as it was written."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.numbers = numbers(folder)
        try:
            self.count, self.size = int(self.seal["papers"]), int(self.seal["letters"])
        except (ValueError, KeyError, TypeError) as error:
            raise self.torn("seal.json") from error

    @cached_property
    def letters(self) -> Blocks:
        """uint16, all papers, zeros between them."""
        return Blocks(self, "letters", np.uint16)

    @cached_property
    def keys(self) -> Blocks:
        """Sorted uint64, as in ``prints``."""
        return Blocks(self, "keys", np.uint64)

    @cached_property
    def sorted(self) -> Sorted:
        """The keys, to be looked up."""
        return Sorted.of(self.keys, self.whole("parts"), LOCAL_BITS)

    @cached_property
    def table(self) -> Places:
        """int64[papers, 8]: start and number of letters, code points, byte places of the text and of the bits, digests of
        the letters, the name and the stamp."""
        return np.frombuffer(self.whole("papers"), np.int64).reshape(-1, _COLUMNS)

    @cached_property
    def names(self) -> list[str]:
        """The papers' names, in order."""
        names: list[str] = json.loads(self.whole("names").decode("utf-8", "surrogatepass"))
        return names

    def text(self, paper: int) -> str:
        """The plain text of one paper."""
        held = self._piece(self.texts_held, paper, 3)
        if not len(held) and self.table[paper, 2]:
            return self._again(paper)
        return str(held.data, "utf-8", "surrogatepass")

    def _again(self, paper: int) -> str:
        """A text that was not written, from its file."""
        source = file_source(self.names[paper])
        with suppress(Unreadable):
            if named(source.stamp) == self.table[paper, 7]:
                return text_of(source)
        raise Torn(f"{source.name} 在比对的时候被改动或移走了，请再运行一次。")

    def offsets(self, paper: int) -> Offsets:
        """For each letter of one paper its code point in the plain text."""
        return Offsets(self._piece(self.bits_held, paper, 4))

    @cached_property
    def texts_held(self) -> Blocks:
        """uint8: the texts of all papers, one after another."""
        return Blocks(self, "text", np.uint8)

    @cached_property
    def bits_held(self) -> Blocks:
        """uint8: the bits of all papers, as ``Offsets`` takes them."""
        return Blocks(self, "kept", np.uint8)

    def _piece(self, file: Blocks, paper: int, column: int) -> NDArray[np.uint8]:
        start = int(self.table[paper, column])
        end = int(self.table[paper + 1, column]) if paper + 1 < self.count else len(file)
        return file.piece(start, end)


def numbers(folder: Path) -> tuple[int, int]:
    """The first and the last of the numbers of batches that a folder holds: ``seg-000004``, ``seg-000008-000015``."""
    first, *last = map(int, folder.name.split("-")[1:3])
    return first, max([first, *last])


def named_folder(kind: str, first: int, last: int) -> str:
    """The name of a folder of such numbers."""
    return f"{kind}-{first:06d}" + (f"-{last:06d}" if last > first else "")


# --- writing ----------------------------------------------------------------------------------------------------------


class Contents(NamedTuple):
    """What a segment holds: as in ``Segment``, the texts and the bits of its papers one after another."""

    letters: Any
    keys: Keys
    kept: bytes
    text: bytes
    table: Places
    names: list[str]


def write_segment(home: Home, number: int, papers: Sequence[Paper]) -> Segment:
    """Fold, print and keep papers as the segment of that number; what lasts has their texts too."""
    batch = Batch([paper.text for paper in papers])
    texts = [
        b"" if paper.there and not home.lasting else paper.text.encode("utf-8", "surrogatepass") for paper in papers
    ]
    table = _table(batch, [len(text) for text in texts], papers)
    kept = b"".join(bits.tobytes() for bits in batch.kept)
    held = Contents(batch.letters, batch.keys, kept, b"".join(texts), table, [paper.name for paper in papers])
    return _written(home, named_folder("seg", number, number), held)


def _written(home: Home, name: str, held: Contents, *, lasting: bool = False) -> Segment:
    new = Unsealed(home, name)
    new.blocks("letters", [held.letters])
    new.blocks("keys", [held.keys])
    new.blocks("kept", [held.kept])
    new.blocks("text", [held.text])
    new.whole("papers", held.table.tobytes())
    edges = np.arange(PARTS, dtype=np.uint64) << np.uint64(56)
    parts = np.append(np.searchsorted(held.keys, edges), len(held.keys)).astype(np.int64)
    new.whole("parts", parts.tobytes() + (held.keys[::FENCE] & ~PLACE).tobytes())
    new.whole("names", json.dumps(held.names, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    return Segment(new.publish({"papers": len(held.names), "letters": len(held.letters)}, lasting=lasting))


def merged(root: Path, segments: Sequence[Segment]) -> Segment:
    """Neighbouring segments as one, which has their numbers; it is on disk for certain before it has its name."""
    bases = np.cumsum([0, *(each.size for each in segments)]).tolist()
    keys = np.concatenate([each.keys.all() + np.uint64(base) for each, base in zip(segments, bases, strict=False)])
    keys.sort()
    kept, texts = (
        [each.between(0, len(each)).tobytes() for each in files]
        for files in ([each.bits_held for each in segments], [each.texts_held for each in segments])
    )
    tables = [each.table.copy() for each in segments]
    for column, sizes in ((0, [each.size for each in segments]), (3, map(len, texts)), (4, map(len, kept))):
        for table, before in zip(tables, np.cumsum([0, *sizes]).tolist(), strict=False):
            table[:, column] += before
    letters = np.concatenate([each.letters.all() for each in segments])
    names = [name for each in segments for name in each.names]
    held = Contents(letters, keys, b"".join(kept), b"".join(texts), np.concatenate(tables), names)
    name = named_folder("seg", segments[0].numbers[0], segments[-1].numbers[1])
    return _written(Home(root), name, held, lasting=True)


def _table(batch: Batch, text_bytes: list[int], papers: Sequence[Paper]) -> Places:
    """The columns of ``Segment.table``."""
    ends = (batch.starts + batch.sizes).tolist()
    letters = [digest(batch.letters[low:high].data) for low, high in zip(batch.starts.tolist(), ends, strict=True)]
    names, stamps = [named(paper.name) for paper in papers], [named(paper.stamp) for paper in papers]
    places = (_before(text_bytes), _before([len(each) for each in batch.kept]))
    columns = (batch.starts, batch.sizes, batch.lengths, *places, letters, names, stamps)
    return np.array(columns, np.int64).T.copy()


def named(text: str) -> int:
    """A number for a name or a stamp."""
    return digest(text.encode("utf-8", "surrogatepass"))


def digest(data: bytes | memoryview) -> int:
    """A number of 64 bits for some bytes."""
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little", signed=True)


def _before(sizes: list[int]) -> Places:
    return (np.cumsum([0, *sizes])[:-1]).astype(np.int64)
