"""The floor: one process that only reads, decodes and folds the same files, and keeps nothing. ``python -m … FOLDER``."""

from __future__ import annotations

import sys

from bihuan_text.likeness.folding import fold
from bihuan_text.likeness.taking import sources, text_of

AT_ONCE = 64


def main(folder: str) -> None:
    """Print how many letters there are."""
    found = sources([folder])
    letters = 0
    for low in range(0, len(found), AT_ONCE):
        letters += len(fold([text_of(each) for each in found[low : low + AT_ONCE]]).letters)
    print(letters)


if __name__ == "__main__":
    main(sys.argv[1])
