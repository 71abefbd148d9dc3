"""Folders that are written once and published by one rename, and whose files say when they are not what was written.

A file that is read here and there has a sum for every block of 4,096 bytes, looked at when the block is read: gigabytes open
at once, and what was changed in their middle is noticed by whoever reads it. The other files have one sum for the whole.
What one command writes for itself and takes away again (``Home.lasting`` is false) has no sums of blocks.
"""

from __future__ import annotations

import json
import os
import shutil
import zlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .arrays import distinct

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from .arrays import Keys, Places

FORMAT = 4
BLOCK = 4096
_WORDS = BLOCK // 8
_WEIGHTS = np.arange(1, _WORDS + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15) | np.uint64(1)
_AT_ONCE = 2048
_MOST_OPEN = 256
"""Files mapped at once: a system lets a process hold a thousand or so."""
_OPEN: dict[Blocks, None] = {}


class Torn(Exception):
    """What was written is not there as it was; ``str()`` is one Chinese sentence naming the file."""


class Home(NamedTuple):
    """A folder for sealed folders; ``lasting``: they outlive the command."""

    root: Path
    lasting: bool = True


def sums_of(data: bytes | NDArray[np.uint8]) -> Keys:
    """uint64, one for each block, a last one that is not full filled up with zeros: the weighted sum of its words modulo 2⁶⁴.

    The weights are odd and all different: no change of one word, and no two words that changed places, leave it as it was.
    """
    found = np.empty(-(-len(data) // BLOCK), np.uint64)
    whole = len(data) // BLOCK
    found[:whole] = np.frombuffer(data, np.uint64, whole * _WORDS).reshape(-1, _WORDS) @ _WEIGHTS
    if whole < len(found):
        rest = bytes(data[whole * BLOCK :]).ljust(BLOCK, b"\0")
        found[whole] = np.frombuffer(rest, np.uint64) @ _WEIGHTS
    return found


class Blocks:
    """A file of numbers of one kind that is read here and there; raises ``Torn`` where it is not as it was written."""

    def __init__(self, sealed: Sealed, name: str, kind: Any) -> None:
        self._sealed, self._name, self._kind = sealed, name, np.dtype(kind)
        self._path = f"{sealed.folder}{os.sep}{name}"
        self._size: int = sealed.seal["files"][name][0]
        self._sums = sealed.sums.get(name)
        self._sum_bytes = b"" if self._sums is None else self._sums.tobytes()

    def __len__(self) -> int:
        """How many numbers."""
        return self._size // int(self._kind.itemsize)

    def __getitem__(self, rows: Places) -> NDArray[Any]:
        """The numbers of these rows, wherever they stand; a row below 0 counts from the end."""
        found: NDArray[Any] = self._map[rows]
        if self._sums is None:
            return found
        blocks = rows.ravel() % max(1, len(self)) // (BLOCK // self._kind.itemsize)
        fresh = distinct(blocks[~self._seen[blocks]])
        for low in range(0, len(fresh), _AT_ONCE):
            self._look_at(fresh[low : low + _AT_ONCE])
        return found

    def soon(self, rows: Places) -> None:
        """Blocks that will be read, told all at once: fetched together they come many times faster from a disk than in turn."""
        if not hasattr(os, "posix_fadvise"):
            return
        file = os.open(self._path, os.O_RDONLY)
        for at in distinct(rows // (BLOCK // self._kind.itemsize)).tolist():
            os.posix_fadvise(file, at * BLOCK, BLOCK, os.POSIX_FADV_WILLNEED)
        os.close(file)

    def piece(self, low: int, high: int) -> NDArray[Any]:
        """A few rows [low, high) where they stand: opening and reading the file would take longer than using them."""
        if self._sums is not None:
            blocks = np.arange(low * self._kind.itemsize // BLOCK, -(-high * self._kind.itemsize // BLOCK))
            self._look_at(blocks[~self._seen[blocks]])
        return self._map[low:high]

    def between(self, low: int, high: int) -> NDArray[Any]:
        """Rows [low, high), read at once."""
        begin, end = low * self._kind.itemsize, high * self._kind.itemsize
        first = begin // BLOCK * BLOCK
        data = part(self._path, first, min(-(-end // BLOCK) * BLOCK, self._size))
        self._compare(data, first // BLOCK)
        return np.frombuffer(data, self._kind, high - low, begin - first) if high > low else np.zeros(0, self._kind)

    def all(self) -> NDArray[Any]:
        """Every row, for whoever looks at all of them and is done: what is mapped counts as ours while we run."""
        found: NDArray[Any] = np.fromfile(self._path, np.uint8)
        self._compare(found, 0)
        return found.view(self._kind)

    def forget(self) -> None:
        """Give back what the system keeps open; it is opened again when it is needed."""
        self.__dict__.pop("_map", None)
        _OPEN.pop(self, None)

    @cached_property
    def _map(self) -> NDArray[Any]:
        _OPEN[self] = None
        if len(_OPEN) > _MOST_OPEN:
            next(iter(_OPEN)).forget()
        return np.asarray(np.memmap(self._path, self._kind, "r")) if self._size else np.zeros(0, self._kind)

    @cached_property
    def _seen(self) -> NDArray[np.bool_]:
        return np.zeros(len(self._sum_bytes) // 8, np.bool_)

    def _look_at(self, blocks: Places) -> None:
        """Whether the sums of some blocks of the map are right."""
        if self._sums is None or not len(blocks):
            return
        raw = self._map.view(np.uint8)
        whole = self._size // BLOCK
        words = raw[: whole * BLOCK].view(np.uint64).reshape(-1, _WORDS)
        inside = blocks[blocks < whole]
        if (words[inside] @ _WEIGHTS != self._sums[inside]).any():
            raise self._sealed.torn(self._name)
        if len(inside) < len(blocks):
            self._compare(raw[whole * BLOCK :], whole)
        self._seen[blocks] = True

    def _compare(self, data: bytes | NDArray[np.uint8], first: int) -> None:
        """Whether whole blocks have the sums from the ``first`` on."""
        if self._sums is None:
            return
        found = sums_of(data)
        if found.tobytes() != self._sum_bytes[8 * first : 8 * (first + len(found))]:
            raise self._sealed.torn(self._name)


def let_go() -> None:
    """Forget every file that is mapped: one that is cannot be taken away everywhere."""
    for blocks in list(_OPEN):
        blocks.forget()


class Sealed:
    """A finished folder; raises ``Torn`` when a file is missing or of another size, and of other bytes when it is read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seal = self._opened()

    def _opened(self) -> dict[str, Any]:
        try:
            seal: dict[str, Any] = json.loads((self.folder / "seal.json").read_text("utf-8"))
            told = {name: int(size) for name, (size, _) in seal["files"].items()}
            form = seal["format"]
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise self.torn("seal.json") from error
        if form != FORMAT:
            raise Torn("这个索引是别的版本建的，请换一个新的索引文件夹。")
        for name, size in told.items():
            if _size(f"{self.folder}{os.sep}{name}") != size:
                raise self.torn(name)
        return seal

    def torn(self, file: str) -> Torn:
        """To be raised: a file of this folder is not as it was written."""
        place = self.folder.name
        return Torn(f"索引文件 {place}/{file} 已损坏，请删掉文件夹 {place} 后再运行一次，缺的材料会重新收入。")

    def whole(self, name: str) -> bytes:
        """All bytes of a file that has one sum."""
        try:
            data = (self.folder / name).read_bytes()
        except OSError as error:
            raise self.torn(name) from error
        if [len(data), zlib.crc32(data)] != self.seal["files"][name]:
            raise self.torn(name)
        return data

    @cached_property
    def sums(self) -> dict[str, Keys]:
        """The sums of the blocks of each file that has them."""
        if not self.seal["blocks"]:
            return {}
        found = np.frombuffer(self.whole("sums"), np.uint64)
        sizes = [-(-self.seal["files"][name][0] // BLOCK) for name in self.seal["blocks"]]
        if sum(sizes) != len(found):
            raise self.torn("sums")
        return dict(zip(self.seal["blocks"], np.split(found, np.cumsum(sizes)[:-1]), strict=True))


def _size(path: str) -> int:
    """-1 for a file that is not there."""
    try:
        return os.stat(path).st_size
    except OSError:
        return -1


def part(path: str, start: int, end: int) -> bytes:
    """Bytes [start, end) of a file; a file object costs more than reading a paper does."""
    file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        os.lseek(file, start, os.SEEK_SET)
        return os.read(file, end - start)
    finally:
        os.close(file)


class Unsealed:
    """A folder that is being written under a passing name; one left behind by a killed command is dropped at the next opening."""

    def __init__(self, home: Home, name: str) -> None:
        self.home, self.name = home, name
        self.folder = home.root / f"new-{name}-{os.getpid()}"
        self.folder.mkdir()
        self._files: dict[str, tuple[int, int]] = {}
        self._sums: dict[str, Keys] = {}

    def whole(self, name: str, data: bytes) -> None:
        """A file that will be read as a whole."""
        (self.folder / name).write_bytes(data)
        self._files[name] = len(data), zlib.crc32(data)

    def blocks(self, name: str, pieces: Iterable[bytes | NDArray[Any]]) -> None:
        """A file that will be read here and there, written piece by piece."""
        sums: list[Keys] = []
        size, left = 0, b""
        with (self.folder / name).open("wb", buffering=0) as file:
            for piece in pieces:
                data = np.frombuffer(piece, np.uint8)
                _write(file, data)
                size += len(data)
                left = _summed(left, data, sums) if self.home.lasting else b""
        if left:
            sums.append(sums_of(left))
        self._files[name] = size, 0
        if self.home.lasting:
            self._sums[name] = np.concatenate(sums) if sums else np.zeros(0, np.uint64)

    def publish(self, told: dict[str, Any], *, lasting: bool = False) -> Path:
        """Give the folder its name; ``told`` goes into its seal. ``lasting``: only when it would outlive the power going off."""
        self.whole("sums", b"".join(each.tobytes() for each in self._sums.values()))
        seal = {"format": FORMAT, **told, "files": self._files, "blocks": [*self._sums]}
        (self.folder / "seal.json").write_text(json.dumps(seal), "utf-8")
        if lasting:
            _on_disk([self.folder / name for name in (*self._files, "seal.json")])
        folder = self.home.root / self.name
        try:
            self.folder.replace(folder)
        except OSError:
            if not folder.exists():
                raise
            shutil.rmtree(self.folder)  # whoever was asked first died after its work was done
        return folder


def _write(file: Any, data: NDArray[np.uint8]) -> None:
    """All of it: one call of the system may take less (two gigabytes at most)."""
    done = 0
    while done < len(data):
        done += file.write(data[done:].data)


def _summed(left: bytes, data: NDArray[np.uint8], sums: list[Keys]) -> bytes:
    """Add the sums of the blocks that are full; gives what is left over."""
    if left:
        more = -len(left) % BLOCK
        left += data[:more].tobytes()
        data = data[more:]
        if len(left) < BLOCK:
            return left
        sums.append(sums_of(left))
    whole = len(data) // BLOCK * BLOCK
    sums.append(sums_of(data[:whole]))
    return data[whole:].tobytes()


def _on_disk(files: Sequence[Path]) -> None:
    for path in files:
        with path.open("rb+") as file:
            os.fsync(file.fileno())


def removed(folder: Path) -> None:
    """Take a folder away; what another program holds open of it goes at the next opening of the index."""
    shutil.rmtree(folder, ignore_errors=True)
