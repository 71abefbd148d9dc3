"""``python -m bihuan_text read|check|compare …``: the toolkit alone, without the web product."""

from __future__ import annotations

import sys

from .cli import check_command, read_command
from .commandline import BAD
from .likeness.cli import compare_command

_COMMANDS = {"read": read_command, "check": check_command, "compare": compare_command}


def main(argv: list[str]) -> int:
    """Run one command; says the names when asked for neither."""
    if not argv or argv[0] not in _COMMANDS:
        print(
            "请写明命令：read（读出结构）、check（检查材料）或 compare（比对材料），例如：python -m bihuan_text read 报告.docx",
            file=sys.stderr,
        )
        return 0 if argv[:1] in (["--help"], ["-h"]) else BAD
    return _COMMANDS[argv[0]](argv[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
