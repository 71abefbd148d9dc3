"""Remarks on doubtful reading that several readers make."""

from __future__ import annotations

# Whether a box of a form is ticked, and which of a list was chosen, stands beside the text where we do not look.
UNTICKED = "文件里有窗体的勾选框或下拉框，勾没勾、选了什么没有读出，请对照原件核对。"


def broken(text: str) -> tuple[str, ...]:
    """The remark on characters that could not be told from their bytes; none where all could."""
    count = text.count("\ufffd")
    return (f"文件里有 {count} 处乱码，请对照原件核对。",) if count else ()
