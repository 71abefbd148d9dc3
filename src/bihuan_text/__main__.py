"""``python -m bihuan_text read|check …``: the toolkit alone, without the web product."""

from __future__ import annotations

import sys

from .cli import BAD, check_command, read_command

_COMMANDS = {"read": read_command, "check": check_command}


def main(argv: list[str]) -> int:
    """Run one command; says the two names when asked for neither."""
    if not argv or argv[0] not in _COMMANDS:
        print(
            "请写明命令：read（读出结构）或 check（检查材料），例如：python -m bihuan_text read 报告.docx",
            file=sys.stderr,
        )
        return 0 if argv[:1] in (["--help"], ["-h"]) else BAD
    return _COMMANDS[argv[0]](argv[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
