"""Defects of known place and kind, planted one at a time into clean papers: what a reviewer must find."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bihuan_text.lists import words


@dataclass(frozen=True, slots=True)
class Planted:
    """A paper with one defect at [start, end), which one of ``rules`` must find there (or on the whole paper)."""

    kind: str
    text: str
    start: int
    end: int
    rules: tuple[str, ...]


Plant = Callable[[str, random.Random], tuple[str, int, int] | None]
_PLANTS: dict[str, tuple[tuple[str, ...], Plant]] = {}


def plants(name: str, *rules: str) -> Callable[[Plant], Plant]:
    """Register a way to plant a defect of that name, which those rules must find."""

    def register(plant: Plant) -> Plant:
        _PLANTS[name] = (rules, plant)
        return plant

    return register


def planted(text: str, seed: int) -> Iterator[Planted]:
    """The paper again and again, each time with one defect; kinds that find no place in it are left out."""
    for name, (rules, plant) in _PLANTS.items():
        made = plant(text, random.Random(f"{seed} {name}"))  # noqa: S311
        if made is not None and made[0] != text:
            yield Planted(name, *made, rules)


def kinds() -> list[str]:
    """The names of all kinds of defects."""
    return list(_PLANTS)


def _at(text: str, rng: random.Random, pattern: str) -> re.Match[str] | None:
    found = list(re.finditer(pattern, text, re.MULTILINE))
    return rng.choice(found) if found else None


def _swap(text: str, start: int, end: int, said: str) -> tuple[str, int, int]:
    return text[:start] + said + text[end:], start, start + max(1, len(said))


def _simple(name: str, rules: tuple[str, ...], pattern: str, change: Callable[[re.Match[str]], str]) -> None:
    """A defect that rewrites one match of a pattern."""

    @plants(name, *rules)
    def plant(text: str, rng: random.Random) -> tuple[str, int, int] | None:
        match = _at(text, rng, pattern)
        return _swap(text, *match.span(), change(match)) if match else None


_HAN = "[\u4e00-\u9fff]"
_MARKS = {
    "半角逗号": (rf"(?<={_HAN})，(?={_HAN})", ","),
    "半角分号": (rf"(?<={_HAN})；(?={_HAN})", ";"),
    "半角冒号": (rf"(?<={_HAN})：(?={_HAN})", ":"),
    "叠用逗号": (rf"(?<={_HAN})，(?={_HAN})", "，，"),
    "叠用句号": (rf"(?<={_HAN})。(?={_HAN})", "。。"),
    "顿号加逗号": (rf"(?<={_HAN})、(?={_HAN})", "、，"),
    "省略号写成三点": (rf"(?<={_HAN})。$", "..."),
}
for _name, (_pattern, _wrong) in _MARKS.items():
    _simple(_name, ("D22",), _pattern, lambda m, wrong=_wrong: wrong)
_simple("半角括号", ("D22",), rf"（({_HAN}[^（）\n]{{1,20}})）", lambda m: f"({m[1]})")
_simple("缺后引号", ("D22",), f"“({_HAN}{{2,12}})”", lambda m: f"“{m[1]}")
_simple("缺前引号", ("D22",), f"“({_HAN}{{2,12}})”", lambda m: f"{m[1]}”")
_simple("引号反向", ("D22",), f"“({_HAN}{{2,12}})”", lambda m: f"“{m[1]}“")
_simple("缺后书名号", ("D22",), "《([^《》\n]+)》", lambda m: f"《{m[1]}")
_simple("等前用顿号", ("D22",), f"({_HAN}、{_HAN}{{2,6}})等(?=[{_HAN[1:-1]}，。])", lambda m: f"{m[1]}、等")
_simple("引号间用顿号", ("R42",), f"(?<={_HAN})(?=，)", lambda m: "“学”、“做”")
_simple("半角序号括号", ("R41",), "^[ \u3000]*（([一二三四五六])）", lambda m: f"({m[1]})")
_simple("括号序号加顿号", ("R41",), "^[ \u3000]*（([一二三四五六])）", lambda m: f"（{m[1]}）、")
_simple("数字序号用顿号", ("R41",), r"^[ \u3000]*(\d)\.(?=[\u4e00-\u9fff])", lambda m: f"{m[1]}、")
_simple("一级序号用点", ("R41",), "^[ \u3000]*([二三四])、", lambda m: f"{m[1]}.")
_simple("第一后用顿号", ("R41",), f"第([一二三四])，(?={_HAN})", lambda m: f"第{m[1]}、")
_simple("占位符", ("R38",), r"\d{1,2}(?=[名人次条项户件])", lambda m: "XX")
_simple("某某代人名", ("R38",), f"由{_HAN}{{2,4}}(?=负责|牵头)", lambda m: "由李某某")
_simple("待补", ("R38",), rf"(?<={_HAN})。$", lambda m: "【待补充】。")
_simple("月日前加零", ("R43",), r"(20\d\d年)(\d)月(\d{1,2})日", lambda m: f"{m[1]}0{m[2]}月{m[3]}日")
_simple("发文字号用方括号", ("R43",), f"(?<={_HAN})(?=要求，|安排，)", lambda m: "（水党发[2025]12号）")
_simple("没有的日期", ("D19",), r"(\d{1,2})月(\d{1,2})日", lambda m: "2月30日")
_simple("年份简写", ("D22",), r"20(2\d年)(?=\d{1,2}月)", lambda m: m[1])
_simple("百分号丢失", ("D22",), r"(?<=[\u4e00-\u9fff])(\d{2})%", lambda m: f"{int(m[1]) - 3}～{m[1]}%")
_simple("约数加顿号", ("D22",), "(?:两三|三四|五六)(?=[个天次名])", lambda m: f"{m.group()[0]}、{m.group()[1]}")
_simple("民主生活会", ("R40",), "组织生活会(?=，|。|，应到)", lambda m: "民主生活会")
_simple("条例名多字", ("R39",), "《中国共产党支部工作条例（试行）》", lambda m: "《中国共产党党支部工作条例（试行）》")
_simple("条例名漏字", ("R39",), "《中国共产党支部工作条例（试行）》", lambda m: "《中国共产党支部条例（试行）》")
_simple("思想名漏字", ("D20",), f"(?<={_HAN})。$", lambda m: "，学习习近平新时代中国特色主义思想。")
_simple("提法数目错", ("D20",), f"(?<={_HAN})。$", lambda m: "，做到“四个维护”。")
_simple("提法次序颠倒", ("D20",), f"(?<={_HAN})。$", lambda m: "，坚定“四个自信”、增强“四个意识”。")
_simple("核心提法错", ("D20",), f"(?<={_HAN})。$", lambda m: "，同以习近平总书记为核心的党中央保持一致。")
_simple("领导人姓名错", ("D20",), f"(?<={_HAN})。$", lambda m: "，学习习进平总书记的讲话。")
_simple("字叠用", ("D28",), f"(?<={_HAN})的(?={_HAN})", lambda m: "的的")
_simple("了叠用", ("D28",), f"(?<={_HAN})了(?={_HAN})", lambda m: "了了")
_simple("缺把字", ("D28",), "^[ \u3000]*(?=一是)", lambda m: "支部始终政治学习摆在首位。")
_simple("缺有字", ("D28",), f"(?<={_HAN})。$", lambda m: "。些同志在工作中推一推动一动。")
_simple("缺后半", ("D28",), f"(?<={_HAN})。$", lambda m: "，离群众的要求还有的距离。")
_simple("报告夹请示", ("R33",), "^特此报告。$|(?<=查汇总表)$", lambda m: "以上报告妥否，请批复。")
_simple("密级标志", ("R53",), r"\A", lambda m: "机密★1年\n")
_simple("附件名后加句号", ("R47",), "(附件：1.[^\n]+)$", lambda m: f"{m[1]}。")
_simple("抄送无句号", ("R47",), "^(抄送：[^\n]+)。$", lambda m: m[1])
_simple(
    "应到实到不符",
    ("D18",),
    r"应到(党员)?(\d+)([名人])，实到(\d+)[名人]，(\d+)人",
    lambda m: f"应到{m[1] or ''}{int(m[2]) + 3}{m[3]}，实到{m[4]}{m[3]}，{m[5]}人",
)
_simple("等次之和不符", ("D18",), r"优秀(\d+)名、合格(\d+)名", lambda m: f"优秀{m[1]}名、合格{int(m[2]) + 2}名")
_simple("回收率不符", ("D18",), r"(回收率)(\d+(?:\.\d)?)%", lambda m: f"{m[1]}71%")
_simple("其中之和不符", ("D18",), r"其中完成(\d)个", lambda m: f"其中完成{int(m[1]) + 2}个")
_simple("星期不符", ("D19",), "（星期([一二三四五六日])）", lambda m: "（星期三）" if m[1] != "三" else "（星期四）")
_simple("优秀超比例", ("D26",), r"(正式党员\d+名，(?:评为|评定)?优秀)(\d+)名", lambda m: f"{m[1]}{int(m[2]) + 4}名")
_simple("缺席无原因", ("R58",), "缺席：2人（[^）]*）", lambda m: "缺席：2人")
_simple("以希望代批评", ("R59",), "^(王芳对陈刚：)[^\n]*$", lambda m: f"{m[1]}希望今后加强学习，更上一层楼。")
_simple(
    "客观原因",
    ("D14",),
    "^[ \u3000]*一是(?:学习停在表面|学习不是为了用|宗旨意识淡了)[^\n]*$",
    lambda m: "一是任务繁重、人手紧张，经费也有限。",
)


@plants("措施无责任人", "R22")
def _no_owner(text: str, rng: random.Random) -> tuple[str, int, int] | None:
    match = _at(text, rng, r"，由[^，。；]{2,12}(?:负责|牵头|登记|检查)(?=，[^，。；]*月)")
    return (text[: match.start()] + text[match.end() :], match.start() - 20, match.start() + 10) if match else None


@plants("措施无时限", "R22")
def _no_date(text: str, rng: random.Random) -> tuple[str, int, int] | None:
    match = _at(text, rng, r"(?<=负责)，(?:\d{1,2}月\d{0,2}日?(?:底|前|底前)[^，。；]{2,14}|3月起执行)(?=。)")
    return (text[: match.start()] + text[match.end() :], match.start() - 30, match.start() + 2) if match else None


@plants("先扬后抑", "D08")
def _praise(text: str, rng: random.Random) -> tuple[str, int, int] | None:
    match = _at(text, rng, "(?<=不够。)(?=[^\n]{20})|(?<=不足。)(?=[^\n]{20})")
    return (
        _swap(text, match.start(), match.start(), "支委带头抓落实，取得了明显成效。但是仍然有差距。") if match else None
    )


@plants("第三人称", "R18")
def _others(text: str, rng: random.Random) -> tuple[str, int, int] | None:
    match = _at(text, rng, "(?<=不够。)(?=[^\n]{20})|(?<=不紧。)(?=[^\n]{20})|(?<=方面\n)我")
    return _swap(text, match.start(), match.end(), "有的同志重视不够，") if match else None


@plants("整句重复", "R19")
def _again(text: str, rng: random.Random) -> tuple[str, int, int] | None:
    match = _at(text, rng, "(?<=。)[^。；！？\n“”]{26,60}。(?=[^\n])")
    if match is None or "\t" in text or "|" in text:
        return None
    return text[: match.end()] + match.group() + text[match.end() :], match.end(), match.end() + len(match.group())


@plants("序号跳号", "R41")
def _jump(text: str, rng: random.Random) -> tuple[str, int, int] | None:
    found = [m for m in re.finditer("^[ \u3000]*（二）", text, re.MULTILINE)]
    if not found:
        return None
    at = rng.choice(found).end() - 2
    return _swap(text, at, at + 1, "五")


@plants("序号重号", "R41")
def _same(text: str, rng: random.Random) -> tuple[str, int, int] | None:
    match = _at(text, rng, r"^[ \u3000]*2(?=\.[\u4e00-\u9fff])")
    return _swap(text, match.end() - 1, match.end(), "1") if match else None


@plants("说数与列数不符", "D18")
def _announced(text: str, rng: random.Random) -> tuple[str, int, int] | None:
    match = _at(text, rng, "(?<=\n)[ \u3000]*(?=一是[^\n]*二是[^\n]*三是)")
    return _swap(text, match.end(), match.end(), "主要有五个方面：") if match else None


# --- characters -------------------------------------------------------------------------------------------------------


def _phrase(text: str, rng: random.Random, least: int) -> tuple[int, str] | None:
    phrases = [p for line in words("phrases.txt") for p in line.split() if len(p) >= least and p in text]
    if not phrases:
        return None
    phrase = rng.choice(phrases)
    return rng.choice([m.start() for m in re.finditer(phrase, text)]), phrase


@plants("固定词语漏字", "D28", "D20", "R40")
def _lost(text: str, rng: random.Random) -> tuple[str, int, int] | None:
    if (found := _phrase(text, rng, 4)) is None:
        return None
    at, phrase = found
    gone = at + rng.randrange(1, len(phrase) - 1)
    return text[:gone] + text[gone + 1 :], at, at + len(phrase) - 1


@plants("固定词语字重", "D28", "D20")
def _twice(text: str, rng: random.Random) -> tuple[str, int, int] | None:
    if (found := _phrase(text, rng, 4)) is None:
        return None
    at, phrase = found
    place = at + rng.randrange(1, len(phrase) - 1)
    return text[:place] + text[place] + text[place:], at, at + len(phrase) + 1


@plants("固定词语颠倒", "D28", "D20")
def _turned(text: str, rng: random.Random) -> tuple[str, int, int] | None:
    if (found := _phrase(text, rng, 4)) is None:
        return None
    at, phrase = found
    place = at + rng.randrange(0, len(phrase) - 1)
    said = text[place + 1] + text[place]
    return text[:place] + said + text[place + 2 :], at, at + len(phrase)


@plants("错别字", "D28")
def _wrong(text: str, rng: random.Random) -> tuple[str, int, int] | None:
    rows = [line.split()[0].split("=") for line in words("confusions.txt")]
    fits = [(wrong, right) for wrong, right in rows if right in text and len(wrong) == len(right)]
    if not fits:
        return None
    wrong, right = rng.choice(fits)
    at = text.index(right)
    return _swap(text, at, at + len(right), wrong)


@plants("词语叠用", "D28")
def _word_twice(text: str, rng: random.Random) -> tuple[str, int, int] | None:
    match = _at(text, rng, "党员|支部|问题|工作|制度|群众|措施|责任|材料|记录")
    return _swap(text, match.start(), match.end(), match.group() * 2) if match else None
