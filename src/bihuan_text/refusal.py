"""The one error that leaves the toolkit: a file that cannot be read, and what its owner can do about it."""

from __future__ import annotations


class Unreadable(Exception):
    """``reason_zh`` is one Chinese sentence: what is wrong and what to do."""

    def __init__(self, reason_zh: str) -> None:
        super().__init__(reason_zh)
        self.reason_zh = reason_zh
