"""A file's bytes under the readers' cap, or one sentence on why there are none."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from bihuan_text.refusal import Unreadable

from .limits import MAX_FILE_BYTES, too_large

if TYPE_CHECKING:
    from pathlib import Path


def file_bytes(path: Path | str) -> bytes:
    """What is in a file; its kind and its size are looked at before it is opened. Raises ``Unreadable``."""
    try:
        there = os.stat(path)
        if not stat.S_ISREG(there.st_mode):
            raise Unreadable("这不是一个普通文件，请检查路径。")
        if there.st_size > MAX_FILE_BYTES:
            raise Unreadable(too_large(there.st_size))
        with open(path, "rb") as file:
            return file.read()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Unreadable("找不到这个文件，请检查文件名和路径。") from error
    except (OSError, ValueError) as error:
        raise Unreadable("文件打不开，请检查是否有读取权限、是否正被别的程序占用。") from error
