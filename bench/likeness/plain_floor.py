"""The floor in the plain way: one process that reads, decodes and normalises with the standard library alone.

NFKC, small letters, letters and digits kept: what a script does that has no tables of its own. ``python -m … FOLDER``.
"""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path


def main(folder: str) -> None:
    """Print how many letters there are."""
    letters = 0
    for path in sorted(Path(folder).rglob("*.txt")):
        text = unicodedata.normalize("NFKC", path.read_text("utf-8")).lower()
        letters += len("".join(filter(str.isalnum, text)))
    print(letters)


if __name__ == "__main__":
    main(sys.argv[1])
