"""Each rule finds what it names, leaves its look-alikes alone, and mends only what is mechanical."""

from __future__ import annotations

import pytest
from tests.text.holding import mended as with_mends
from tests.text.makers import document_of, report_of

from bihuan_text import check, read_report
from bihuan_text.checks import Finding, Severity, all_rules
from bihuan_text.checks.regulations import nearest_name
from bihuan_text.lists import table


def found(text: str, rule: str, form: str = "txt", **options: object) -> list[Finding]:
    return [f for f in check(document_of(text, form), **options) if f.rule == rule]  # type: ignore[arg-type]


def excerpts(text: str, rule: str, form: str = "txt", **options: object) -> list[str]:
    return [f.excerpt for f in found(text, rule, form, **options)]


def mended(text: str, findings: list[Finding]) -> str:
    return with_mends(text, (mend for finding in findings for mend in finding.mend))


def test_every_rule_has_an_id_a_title_and_a_source():
    rules = all_rules()
    assert [r.code for r in rules] == sorted((r.code for r in rules), key=lambda c: (c[0], int(c[1:])))
    assert all(r.title and r.source and r.what and r.why and r.wrong and r.right for r in rules)
    assert all(r.severity in Severity for r in rules)
    assert set(table("rules.toml")) >= {r.code for r in rules}


MASKS = {
    "XX党支部": ["XX"],
    "中共××市委": ["××"],
    "20XX年度": ["XX"],
    "201×年": ["×"],
    "X年X月": ["X", "X"],
    "共有x人": ["x"],
    "x 直机关党工委": ["x"],
    "党员 x 人": ["x"],
    "ＸＸ单位": ["ＸＸ"],
    "＊＊镇": ["＊＊"],
    "*镇党委": ["*"],
    "某某同志": ["某某"],
    "由李某某负责": ["李某某"],
    "某县某局": ["某", "某"],
    "【单位名称】支部": ["【单位名称】"],
    "（此处填写日期）": ["（此处填写日期）"],
    "应到__人": ["__"],
    "〇〇支部": ["〇〇"],
    "×\n市": ["×"],
    "□□名党员": ["□□"],
    "完成时间：待定": ["待定"],
}
WORDS = [
    "1+X证书",
    "第XXI届",
    "3X3篮球",
    "X射线",
    "**加强学习**",
    "某些同志",
    "某种程度",
    "在此处办理",
    "二〇〇八年",
    "3×5米",
    "某一天",
    "A×B",
    "X光机",
    "x轴",
    "IXX",
    "□是 □否",
    "待定事项三件",
]


@pytest.mark.parametrize(("text", "masks"), MASKS.items(), ids=MASKS)
def test_a_mask_is_a_placeholder(text: str, masks: list[str]):
    assert excerpts(text, "R38") == masks


@pytest.mark.parametrize("text", WORDS)
def test_a_letter_in_a_word_is_no_placeholder(text: str):
    assert excerpts(text, "R38") == []
    assert excerpts(text, "R38", "md") == []


def test_markdown_bold_hides_no_mask():
    assert excerpts("# 报告\n**加强学习**，**镇党委", "R38", "md") == ["**"]


def test_a_placeholder_blocks():
    assert {f.severity for f in found("XX党支部", "R38")} == {Severity.BLOCK}


def test_a_wrong_regulation_name_blocks_and_is_mended():
    text = "对照《中国共产党党支部工作条例（试行）》《中国共产党党员教育管理条例》"
    findings = found(text, "R39")
    assert [f.severity for f in findings] == [Severity.BLOCK] * 2
    assert mended(text, findings) == "对照《中国共产党支部工作条例（试行）》《中国共产党党员教育管理工作条例》"


def test_a_missing_trial_mark_only_warns():
    assert [f.severity for f in found("按照《中国共产党支部工作条例》", "R39")] == [Severity.WARN]


def test_a_replaced_regulation_is_named_with_its_successor():
    (finding,) = found("依据《中国共产党巡视工作条例（试行）》", "R39")
    assert finding.suggestion == "《中国共产党巡视工作条例》"
    assert finding.mend == ()


RIGHT = ["中国共产党章程", "中国共产党支部工作条例（试行）", "中国共产党支部工作条例(试行)", "中国共产党农村工作条例",
         "中国共产党地方组织选举工作条例", "中国共产党党徽党旗条例", "习近平谈治国理政", "信访工作条例"]  # fmt: skip


@pytest.mark.parametrize("name", [*RIGHT, "党章", "支部工作条例", "中国共产党简史", "求是"])
def test_right_names_and_other_titles_are_left_alone(name: str):
    assert excerpts(f"学习《{name}》", "R39") == []


def test_a_short_name_is_known_by_one_letter():
    (finding,) = found("学习《中国共产党掌程》", "R39")
    assert finding.suggestion == "《中国共产党章程》"


def test_no_right_name_is_near_another():
    assert nearest_name("中国共产党工作条例") is None


def test_a_branchs_own_meeting_called_by_the_wrong_name():
    text = "第二党支部2025年度情况报告\n我支部1月召开民主生活会。"
    findings = found(text, "R40", kind="情况报告")
    assert [f.severity for f in findings] == [Severity.BLOCK]
    assert mended(text, findings).endswith("召开组织生活会。")


OTHERS = ["党委书记参加局领导班子民主生活会。", "学习《县以上党和国家机关党员领导干部民主生活会若干规定》。"]


@pytest.mark.parametrize(
    "sentence", [*OTHERS, "党组民主生活会反馈意见3条。", "领导干部既开民主生活会，也参加组织生活会。"]
)
def test_a_leading_bodys_meeting_is_left_alone(sentence: str):
    assert found(f"第二党支部2025年度组织生活会情况报告\n{sentence}", "R40", kind="情况报告") == []


def test_a_cadre_who_writes_for_the_leading_bodys_meeting_is_only_asked():
    text = "2025年度民主生活会个人对照检查材料\n按照民主生活会的要求，我联系所在支部作检查。\n一、存在的问题\n一是学习不深。"
    assert {f.severity for f in found(text, "R40")} == {Severity.INFO}
    assert Severity.BLOCK in {f.severity for f in found(text + "组织生活会前征求了意见。", "R40")}


def test_wrong_ordinals_are_mended():
    text = "一、情况\n(一)学习\n（二）、作风\n1、读书\n2、讨论\n二.问题\n第一、慢"
    assert mended(text, found(text, "R41")) == "一、情况\n（一）学习\n（二）作风\n1.读书\n2.讨论\n二、问题\n第一，慢"


def test_right_ordinals_are_left_alone():
    text = (
        "一、情况\n（一）学习。一是浅。二是慢。\n1.读书\n2.讨论\n（1）摘录\n（二）作风\n二、问题\n第一，慢。第二，粗。"
    )
    assert found(text, "R41") == []


def test_brackets_that_number_nothing_are_left_alone():
    assert found("一、情况\n共走访(含电话)12户，三是(三)班的说法。", "R41") == []


def test_a_jump_and_a_repeat_in_a_list_are_remarked():
    messages = [f.message for f in found("一、甲\n三、乙\n三、丙\n", "R41")]
    assert ["不连续" in m or "重复" in m for m in messages] == [True, True]


def test_the_list_of_what_is_attached_is_no_level_of_the_body():
    text = "关于开会的通知\n一、时间\n（一）会前\n（二）会中\n二、要求\n按时到会。\n附件：1.测评票\n2.汇总表\n"
    assert found(text, "R41") == []


def test_labels_with_numbers_are_counted_too():
    text = "二支部对照检查材料\n一、存在的问题\n问题1：学习少。\n问题2：下村少。\n问题2：办事慢。\n二、打算\n一是学。"
    assert excerpts(text, "R41") == ["问题2："]
    assert found(text.replace("问题2：办", "问题3：办"), "R41") == []


def test_mixed_dots_are_made_one():
    text = "1.甲\n2．乙\n3.丙"
    assert mended(text, found(text, "R41")) == "1.甲\n2.乙\n3.丙"


PAPER = "二支部2025年度组织生活会情况报告\n一、存在的问题\n{problems}\n二、整改措施\n{measures}"


def paper(problems: str, measures: str) -> str:
    return PAPER.format(problems=problems, measures=measures)


def test_a_measure_needs_an_owner_and_a_date():
    text = paper("一是学习不深。", "一是每月学一次，由组织委员负责。二是抓紧学。三是3月底前补课。四是由书记牵头学。")
    assert [f.message for f in found(text, "R22")] == [
        "这条措施没有写明责任人和完成时限。", "这条措施没有写明责任人。", "这条措施没有写明完成时限。",
    ]  # fmt: skip


def test_in_a_persons_own_duty_report_the_owner_is_the_speaker():
    text = "2025年度述职述廉报告\n县气象局副局长\n一、存在的不足\n一是学习不深。\n二、打算\n一是上半年走完{}。"
    assert found(text.format("14个乡镇"), "R22") == []
    assert len(found("2025年度支部述职报告" + text.format("14个乡镇")[11:], "R22")) == 1


def test_a_rule_of_conduct_has_an_occasion_for_a_day():
    ask = paper("一是议事不细。", "一是议事。涉及职工利益的事项，上会前必须征求意见，由纪检委员监督。")
    assert [f.severity for f in found(ask, "R22")] == [Severity.INFO]


@pytest.mark.parametrize("who", ["由各车间党员轮流主讲", "由支委轮流主讲", "由网格员逐户核对"])
def test_whoever_does_it_in_other_words_is_an_owner_too(who: str):
    assert found(paper("一是学得少。", f"一是学。每月一课，{who}，2月起实行。"), "R22") == []


def test_an_attached_ledger_is_asked_about_once():
    text = paper("一是学习不深。", "一是抓紧学。二是多学。\n附件：整改台账")
    assert [(f.severity, f.start) for f in found(text, "R22")] == [(Severity.INFO, None)]


def test_a_problem_that_no_measure_speaks_of():
    text = paper("一是理论学习不深。二是仓库钥匙乱放。三是请示报告不及时。", "一是理论学习每周一次，由书记负责。")
    assert excerpts(text, "R21") == ["请示报告不及时"]


def test_a_problem_in_its_own_words_is_left_alone():
    text = paper("一是仓库钥匙乱放。二是走访多在村部，进田头少。", "一是钥匙交值班员。二是每月走田头两次。")
    assert excerpts(text, "R21") == []


def test_a_narrow_matter_inside_a_problem_wants_its_own_measure():
    text = paper("一是履职不到位。比如重大事项请示不及时。", "一是履职情况每季度通报，由书记负责。")
    (finding,) = found(text, "R21")
    assert "请示报告" in finding.message
    assert finding.severity is Severity.WARN


def test_problems_without_any_measures():
    text = "二支部2025年度组织生活会情况报告\n一、存在的问题\n一是学习不深。\n二是服务不细。"
    assert [f.start for f in found(text, "R21")] == [None]


def test_last_years_problems_must_be_answered():
    last = report_of(paper("一是理论学习不深。二是民主决策不够。", "一是学。"))
    text = paper("一是慢。", "一是快。").replace(
        "一、存在", "一、上年度整改情况\n一是理论学习每周一次，完成。\n二、存在"
    )
    (finding,) = found(text, "R20", last_year=last)
    assert "民主决策不够" in finding.message
    assert finding.severity is Severity.WARN


def test_a_paper_without_a_section_on_last_year_blocks():
    last = report_of(paper("一是理论学习不深。", "一是学。"))
    assert [f.severity for f in found(paper("一是慢。", "一是快。"), "R20", last_year=last)] == [Severity.BLOCK]


def test_without_last_years_paper_only_its_silence_is_remarked():
    (finding,) = found(paper("一是慢。", "一是快。"), "R20")
    assert (finding.severity, finding.start) == (Severity.INFO, None)
    told = paper("一是慢。", "一是快。").replace("一、存在", "上年度问题整改情况另行报告。\n一、存在")
    assert found(told, "R20") == []


def test_a_ledger_row_without_owner_or_date():
    text = "问题整改台账\n问题\t整改措施\t责任人\t时限\n学习浅\t多学\t书记\t3月\n记录乱\t重记\t\t\n"
    assert [(f.excerpt, f.message) for f in found(text, "R22")] == [("重记", "台账里这一项没有写明责任人和完成时限。")]


def test_findings_stand_in_the_order_of_the_text():
    text = "XX支部\n" + paper("一是学习不深。", "一是学。") + "\n(二)甲"
    starts = [f.start for f in check(document_of(text)) if f.start is not None]
    assert starts == sorted(starts)


def test_the_kind_can_be_said():
    text = "1月召开民主生活会，我支部全体参加。"
    assert read_report(document_of(text)).kind == "其他"
    assert found(text, "R40") == []
    assert len(found(text, "R40", kind="情况报告")) == 1


def test_an_address_and_a_list_of_branches_are_no_mask_and_no_ordinal():
    assert found("来源：https://www.example.com/__local/9/71/C.jpg，已核对。", "R38") == []
    assert found("会议开始。\n第三、第五党支部书记随后发言。", "R41") == []
    assert excerpts("来源：https://www.example.com/a，由XX提供。", "R38") == ["XX"]
