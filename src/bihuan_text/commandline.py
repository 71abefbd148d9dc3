"""Manners that the commands of the toolkit share: Chinese help, quiet endings, exit codes."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FINE, FOUND, BAD = 0, 1, 2

# What would steer a terminal, or turn the order of what is read on it: control characters, marks of direction.
_STEERING = {
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd"),
    **dict.fromkeys(map(ord, "\t\n\r\x0b\x0c\x85\u2028\u2029"), " "),
}


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


def _end_as_by_interrupt() -> None:
    """A closed terminal or a machine that shuts down ends the command as Ctrl-C does: what is half written goes away."""
    if threading.current_thread() is threading.main_thread():
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)  # Windows has no SIGHUP
            if number is not None and signal.getsignal(number) == signal.SIG_DFL:
                signal.signal(number, signal.default_int_handler)


def guarded(work: Callable[[], int]) -> int:
    """Run a command; a closed pipe or an interrupt ends it quietly.

    What is printed is UTF-8, unless somebody wants another encoding by PYTHONIOENCODING: then what it lacks is a ``?``.
    """
    encoding = {} if os.environ.get("PYTHONIOENCODING") else {"encoding": "utf-8"}
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(**encoding, errors="replace")  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    _end_as_by_interrupt()
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
    """Say a sentence on stderr; the names of files in it cannot steer the terminal."""
    print(shown(sentence), file=sys.stderr)


def shown(words: str) -> str:
    """One line of words as a terminal may have it: nothing in a paper or in a file's name steers it."""
    return words.translate(_STEERING)


def time_left(seconds: float) -> str:
    """So long as people say it."""
    return f"{seconds / 60:.0f} 分钟" if seconds >= 90 else f"{seconds:.0f} 秒"
