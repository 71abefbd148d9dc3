"""Whatever stands in the parts of a .docx, measuring says something or nothing and never raises; it is never slow."""

from __future__ import annotations

import io
import re
import time
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan_text import read_document
from bihuan_text.gbt9704 import to_docx
from bihuan_text.layout import deviations, measured, mended
from bihuan_text.refusal import Unreadable
from tests.gbt9704.sample import report

from .made import GOOD, body, by_wps, packed, section, text_of
from .test_measuring import LONG

_VALUE = re.compile(r'(?<=")[^"<>]{0,40}(?=")')
_ODD = st.sampled_from(
    ["", "-1", "99999999999", "auto", "12.7mm", "1e9", "nan", "x", "0", "２", "-99999999", "eastAsia"]
)
_SAMPLES = [by_wps(), to_docx(report())]


@st.composite
def spoiled(draw: st.DrawFn) -> bytes:
    """A package some of whose attributes and elements were changed at random."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(draw(st.sampled_from(_SAMPLES)))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name.startswith("word/") and draw(st.booleans()):
                text = draw(_changed(text))
            if not (name.startswith("word/") and name != "word/document.xml" and draw(st.integers(0, 9)) == 0):
                new.writestr(name, text)
    return out.getvalue()


def _changed(text: str) -> st.SearchStrategy[str]:
    places = list(_VALUE.finditer(text))

    def change(picked: list[tuple[int, str]]) -> str:
        changed = text
        for place, value in sorted(picked, reverse=True):
            match = places[place % len(places)]
            if not match[0].startswith("http"):
                changed = changed[: match.start()] + value + changed[match.end() :]
        return changed

    picks = st.tuples(st.integers(0, max(0, len(places) - 1)), _ODD)
    return st.lists(picks, min_size=1, max_size=8, unique_by=lambda p: p[0]).map(change) if places else st.just(text)


@settings(deadline=None, max_examples=150)
@given(spoiled())
def test_a_spoiled_package_is_measured_or_passed_over(data: bytes) -> None:
    try:
        document = read_document(data, "")
    except Unreadable:
        return
    layout = measured(data, document, document.text.split("\n")[0])
    for each in deviations(layout) if layout else ():
        assert each.message.endswith("。")
        assert each.span is None or 0 <= each.span.start < each.span.end <= len(document.text)
    try:
        better = mended(data)
    except Unreadable:
        return
    assert text_of(better) == document.text


def test_a_paper_of_many_paragraphs_is_measured_soon() -> None:
    data = packed("".join(GOOD) + body(LONG, face="宋体") * 15_000 + section())
    document = read_document(data, "")
    before = time.perf_counter()
    layout = measured(data, document, None)
    assert layout is not None
    (only,) = deviations(layout)
    assert time.perf_counter() - before < 15
    assert "15000段" in only.message


def test_an_attribute_of_a_million_characters_and_deep_nesting_are_survived() -> None:
    deep = "<w:sdt><w:sdtContent>" * 40 + body(LONG, face="宋体") + "</w:sdtContent></w:sdt>" * 40
    data = packed("".join(GOOD) + deep + body(LONG, face="仿" * 100_000) + section())
    layout = measured(data, read_document(data, ""), None)
    assert layout is not None
    assert len(deviations(layout)) >= 1
