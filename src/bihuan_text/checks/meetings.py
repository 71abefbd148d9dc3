"""R40: a branch holds a 组织生活会; a 民主生活会 is held by a leading body."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from bihuan_text.kinds import Kind
from bihuan_text.lists import regex

from .registry import Mend, Paper, Remark, Severity, rule

_NAME = re.compile("民主生活会")
# A leading body's own meeting, or one that branch members only attend or hear of.
_OF_OTHERS = re.compile(
    "党委|党组|党工委|领导班子|班子成员|上级|县以上|县级|厅局|处级|领导干部|双重|列席|院领导|校领导|局领导|督导"
)
# 在局督导组指导下 says who looked on, not whose meeting it was.
_UNDER = regex("meeting_name", "under")
_ACTS = regex("meeting_name", "acts")
_OWN = re.compile("支部|我们")
_BRANCH = re.compile("支部|组织生活会|民主评议党员")
_HEADED = re.compile(r"\s{0,40}+[^\n。，]{0,30}支部")  # a plan or a record that names the branch in its head
_OWN_KINDS = (Kind.REPORT, Kind.EXAMINATION, Kind.SPEECH, Kind.LEDGER, Kind.NOTICE)


@rule("R40")
def meeting_name(paper: Paper) -> Iterator[Remark]:
    """民主生活会 in a branch's own paper, unless the sentence speaks of a leading body's meeting."""
    text = paper.shadow.text
    if not _of_branch(paper) or not (paper.kind in _OWN_KINDS or _HEADED.match(text)):
        return
    grave = Severity.INFO if _of_a_cadre(paper) else None
    titles = [m.span() for m in re.finditer("《[^《》\n]*》|“[^“”\n]*”", text)]
    starts = [start for start, _ in titles]
    for match in _NAME.finditer(text):
        start, end = match.span()
        clause = max(start - 120, *(text.rfind(mark, max(0, start - 120), start) + 1 for mark in "。！？；\n"), 0)
        inside = bisect_right(starts, start) - 1
        own = _OWN.search(text, max(clause, text.rfind("，", clause, start) + 1), start)
        begin = own.start() if own else clause
        acts = _ACTS.search(_UNDER.sub("", text[clause:start]))  # the branch itself holds it, whoever asked for it
        said = _UNDER.sub("", text[begin : min(len(text), end + 8)])
        quoted = inside >= 0 and start < titles[inside][1]
        if quoted or (not acts and _OF_OTHERS.search(said)):
            continue
        span = paper.shadow.back(start, end)
        mend = (Mend(span.start, span.end, "组织生活会"),)
        why = "党支部召开的是组织生活会，“民主生活会”是领导班子的会议名称。"
        yield Remark(span, why, "组织生活会", mend, grave)


def _of_a_cadre(paper: Paper) -> bool:
    """A member of a leading body writes for its 民主生活会, says so in the title and never speaks of the other meeting."""
    title = paper.report.title or ""
    return "民主生活会" in title and "支部" not in title and "组织生活会" not in paper.shadow.text


def _of_branch(paper: Paper) -> bool:
    title = paper.report.title or ""
    return bool(_BRANCH.search(paper.shadow.text)) and not re.search("党委|党组|领导班子(?!.*支部)", title)
