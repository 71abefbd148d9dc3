"""D18: a whole and its parts, a change and its two ends, a vote and those who were there, all in one sentence.

Each tally speaks only where the words say what is the whole and that nothing is left out of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import cast

from bihuan_text.lists import regex, table, threshold

from .registry import Amiss

_CHANGED = regex("tallies", "changed")
_CHANGED_BY = regex("tallies", "changed_by")
_LEFT = regex("tallies", "left")
_WHOLE = regex("tallies", "whole")
_DONE = regex("tallies", "done")
_VOTES = regex("tallies", "votes")
_VOTE = regex("tallies", "vote")
_VOTERS = regex("tallies", "voters")
_BOTH_KINDS = regex("tallies", "both_kinds")
_MORE = regex("tallies", "more")
_FELL = frozenset("减下降缩压少低")
_SLIP = 3  # how far off good and bad may be of all that were looked at, and still be meant as all
_SENTENCE, _BEHIND = 120, 16  # characters of a sentence before a figure, and of its last part behind the word


def clashes(text: str) -> Iterator[Amiss]:
    """Every tally of a text that does not come out."""
    yield from _changes(text)
    yield from _remainders(text)
    yield from _votes(text)
    yield from _partitions(text)
    yield from _good_and_bad(text)


def _plain(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _changes(text: str) -> Iterator[Amiss]:
    """由31万元增加到38万元，增加9万元."""
    for match in _CHANGED.finditer(text):
        before, after = float(match["a"]), float(match["b"])
        by = _CHANGED_BY.match(text, match.end())
        fell = match["verb"][0] in _FELL
        if before != after and fell != (after < before):
            yield Amiss(*match.span(), f"说的是{match['verb']}，数却从{match['a']}到{match['b']}。")
        elif by and (right := _difference(before, after, by, match["u"])):
            yield Amiss(match.start(), by.end(), f"从{match['a']}到{match['b']}，{right}，写的是{by['c']}。")


def _difference(before: float, after: float, by: re.Match[str], unit: str) -> str | None:
    """What the change should be called, None where it is right or of another kind."""
    said, gap = float(by["c"]), abs(after - before)
    if by["u"] in ("%", "％"):
        right = gap / before * 100 if before and unit not in ("%", "％") else None
        wrong = right is not None and abs(right - said) > threshold("percent_slack")
        return f"变化{right:.1f}%" if wrong else None
    if by["u"] == unit or (by["u"] == "个百分点" and unit in ("%", "％")):
        return f"相差{_plain(gap)}{by['u']}" if abs(gap - said) > 0.005 * max(1.0, said) else None
    return None


def _sentence_before(text: str, at: int) -> str:
    """The sentence of a place, as far as the place."""
    start = max(at - _SENTENCE, *(text.rfind(mark, 0, at) + 1 for mark in "。；\n"), 0)
    return text[start:at]


def _remainders(text: str) -> Iterator[Amiss]:
    """共8500卷，已整理6000卷，剩余3500卷: just these three."""
    for match in _LEFT.finditer(text):
        unit, said = match["u"], _sentence_before(text, match.start())
        counts = list(re.finditer(rf"(?<![\d.第])(\d{{1,6}}) ?{re.escape(unit)}", said))
        if len(counts) != 2 or "其中" in said or not _WHOLE.search(said, 0, counts[0].start()):
            continue
        whole, done = (int(count[1]) for count in counts)
        if _DONE.search(said, counts[0].end(), counts[1].start()) and whole - done != int(match["n"]) and done <= whole:
            why = f"总数{whole}{unit}，去掉{done}{unit}，应剩{whole - done}{unit}，写的是{match['n']}{unit}。"
            yield Amiss(match.start(), match.end(), why)


def _votes(text: str) -> Iterator[Amiss]:
    """到会委员4人，5人赞成; 赞成4票、反对0票、弃权1票 of a number of members that is told right before."""
    for match in _VOTES.finditer(text) if "赞成" in text or "同意" in text else ():
        base = list(_VOTERS.finditer(_sentence_before(text, match.start()) + " "))
        if not base:
            continue
        present = int(base[-1]["n"] or base[-1]["m"])
        given = [int(a or b) for a, b in _VOTE.findall(match.group())]
        complete = len(given) == 3 and base[-1]["sure"]
        if sum(given) > present or (complete and sum(given) != present):
            yield Amiss(*match.span(), f"到会{present}人，票数相加是{sum(given)}，对不上。")


@cache
def _pairs() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Words that part a whole without rest (正式 and 预备): the last of them, and the sentence about all."""
    rows = cast("list[dict[str, str]]", table("figures.toml")["tallies"]["partition"])
    found = [(row["whole"], cast("list[str]", row["parts"])) for row in rows]
    return tuple((re.compile(parts[-1]), _parted(whole, parts)) for whole, parts in found)


def _parted(whole: str, parts: list[str]) -> re.Pattern[str]:
    said = "[、，和及]".join(
        rf"(?:{part}[^\d，。；、]{{0,6}}(\d{{1,4}}) ?(?P=u)|(\d{{1,4}}) ?(?P=u)(?:为|是)?{part})" for part in parts
    )
    unit = "[名人个项条件户份票张]"
    told = "完成|办结|整改|销号|持续|推进|有效|正式|预备"  # 6个问题中完成4个: four are done, not the whole
    for_whole = rf"(?:{whole})(?:(?!{told})[^\d，。；、\n]){{0,6}}(\d{{1,4}}) ?(?P<u>{unit})"
    counted = rf"(?<!第)(?<!\d)(\d{{1,4}}) ?(?P<v>{unit})[^\d，。；、\n]{{0,3}}(?:{whole})"
    begun = rf"(?:{for_whole}|{counted})(?=[^。；\d\n]{{0,22}}\d{{1,4}} ?{unit})"
    return re.compile(rf"{begun}[^。；\d\n]{{0,14}}?{said.replace('(?P=u)', unit)}")


def _partitions(text: str) -> Iterator[Amiss]:
    """正式 and 预备 make all, in one sentence that ends with the last of them."""
    for last, pattern in _pairs():
        done = 0
        for part in last.finditer(text):
            match = pattern.search(text, max(done, part.start() - _SENTENCE), part.end() + _BEHIND)
            if match is None:
                continue
            done = match.end()
            whole, *parts = (int(said) for said in match.groups() if said and said.isdecimal())
            if sum(parts) != whole and not _MORE.match(text, match.end()):
                unit = match["u"] or match["v"]
                yield Amiss(*match.span(), f"总数{whole}{unit}，各项相加是{sum(parts)}{unit}，对不上。")


def _good_and_bad(text: str) -> Iterator[Amiss]:
    """抽查30张，有27张按时办结，1张没有办结: the good and the bad are all there are."""
    for match in _BOTH_KINDS.finditer(text):
        whole, good, bad = int(match["n"]), int(match["good"]), int(match["bad"])
        if 0 < abs(good + bad - whole) <= _SLIP:  # farther off, some were neither
            unit = match["u"]
            yield Amiss(*match.span(), f"总数{whole}{unit}，两项相加是{good + bad}{unit}，对不上。")
