"""A reviewed .docx at odd places: links, fields, boxes, notes, cells, what was changed or remarked before, tabs and breaks."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from tests.layout.made import converted
from tests.text.holding import mended
from tests.text.makers import docx_of, p, zip_of
from tests.text.test_reviewed import body, rejected

from bihuan_text import read
from bihuan_text.checks import Finding, Mend, Severity
from bihuan_text.reviewed import reviewed

AT = datetime(2026, 3, 9, tzinfo=UTC)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BY = 'w:author="人" w:date="2026-01-01T00:00:00Z"'


def r(*inside: str, props: str = "") -> str:
    """A run; words without a mark are text."""
    texts = (each if each.startswith("<") else f'<w:t xml:space="preserve">{each}</w:t>' for each in inside)
    return f"<w:r>{f'<w:rPr>{props}</w:rPr>' if props else ''}{''.join(texts)}</w:r>"


def mark(kind: str) -> str:
    return r(f'<w:fldChar w:fldCharType="{kind}"/>')


FIELD = mark("begin") + r("<w:instrText> REF x </w:instrText>") + mark("separate") + r("甲错乙") + mark("end")
BOX = "<w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict>"
CELL = "<w:tc><w:tcPr><w:tcW w:w='2000' w:type='dxa'/></w:tcPr>{}</w:tc>"
TABLE = "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='2000'/></w:tblGrid><w:tr>{}</w:tr></w:tbl>"
# Every 错 becomes 对, and （ is put before every 甲.
CHANGED = {
    "a link": p("前", f'<w:hyperlink w:anchor="x">{r("甲错乙")}</w:hyperlink>', "后。"),
    "a cell": TABLE.format(CELL.format(p("甲错"))),
    "a deletion beside": p("前甲", f'<w:del w:id="902" {BY}>{r("<w:delText>旧</w:delText>")}</w:del>', "错乙后。"),
    "a remark there before": p("前", '<w:commentRangeStart w:id="0"/>', "甲错", '<w:commentRangeEnd w:id="0"/>',
                               r('<w:commentReference w:id="0"/>'), "后。"),
    "a tab": p("前", r("甲错", "<w:tab/>", "乙错"), "后。"),
    "a break": p("前", r("甲错", "<w:br/>", "乙错"), "后。"),
    "a page": p("前", r("甲错", '<w:br w:type="page"/>', "乙错"), "后。"),
    "where a page once ended": p("前", r("<w:lastRenderedPageBreak/>", "甲错乙"), "后。"),
    "a hyphen": p("前", r("甲错", "<w:noBreakHyphen/>", "错乙"), "后。"),
    "two texts of a run": p("前", r("甲错", "错乙"), "后。"),
    "two runs": p("前", r("甲错", props="<w:b/>"), r("错乙", props="<w:i/>"), "后。"),
    "a control": p(f'<w:sdt><w:sdtPr><w:tag w:val="x"/></w:sdtPr><w:sdtContent>{r("甲错乙")}</w:sdtContent></w:sdt>', "后。"),
    "a bookmark": p('<w:bookmarkStart w:id="7" w:name="x"/>', "甲错", '<w:bookmarkEnd w:id="7"/>', "乙。"),
}  # fmt: skip
# Here a tracked change would be lost or is not possible; the remark says what to write.
TOLD = {
    "a field": p("前。", FIELD, "后。"),
    "a field in a link": p("前。", f'<w:hyperlink w:anchor="x">{FIELD}</w:hyperlink>', "后。"),
    "a simple field": p("前。", f'<w:fldSimple w:instr=" REF x ">{r("甲错乙")}</w:fldSimple>', "后。"),
    "an insertion": p("前。", f'<w:ins w:id="901" {BY}>{r("错乙")}</w:ins>', "后。"),
    "a move": p("前。", f'<w:moveTo w:id="903" {BY}>{r("错乙")}</w:moveTo>', "后。"),
    "a formula": p("前。", "<m:oMath><m:r><m:t>错</m:t></m:r></m:oMath>", "后。"),
    "a box": p("锚。", r(BOX.format(p("框错乙。"))), "后。"),
    "a note": p("锚。", r('<w:footnoteReference w:id="2"/>'), "后。"),
}
NOTES = f'<w:footnote w:id="2">{p("注错。")}</w:footnote>'


KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{KIND}.document.main+xml"/>'
    f'<Override PartName="/word/footnotes.xml" ContentType="{KIND}.footnotes+xml"/></Types>'
)
LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="n" Target="footnotes.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"/></Relationships>'
)


def paper(inside: str) -> bytes:
    """A .docx that LibreOffice opens too."""
    bare = docx_of(p("首段。") + inside + p("末段。"), footnotes=NOTES)
    with zipfile.ZipFile(io.BytesIO(bare)) as archive:
        members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return zip_of(members | {"[Content_Types].xml": TYPES, "word/_rels/document.xml.rels": LINKS})


def found_in(text: str) -> list[Finding]:
    """A finding for each 错 and 甲, with a mend; and one without around whatever stands between marks."""
    pairs = [(m.start(), m.end(), Mend(m.start(), m.end(), "对" * len(m[0]))) for m in re.finditer("错+", text)]
    pairs += [(m.start(), m.end(), Mend(m.start(), m.start(), "（")) for m in re.finditer("甲", text)]
    wide = [(m.start(), m.end()) for m in re.finditer("[^。\n\t]+", text)]
    return [remark(text, start, end, mend) for start, end, mend in pairs] + [remark(text, *span) for span in wide]


def remark(text: str, start: int, end: int, *mends: Mend) -> Finding:
    return Finding("R42", Severity.WARN, start, end, text[start:end], "这里要改。", None, mends, "依据", None)


def after_review(inside: str) -> tuple[bytes, str, str, list[Finding]]:
    """A reviewed copy, the text before, the text with all changes accepted, the findings."""
    data = paper(inside)
    text = read(data, "a.docx").document.text
    found = found_in(text)
    copy = reviewed(data, read(data, "a.docx").document, found, AT)
    return copy, text, read(copy, "a.docx").document.text, found


@pytest.mark.parametrize("inside", CHANGED.values(), ids=CHANGED)
def test_text_in_the_line_is_mended_by_tracked_changes_wherever_it_stands(inside: str):
    copy, before, after, found = after_review(inside)
    assert after == mended(before, [mend for each in found for mend in each.mend])
    assert read(without_ours(copy), "a.docx").document.text == before


def without_ours(copy: bytes) -> bytes:
    """The copy with our changes rejected; what was tracked before stays in, by its marks."""
    tree = body(copy)
    for node in tree.findall(f".//{W}del"):
        if node.get(W + "author") == "人":
            node.getparent().remove(node)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(copy)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            new.writestr(info, etree.tostring(tree) if info.filename == "word/document.xml" else old.read(info))
    return rejected(out.getvalue())


@pytest.mark.parametrize("inside", TOLD.values(), ids=TOLD)
def test_elsewhere_the_remark_says_what_to_write_and_the_text_stays(inside: str):
    copy, before, after, _ = after_review(inside)
    assert after.replace("（", "") == before
    told = [line for line in lines_of(copy) if line.startswith("应写作")]
    assert any("对" in line for line in told)
    assert not any("错" in line for line in told)


@pytest.mark.parametrize(("inside", "quoted"), [(TOLD["a box"], "“框错乙”："), (TOLD["a note"], "“注错”：")])
def test_a_remark_on_a_box_or_a_note_hangs_on_its_mark_and_quotes_the_words(inside: str, quoted: str):
    copy, *_ = after_review(inside)
    numbers = [node.get(W + "id") for node in body(copy, "word/comments.xml") if quoted in "".join(node.itertext())]
    assert numbers
    hung = around(copy, numbers[0])
    assert [node.tag for run in hung for node in run.iter(W + "pict", W + "footnoteReference")]


def test_a_remark_never_begins_or_ends_inside_a_field():
    copy, *_ = after_review(TOLD["a field"])
    tree, open_ = body(copy), 0
    for node in tree.iter(W + "fldChar", W + "commentRangeStart", W + "commentRangeEnd", W + "commentReference"):
        kind = node.get(W + "fldCharType")
        open_ += {"begin": 1, "end": -1}.get(kind, 0)
        assert kind is not None or not open_


def test_a_remark_on_a_number_that_word_makes_stands_at_its_paragraph():
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        '</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>'
    )
    data = docx_of(
        p("首段。") + p("条目", props='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'), numbering=numbering
    )
    document = read(data, "a.docx").document
    assert document.text == "首段。\n1.条目"
    copy = reviewed(data, document, [remark(document.text, 4, 6, Mend(4, 6, "2."))], AT)
    assert "".join("".join(run.itertext()) for run in around(copy, "0")) == "条目"
    assert lines_of(copy)[:2] == ["“1.”：这里要改。", "应写作“2.条目”。"]


def around(copy: bytes, number: str) -> list[Any]:
    """The nodes between the marks of a remark."""
    start = next(node for node in body(copy).iter(W + "commentRangeStart") if node.get(W + "id") == number)
    held: list[Any] = []
    for node in start.itersiblings():
        if node.tag == W + "commentRangeEnd" and node.get(W + "id") == number:
            break
        held.append(node)
    return held


def lines_of(copy: bytes) -> list[str]:
    """The lines of all remarks."""
    return ["".join(line.itertext()) for line in body(copy, "word/comments.xml").iter(W + "p")]


def test_a_word_at_the_end_of_a_line_is_put_in():
    data = paper(p("又一行"))
    document = read(data, "a.docx").document
    at = document.text.index("又一行") + 3
    copy = reviewed(data, document, [remark(document.text, at - 1, at, Mend(at, at, "。"))], AT)
    assert "又一行。\n末段" in read(copy, "a.docx").document.text
    assert read(rejected(copy), "a.docx").document.text == document.text


def test_ten_thousand_fields_inside_one_another_cost_what_they_are_many():
    deep = mark("begin") * 10_000 + mark("end") * 10_000
    copy, before, *_ = after_review(p("错前", deep, "错"))
    assert before == "首段。\n错前错\n末段。"
    assert "对前对" in read(copy, "a.docx").document.text


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_keeps_every_change_at_its_odd_place(tmp_path: Path):
    whole = "".join(CHANGED[name] for name in CHANGED if name != "a remark there before")
    copy, before, after, _ = after_review(whole)
    again = converted(tmp_path, "a.docx", copy, "docx")
    assert read(again, "a.docx").document.text == after
    assert read(without_ours(again), "a.docx").document.text == before
