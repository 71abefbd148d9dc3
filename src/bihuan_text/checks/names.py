"""D20: names of doctrine, formulations, meetings and leaders, to the character; the gravest of findings."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast

from bihuan_text.lists import holds_any, table

from .own_name import other_numbers
from .registry import Mend, Paper, Remark, Severity, rule
from .spelled import people, places, signed_otherwise
from .wording.lexicon import costs
from .wording.pairs import signs_of
from .wording.phrases import name_slips

_ASK = "请按中央文件的表述改正。"
_HAN = re.compile("[\u4e00-\u9fff]{5,}")
_SENTENCE = re.compile("[^。！？\n]+")


@dataclass(frozen=True, slots=True)
class _Wrong:
    need: tuple[str, ...]
    pattern: str  # few of them are ever needed, so they are compiled only then
    right: str
    severity: Severity


def _rows(name: str) -> list[dict[str, object]]:
    return cast("list[dict[str, object]]", table("doctrine.toml")[name])


@cache
def _loose() -> frozenset[str]:
    """Names that may be said with 的 inside."""
    return frozenset(str(row["text"]) for row in _rows("name") if row.get("loose"))


@cache
def _wrong() -> tuple[_Wrong, ...]:
    grave = Severity.BLOCK
    rows = [
        _Wrong(
            tuple(cast("list[str]", r["need"])),
            str(r["pattern"]),
            str(r["right"]),
            Severity(str(r.get("grave", grave))),
        )
        for r in _rows("wrong")
    ]
    slips = {slip: str(row["name"]) for row in _rows("leader") for slip in cast("list[str]", row["slips"])}
    return (*rows, *(_Wrong((slip,), slip, right, grave) for slip, right in slips.items()))


_NUMBERED = ("个维护", "个确立", "会一课")


@cache
def _numbered() -> re.Pattern[str]:
    return re.compile("(?<=“)[一三四五六七八九十]个(?:维护|确立)(?=”)|[一二四五六七八九十]会一课")


@rule("D20")
def names(paper: Paper) -> Iterator[Remark]:
    """Slips in names, wordings known to be wrong, other numbers, other orders, other contents; each place once."""
    text = paper.shadow.text
    taken: set[int] = set()
    for start, end, remark in _found(paper, text):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            yield remark


def _found(paper: Paper, text: str) -> Iterator[tuple[int, int, Remark]]:
    for wrong in _wrong():
        for match in re.finditer(wrong.pattern, text) if holds_any(text, wrong.need) else ():
            yield *match.span(), _remark(paper, match.span(), wrong.right, wrong.severity)
    for slip in name_slips(text, signs_of(text)):
        place = (slip.start, slip.end)
        added = text[slip.start : slip.end].replace("的", "") == slip.right and "的" not in slip.right
        if not (added and slip.right in _loose()):
            yield *place, _remark(paper, place, slip.right, Severity.BLOCK)
    for match in _numbered().finditer(text) if holds_any(text, _NUMBERED) else ():
        right = "三会一课" if match.group().endswith("会一课") else f"两{match.group()[1:]}"
        yield *match.span(), _remark(paper, match.span(), right, Severity.BLOCK)
    yield from _doubled_ends(paper, text)
    yield from _held(paper, text)
    yield from _contents(paper, text)
    yield from _orders(paper, text)
    yield from _unknown_plenum(paper, text)
    yield from _years(paper, text)
    yield from _basis(paper, text)
    yield from _branches(paper)
    sure = (*people(text), *signed_otherwise(paper))
    for each, grave in (*((e, Severity.WARN) for e in sure), *((e, Severity.INFO) for e in places(text))):
        place = (each.start, each.end)
        yield *place, Remark(paper.shadow.back(*place), each.why, "请核对名称。", severity=grave)


def _branches(paper: Paper) -> Iterator[tuple[int, int, Remark]]:
    """The paper's own branch under another number than in its title."""
    for place, said, own in other_numbers(paper):
        why = f"标题、落款写的是第{own}支部，这里是第{said}支部。"
        yield *place, Remark(paper.shadow.back(*place), why, "请核对是不是本支部。", severity=Severity.WARN)


def _remark(paper: Paper, place: tuple[int, int], right: str, severity: Severity) -> Remark:
    span = paper.shadow.back(*place)
    said = span.of(paper.text)
    why = f"“{said}”的提法不准确，应为“{right}”。" if right else f"没有“{said}”这个提法或会议，请核对。"
    mend = (Mend(span.start, span.end, right),) if right else ()
    return Remark(span, why, right or _ASK, mend, severity)


def _contents(paper: Paper, text: str) -> Iterator[tuple[int, int, Remark]]:
    """“四个意识”（政治意识、…）: the list right after the name must be the known one."""
    for row in _rows("contents"):
        name, parts = str(row["name"]), cast("list[str]", row["parts"])
        if name not in text:
            continue
        for match in re.finditer(f"{name}”?(?:（|：|，即|，就是|——|是指)(?P<list>[^。；）\n]+)", text):
            said = [part.strip("“”") for part in re.split("[、和，]", match["list"])][: len(parts)]
            wrong = [part for part in said if part not in parts]
            if len(said) == len(parts) and len(wrong) == 1:
                at = text.index(wrong[0], match.start("list"))
                right = next(part for part in parts if part not in said)
                place = (at, at + len(wrong[0]))
                yield *place, _remark(paper, place, right, Severity.BLOCK)


def _orders(paper: Paper, text: str) -> Iterator[tuple[int, int, Remark]]:
    """Names that have a fixed order, within one sentence."""
    for row in _rows("series"):
        known = cast("list[str]", row["names"])
        if sum(name in text for name in known) < 2:
            continue
        for sentence in _SENTENCE.finditer(text):
            places = [(sentence.group().find(name), name) for name in known if name in sentence.group()]
            for (before, _), (after, name) in itertools.pairwise(places):
                if after < before:
                    start = sentence.start() + after
                    place = (start, start + len(name))
                    yield (
                        *place,
                        Remark(
                            paper.shadow.back(*place), f"次序不对：{row['why']}", "请调整次序。", severity=Severity.WARN
                        ),
                    )


@cache
def _ends() -> re.Pattern[str]:
    """A name with its first or last character twice."""
    found = [str(row["text"]) for row in _rows("name") if _HAN.fullmatch(str(row["text"]))]
    return re.compile("|".join(f"{n[0]}{n}|{n}{n[-1]}" for n in sorted(found, key=len, reverse=True)))


def _doubled_ends(paper: Paper, text: str) -> Iterator[tuple[int, int, Remark]]:
    for match in _ends().finditer(text):
        said = match.group()
        if text[match.start() - 1 : match.start() + 1] in costs():
            continue  # 学习 and 习近平
        yield *match.span(), _remark(paper, match.span(), said[1:] if said[0] == said[1] else said[:-1], Severity.BLOCK)


_CONVENED = "(?P<year>20\\d\\d)年(?:\\d{1,2}月)?(?:\\d{1,2}日)?(?:，)?(?:召开|举行)的?(?:党的|中国共产党)?"
_AFTERWARDS = (
    "(?:于|在)(?P<late>20\\d\\d)年(?:\\d{1,2}月)?(?:\\d{1,2}日)?(?:至\\d{1,2}日)?(?:在北京)?(?:胜利)?(?:召开|举行)"
)


@cache
def _meetings() -> tuple[dict[str, str], re.Pattern[str], re.Pattern[str]]:
    held = {str(row["name"]): str(row["held"]) for row in _rows("held")}
    names = "|".join(sorted(held, key=len, reverse=True))
    return held, re.compile(f"{_CONVENED}(?P<a>{names})|(?P<b>{names}){_AFTERWARDS}"), re.compile(names)


def _held(paper: Paper, text: str) -> Iterator[tuple[int, int, Remark]]:
    """A meeting of the Central Committee in another year than it was held, or named in a paper about an earlier one."""
    held, said, named = _meetings()
    if not holds_any(text, {name[:2] for name in held}):  # 十八, 十九, 二十
        return
    for match in said.finditer(text):
        name, year = match["a"] or match["b"], match["year"] or match["late"]
        if held[name][:4] != year:
            place = match.span("year" if match["a"] else "late")
            span = paper.shadow.back(*place)
            right = held[name][:4]
            why = f"{name}是{right}年召开的，不是{year}年。"
            yield *place, Remark(span, why, right, (Mend(span.start, span.end, right),))
    year = paper.report.year
    for match in named.finditer(text) if year else ():
        # a report about a year is written in the first half of the next one
        if year and int(held[match.group()][:4]) > year + 1:
            why = f"这份材料写的是{year}年度，而{match.group()}是{held[match.group()][:4]}年召开的，请核对年度或会议。"
            yield *match.span(), Remark(paper.shadow.back(*match.span()), why, _ASK, severity=Severity.WARN)
            return


_PLENUM = re.compile("(?P<name>(?:十[八九]|二十)届[一二三四五六七八九]中全会)")


def _unknown_plenum(paper: Paper, text: str) -> Iterator[tuple[int, int, Remark]]:
    """A plenary session later than any that the list knows: the list may be old, so it is only asked."""
    held = _meetings()[0]
    for match in _PLENUM.finditer(text) if "中全会" in text else ():
        if any(name.startswith(match["name"][:-4]) for name in held) and match["name"] not in held:
            ask = Remark(
                paper.shadow.back(*match.span()), f"名称表里没有“{match['name']}”，请核对是不是这次会议。", _ASK,
                severity=Severity.INFO,
            )  # fmt: skip
            yield *match.span(), ask


_OF_YEAR = re.compile("(20\\d\\d) ?年度(?:基层党组织|党支部)?(?:专题)?(?:组织生活会|民主评议)")


def _years(paper: Paper, text: str) -> Iterator[tuple[int, int, Remark]]:
    """A meeting of another year than the paper is about, where last year's is not meant: a paper copied and not changed."""
    year = paper.report.year
    if year is None:
        return
    for match in _OF_YEAR.finditer(text):
        if int(match[1]) not in (year, year - 1) and not _OTHER_YEARS.search(text, match.start() - 12, match.start()):
            why = f"这份材料写的是{year}年度，这里却是{match[1]}年度。"
            place = match.span(1)
            yield *place, Remark(paper.shadow.back(*place), why, "请核对年度。", severity=Severity.WARN)


_BASIS = re.compile(
    "(?:根据|按照|依据|遵照)[^。；《\n]{0,24}《[^》\n]{0,30}?(20\\d\\d) ?年度[^》\n]{0,24}(?:组织生活会|民主评议)[^》\n]{0,24}》"
)


def _basis(paper: Paper, text: str) -> Iterator[tuple[int, int, Remark]]:
    """The notice that the paper follows is of another year: last year's opening taken over."""
    year = paper.report.year
    for match in _BASIS.finditer(text, 0, 1500) if year else ():
        end = text.find("。", match.end())
        if int(match[1]) != year and f"{year}年度" not in text[match.end() : max(end, match.end())][:80]:
            why = f"这份材料写的是{year}年度，所依据的通知却是{match[1]}年度的。"
            place = match.span(1)
            yield *place, Remark(paper.shadow.back(*place), why, "请核对年度。", severity=Severity.WARN)


_OTHER_YEARS = re.compile("历年|以往|曾|自|从|与|比|召开以来")
