"""From an empty folder to an open page, and pages without data over HTTP from a real `bihuan serve`, one after another."""

from __future__ import annotations

import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from bench.figures import Figure, in_turn, main, say
from bench.serving import serve, serving

SECONDS = 1.0  # a page that takes longer is felt
TIMES = 20
PAGES = ("/org/login/", "/feedback/", "/static/bihuan/bihuan.css")


def run() -> list[Figure]:
    """The start, and the median and the slowest of each page."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        begun = time.perf_counter()
        with serving(folder, serve(folder / "data")) as served:
            _ask(served.address + PAGES[0])
            started = time.perf_counter() - begun
            taken = in_turn(TIMES, *(lambda page=page: _ask(served.address + page) for page in PAGES))  # type: ignore[misc]
    return [
        Figure("from an empty data folder to a page that answers", say(started), bench="pages"),
        *(
            Figure(f"page without data: {page}", f"{times}, slowest {say(max(times.taken))}", f"median {say(SECONDS)}",
                   kept=times.middle <= SECONDS, bench="pages")
            for page, times in zip(PAGES, taken, strict=True)
        ),
    ]  # fmt: skip


def _ask(address: str) -> None:
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310  our own address
        answer.read()


if __name__ == "__main__":
    sys.exit(main(run))
