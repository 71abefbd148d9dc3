"""Writing answers into a .docx: into cells and controls, facts as content controls of their own."""

from __future__ import annotations

from copy import deepcopy
from itertools import count
from typing import TYPE_CHECKING, Final

from lxml import etree

from bihuan_text.readers.xml import W

from .fields import FormField, look_in_field, open_fields, put_in_field
from .letters import look_of, run_saying, runs_of, without_tracks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bihuan_text.readers.xml import Node

    from .model import Said

LONGEST_ALIAS: Final = 60
LARGEST_ID: Final = 2**31 - 1
# Controls whose content is no text.
_OTHER_KINDS = ("checkbox", "picture", "docPartObj", "docPartList", "group", "repeatingSection", "repeatingSectionItem")


def is_fillable(control: Node) -> bool:
    """Whether words can be written into this control."""
    properties = control.find(W + "sdtPr")
    kinds = () if properties is None else tuple(str(child.tag).rpartition("}")[2] for child in properties)
    content = control.find(W + "sdtContent")
    # A control around several cells or rows is a piece of a table and no blank.
    whole = content is not None and content.find(W + "tr") is None and len(content.findall(W + "tc")) < 2
    return whole and not any(kind in _OTHER_KINDS for kind in kinds)


def placeholder(control: Node) -> tuple[str, str]:
    """Its name for people and the words it shows while it is empty."""
    properties, content = control.find(W + "sdtPr"), control.find(W + "sdtContent")
    name = ""
    for tag in ("alias", "tag"):
        node = None if properties is None else properties.find(W + tag)
        name = name or ("" if node is None else node.get(W + "val") or "")
    asks = "" if content is None else "".join(t.text or "" for t in content.iter(W + "t"))
    return name[:LONGEST_ALIAS], asks.strip()[:LONGEST_ALIAS]


class Writer:
    """Writes into the parts of one document; knows which keys its controls have taken."""

    def __init__(self, roots: Iterable[Node]) -> None:
        taken = [node.get(W + "val") or "" for root in roots for node in root.iter(W + "id")]
        largest = max((int(each) for each in taken if each.isdecimal() and len(each) < 11), default=0)
        self._ids = count(largest + 1 if largest < LARGEST_ID - 100_000 else 1)

    def worded(self, run: Node, said: Said, inside: Node | None) -> Node:
        """The run, inside a control when it says a fact; a control for plain text must not hold another."""
        if not said.ref or (inside is not None and _in_plain_control(inside)):
            return run
        control = etree.Element(W + "sdt")
        properties = etree.SubElement(control, W + "sdtPr")
        for name, value in (
            ("alias", said.label or said.ref),
            ("tag", f"fact:{said.ref}"),
            ("id", str(next(self._ids))),
        ):
            etree.SubElement(properties, W + name).set(W + "val", value[:LONGEST_ALIAS])
        text = etree.SubElement(properties, W + "text")
        if "\n" in said.text:
            text.set(W + "multiLine", "1")
        etree.SubElement(control, W + "sdtContent").append(run)
        return control

    def cell(self, paragraph: Node | None, said: Said) -> None:
        """Write into an empty cell as typing would: in the look of its paragraph mark."""
        if paragraph is None:
            return
        if fields := open_fields(paragraph):
            self.field(fields[0], said)
            return
        first, *others = [said.text] if said.ref else said.text.split("\n")
        look = _typing_look(paragraph)
        for line in reversed(others):
            paragraph.addnext(_like(paragraph, run_saying(line, deepcopy(look))))
        paragraph.append(self.worded(run_saying(first, look), said, paragraph))

    def field(self, held: FormField, said: Said) -> None:
        """Write into a form field of the old kind, which holds words only and no control."""
        put_in_field(held, run_saying(said.text, look_in_field(held)))

    def control(self, control: Node, said: Said) -> None:
        """Write into a control: its placeholder goes, its look stays, and no stored value may write over it."""
        properties, content = control.find(W + "sdtPr"), control.find(W + "sdtContent")
        if properties is None or content is None:
            return
        look = without_tracks(properties.find(W + "rPr"))
        look = _shown_look(content) if look is None else look
        for name in ("showingPlcHdr", "dataBinding"):
            for node in [each for each in properties if str(each.tag).endswith("}" + name)]:
                properties.remove(node)
        new = run_saying(said.text, look)
        paragraphs = list(content.iter(W + "p"))
        if not paragraphs:
            content[:] = [new]
            return
        for run in list(runs_of(paragraphs[0])):
            if (parent := run.getparent()) is not None:
                parent.remove(run)
        paragraphs[0].append(new)
        for extra in paragraphs[1:]:
            if (parent := extra.getparent()) is not None:
                parent.remove(extra)


def _in_plain_control(node: Node) -> bool:
    return any(above.find(f"{W}sdtPr/{W}text") is not None for above in node.iterancestors(W + "sdt"))


def _typing_look(paragraph: Node) -> Node | None:
    run = next(runs_of(paragraph), None)
    return look_of(run) if run is not None else without_tracks(paragraph.find(f"{W}pPr/{W}rPr"))


def _shown_look(content: Node) -> Node | None:
    """The look of the placeholder without the style that makes it grey."""
    run = next(iter(content.iter(W + "r")), None)
    look = look_of(run)
    for node in [] if look is None else look.findall(W + "rStyle") + look.findall(W + "color"):
        if look is not None:
            look.remove(node)
    return look


def _like(paragraph: Node, run: Node) -> Node:
    """A paragraph of the same form around a run."""
    new = etree.Element(W + "p")
    if (form := paragraph.find(W + "pPr")) is not None:
        copied = deepcopy(form)
        for name in ("sectPr", "pPrChange"):
            for node in copied.findall(W + name):
                copied.remove(node)
        new.append(copied)
    new.append(run)
    return new
