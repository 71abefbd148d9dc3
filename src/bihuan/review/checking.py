"""What is found in a manuscript, as it is kept and shown: numbered in the order of the paper, set aside or not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import bihuan_text
from bihuan.review.reading import Edit, apart
from bihuan_text.checks import all_rules

if TYPE_CHECKING:
    from bihuan_text.checks import Finding, Rule
    from bihuan_text.document import Document
    from bihuan_text.layout.measuring import Layout
    from bihuan_text.report import Report

BLOCK, WARN, INFO = "block", "warn", "info"
WORDS = {BLOCK: "必须改", WARN: "建议改", INFO: "提示"}
_STOP = "。！？；\n"
_LONGEST = 400  # characters of a sentence either side of the place; a paper without full stops is cut there


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding. `number`: from 1, its name on the page; [start, end): its place, None for the paper as a whole.

    mend: what to replace, as edits; `reason`: why it is set aside for this paper, or "".
    """

    number: int
    rule: str
    severity: str
    start: int | None
    end: int | None
    excerpt: str
    message: str
    suggestion: str
    source: str
    mend: tuple[tuple[int, int, str, str], ...]
    reason: str = ""

    @property
    def title(self) -> str:
        """The rule's name."""
        return rules()[self.rule].title if self.rule in rules() else self.rule

    def edits(self) -> list[Edit]:
        """The mend as edits."""
        return apart(Edit(*each) for each in self.mend)


@cache
def rules() -> dict[str, Rule]:
    """The toolkit's rules by id."""
    return {rule.code: rule for rule in all_rules()}


def look_through(
    document: Document, layout: Layout | None, off: Iterable[str], aside: Sequence[dict[str, str]]
) -> tuple[str, list[Remark]]:
    """The kind of paper it was read as, and everything found. Rules that exist no longer are no longer off."""
    report, found = _found(document, layout, off)
    reasons = _reasons(aside)
    return report.kind.value, [_remark(number, each, document.text, reasons) for number, each in enumerate(found, 1)]


def counting(
    document: Document, layout: Layout | None, off: Iterable[str], aside: Sequence[dict[str, str]]
) -> list[Finding]:
    """What is found and not set aside, as the toolkit tells it."""
    reasons = _reasons(aside)
    return [each for each in _found(document, layout, off)[1] if _name(each) not in reasons]


def _found(document: Document, layout: Layout | None, off: Iterable[str]) -> tuple[Report, list[Finding]]:
    report = bihuan_text.read_report(document)
    return report, bihuan_text.check(document, report, layout=layout, off=set(off) & set(rules()))


def _reasons(aside: Sequence[dict[str, str]]) -> dict[tuple[str, str], str]:
    return {(each["rule"], each["excerpt"]): each["reason"] for each in aside}


def _name(found: Finding) -> tuple[str, str]:
    """What a finding is set aside by: its rule and its words, which stay when its place moves."""
    return found.rule, found.excerpt or found.message


def _remark(number: int, found: Finding, text: str, reasons: dict[tuple[str, str], str]) -> Remark:
    mend = tuple((each.start, each.end, each.text, text[each.start : each.end]) for each in found.mend)
    return Remark(
        number, found.rule, str(found.severity), found.start, found.end, _name(found)[1], found.message,
        found.suggestion or "", found.source, mend, reasons.get(_name(found), ""),
    )  # fmt: skip


def kept(remarks: Iterable[Remark]) -> list[dict[str, Any]]:
    """As they are kept with the manuscript."""
    return [asdict(each) for each in remarks]


def remarks_of(found: Iterable[dict[str, Any]]) -> list[Remark]:
    """As they were kept."""
    return [Remark(**{**each, "mend": tuple(map(tuple, each["mend"]))}) for each in found]


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence that holds a place, up to its full stop and the closing marks behind it; never over a line's end."""
    line = (text.rfind("\n", 0, start) + 1, text.find("\n", start))
    last = len(text) if line[1] < 0 else line[1]
    begin = max(max((text.rfind(stop, line[0], start) + 1 for stop in _STOP), default=0), line[0], start - _LONGEST)
    found = re.compile(r"[。！？；][”’）》]*").search(text, max(start, min(end, last) - 1), min(last, end + _LONGEST))
    return begin, min(found.end() if found else end + _LONGEST, last)
