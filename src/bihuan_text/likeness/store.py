"""Where the letters, keys and texts of papers lie on disk: immutable segments, each published by one rename.

A segment that was being written when the machine stopped is a folder whose name begins with ``new-``; it is dropped at
the next opening, and what stood complete stays usable. A file that is shorter or other than it was written is noticed
when the segment is opened, and named.
"""

from __future__ import annotations

import json
import os
import shutil
import zlib
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .offsets import Offsets
from .prints import ALIGN, GRAM, LOCAL_BITS, PLACE, Batch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .arrays import Flags, Keys, Letters, Places
    from .marks import Marks

PARTS = 256
FORMAT = 3
_FILES = ("letters", "keys", "kept", "text", "papers", "parts", "names")
_EDGE = 1 << 16


class Torn(Exception):
    """An index that cannot be used as it is; ``str()`` is one Chinese sentence naming the file."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper to be kept: its name as given, its plain text, and what tells whether the file has changed."""

    name: str
    text: str
    stamp: str = ""


class Keyed(NamedTuple):
    """A file of sorted keys, and where those of each highest byte begin: int64[257]."""

    path: Path
    parts: Places


class Segment:
    """A finished folder of papers; arrays are mapped from disk and read where they are touched."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count, self.size = self._checked()

    def _checked(self) -> tuple[int, int]:
        """Papers and letters; raises ``Torn`` when a file is not as it was written."""
        try:
            seal = json.loads((self.folder / "seal.json").read_text("utf-8"))
            told: dict[str, list[int]] = seal["files"]
            for name in _FILES:
                if told[name] != _mark(self.folder / name):
                    raise Torn(self._said(name))
            if seal["format"] != FORMAT:
                raise Torn("这个索引是别的版本建的，请换一个新的索引文件夹。")
            return int(seal["papers"]), int(seal["letters"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Torn(self._said("seal.json")) from error

    def _said(self, file: str) -> str:
        place = self.folder.name
        return f"索引文件 {place}/{file} 已损坏，请删掉文件夹 {place} 后再运行一次，缺的材料会重新收入。"

    def _mapped(self, name: str, kind: Any) -> NDArray[Any]:
        path = self.folder / name
        return np.memmap(path, kind, "r") if path.stat().st_size else np.zeros(0, kind)

    @cached_property
    def letters(self) -> Letters:
        """uint16, all papers, zeros between them."""
        return self._mapped("letters", np.uint16)

    def letters_read(self) -> Letters:
        """The same for whoever looks at all of them and is done: what is mapped counts as ours while we run."""
        return np.fromfile(self.folder / "letters", np.uint16)

    @cached_property
    def keys(self) -> Keys:
        """Sorted uint64, as in ``prints``."""
        return self._mapped("keys", np.uint64)

    @cached_property
    def table(self) -> Places:
        """int64[papers, 8]: start and number of letters, code points, byte places of the text and of the bits, digests of
        the letters, the name and the stamp."""
        return np.fromfile(self.folder / "papers", np.int64).reshape(-1, 8)

    @cached_property
    def parts(self) -> Places:
        """int64[257]: where the keys of each highest byte begin."""
        return np.fromfile(self.folder / "parts", np.int64)

    @cached_property
    def names(self) -> list[str]:
        """The papers' names, in order."""
        names: list[str] = json.loads((self.folder / "names").read_text("utf-8", "surrogatepass"))
        return names

    def text(self, paper: int) -> str:
        """The plain text of one paper."""
        return self._bytes("text", paper, 3).decode("utf-8", "surrogatepass")

    def offsets(self, paper: int) -> Offsets:
        """For each letter of one paper its code point in the plain text."""
        return Offsets(np.frombuffer(self._bytes("kept", paper, 4), np.uint8))

    def _bytes(self, name: str, paper: int, column: int) -> bytes:
        start = int(self.table[paper, column])
        end = int(self.table[paper + 1, column]) if paper + 1 < self.count else None
        return _part(f"{self.folder}{os.sep}{name}", start, end)


def _part(path: str, start: int, end: int | None) -> bytes:
    """Bytes [start, end) of a file; a file object costs more than reading a paper does."""
    file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        os.lseek(file, start, os.SEEK_SET)
        return os.read(file, (os.fstat(file).st_size if end is None else end) - start)
    finally:
        os.close(file)


def write_segment(root: Path, number: int, papers: Sequence[Paper]) -> Segment:
    """Fold, print and keep papers as the segment of that number."""
    batch = Batch([paper.text for paper in papers])
    new = root / f"new-{number:06d}-{os.getpid()}"
    new.mkdir()
    texts = [paper.text.encode("utf-8", "surrogatepass") for paper in papers]
    batch.letters.tofile(new / "letters")
    batch.keys.tofile(new / "keys")
    (new / "kept").write_bytes(b"".join(bits.tobytes() for bits in batch.kept))
    (new / "text").write_bytes(b"".join(texts))
    _table(batch, [len(text) for text in texts], papers).tofile(new / "papers")
    edges = np.arange(PARTS, dtype=np.uint64) << np.uint64(56)
    np.append(np.searchsorted(batch.keys, edges), len(batch.keys)).astype(np.int64).tofile(new / "parts")
    names = json.dumps([paper.name for paper in papers], ensure_ascii=False)
    (new / "names").write_text(names, "utf-8", "surrogatepass")
    marks = {name: _mark(new / name) for name in _FILES}
    seal = {"format": FORMAT, "papers": len(papers), "letters": len(batch.letters), "files": marks}
    (new / "seal.json").write_text(json.dumps(seal), "utf-8")
    folder = root / f"seg-{number:06d}"
    try:
        new.replace(folder)
    except OSError:
        if not folder.exists():
            raise
        shutil.rmtree(new)  # whoever was asked first died after its work was done
    return Segment(folder)


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


def _mark(path: Path) -> list[int]:
    """Size and a checksum of both ends: enough to notice a file that was torn, cheap for gigabytes."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = zlib.crc32(file.read(_EDGE))
        file.seek(max(0, size - _EDGE))
        return [size, zlib.crc32(file.read(_EDGE), head)]


class Store:
    """All segments of a folder, seen as one row of letters and one row of papers."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for left in root.glob("new-*"):
            shutil.rmtree(left, ignore_errors=True)
        self.segments = [Segment(folder) for folder in sorted(root.glob("seg-*"))]

    def add(self, segment: Segment) -> None:
        """A segment that was just published."""
        self.segments.append(segment)

    def next_number(self) -> int:
        """The number of the next segment."""
        return int(self.segments[-1].folder.name[4:]) + 1 if self.segments else 0

    @property
    def count(self) -> int:
        """How many papers."""
        return sum(segment.count for segment in self.segments)

    @property
    def size(self) -> int:
        """How many letters, zeros between papers included."""
        return sum(segment.size for segment in self.segments)

    def view(self) -> View:
        """The store as it is now."""
        return View(self.segments)


class View:
    """The papers of several segments under running numbers; places are letters counted over all segments."""

    def __init__(self, segments: Sequence[Segment], keyed: Sequence[Keyed] | None = None) -> None:
        self.segments = list(segments)
        self._keyed = keyed
        self.bases = np.cumsum([0, *(segment.size for segment in segments)]).astype(np.int64)
        self.firsts = [0, *accumulate(segment.count for segment in segments)]
        self.size, self.count = int(self.bases[-1]), self.firsts[-1]
        self.place_bits = LOCAL_BITS if self.size <= int(PLACE) else 36

    @cached_property
    def starts(self) -> Places:
        """int64[papers]: where each paper's letters begin."""
        rows = [segment.table[:, 0] + base for segment, base in zip(self.segments, self.bases.tolist(), strict=False)]
        return np.concatenate(rows) if rows else np.zeros(0, np.int64)

    @cached_property
    def sizes(self) -> Places:
        """int64[papers]: how many letters each has."""
        return self._column(1)

    @cached_property
    def lengths(self) -> Places:
        """int64[papers]: how many code points each has."""
        return self._column(2)

    @cached_property
    def digests(self) -> Places:
        """int64[papers]: equal where all letters are."""
        return self._column(5)

    @cached_property
    def names(self) -> Places:
        """int64[papers]: ``named`` of each paper's name."""
        return self._column(6)

    @cached_property
    def stamps(self) -> Places:
        """int64[papers]: ``named`` of what each file looked like when it was taken in."""
        return self._column(7)

    def _column(self, number: int) -> Places:
        rows = [segment.table[:, number] for segment in self.segments]
        return np.concatenate(rows) if rows else np.zeros(0, np.int64)

    @cached_property
    def paper_of_block(self) -> NDArray[np.uint32]:
        """uint32: the paper that each block of ``ALIGN`` letters belongs to."""
        blocks = np.diff(np.append(self.starts, self.size)) // ALIGN
        return np.repeat(np.arange(self.count, dtype=np.uint32), blocks)

    @cached_property
    def keyed(self) -> Sequence[Keyed]:
        """The keys of each segment: its fingerprints, or what was given instead of them."""
        if self._keyed is not None:
            return self._keyed
        return [Keyed(segment.folder / "keys", segment.parts) for segment in self.segments]

    def touch(self) -> None:
        """Make the tables that threads share, before there are threads."""
        _ = self.paper_of_block, self.starts, self.keyed

    def home(self, paper: int) -> tuple[Segment, int]:
        """The segment of a paper and its number there."""
        at = bisect_right(self.firsts, paper) - 1
        return self.segments[at], paper - self.firsts[at]


class Excerpt:
    """Some papers of a view under numbers from 0 on, with the letters of those that share something.

    What follows the join looks only at these; so it needs the memory of these.
    """

    def __init__(self, view: View, papers: Places, sharing: Places) -> None:
        self.view, self.papers = view, papers
        self.sizes, self.lengths = view.sizes[papers], view.lengths[papers]
        rooms = (self.sizes + GRAM + ALIGN - 1) // ALIGN * ALIGN * np.isin(papers, sharing)
        self.starts: Places = np.cumsum(rooms) - rooms
        self.paper_of_block = np.repeat(np.arange(len(papers), dtype=np.uint32), rooms // ALIGN)
        self.rooms = rooms
        self.letters: Letters = np.zeros(int(rooms.sum()), np.uint16)
        self._fill(np.flatnonzero(rooms).tolist())

    def _fill(self, shown: list[int]) -> None:
        """Take the letters of these papers out of their segments, one segment after another."""
        held: Segment | None = None
        letters = self.letters[:0]
        for at in shown:
            segment, inside = self.view.home(int(self.papers[at]))
            if segment is not held:
                held, letters = segment, segment.letters_read()
            begin, size, start = int(segment.table[inside, 0]), int(self.sizes[at]), int(self.starts[at])
            self.letters[start : start + size] = letters[begin : begin + size]

    def places(self, places: Places) -> Places:
        """Places of the view as places here; they must lie in papers whose letters are here."""
        old = self.view.paper_of_block[places // ALIGN].astype(np.int64)
        moved: Places = places - self.view.starts[old] + self.starts[self.numbers(old)]
        return moved

    def numbers(self, papers: Places) -> Places:
        """Numbers of papers of the view as numbers here."""
        return np.searchsorted(self.papers, papers)

    def marked(self, marks: Marks) -> Flags:
        """One bit for each letter here: set where the mark of the view's letter is."""
        bits = np.zeros(len(self.letters) // 8, np.uint8)
        for at in np.flatnonzero(self.rooms).tolist():
            start, room, there = int(self.starts[at]), int(self.rooms[at]), int(self.view.starts[self.papers[at]])
            bits[start >> 3 : (start + room) >> 3] = marks.bits[there >> 3 : (there + room) >> 3]
        return bits

    def names(self) -> list[str]:
        """The names of the papers."""
        homes = (self.view.home(paper) for paper in self.papers.tolist())
        return [segment.names[inside] for segment, inside in homes]

    def text(self, paper: int) -> str:
        """The plain text of a paper."""
        segment, inside = self.view.home(int(self.papers[paper]))
        return segment.text(inside)

    def offsets(self, paper: int) -> Offsets:
        """For each letter of a paper its code point in the plain text."""
        segment, inside = self.view.home(int(self.papers[paper]))
        return segment.offsets(inside)
