"""The head of a roster's table, which column holds what; and tables of odd shapes made into one person a row."""

from __future__ import annotations

import re
from collections.abc import Mapping

Row = tuple[int, list[str]]  # its number in the text, its cells

NAME, MARK = "姓名", "区别"
_HEADS = {
    "name": (NAME, "党员姓名", "名字"),
    "kind": ("党员类别", "党员类型", "人员类别", "类别", "政治面貌", "党员身份"),
    "joined": ("入党日期", "入党时间", "加入党组织日期", "加入中共组织日期", "入党年月"),
    "full": ("转正日期", "转正时间", "转为正式党员日期"),
    "since": ("进入支部日期", "转入日期", "转入时间", "进入当前支部日期"),
    "title": ("职务", "党内职务", "支部职务"),
    "mark": (MARK, "备注名"),
}
LEFT_OUT = "（身份证号已略去）"
_SECTION = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、.．]")  # 一、正式党员


def head_of(cells: list[str]) -> dict[str, int] | None:
    """Which column holds what, if this line is a head (it must have 姓名)."""
    found = _columns(cells)
    return found if "name" in found else None


def _columns(cells: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        if key := _key(cell):
            found.setdefault(key, place)
    return found


def _key(cell: str) -> str:
    word = re.sub(r"\s", "", cell)
    return next((key for key, heads in _HEADS.items() if word in heads), "")


def one_person_a_row(rows: list[Row]) -> list[Row]:
    """A head over two rows becomes one, a line that only names a section falls away, people side by side stand below
    one another (then the rows are counted anew)."""
    return _below_one_another(_without_sections(_one_head(rows)))


def _one_head(rows: list[Row]) -> list[Row]:
    found: list[Row] = []
    for place, cells in rows:
        above = found[-1][1] if found else []
        name = (head_of(above) or {}).get("name", -1)
        if name >= 0 and _columns(cells) and not head_of(cells) and not "".join(cells[name : name + 1]):
            found[-1] = (found[-1][0], _laid_over(above, cells))
        else:
            found.append((place, cells))
    return found


def _laid_over(above: list[str], below: list[str]) -> list[str]:
    """The two rows of a head as one: what is no word of a head gives way to what stands below it."""
    width = max(len(above), len(below))
    pairs = zip(above + [""] * (width - len(above)), below + [""] * (width - len(below)), strict=True)
    return [low if _key(low) or not high else high for high, low in pairs]


def _without_sections(rows: list[Row]) -> list[Row]:
    return [row for row in rows if not (sum(map(bool, row[1])) == 1 and _SECTION.match("".join(row[1])))]


def _below_one_another(rows: list[Row]) -> list[Row]:
    head = next((cells for _, cells in rows if head_of(cells)), [])
    names = [at for at, cell in enumerate(head) if _key(cell) == "name"]
    if len(names) < 2:
        return rows
    cuts = [at - names[0] for at in names]
    parts: list[list[str]] = []
    for _, cells in rows:
        blocks = [cells[start:end] for start, end in zip(cuts, [*cuts[1:], None], strict=True)]
        parts += blocks[:1] if head_of(cells) else [block for block in blocks if any(block)]
    return list(enumerate(parts, 1))


def with_marks(text: str, marks: Mapping[int, str]) -> str:
    """The text (as `roster.needed` gives it) with what tells people of one name apart; the column 区别 is put in where
    there is none. marks: number of the line → the words."""
    lines, at, new = list[str](), -1, False
    for place, raw in enumerate(text.split("\n"), 1):
        cells = raw.split("\t")
        if head := head_of(cells):
            at, new = head.get("mark", len(cells)), "mark" not in head
            cells += [MARK] if new else []
        elif at >= 0 and raw:
            cells += [""] * (at - len(cells))
            kept = "" if new else "".join(cells[at : at + 1])
            cells[at : at if new else at + 1] = [marks.get(place) or kept]
        lines.append("\t".join(cells))
    return "\n".join(lines)
