"""Small matters of reading, each in a few lines."""

from __future__ import annotations

import pytest
from tests.text.makers import document_of, report_of

from bihuan_text import ledger_rows, read_report
from bihuan_text.roles import role_of

HEAD = "二支部2025年度组织生活会情况报告\n"


def problems(text: str) -> list[str]:
    return [p.lead for p in report_of(HEAD + "一、存在的问题\n" + text).problems]


def examples(text: str) -> list[str]:
    whole = HEAD + "一、存在的问题\n一是" + text
    return [e.of(whole) for p in report_of(whole).problems for e in p.examples]


@pytest.mark.parametrize("word", ["如何", "如期", "如实", "如此", "如果", "如同", "如今", "如不", "如饥似渴地"])
def test_words_that_begin_like_an_example_are_none(word: str):
    assert examples(f"学得浅。{word}开展学习，想得不多，{word}做也没有。") == []


@pytest.mark.parametrize("marker", ["比如", "比如，", "例如：", "再比如", "又如，", "如在", "譬如", "例如,"])
def test_every_marker_opens_an_example(marker: str):
    assert examples(f"学得浅。{marker}三月讲课，照着念。后来改了。") == [f"{marker}三月讲课，照着念。"]


def test_an_example_ends_where_the_next_begins():
    assert examples("慢，比如三月迟报，又如四月漏报。") == ["比如三月迟报，", "又如四月漏报。"]


def test_a_comparison_is_no_example():
    assert examples("慢。两年对比如下，相比如今。") == []


def test_ordinals_split_inside_one_sentence():
    assert problems("主要是：一是学得浅；二是记得少；三是用得慢。") == ["学得浅", "记得少", "用得慢"]


def test_the_last_one_comes_after_any_of_the_others():
    report = report_of("一、存在的问题\n首先，学得浅。\n其次，记得少。\n最后，用得慢。\n二、整改措施\n一是学。")
    assert [p.lead for p in report.problems] == ["学得浅", "记得少", "用得慢"]
    assert not [w for w in report.warnings if "序号" in w.message]


def test_a_word_that_holds_an_ordinal_is_none():
    assert problems("一是思想不统一，是一是二不分明，进一步要求不够。二是慢。") == [
        "思想不统一，是一是二不分明，进一步要求不够",
        "慢",
    ]


def test_a_page_number_sewn_into_a_quotation_is_no_ordinal():
    assert problems("1、增强“\n2、四个意识”不够自觉。\n2、学得浅。") == ["增强“", "学得浅"]


def test_a_closing_remark_belongs_to_no_item():
    whole = (
        HEAD + "一、存在的问题\n一是浅。二是慢。总之，还有差距。\n二、整改措施\n一是学。二是快。以上汇报，请批评指正。"
    )
    report = report_of(whole)
    assert whole[report.problems[-1].start : report.problems[-1].end] == "二是慢。"
    assert whole[report.actions[-1].start : report.actions[-1].end] == "二是快。"


def test_a_signature_and_a_date_belong_to_no_item():
    whole = HEAD + "一、存在的问题\n一是浅。\n二、整改措施\n1.学。\n2.快。\n\n中共某站支部委员会\n2026年1月9日\n"
    report = report_of(whole)
    assert whole[report.actions[-1].start : report.actions[-1].end] == "2.快。"


def test_a_contents_list_is_read_once():
    contents = "目录\n一、存在的问题……1\n二、整改措施……2\n"
    report = report_of(HEAD + contents + "一、存在的问题\n一是浅。\n二、整改措施\n一是学。")
    assert ([p.lead for p in report.problems], [i.lead for i in report.actions]) == (["浅"], ["学"])


def test_turned_round_levels_are_followed():
    text = "1.学习方面\n（一）学得浅。\n（二）记得少。\n2.作风方面\n（一）拖拉。\n（二）粗糙。"
    report = report_of(HEAD + "一、存在的问题\n" + text)
    assert [(a.heading, len(a.problems)) for a in report.aspects] == [("学习方面", 2), ("作风方面", 2)]


def test_heads_without_ordinals_open_parts_too():
    report = report_of(HEAD + "存在的问题\n1.学得浅。\n2.记得少。\n原因分析\n1.懒。\n整改措施\n1.每周学。\n")
    assert [p.lead for p in report.problems] == ["学得浅", "记得少"]
    assert [i.lead for i in report.causes] == ["懒"]
    assert [i.lead for i in report.actions] == ["每周学"]


def test_bare_leads_need_company_and_a_body():
    def leads(body: str) -> list[tuple[str | None, list[str]]]:
        whole = HEAD + "一、存在的问题\n一是浅。\n二、整改措施\n（一）建强堡垒，走在前列。" + body
        return [(g.heading, [i.lead for i in g.items]) for g in report_of(whole).measures]

    one = "加强理论学习。每周学习一次，每月讨论一次，由书记主持。"
    two = "规范组织生活。党小组会每月开一次，记录当月交组织委员。"
    assert leads(one + two) == [("建强堡垒，走在前列", ["加强理论学习", "规范组织生活"])]
    assert leads(one) == [(None, ["建强堡垒，走在前列"])]
    assert leads("加强理论学习。规范组织生活。") == [(None, ["建强堡垒，走在前列"])]


YEARS = {
    "2025年度组织生活会情况报告": 2025,
    "二〇二四年度组织生活会情况报告": 2024,
    "2023年组织生活会情况报告": 2023,
    "组织生活会情况报告": None,
}


@pytest.mark.parametrize(("text", "year"), YEARS.items())
def test_the_year_is_the_titles(text: str, year: int | None):
    assert report_of(text + "\n一、存在的问题\n一是浅。\n2026年1月5日").year == year


def test_the_year_follows_the_year_before():
    text = "组织生活会情况报告\n一、上年度整改情况\n2023年度查摆的问题已整改：一是学了。\n二、存在的问题\n一是浅。"
    assert report_of(text).year == 2024


def test_two_papers_in_one_file_are_warned_of():
    one = HEAD + "一、存在的问题\n一是浅。\n二、整改措施\n一是学。\n"
    assert any(
        "几份材料" in w.message for w in report_of(one + one.replace("浅", "慢").replace("一是学", "一是快")).warnings
    )


def test_a_fixed_problem_is_one_item_however_it_was_fixed():
    text = "一、上年度整改情况\n（一）关于学得浅的问题。一是补学；二是补考。\n（二）作风方面。一是慢，已快。二是粗，已细。\n"
    report = report_of(HEAD + text + "二、存在的问题\n一是浅。")
    assert [i.lead for i in report.prior] == ["关于学得浅的问题", "慢，已快", "粗，已细"]


def test_what_went_well_is_no_problem():
    text = "一、成效和存在的问题\n（一）取得的成效\n一是学得勤。二是查得严。\n（二）存在的问题\n一是记得少。\n"
    assert [p.lead for p in report_of(HEAD + text).problems] == ["记得少"]


def test_a_list_of_problems_without_a_table_is_read_as_text():
    report = report_of("个人问题清单\n一、存在的问题\n一是学得浅。\n二、整改措施\n一是每周学，由我负责。")
    assert (report.kind, len(report.problems), len(report.actions)) == ("整改台账", 1, 1)


HEADINGS = {
    "班子存在的突出问题": "problems",
    "查摆出来的问题": "problems",
    "问题查摆情况": "problems",
    "对照检查出的主要问题": "problems",
    "主要差距和不足": "problems",
    "上一年度民主生活会整改措施落实情况": "prior",
    "2024年度组织生活会查摆问题整改情况": "prior",
    "思想根源剖析": "causes",
    "剖析原因": "causes",
    "存在问题的原因": "causes",
    "下步工作打算": "measures",
    "整改打算": "measures",
    "今后努力方向和改进措施": "measures",
    "会前准备情况": None,
    "开展批评和自我批评情况": None,
    "2025年度主要工作": None,
    "征求意见和查摆问题准备情况": None,
}


@pytest.mark.parametrize(("heading", "role"), HEADINGS.items())
def test_headings_open_their_parts(heading: str, role: str | None):
    assert role_of(heading) == role


def test_an_item_in_the_words_of_a_heading_is_an_item():
    assert problems("（一）学习\n一是存在问题。\n二是主要问题。") == ["存在问题", "主要问题"]


def test_a_missing_part_is_warned_of_and_not_guessed():
    report = report_of(HEAD + "一、会前准备\n（一）学习两次。\n（二）谈话九人次。")
    assert report.aspects == ()
    assert [w.message for w in report.warnings] == [
        "没有找到写问题的部分，请人工核对。",
        "没有找到写整改措施的部分，请人工核对。",
    ]


def test_traditional_text_with_sounds_is_read():
    text = "組(zǔ)織(zhī)生活會(huì)情況報(bào)告\n一、存在的問(wèn)題(tí)\n一是學(xué)得淺。\n二是慢。"
    report = report_of(text)
    assert len(report.problems) == 2
    assert report.kind == "情况报告"


def test_a_table_in_markdown_is_a_ledger():
    text = "# 问题整改台账\n| 序号 | 问题 | 措施 | 时限 |\n|---|---|---|---|\n| 1 | 学得浅 | 每周学 | 3月 |\n"
    (row,) = ledger_rows(document_of(text, "md"))
    cells = (row.number, row.problem, row.measure, row.due)
    assert [cell.text for cell in cells if cell] == ["1", "学得浅", "每周学", "3月"]
    assert read_report(document_of(text, "md")).kind == "整改台账"


def test_a_report_whose_problems_stand_in_a_table_is_read_from_it():
    text = HEAD + "一、会议情况\n按时召开。\n问题\t措施\t责任人\n学得浅\t每周学\t书记\n记得少\t每月查\t组织委员\n"
    report = report_of(text)
    assert (report.kind, [p.lead for p in report.problems]) == ("情况报告", ["学得浅", "记得少"])
