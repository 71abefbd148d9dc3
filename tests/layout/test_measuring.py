"""Rules R44 to R46 and L1 to L10: each figure of GB/T 9704 is told when it is off, and quiet when it is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from bihuan_text import read_document
from bihuan_text.layout import measured
from bihuan_text.layout.faces import part_of

from .made import (
    FRAMED,
    GOOD,
    NUMBER_LOOK,
    TITLE,
    body,
    by_libreoffice,
    by_python_docx,
    by_wps,
    footer,
    found,
    heading,
    packed,
    run,
    section,
    title,
    told,
)

LONG = "支部对照通知逐项查摆，共梳理问题七条，每一条都写明时间、地点和事情经过，经支委会讨论通过。"


def test_a_paper_laid_out_in_wps_with_margins_off_by_a_third_of_a_millimetre_is_right() -> None:
    assert found(by_wps()) == []


def test_the_defaults_of_python_docx_are_told_figure_by_figure() -> None:
    data = by_python_docx()
    assert told(data, "R44")[:2] == [
        "纸张是215.9×279.4毫米，应为A4型纸（210×297毫米）。",
        "页边距上25.4、下25.4、左31.7、右31.7毫米，应为上37、下35、左28、右26毫米。",
    ]
    assert "标题是11磅，应用二号（22磅）字。" in told(data, "R44")
    assert "正文有9段不合要求，第一处是11磅，应用三号（16磅）字。" in told(data, "R44")
    assert told(data, "L1") == ["标题用的是宋体，应用小标宋体。", "标题没有居中，应居中排。"]
    assert told(data, "R45") == ["没有页码，应在版心下边排“— 1 —”式的四号页码，单页居右、双页居左。"]
    assert told(data, "L8") == ["数字和字母有2段不合要求，第一处用的是Cambria，应用Times New Roman或仿宋体。"]
    assert told(data, "L6") == ["署名和成文日期有2段不合要求，第一处排在左边，应靠右排，右边空出规定的字数。"]
    assert told(data, "L5") == ["附件说明首行没有缩进，应左空两字。"]


def test_what_libreoffice_makes_of_a_page_of_html_is_measured(tmp_path: Path) -> None:
    style = "font-family: SimSun; font-size: 14pt; line-height: 150%"
    paragraphs = "".join(f'<p style="{style}">{line}</p>' for line in (LONG, LONG))
    html = f'<html><head><meta charset="utf-8"></head><body><h1 style="text-align: center">{TITLE}</h1>{paragraphs}</body></html>'
    data = by_libreoffice(tmp_path, html)
    assert "正文有2段不合要求，第一处用的是SimSun，应用仿宋体。" in told(data, "R44")
    assert "正文有2段不合要求，第一处是14磅，应用三号（16磅）字。" in told(data, "R44")
    assert "标题没有居中，应居中排。" not in told(data, "L1")
    assert "L3" in {each.rule for each in found(data)}


WRONG = [
    ("R44", body(LONG, face="宋体"), "正文用的是宋体，应用仿宋体。"),
    ("R44", body(LONG, size=14), "正文是14磅，应用三号（16磅）字。"),
    ("R44", body(LONG, shape='<w:ind w:firstLineChars="200"/>'),
     "正文行距31.2磅，一面约排20行，应用固定行距28至29磅，一面22行。"),
    ("R44", body(LONG, shape='<w:spacing w:line="500" w:lineRule="exact"/><w:ind w:firstLineChars="200"/>'),
     "正文行距25磅，一面约排25行，应用固定行距28至29磅，一面22行。"),
    ("R44", body(LONG, shape='<w:spacing w:before="240" w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200"/>'),
     "正文段前空了12磅，应段前段后都不空，一面22行。"),
    ("L3", body(LONG, shape='<w:spacing w:line="560" w:lineRule="exact"/>'), "正文首行没有缩进，应每段首行空两字。"),
    ("L3", body(LONG, shape='<w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="400"/>'),
     "正文首行缩进了4字，应每段首行空两字。"),
    ("L2", heading("三、整改措施", face="仿宋_GB2312"), "一级标题用的是仿宋_GB2312，应用黑体。"),
    ("L2", heading("（二）联系群众。", LONG, face="黑体"), "二级标题用的是黑体，应用楷体。"),
    ("L8", body(f"{LONG}共12条，占65%。", more='<w:rFonts w:ascii="Arial" w:eastAsia="仿宋"/>'), "Arial"),
    ("L9", body(LONG, more='<w:color w:val="FF0000"/>'), "文字有彩色的字“支部对照通知逐项”，应一律用黑色。"),
    ("R44", body(LONG[:20], more="") .replace("</w:p>", run("混进来的几个字", face="等线") + run(LONG) + "</w:p>"),
     "正文夹着等线，应只用仿宋体。"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "paragraph", "sentence"), WRONG, ids=[sentence[:12] for _, _, sentence in WRONG])
def test_a_paragraph_that_is_off_is_told_with_its_place(rule: str, paragraph: str, sentence: str) -> None:
    if "Arial" in sentence:
        paragraph = paragraph.replace('w:ascii="Times New Roman" w:hAnsi="Times New Roman"', 'w:ascii="Arial"')
        paragraph = paragraph.replace('<w:rFonts w:ascii="Arial" w:eastAsia="仿宋"/>', "")
        sentence = "数字和字母用的是Arial，应用Times New Roman或仿宋体。"
    data = by_wps(paragraph)
    assert [(each.rule, each.message) for each in found(data)] == [(rule, sentence)]
    (only,) = found(data)
    assert only.span is not None
    assert only.span.of(read_document(data, "").text).endswith(("。", "措施"))


RIGHT = [
    body(LONG, shape='<w:spacing w:line="579" w:lineRule="exact"/><w:ind w:firstLine="632"/>'),
    body("　　" + LONG, shape='<w:spacing w:line="580" w:lineRule="atLeast"/>'),
    body(LONG, face="FangSong"),
    body(LONG, face="方正仿宋_GBK"),
    heading("三、整改措施", face="SimHei"),
    heading("（三）其他方面", face="KaiTi_GB2312"),
    body("一是走访不够。" + LONG, more="<w:b/>"),
    f"<w:tbl><w:tr><w:tc><w:p>{run(LONG, face='宋体', size=12)}</w:p></w:tc></w:tr></w:tbl>",
]


@pytest.mark.parametrize("number", range(len(RIGHT)))
def test_other_right_ways_are_left_alone(number: int) -> None:
    assert found(by_wps(RIGHT[number])) == []


def test_the_same_deviation_of_many_paragraphs_is_told_once_with_the_first_place() -> None:
    data = by_wps(*(body(f"{n}号意见：{LONG}", face="宋体") for n in range(10, 60)))
    (only,) = found(data)
    assert only.message == "正文有50段不合要求，第一处用的是宋体，应用仿宋体。"
    assert only.span is not None
    assert only.span.of(read_document(data, "").text).startswith("10号意见")


def test_a_heading_is_judged_by_its_lead_and_the_text_behind_it_by_its_own() -> None:
    assert told(by_wps(heading("（二）联系群众。", LONG, "楷体")), "L2") == []
    alone = by_wps(heading("（二）联系群众方面", face="仿宋"), heading("（三）联系群众。" + LONG, face="楷体"))
    assert told(alone, "L2") == ["二级标题用的是仿宋，应用楷体。", "标题后面接排的正文用的是楷体，应用仿宋体。"]


@pytest.mark.parametrize(("colour", "black"), [("000000", True), ("auto", True), ("262626", True), ("C00000", False)])
def test_only_what_nobody_takes_for_black_is_coloured(colour: str, black: bool) -> None:
    coloured = told(by_wps(body(LONG, more=f'<w:color w:val="{colour}"/>')), "L9")
    assert (coloured == []) is black


# --- where formatting comes from ------------------------------------------------------------------------------------

_THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:fontScheme name="x">'
    '<a:minorFont><a:latin typeface="Calibri"/><a:ea typeface=""/><a:font script="Hans" typeface="等线"/></a:minorFont>'
    "</a:fontScheme></a:themeElements></a:theme>"
)


def _styled(own: str = "", more: str = "", theme: str = "") -> bytes:
    """The paper with one paragraph that says nothing but its style, 正文缩进 based on 三号 based on the defaults."""
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia"/>'
        '<w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Base"><w:basedOn w:val="a"/><w:pPr><w:spacing w:line="560" '
        'w:lineRule="exact"/><w:ind w:firstLineChars="200"/></w:pPr><w:rPr><w:sz w:val="32"/></w:rPr></w:style>'
        f'<w:style w:type="paragraph" w:styleId="Text"><w:basedOn w:val="Base"/>{more}</w:style>'
        '<w:style w:type="character" w:styleId="Face"><w:rPr><w:rFonts w:ascii="仿宋" w:eastAsia="仿宋"/></w:rPr></w:style>'
    )
    paragraph = f'<w:p><w:pPr><w:pStyle w:val="Text"/></w:pPr><w:r><w:rPr>{own}</w:rPr><w:t>{LONG}</w:t></w:r></w:p>'
    good = "".join(GOOD)
    return packed(good + paragraph + section(), styles=styles, theme=theme)


def test_a_typeface_comes_from_the_theme_where_nothing_else_names_one() -> None:
    assert told(_styled(theme=_THEME), "R44") == ["正文用的是等线，应用仿宋体。"]


def test_style_character_style_and_direct_formatting_go_before_what_is_above_them() -> None:
    style = '<w:rPr><w:rFonts w:eastAsia="仿宋_GB2312"/></w:rPr>'
    assert told(_styled(more=style, theme=_THEME), "R44") == []
    assert told(_styled(own='<w:rStyle w:val="Face"/>', theme=_THEME), "R44") == []
    assert told(_styled(own='<w:rStyle w:val="Face"/><w:rFonts w:eastAsia="黑体"/>', theme=_THEME), "R44") != []
    assert told(_styled(own='<w:rStyle w:val="Face"/><w:sz w:val="28"/>'), "R44") == [
        "正文是14磅，应用三号（16磅）字。"
    ]


def test_styles_that_are_based_on_each_other_in_a_ring_are_survived() -> None:
    ring = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>' for a, b in ("xy", "yx")
    )
    paragraph = f'<w:p><w:pPr><w:pStyle w:val="x"/></w:pPr>{run(LONG)}</w:p>'
    assert found(packed(title() + paragraph + section(), styles=ring))


@pytest.mark.parametrize(
    ("name", "part"),
    [("仿宋_GB2312", "仿宋"), ("FangSong", "仿宋"), ("仿宋;宋体", "仿宋"), ("方正小标宋_GBK", "小标宋"),
     ("方正小标宋简体", "小标宋"), ("SimHei", "黑体"), ("微软雅黑", ""), ("等线", ""), ("KaiTi_GB2312", "楷体"),
     ("新宋体", "宋体"), ("华文中宋", ""), ("", "")],
)  # fmt: skip
def test_names_of_typefaces_are_known_by_their_part(name: str, part: str) -> None:
    assert part_of(name) == part


# --- the page -------------------------------------------------------------------------------------------------------


def test_margins_that_are_off_by_more_than_a_millimetre_are_told() -> None:
    data = by_wps(tail=section(margins=(37, 35, 30, 26)))
    assert told(data, "R44") == ["页边距上37、下35、左30、右26毫米，应为上37、下35、左28、右26毫米。"]


def test_an_attachment_may_lie_on_its_side_and_begins_a_page() -> None:
    first = f"<w:p><w:pPr>{section()}</w:pPr></w:p>"
    mark = f'<w:p><w:pPr><w:spacing w:line="560" w:lineRule="exact"/></w:pPr>{run("附件", "黑体")}</w:p>'
    wide = section(size=(16838, 11906), margins=(28, 26, 35, 37), footer=False)
    assert found(by_wps(first, mark, title("整改台账"), tail=wide)) == []


def test_an_attachment_in_the_middle_of_a_page_is_told() -> None:
    mark = f'<w:p><w:pPr><w:ind w:firstLineChars="200"/></w:pPr>{run("附件1", "仿宋", 14)}</w:p>'
    assert told(by_wps(mark, title("整改台账")), "L5") == [
        "附件接在上文后面，应另起一页。",
        "附件页上的“附件”二字首行缩进了2字，应左边顶格。",
        "附件页上的“附件”二字用的是仿宋，应用黑体。",
        "附件页上的“附件”二字是14磅，应用三号（16磅）字。",
    ]


def test_attachments_agree_with_their_list() -> None:
    turned = '<w:pageBreakBefore/><w:spacing w:line="560" w:lineRule="exact"/>'
    mark = f"<w:p><w:pPr>{turned}</w:pPr>{run('附件', '黑体')}</w:p>"
    note = body("附件：整改台账")
    assert found(by_wps(note, mark, title("整改台账"))) == []
    assert told(by_wps(note, mark, title("整改问题清单")), "L5") == [
        "附件说明里写的是“整改台账”，附件页上的标题与它不一致，应改为一致。"
    ]
    assert told(by_wps(note, mark, title("整改台账"), mark, title("说明")), "L5") == [
        "附件说明列了1个附件，文后附了2个，应序号、名称一一对应。"
    ]


def test_a_list_of_attachments_in_one_line_counts_each_of_them() -> None:
    shape = '<w:pageBreakBefore/><w:spacing w:line="560" w:lineRule="exact"/>'
    first, second = (f"<w:p><w:pPr>{shape}</w:pPr>{run(f'附件{n}', '黑体')}</w:p>" for n in (1, 2))
    note = body("附件：1.整改台账 2.征求意见情况（2025.12版）")
    both = (first, title("整改台账"), second, title("征求意见情况（2025.12版）"))
    assert found(by_wps(note, *both)) == []
    assert told(by_wps(note, *both[:2]), "L5") == ["附件说明列了2个附件，文后附了1个，应序号、名称一一对应。"]


def test_a_title_alone_on_the_first_page_is_told_by_r46() -> None:
    pages = packed(title() + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>' + "".join(GOOD[1:]) + section())
    assert told(pages, "R46") == ["首页只有标题，正文从下一页才开始，首页应显示正文。"]
    blank = '<w:p><w:pPr><w:spacing w:line="560" w:lineRule="exact"/></w:pPr></w:p>' * 24
    assert told(packed(title() + blank + "".join(GOOD[1:]) + section()), "R46") == [
        "标题和空行占满了首页，首页应显示正文。"
    ]


def test_a_title_that_leaves_a_character_over_or_narrows_in_the_middle_is_pointed_out() -> None:
    over = title("中共云溪村第二支部委员会年度组织生活会报告")
    assert [e.grave for e in found(packed(over + "".join(GOOD[1:]) + section())) if e.rule == "L1"] == [False]
    lines = "<w:r><w:br/></w:r>".join(
        run(x, "方正小标宋_GBK", 22) for x in ("中共云溪村第二支部委员会", "关于年度", "组织生活会情况的报告")
    )
    waist = f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{lines}</w:p>'
    assert told(packed(waist + "".join(GOOD[1:]) + section()), "L1") == ["标题各行两头长、中间短，应排成梯形或菱形。"]


def test_the_recipient_stands_at_the_edge() -> None:
    indented = packed("".join((GOOD[0], body("中共云溪镇委员会："), *GOOD[2:])) + section())
    assert told(indented, "L4") == ["主送机关首行缩进了2字，应左边顶格。"]


def test_a_red_mark_is_xiaobiaosong_in_the_middle() -> None:
    def headed(face: str, side: str) -> bytes:
        look = run("云溪村第二党支部", face, 40, '<w:color w:val="FF0000"/>')
        return packed(f'<w:p><w:pPr><w:jc w:val="{side}"/></w:pPr>{look}</w:p>' + "".join(GOOD) + section())

    assert found(headed("方正小标宋简体", "center")) == []
    assert told(headed("黑体", "center"), "L10") == ["发文机关标志用的是黑体，应红色小标宋体、居中。"]


def test_copies_are_in_size_four() -> None:
    assert told(by_wps(body("抄送：镇党建办。", size=16)), "L7") == ["版记是16磅，应用四号（14磅）字。"]


# --- page numbers ---------------------------------------------------------------------------------------------------

NUMBERS = [
    ({"settings": False}, ["页码单双页都居右，应单页居右空一字、双页居左空一字。"]),
    ({"odd": footer("center"), "even": footer("center")}, ["页码单页居中、双页居中，应单页居右空一字、双页居左空一字。"]),
    ({"odd": footer("right", look=NUMBER_LOOK.replace("28", "18"))}, ["页码是9磅，应用四号（14磅）字。"]),
    ({"odd": footer("right", look=NUMBER_LOOK.replace("宋体", "Calibri"))}, ["页码用的是Calibri，应用半角宋体阿拉伯数字。"]),
    ({"odd": footer("right").replace("—", "-")}, ["页码两边没有一字线，应写成“— 1 —”。"]),
    ({"even": "<w:p/>"}, ["双页没有页码，应在左边空一字排“— 2 —”式的页码。"]),
    ({"tail": section(more="<w:titlePg/>")}, ["首页设了不同的页脚，没有页码，应同其他页一样排上页码。"]),
    ({"tail": section(footer=False)}, ["没有页码，应在版心下边排“— 1 —”式的四号页码，单页居右、双页居左。"]),
    ({"odd": footer("left", frame=FRAMED), "settings": False}, []),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(NUMBERS)))
def test_page_numbers_are_measured_by_r45(number: int) -> None:
    parts, sentences = NUMBERS[number]
    assert told(by_wps(**parts), "R45") == sentences  # type: ignore[arg-type]
    assert {each.rule for each in found(by_wps(**parts))} <= {"R45"}  # type: ignore[arg-type]


def test_what_is_no_docx_is_not_measured() -> None:
    document = read_document("一段文字。".encode(), "a.txt")
    assert measured("一段文字。".encode(), document, None) is None
