"""D18: figures of one paper that contradict each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan_text.lists import regex, threshold
from bihuan_text.place import Span

from .announced import LAST_YEAR, announced, last_year_said, last_year_total, problems_said
from .people import full_members, people
from .registry import Paper, Remark, Severity, rule
from .tallies import clashes
from .totals import totals

_SENTENCE = 200  # characters in which a sentence on attendance ends
_N = r"(\d{1,4})"
_DUE = regex("sums", "due")
_AWAY = regex("sums", "away")
_COUNT = regex("sums", "count")
_GRADES = regex("sums", "grades")
_GRADED = regex("sums", "graded")
_PROBATION = regex("sums", "probation")
_SLIPS = regex("sums", "slips")
_RATE = regex("sums", "rate")
_SHARE = regex("sums", "share")
_MEMBERS = re.compile(r"(?<!\d)(\d{1,3}) ?[名位](?:正式)?党员|党员(?:共|有|为|总数)?(\d{1,3}) ?[名人]")
_OF_WHICH = regex("sums", "of_which")


@rule("D18")
def sums(paper: Paper) -> Iterator[Remark]:
    """Attendance, grades, slips, rates, parts of a whole, and how many were announced."""
    told: list[Span] = []
    for find in (_attendance, _grades, _slips, _rates, _parts, _announced, _tallies, _told_apart):
        for remark in find(paper):
            if remark.span and not any(remark.span.start < t.end and t.start < remark.span.end for t in told):
                told.append(remark.span)
                yield remark
    yield from _said_before(paper)


def _tallies(paper: Paper) -> Iterator[Remark]:
    for clash in clashes(paper.shadow.text):
        yield _remark(paper, (clash.start, clash.end), clash.why)


def _told_apart(paper: Paper) -> Iterator[Remark]:
    """What stands in two clauses or two places: they may still be about different things, so it is warned of."""
    for clash in (*totals(paper.shadow.text), *people(paper.shadow.text)):
        yield _remark(paper, (clash.start, clash.end), clash.why, Severity.WARN)


def _remark(paper: Paper, place: tuple[int, int], why: str, severity: Severity | None = None) -> Remark:
    return Remark(paper.shadow.back(*place), why, "请核对原始记录，改正写错的数。", severity=severity)


def _attendance(paper: Paper) -> Iterator[Remark]:
    text = paper.shadow.text
    for match in _DUE.finditer(text):
        due, present = int(match[1]), int(match[3])
        if present > due:
            yield _remark(paper, match.span(), f"实到{present}人多于应到{due}人。")
            continue
        limit = match.end() + _SENTENCE
        end = min((at for mark in "。；\n" if (at := text.find(mark, match.end(), limit)) >= 0), default=limit)
        tail = match["between"] + re.sub("（[^（）]*）|列席[^，。；]*", "", text[match.end() : end])
        clauses = [c for c in re.split("[，、,]", tail) if _AWAY.search(c) and "列席" not in c]
        away = [int(n) for c in clauses for n in _COUNT.findall(c)[:1]]
        total = away[0] if away and "其中" in tail else sum(away)
        if away and present + total != due:
            yield _remark(
                paper,
                match.span(),
                f"应到{due}人，实到{present}人、缺席{total}人，相差{abs(due - present - total)}人。",
            )


def _grades(paper: Paper) -> Iterator[Remark]:
    text = paper.shadow.text
    for match in _GRADES.finditer(text):
        total = sum(int(n) for n in match.groups() if n)
        before = list(_GRADED.finditer(text, max(0, match.start() - 120), match.start()))
        if not before:
            yield from _grades_of_all(paper, match, total)
            continue
        graded = _int(before[-1])
        near = text[max(0, match.start() - 160) : match.end() + 120]
        apart = {int(a or b) for a, b in _PROBATION.findall(near)}
        if total != graded and graded - total not in apart:
            yield _remark(paper, match.span(), f"参加评议{graded}人，各等次相加是{total}人，对不上。")


def _grades_of_all(paper: Paper, match: re.Match[str], total: int) -> Iterator[Remark]:
    """Without the number of those graded near by: the paper's only number of full members, or those who came."""
    text, full = paper.shadow.text, full_members(paper.shadow.text)
    if full is None:
        yield from _grades_beyond(paper, match, total)
        return
    if "票" in match.group() or LAST_YEAR.search(text, max(0, match.start() - 60), match.start()):
        return
    known = {full, *(int(due[3]) for due in _DUE.finditer(text)), *(_int(m) for m in _GRADED.finditer(text))}
    if total not in known:
        why = f"正式党员{full}人，各等次相加是{total}人，对不上。"
        yield _remark(paper, match.span(), why, Severity.WARN)


def _grades_beyond(paper: Paper, match: re.Match[str], total: int) -> Iterator[Remark]:
    """More grades than the paper has members."""
    text = paper.shadow.text
    members = [int(a or b) for a, b in _MEMBERS.findall(text)] + [int(due[1]) for due in _DUE.finditer(text)]
    apart = _PROBATION.search(text, match.end(), match.end() + 40)
    total += _int(apart) if apart else 0
    if members and total > max(members) and "票" not in match.group():
        yield _remark(paper, match.span(), f"党员{max(members)}人，各等次相加是{total}人，对不上。", Severity.WARN)


def _int(match: re.Match[str]) -> int:
    """The one number that was found."""
    return int(next(filter(None, match.groups())))


def _slips(paper: Paper) -> Iterator[Remark]:
    for match in _SLIPS.finditer(paper.shadow.text):
        sent, back = int(match[1]), int(match[3])
        valid, void = (int(match[n]) if match[n] else None for n in (4, 5))
        if back > sent:
            yield _remark(paper, match.span(), f"收回{back}{match['unit']}多于发出{sent}{match['unit']}。")
        elif valid is not None and (valid > back or (void is not None and valid + void != back)):
            yield _remark(paper, match.span(), f"收回{back}{match['unit']}，有效与无效相加对不上。")


# What a rate is a rate of: the word that must stand by the part.
_OF_RATE = {
    "回收": "收回|回收", "收回": "收回|回收", "到会": "实到|到会|出席", "参会": "参会|实到|到会|参加", "参评": "参评|参加|实到",
}  # fmt: skip


def _rates(paper: Paper) -> Iterator[Remark]:
    for match in _RATE.finditer(paper.shadow.text):
        root = match["rate"]
        if re.search(_OF_RATE.get(root, root), paper.shadow.text[match.start() : match.start("rate")]):
            yield from _of_whole(paper, match, int(match[1]), int(match[3]), match[5])
    for match in _SHARE.finditer(paper.shadow.text):
        yield from _of_whole(paper, match, int(match[1]), int(match[2]), match[3])


def _of_whole(paper: Paper, match: re.Match[str], whole: int, part: int, said: str) -> Iterator[Remark]:
    if whole and part <= whole and abs(part / whole * 100 - float(said)) > threshold("percent_slack"):
        yield _remark(paper, match.span(), f"{part}占{whole}应为{part / whole:.1%}，写的是{said}%。")


_PEOPLE = frozenset("名人户")
_ALONGSIDE = re.compile("[，、](?=涉及|包括|含)")  # counts the same ones in another way
_RANGE = re.compile("以上|以下|以内")
_OVERLAP = re.compile("男|女|岁|民族|学历|本科|研究生|大专|退休|在职|以上|以下|年轻|青年|干部|职工|党员领导")


def _parts(paper: Paper) -> Iterator[Remark]:
    """Parts may leave some out, but never make more than the whole; parts by state leave none out.

    Of people only what is counted off with 、 is taken together: 其中女党员8名 may overlap with everything else.
    """
    for match in _OF_WHICH.finditer(paper.shadow.text):
        said = match["parts"] if "、" not in match["parts"] else match["parts"].split("，")[0]
        if "、" not in said and match["unit"] in _PEOPLE:
            continue
        said = _ALONGSIDE.split(said)[0]
        parts = [int(n) for n in re.findall(rf"(?<!第)(\d{{1,3}}) ?{match['unit']}", said)]
        whole = int(match[1])
        states = "完成" in said and re.search("持续|推进|未完成|正在", said)
        overlap = _OVERLAP if match["unit"] in _PEOPLE else _RANGE
        if not parts or overlap.search(said) or (len(parts) == 1 and match["unit"] in _PEOPLE):
            continue
        if sum(parts) > whole or (states and sum(parts) != whole):
            why = f"总数{whole}{match['unit']}，各项相加是{sum(parts)}{match['unit']}，对不上。"
            yield _remark(paper, match.span(), why)


def _announced(paper: Paper) -> Iterator[Remark]:
    for clash in announced(paper.shadow.text):
        yield _remark(paper, (clash.start, clash.end), clash.why)


def _said_before(paper: Paper) -> Iterator[Remark]:
    """Numbers against what was read: a warning only, for reading may be wrong."""
    for clash, sure in problems_said(paper):
        yield _remark(paper, (clash.start, clash.end), clash.why, Severity.WARN if sure else Severity.INFO)
    for clash in last_year_total(paper):
        yield _remark(paper, (clash.start, clash.end), clash.why, Severity.INFO)
    for clash in last_year_said(paper):
        yield _remark(paper, (clash.start, clash.end), clash.why, Severity.WARN)
