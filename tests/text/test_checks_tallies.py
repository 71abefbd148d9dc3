"""Wholes and their parts, hours, deadlines, serial numbers, blanks left for a figure: what one sentence or one list tells."""

from __future__ import annotations

import pytest
from tests.text.test_checks import excerpts, found, paper

from bihuan_text.checks.hours import hours
from bihuan_text.checks.tallies import clashes

WRONG = [
    "有党员24名，其中正式党员22名、预备党员1名。",
    "支部现有24名党员，其中正式党员22名、预备党员1名。",
    "到会委员4人，5人赞成。",
    "应到委员5人，实到委员5人，赞成4票、反对0票、弃权0票。",
    "馆藏8500卷，已整理6000卷，剩余3500卷。",
    "全馆共有纸质档案8500卷，2025年已完成数字化6000卷，剩余3500卷计划2026年完成。",
    "由2024年的31万元增加到2025年的38万元，增加9万元。",
    "办结时间由5天缩短到3天，缩短3天。",
    "参训率由85%提高到92%，提高6个百分点。",
    "查摆问题7个，立行立改3个、限期整改5个。",
    "梳理问题9个，其中立行立改3个、限期整改4个、长期坚持1个。",
    "抽查30张，有27张按时办结，1张因缺货没有办结。",
    "经费由50万元压减到45万元，下降15%。",
    "人均学时由40学时减少到46学时。",
    "共10项任务，完成6项、持续推进3项。",
    "党员30名，其中男党员18名、女党员13名。",
]
RIGHT = [
    "有党员24名，其中正式党员23名、预备党员1名。",
    "党员30名，其中在职党员18名、退休党员10名、流动党员2名。",
    "到会委员4人，4人赞成。",
    "应到委员5人，实到委员4人，赞成3票、反对0票、弃权1票。",
    "应到20名党员，实到18名，其中有表决权17名，赞成17票。",
    "馆藏8500卷，已整理6000卷，剩余2500卷。",
    "由2024年的31万元增加到2025年的38万元，增加7万元。",
    "由2024年的31万元增加到2025年的38万元，增长22.6%。",
    "参训率由85%提高到92%，提高7个百分点。",
    "查摆问题7个，立行立改3个、限期整改4个。",
    "查摆问题9个，立行立改3个、限期整改4个、长期坚持2个。",
    "抽查30张，有29张按时办结，1张因缺货没有办结。",
    "检查30户，5户没有签字，3户不规范。",
    "抽查30户，12户已签字，3户没有签字。",
    "共走访30户，已解决12户，还有3户没有办。",
    "党员30名，其中在职党员18名、退休党员10名。",
    "从3月到5月，走访12户，增加2户。",
    "从一楼到三楼逐户走访，剩余3户没有人在家。",
    "从1名党员发展到5名党员。",
    "共12项任务，一季度完成5项，二季度完成4项，剩余3项正在办理。",
]


@pytest.mark.parametrize("text", WRONG)
def test_a_sum_that_does_not_come_out(text: str):
    assert len(list(clashes(text))) == 1
    assert [f.severity for f in found(text, "D18")] == ["block"]


@pytest.mark.parametrize("text", RIGHT)
def test_a_sum_that_comes_out(text: str):
    assert list(clashes(text)) == []


@pytest.mark.parametrize("text", ["下午3点至2点40分", "14:30—13:20", "9时75分", "下午15时至14时"])
def test_hours_that_cannot_be(text: str):
    assert len(list(hours(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "下午3点至4点40分",
        "上午10点到1点",
        "22:00至6:00",
        "8：30-11：30",
        "晚上8点到2点",
        "上午9点至下午3点",
        "20:00—8:00",
    ],
)
def test_hours_that_can_be(text: str):
    assert list(hours(text)) == []


NOTICE = (
    "关于召开2025年度组织生活会的通知\n各党支部：\n2026年1月31日前召开组织生活会。\n"
    "于2026年{}前将情况报告报机关党委。\n2025年12月20日"
)


def test_a_notice_that_wants_the_report_before_the_meeting():
    assert excerpts(NOTICE.format("1月6日"), "D19") == ["2026年1月6日前"]
    assert found(NOTICE.format("2月6日"), "D19") == []


MEASURED = (
    "二支部情况报告\n支部于2026年1月16日召开组织生活会。\n一、存在的问题\n一是学习不深。\n"
    "二、整改措施\n一是补学，{}前由组织委员完成。"
)


def test_a_measure_that_is_due_before_the_meeting():
    assert excerpts(MEASURED.format("2025年3月底"), "D19") == ["2025年3月底前"]
    assert found(MEASURED.format("2026年3月底"), "D19") == []
    assert found(MEASURED.format("3月底"), "D19") == []


@pytest.mark.parametrize("text", ["于2025年  月  日下达", "江职组〔2026〕  号", "2026年3月  日开会", "第  次会议"])
def test_a_blank_where_a_figure_is_to_be_written(text: str):
    assert len(found(text, "R38")) == 1


def test_a_blank_inside_a_full_date_is_none():
    assert found("2026 年 3 月 5 日，江职组〔2026〕 4 号", "R38") == []


def test_an_ordinal_of_another_form_among_its_siblings():
    text = "工作总结\n一、做法\n（一）抓学习\n全年学了。\n{}抓组织生活\n每月一次。\n（三）抓服务\n1.看病\n2.送药"
    assert "2." in excerpts(text.format("2."), "R41")
    assert excerpts(text.format("（二）"), "R41") == []


def test_numbers_in_a_column_and_on_an_agenda():
    rows = "序号\t事项\n1\t甲\n2\t乙\n{}\t丙\n"
    assert excerpts(rows.format(4), "R41") == ["4"]
    assert excerpts(rows.format(3) + "第二组\n1\t丁\n2\t戊\n", "R41") == []
    agenda = "第一项，学习。\n第二项，发言。\n第{}项，测评。\n"
    assert excerpts(agenda.format("四"), "R41") == ["第四项"]
    assert excerpts(agenda.format("三"), "R41") == []


def test_those_who_get_no_grade():
    assert len(found("预备党员参加会议，评定为合格。", "D26")) == 1
    assert found("预备党员1名参加评议，不评定等次。预备党员1名，未评定为优秀。", "D26") == []


def test_praise_and_fault_in_one_sentence():
    text = paper("一是支委会坚持按月召开，取得了良好成效，但记录不完整。", "一是补记录。")
    assert len(found(text, "D08")) == 1
    assert found(paper("一是12月有两次没有检查，但补上了记录。", "一是补记录。"), "D08") == []


OWN = "机关第三党支部情况报告\n机关第{}党支部于2026年1月16日召开组织生活会。\n机关第三党支部\n2026年1月20日"


def test_the_number_of_ones_own_branch():
    assert excerpts(OWN.format("二"), "D20") == ["第二党支部"]
    assert found(OWN.format("三"), "D20") == []
    assert found(OWN.format("三") + "\n会前到第二党支部召开座谈会。", "D20") == []


def test_the_name_of_another_kind_of_unit():
    title = "县医院第一党支部对照检查材料\n一、存在的问题\n一是学习不深。{}三次没有组织。\n"
    assert excerpts(title.format("我校"), "D23") == ["我校"]
    assert found(title.format("我院"), "D23") == []


FORGOTTEN = (
    "一是夜班补学缺五次。二是宿舍漏雨没人修。三是仓库盘点拖了两个月。",
    "一是夜班每月补学。二是仓库每季盘点。",
)


def test_the_one_problem_that_was_forgotten():
    assert [f.excerpt for f in found(paper(*FORGOTTEN), "R21")] == ["宿舍漏雨没人修"]
    assert found(paper(FORGOTTEN[0], FORGOTTEN[1] + "三是五月前修好宿舍。"), "R21") == []


def test_an_owner_on_the_next_line():
    text = paper("一是学习不深。", "一是每班交接时读一页规程，3月起执行，值长\n负责。")
    assert found(text, "R22") == []


def test_one_bare_problem_among_many_is_pointed_out():
    many = "一是学习不深。6月12日讨论时3名党员没有看完材料。二是服务不细。5月来信2封，值班员没有登记。三是管理不规范。"
    assert [(f.severity, f.excerpt) for f in found(paper(many, "一是学。"), "R16")] == [("info", "管理不规范")]


def test_a_measure_for_ever_that_nobody_looks_at():
    text = paper("一是学习不深。", "一是每班读规程，由值长负责，{}。")
    assert len(found(text.format("长期坚持"), "R22")) == 1
    assert found(text.format("长期坚持，6月、12月检查"), "R22") == []


def test_a_measure_that_is_only_a_slogan():
    text = paper("一是学习不深。", "一是{}，由书记负责，3月底前完成。")
    assert [f.severity for f in found(text.format("进一步提高认识，切实加强学习，不断改进作风"), "R22")] == ["info"]
    assert found(text.format("进一步提高认识，切实加强学习，每周读一篇原文"), "R22") == []


def test_a_measure_that_answers_no_problem():
    problems = "一是夜班补学缺五次。二是宿舍漏雨没人修。三是仓库盘点拖了两个月。"
    measures = "一是夜班每月补学。二是五月前修好宿舍。三是仓库每季盘点。四是改造锅炉烟囱。"
    assert [(f.severity, f.excerpt) for f in found(paper(problems, measures), "R21")] == [("info", "改造锅炉烟囱")]
    assert found(paper(problems, measures.split("四是")[0]), "R21") == []


def test_the_same_number_twice_in_a_short_list():
    text = (
        "工作总结\n（一）学习方面\n1.家访偏少，人均四户。\n{}.意见答复慢，拖了两个月。\n"
        "（二）作风方面\n1.请假不登记。\n2.开会不记录。"
    )
    assert excerpts(text.format(1), "R41") == ["1."]
    assert excerpts(text.format(2), "R41") == []
