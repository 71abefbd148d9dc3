"""A roster as it is pasted from a table: lines of cells, in whatever order of columns, read without guessing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from bihuan.core.days import NoDay, read_day, say_full
from bihuan.org.heads import LEFT_OUT, Row, head_of, one_person_a_row
from bihuan.org.models import MemberKind, Title

_NAME = re.compile(r"[㐀-鿿\U00020000-\U0003ffff·]{2,20}")
_ID = re.compile(r"(?<![\d])\d{15}(?:\d{2}[\dXx])?(?![\d])")
_NO_PERSON = re.compile(r"合计|总计|共计|填表|制表|审核人|填报|说明[：:]|注[：:]|备注[：:]")
_SERIAL = re.compile(r"[1-5]\d{4}(?:\.0+)?")  # a day as a spreadsheet counts it: 1927 to 2064
_DAY_ZERO = date(1899, 12, 30)


@dataclass
class Line:
    """One line of the pasted table: what was read, and the sentences about what could not be."""

    place: int
    name: str = ""
    kind: str = ""
    joined: date | None = None
    full: date | None = None
    since: date | None = None
    title: str | None = ""  # None: the table says nothing of it
    mark: str = ""
    wrong: list[str] = field(default_factory=list)  # must be mended before saving
    notes: list[str] = field(default_factory=list)  # only said
    alike: str = (
        ""  # somebody else has this name: the sentence that asks what tells them apart, as it stands in `wrong`
    )


def parse(text: str) -> list[Line]:
    """Every person's line. Columns are known by their head; without a head by what is in the cells."""
    rows, headed = _below_the_title(one_person_a_row(_rows(text)))
    columns: dict[str, int] | None = None
    lines: list[Line] = []
    for place, cells in rows:
        head = head_of(cells)
        if head:
            columns = head
        elif headed or len([cell for cell in cells if cell]) > 1 or _NAME.fullmatch(cells[0].replace(" ", "")):
            lines.append(_read(place, cells, columns))
    _tell_apart(lines)
    _titles_said(lines)
    return lines


def needed(text: str) -> str:
    """The text with only the columns that are read, and no ID number anywhere: what may go back onto the page. Lines
    keep their numbers."""
    rows, headed = _below_the_title(one_person_a_row(_rows(text)))
    kept, columns = dict[int, str](), list[int]()
    for place, cells in rows:
        head = head_of(cells)
        columns = sorted(head.values()) if head else columns
        chosen = [cells[at] if at < len(cells) else "" for at in columns] if headed else cells
        had_id = any(_ID.search(cell) for cell in cells)
        kept[place] = _ID.sub(LEFT_OUT, "\t".join(chosen)) + (f"\t{LEFT_OUT}" if had_id and headed else "")
    return "\n".join(kept.get(place, "") for place in range(1, max(kept, default=0) + 1))


def _rows(text: str) -> list[Row]:
    found = [(place, _cells(raw)) for place, raw in enumerate(text.splitlines(), 1) if raw.strip()]
    return [(place, cells) for place, cells in found if not _NO_PERSON.match(next(filter(None, cells), ""))]


def _below_the_title(rows: list[Row]) -> tuple[list[Row], bool]:
    """The rows from the first head on, and whether there is one: what stands above it is a title."""
    first = next((at for at, (_, cells) in enumerate(rows) if head_of(cells)), None)
    return (rows, False) if first is None else (rows[first:], True)


def _cells(raw: str) -> list[str]:
    parts = raw.split("\t") if "\t" in raw else re.split(r"[,，]|\s{2,}|　+", raw.strip())
    return [part.strip() for part in parts]


def _read(place: int, cells: list[str], columns: dict[str, int] | None) -> Line:
    line = Line(place)
    if any(_ID.search(cell) or LEFT_OUT in cell for cell in cells):
        line.notes.append("这一行有身份证号，系统不收，已经略去。")
    pick = {key: cells[at] if at < len(cells) else "" for key, at in (columns or _guess(cells)).items()}
    line.name = re.sub(r"\s", "", _ID.sub("", pick.get("name", "")))
    if not _NAME.fullmatch(line.name):
        line.wrong.append(f"“{line.name or '空的'}”不像姓名，请改好或删去这一行。")
    line.kind = _kind(pick.get("kind", ""), line)
    line.title = _title(pick["title"], line) if "title" in pick else None
    line.mark = _ID.sub("", pick.get("mark", ""))[:40]
    line.joined = _day(pick.get("joined", ""), line)
    line.full = _day(pick.get("full", ""), line)
    line.since = _day(pick.get("since", ""), line)
    return line


def _guess(cells: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        word = re.sub(r"\s", "", cell)
        if word in {"正式", "预备", "正式党员", "预备党员", "中共党员", "中共预备党员"}:
            found.setdefault("kind", place)
        elif word in Title.values:
            found.setdefault("title", place)
        elif _NAME.fullmatch(word) and "name" not in found:
            found["name"] = place
        elif re.match(r"\d{4}\D", cell) or re.fullmatch(r"\d{8}", cell):
            found.setdefault("joined", place)
    return found


def _kind(word: str, line: Line) -> str:
    word = re.sub(r"\s", "", word)
    if "预备" in word:
        return MemberKind.PROBATIONARY
    if word in {"正式", "正式党员", "中共党员", "党员"}:
        return MemberKind.FULL
    line.wrong.append(f"“{word or '空的'}”看不出是正式还是预备党员，请写明。")
    return ""


def _title(word: str, line: Line) -> str | None:
    word = re.sub(r"\s", "", word).removeprefix("党支部").removeprefix("支部")
    if not word or word in Title.values:
        return word
    if word in {"支委", "支委委员", "支部委员会委员"}:
        return Title.COMMITTEE
    line.notes.append(f"“{word}”不是支部里的职务，没有收。")
    return None


def _day(word: str, line: Line) -> date | None:
    if not word:
        return None
    if _SERIAL.fullmatch(word):
        day = _DAY_ZERO + timedelta(days=int(float(word)))
        line.notes.append(f"“{word}”是表格软件数日子的数，读作{say_full(day)}，请看对不对。")
        return day
    try:
        return read_day(word)
    except NoDay as error:
        line.notes.append(f"{error}日期先空着。")
        return None


def _tell_apart(lines: Iterable[Line]) -> None:
    """Two people of one name need something to tell them apart; two quite equal lines are one person written twice."""
    lines = list(lines)
    seen = Counter((line.name, line.mark) for line in lines)
    for line in lines:
        if line.name and seen[line.name, line.mark] > 1:
            many = seen[line.name, line.mark]
            line.alike = f"“{line.name}”有{many}行，同名的人请写上能分开的字，重复的请删去。"
            line.wrong.append(line.alike)


def _titles_said(lines: list[Line]) -> None:
    """A column 职务 without a single post of the branch is about people's jobs: then it says nothing of posts."""
    if not any(line.title for line in lines):
        for line in lines:
            line.title = None
