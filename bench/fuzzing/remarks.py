"""What must hold of findings wherever they are shown: at a terminal, on a page, in the paper itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from itertools import pairwise

from lxml import html
from tests.text.holding import finding_holds, mended
from tests.text.makers import docx_of, p

from bihuan_text import check, read_document
from bihuan_text.checks import Finding, Mend
from bihuan_text.document import Document
from bihuan_text.marked import marked_lines
from bihuan_text.page import Checked, page
from bihuan_text.reviewed import reviewed

AT = datetime(2026, 3, 5, tzinfo=UTC)
_UNSHOWN = re.compile("[^\n\t\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what no XML may hold


def findings_hold(document: Document, found: Sequence[Finding]) -> bool:
    """Each finding quotes what stands at its place; its mends change something there and do not run into each other."""
    return all(finding_holds(document, each) and _mends_hold(document.text, each) for each in found)


def _mends_hold(text: str, finding: Finding) -> bool:
    apart = all(before.end <= after.start for before, after in pairwise(finding.mend))
    return apart and (not finding.mend or mended(text, finding.mend) != text)


def shown(document: Document, found: Sequence[Finding]) -> bool:
    """Whether the terminal gets whole lines with every message, and the page is well formed and holds every finding."""
    lines = list(marked_lines(document, found))
    told = all(any(each.message in line for line in lines) for each in found) and not any(
        "\n" in line for line in lines
    )
    tree = html.fromstring(page([Checked("甲", "其他", document.text, found)], []))
    listed = [node for node in tree.iter("li") if (node.get("id") or "").startswith("f")]
    places = {node.get("href") for node in tree.iter("a")} - {None}
    ids = {node.get("id") for node in tree.iter() if isinstance(node.tag, str)}
    return told and len(listed) == len(found) and all(place[1:] in ids for place in places)


def review_holds(text: str) -> bool:
    """A .docx of these lines, reviewed: read again with its changes accepted it is the same text, mended where we say."""
    lines = [_UNSHOWN.sub("", line) for line in text.split("\n")]
    data = docx_of("".join(p(escape(line)) if line.strip() else "<w:p/>" for line in lines) + p("完。"))
    document = read_document(data, "甲.docx")
    found = check(document)
    again = read_document(reviewed(data, document, found, AT), "甲.docx")
    return again.text == mended(document.text, _taken(document.text, found))


def _taken(text: str, found: Sequence[Finding]) -> list[Mend]:
    """The mends that a tracked change is made of: inside a line, one word for another, the first where several meet."""
    taken: list[Mend] = []
    for finding in found:
        free = all(m.end < t.start or t.end < m.start for m in finding.mend for t in taken)
        if free and all(_is_plain(text, mend) for mend in finding.mend):
            taken += finding.mend
    return taken


def _is_plain(text: str, mend: Mend) -> bool:
    touched = text[mend.start : max(mend.end, mend.start + 1)]
    return bool(touched) and not set("\n\t") & {*mend.text, *touched}
