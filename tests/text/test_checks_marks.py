"""Marks, figures, dates and endings by the two standards: what is wrong is found and mended, what looks alike is left."""

from __future__ import annotations

import pytest
from tests.text.makers import document_of
from tests.text.test_checks import found, mended

from bihuan_text import check

MENDED = {
    "学习了党章,条例。": "学习了党章，条例。",
    "问题有三:一": "问题有三：一",
    "提高认识...": "提高认识……",
    "党员(含预备)12名": "党员（含预备）12名",
    "好。。": "好。",
    "学，，做": "学，做",
    "学习、讨论、等方式": "学习、讨论等方式",
    "读者、志愿者、和馆员": "读者、志愿者和馆员",
    "支委、以及党小组长": "支委以及党小组长",
    "学习等……": "学习等",
    "26年3月开会": "2026年3月开会",
    "占30-40%": "占30%-40%",
    "三、四个月": "三四个月",
    "提高.5个百分点": "提高0.5个百分点",
    "２０２６年开会１２次": "2026年开会12次",
    "他说“要学“党章”精神”。": "他说“要学‘党章’精神”。",
    "“教“与”学“脱节": "“教”与“学”脱节",
    "抓好”三会一课“": "抓好“三会一课”",
    "一、加强学习。\n支部抓学习。\n": "一、加强学习\n支部抓学习。\n",
}
LEFT_ALONE = [
    "1. 读书 2. 讨论",
    "GDP,CPI",
    "上午9:30开会",
    "详见www.a.com/b,c",
    "1）读书 2）讨论",
    "第一、二季度",
    "三、四季度",
    "入党25年来",
    "第三、四组",
    "“学习（党章）”",
    "他说：“好。”",
    "比例为3:2",
    "学习、等级评定",
    "“一支部\n一品牌”活动",
    "一、学习要抓实。\n二、作风要抓严。\n",
    "`a,b`",
    "1+X证书、PLC编程",
    "和睦、和谐的同志关系，敬业、与时俱进，整改、及时回头看",
]


@pytest.mark.parametrize(("text", "right"), MENDED.items(), ids=MENDED)
def test_a_wrong_mark_or_figure_is_mended(text: str, right: str):
    assert mended(text, found(text, "D22")) == right


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_only_looks_wrong_is_left_alone(text: str):
    assert found(text, "D22") == []


UNPAIRED = {"学习“党章。": "“", "学习党章”。": "”", "读《党章。": "《", "（见表": "（", "读党章》。": "》"}


@pytest.mark.parametrize(("text", "mark"), UNPAIRED.items(), ids=UNPAIRED)
def test_a_mark_without_its_other_half(text: str, mark: str):
    assert [f.excerpt for f in found(text, "D22")] == [mark]


def test_a_paper_typed_with_half_width_marks_hears_of_it_once_and_can_be_mended():
    text = "学习,讨论,检查,落实,提高,整改,总结。"
    (finding,) = found(text, "D22")
    assert len(finding.mend) == 6
    assert "," not in mended(text, [finding])


def test_a_paragraph_without_its_stop_is_told_where_the_others_have_one():
    whole = "支部每月学习一次，有记录可查。缺课的同志在当月补学，组长在台账上签字，书记逐份看过"
    text = f"{whole}。\n" * 4 + f"{whole}\n" + f"{whole}。\n"
    (finding,) = found(text, "D22")
    assert mended(text, [finding]) == f"{whole}。\n" * 6
    assert found(f"{whole}\n" * 5, "D22") == []


def test_straight_quotes_are_a_slip_beside_curled_ones_and_a_habit_alone():
    assert [f.severity for f in found('学“甲”和“乙”，做"丙"', "D22")] == ["warn"]
    assert [f.severity for f in found('学"甲"，做"丙"', "D22")] == ["info"]


def test_two_styles_of_date_in_one_paper():
    assert [f.excerpt for f in found("二〇二六年三月五日报，2026年1月学，2026年2月做", "D22")] == ["二〇二六年三月五日"]


@pytest.mark.parametrize("text", ["“甲”、“乙”", "《甲》、《乙》"])
def test_no_mark_between_quotations_side_by_side(text: str):
    assert mended(text, found(text, "R42")) == text.replace("、", "")


@pytest.mark.parametrize("text", ["“甲”（一）、“乙”", "“两个责任”“一岗双责”", "“甲”和《乙》"])
def test_a_mark_that_is_needed_between_quotations(text: str):
    assert found(text, "R42") == []


DATES = {
    "2026年03月05日": "2026年3月5日",
    "2026年3月05日": "2026年3月5日",
    "水党发[2026]3号": "水党发〔2026〕3号",
    "水党发（2026）3号": "水党发〔2026〕3号",
    "组通字〔2021〕第046号": "组通字〔2021〕46号",
}


@pytest.mark.parametrize(("text", "right"), DATES.items(), ids=DATES)
def test_dates_and_numbers_of_papers(text: str, right: str):
    assert mended(text, found(text, "R43")) == right
    assert found(right, "R43") == []


def test_endings_of_attachments_copies_and_recipient():
    text = "关于召开组织生活会的通知\n各党支部\n现通知如下。\n附件：1.提纲。\n2.样式\n抄送：机关工委"
    assert mended(text, found(text, "R47")) == text.replace("各党支部", "各党支部：").replace("提纲。", "提纲") + "。"


def test_a_level_that_is_skipped_is_only_pointed_out():
    text = "一、甲\n（一）乙\n（二）丙\n二、丁\n1.戊\n2.己"
    assert [(f.severity, f.excerpt) for f in found(text, "R41")] == [("info", "1.")]


def test_two_sets_of_ordinals_are_not_mixed():
    assert [f.excerpt for f in found("首先，学。第二，做。", "R41")] == ["第二"]
    assert found("首先，学。其次，做。第二批学员已到。", "R41") == []


def test_no_check_fails_on_odd_text():
    for text in (
        "",
        "\n\n",
        "“" * 50,
        "（" * 40 + "）",
        "\x00",
        "》》《《",
        "1.1.1.1",
        "2月99日",
        "9999999999999年13月",
    ):
        assert isinstance(check(document_of(text)), list)


def test_ordinals_written_wrongly_throughout_are_told_once_with_all_their_mends():
    text = "\n".join(f"{n}、做第{n}件事情" for n in range(1, 10))
    (finding,) = found(text, "R41")
    assert len(finding.mend) == 9
    assert "、" not in mended(text, [finding])


CLAUSES = {
    "他说…………": "…………",
    "会上讲了。\n，开会了": "，",
    "好。会议强调要做好三点工作：第一点是认真学习：要读原文": "：",
    "甲（乙（丙）丁）": "（乙（丙）丁）",
    "一是学习不深。平时不读书；二是作风。": "；",
    "参加《主题教育知识竞赛》": "《主题教育知识竞赛》",
    "约3-5天": "3-5",
    "2021-2025年": "2021-2025",
    "好。\n其一、学得不够": "、",
    "抽调5百名": "百",
    "二零二五年": "零",
    "约30余名": "余",
}
RIGHT_CLAUSES = [
    "一、上年度情况………………1", "他说……", "时间：1月16日；地点：二楼。", "《关于开展主题党日活动的通知》", "电话010-8888，编号3-5",
    "附近30余名群众", "30余名", "近30名", "2021—2025年", "约3～5天", "二〇二五年", "5百万元", "1000名",
    "《条例（试行）》（2018年）",
]  # fmt: skip


@pytest.mark.parametrize(("text", "place"), CLAUSES.items(), ids=CLAUSES)
def test_a_clause_of_the_standard_is_told(text: str, place: str):
    assert place in [f.excerpt for f in found(text, "D22")]


@pytest.mark.parametrize("text", RIGHT_CLAUSES)
def test_what_the_standard_allows_is_left_alone(text: str):
    assert found(text, "D22") == []


def test_a_paragraph_that_ends_with_a_comma():
    whole = "支委会每月开一次，先学后议，议完当场定人定时间。书记抽查记录，发现漏记当场补上。\n"
    told = found(f"　　{whole}" * 4 + f"　　{whole[:-2]}，\n　　{whole}", "D22")
    assert [f.excerpt for f in told] == ["，"]
    assert found(f"　　{whole}" * 6, "D22") == []
