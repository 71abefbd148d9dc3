"""`python -m bench.tampering [times]`: random tamperings of the audit tables of a cast's data folder (1,000 if not said),
each undone again; stops with whatever `audit.verify` did not find."""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.folders import make_cast

from bihuan.starting import settle


def main(times: int) -> int:
    """Tamper, and print how often each way was tried and found."""
    with tempfile.TemporaryDirectory() as place:
        folder = make_cast(Path(place) / "data")
        settle(folder)
        from tests.faults.tampering import tamper_and_look  # noqa: PLC0415  after `settle`

        start = time.perf_counter()
        tried = tamper_and_look(times)
        missed = [f"{done.way}: {done.what}" for done in tried if not done.found]
        for way, number in sorted(Counter(done.way for done in tried).items()):
            print(f"  {way:<55} {number}")
        print(
            f"{len(tried)} tamperings in {time.perf_counter() - start:.0f} s, {len(missed)} not found",
            *missed,
            sep="\n  ",
        )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
