"""What a blank can be pointed at, how a choice is written down, and which one its neighbours speak for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bihuan.report.facts import FACTS
from bihuan.report.lists import LISTS
from bihuan.report.templating.lists import HEAD_LABELS, NUMBER, ROW_LISTS
from bihuan_text.blanks import Blank

PEN = "pen"
PEN_WORDS = "空着，打印以后手写"
_CLAUSE = re.compile("[，。；、,;（）()【】：:]")
Groups = list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True)
class Choice:
    """kind: "fact", "prose", "row" or "pen"; name: the fact, the list; column: of the list."""

    kind: str
    name: str = ""
    column: str = ""

    @property
    def what(self) -> str:
        """As it is kept."""
        rest = f"{self.name}.{self.column}" if self.column else self.name
        return f"{self.kind}:{rest}" if rest else self.kind

    @property
    def words(self) -> str:
        """As the page says it."""
        if self.kind == "row":
            return f"{ROW_LISTS[self.name].label}，逐行填“{self.column}”"
        if self.kind == "prose":
            return f"{LISTS[self.name].label}，写在这一处"
        if self.kind == "fact":
            return HEAD_LABELS.get(self.name) or FACTS[self.name].label
        return PEN_WORDS


def read_choice(what: str) -> Choice | None:
    """The choice behind what was kept or sent; None for what does not exist (any more)."""
    kind, _, rest = what.partition(":")
    name, _, column = rest.partition(".")
    found = Choice(kind, name, column)
    known = {
        "pen": not rest,
        "fact": not column and (name in FACTS or name in HEAD_LABELS),
        "prose": not column and name in LISTS,
        "row": name in ROW_LISTS and column in ROW_LISTS[name].columns,
    }
    return found if known.get(kind) else None


def groups(blank: Blank) -> Groups:
    """Everything this blank can be pointed at: columns of lists only where a row can be repeated."""
    facts: dict[str, list[tuple[str, str]]] = {"表头": [(f"fact:{code}", label) for code, label in HEAD_LABELS.items()]}
    for code, fact in FACTS.items():
        facts.setdefault(fact.group, []).append((f"fact:{code}", fact.label))
    rows = [
        (f"{each.label}，逐行填", [(f"row:{each.code}.{column}", f"{each.label}：{column}") for column in each.columns])
        for each in ROW_LISTS.values()
    ]
    prose = ("整份清单，写在这一处", [(f"prose:{code}", each.label) for code, each in LISTS.items()])
    return [("不由记录填", [(PEN, PEN_WORDS)]), *(rows if blank.line else []), *facts.items(), prose]


def likely(blank: Blank, beside: str = "") -> str:
    """The choice that the words around a blank speak for, "" when none does; beside: the list its line already shows."""
    head, row = _bare(blank.column), _bare(blank.row)
    if blank.line and beside in ROW_LISTS:
        found = next((column for column in ROW_LISTS[beside].columns if head and _alike(column, head)), "")
        return f"row:{beside}.{found}" if found else ""
    around = (_bare(_CLAUSE.split(blank.before.rstrip("：: （(【"))[-1])[-10:], row, head)
    scored = [(len(name), what) for what, name in _names() for words in around if words and name in words]
    return max(scored, default=(0, ""))[1]


def _names() -> Iterator[tuple[str, str]]:
    for code, fact in FACTS.items():
        yield f"fact:{code}", _bare(code)
        yield f"fact:{code}", _bare(fact.label)
    yield from {"fact:本组织全称": "填报单位", "fact:填表日期": "填报日期", "fact:上级党组织": "上级党组织"}.items()


def _alike(column: str, head: str) -> bool:
    return head in (column, f"整改{column}", f"存在的{column}", f"主要{column}") or (
        column != NUMBER and column in head
    )


def _bare(words: str) -> str:
    return "".join(char for char in words if char.isalnum())
