"""The parts of a .docx, taken out of its zip under byte caps that do not trust what the zip says of itself."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO

from bihuan_text.refusal import Unreadable

from .limits import MAX_MEMBERS, MAX_PART_BYTES, MAX_TOTAL_BYTES
from .sniff import damaged

_BOMB = "文件解开后过大，为安全起见没有读取，请用 Word 或 WPS 打开后另存为 .docx 再试。"
_CHUNK = 64 * 1024
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    LookupError,
)


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise damaged() from error


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def member_names(data: bytes) -> frozenset[str]:
    """The names in the zip's directory."""
    with _opened(data) as archive:
        return frozenset(archive.namelist())


@dataclass(slots=True)
class Purse:
    """How many bytes may still be unpacked."""

    left: int = MAX_TOTAL_BYTES


class Package:
    """An open zip with one purse of bytes for all parts read from it, and from the files poured into it."""

    def __init__(self, data: bytes, purse: Purse | None = None) -> None:
        self._archive = _opened(data)
        self.purse = purse or Purse()
        members = self._archive.infolist()
        if len(members) > MAX_MEMBERS:
            raise Unreadable(_BOMB)
        # Names are compared without regard to case by the standard, and some programs write them with a backslash.
        self._members = {_plain(info.filename): info for info in reversed(members)}

    def part(self, name: str) -> bytes | None:
        """The bytes of one part, None when there is no such part; refuses as soon as the purse is empty."""
        if (info := self._members.get(_plain(name))) is None:
            return None
        if info.flag_bits & 0x1:
            raise Unreadable("文件设了密码，请去掉密码后再试。")
        try:
            with self._archive.open(info) as stream:
                return self._drained(stream)
        except _BROKEN as error:
            raise damaged() from error

    def _drained(self, stream: IO[bytes]) -> bytes:
        got = bytearray()
        while chunk := stream.read(_CHUNK):
            got += chunk
            self.purse.left -= len(chunk)
            if len(got) > MAX_PART_BYTES or self.purse.left < 0:
                raise Unreadable(_BOMB)
        return bytes(got)
