"""The peers beside ours, on the same papers, judged in the same way; one that is stopped or cannot run is told as well."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from .counting import Score, row, score
from .peers.__main__ import PASSIM_NEEDS, Peer, peers, ready
from .running import run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from .corpus import Truth
    from .running import Run

HEAD = (
    "| peer | s | processor s | × ours (processor) | found, verbatim / edited | rows, of which true |\n"
    "|---|---|---|---|---|---|"
)


class Texts:
    """The papers' texts by name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.read: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        if name not in self.read:
            self.read[name] = (self.folder / name).read_text("utf-8")
        return self.read[name]


def summary(found: Score) -> str:
    """What was found and how much of it is true, in a line."""
    verbatim, edited = found.recall(verbatim=True), found.recall(verbatim=False)
    return f"recall: verbatim {verbatim:.2%}, edited {edited:.2%}; rows {found.rows}, true {found.precision:.2%}"


class Beside:
    """The peers, ready to run; ``passim``: its source folder; ``limit``: seconds of processor a peer may take."""

    def __init__(self, passim: str, limit: float, only: Sequence[str] = ("",)) -> None:
        self.limit = limit
        self.python, told = ready([each for each in peers(passim) if any(one in each.what for one in only)])
        self.missing = {peer: why for peer, why in told.items() if why}
        self.there = [peer for peer, why in told.items() if not why]
        if not passim:
            needs = ", ".join(PASSIM_NEEDS)
            print(
                f"passim is not run: give its source folder with --passim (the bench brings {needs}; Java must be there)"
            )

    def bench(self, papers: Path, truth: Truth, texts: Texts, ours: list[Run]) -> None:
        """A line of a table for each peer."""
        print(HEAD, flush=True)
        for peer in self.there:
            done = run(
                [str(self.python), "-m", f"bench.likeness.peers.{peer.module}", str(papers), *peer.arguments],
                limit=self.limit,
            )
            print(f"| {peer.what} | {_line(done, self.limit, truth, texts, ours)} |", flush=True)
        for peer, why in self.missing.items():
            print(f"| {peer.what} | could not be installed: {why} | | | | |", flush=True)


def _line(done: Run, limit: float, truth: Truth, texts: Texts, ours: list[Run]) -> str:
    if done.stopped:
        return f"stopped after {limit:.0f} s of processor | {done.processor:.0f} | | nothing | |"
    if done.code:
        why = (done.complained.decode("utf-8", "replace").strip().splitlines() or [""])[-1]
        return f"ended with {done.code} after {done.seconds:.0f} s: {why[:200]} | | | | |"
    processor = done.processor / min(each.processor for each in ours)
    wall = done.seconds / min(each.seconds for each in ours)
    cost = f"{done.seconds:.1f} | {done.processor:.1f} | {wall:.1f} ({processor:.1f})"
    return f"{cost} | {' | '.join(_judged(json.loads(done.said), truth, texts))}"


def _judged(told: dict[str, Any], truth: Truth, texts: Texts) -> tuple[str, str]:
    """What it found, and what its rows are worth."""
    if "spans" in told:
        found = score(truth, (row(*each) for each in told["spans"]), texts)
        return (
            f"{found.recall(verbatim=True):.1%} / {found.recall(verbatim=False):.1%}",
            f"{found.rows:,}, {found.precision:.1%}",
        )
    planted = {tuple(sorted((each.a, each.b))) for each in truth.plants}
    if "ranked" in told:
        best = {tuple(sorted(each)) for each in told["ranked"][: len(planted)]}
        share = len(best & planted) / len(planted)
        return f"no places; {share:.1%} of the planted pairs among the {len(planted):,} it ranks first", (
            f"{told['above']:,} pairs called alike (0.5)"
        )
    pairs = {tuple(sorted(each)) for each in told["pairs"]}
    return f"no places; {len(pairs & planted) / len(planted):.1%} of the planted pairs", f"{len(pairs):,} pairs"


__all__ = ["Beside", "Peer", "Texts", "summary"]
