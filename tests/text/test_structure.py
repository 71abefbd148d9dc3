"""How parts of a paper are told from each other, each in a few lines: labels, announcements, levels, papers in one file."""

from __future__ import annotations

import pytest
from tests.text.makers import report_of

from bihuan_text.gathered import Ground
from bihuan_text.place import Span
from bihuan_text.report import Report

HEAD = "二支部2025年度组织生活会对照检查材料\n"
BODY = "一、存在的问题\n1.学得浅。\n2.记得少。\n二、整改措施\n1.每周学。\n"


def said(report: Report) -> tuple[list[str], list[str], list[str]]:
    """The leads of problems, causes and measures."""
    lists = (report.problems, report.causes, report.actions)
    problems, causes, measures = ([item.lead for item in items] for items in lists)
    return problems, causes, measures


def read(text: str) -> tuple[list[str], list[str], list[str]]:
    return said(report_of(HEAD + text))


def test_labels_inside_a_line_open_their_parts():
    text = "问题1：学得浅。成因：懒。措施：每周学。问题2：记得少。成因：忙。措施：每月查。"
    assert read(text) == (["学得浅", "记得少"], ["懒", "忙"], ["每周学", "每月查"])


def test_labels_below_an_aspect_open_their_parts():
    text = (
        "一、政治信仰方面\n存在问题：一是学得浅；二是记得少。\n原因分析：懒。\n整改措施：一是每周学；二是每月查。\n"
        "二、纪律作风方面\n存在问题：一是散漫。\n原因分析：松。\n整改措施：一是签到。\n"
    )
    report = report_of(HEAD + text)
    assert said(report) == (["学得浅", "记得少", "散漫"], ["懒", "松"], ["每周学", "每月查", "签到"])
    assert [a.heading for a in report.aspects] == ["政治信仰方面", "纪律作风方面"]


@pytest.mark.parametrize("words", ["产生上述问题的原因：", "究其原因，", "产生这些问题的主要原因有以下几个方面："])
def test_a_sentence_inside_a_paragraph_announces_the_causes(words: str):
    text = f"一、存在的问题\n（一）学习方面：一是学得浅；二是记得少。{words}一是懒；二是忙。\n二、整改措施\n一是学。"
    report = report_of(HEAD + text)
    assert said(report) == (["学得浅", "记得少"], ["懒", "忙"], ["学"])
    assert (HEAD + text)[report.problems[-1].start : report.problems[-1].end] == "二是记得少。"


def test_sentences_announce_lists_under_no_heading():
    text = (
        "主要存在以下问题：\n一是学得浅。\n二是记得少。\n下一步，从以下方面抓好整改落实：\n一是每周学。\n二是每月查。"
    )
    assert read(text) == (["学得浅", "记得少"], [], ["每周学", "每月查"])


def test_problems_hidden_under_another_heading_are_found():
    text = "一、思想政治情况\n坚持学习。但还存在一些问题：一是学得浅；二是记得少。\n二、整改措施\n一是学。"
    report = report_of("述职报告\n" + text)
    assert (said(report)[0], report.aspects[0].heading) == (["学得浅", "记得少"], "思想政治情况")


def test_a_list_of_faults_without_a_heading_is_the_problems():
    assert read(
        "下面我作检查。\n一是学习不够深入。\n二是服务意识不强。\n针对以上问题，下一步做好整改：\n一是学。\n二是问。"
    )[0] == [
        "学习不够深入",
        "服务意识不强",
    ]


def test_a_list_opens_inside_the_items_of_a_list_that_goes_on():
    text = "一、存在的问题\n一是学习方面。\n1.学得浅。\n2.记得少。\n二是作风方面。\n1.拖拉。\n2.粗糙。\n二、整改措施\n一是学。"
    report = report_of(HEAD + text)
    assert [(a.heading, len(a.problems)) for a in report.aspects] == [("学习方面", 2), ("作风方面", 2)]


def test_words_that_order_sentences_open_no_list():
    text = "一、存在的问题\n一是学得浅。首先，时间少。其次，方法旧。\n二是记得少。\n二、整改措施\n一是学。"
    assert read(text)[0] == ["学得浅", "记得少"]


def test_problems_that_hold_their_measures():
    text = "一、学习不够经常的问题\n整改措施：每周学。\n责任人：书记\n二、记录不够规范的问题\n整改措施：每月查。\n"
    assert read(text) == (["学习不够经常的问题", "记录不够规范的问题"], [], ["每周学", "每月查"])


def test_a_label_that_tells_more_of_a_problem_is_no_other():
    text = (
        "一、学习不够深入\n问题表现：松。\n整改措施：每周学。\n二、服务不够主动\n问题表现：少。\n整改措施：每月走访。"
    )
    assert read(text) == (["学习不够深入", "服务不够主动"], [], ["每周学", "每月走访"])


def test_paragraphs_that_each_begin_with_a_lead():
    text = "存在的问题\n理论学习不够深入。平时学得少。\n服务群众不够主动。下村少。\n整改措施\n1.学。"
    assert read(text)[0] == ["理论学习不够深入", "服务群众不够主动"]
    assert read("存在的问题\n理论学习不够深入。平时学得少。\n我们将认真对待。\n整改措施\n1.学。")[0] != [
        "理论学习不够深入"
    ]


def test_a_paper_in_one_line_with_its_title():
    text = (
        "个人对照检查材料 一、存在的问题 （一）学得浅。平时少。（二）记得少。 二、整改措施 （一）每周学。（二）每月查。"
    )
    report = report_of(text)
    assert (report.title, report.kind) == ("个人对照检查材料", "对照检查材料")
    assert said(report) == (["学得浅", "记得少"], [], ["每周学", "每月查"])


TITLES = {
    "某支部文件\n某支〔2026〕3号\n某局支部\n关于组织生活会情况的报告\n县直机关工委：\n": "某局支部关于组织生活会情况的报告",
    "目录\n一、存在的问题\t1\n二、整改措施\t2\n\n二支部组织生活会情况报告\n": "二支部组织生活会情况报告",
    "1、支部书记对照检查材料 支部书记对照检查材料\n": "支部书记对照检查材料",
    "关于报送情况报告的函\n现报上，请审阅。\n2026年1月2日\n\n二支部组织生活会情况报告\n": "二支部组织生活会情况报告",
}


@pytest.mark.parametrize("top", TITLES)
def test_titles_among_other_lines(top: str):
    report = report_of(top + BODY)
    assert (report.title, said(report)[0]) == (TITLES[top], ["学得浅", "记得少"])


KINDS = {
    "第三季度安全生产情况分析会报告\n一、存在问题\n一是巡查少。\n": "其他",
    "在组织生活会上的讲话\n存在以下问题：一是学习不够；二是作风不实。\n": "其他",
    "2026年支部工作计划\n一、存在问题\n1.学得浅。\n二、工作措施\n1.学。\n": "其他",
    "党员自我评价\n学习不够。\n": "对照检查材料",
    "各位同志：\n现将个人对照检查情况汇报如下：\n一、存在的问题\n1.学得浅。\n": "对照检查材料",
    "关于召开组织生活会的通知\n一、时间\n1.3月。\n": "通知",
}


@pytest.mark.parametrize("text", KINDS)
def test_kinds(text: str):
    report = report_of(text)
    assert report.kind == KINDS[text]
    assert report.kind != "其他" or not report.aspects


def test_several_papers_in_a_file_are_read_one_after_another():
    other = "某某同志个人对照检查材料\n" + BODY.replace("学得浅", "拖拉").replace("每周学", "限时")
    report = report_of(HEAD + BODY + other)
    assert said(report) == (["学得浅", "记得少", "拖拉", "记得少"], [], ["每周学", "限时"])
    (warning,) = [w for w in report.warnings if "几份材料" in w.message]
    assert warning.span is not None
    assert (HEAD + BODY + other)[warning.span.start :].startswith("某某同志")


@pytest.mark.parametrize(
    "closing", ["今后，我们将以此次会议为契机，做得更好。", "我将诚恳接受批评。", "以上这些问题，根子在班子。"]
)
def test_a_closing_paragraph_belongs_to_no_item(closing: str):
    text = HEAD + BODY.replace("1.每周学。\n", "1.每周学。\n2.每月查。\n") + closing + "\n"
    report = report_of(text)
    assert text[report.actions[-1].start : report.actions[-1].end] == "2.每月查。"


def test_a_sentence_broken_by_a_page_is_one():
    text = (
        HEAD
        + "一、存在的问题\n1.理论学习不够深入，学习\n\n— 3 —\n\n  时间少，重点也不突出。\n2.记得少。\n二、整改措施\n1.学。"
    )
    assert "".join(report_of(text).problems[0].lead.split()) == "理论学习不够深入，学习—3—时间少，重点也不突出"


def test_the_words_of_sites_inside_words_are_read_over():
    text = HEAD.replace("组织", "组##paidbegin##织") + BODY
    report = report_of(text)
    assert (report.kind, report.year, len(report.problems)) == ("对照检查材料", 2025, 2)


def test_bars_between_cells_make_a_table():
    text = "问题整改台账\n序号 | 存在问题 | 整改措施 | 责任人\n1 | 学得浅 | 每周学 | 书记\n2 | 记得少 | 每月查 | 委员\n"
    assert said(report_of(text)) == (["学得浅", "记得少"], [], ["每周学", "每月查"])


def test_clauses_after_a_colon_are_items_without_ordinals():
    text = "一、存在的问题\n存在以下问题：学得不经常；记得不完整。\n二、原因\n主要原因是：重业务轻党务；要求松懈。\n"
    assert read(text) == (["学得不经常", "记得不完整"], ["重业务轻党务", "要求松懈"], [])


def test_a_cell_that_numbers_its_measures_holds_several():
    text = "问题整改台账\n问题\t整改措施\n学得浅\t1.每周学。2.每月考。\n记得少\t每月查\n"
    assert said(report_of(text)) == (["学得浅", "记得少"], [], ["每周学", "每月考", "每月查"])


def test_an_aspect_with_one_fault_beside_aspects_with_lists():
    text = "一、存在的问题\n（一）政治纪律方面。发声不够主动。有时沉默。\n（二）组织纪律方面。1.报备晚。2.发言少。\n"
    report = report_of(HEAD + text)
    assert [(a.heading, [p.lead for p in a.problems]) for a in report.aspects] == [
        ("政治纪律方面", ["发声不够主动"]),
        ("组织纪律方面", ["报备晚", "发言少"]),
    ]


def test_paragraphs_are_not_lost_behind_the_clauses_of_the_first():
    text = (
        "一、存在的问题\n在学习上，主动学的时候不多，只停留在读过；笔记有时是补的。\n"
        "在工作落实上，交代了才去做，不够主动。\n在联系群众上，解释政策时耐心不够。\n二、原因\n"
    )
    report = report_of(HEAD + text)
    assert [problem.lead[:2] for problem in report.problems] == ["在学", "在工", "在联"]
    assert any("没有编号" in each.message for each in report.warnings)


def test_the_last_aspect_alone_on_its_line_keeps_its_paragraph():
    text = "一、存在的问题\n（一）政治纪律方面\n1.发声少。\n2.表态晚。\n（二）组织纪律方面\n报备不及时。全年晚两次。\n二、原因\n"
    report = report_of(HEAD + text)
    assert [(a.heading, [p.lead for p in a.problems]) for a in report.aspects] == [
        ("政治纪律方面", ["发声少", "表态晚"]),
        ("组织纪律方面", ["报备不及时"]),
    ]


def test_headings_of_few_words_and_the_path_of_a_page():
    report = report_of(
        "首页 > 正文\n二支部组织生活会发言提纲\n一、存在的主要问题1、学得浅。2、记得少。二、原因1、懒。三、怎么改1、学。2、问。"
    )
    assert (report.title, said(report)) == ("二支部组织生活会发言提纲", (["学得浅", "记得少"], ["懒"], ["学", "问"]))


def test_the_head_of_a_flattened_table_is_no_title():
    rows = (
        "序号 | 存在问题 | 整改措施 | 责任人 | 整改情况",
        "1 | 学得浅 | 每月学一次 | 书记 | 已完成",
        "2 | 谈心少 | 每年谈一次 | 支委会 | 推进中",
    )
    report = report_of("\n".join(rows))
    assert (report.kind, report.title) == ("整改台账", None)
    assert [p.lead for p in report.problems] == ["学得浅", "谈心少"]


def test_an_ordinal_with_nothing_behind_it_is_no_item_and_is_told():
    report = report_of(HEAD + "一、存在的问题\n1.学得浅。\n2.……\n3.记得少。\n二、整改措施\n（一）加强学习。1.\n2.\n")
    assert said(report) == (["学得浅", "记得少"], [], ["加强学习"])
    assert sum("后面没有写内容" in warning.message for warning in report.warnings) == 3


def test_a_lead_begins_behind_stray_marks():
    assert said(report_of(HEAD + "一、存在的问题\n1.。学得浅。\n2.；记得少。\n"))[0] == ["学得浅", "记得少"]


def test_each_paper_of_a_file_has_the_rows_of_its_own_table():
    table = "问题\t整改措施\n{0}得浅\t{0}每周一次\n{0}得少\t{0}每月一次\n"
    opening = "组织生活会对照检查材料\n会前认真准备。学了。\n一、整改措施\n1.多看书。\n2.多记录。\n二、台账\n"
    papers = (f"{who}同志{opening}{table.format(what)}" for who, what in (("甲", "学"), ("乙", "记")))
    report = report_of("\n".join(papers))
    assert said(report)[0] == ["学得浅", "学得少", "记得浅", "记得少"]
    assert not any("夹着一张表" in warning.message for warning in report.warnings)


def test_no_place_is_taken_twice():
    ground = Ground()
    assert [ground.take(Span(*span)) for span in ((10, 15), (0, 5))] == [True, True]
    assert not any(
        ground.take(Span(*span)) for span in ((4, 11), (12, 13), (0, 20), (3, 4), (9, 11), (14, 20), (7, 7), (10, 15))
    )
    assert [ground.take(Span(*span)) for span in ((5, 10), (15, 16))] == [True, True]
