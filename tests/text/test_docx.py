"""A .docx is read as it would be printed, and every character still knows its run."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree
from tests.text.makers import docx_of, p, zip_of

from bihuan_text import Unreadable, ledger_rows, read_document, read_report
from bihuan_text.document import Origin

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def text_of(body: str, **parts: str) -> str:
    return read_document(docx_of(body, **parts), "材料.docx").text


def test_paragraphs_are_joined_by_line_ends():
    assert text_of(p("甲", "乙") + p() + p("丙")) == "甲乙\n\n丙"


def test_insertions_are_in_and_deletions_and_comments_out():
    inserted = '<w:ins w:id="1"><w:r><w:t>插入</w:t></w:r></w:ins>'
    deleted = '<w:del w:id="2"><w:r><w:delText>删去</w:delText></w:r></w:del>'
    comment = '<w:commentRangeStart w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    moved = "<w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新处</w:t></w:r></w:moveTo>"
    assert text_of(p("前", inserted, deleted, comment, moved, "后")) == "前插入新处后"


def test_a_deleted_line_end_joins_two_paragraphs():
    gone = '<w:rPr><w:del w:id="3"/></w:rPr>'
    assert text_of(p("上半", props=gone) + p("下半") + p("另段")) == "上半下半\n另段"


def test_content_controls_inline_and_block_and_links_are_read():
    inline = "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>"
    inner = f"<w:sdt><w:sdtContent>{p('里层')}</w:sdtContent></w:sdt>"
    block = f"<w:sdt><w:sdtContent>{p('整段')}{inner}</w:sdtContent></w:sdt>"
    link = "<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>"
    assert text_of(p("有", inline, link) + block) == "有控件链接\n整段\n里层"


NUMBERING = (
    '<w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>'
    "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0">'
    '<w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>'
    '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="8"/></w:num>'
    '<w:num w:numId="5"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def numbered(text: str, level: int, number: int = 3) -> str:
    return p(text, props=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_numbers_made_by_word_are_in_the_text_as_pieces_of_their_own():
    body = numbered("查摆的问题", 0) + numbered("学习方面", 1) + numbered("学得浅", 2) + numbered("记得少", 2)
    body += (
        numbered("作风方面", 1)
        + numbered("拖拉", 2)
        + numbered("整改措施", 0)
        + numbered("点", 0, 4)
        + numbered("重来", 0, 5)
    )
    document = read_document(docx_of(body, numbering=NUMBERING), "编号.docx")
    assert document.text.split("\n") == [
        "一、查摆的问题", "（一）学习方面", "1.学得浅", "2.记得少", "（二）作风方面", "1.拖拉", "二、整改措施", "点", "一、重来",
    ]  # fmt: skip
    numbers = [document.text[x.start : x.end] for x in document.pieces if x.origin is Origin.NUMBER]
    assert numbers == ["一、", "（一）", "1.", "2.", "（二）", "1.", "二、", "一、"]
    assert all(x.run is None for x in document.pieces if x.origin is Origin.NUMBER)


def test_numbering_comes_through_styles_too():
    styles = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:pPr>'
        '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Child"><w:basedOn w:val="Base"/></w:style>'
    )
    body = p("甲", props='<w:pStyle w:val="Child"/>') + p(
        "乙", props='<w:pStyle w:val="Child"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    )
    assert text_of(body, numbering=NUMBERING, styles=styles) == "（一）甲\n乙"


def test_a_list_may_name_the_style_it_serves():
    numbering = NUMBERING.replace('<w:lvl w:ilvl="1">', '<w:lvl w:ilvl="1"><w:pStyle w:val="Second"/>')
    styles = '<w:style w:type="paragraph" w:styleId="Second"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
    body = numbered("甲", 0) + p("乙", props='<w:pStyle w:val="Second"/>')
    assert text_of(body, numbering=numbering, styles=styles) == "一、甲\n（一）乙"


def test_the_outline_sees_automatic_numbers():
    body = p("支部2025年度组织生活会情况报告") + numbered("查摆的问题", 0) + numbered("学习方面", 1)
    body += numbered("学得浅。", 2) + numbered("记得少。", 2) + numbered("整改措施", 0) + numbered("多讲一次。", 1)
    report = read_report(read_document(docx_of(body, numbering=NUMBERING), "编号.docx"))
    assert [x.lead for x in report.problems] == ["学得浅", "记得少"]
    assert [x.lead for x in report.actions] == ["多讲一次"]


def cell(*paragraphs: str, props: str = "") -> str:
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{''.join(p(x) for x in paragraphs)}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def test_cells_are_joined_by_tabs_and_rows_by_line_ends():
    body = p("前") + table(cell("一") + cell("二"), cell("") + cell("四", "四下")) + p("后")
    document = read_document(docx_of(body), "表.docx")
    assert document.text == "前\n一\t二\n\t四\n四下\n后"
    assert [[c.span.of(document.text) for c in row] for row in document.tables[0].rows] == [
        ["一", "二"],
        ["", "四\n四下"],
    ]
    assert {x.origin for x in document.pieces} == {Origin.LITERAL, Origin.CELL}


def test_a_ledger_table_gives_its_rows_with_merged_cells_carried_down():
    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    header = cell("序号") + cell("存在问题") + cell("整改措施") + cell("责任人") + cell("整改时限")
    first = cell("1") + cell("值班记录补记", props=start) + cell("当日抽查") + cell("纪检委员") + cell("2026年3月")
    second = cell("2") + cell("", props=on) + cell("每月通报") + cell("") + cell("长期坚持")
    document = read_document(docx_of(p("整改台账") + table(header, first, second)), "台账.docx")
    rows = ledger_rows(document)
    assert [(r.problem.text, r.measure.text, r.owner and r.owner.text, r.due.text) for r in rows] == [
        ("值班记录补记", "当日抽查", "纪检委员", "2026年3月"), ("值班记录补记", "每月通报", None, "长期坚持"),
    ]  # fmt: skip
    assert all(r.measure.span.of(document.text) == r.measure.text for r in rows)
    report = read_report(document)
    assert report.kind == "整改台账"
    assert [x.lead for x in report.problems] == ["值班记录补记"]


def test_a_merged_header_keeps_the_columns_in_step():
    header = cell("序号") + cell("问题", props='<w:gridSpan w:val="2"/>') + cell("整改措施")
    row = cell("1") + cell("学习缺课") + cell("备注") + cell("补课")
    rows = ledger_rows(read_document(docx_of(table(header, row)), "台账.docx"))
    assert [(r.problem.text, r.measure.text) for r in rows] == [("学习缺课", "补课")]


def test_boxes_and_notes_stand_after_the_body():
    box = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>"
        + p("框内")
        + "</w:txbxContent></wps:txbx>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
        + p("框内")
        + "</w:txbxContent></v:textbox>"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    footnotes = f'<w:footnote w:id="0">{p("分隔")}</w:footnote><w:footnote w:id="2">{p("脚注")}</w:footnote>'
    document = read_document(docx_of(p("正文", box, note) + p("末段"), footnotes=footnotes), "注.docx")
    assert document.text == "正文\n末段\n框内\n脚注"
    assert [x.origin for x in document.pieces][2:] == [Origin.BOX, Origin.NOTE]
    assert document.pieces[-1].part == "word/footnotes.xml"


def test_fields_show_their_result_and_not_their_instruction():
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    field = mark("begin") + "<w:r><w:instrText>PAGE</w:instrText><w:t>不显示</w:t></w:r>" + mark("separate")
    assert text_of(p("第", f"{field}<w:r><w:t>3</w:t></w:r>{mark('end')}", "页")) == "第3页"


def test_breaks_tabs_and_hidden_text():
    run = "<w:r><w:t>上</w:t><w:br/><w:t>下</w:t><w:tab/><w:t>右</w:t><w:br w:type='page'/></w:r>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
    assert text_of(p(run, hidden)) == "上\n下\t右"


def test_each_literal_piece_leads_back_to_its_run():
    inserted = '<w:ins w:id="1"><w:r><w:t>插</w:t><w:tab/><w:t>入</w:t></w:r></w:ins>'
    data = docx_of(p("甲乙", inserted) + table(cell("格")) + numbered("项", 0), numbering=NUMBERING)
    document = read_document(data, "回.docx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        runs = list(etree.fromstring(archive.read("word/document.xml")).iter(W + "r"))
    for piece in document.pieces:
        if piece.run is None:
            continue
        said = "".join("\t" if n.tag == W + "tab" else n.text or "" for n in runs[piece.run])
        assert said[piece.offset :].startswith(document.text[piece.start : piece.end])
        assert document.paragraphs[piece.paragraph].holds(type(document.paragraphs[0])(piece.start, piece.end))


def test_strict_office_files_are_read():
    data = docx_of(p("严格"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {n: archive.read(n) for n in archive.namelist()}
    usual, strict = (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    members["word/document.xml"] = members["word/document.xml"].replace(usual, strict)
    assert read_document(zip_of(members), "严格.docx").text == "严格"


def test_a_docx_without_text_says_so():
    with pytest.raises(Unreadable, match="没有文字"):
        read_document(docx_of(p()), "空.docx")
