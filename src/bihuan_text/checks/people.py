"""D18: who came, spoke and voted, told in several places of a paper about one meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan_text.lists import regex

from .registry import Amiss

_DUE = regex("sums", "due")
_SPOKE = regex("people", "spoke")
_SPOKE_AT_ALL = regex("people", "spoke_at_all")
_CAME = regex("people", "came")
_TODAY = regex("people", "today")
_BALLOTS = regex("people", "ballots")
_VOTES = regex("people", "votes")
_EACH = regex("totals", "each")
_FULL = regex("grades", "regular")
_OTHERS = re.compile(
    r"群众|职工|代表|列席|服务对象|师生|教师|家长|商户|村民|书面|补|线上|视频|分别在|各党小组|两次|累计|上次|\d月\d{1,2}日"
)
_OUTSIDERS = re.compile("群众|职工|代表|列席|支部联合|联学|各支部|总支|党委|累计|人次")
_NAMES = regex("people", "names")
_NAME = re.compile("(?P<who>[\u4e00-\u9fff]{2,4})(?:同志)?(?:[，,（：:因]|$)")


def people(text: str) -> Iterator[Amiss]:
    """Against 应到 and 实到, where the paper tells them of one meeting only."""
    yield from _listed(text)
    told = [match for match in _DUE.finditer(text)]
    if len({(match[1], match[3]) for match in told}) != 1:
        return
    due, present, first = int(told[0][1]), int(told[0][3]), told[0]
    if present > due:
        return
    for match in _SPOKE.finditer(text):
        if int(match["n"]) > due or (int(match["n"]) > present and not _of_others(text, match)):
            yield Amiss(*match.span(), f"实到{present}人，这里写的是{match['n']}人。")
    for match in _SPOKE_AT_ALL.finditer(text):
        if int(match["n"]) > due and not _of_others(text, match, _OUTSIDERS):
            yield Amiss(*match.span(), f"应到{due}人，这里写的是{match['n']}人。")
    for match in _CAME.finditer(text, first.end()):
        if int(match["n"] or match["m"]) > present and not _of_others(text, match):
            yield Amiss(*match.span(), f"实到{present}人，这里写的是{match['n'] or match['m']}人。")
    for match in _TODAY.finditer(text, first.end()):
        if int(match["n"]) not in (present, due) and not _of_others(text, match):
            yield Amiss(*match.span(), f"前面写实到{present}人，这里写的是{match['n']}人。")
    for match in _VOTES.finditer(text, first.end()):
        given = int(match["n"] or match["m"] or match["k"])
        if given > present and not _of_others(text, match):
            yield Amiss(*match.span(), f"实到{present}人，这里写的是{given}票。")
    for match in _EACH.finditer(text):
        mean = [int(match["n"]) / count for count in {due, present}]
        if all(abs(each - float(match["a"])) > max(1.0, each / 2) for each in mean):
            yield Amiss(
                *match.span(),
                f"{match['n']}{match['u']}按到会{present}人算，人均是{int(match['n']) / present:.1f}{match['u']}。",
            )
    for match in _BALLOTS.finditer(text):
        if int(match["n"]) > present and not _of_others(text, match):
            yield Amiss(*match.span(), f"实到{present}人，发出的票却有{match['n']}张。")


def _of_others(text: str, match: re.Match[str], words: re.Pattern[str] = _OTHERS) -> bool:
    """Whether the sentence speaks of people who are not counted among the members."""
    start = max(text.rfind(mark, 0, match.start()) for mark in "。\n") + 1
    end = min((at for mark in "。\n" if (at := text.find(mark, match.end())) >= 0), default=len(text))
    return bool(words.search(text, start, end))


def _listed(text: str) -> Iterator[Amiss]:
    """请假：2人（周岩，因病住院）: two are away and one is named."""
    for match in _NAMES.finditer(text):
        parts = [part.strip() for part in re.split("[；;]", match["list"])]
        if len(parts) == 1 and "、" in parts[0]:
            continue  # 李明、王芳因病: names and reasons run together
        named = [part for part in parts if _NAME.match(part)]
        if len(named) == len(parts) and 0 < len(named) < int(match["n"]):
            yield Amiss(*match.span(), f"写了{match['n']}人，括号里只列了{len(named)}人。")


def full_members(text: str) -> int | None:
    """The number of 正式党员, where the paper tells but one."""
    found = {int(next(filter(None, match.groups()))) for match in _FULL.finditer(text)}
    return found.pop() if len(found) == 1 else None
