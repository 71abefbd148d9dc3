"""What every command of `bihuan` shares: arguments that speak Chinese, UTF-8 everywhere, one sentence instead of a traceback.

Imports nothing of the house and nothing heavy, so that `bihuan --help` answers at once.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from typing import NoReturn

FINE, FINDINGS, BAD = 0, 1, 2


class BadUse(Exception):
    """A command that cannot be carried out; the text is the sentence to print, and the exit code is 2."""


_SAYS = (
    (r"unrecognized arguments: (.+)", "不认识“{0}”"),
    (r"the following arguments are required: (.+)", "还缺{0}"),
    (r"argument (.+?): expected .*", "{0}后面还缺一个值"),
    (r"argument (.+?): invalid int value: '(.*)'", "{0}要写一个整数，“{1}”不是"),
    (r"argument (.+?): invalid choice: '(.*?)'.*", "{0}不能是“{1}”"),
    (r"argument (.+?): ignored explicit argument '(.*)'", "{0}后面不带值，“{1}”是多出来的"),
    (r"argument (.+?): not allowed with argument (.+)", "{0}和{1}只能用一个"),
)


class _Layout(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: object, actions: object, groups: object, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, prefix="用法：" if prefix is None else prefix)  # type: ignore[arg-type]


class Arguments(argparse.ArgumentParser):
    """`ArgumentParser` in Chinese; what is wrong is raised as `BadUse` instead of ending the program."""

    def __init__(self, prog: str, description: str, example: str) -> None:
        super().__init__(
            prog=prog, description=description, epilog=f"例：{example}", add_help=False, formatter_class=_Layout,
            allow_abbrev=False,
        )  # fmt: skip
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        raise BadUse(f"{_in_chinese(message)}；请看 {self.prog} --help。")


def _in_chinese(message: str) -> str:
    for pattern, sentence in _SAYS:
        found = re.fullmatch(pattern, message)
        if found:
            return sentence.format(*found.groups())
    return "命令写得不对"


def say(*lines: str) -> None:
    """Lines on standard output, at once (somebody may be reading them through a pipe)."""
    print(*lines, sep="\n", flush=True)


def complain(sentence: str) -> None:
    """One sentence on standard error."""
    print(sentence, file=sys.stderr, flush=True)


def speak_utf8() -> None:
    """Windows consoles and bare environments may not be UTF-8; everything printed here is.

    Unless somebody asks for another encoding by PYTHONIOENCODING: then what it lacks is a question mark.
    """
    for stream in (sys.stdout, sys.stderr):
        if os.environ.get("PYTHONIOENCODING"):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
        elif (getattr(stream, "encoding", "") or "").lower().replace("-", "") != "utf8":
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
