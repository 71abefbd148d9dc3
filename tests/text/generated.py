"""Papers made at random with what they mean: parts × levels × ways to number × ways to set a heading × closing remarks.

A paper is written by rules of our own, not by the reader's: whoever writes it knows which block is what, and where its
lead stands. `papers()` gives a hypothesis strategy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from hypothesis import strategies as st

WIDTH = 28
DIGITS = "一二三四五六七八九十"
TOPS = ("{一}、", "{一}.", "第{一}部分 ", "{一}． ")
MIDDLES = ("（{一}）", "({一})", "{1}.", "{1}、", "{1}．")
ITEMS = (
    "{一}是",
    "{1}.",
    "{1}、",
    "{1}． ",
    "（{1}）",
    "({1})",
    "{①}",
    "第{一}，",
    "第{一}、",
    "{一}要",
    "{1}）",
    "{1} 、",
    "{⑴}",
)
SPOKEN = ("{一}是", "第{一}，", "{①}", "（{1}）")
TURNED = (("{1}.", "（{一}）"), ("{一}是", "{1}."), ("第{一}，", "{1}、"), ("（{1}）", "{1}. "))
HEADINGS = {
    "prior": ("上年度组织生活会查摆问题整改落实情况", "上年度问题整改情况"),
    "problems": (
        "存在的问题",
        "查摆出的主要问题",
        "存在的主要问题和不足",
        "检视查摆的问题",
        "存在不足",
        "短板弱项",
        "差距不足",
    ),
    "causes": ("原因分析", "产生问题的原因", "问题产生的主要原因", "原因剖析", "问题成因", "思想根源", "究其原因"),
    "measures": (
        "整改措施",
        "下一步整改措施",
        "今后努力方向",
        "改进措施和努力方向",
        "整改思路",
        "下步打算",
        "改进举措",
        "2026年工作思路",
    ),
}
LEADS = {
    "prior": ("理论学习不深的问题已整改", "下村次数已增加", "会议记录已补齐", "台账已建立"),
    "problems": (
        "理论学习不够深入",
        "调查研究偏少",
        "工作标准有待提升",
        "批评意见辣味不足",
        "制度执行还需加强",
        "服务意识淡薄",
    ),
    "causes": ("理想信念教育抓得不紧", "宗旨意识树得不牢", "责任落实有偏差", "工作方法简单"),
    "measures": ("建立学习台账", "每月走访两户", "完善请销假制度", "定期通报进度", "落实责任到人"),
}
ASPECTS = ("思想政治方面", "组织建设方面", "纪律作风方面", "作用发挥方面")
INNER = ("班子方面", "党员方面", "制度方面")
BODIES = (
    "",
    "有时满足于完成任务，主动性不强。",
    "平时以会代学多，重点不突出；办法也少，有的同志认为业务忙，学不学关系不大，因此在学习上放松了要求。",
)
CLOSINGS = ("", "总之，还有不小差距。", "以上是我们的对照检查，请批评指正。", "针对以上问题，我们将认真对待。")


@dataclass
class Meant:
    """What one paper says: leads with the place of each, and headings of aspects and groups."""

    text: str = ""
    leads: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: {name: [] for name in HEADINGS})
    headings: dict[str, list[str | None]] = field(default_factory=lambda: {"problems": [], "measures": []})


@dataclass(frozen=True)
class Style:
    """How one part is set: its ordinals, whether headings stand alone, whether items share a line; ``inner`` numbers the
    headings below the aspects, where there are some."""

    middle: str
    inner: str | None
    item: str
    alone: bool
    together: bool


def ordinal(style: str, number: int) -> str:
    """The ordinal of a number from one to ten."""
    shown = style.replace("{一}", DIGITS[number - 1]).replace("{1}", str(number))
    return shown.replace("{①}", chr(0x245F + number)).replace("{⑴}", chr(0x2473 + number))


class Writing:
    """Writes one paper and remembers what stands where."""

    def __init__(self) -> None:
        self.chunks: list[str] = []
        self.at = 0
        self.meant = Meant()

    def put(self, words: str) -> None:
        """Some words at the end."""
        self.chunks.append(words)
        self.at += len(words)

    def line(self) -> None:
        """A new line, unless one has just begun."""
        if self.chunks and not self.chunks[-1].endswith("\n"):
            self.put("\n")

    def items(self, part: str, style: Style, leads: list[tuple[str, str]]) -> None:
        """The items of a list."""
        for number, (lead, body) in enumerate(leads, 1):
            if not style.together or (number == 1 and style.alone):
                self.line()
            self.put(ordinal(style.item, number))
            self.meant.leads[part].append((lead, self.at))
            self.put(f"{lead}。{body}")

    def done(self) -> Meant:
        """The paper."""
        self.meant.text = "".join(self.chunks)
        return self.meant


@st.composite
def styles(draw: st.DrawFn, grouped: bool) -> Style:
    """A style whose levels differ; items that share a line are numbered in a way that is used there."""
    if grouped and draw(st.integers(0, 3)) == 0:
        middle, item = draw(st.sampled_from(TURNED))
        return Style(middle, None, item, alone=True, together=False)
    deep = grouped and draw(st.integers(0, 3)) == 0
    middle = draw(st.sampled_from(MIDDLES[:2] if deep else MIDDLES))
    inner = draw(st.sampled_from(MIDDLES[2:])) if deep else None
    together = draw(st.booleans())
    fits = [s for s in (SPOKEN if together else ITEMS) if not (grouped and _same(s, inner or middle))]
    return Style(middle, inner, draw(st.sampled_from(fits)), draw(st.booleans()), together)


def _same(one: str, other: str) -> bool:
    """Whether two ordinals count in the same kind of list: 1. and 1、"""
    return one[:3] == other[:3]


@st.composite
def papers(draw: st.DrawFn) -> Meant:
    """A paper with a title, some of the four parts in their order, and perhaps a signature."""
    writing = Writing()
    writing.put("某站党支部2025年度组织生活会情况报告\n现将有关情况报告如下：\n")
    top = draw(st.sampled_from(TOPS))
    parts = [part for part in HEADINGS if part == "problems" or draw(st.booleans())]
    for number, part in enumerate(parts, 1):
        writing.line()
        writing.put(ordinal(top, number) + draw(st.sampled_from(HEADINGS[part])))
        _part(draw, writing, part)
    if draw(st.booleans()):
        writing.line()
        writing.put("\n中共某站支部委员会\n2026年1月9日\n")
    return writing.done()


def _part(draw: st.DrawFn, writing: Writing, part: str) -> None:
    grouped = part in ("problems", "measures") and draw(st.booleans())
    style = draw(styles(grouped))
    writing.put("\n" if style.alone or grouped else "。")
    for number, heading in enumerate(_headings(draw, grouped), 1):
        if part in writing.meant.headings:
            writing.meant.headings[part].append(heading)
        if heading is not None:
            writing.line()
            writing.put(
                ordinal(style.middle, number) + heading + ("\n" if style.alone else draw(st.sampled_from("。：")))
            )
        for below, inner in enumerate(draw(st.permutations(INNER))[:2] if style.inner else [None], 1):
            if inner is not None and style.inner is not None:
                writing.line()
                writing.put(ordinal(style.inner, below) + inner + ("\n" if style.alone else "。"))
            writing.items(part, style, _leads(draw, part))
    closing = draw(st.sampled_from(CLOSINGS))
    if closing:
        writing.line()
        writing.put(closing)


def _headings(draw: st.DrawFn, grouped: bool) -> list[str | None]:
    if not grouped:
        return [None]
    return list(draw(st.lists(st.sampled_from(ASPECTS), min_size=2, max_size=4, unique=True)))


def _leads(draw: st.DrawFn, part: str) -> list[tuple[str, str]]:
    leads = draw(st.lists(st.sampled_from(LEADS[part]), min_size=2, max_size=4, unique=True))
    return [(lead, draw(st.sampled_from(BODIES))) for lead in leads]


# --- papers that tell problems, causes and measures aspect by aspect, behind labels ----------------------------------------

LABELS = {
    "problems": ("问题", "存在问题", "主要问题", "存在的问题"),
    "causes": ("原因", "原因分析", "原因剖析", "主要原因"),
    "measures": ("整改措施", "措施", "改进措施", "努力方向"),
}
LABELLED = ("{l}：", "（{一}）{l}：", "{1}.{l}：", "{1}、{l}：", "{l}：\n", "（{一}）{l}\n", "【{l}】")


@st.composite
def papers_by_aspect(draw: st.DrawFn) -> Meant:
    """A self-examination whose tops are aspects, each with its problems, causes and measures under labels of one kind."""
    writing = Writing()
    writing.put("某站党支部班子对照检查材料\n现作如下检查。\n")
    label = draw(st.sampled_from(LABELLED))
    style = draw(st.sampled_from(("{①}", "（{1}）", "{一}是")))
    named = {part: draw(st.sampled_from(names)) for part, names in LABELS.items()}
    parts = ["problems", *(part for part in ("causes", "measures") if part == "measures" or draw(st.booleans()))]
    aspects = draw(st.lists(st.sampled_from(ASPECTS), min_size=2, max_size=4, unique=True))
    for number, aspect in enumerate(aspects, 1):
        writing.line()
        writing.put(f"{ordinal('{一}、', number)}{aspect}\n")
        for place, part in enumerate(parts, 1):
            writing.line()
            writing.put(ordinal(label, place).replace("{l}", named[part]))
            leads = draw(st.lists(st.sampled_from(LEADS[part]), min_size=2, max_size=3, unique=True))
            writing.items(part, Style("", None, style, alone=False, together=True), [(lead, "") for lead in leads])
    return writing.done()


# --- the same paper, set in another way ---------------------------------------------------------------------------------


def indented(text: str, blank: str) -> str:
    """Every line that says something behind two blanks."""
    return "".join(blank * 2 + line if line.strip() else line for line in text.splitlines(keepends=True))


def wrapped(text: str, width: int = WIDTH) -> str:
    """Every paragraph broken into lines of one width, as text copied from a page is."""
    return "\n".join(piece for line in text.split("\n") for piece in _pieces(line, width))


def _pieces(line: str, width: int) -> Iterator[str]:
    yield from (line[at : at + width] for at in range(0, max(len(line), 1), width))


def other_brackets(text: str) -> str:
    """Full-width brackets and dots for half-width ones, and the other way round."""
    return text.translate(str.maketrans("（）()．.", "()（）.．"))
