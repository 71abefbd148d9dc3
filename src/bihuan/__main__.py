"""The command `bihuan`. Commands are found by name when they are called: reading a paper never loads the web system."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from bihuan.commandline import BAD, FINE, BadUse, complain, say, speak_utf8

if TYPE_CHECKING:
    from pathlib import Path


class Command(NamedTuple):
    """One command: where its function `(argv) -> exit code` lives, what it does, and an example."""

    module: str
    function: str
    does: str
    example: str


COMMANDS = {
    "serve": Command("bihuan.serving", "serve_command", "打开系统，在浏览器里用", "bihuan serve --port 8000"),
    "read": Command("bihuan_text.cli", "read_command", "读一份材料，给出它的结构", "bihuan read 情况报告.docx --json"),
    "check": Command("bihuan_text.cli", "check_command", "检查材料，指出要改的地方", "bihuan check 情况报告.docx"),
    "compare": Command(
        "bihuan_text.likeness.cli",
        "compare_command",
        "找出材料之间相同的段落",
        "bihuan compare 各支部材料/ --template 通知.docx",
    ),
    "report": Command(
        "bihuan.report.cli",
        "report_command",
        "由记录生成情况报告",
        "bihuan report --branch 第一支部 --cycle 2026 -o 报告.docx",
    ),
    "export": Command(
        "bihuan.archive.cli", "export_command", "导出一个支部的全部记录", "bihuan export --branch 第一支部 -o 导出"
    ),
    "import": Command("bihuan.archive.cli", "import_command", "把导出的记录收进空的系统", "bihuan import 导出"),
    "backup": Command("bihuan.archive.cli", "backup_command", "备份整个系统，不用停机", "bihuan backup -o 备份文件夹"),
    "restore": Command(
        "bihuan.archive.cli", "restore_command", "从备份恢复", "bihuan restore 备份.zip --data 新文件夹"
    ),
    "verify-audit": Command(
        "bihuan.archive.cli", "verify_audit_command", "核对审计记录有没有被改动", "bihuan verify-audit"
    ),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns 0 fine, 1 findings, 2 bad use or input."""
    speak_utf8()
    name, *rest = [*(sys.argv[1:] if argv is None else argv)] or ["--help"]
    if name in {"-h", "--help", "help"}:
        say(*_help())
        return FINE
    command = COMMANDS.get(name)
    if command is None:
        complain(f"没有“{name}”这个命令；请用 bihuan --help 看有哪些。")
        return BAD
    return _run(command, rest)


def _run(command: Command, argv: list[str]) -> int:
    try:
        function: Callable[[list[str]], int] = getattr(importlib.import_module(command.module), command.function)
        return function(argv)
    except BadUse as bad:
        complain(str(bad))
        return BAD
    except KeyboardInterrupt:
        complain("已停下，没有做完的部分没有存。")
        return BAD
    except BrokenPipeError:
        # whoever was reading went away; say no more, not even at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except Exception:
        if os.environ.get("BIHUAN_DEBUG"):
            raise
        complain(f"没有办成，是程序自己出了错；详细情况记在{_write_down()}，请交给维护的人。")
        return BAD


def _write_down() -> Path:
    """Keep the traceback where somebody who looks after the system can find it."""
    # only a fault needs these; `bihuan --help` is half as quick with them
    import tempfile  # noqa: PLC0415
    import traceback  # noqa: PLC0415
    from datetime import datetime  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    log = Path(os.environ.get("BIHUAN_DATA") or tempfile.gettempdir()) / "bihuan-faults.log"
    if not log.parent.is_dir():
        log = Path(tempfile.gettempdir()) / log.name
    with log.open("a", encoding="utf-8") as file:
        file.write(f"{datetime.now().astimezone().isoformat(timespec='seconds')}\n{traceback.format_exc()}\n")
    return log


def _help() -> list[str]:
    lines = ["闭环：从上年度的文件到今年的报告，一环一环合上。", "", "用法：bihuan 命令 …", ""]
    for name, command in COMMANDS.items():
        lines += [f"  {name:<14}{command.does}", f"  {'':<14}例：{command.example}"]
    return [*lines, "", "每个命令后面加 --help，看它的说明。"]


if __name__ == "__main__":
    sys.exit(main())
