"""An environment for the peers, made once in a cache folder: ``python -m bench.likeness.peers`` prints its interpreter."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

NEEDS = {
    "suffix_array": ("pydivsufsort", "numpy"),
    "sentence_minhash": ("rensa",),
    "document_minhash": ("datasketch",),
    "tfidf_words": ("scikit-learn", "rjieba"),
}
HOME = Path(tempfile.gettempdir(), "bihuan-bench-peers")


def ready() -> tuple[Path, list[str]]:
    """The interpreter, and the peers that could be installed."""
    python = HOME / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        venv.create(HOME, with_pip=True)
    return python, [name for name, packages in NEEDS.items() if _installed(python, packages)]


def _installed(python: Path, packages: tuple[str, ...]) -> bool:
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


if __name__ == "__main__":
    print(*ready())
