"""A package whose parts are replaced one by one, and written again with everything else as it was."""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import TYPE_CHECKING

from bihuan_text.readers.package import Package
from bihuan_text.readers.sniff import damaged
from bihuan_text.readers.xml import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bihuan_text.readers.xml import Node

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class Part:
    """One XML part: its tree, and its bytes again."""

    def __init__(self, raw: bytes) -> None:
        self.root: Node = parsed(raw)
        # The reader speaks of one namespace only; a file kept in the strict form gets its own back.
        self._was_strict = _STRICT in raw

    def bytes(self) -> bytes:
        """The part as UTF-8 with its declaration."""
        from lxml import etree  # noqa: PLC0415

        raw = etree.tostring(self.root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
        return raw.replace(_USUAL, _STRICT) if self._was_strict else raw


class Archive:
    """The bytes of an office file, read under the readers' caps."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._package = Package(data)

    def xml(self, name: str) -> Part:
        """An XML part that has to be there; raises ``Unreadable``."""
        raw = self._package.part(name)
        if raw is None:
            raise damaged()
        return Part(raw)

    def maybe(self, name: str) -> Part | None:
        """An XML part that may be absent."""
        raw = self._package.part(name)
        return None if raw is None else Part(raw)

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """The parts that ``part`` ("" for the package) names: id → (last word of the type, name of the part)."""
        folder, file = posixpath.split(part)
        found = self.maybe(posixpath.join(folder, "_rels", f"{file}.rels"))
        return {} if found is None else dict(_relations(found.root, folder))

    def main(self, usual: str) -> str:
        """The name of the main part."""
        return next((to for kind, to in self.related("").values() if kind == "officeDocument"), usual)

    def written(self, changed: Mapping[str, bytes]) -> bytes:
        """The file with these parts changed, or added at its end; the others, their order and their dates as they were."""
        target, purse = io.BytesIO(), Package(self._data)
        with zipfile.ZipFile(io.BytesIO(self._data)) as old, zipfile.ZipFile(target, "w") as new:
            for info in old.infolist():
                # Read under the readers' caps too: a part nobody looked into may be a bomb.
                content = changed.get(info.filename)
                new.writestr(_entry(info), purse.part(info.filename) or b"" if content is None else content)
            for name in sorted(set(changed) - set(old.namelist())):
                new.writestr(_entry(zipfile.ZipInfo(name)), changed[name])
        return target.getvalue()


def _entry(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(info.filename, info.date_time)
    entry.external_attr, entry.create_system = info.external_attr, info.create_system
    entry.compress_type = zipfile.ZIP_STORED if info.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
    return entry


def _relations(root: Node, folder: str) -> Iterator[tuple[str, tuple[str, str]]]:
    for node in root:
        if node.get("TargetMode") == "External":
            continue
        given = node.get("Target") or ""
        target = given.lstrip("/") if given.startswith("/") else posixpath.normpath(posixpath.join(folder, given))
        yield node.get("Id") or "", ((node.get("Type") or "").rsplit("/", 1)[-1], target)
