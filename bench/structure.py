"""How much of a paper's structure is read, on our own marked papers, and how fast: `python -m bench.structure`.

A block counts as found when its lead stands at the exact place (``lead``), and also when its whole span is exact
(``span``). The papers were written and marked before the reader had seen them; the figures of that first blind run stand
in docs/decisions/0008-structure.md, what is printed here is today's.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.text.shapes import Shape, shapes

from bihuan_text import read_report
from bihuan_text.document import Document, plain_document
from bihuan_text.report import Report

SEED = Path(__file__).parents[1] / "../shared/seed/report-fy2021.txt"
AIM_F1, AIM_SPEED = 0.95, 1_000_000
WHAT = ("prior", "aspects", "problems", "causes", "groups", "measures", "examples")
AIMED = ("problems", "causes", "measures")
Key = tuple[object, ...]


class Score:
    """True finds, false finds and misses, by leads and by spans."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def add(self, found: Iterable[Key], meant: Iterable[Key], how: str) -> None:
        """Compare two sets of places."""
        got, wanted = set(found), set(meant)
        self.counts[how + " hit"] += len(got & wanted)
        self.counts[how + " false"] += len(got - wanted)
        self.counts[how + " missed"] += len(wanted - got)

    def figures(self, how: str) -> tuple[float, float, float]:
        """Precision, recall and F1; 1 where there was nothing to find and nothing was found."""
        hit, false, missed = (self.counts[f"{how} {name}"] for name in ("hit", "false", "missed"))
        precision = hit / (hit + false) if hit + false else 1.0
        recall = hit / (hit + missed) if hit + missed else 1.0
        return precision, recall, 2 * hit / (2 * hit + false + missed) if hit + false + missed else 1.0


def document_of(shape: Shape) -> Document:
    """The document of a marked paper."""
    return plain_document(shape.text, shape.name, shape.head.get("form", "txt"))


def read_blocks(report: Report) -> dict[str, list[tuple[str, int, int, int]]]:
    """What was read, by what it is: lead, its place, start, end."""
    items = {"prior": report.prior, "problems": report.problems, "causes": report.causes, "measures": report.actions}
    found = {name: [(i.lead, i.lead_start, i.start, i.end) for i in each] for name, each in items.items()}
    heads = {"aspects": report.aspects, "groups": report.measures}
    for name, blocks in heads.items():
        found[name] = [(b.heading, 0, b.start, b.end) for b in blocks if b.heading is not None]
    return found


def compare(shape: Shape, report: Report, scores: dict[str, Score]) -> None:
    """Add one paper's reading to the scores."""
    read = read_blocks(report)
    for name, found in read.items():
        meant = shape.blocks[name]
        headed = name in ("aspects", "groups")
        if headed and not meant:
            continue
        scores[name].add([f[:2] for f in found], [(m.lead, 0 if headed else m.lead_start) for m in meant], "lead")
        scores[name].add([f[2:] for f in found], [(m.start, m.end) for m in meant], "span")
    examples = [tuple(e) for p in report.problems for e in p.examples]
    scores["examples"].add([e[:1] for e in examples], [e[:1] for e in shape.examples], "lead")
    scores["examples"].add(examples, shape.examples, "span")


def measured(papers: Sequence[Shape]) -> dict[str, Score]:
    """The scores of some papers together."""
    scores = {name: Score() for name in WHAT}
    for shape in papers:
        compare(shape, read_report(document_of(shape)), scores)
    return scores


def told(name: str, papers: Sequence[Shape]) -> dict[str, Score]:
    """Print one table."""
    scores = measured(papers)
    print(f"{name}: {len(papers)} papers, {sum(len(p.text) for p in papers)} characters")
    for what in WHAT:
        lead, span = scores[what].figures("lead"), scores[what].figures("span")
        number = scores[what].counts["lead hit"] + scores[what].counts["lead missed"]
        print(f"  {what:9} {number:4}  leads P {lead[0]:.3f} R {lead[1]:.3f} F1 {lead[2]:.3f}   spans F1 {span[2]:.3f}")
    heads = [_heads_agree(shape) for shape in papers]
    print(f"  kind, title and year as meant: {sum(heads)} of {len(heads)}")
    return scores


def _heads_agree(shape: Shape) -> bool:
    report = read_report(document_of(shape))
    year = str(report.year) if report.year else None
    return (report.kind.value, report.title, year) == (shape.said("kind"), shape.said("title"), shape.said("year"))


def speed(documents: Sequence[Document]) -> float:
    """Characters a second of processor time from text to structure, the median of five rounds."""
    size = sum(len(d.text) for d in documents)
    rounds: list[float] = []
    for _ in range(5):
        start = time.process_time()
        for document in documents:
            read_report(document)
        rounds.append(size / (time.process_time() - start))
    return sorted(rounds)[2]


HOSTILE = {
    "the marked papers again and again": lambda n: _filled("\n".join(shape.text for shape in shapes()), n),
    "the same in one line": lambda n: _filled("".join(shape.text.replace("\n", "") for shape in shapes()), n),
    "empty paragraphs": lambda n: "\n" * n,
    "ordinals": lambda n: _filled("".join(f"{number}.学习不深。\n" for number in range(1, 100)), n),
    "labels": lambda n: _filled("问题：学。原因：浅。措施：改。", n),
    "papers": lambda n: _filled("篇一：\n一、问题\n一是学。二是浅。\n", n),
    "titles": lambda n: _filled("某支部情况报告\n", n),
    "rows": lambda n: _filled("1 | 学 | 改\n", n),
}


def _filled(text: str, length: int) -> str:
    return (text * (length // len(text) + 1))[:length]


def hostile(length: int = 100_000) -> float:
    """Processor seconds for n, 2n and 4n characters of texts made to be slow; the worst ratio of 4n to n."""
    worst = 0.0
    print(f"processor seconds for {length:,}, twice and four times as many characters (4 is linear)")
    for name, made in HOSTILE.items():
        spent: list[float] = []
        for times in (1, 2, 4):
            document = plain_document(made(length * times))
            start = time.process_time()
            read_report(document)
            spent.append(time.process_time() - start)
        worst = max(worst, spent[2] / spent[0])
        print(f"  {name:36} {spent[0]:6.2f} {spent[1]:6.2f} {spent[2]:6.2f}   × {spent[2] / spent[0]:.1f}")
    return worst


def run() -> int:
    """Print everything; the number of aims that were missed."""
    papers = shapes()
    for name in sorted({shape.head["shape"] for shape in papers}):
        own = [shape for shape in papers if shape.head["shape"] == name]
        scores = measured(own)
        figures = "  ".join(f"{what} {scores[what].figures('lead')[2]:.3f}" for what in AIMED)
        print(f"  {name}（{len(own)}）  {figures}")
    broken = 0
    for half, name in (("1", "first half"), ("2", "second half, written unseen"), ("3", "after real pages")):
        own = [shape for shape in papers if shape.head.get("half", "1") == half]
        if not own:
            continue
        scores = told(name, own)
        broken += sum(scores[what].figures("lead")[2] < AIM_F1 for what in AIMED)
    marked = [document_of(shape) for shape in papers]
    dense, rate = speed(marked), None
    print(
        f"text to structure, processor time: {dense:,.0f} characters a second on these papers, an ordinal every 22 characters"
    )
    if SEED.exists():
        rate = speed([plain_document(SEED.read_text(encoding="utf-8-sig"))] * 10)
        print(f"  {rate:,.0f} on the real paper, an ordinal every 217 characters (aim {AIM_SPEED:,})")
    hostile()
    return broken + (rate is not None and rate < AIM_SPEED)


if __name__ == "__main__":
    sys.exit(1 if run() else 0)
