"""The process that is fuzzed: ``python -m bench.fuzzing.fuzzed TARGET [options of libFuzzer]``."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

import atheris

# What the fuzzer watches, by the beginning of the target's name; the rest of the toolkit runs three times as fast unwatched.
# The structure of what a reader of another form read must hold all the same, and has targets of its own.
WATCHED = {
    "read_txt": "", "read_md": "", "structure": "", "checks": "checks.", "reviews": "reviewed.", "compare": "likeness.",
}  # fmt: skip
_APART = ("gbt9704", "likeness", "blanks")  # loaded only where they are watched


def _modules() -> Iterator[str]:
    """The names of all modules of the toolkit below its own, which only import others."""
    spec = importlib.util.find_spec("bihuan_text")
    top = Path(spec.origin).parent if spec is not None and spec.origin else Path()
    for file in sorted(top.rglob("*.py")):
        *packages, name = file.relative_to(top).with_suffix("").parts
        if name not in ("__init__", "__main__"):
            yield ".".join([*packages, name])
        elif name == "__init__" and packages:
            yield ".".join(packages)


def _load(target: str) -> None:
    """Load the toolkit, what is to be watched under the eyes of the fuzzer: much is imported only when it is called."""
    watched = WATCHED.get(target, "readers.")
    names = list(_modules())
    others = [f"bihuan_text.{name}" for name in names if not f"{name}.".startswith(watched)]
    with atheris.instrument_imports(include=["bihuan_text"], exclude=others, enable_loader_override=False):
        for name in names:
            if not name.startswith(_APART) or (watched and name.startswith(watched)):
                importlib.import_module(f"bihuan_text.{name}")


def main() -> None:
    """Fuzz one target until the runs are used up or an input breaks it."""
    target = sys.argv.pop(1)
    _load(target)
    from .targets import TARGETS  # noqa: PLC0415  (it imports the toolkit, which has to be watched first)

    atheris.Setup(sys.argv, TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
