"""What one paper says of itself: sums, days, who came, grades, problems and their parts, criticism."""

from __future__ import annotations

import pytest
from tests.text.makers import document_of, report_of
from tests.text.test_checks import excerpts, found, paper

from bihuan_text import check
from bihuan_text.checks import Severity, all_rules, findings
from bihuan_text.lists import table

WRONG_SUMS = [
    "应到20人，实到18人，1人因病请假。",
    "应到党员21名，实到22名。",
    "参加民主评议党员18名，评为优秀6名，合格10名，基本合格1名。",
    "对18名党员进行了民主评议，其中优秀6名，合格11名，基本合格0名，不合格0名。",
    "发放意见卡40份，收回42份。",
    "发出测评票18张，收回18张，有效17张，无效2张。",
    "发放意见卡40份，收回38份，回收率90%。",
    "参评18名，优秀5名，占35%。",
    "征求意见12条，其中班子5条、个人8条。",
    "上年度共5个问题，其中完成3个、持续推进1个。",
    "重点抓好三个方面：一是学习。二是作风。",
    "全年检修216台次，其中计划检修198台次，抢修27台次。",
]
RIGHT_SUMS = [
    "应到20人，实到18人，1人因病请假，1人因公出差。",
    "应到19人，实到17人，缺席2人（其中1人病假）。",
    "应到党员30名、实到28名，2名党员因公外出请假，列席3人。",
    "18名党员参加评议，预备党员1名不定等次，优秀5名、合格12名。",
    "发放意见卡40份，收回38份，回收率95%。",
    "参评18名，优秀5名，占28%。",
    "征求意见12条，其中班子5条。",
    "全年检修216台次，其中计划检修189台次，抢修27台次。",
    "重点抓好三个方面：一是学习。二是作风。三是服务。",
    "抓两件事，一是学，二是做，三是查得严。",
]


@pytest.mark.parametrize("text", WRONG_SUMS)
def test_figures_that_contradict_each_other_block(text: str):
    assert [f.severity for f in found(text, "D18")] == [Severity.BLOCK]


@pytest.mark.parametrize("text", RIGHT_SUMS)
def test_figures_that_agree_are_left_alone(text: str):
    assert found(text, "D18") == []


WRONG_DAYS = {
    "2026年2月30日": "2026年2月30日",
    "9月31日开会": "9月31日",
    "2026年1月16日（星期四）": "2026年1月16日（星期四",
    "3月5日至3月2日": "3月5日至3月2日",
    "整改自2025年2月开始，至2024年12月结束": "自2025年2月开始，至2024年12月",
}


@pytest.mark.parametrize(("text", "place"), WRONG_DAYS.items(), ids=WRONG_DAYS)
def test_days_that_cannot_be(text: str, place: str):
    assert excerpts(text, "D19") == [place]


@pytest.mark.parametrize("text", ["2028年2月29日", "2026年1月16日（星期五）", "12月28日至1月3日", "3月2日至5日"])
def test_days_that_can_be(text: str):
    assert found(text, "D19") == []


def test_study_after_the_meeting_and_a_report_before_it():
    text = "1月20日开展谈心谈话。支部于2026年1月16日召开组织生活会。\n2026年1月10日"
    assert excerpts(text, "D19") == ["1月20日", "2026年1月10日"]
    right = (
        "2025年12月20日集中学习，1月5日开展谈心谈话。支部于2026年1月16日召开组织生活会。会后2月1日补学。\n2026年1月20日"
    )
    assert found(right, "D19") == []


def test_too_many_excellent_members_and_a_low_grade_without_a_fact():
    assert excerpts("正式党员18名，评为优秀7名。", "D26") == ["评为优秀7名"]
    assert found("正式党员18名，评为优秀6名。", "D26") == []
    assert len(found("评定合格11名，基本合格1名。", "D26")) == 1
    assert found("基本合格1名，主要是半年没有参加学习，由书记帮助。", "D26") == []


RECORD = "支委会会议记录\n时间：2026年1月3日\n地点：二楼\n主持人：书记\n记录人：组织委员\n"


def test_who_was_absent_and_why():
    assert len(found(RECORD + "应到5人，实到4人，缺席1人。", "R58")) == 1
    assert len(found(RECORD + "应到5人，实到4人。", "R58")) == 1
    assert found(RECORD + "应到5人，实到4人，缺席1人（吴强，因病）。", "R58") == []


def test_what_a_report_and_a_record_must_say():
    text = "二支部2025年度组织生活会和民主评议党员情况报告\n支部认真开了会。\n"
    (finding,) = found(text, "D24")
    assert "开会日期、到会人数、民主评议结果" in finding.message
    assert "记录人" in found("支委会会议记录\n时间：1月3日\n地点：二楼\n主持：书记\n应到5人，实到5人", "D24")[0].message
    assert found(RECORD + "应到5人，实到5人。", "D24") == []
    said = f"{text}2026年1月9日开会，4名党员由小组长送学，结果为优秀3名。"
    assert [f.message for f in found(said, "D24")] == ["没有写到会人数。"]


def test_a_report_asks_for_nothing_and_a_request_for_one_thing():
    assert excerpts("情况报告\n以上报告，请批复。", "R33", kind="情况报告") == ["请批复"]
    assert found("情况报告\n《关于请批准的函》已收到。", "R33", kind="情况报告") == []
    two = "关于增加经费和岗位的请示\n一、请批准增加经费2万元。\n二、请同意增加岗位1个。"
    assert len(found(two, "R33")) == 1
    assert found(two.split("\n二")[0], "R33") == []


def test_a_mark_of_secrecy_is_refused_and_the_word_is_not():
    assert len(found("机密★3年\n报告", "R53")) == 1
    assert len(found("秘密\n报告", "R53")) == 1
    assert found("要保守秘密，严格执行机密文件管理办法。", "R53") == []


def test_an_example_must_say_when_who_and_what():
    vague = paper("一是学习不深。比如，有的党员不主动。", "一是学。")
    assert [f.excerpt for f in found(vague, "R16")] == ["比如，有的党员不主动。"]
    sharp = paper("一是学习不深。比如，6月12日讨论时3名党员没有看完材料。", "一是学。")
    assert found(sharp, "R16") == []
    of_one_matter = paper("一是学习不深。比如：2024年国庆花坛布置方案，只看了效果图，没有看说明。", "一是学。")
    assert found(of_one_matter, "R16") == []
    one = paper("一是学习不深。比如，《著作选读》第二卷至今没有通读一遍。", "一是学。")
    assert [f.severity for f in found(one, "R16")] == [Severity.INFO]
    since = paper("一是学习不深。比如：2024年以来有时看得不够仔细，没有做到融会贯通。", "一是学。")
    assert len(found(since, "R16")) == 1


def test_problems_without_any_example_are_told_once():
    text = paper("一是学习不深。二是服务不细。三是作风不实。", "一是学。")
    assert [f.excerpt for f in found(text, "R16")] == ["学习不深"]


def test_whose_fault_it_is():
    personal = "党员个人对照检查材料\n一、存在的问题\n一是学习不深。有的同志不主动。\n二、整改措施\n一是我学。"
    assert [(f.severity, f.excerpt) for f in found(personal, "R18")] == [("warn", "有的同志")]
    assert [f.severity for f in found(paper("一是学习不深。有的同志不主动。", "一是学。"), "R18")] == ["info"]
    assert found("工作总结\n有的同志技术好，带出了五个徒弟。", "R18") == []
    assert found(paper("一是听取部分党员意见不够。", "一是学。"), "R18") == []


def test_praise_before_the_problem():
    text = paper("一是责任不实。支委带头，取得了明显成效。但是仍然有人不认真。", "一是学。")
    assert [f.severity for f in found(text, "D08")] == [Severity.WARN]
    assert found(paper("一是责任不实。12月有两次没有检查，但补上了记录。", "一是学。"), "D08") == []


def test_a_cause_that_blames_conditions_or_says_the_problem_again():
    text = "二支部情况报告\n一、存在的问题\n一是理论学习不够深入。\n二、原因分析\n{}\n三、整改措施\n一是学。"
    assert excerpts(text.format("一是任务繁重，人手少。"), "D14") == ["任务繁重，人手少"]
    assert excerpts(text.format("一是理论学习不够深入。"), "D14") == ["理论学习不够深入"]
    assert found(text.format("一是思想上把学习当软任务。"), "D14") == []


ASPECTS = (
    "二支部情况报告\n对照三个方面查摆。\n一、存在的问题\n（一）学习方面\n一是学得浅。\n（二）作风方面\n一是下村少。\n"
    "{}二、整改措施\n一是学。"
)


def test_an_aspect_that_was_announced_and_is_not_there():
    assert [f.severity for f in found(ASPECTS.format(""), "R15")] == [Severity.WARN]
    assert found(ASPECTS.format("（三）服务方面\n一是答复慢。\n"), "R15") == []


def test_a_sentence_said_twice_and_one_copied_from_last_year():
    said = "六月讨论汛期值班安排时会议材料会前一小时才发到党员手里。"
    assert len(found(f"甲。{said}乙。\n{said}", "R19")) == 1
    assert found(f"甲。{said}", "R19") == []
    last = document_of(f"去年。{said}")
    assert [f.rule for f in findings(document_of(f"今年。{said}"), last_document=last)] == ["R19"]


def test_last_years_problem_in_the_same_words():
    last = report_of(paper("一是理论学习不够深入系统。", "一是学。"))
    again = paper("一是理论学习不够深入系统。", "一是学。")
    assert [f.excerpt for f in found(again, "D11", last_year=last)] == ["理论学习不够深入系统"]
    assert found(paper("一是夜班补学缺五次。", "一是学。"), "D11", last_year=last) == []


MINUTES = "组织生活会会议记录\n相互批评意见\n{}\n"


def test_criticism_names_a_fault():
    assert len(found(MINUTES.format("王芳对陈刚：希望今后加强学习。"), "R59")) == 1
    assert len(found(MINUTES.format("王芳对陈刚：工作太拼，不注意身体。"), "R59")) == 1
    assert found(MINUTES.format("王芳对陈刚：三次学习都没有发言，希望改正。"), "R59") == []


def test_the_same_criticism_for_everybody():
    text = MINUTES.format("王芳对陈刚：学习不够主动，要加强学习。\n孙宁对马丽：学习不够主动，要加强学习。")
    assert len(found(text, "D17")) == 1


def test_a_branch_does_not_speak_for_the_county():
    text = paper("一是土地征用难。二是招商引资慢。三是监察委员会作用小。四是没有站在全县大局。", "一是学。")
    assert {f.severity for f in found(text, "D23")} == {Severity.WARN}
    assert {f.severity for f in found(paper("一是没有站在全县大局。", "一是学。"), "D23")} == {Severity.INFO}


def test_a_long_report_and_too_many_set_phrases():
    assert len(found(paper("一是学。" + "学得浅，做得少。" * 700, "一是学。"), "R52")) == 1
    phrases = "蜻蜓点水、虎头蛇尾、囫囵吞枣、见言见行、入脑入心、抓铁有痕、踏石留印、老好人、逆水行舟、久久为功。"
    assert len(found(paper(f"一是{phrases}", "一是学。"), "D27")) == 1


def test_a_rule_is_switched_off_or_silenced_with_a_reason():
    document = document_of("XX支部于2026年2月30日开会。")
    assert {f.rule for f in findings(document)} == {"R38", "D19"}
    assert {f.rule for f in findings(document, off={"R38"})} == {"D19"}
    told = {f.rule: f.silenced for f in findings(document, silenced={"D19": "原件如此，已注明"})}
    assert told == {"R38": None, "D19": "原件如此，已注明"}


def test_an_unknown_rule_or_no_reason_is_refused():
    with pytest.raises(ValueError, match="没有编号"):
        findings(document_of("甲"), off={"R999"})
    with pytest.raises(ValueError, match="理由"):
        findings(document_of("甲"), silenced={"R38": " "})


STAND_ALONE = ["D18", "D19", "D20", "D22", "D26", "D28", "R33", "R38", "R39", "R40", "R42", "R43", "R47", "R53"]


@pytest.mark.parametrize("code", STAND_ALONE)
def test_the_examples_of_a_rule_are_what_it_finds_and_leaves(code: str):
    row = table("rules.toml")[code]
    kind = (row["kinds"] or ["情况报告"])[0]

    def hits(text: str) -> list[str]:
        return [f.rule for f in check(document_of(f"第二党支部情况报告\n{text}"), kind=kind) if f.rule == code]

    assert hits(row["wrong"])
    assert hits(row["right"]) == []


def test_every_rule_says_which_kinds_of_paper_it_looks_at():
    known = {"情况报告", "对照检查材料", "发言提纲", "述职报告", "整改台账", "通知", "其他"}
    assert all(set(rule.kinds) <= known for rule in all_rules())


OVERLAPPING = [
    "共有党员20名，其中正式党员19名、预备党员1名，女党员8名。",
    "走访120户，收集意见35条，办结率100%。",
    "发放问卷100份，收回98份，满意率99%。",
    "党员18名，优秀5名，占参加评议正式党员的31%。",
    "主要有三个方面：一是甲，又分两点，一是乙，二是丙；二是丁；三是戊。",
    "存在三个方面的问题：一是甲。二是乙。\n三是丙。",
    "现从两个方面对照检查如下。\n一、学习方面\n学得浅。\n二、作风方面\n下村少。\n三、原因分析\n图省事。\n四、整改措施\n学。\n",
    "党员从学习、党性修养、联系群众和廉洁自律四个方面查找问题。一是会前学习。二是开会。\n",
]


@pytest.mark.parametrize("text", OVERLAPPING)
def test_figures_of_different_things_are_not_set_against_each_other(text: str):
    assert found(text, "D18") == []


def test_days_of_measures_and_of_plans_lie_after_the_meeting():
    held = "支部于2026年1月16日召开组织生活会。"
    text = f"二支部情况报告\n{held}\n一、存在的问题\n一是学习不深。\n二、整改措施\n一是3月20日组织学习。"
    assert found(text, "D19") == []
    plan = "二支部组织生活会实施方案\n2026年1月16日召开组织生活会。\n1月20日谈心谈话。"
    assert found(plan, "D19") == []


@pytest.mark.parametrize(("due", "how_far", "told"), [
    ("2025年2月28日", "已确定候选人", 1),
    ("2025年2月28日", "已完成补选", 0),
    ("2025年2月28日", "未完成", 1),
    ("2026年2月28日", "已确定候选人", 0),
    ("长期坚持，2026年6月底复查", "已确定候选人", 0),
])  # fmt: skip
def test_a_ledger_row_long_past_and_not_told_to_be_done(due: str, how_far: str, told: int):
    head = "整改台账\n填报日期：2026年2月10日\n序号\t存在问题\t整改措施\t责任人\t完成时限\t进展情况\n"
    rows = "1\t学习少\t每月学\t书记\t2026年5月31日\t正在做\n2\t小组长空缺\t补选\t委员\t"
    assert len(found(f"{head}{rows}{due}\t{how_far}\n", "D19")) == told


def test_another_kind_of_excellent_is_no_grade():
    assert found("正式党员9名，推荐优秀党员4名。", "D26") == []


PRAISING = (
    "全年集中学习12次，党员全部参加，学习制度更加规范，取得了明显成效，受到党委表扬。理论水平明显提高，学习氛围更加浓厚，"
    "有力推动了各项业务。大家学习热情高涨，讨论热烈，收获满满，写下了厚厚的笔记。"
)


def test_an_aspect_that_only_praises():
    text = paper(f"（一）学习方面\n一是学习健全。{PRAISING}\n（二）作风方面\n一是下村少。", "一是学。")
    assert [f.excerpt for f in found(text, "D03")] == ["学习方面"]
    assert found(text.replace("学习健全", "学习不经常"), "D03") == []


def test_more_praise_than_problems():
    praise = "取得了明显成效。" * 6
    assert len(found(paper(f"一是学习不深。{praise}", "一是学。"), "D09")) == 1
    assert found(paper("一是学习不深。" + "12月少学一次。" * 6, "一是学。"), "D09") == []


def test_a_part_of_a_few_words_is_pointed_out():
    text = "党员个人对照检查材料\n一、存在的问题\n一是学习不深。\n二、整改措施\n一是我学。"
    assert [f.severity for f in found(text, "D06")] == [Severity.INFO]
    assert found(text.replace("学习不深", "学习不深" * 200), "D06") == []


def test_who_got_less_criticism_than_the_others():
    lines = "王芳对陈刚：学习时看手机。值班记录补记。报销缺附件。\n孙宁对马丽：电话不接。下乡少。表拖半月。\n"
    lines += "赵磊对黄蓉：解释不耐烦。"
    assert ["黄蓉" in f.message for f in found(MINUTES.format(lines), "D16")] == [True]
    assert found(MINUTES.format(lines + "记录补写。"), "D16") == []


RECORD_OF_CRITICISM = "组织生活会记录\n出席：王芳、陈刚、孙宁、马丽\n相互批评意见\n{}\n"


def test_criticism_that_was_left_out():
    three = "甲对王芳：六月漏记一次。值班不签到。\n乙对陈刚：发言照稿念。会后不改。\n丙对孙宁：走访只去近处。不记账。"
    (finding,) = found(RECORD_OF_CRITICISM.format(three), "D16")
    assert "马丽" in finding.message
    all_four = three + "\n丁对马丽：收费拖到月底。不提醒。"
    assert found(RECORD_OF_CRITICISM.format(all_four), "D16") == []


def test_as_many_as_the_paper_itself_asks_for():
    text = "组织生活会记录\n对每名党员至少提两条意见。\n相互批评意见\n王芳对陈刚：发言照稿念。\n"
    assert [f.severity for f in found(text, "D16")] == [Severity.WARN]
    assert found(text.replace("照稿念。", "照稿念。会后不改。"), "D16") == []


def test_a_line_of_criticism_without_words():
    assert len(found("组织生活会记录\n对陈刚同志的批评意见：\n对王芳同志的批评意见：六月漏记一次。\n", "D16")) == 1


def test_a_meeting_on_a_public_holiday_is_pointed_out():
    assert [f.severity for f in found("支部于2025年10月1日召开组织生活会。", "D19")] == [Severity.INFO]
    assert found("支部于2025年10月9日召开组织生活会。", "D19") == []
