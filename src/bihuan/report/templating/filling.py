"""From a form, what its blanks were pointed at, and the records: what is written where, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bihuan.report.facts import FactValue, Records, collect
from bihuan.report.lists import LISTS
from bihuan.report.templating.choices import Choice
from bihuan.report.templating.lists import MAY_BE_EMPTY, ROW_LISTS, RowList, head
from bihuan_text.blanks import Blank, Rows, Said, Template


@dataclass(frozen=True)
class Lack:
    """A blank that stays empty, what the records would have to say, and the page where it is entered ("" for none)."""

    blank: Blank
    question: str
    where: str


@dataclass
class Filling:
    """Everything for `bihuan_text.blanks.fill`, what each blank reads, and what is missing."""

    values: dict[str, Said] = field(default_factory=dict)
    rows: list[Rows] = field(default_factory=list)
    reads: dict[str, str] = field(default_factory=dict)  # address → what it says now, in a few words
    lacking: list[Lack] = field(default_factory=list)


def filling_of(template: Template, choices: Mapping[str, Choice], records: Records) -> Filling:
    """What the records put into the blanks; choices: address → choice. Blanks without one are passed over."""
    filling = Filling()
    facts = {**collect(records.cycle, records.day, records), **head(records)}
    blanks = {blank.address: blank for blank in template.blanks}
    for address, blank in blanks.items():
        choice = choices.get(address)
        if choice is None:
            continue
        if choice.kind == "fact":
            _fact(filling, blank, facts[choice.name])
        elif choice.kind == "prose":
            _prose(filling, blank, choice.name, records)
    _lists(filling, template, choices, records)
    return filling


def _fact(filling: Filling, blank: Blank, value: FactValue) -> None:
    if value.missing:
        filling.lacking.append(Lack(blank, value.question, value.where))
        return
    filling.values[blank.address] = Said(value.value, value.code, value.label)
    filling.reads[blank.address] = value.value


def _prose(filling: Filling, blank: Blank, code: str, records: Records) -> None:
    lines = [line.text for line in LISTS[code].lines(records)]
    if not lines:
        filling.lacking.append(Lack(blank, LISTS[code].question, LISTS[code].where()))
        return
    filling.values[blank.address] = Said("\n".join(lines))
    filling.reads[blank.address] = "；".join(lines)


def _lists(filling: Filling, template: Template, choices: Mapping[str, Choice], records: Records) -> None:
    blanks = {blank.address: blank for blank in template.blanks}
    read: dict[str, list[dict[str, str]]] = {}
    for line in template.lines:
        columns = {a: choices[a] for a in line.addresses if a in choices and choices[a].kind == "row"}
        if not columns:
            continue
        name = next(iter(columns.values())).name
        listed = ROW_LISTS[name]
        rows = read[name] if name in read else read.setdefault(name, listed.rows(records))
        columns = {address: choice for address, choice in columns.items() if choice.name == name}
        if not rows:
            filling.lacking.append(Lack(blanks[next(iter(columns))], listed.question, listed.where()))
            continue
        filling.rows.append(Rows(line.key, [{a: Said(row[c.column]) for a, c in columns.items()} for row in rows]))
        for address, choice in columns.items():
            _column(filling, blanks[address], listed, choice.column, rows)


def _column(filling: Filling, blank: Blank, listed: RowList, column: str, rows: list[dict[str, str]]) -> None:
    """What a column reads, and whether some of its rows have nothing to say."""
    empty = sum(not row[column] for row in rows)
    filling.reads[blank.address] = f"{len(rows)}行，第1行：{rows[0][column] or '空'}"
    if empty and column not in MAY_BE_EMPTY:
        filling.lacking.append(Lack(blank, f"{listed.label}有{empty}行没有“{column}”", listed.where()))
