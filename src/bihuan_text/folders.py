"""Folders → the papers in them, by name; what else lies there is not passed over in silence."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from .endings import KNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PAPERS = KNOWN
_PASSING = ("~$", ".")  # lock files of Word, hidden files
_OF_THE_SYSTEM = {"thumbs.db", "desktop.ini"}
_SHOWN = 10


def papers_in(folder: str, beside: list[str]) -> Iterator[str]:
    """The papers of a folder and its subfolders; links to folders are not followed, so that none leads round in a circle.

    ``beside`` is given the paths of what else lies there, hidden and passing files left out. A folder that may not be
    looked into is itself given as a paper: reading it says why.
    """
    waiting = [(folder, True)]
    while waiting:
        path, is_folder = waiting.pop()
        name = os.path.basename(path)
        if is_folder:
            try:
                with os.scandir(path) as entries:
                    rows = sorted(entries, key=lambda entry: entry.name, reverse=True)
            except OSError:
                yield path
                continue
            waiting += [(entry.path, entry.is_dir(follow_symlinks=False)) for entry in rows]
        elif name.startswith(_PASSING) or name.lower() in _OF_THE_SYSTEM:
            continue
        elif os.path.splitext(name)[1].lower() in PAPERS:
            yield path  # what is no file, or a link to nothing, is refused when it is read
        else:
            beside.append(path)


def common(paths: Iterable[str | os.PathLike[str]]) -> str:
    """The deepest folder that holds all of them; "" where there is none, as on two drives of Windows."""
    try:
        return os.path.commonpath([os.path.dirname(os.path.abspath(path)) for path in paths])
    except ValueError:
        return ""


def below(path: str | os.PathLike[str], folder: str) -> str:
    """How a paper is called among those of a folder: every branch has its 情况报告.docx, but nobody wants the way there."""
    whole = os.path.abspath(path)
    return os.path.relpath(whole, folder) if folder and whole.startswith(folder) else os.fspath(path)


def left_out(beside: list[str], doing: str) -> str:
    """The sentence on what lies in the folders and is no paper; ``doing``: what was not done with it (读, 比)."""
    more = f"等 {len(beside)} 个" if len(beside) > _SHOWN else ""
    return (
        f"文件夹里的{'、'.join(beside[:_SHOWN])}{more}不是能读的材料格式，没有{doing}；里面如有材料，请另存为 .docx。"
    )
