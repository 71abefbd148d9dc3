"""Remarks on doubtful reading that several readers make."""

from __future__ import annotations


def broken(text: str) -> tuple[str, ...]:
    """The remark on characters that could not be told from their bytes; none where all could."""
    count = text.count("\ufffd")
    return (f"文件里有 {count} 处乱码，请对照原件核对。",) if count else ()
