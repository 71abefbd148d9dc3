"""D22: marks by GB/T 15834 and figures by GB/T 15835, in the paper's own characters.

The shadow folds half-width marks to full ones, so these checks look at the plain text. Addresses, formulas, Markdown
marks, tables and English sentences are left alone: a mark counts only where it stands in Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan_text.place import Span

from .clauses import clauses
from .figures import figures
from .pairs import pairs
from .registry import Mend, Paper, Remark, rule

_HAN = "\u4e00-\u9fff"
_HABIT = 5  # more faults of one kind than this, and more than right ones, are a habit of the paper
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
# A half-width mark is wrong with Chinese before it and Chinese, a digit, a line end or a closing mark after it.
_HALF = re.compile(rf"[,;:?!](?<=[{_HAN}”》）].)(?=[ \u3000]?[{_HAN}“《（”》）\n\d]|$)")
_STOP = re.compile(rf"\.(?<=[{_HAN}”》）].)(?<![一二三四五六七八九十]\.)(?=[ \u3000]*(?:\n|$)|[{_HAN}“《])")
_BRACKET = re.compile(rf"\([^()（）\n]{{0,60}}?[{_HAN}][^()（）\n]{{0,60}}\)")
_ORDINAL = re.compile(r"\( ?(?:[一二三四五六七八九十]{1,3}|\d{1,2}) ?\)")
# A pattern that begins with one character of a class is looked for several times faster than one that begins with a choice
# or with what stands before it; so the class comes first here, and what it must be is said behind it.
_DOTS = re.compile(  # the dots that lead to a page number at the end of a line are none
    rf"[.。…等](?:(?<=[{_HAN}”》），、]\.)\.{{2,}}+(?![ \t]*\d{{1,4}}[ \t]*(?:\n|$))|(?<=。)。{{2,}}"
    r"|(?<=…)(?<!……)(?!…)|(?<=等)(?:……|\.{3,}))"
)
_DOUBLED = re.compile(
    "[，、；：。！？](?=[，、；：。！？])(?:(?<=，)，+|(?<=、)、+|(?<=；)；+|(?<=：)：+|(?<=。)。(?!。)|(?<=，)[、；：。！？]"
    "|(?<=、)[，；：。！？]|(?<=[。！？；：])[，、；：]|(?<=[；：！？])。|(?<=。)[！？])"
)
_WITH = re.compile(
    "与[^，。；、\\n]{2,12}(?:谈心|谈话|交流|沟通|座谈|联系|共建|结对|对接|签订|合作)"
)  # 、与党员谈心22次
_GIVEN_AGAIN = re.compile(rf"和[{_HAN}]{{1,6}}$")  # 和车、和线打交道
_WAITS = re.compile(rf"等[{_HAN}]{{1,4}}$")  # 等政策、等资金: the verb, told by the one before
_BEFORE_ETC = re.compile(rf"、(?!等[待到候于级次着了有他她我你会一等])等(?=[{_HAN}，。；、）]|\d)")
# 读者、和馆员; but 学习、和谐, 及时, 与时俱进
_BEFORE_AND = re.compile(
    "(?<![\\d一二三四五六七八九十])、(?:以及|和(?![谐平睦气解好美善顺风蔼缓约而县衷服])|与(?![时会此其众人否日世生共虎有])|及(?![时格早其第至]))"
    rf"(?=[{_HAN}《“])"
)
_EDGE = re.compile(r"[（“《][，。；、：！？]|[，、；：][）》]")
_HEAD_STOP = re.compile(
    r"^[ \t\u3000]*[一二三四五六七八九十]{1,3}、[^。，；：！？\n]{2,30}(?P<stop>。)[ \t\u3000]*\n\s*(?P<next>[^\n]*)",
    re.MULTILINE,
)
_FOREIGN = ("http", "www.", "@", "`", "|", "&", "<", "](")
_LEFT_OUT = re.compile(
    r"^```[\s\S]*?^```|https?://[^\s)）>\"\u4e00-\u9fff]+|\]\([^)\n]{0,300}\)|www\.[^\s\u4e00-\u9fff]+"
    r"|(?<![!-~])[!-~]{1,64}@[!-~]{1,80}|`[^`\n]*`|^[ \t]*\|.*$|&[a-z]+;"
    r"|<[^>\n\u4e00-\u9fff]{1,80}>",
    re.MULTILINE,
)


@rule("D22")
def marks(paper: Paper) -> Iterator[Remark]:
    """Half-width, doubled, unpaired and misplaced marks, and figures written in a way the standard does not allow."""
    text = without_foreign(paper.text)
    yield from _halves(text)
    yield from _brackets(text)
    yield from _dots(text)
    yield from _doubled(text)
    yield from _etcetera(text)
    yield from _title_stops(paper, text)
    yield from pairs(text)
    yield from figures(text)
    yield from clauses(text)


def without_foreign(text: str) -> str:
    """The text with addresses, code, tables and tags blanked out; the length stays."""
    if not any(mark in text for mark in _FOREIGN):
        return text
    return _LEFT_OUT.sub(lambda m: re.sub(r"[^\n]", "\x00", m.group()), text)


def _mended(start: int, end: int, why: str, right: str) -> Remark:
    return Remark(Span(start, end), why, right or "删去这个标点。", (Mend(start, end, right),))


def _halves(text: str) -> Iterator[Remark]:
    """Each half-width mark; a paper that is typed with them throughout hears of it once, with all the mends."""
    places: dict[str, list[int]] = {}
    for match in _HALF.finditer(text):
        places.setdefault(match.group(), []).append(match.start())
    for match in _STOP.finditer(text):
        places.setdefault(".", []).append(match.start())
    marks = sorted((at, said) for said, starts in places.items() for at in starts)
    if len(marks) > _HABIT and len(marks) > sum(text.count(full) for full in _FULL.values()):
        mend = tuple(Mend(at, at + 1, _FULL.get(said, "。")) for at, said in marks)
        why = f"全文有 {len(marks)} 处用了半角标点，中文应用全角标点。"
        yield Remark(Span(marks[0][0], marks[0][0] + 1), why, "全部改成全角标点。", mend)
        return
    for at, said in marks:
        right = _FULL.get(said, "。")
        yield _mended(at, at + 1, f"中文里用了半角标点“{said}”，应为全角的“{right}”。", right)


def _brackets(text: str) -> Iterator[Remark]:
    """Half-width brackets around Chinese; ordinals in brackets belong to R41."""
    found = [m.span() for m in _BRACKET.finditer(text) if not _ORDINAL.fullmatch(m.group())]
    mends = [(Mend(start, start + 1, "（"), Mend(end - 1, end, "）")) for start, end in found]
    if len(found) > _HABIT and len(found) > text.count("（"):
        why = f"全文有 {len(found)} 处括号用了半角，应为全角的“（ ）”。"
        yield Remark(Span(*found[0]), why, None, tuple(m for pair in mends for m in pair))
        return
    for (start, end), mend in zip(found, mends, strict=True):
        yield Remark(Span(start, end), "中文里的括号应为全角的“（ ）”。", f"（{text[start + 1 : end - 1]}）", mend)


def _dots(text: str) -> Iterator[Remark]:
    for match in _DOTS.finditer(text):
        said = match.group()
        if said.startswith("等"):
            yield _mended(*match.span(), "“等”和省略号意思重复，留一个即可。", "等")
        else:
            yield _mended(*match.span(), f"省略号应为“……”，不写作“{said}”。", "……")


def _doubled(text: str) -> Iterator[Remark]:
    for match in _DOUBLED.finditer(text):
        said = match.group()
        mend = (Mend(*match.span(), said[0]),) if len(set(said)) == 1 else ()
        yield Remark(Span(*match.span()), f"标点“{said}”重叠，只能留一个。", said[0] if mend else None, mend)


def _etcetera(text: str) -> Iterator[Remark]:
    for match in _BEFORE_ETC.finditer(text):
        if _WAITS.search(text, max(0, match.start() - 6), match.start()):
            continue
        yield _mended(match.start(), match.start() + 1, "“等”前面不用顿号。", "")
    for match in _BEFORE_AND.finditer(text):
        if _WITH.match(text, match.start() + 1) or _GIVEN_AGAIN.search(text, max(0, match.start() - 7), match.start()):
            continue
        yield _mended(match.start(), match.start() + 1, f"“{match.group()[1:]}”前面不用顿号。", "")
    for match in _EDGE.finditer(text):
        why = f"标点“{match.group().strip('（“《）》')}”不能紧挨着括号、引号或书名号的里侧。"
        yield Remark(Span(*match.span()), why, "请删去或移到外面。")


def _title_stops(paper: Paper, text: str) -> Iterator[Remark]:
    """一、… alone on its line above its text is a title and takes no full stop; the paper's own title neither."""
    for match in _HEAD_STOP.finditer(text):
        if not re.match(r"[一二三四五六七八九十]{1,3}、|\x00|$", match["next"]):
            yield _mended(*match.span("stop"), "单独成行的标题末尾不用句号。", "")
    title = paper.report.title
    if title and (at := text.find(f"{title}。\n", 0, 400)) >= 0:
        yield _mended(at + len(title), at + len(title) + 1, "标题末尾不用句号。", "")
