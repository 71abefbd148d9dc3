"""The vault: files by digest. Written beside, flushed to disk, renamed by digest, and only then the row; what a crash
leaves without a row is an orphan and swept at the next start. Nothing is ever run, opened or believed by its name."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from cryptography.hazmat.primitives import hashes
from django.conf import settings

from bihuan.core import secrecy
from bihuan.core.access import Refused
from bihuan.core.kinds import media_type
from bihuan.core.models import Blob

ORPHAN_AGE = 3600  # seconds: a younger file may belong to an upload that is still under way


def path_of(sha256: str) -> Path:
    """Where a blob's bytes lie."""
    return Path(settings.VAULT) / sha256[:2] / sha256


def keep(chunks: Iterable[bytes], *, name: str, limit: int | None = None) -> Blob:
    """Take a file's bytes into the vault and return its row. Call inside the action that cites it.

    name: the name it came with, only compared with what the content turns out to be.
    Raises `Refused` (one sentence) for an empty or too large file, for a content that its name does not own up to or
    that offices have no use for, for a text that bears a marking of secrecy (R53), and for a full disk. Nothing is left
    behind then.
    """
    limit = limit or settings.UPLOAD_LIMIT
    waiting = Path(settings.VAULT) / "tmp"
    waiting.mkdir(parents=True, exist_ok=True)
    _need_room(waiting)
    handle, held = tempfile.mkstemp(dir=waiting)
    try:
        with os.fdopen(handle, "wb") as out:
            sha256, sm3, size, head = _copy(chunks, out, limit)
            out.flush()
            os.fsync(out.fileno())
        kind = media_type(head, name, Path(held))
        if secrecy.file_marking(Path(held), kind):
            raise Refused(f"“{name}”{secrecy.SENTENCE}")
        target = path_of(sha256)
        target.parent.mkdir(exist_ok=True)
        os.replace(held, target)
        _flush_folder(target.parent)
    except OSError as error:
        raise Refused("磁盘写不下了，这个文件没有存；请腾出空间再传。") from error
    finally:
        Path(held).unlink(missing_ok=True)
    blob, _ = Blob.objects.get_or_create(sha256=sha256, defaults={"sm3": sm3, "size": size, "media_type": kind})
    return blob


def _copy(chunks: Iterable[bytes], out: IO[bytes], limit: int) -> tuple[str, str, int, bytes]:
    sha, sm3, size, head = hashlib.sha256(), hashes.Hash(hashes.SM3()), 0, b""
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise Refused(f"这个文件超过{limit // 1024 // 1024}兆，没有存；请压小或拆开再传。")
        head = head if len(head) >= 8192 else head + chunk[:8192]
        sha.update(chunk)
        sm3.update(chunk)
        out.write(chunk)
    if not size:
        raise Refused("这个文件是空的，没有存；请看看是不是选错了。")
    return sha.hexdigest(), sm3.finalize().hex(), size, head


def _need_room(folder: Path) -> None:
    if shutil.disk_usage(folder).free < settings.DISK_RESERVE:
        raise Refused("磁盘快满了，这个文件没有存；请腾出空间再传。")


def _flush_folder(folder: Path) -> None:
    """On POSIX a rename is only safe once its folder is flushed; Windows has no such call."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sweep(now: float | None = None) -> int:
    """Remove files that no row knows and that are old enough to be nobody's upload. Returns how many."""
    now, swept = now or time.time(), 0
    root = Path(settings.VAULT)
    for path in root.glob("*/*"):
        young = now - path.stat().st_mtime < ORPHAN_AGE
        if young or (path.parent.name != "tmp" and Blob.objects.filter(sha256=path.name).exists()):
            continue
        path.unlink()
        swept += 1
    return swept


def damaged() -> list[str]:
    """The digests of blobs whose bytes are gone or changed."""
    return [blob.sha256 for blob in Blob.objects.iterator(500) if _digest(path_of(blob.sha256)) != blob.sha256]


def _digest(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
