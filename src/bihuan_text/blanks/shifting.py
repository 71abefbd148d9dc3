"""Making room in a worksheet: rows are inserted, and everything that names a row below them follows."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING

from .cells import area_of, drop, name_of, ns, place_of

if TYPE_CHECKING:
    from bihuan_text.readers.xml import Node

_MERGES = "mergeCell"
_AREAS = {"mergeCell": "ref", "conditionalFormatting": "sqref", "dataValidation": "sqref", "hyperlink": "ref",
          "dimension": "ref", "autoFilter": "ref", "selection": "sqref", "ignoredError": "sqref"}  # fmt: skip
# A string, the name of another sheet before a cell, or a cell; names of functions end in a bracket.
_TOKEN = re.compile(
    r"(?P<string>\"(?:[^\"]|\"\")*\")"
    r"|(?:(?P<sheet>'(?:[^']|'')+'|[\w.\u4e00-\u9fff]+)!)?"
    r"(?P<ref>\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6}(?::\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6})?)(?![\w(!])"
    r"|[\w.\u4e00-\u9fff]+"
)
_RELATIVE = re.compile(r"(\$?[A-Z]{1,3}\$?)([1-9][0-9]{0,6})")


def insert_rows(sheet: Node, below: int, count: int) -> None:
    """Move everything below a row down by ``count`` and fill the room with copies of that row (its looks, no values)."""
    space = ns(sheet)
    data = sheet.find(space + "sheetData")
    rows = [] if data is None else data.findall(space + "row")
    for row in rows:
        if int(row.get("r") or 0) > below:
            _renumber(row, int(row.get("r") or 0) + count)
    model = next((row for row in rows if int(row.get("r") or 0) == below), None)
    if model is not None:
        for number in range(count, 0, -1):
            model.addnext(_copy(model, below + number))
    _shift_areas(sheet, below, count)
    _repeat_merges(sheet, below, count)
    for breaks in sheet.iter(space + "brk"):
        if int(breaks.get("id") or 0) >= below and _is(breaks.getparent(), "rowBreaks"):
            breaks.set("id", str(int(breaks.get("id") or 0) + count))


def _is(node: Node | None, name: str) -> bool:
    return node is not None and str(node.tag).endswith("}" + name)


def _renumber(row: Node, number: int) -> None:
    row.set("r", str(number))
    for cell in row:
        if cell.get("r"):
            cell.set("r", name_of(number, place_of(cell.get("r") or "")[1]))


def _copy(model: Node, number: int) -> Node:
    row = deepcopy(model)
    row.tail = None
    _renumber(row, number)
    for cell in row:
        drop(cell, "t")
        for child in list(cell):
            cell.remove(child)
    return row


def _shift_areas(sheet: Node, below: int, count: int) -> None:
    for node in sheet.iter():
        attribute = _AREAS.get(str(node.tag).rpartition("}")[2])
        if attribute and (said := node.get(attribute)):
            node.set(attribute, " ".join(_shifted(each, below, count) for each in said.split()))


def _shifted(area: str, below: int, count: int) -> str:
    """An area after the insertion: what reaches over the place grows, what lies below moves."""
    return _RELATIVE.sub(lambda m: m.group(1) + str(int(m.group(2)) + (count if int(m.group(2)) > below else 0)), area)


def _repeat_merges(sheet: Node, below: int, count: int) -> None:
    """Cells merged sideways in the copied row are merged in its copies; those that begin above it reach down with them."""
    for node in list(sheet.iter(ns(sheet) + _MERGES)):
        top, left, bottom, right = area_of(node.get("ref") or "")
        if top == bottom == below:
            for number in range(count, 0, -1):
                new = deepcopy(node)
                new.set("ref", f"{name_of(below + number, left)}:{name_of(below + number, right)}")
                node.addnext(new)
        elif top < below == bottom:
            node.set("ref", f"{name_of(top, left)}:{name_of(bottom + count, right)}")
    merges = sheet.find(ns(sheet) + "mergeCells")
    if merges is not None and merges.get("count"):
        merges.set("count", str(len(merges)))


def shifted_formula(formula: str, home: str, sheet: str, below: int, count: int) -> str:
    """A formula that stands in ``home`` after rows were inserted below a row of ``sheet``."""

    def follow(match: re.Match[str]) -> str:
        ref, named = match.group("ref"), match.group("sheet")
        target = named.strip("'").replace("''", "'") if named else home
        if not ref or target != sheet:
            return match.group()
        # A sum over the list ends at its last row: it reaches over the rows that were added to it.
        prefix = f"{named}!" if named else ""
        return prefix + _grown(ref, below, count)

    return _TOKEN.sub(follow, formula)


def _grown(ref: str, below: int, count: int) -> str:
    first, colon, last = ref.partition(":")
    if colon and place_of(first)[0] <= below == place_of(last)[0] and place_of(first)[0] < below:
        return f"{first}:{_RELATIVE.sub(lambda m: m.group(1) + str(below + count), last)}"
    return _shifted(ref, below, count)


def follow_chain(chain: Node, sheet_id: str, below: int, count: int) -> None:
    """The order of working out names each formula's cell; an entry without a sheet belongs to that of the one before."""
    current = ""
    for entry in chain:
        current = entry.get("i") or current
        row, column = place_of(entry.get("r") or "")
        if current == sheet_id and row > below:
            entry.set("r", name_of(row + count, column))


def follow_drawing(drawing: Node, below: int, count: int) -> None:
    """Pictures and boxes below the place move down with their cells (rows are counted from 0 here)."""
    for node in drawing.iter(ns(drawing) + "row"):
        if (node.text or "").isdecimal() and int(node.text or 0) >= below:
            node.text = str(int(node.text or 0) + count)


def cannot_grow(sheet: Node) -> bool:
    """Whether something on a sheet would break when rows are put in: formulas kept once for many cells, named tables."""
    space = ns(sheet)
    many = any(f.get("t") in ("shared", "array", "dataTable") for f in sheet.iter(space + "f"))
    return many or sheet.find(space + "tableParts") is not None
