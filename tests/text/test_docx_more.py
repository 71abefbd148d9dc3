"""The rarer things a Word file holds: what is on paper is read once, what is not on paper is not read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.text.makers import W, docx_of, p, zip_of

from bihuan_text import Unreadable, read_document
from bihuan_text.document import Document, Origin

NUMBERED = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>'
)
IN_LIST = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
DELETED = '<w:rPr><w:del w:id="3"/></w:rPr>'


def run(*inside: str, props: str = "") -> str:
    return f"<w:r>{f'<w:rPr>{props}</w:rPr>' if props else ''}{''.join(inside)}</w:r>"


def words(text: str) -> str:
    return f"<w:t>{text}</w:t>"


def gone(text: str) -> str:
    return f'<w:del w:id="1"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def text_of(body: str, **parts: str) -> str:
    return read_document(docx_of(body, **parts), "材料.docx").text


def test_a_deleted_paragraph_takes_no_number():
    body = p("甲", props=IN_LIST) + p(gone("乙"), props=IN_LIST + DELETED) + p("丙", props=IN_LIST)
    assert text_of(body, numbering=NUMBERED) == "1.甲\n2.丙"


def test_the_surviving_end_of_a_joined_line_says_its_number():
    body = p("上半", props=DELETED) + p("下半", props=IN_LIST) + p("另条", props=IN_LIST)
    assert text_of(body, numbering=NUMBERED) == "1.上半下半\n2.另条"


def test_a_deleted_end_before_a_table_or_the_end_of_a_cell_keeps_the_words_and_makes_no_empty_line():
    table = f"<w:tbl><w:tr><w:tc>{p('格', props=DELETED)}</w:tc><w:tc>{p('右')}</w:tc></w:tr></w:tbl>"
    assert text_of(p("前", props=DELETED) + table + p("后") + p(gone("尾"), props=DELETED)) == "前\n格\t右\n后"


def test_a_moved_paragraph_stands_once_at_its_new_place():
    left = f'<w:p><w:pPr><w:rPr><w:moveFrom w:id="1"/></w:rPr></w:pPr><w:moveFrom>{run(words("搬"))}</w:moveFrom></w:p>'
    came = f"<w:p><w:moveTo>{run(words('搬'))}</w:moveTo></w:p>"
    assert text_of(left + p("中") + came) == "中\n搬"


def test_deleted_cells_and_rows_are_out_and_inserted_ones_in():
    def cell(text: str, mark: str = "") -> str:
        return f"<w:tc><w:tcPr>{mark}</w:tcPr>{p(text)}</w:tc>"

    first = cell("甲") + cell("删", '<w:cellDel w:id="1"/>') + cell("增", '<w:cellIns w:id="2"/>')
    rows = f"<w:tr>{first}</w:tr><w:tr><w:trPr><w:del w:id='4'/></w:trPr>{cell('行')}</w:tr>"
    assert text_of(f"<w:tbl>{rows}</w:tbl>") == "甲\t增"


def test_a_run_in_heading_and_its_text_are_one_line():
    hidden = "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"
    body = p("标题。", props=IN_LIST + hidden) + p("正文") + p("下条", props=IN_LIST)
    assert text_of(body, numbering=NUMBERED) == "1.标题。正文\n2.下条"


def test_a_hidden_paragraph_counts_on_in_its_list_and_a_deleted_one_does_not():
    unseen, gone_too = "<w:rPr><w:vanish/></w:rPr>", "<w:rPr><w:del w:id='3'/><w:vanish/></w:rPr>"
    passed = p(props=IN_LIST + unseen) * 2 + p(props=IN_LIST + gone_too)
    body = p("甲", props=IN_LIST) + passed + p("乙", props=IN_LIST)
    assert text_of(body, numbering=NUMBERED) == "1.甲\n4.乙"


def test_a_hidden_paragraph_at_the_end_of_a_cell_counts_too():
    hidden = p(props=IN_LIST + "<w:rPr><w:vanish/></w:rPr>")
    body = f"<w:tbl><w:tr><w:tc>{p('格')}{hidden}</w:tc></w:tr></w:tbl>" + p("乙", props=IN_LIST)
    assert text_of(body, numbering=NUMBERED) == "格\n2.乙"


def test_signs_are_told_by_the_typeface_of_their_run():
    def sign(face: str, code: int) -> str:
        return run(words(f"前{chr(code)}后"), props=f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}"/>')

    said = [sign("Wingdings", 0xF081), sign("Wingdings", 0xF0E0), sign("Symbol", 0xF0B3), sign("Wingdings 2", 0xF0A3)]
    assert text_of(p(*said)) == "前①后前→后前≥后前□后"
    assert text_of(p(sign("某造字体", 0xF081))) == "前\uf081后"


def test_a_sign_put_in_by_its_code_is_told_by_its_typeface():
    signs = [("Symbol", "F0A8", "♦"), ("Wingdings", "F0A8", "□"), ("Symbol", "B3", "≥"), ("Symbol", "F06C", "λ")]
    body = "".join(p(run(f'<w:sym w:font="{face}" w:char="{code}"/>')) for face, code, _ in signs)
    assert text_of(body) == "\n".join(said for *_, said in signs)


def test_a_wholly_hidden_paragraph_leaves_no_line():
    hidden = p(run(words("藏"), props="<w:vanish/>"), props="<w:rPr><w:vanish/></w:rPr>")
    assert text_of(p("上") + hidden + p("下")) == "上\n下"


def test_text_hidden_by_a_style_is_out_unless_the_run_shows_it():
    styles = (
        '<w:style w:type="character" w:styleId="A"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="P"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = p("见", run(words("藏"), props='<w:rStyle w:val="B"/>'), "了")
    shown = run(words("显"), props='<w:vanish w:val="0"/>')
    body += p("不见", shown, props='<w:pStyle w:val="P"/>')
    assert text_of(body, styles=styles) == "见了\n显"


def test_symbols_hyphens_and_breaks():
    ticked = '<w:sym w:font="Wingdings" w:char="F0FE"/>'
    body = p(
        run(
            ticked,
            words("同意"),
            "<w:softHyphen/>",
            words("党"),
            "<w:noBreakHyphen/>",
            words("群"),
            "<w:cr/>",
            words("下"),
        )
    )
    assert text_of(body) == "☑同意党-群\n下"


def test_a_page_break_inside_a_paragraph_ends_the_line_only_between_words():
    page = '<w:br w:type="page"/>'
    assert text_of(p(run(page, words("上"), page, words("下"), page)) + p("另")) == "上\n下\n另"


def test_ruby_gives_the_base_and_not_the_reading():
    ruby = f"<w:ruby><w:rt>{run(words('hui'))}</w:rt><w:rubyBase>{run(words('会'))}</w:rubyBase></w:ruby>"
    document = read_document(docx_of(p("开", run(ruby), "了")), "注音.docx")
    assert document.text == "开会了"
    assert [x.run for x in document.pieces] == [0, 3, 4]


def test_an_emoji_stands_in_its_fallback():
    either = (
        '<mc:AlternateContent><mc:Choice Requires="w16se"><w:x/></mc:Choice>'
        f"<mc:Fallback>{words('☆')}</mc:Fallback></mc:AlternateContent>"
    )
    assert text_of(p("好", run(either))) == "好☆"


def test_a_title_drawn_as_wordart_and_boxes_in_boxes_stand_once_after_the_body():
    inner = f"<w:pict><v:textbox><w:txbxContent>{p('里框')}</w:txbxContent></v:textbox></w:pict>"
    outer = f"<w:pict><v:textbox><w:txbxContent>{p('外框', run(inner))}</w:txbxContent></v:textbox></w:pict>"
    art = '<w:pict><v:shape><v:textpath string="某镇委员会文件"/></v:shape></w:pict>'
    document = read_document(docx_of(p(run(art), "正文", run(outer)) + p("末段")), "框.docx")
    assert document.text == "正文\n末段\n某镇委员会文件\n外框\n里框"
    assert [x.origin for x in document.pieces][2:] == [Origin.BOX] * 3


def test_a_table_in_a_cell_is_read_where_it_stands():
    inner = f"<w:tbl><w:tr><w:tc>{p('甲')}</w:tc><w:tc>{p('乙')}</w:tc></w:tr></w:tbl>"
    body = f"<w:tbl><w:tr><w:tc>{p('左')}{inner}{p()}</w:tc><w:tc>{p('右')}</w:tc></w:tr></w:tbl>"
    document = read_document(docx_of(body), "表.docx")
    assert document.text == "左\n甲\t乙\n\t右"
    assert len(document.tables) == 2


def test_a_row_that_begins_further_right_keeps_the_columns_in_step():
    row = f'<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr><w:tc>{p("丙")}</w:tc></w:tr>'
    assert read_document(docx_of(f"<w:tbl>{row}</w:tbl>"), "表.docx").tables[0].rows[0][0].column == 2


def test_a_list_may_take_its_levels_from_a_list_style():
    numbering = NUMBERED.replace('w:abstractNumId="1">', 'w:abstractNumId="1"><w:styleLink w:val="L"/>', 1) + (
        '<w:abstractNum w:abstractNumId="9"><w:numStyleLink w:val="L"/></w:abstractNum>'
        '<w:num w:numId="8"><w:abstractNumId w:val="9"/></w:num>'
    )
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
    )
    props = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="8"/></w:numPr>'
    assert text_of(p("甲", props=props) + p("乙", props=props), numbering=numbering, styles=styles) == "1.甲\n2.乙"


def test_headers_and_footers_are_left_out():
    document = read_document(docx_of(p("正文"), hdr=p("页眉"), header1=p("页眉"), footer1=p("— 1 —")), "眉.docx")
    assert document.text == "正文"


@pytest.mark.parametrize("kind", ["styles", "numbering", "footnotes"])
def test_a_broken_part_beside_the_text_is_remarked_and_the_text_read(kind: str):
    note = run('<w:footnoteReference w:id="2"/>')
    data = docx_of(p("正文", note))
    document = read_document(with_members(data, {f"word/{kind}.xml": "<w:broken"}), "材料.docx")
    assert document.text == "正文"
    assert ["损坏" in remark for remark in document.remarks] == [True]


def with_members(data: bytes, more: dict[str, str | bytes]) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zip_of({n: archive.read(n) for n in archive.namelist()} | more)


def test_parts_are_found_whatever_the_case_and_the_slash_of_their_names():
    members: dict[str, str | bytes] = {
        "[content_types].xml": "<Types/>", "Word\\Document.xml": f"<w:document {W}><w:body>{p('正文')}</w:body></w:document>",
    }  # fmt: skip
    assert read_document(zip_of(members), "材料.docx").text == "正文"


def test_a_part_in_an_older_encoding_is_read():
    xml = f'<?xml version="1.0" encoding="GB2312"?><w:document {W}><w:body>{p("正文")}</w:body></w:document>'
    members: dict[str, str | bytes] = {"[Content_Types].xml": "<Types/>", "word/document.xml": xml.encode("gb18030")}
    assert read_document(zip_of(members), "材料.docx").text == "正文"


TEXT = st.text(alphabet="党支部一、是（） 1.\u00ad", max_size=4)
RUNS = st.one_of(
    TEXT.map(lambda t: run(words(t))), TEXT.map(gone), TEXT.map(lambda t: f"<w:ins>{run(words(t))}</w:ins>"),
    st.sampled_from(["<w:tab/>", "<w:br/>", '<w:br w:type="page"/>', "<w:noBreakHyphen/>", "<w:softHyphen/>"]).map(run),
    TEXT.map(lambda t: run(f"<w:pict><w:txbxContent>{p(t)}</w:txbxContent></w:pict>")),
    TEXT.map(lambda t: f"<w:sdt><w:sdtContent>{run(words(t))}</w:sdtContent></w:sdt>"),
)  # fmt: skip
MARKS = st.sampled_from(["", IN_LIST, DELETED, IN_LIST + DELETED, "<w:rPr><w:vanish/></w:rPr>"])
PARAGRAPHS = st.builds(lambda runs, props: p(*runs, props=props), st.lists(RUNS, max_size=4), MARKS)
TABLES = st.recursive(
    PARAGRAPHS,
    lambda inside: st.lists(st.lists(st.lists(inside, max_size=2), min_size=1, max_size=3), max_size=3).map(
        lambda rows: "<w:tbl>" + "".join(
            "<w:tr>" + "".join(f"<w:tc>{''.join(blocks)}</w:tc>" for blocks in row) + "</w:tr>" for row in rows) + "</w:tbl>"
    ),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(TABLES, max_size=6))
def test_every_character_of_a_docx_is_in_one_piece_and_one_paragraph(blocks: list[str]):
    try:
        document = read_document(docx_of("".join(blocks), numbering=NUMBERED), "材料.docx")
    except Unreadable:
        return
    assert_whole(document)


def assert_whole(document: Document) -> None:
    """Paragraphs and separators make up the text, pieces make up the paragraphs."""
    at = 0
    for span in document.paragraphs:
        assert set(document.text[at : span.start]) <= {"\n", "\t"}
        assert span.start >= at
        assert span.end >= span.start
        at = span.end
    assert set(document.text[at:]) <= {"\n", "\t"}
    own: dict[int, list[tuple[int, int]]] = {}
    for piece in document.pieces:
        own.setdefault(piece.paragraph, []).append((piece.start, piece.end))
    for number, span in enumerate(document.paragraphs):
        at = span.start
        for start, end in own.pop(number, []):
            assert start == at < end
            at = end
        assert at == span.end
    assert not own
