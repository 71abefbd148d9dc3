"""What Word draws from an instruction: circled characters, readings, boxes ticked, choices, equations, rarer numbers."""

from __future__ import annotations

import pytest
from tests.text.makers import docx_of, p

from bihuan_text import read_document
from bihuan_text.readers.counters import Level, Lists
from bihuan_text.readers.formula import drawn

MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def mark(kind: str, inside: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inside}</w:fldChar></w:r>'


def field(instruction: str, result: str = "", held: str = "") -> str:
    said = f"{mark('separate')}<w:r><w:t>{result}</w:t></w:r>" if result else ""
    return f"{mark('begin', held)}<w:r><w:instrText>{instruction}</w:instrText></w:r>{said}{mark('end')}"


def line(*inside: str) -> str:
    return f"<w:p>{''.join(inside)}</w:p>"


def words(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def text_of(body: str) -> str:
    return read_document(docx_of(body), "材料.docx").text


@pytest.mark.parametrize(
    ("instruction", "said"),
    [
        (r"eq \o\ac(○,1)", "①"),
        (r"eq \o\ac(○, 12 )", "⑫"),
        (r"eq \o\ac(○,三)", "㊂"),
        (r"eq \o\ac(□,印)", "印"),
        (r'EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(bì),闭)', "闭"),
        (r"EQ \f(2,3)", "2/3"),
        (r"EQ \r(3,8)", "√8"),
        (r"EQ \b(\a(甲,乙))", "(甲乙)"),
        (r"EQ \l(甲,乙)", "甲,乙"),
        (r"EQ a\,b", "a,b"),
        ("EQ " + r"\b(" * 3000, ""),
        ("PAGE", ""),
        ("EQUAL 3", ""),
    ],
)
def test_a_formula_says_what_it_draws(instruction: str, said: str):
    assert drawn(instruction) == said


def test_a_formula_in_a_line_is_drawn_and_a_result_is_not_said_twice():
    assert text_of(line(field(r"eq \o\ac(○,2)"), words("作风方面"))) == "②作风方面"
    assert text_of(line(words("共"), field(r"eq \f(1,2)", "半"), words("数"))) == "共半数"
    assert text_of(line(words("第"), field("PAGE"), words("页"))) == "第页"


def test_a_formula_inside_an_instruction_is_not_on_paper():
    inner = field(r"eq \o\ac(○,2)")
    body = line(
        mark("begin"), "<w:r><w:instrText>IF </w:instrText></w:r>", inner, mark("separate"), words("是"), mark("end")
    )
    assert text_of(body) == "是"


LIST = '<w:listEntry w:val="合格"/><w:listEntry w:val="优秀"/>'


def box(inside: str) -> str:
    return f"<w:ffData><w:checkBox>{inside}</w:checkBox></w:ffData>"


def choice(inside: str) -> str:
    return f"<w:ffData><w:ddList>{inside}{LIST}</w:ddList></w:ffData>"


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (box('<w:default w:val="0"/><w:checked/>'), "☑"),
        (box('<w:default w:val="1"/>'), "☑"),
        (box('<w:default w:val="1"/><w:checked w:val="0"/>'), "□"),
        (choice('<w:result w:val="1"/>'), "优秀"),
        (choice(""), "合格"),
        (choice('<w:result w:val="7"/>'), ""),
    ],
)
def test_what_a_form_holds_is_on_paper(held: str, said: str):
    assert text_of(line(words("等次："), field("FORM", held=held), words("。"))) == f"等次：{said}。"


def test_what_was_typed_into_a_form_is_its_result():
    held = '<w:ffData><w:textInput><w:default w:val="单击此处"/></w:textInput></w:ffData>'
    assert text_of(line(field("FORMTEXT", "城东支部", held))) == "城东支部"


def equation(inside: str) -> str:
    return f"<w:p>{words('比上年增加')}<m:oMath {MATH}>{inside}</m:oMath></w:p>"


def m(name: str, *inside: str) -> str:
    return f"<m:{name}>{''.join(inside)}</m:{name}>"


def r(text: str) -> str:
    return m("r", m("t", text))


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        (m("f", m("num", r("2")), m("den", r("3"))), "2/3"),
        (m("f", m("num", r("27-18")), m("den", r("18"))), "(27-18)/18"),
        (m("rad", m("deg"), m("e", r("2"))), "√2"),
        (m("sSup", m("e", r("m")), m("sup", r("2"))), "m^2"),
        (m("sSub", m("e", r("x")), m("sub", r("1"))), "x1"),
        (m("d", m("e", r("a+b"))), "(a+b)"),
        (m("d", m("dPr", '<m:begChr m:val="["/><m:endChr m:val="]"/>'), m("e", r("a"))), "[a]"),
        (r("1+1=2"), "1+1=2"),
    ],
)
def test_an_equation_stands_on_one_line(inside: str, said: str):
    assert text_of(equation(inside)) == f"比上年增加{said}"


def test_rarer_ways_of_counting():
    lists = Lists({"a": {0: Level(19, "decimalEnclosedCircle", "%1")}}, {"1": ("a", {}, {})})
    assert [lists.said("1", 0) for _ in range(3)] == ["⑲", "⑳", "㉑"]
    for form, said in (
        ("ideographTraditional", "乙、"),
        ("ideographZodiac", "丑、"),
        ("ideographEnclosedCircle", "㊁、"),
    ):
        lists = Lists({"a": {0: Level(2, form, "%1、")}}, {"1": ("a", {}, {})})
        assert lists.said("1", 0) == said


LEVELS = (
    '<w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>{}<w:lvlText w:val="%2."/></w:lvl>'
    '</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>'
)


@pytest.mark.parametrize(("restart", "said"), [("", ["1.", "1."]), ('<w:lvlRestart w:val="0"/>', ["1.", "2."])])
def test_a_level_may_count_on_through_the_chapters(restart: str, said: list[str]):
    def item(text: str, level: int) -> str:
        return p(text, props=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>')

    body = item("学习", 0) + item("浅", 1) + item("作风", 0) + item("拖", 1)
    text = read_document(docx_of(body, numbering=LEVELS.format(restart)), "材料.docx").text
    assert text.split("\n") == ["一、学习", f"{said[0]}浅", "二、作风", f"{said[1]}拖"]
