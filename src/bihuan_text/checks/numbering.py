"""R41: ordinals and their brackets: 一、→（一）→1.→（1）, full-width brackets, one form in one list, no jump."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan_text.ordinals import Marker, Place, markers_of
from bihuan_text.outline import Block, outline_of
from bihuan_text.place import Span
from bihuan_text.readers.counters import counting

from .references import parts
from .registry import Mend, Paper, Remark, Severity, rule
from .serials import serials

_FEWEST = 3  # ordinals of one kind that are all written in one wrong way: how the paper writes them
_BRACKETS = "()（）、.．，,"
_HEADING = 14
_HABIT = 6  # more faults of one kind than this are a habit of the paper
_HEADS = ("h1", "h2", "n1", "n2")


@rule("R41")
def ordinals(paper: Paper) -> Iterator[Remark]:
    """Wrong brackets and marks at ordinals, and lists whose numbers do not follow."""
    markers = markers_of(paper.shadow.text)
    yield from _forms(paper, markers)
    roots = list(outline_of(paper.shadow.text, markers, len(paper.shadow.text)).roots)
    yield from _sequences(paper, roots)
    yield from _skipped(paper, roots)
    yield from _mixed_words(paper)
    yield from serials(paper, markers)
    for each in parts(paper.shadow.text, paper.report):
        yield Remark(paper.shadow.back(each.start, each.end), each.why, "请核对序号。")


def _forms(paper: Paper, markers: list[Marker]) -> Iterator[Remark]:
    """Ordinals as they are written, not as the tidied reading shows them; what is a habit is told once."""
    faults: dict[str, list[tuple[Span, str, str]]] = {}
    right_ones: set[str] = set()
    for marker in markers:
        span = paper.shadow.back(marker.start, marker.end)
        if marker.family == "d" and paper.text[span.end : span.end + 1] == "第":
            continue  # 第三、第五党支部
        right, why = _right(marker, span.of(paper.text))
        if right is not None and right != span.of(paper.text):
            faults.setdefault(re.sub(r"[\w ]", "", span.of(paper.text)) + marker.family, []).append((span, right, why))
        else:
            right_ones.add(marker.family)
    for form, found in faults.items():
        throughout = len(found) >= _FEWEST and form.lstrip(_BRACKETS) not in right_ones
        if len(found) <= _HABIT and not throughout:
            yield from (Remark(span, why, right, (Mend(*span, right),)) for span, right, why in found)
            continue
        span, right, why = found[0]
        mends = tuple(Mend(*place, said) for place, said, _ in found)
        yield Remark(span, f"{why}全文这样的序号有{len(found)}处。", right, mends)


def _right(marker: Marker, said: str) -> tuple[str | None, str]:
    """How the ordinal should be written, None where nothing is wrong, and why."""
    kind, n = marker.family, re.sub(r"[^\w]|_", "", said)
    if kind in ("h2", "n2") and re.search(r"[()]", said):
        return f"（{n}）", f"序号“{said.strip()}”用了半角括号，应为全角的“（{n}）”。"
    if kind in ("h2", "n2") and said.rstrip()[-1] in "、.．，,":
        return f"（{n}）", f"带括号的序号后面不加标点，“{said}”应为“（{n}）”。"
    if kind == "n1" and "、" in said:
        return f"{n}.", f"阿拉伯数字作序号，后面用“.”，“{said}”应为“{n}.”。"
    if kind == "h1" and said[-1] in ".．":
        return f"{n}、", f"汉字数字作序号，后面用“、”，“{said}”应为“{n}、”。"
    if kind == "d" and "、" in said:
        return f"{n}，", f"“{n}”后面用逗号，“{said}”应为“{n}，”。"
    return None, ""


def _sequences(paper: Paper, siblings: list[Block]) -> Iterator[Remark]:
    lists = [siblings]
    for blocks in lists:
        lists.extend(b.children for b in blocks if b.children)
        yield from _jumps(paper, blocks)
        yield from _mixed(paper, blocks)


def _jumps(paper: Paper, blocks: list[Block]) -> Iterator[Remark]:
    marks = [b.marker for b in blocks if b.marker is not None]
    for before, after, later in zip(marks, marks[1:], [*marks[2:], None], strict=False):
        if before.family != after.family or before.family not in (*_HEADS, "q", "s", "d", "c1"):
            continue
        if after.number == before.number + 1 or Place.CLAUSE in (before.place, after.place) or "个" in after.text:
            continue  # 第二个是 may follow 一个是, which is no ordinal
        again = before.number == 1 and (
            later is None or later.number in (1, 3) or before.family == after.family == "n1"
        )
        again = again and "\n#" not in paper.shadow.text[before.end : after.start]
        if after.number == 1 and not (again and before.place is after.place is Place.LINE):
            continue  # another list begins
        if _begun_otherwise(paper.shadow.text[before.end : after.start], after):
            continue
        span = paper.shadow.back(after.start, after.end)
        same = after.number == before.number
        why = "与前一个序号重复" if same else f"前一个是“{before.text.strip()}”，中间不连续"
        yield Remark(span, f"序号“{span.of(paper.text).strip()}”{why}，请核对是否漏写或多写。")


def _begun_otherwise(between: str, after: Marker) -> bool:
    """Whether the list of ``after`` begins in between, in words or below a heading that is no ordinal."""
    nth = counting(after.number - 1) if after.number > 1 and after.family in ("s", "d") else ""
    if nth and re.search(f"{nth}是|第{nth}|首先|一方面", between):
        return True
    last = between.rstrip("\n \t").rsplit("\n", 1)[-1].strip()
    return after.number == 1 and 2 <= len(last) <= _HEADING and not re.search("[，。；：]$", last) and "\n" in between


def _mixed(paper: Paper, blocks: list[Block]) -> Iterator[Remark]:
    """1. and 1．in one list: the rarer form is remarked; 1、is remarked by itself already."""
    forms: dict[str, list[Marker]] = {}
    for block in blocks:
        if block.marker is not None and block.marker.family == "n1":
            said = paper.shadow.back(block.marker.start, block.marker.end).of(paper.text)
            if said[-1] in ".．":
                forms.setdefault(said[-1], []).append(block.marker)
    if len(forms) < 2:
        return
    why = "同一组序号里全角点和半角点混用，请统一。"
    found: list[tuple[Span, str]] = []
    for marker in min(forms.values(), key=len):
        span = paper.shadow.back(marker.start, marker.end)
        other = "." if span.of(paper.text).endswith("．") else "．"
        found.append((span, span.of(paper.text)[:-1] + other))
    if len(found) <= _HABIT:
        yield from (Remark(span, why, right, (Mend(span.start, span.end, right),)) for span, right in found)
        return
    mends = tuple(Mend(place.start, place.end, right) for place, right in found)
    yield Remark(found[0][0], f"{why[:-1]}，全文这样的序号有{len(found)}处。", found[0][1], mends)


def _skipped(paper: Paper, roots: list[Block]) -> Iterator[Remark]:
    """1. right below 一、 where other parts of the same paper have （一） there: pointed out, once a paper."""
    firsts = [root.children[0].marker for root in roots if root.children and root.number]
    marks = [mark for mark in firsts if mark is not None and not _of_attachments(paper.shadow.text, mark)]
    if {"h2", "n1"} <= {mark.family for mark in marks}:
        mark = next(mark for mark in marks if mark.family == "n1")
        span = paper.shadow.back(mark.start, mark.end)
        why = "这一部分在“一、”下面直接用了“1.”，别的部分用的是“（一）”，层次不一致。"
        yield Remark(span, why, "请统一层次。", severity=Severity.INFO)


def _of_attachments(text: str, mark: Marker) -> bool:
    """附件：1.…: the list of what is attached is no level of the body."""
    return "附件" in text[text.rfind("\n", 0, mark.start) + 1 : mark.start]


_ORDERED = re.compile(r"(?P<e>首先|其次|再次)[，、]|第(?P<d>[一二三四五六])[，、]")


def _mixed_words(paper: Paper) -> Iterator[Remark]:
    """首先…第二… in one paragraph: one set of ordinals, please."""
    for line in re.finditer("[^\n]+", paper.shadow.text):
        if "首先" not in line.group() and "其次" not in line.group():
            continue
        found = list(_ORDERED.finditer(line.group()))
        spoken, counted = [m for m in found if m["e"]], [m for m in found if m["d"]]
        if not spoken or not counted:
            continue
        first = {m["d"] for m in counted} & {"一"}
        odd = spoken[0] if first else counted[0]
        if (first and spoken[0]["e"] != "首先") or (not first and counted[0]["d"] in "二三"):
            span = paper.shadow.back(line.start() + odd.start(), line.start() + odd.end() - 1)
            yield Remark(span, "“首先、其次”和“第一、第二”不混用。", "请统一成一种。")
