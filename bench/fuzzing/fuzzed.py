"""The process that is fuzzed: ``python -m bench.fuzzing.fuzzed TARGET [options of libFuzzer]``."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import atheris


def _watched() -> None:
    """Load the toolkit under the eyes of the fuzzer, all of it: much is imported only when it is called."""
    with atheris.instrument_imports(include=["bihuan_text"], enable_loader_override=False):
        toolkit = importlib.import_module("bihuan_text")
        for module in pkgutil.walk_packages(toolkit.__path__, "bihuan_text."):
            if not module.name.startswith(("bihuan_text.gbt9704", "bihuan_text.likeness", "bihuan_text.blanks")):
                importlib.import_module(module.name)


def main() -> None:
    """Fuzz one target until the runs are used up or an input breaks it."""
    target = sys.argv.pop(1)
    _watched()
    from .targets import TARGETS  # noqa: PLC0415  (it imports the toolkit, which has to be watched first)

    atheris.Setup(sys.argv, TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
