"""`python -m bench.checking`: planted defects found, wrong findings in clean papers, and speed, beside a plain script.

The papers are our own (tests/text/clean). The plain script is what offices write for themselves: a list of patterns run
over the text. Both see the same papers with the same planted defects.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.text.shapes import shapes

from bench import slips
from bench.planting import Planted, kinds, planted
from bihuan_text import check, read_document, read_report
from bihuan_text.checks import Severity
from bihuan_text.document import Document
from bihuan_text.report import Report

PAPERS = Path(__file__).resolve().parents[1] / "tests" / "text" / "clean"
LEAST_FOUND, MOST_WRONG, LEAST_SPEED = 0.90, 1.0, 200_000
_PER = 3000
_ROUNDS, _PROCESSES, _FIRST = 8, 5, "--at-first-sight"
_SLIPS = 100
Look = Callable[[Document, Report], object]

PLAIN = [
    re.compile(p)
    for p in (
        r"[Xx]{2,}|××|某某|【[^】]*待[^】]*】|__+", r"(?<=[\u4e00-\u9fff])[,;:?!]", r"。。|，，|、、|；；", r"\.{3}", "、等",
        "”、“|》、《", r"\([一二三四五六七八九十]\)", "（[一二三四五六七八九十]）、", r"^\d、", "民主生活会", r"年0\d月|月0\d日",
        r"\[20\d\d\]|（20\d\d）\d+号", "的的|了了|是是|在在", "中国共产党党支部工作条例", "有的同志|部分党员|个别党员",
        "布署|既使|贯切|松驰",
        "请批复|妥否", "绝密|机密★", r"2月30日|[469]月31日|11月31日", "总书记为核心的党中央", "中国特色主义思想",
    )
]  # fmt: skip


def papers() -> list[tuple[str, str]]:
    """(name, text) of each clean paper."""
    return [(p.name, p.read_text(encoding="utf-8")) for p in sorted(PAPERS.iterdir()) if p.suffix in (".txt", ".md")]


def document_of(name: str, text: str) -> Document:
    """A paper as the reader gives it."""
    return read_document(text.encode(), name)


def wrong_findings() -> tuple[Counter[str], int, Counter[str]]:
    """Findings (warn or block) in the clean papers by rule, their characters, and mere pointers (info) by rule."""
    wrong: Counter[str] = Counter()
    pointers: Counter[str] = Counter()
    chars = 0
    for name, text in papers():
        chars += len(text)
        for finding in check(document_of(name, text)):
            (pointers if finding.severity is Severity.INFO else wrong)[finding.rule] += 1
    return wrong, chars, pointers


def is_found(case: Planted, name: str) -> bool:
    """Whether a finding of the right rule lies at the planted place."""
    for finding in check(document_of(name, case.text)):
        if finding.rule not in case.rules:
            continue
        if finding.start is None or finding.end is None or (finding.start <= case.end and finding.end >= case.start):
            return True
    return False


def plainly_found(case: Planted) -> bool:
    """Whether the plain script marks the planted place."""
    return any(m.start() <= case.end and m.end() >= case.start for p in PLAIN for m in p.finditer(case.text))


def shares(seeds: Iterable[int]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """(planted, found by us, found by the plain script) by kind of defect."""
    total: Counter[str] = Counter()
    ours: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    for seed in seeds:
        for name, text in papers():
            for case in planted(text, seed):
                total[case.kind] += 1
                ours[case.kind] += is_found(case, name)
                plain[case.kind] += plainly_found(case)
    return total, ours, plain


def speed(look: Look) -> float:
    """Characters a second of one core's own time over the clean papers, each of which has been looked at before; reading is
    not counted. The best of some rounds: the least time is what the code costs, the rest is what the machine does besides."""
    ready = _read(papers())
    _rate(look, ready)  # the word lists are loaded once
    return max(_rate(look, ready) for _ in range(_ROUNDS))


def at_first_sight() -> float:
    """The same over papers that a process sees for the first time, after others: what a folder of papers costs. The best of
    some processes."""
    command = [sys.executable, "-m", "bench.checking", _FIRST]
    said = [subprocess.run(command, check=True, capture_output=True, text=True).stdout for _ in range(_PROCESSES)]
    return max(map(float, said))


def _at_first_sight() -> float:
    _rate(check, _read((f"{shape.name}.{shape.head.get('form', 'txt')}", shape.text) for shape in shapes()))
    return _rate(check, _read(papers()))


def _read(named: Iterable[tuple[str, str]]) -> list[tuple[Document, Report]]:
    return [(document, read_report(document)) for document in (document_of(name, text) for name, text in named)]


def _rate(look: Look, ready: list[tuple[Document, Report]]) -> float:
    start = time.process_time()
    for document, report in ready:
        look(document, report)
    return sum(len(document.text) for document, _ in ready) / (time.process_time() - start)


def _plain_look(document: Document, _: Report) -> list[str]:
    return [m.group() for p in PLAIN for m in p.finditer(document.text)]


def run() -> int:
    """Print the figures; how many limits were broken."""
    total, ours, plain = shares(range(2))
    share, other = sum(ours.values()) / sum(total.values()), sum(plain.values()) / sum(total.values())
    print(f"planted defects: {sum(total.values())} of {len(total)} kinds; found {share:.1%} (aim {LEAST_FOUND:.0%}), "
          f"plain script {other:.1%}")  # fmt: skip
    missed = {k: f"{ours[k]}/{n}" for k, n in total.items() if ours[k] < n}
    print("  not all found:", ", ".join(f"{k} {v}" for k, v in missed.items()) or "none")
    if unused := [k for k in kinds() if k not in total]:
        print("  never planted:", ", ".join(unused))
    wrong, chars, pointers = wrong_findings()
    rate = sum(wrong.values()) / chars * _PER
    plain_wrong = sum(len(p.findall(text)) for _, text in papers() for p in PLAIN) / chars * _PER
    print(f"clean papers: {len(papers())}, {chars} characters; wrong findings {sum(wrong.values())} "
          f"({rate:.2f} in {_PER}, aim {MOST_WRONG:.0f}), plain script {plain_wrong:.2f}")  # fmt: skip
    print("  by rule:", dict(wrong), "pointers:", dict(pointers))
    found = slips.found_of(slips.paragraphs(text for _, text in papers()), _SLIPS, seed=20261125)
    print(
        f"natural slips in free prose, {_SLIPS} a class, found:",
        ", ".join(f"{k} {n / _SLIPS:.0%}" for k, n in found.items()),
    )
    fast = at_first_sight()
    print(f"all checks, papers not seen before: {fast:,.0f} characters a second (aim {LEAST_SPEED:,})")
    print(f"  the same papers again: {speed(check):,.0f}; plain script {speed(_plain_look):,.0f}")
    return (share < LEAST_FOUND) + (rate > MOST_WRONG) + (fast < LEAST_SPEED)


if __name__ == "__main__":
    if _FIRST in sys.argv:
        print(_at_first_sight())
    else:
        sys.exit(1 if run() else 0)
