"""Manners that the commands of the toolkit share: Chinese help, quiet endings, exit codes."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FINE, FOUND, BAD = 0, 1, 2


class Parser(argparse.ArgumentParser):
    """argparse in Chinese: what was wrong in one sentence, and where the help is."""

    def error(self, message: str) -> NoReturn:
        complain(f"命令用法不对，请运行 {self.prog} --help 查看说明和例子。")
        raise SystemExit(BAD)

    def format_help(self) -> str:
        text = super().format_help()
        for english, chinese in (("usage:", "用法："), ("positional arguments:", "文件："), ("options:", "选项：")):
            text = text.replace(english, chinese, 1)
        return text


def parsed(parser: Parser, argv: Sequence[str]) -> argparse.Namespace | int:
    """The options, or the exit code when help was asked for or the use was bad."""
    try:
        return parser.parse_args(argv)
    except SystemExit as ended:
        return int(ended.code or 0)


def guarded(work: Callable[[], int]) -> int:
    """Run a command; a closed pipe or an interrupt ends it quietly."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    try:
        code = work()
        sys.stdout.flush()
    except KeyboardInterrupt:
        complain("已中断。")
        return BAD
    except BrokenPipeError:
        # The reader of our output has gone; what is still buffered must not be written at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BAD
    return code


def complain(sentence: str) -> None:
    """Say a sentence on stderr."""
    print(sentence, file=sys.stderr)
