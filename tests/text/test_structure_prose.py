"""Items without ordinals: free paragraphs, sentences that open alike, clauses, and labels behind an ordinal."""

from __future__ import annotations

import pytest
from tests.text.makers import report_of
from tests.text.test_structure import HEAD, said

from bihuan_text import read_report
from bihuan_text.document import plain_document
from bihuan_text.report import Report

IN_PROSE = "按段落或句子拆开"
MEASURES = "三、整改措施\n1.学。\n2.问。\n"


def read(text: str) -> Report:
    return report_of(HEAD + text)


def doubted(report: Report) -> bool:
    return any(IN_PROSE in warning.message for warning in report.warnings)


def test_paragraphs_that_all_tell_faults_are_problems_and_a_doubt_is_told():
    text = (
        "一、存在的主要问题\n在理论学习上，系统性不够，学得零散。平时读文件多。\n"
        "在联系群众上，下村偏少，一年只去两次。群众有意见。\n以上问题，支部认真对待。\n" + MEASURES
    )
    report = read(text)
    assert said(report)[0] == ["在理论学习上，系统性不够，学得零散", "在联系群众上，下村偏少，一年只去两次"]
    assert (HEAD + text)[: report.problems[-1].end].endswith("群众有意见。")
    assert doubted(report)


def test_paragraphs_that_tell_what_went_well_first_are_left_and_told():
    report = read("一、存在的主要问题\n一年来，支部做了许多事，学习也经常。\n学习的系统性不够，学得零散。\n" + MEASURES)
    assert said(report)[0] == []
    assert any("没有拆开" in warning.message for warning in report.warnings)


def test_sentences_that_open_alike_are_problems():
    report = read(
        "一、存在的主要问题\n支部的差距是明显的。有的支委学得不深。有的党员发言不够主动，会上很少说话。一年也没有几次。个别同志纪律松懈。\n"
        + MEASURES
    )
    assert said(report)[0] == ["有的支委学得不深", "有的党员发言不够主动，会上很少说话", "个别同志纪律松懈"]
    assert doubted(report)


def test_paragraphs_of_measures_without_ordinals():
    report = read(
        "一、存在的问题\n1.学得浅。\n二、整改思路\n固定每月第一个周五学习，缺一次补一次。组织委员登记。\n支委每人联系两户，每季度去一次。\n"
    )
    assert said(report)[2] == ["固定每月第一个周五学习，缺一次补一次", "支委每人联系两户，每季度去一次"]
    assert doubted(report)


def test_clauses_on_the_line_below_their_heading():
    report = read("一、存在的问题\n1.学得浅。\n二、究其原因\n主要是思想上重业务轻党建；管理上失之于宽。\n" + MEASURES)
    assert said(report)[1] == ["思想上重业务轻党建", "管理上失之于宽"]


@pytest.mark.parametrize("ordinals", [("（一）", "（二）", "（三）"), ("1.", "2.", "3."), ("1、", "2、", "3、")])
def test_labels_behind_ordinals(ordinals: tuple[str, str, str]):
    first, second, third = ordinals
    aspect = f"方面\n{first}问题：①学得浅。②用得少。\n{second}原因：抓得不紧。\n{third}整改措施：①每天读。②每月写。\n"
    report = read(f"一、学习{aspect}二、服务{aspect}")
    assert said(report) == (["学得浅", "用得少"] * 2, ["抓得不紧"] * 2, ["每天读", "每月写"] * 2)
    assert [a.heading for a in report.aspects] == ["学习方面", "服务方面"]


def test_a_label_on_a_line_of_its_own_is_no_part_of_its_only_item():
    text = (
        HEAD
        + "存在的问题：\n（1）学得浅；\n（2）记得少。\n问题产生的原因：\n忙于迎检，少了沟通。\n整改措施：\n（1）学；\n（2）记。\n"
    )
    (cause,) = report_of(text).causes
    assert text[cause.start : cause.end] == "忙于迎检，少了沟通。"


@pytest.mark.parametrize(
    "heading", ["2026年工作思路", "下一步工作设想", "努力的方向", "整改的措施和办法", "发展思路和主要措施"]
)
def test_names_of_the_part_on_measures(heading: str):
    report = read(f"一、主要问题及原因\n一是学得浅。二是记得少。\n二、{heading}\n一是每周学。二是每月查。\n")
    assert (said(report)[0], said(report)[2]) == (["学得浅", "记得少"], ["每周学", "每月查"])


def test_numbered_labels():
    report = read(
        "一、存在的问题\n问题之一：学得浅。\n问题之二：记得少。\n二、根源\n根源之一：懒。\n根源之二：忙。\n" + MEASURES
    )
    assert said(report)[:2] == (["学得浅", "记得少"], ["懒", "忙"])


def test_questions_below_headings_of_two_numbers():
    report = read(
        "第一章 存在的问题\n1.1 学习类\n问题1：学得浅。成因：懒。\n问题2：记得少。成因：忙。\n"
        "1.2 作风类\n问题3：拖拉。成因：松。\n"
        "第二章 整改措施\n2.1 学。\n2.2 问。\n"
    )
    assert said(report) == (["学得浅", "记得少", "拖拉"], ["懒", "忙", "松"], ["学", "问"])


def test_a_top_named_like_a_part_beside_tops_that_are_aspects():
    report = read(
        "一、学习研讨方面（1条）\n1.学得浅，次数不足。\n二、查摆问题方面（1条）\n1.查得不深。\n三、集中整治方面（1条）\n1.措施空泛。\n"
    )
    assert said(report)[0] == ["学得浅，次数不足", "查得不深", "措施空泛"]


def test_what_was_done_about_problems_without_any_other_part_is_last_years():
    report = report_of(
        "二支部组织生活会整改落实情况报告\n一、工作开展情况\n开了会。\n二、问题整改情况\n（一）学得少的问题\n已补学。\n（二）记得少的问题\n已补记。\n"
    )
    assert [item.lead for item in report.prior] == ["学得少的问题", "记得少的问题"]


HEADS = {
    "党性分析报告2017年\n": ("对照检查材料", "党性分析报告2017年", 2017),
    "政治方面存在的问题及整改措施\n": ("对照检查材料", "政治方面存在的问题及整改措施", None),
    "2018抓基层党建工作述职报告\n": ("述职报告", "2018抓基层党建工作述职报告", 2018),
    "燃气管网存在的问题及整改措施\n": ("其他", "燃气管网存在的问题及整改措施", None),
}


@pytest.mark.parametrize("top", HEADS)
def test_titles_kinds_and_years(top: str):
    report = report_of(top + "一、存在的问题\n1.学得浅。\n二、整改措施\n1.学。\n")
    assert (report.kind, report.title, report.year) == HEADS[top]


def test_labels_in_bold_behind_bullets():
    part = "### {n}. {a}方面\n\n- **存在问题**：学得浅。\n- **原因分析**：懒。\n- **整改措施**：每周学。\n"
    text = "# 个人发言提纲\n\n## 一、存在问题、原因及措施\n\n" + part.format(n=1, a="学习") + part.format(n=2, a="服务")
    report = read_report(plain_document(text, "试.md", "md"))
    assert said(report) == (["学得浅"] * 2, ["懒"] * 2, ["每周学"] * 2)
    assert [a.heading for a in report.aspects] == ["学习方面", "服务方面"]


def test_headings_of_one_bare_number_above_headings_of_two():
    report = read(
        "1 查摆的问题\n1.1 学得浅\n1.2 记得少\n2 原因分析\n2.1 懒\n2.2 忙\n3 整改措施\n3.1 每周学\n3.2 每月查\n"
    )
    assert said(report) == (["学得浅", "记得少"], ["懒", "忙"], ["每周学", "每月查"])


def test_a_line_that_announces_the_next_items_belongs_to_none():
    text = HEAD + "一、存在的问题\n学习方面：\n1.学得浅；\n2.记得少；\n服务方面：\n3.下村少。\n" + MEASURES
    report = report_of(text)
    assert [text[p.start : p.end] for p in report.problems] == ["1.学得浅；", "2.记得少；", "3.下村少。"]


@pytest.mark.parametrize(
    "ordinals",
    ["⑴⑵⑶", "⒈⒉⒊", ("1 、", "2 、", "3 、"), ("(1 )", "( 2)", "(3)"), ("1)", "2)", "3)"), ("1）", "2）", "3）")],
)
def test_ordinals_in_one_character_or_torn_apart(ordinals: tuple[str, str, str]):
    one, two, three = ordinals
    report = read(f"一、查摆问题\n{one}学得浅。\n{two}记得少。\n{three}下村少。\n二、整改措施\n{one}学。\n{two}问。\n")
    assert (said(report)[0], said(report)[2]) == (["学得浅", "记得少", "下村少"], ["学", "问"])


def test_sentences_on_their_own_lines_end_a_list_that_has_no_heading():
    report = read(
        "（一）学习方面。一是学得不深。二是记得少。\n（二）作风方面。一是拖拉松散。\n"
        "剖析以上问题，根源主要在于：一是懒。二是忙。\n今后，我将从以下几个方面抓好整改：一是每周学。二是每月查。\n"
    )
    assert said(report) == (["学得不深", "记得少", "拖拉松散"], ["懒", "忙"], ["每周学", "每月查"])


def test_what_was_done_about_one_of_last_years_problems_is_no_other():
    report = read(
        "一、上年度问题整改情况\n1.学得少的问题：已改。一是订了计划；二是补了课。\n2.记得少的问题：已改。\n二、查摆的问题\n1.拖拉。\n"
    )
    assert [item.lead for item in report.prior] == ["学得少的问题：已改", "记得少的问题：已改"]


def test_the_course_of_the_meeting_below_a_part_on_problems_is_no_problem():
    report = read(
        "一、查摆的问题\n（一）班子对照检查。查摆出以下问题：1.学得浅。2.记得少。\n（二）个人对照检查和相互批评。逐一发言。\n"
        + MEASURES
    )
    assert said(report)[0] == ["学得浅", "记得少"]


@pytest.mark.parametrize("item", ["1.", "①", "（1）", "1、"])
def test_the_only_item_behind_a_label(item: str):
    report = read(
        f"一、学习方面\n主要问题：{item}学得浅。\n原因剖析：{item}懒散。\n整改措施：{item}每周学。\n"
        "二、作风方面\n主要问题：1.拖拉；2.粗糙。\n原因剖析：1.松懈；2.忙乱。\n整改措施：1.签到；2.抽查。\n"
    )
    assert said(report) == (["学得浅", "拖拉", "粗糙"], ["懒散", "松懈", "忙乱"], ["每周学", "签到", "抽查"])


@pytest.mark.parametrize("causes", ["二、究其原因，主要有以下几点", "二、问题成因", "二、主要原因"])
@pytest.mark.parametrize("measures", ["三、针对存在问题，拟采取以下措施", "三、针对以上不足的改进打算", "三、改进举措"])
def test_headings_that_are_sentences(causes: str, measures: str):
    report = read(
        f"一、班子查摆出6个方面的问题\n（一）学得浅。\n（二）记得少。\n{causes}\n（一）懒。\n{measures}\n（一）每周学。\n"
    )
    assert said(report) == (["学得浅", "记得少"], ["懒"], ["每周学"])


def test_announcements_that_end_with_a_full_stop():
    report = read(
        "我感到自己存在以下几方面的问题。\n一是学得浅。\n二是记得少。\n之所以存在这些问题，主要原因有以下几点。\n一是懒。\n二是忙。\n"
        "针对这些不足，我下一步打算：\n一是每周学。\n二是每月查。\n"
    )
    assert said(report) == (["学得浅", "记得少"], ["懒", "忙"], ["每周学", "每月查"])


def test_parts_below_a_heading_that_says_nothing():
    report = read(
        "一、党性分析\n1、主要问题\n①学得浅。\n②记得少。\n2、思想根源\n①懒。\n②忙。\n二、努力方向\n①每周学。\n②每月查。\n"
    )
    assert said(report) == (["学得浅", "记得少"], ["懒", "忙"], ["每周学", "每月查"])


def test_last_time_is_last_year():
    report = read(
        "先汇报上次组织生活会问题整改情况：一是学得少，已补课；二是下村少，已下村。\n还存在以下问题：一是拖拉；二是粗糙。\n"
    )
    assert [item.lead for item in report.prior] == ["学得少，已补课", "下村少，已下村"]
    assert said(report)[0] == ["拖拉", "粗糙"]


def test_an_announced_list_is_read_once():
    text = (
        HEAD + "按照要求，我作了检查。\n我感到自己存在以下几方面的问题。\n一是学得浅。\n二是记得少。\n"
        "之所以存在这些问题，主要原因有以下几点。\n一是懒惰松懈。\n二是不够重视。\n"
    )
    report = report_of(text)
    assert said(report)[:2] == (["学得浅", "记得少"], ["懒惰松懈", "不够重视"])
    assert not any("套在一起" in warning.message for warning in report.warnings)
    assert text[report.problems[-1].start : report.problems[-1].end] == "二是记得少。"


def test_dots_that_end_sentences():
    report = read("一.存在的问题\n1.学得浅.有时以忙为借口.\n2．记得少．不大动笔．\n二.整改措施\n1.每周学1.5小时.\n")
    assert (said(report)[0], said(report)[2]) == (["学得浅", "记得少"], ["每周学1.5小时"])


def test_a_mending_plan_whose_only_part_names_each_fault():
    text = (
        "二支部组织生活会问题整改方案\n一、总体要求\n改。\n二、整改内容及措施\n（一）活动不正常\n1.每月开会。\n2.合并小组。\n"
        "（二）答复太慢\n1.五日内答复。\n三、保障措施\n（一）书记负总责。\n"
    )
    report = report_of(text)
    assert said(report)[0] == ["活动不正常", "答复太慢"]
    assert said(report)[2][:3] == ["每月开会", "合并小组", "五日内答复"]


def test_groups_of_measures_stay_groups_where_the_problems_stand_before():
    report = read(
        "一、存在的问题\n1.学得不深。\n二、整改措施\n（一）解决学习不深\n1.每周学。\n（二）解决记录不全\n1.每月查。\n"
    )
    assert (said(report)[0], said(report)[2]) == (["学得不深"], ["每周学", "每月查"])


def test_first_is_and_next_is():
    report = read(
        "一、存在的问题\n1.学得浅。\n二、原因剖析\n根子在主观上。首先是认识不足。其次是要求不严。再次是怕难。\n"
        + MEASURES
    )
    assert said(report)[1] == ["认识不足", "要求不严", "怕难"]


def test_the_only_item_behind_a_tag():
    report = read(
        "一、学习方面\n【存在问题】1.学得浅。\n【原因剖析】懒。\n二、作风方面\n【存在问题】1.拖拉。2.粗糙。\n【原因剖析】忙。\n"
    )
    assert said(report)[:2] == (["学得浅", "拖拉", "粗糙"], ["懒", "忙"])


def test_the_opening_above_the_first_heading_announces_nothing():
    report = read("上年度问题整改情况另行报告。\n一、存在的问题\n一是学得浅。\n二、整改措施\n一是学。\n")
    assert (report.prior, said(report)[0]) == ((), ["学得浅"])


def test_plain_words_for_the_parts():
    report = report_of(
        "党员自我检查\n一、我的问题\n学习少了。眼睛花。\n活动少了。怕下雨。\n二、为什么会这样\n一是懒。二是怕。\n三、今后怎么改\n一是学。二是去。\n"
    )
    assert (report.kind, said(report)) == ("对照检查材料", (["学习少了", "活动少了"], ["懒", "怕"], ["学", "去"]))


@pytest.mark.parametrize(("of_problems", "of_causes"), [
    ("一、我身上的问题", "二、为什么会有这些问题"),
    ("一、自己的毛病", "二、毛病出在哪里"),
    ("一、我有哪些不足", "二、为什么总出问题"),
])  # fmt: skip
def test_heads_as_they_are_spoken(of_problems: str, of_causes: str):
    report = read(f"{of_problems}\n第一，学习坐不下来。\n{of_causes}\n一是图省事。\n三、下一步怎么改\n第一，每天学。\n")
    assert said(report) == (["学习坐不下来"], ["图省事"], ["每天学"])
