"""Papers as the pages of sites give them: titles that break, voices that are not ours, page numbers sewn in."""

from __future__ import annotations

import pytest
from tests.text.makers import report_of
from tests.text.test_structure import said

from bihuan_text.report import Report

PARTS = "一、存在的问题\n1.学得浅。\n2.记得少。\n二、原因分析\n1.抓得松。\n三、整改措施\n1.每周学。\n2.每月查。\n"
READ = (["学得浅", "记得少"], ["抓得松"], ["每周学", "每月查"])
NOTHING = ([], [], [])

TITLES = {
    "二支部2025年度组织生活会\n对照检查材料\n": ("对照检查材料", "二支部2025年度组织生活会对照检查材料"),
    "二支部检视剖析材料\n二支部检视剖析材料\n": ("对照检查材料", "二支部检视剖析材料"),
    "正视问题　知行合一\n——作风整顿活动个人剖析材料\n": ("对照检查材料", "正视问题知行合一"),
    "第一篇：党员个人剖析材料\n": ("对照检查材料", "党员个人剖析材料"),
    "党员自查自纠【第一篇】\n": ("对照检查材料", "党员自查自纠"),
    "党员批评与自我批评材料\n": ("对照检查材料", "党员批评与自我批评材料"),
    "“四风”方面存在的主要问题\n": ("对照检查材料", "“四风”方面存在的主要问题"),
}


@pytest.mark.parametrize("top", TITLES)
def test_titles(top: str):
    report = report_of(top + PARTS)
    assert (report.kind, report.title) == TITLES[top]
    assert said(report) == READ


OTHERS = [
    "支部书记抓党建工作述职点评提纲\n同志们：刚才听了述职。\n",
    "党课讲稿：守住底线\n同志们：今天讲三个问题。\n",
    "在二支部组织生活会上的点评讲话\n同志们：\n",
    "仓库消防安全自查报告\n按照通知要求，对仓库作了检查。\n",
    "供水设施方面存在的主要问题\n管网老化。\n",
]


@pytest.mark.parametrize("top", OTHERS)
def test_titles_of_papers_that_are_none_of_ours(top: str):
    report = report_of(top + PARTS)
    assert (report.kind, said(report)) == ("其他", NOTHING)


def test_a_check_of_oneself_is_told_from_a_check_of_the_fire_doors():
    report = report_of("办公室自查报告\n对照党员标准，现将有关情况报告如下。\n" + PARTS)
    assert (report.kind, said(report)) == ("对照检查材料", READ)


OURS = {
    "": "对照检查材料",
    "支部于1月6日召开组织生活会，应到12人，实到11人。\n": "情况报告",
}


@pytest.mark.parametrize("opening", OURS)
def test_a_paper_without_a_title_is_told_by_its_parts(opening: str):
    report = report_of(opening + PARTS + "我请同志们监督，党性修养不能放松。\n")
    assert (report.kind, report.title, said(report)) == (OURS[opening], None, READ)


def test_an_essay_on_others_is_left():
    text = "党员作用的发挥是重要议题。部分党员学习不深，有的干部作风不实，少数同志责任不强。\n" + PARTS
    assert said(report_of(text)) == NOTHING


def test_the_opening_tells_an_examination_without_a_title():
    report = report_of("下面就自身存在的问题、产生的根源做一深刻剖析。\n" + PARTS)
    assert (report.kind, said(report)) == ("对照检查材料", READ)


def page(mark: str) -> tuple[str, Report]:
    text = (
        "1、二支部2025年度组织生活会情况报告二支部2025年度组织生活会情况报告 根据上级党委的统一部署和安排，二支部"
        f"认真准备，扎实开好了组织生活会，会前组织全体党员集中学习，增强“\n{mark}、四个意识”，现将有关情况报告如下： "
        "一、存在的问题 （一）学得浅。 （二）记得少。 二、整改措施 （一）每周学。 （二）每月\n3、查一次，由书记查。"
    )
    return text, report_of(text)


def test_page_numbers_that_count_on_from_the_first_word_are_no_ordinals():
    text, report = page("2")
    assert report.title == "二支部2025年度组织生活会情况报告"
    assert said(report)[0] == ["学得浅", "记得少"]
    assert [text[item.start : item.end] for item in report.actions] == [
        "（一）每周学。",
        "（二）每月\n3、查一次，由书记查。",
    ]


def test_numbers_that_do_not_count_on_stay_ordinals():
    _, report = page("7")
    assert "查一次，由书记查" in [item.lead for item in report.actions]


@pytest.mark.parametrize("mark", ["：", "、"])
def test_labels_with_numbers(mark: str):
    report = report_of(
        f"二支部对照检查材料\n一、存在的问题\n问题一{mark}学得浅。\n问题二{mark}记得少。\n"
        f"二、产生问题的原因\n原因一{mark}抓得松。\n三、今后的整改措施\n措施一{mark}每周学。\n措施二{mark}每月查。\n"
    )
    assert said(report) == READ


@pytest.mark.parametrize("label", ["整改目标", "预期目标", "目标"])
def test_a_goal_is_no_measure(label: str):
    one = f"问题：学得浅。\n{label}：年底前人人过关。\n整改措施：每周学。\n"
    report = report_of("二支部问题整改清单\n一、学习方面\n" + one + "二、服务方面\n" + one)
    assert said(report) == (["学得浅"] * 2, [], ["每周学"] * 2)


def test_a_part_on_the_goal_is_no_measure():
    report = report_of(
        "二支部对照检查材料\n一、存在的问题\n1.学得浅。\n二、整改方向\n（一）整改目标\n作风好转。\n（二）整改措施\n1.每周学。\n2.每月查。\n"
    )
    assert said(report)[2] == ["每周学", "每月查"]


ANNOUNCED = {
    "对照标准，我还有以下缺点和不足：": 0,
    "我的缺点主要分为以下几点：": 0,
    "之所以有这些问题，根子在我自己身上。": 1,
    "今后，我要做到以下几点：": 2,
    "下一步，我这样改：": 2,
}


@pytest.mark.parametrize("sentence", ANNOUNCED)
def test_sentences_that_announce_lists(sentence: str):
    lists = ["一是学得浅。二是记得少。", "一是抓得松。", "一是每周学。二是每月查。"]
    before = ["主要问题：", "主要原因：", "整改措施："]
    at = ANNOUNCED[sentence]
    before[at] = sentence
    text = "".join(f"　　{announced}{items}\n" for announced, items in zip(before, lists, strict=True))
    assert said(report_of("党员个人自评材料\n我1998年入党。\n" + text))[at] == READ[at]


def test_first_next_then_are_problems_and_what_follows_announces_the_causes():
    report = report_of(
        "在支部组织生活会上的发言\n　　我说说自己。\n"
        "　　首先，学习不够用心。笔记少。\n　　其次，工作有畏难情绪。\n　　再次，作风不够严谨。\n"
        "　　之所以有这些问题，根子在自己。一是放松了要求。二是怕麻烦。\n　　下一步，我这样改：第一，读完书。第二，当天记。\n"
    )
    assert said(report) == (
        ["学习不够用心", "工作有畏难情绪", "作风不够严谨"],
        ["放松了要求", "怕麻烦"],
        ["读完书", "当天记"],
    )


@pytest.mark.parametrize("heading", ["问题产生的原因及危害", "产生问题的根源和教训"])
def test_names_of_the_part_on_causes(heading: str):
    report = report_of(f"二支部对照检查材料\n一、存在的问题\n1.学得浅。\n二、{heading}\n1.抓得松。\n2.管得软。\n")
    assert said(report)[1] == ["抓得松", "管得软"]


@pytest.mark.parametrize("heading", ["精准施策，整改落实展现新作为", "展望未来，奋力开启新征程"])
def test_slogans_that_name_the_part_on_measures(heading: str):
    report = report_of(
        f"书记述职报告\n一、履职情况\n一是抓学习。二是抓队伍。\n二、存在的问题\n一是学得浅。二是记得少。\n三、{heading}\n（一）每周学。\n（二）每月查。\n"
    )
    assert said(report) == (READ[0], [], READ[2])


def test_parts_that_are_spoken_in():
    report = report_of(
        "党员对照检查\n　　先说问题。\n　　一是学得浅。\n　　二是记得少。\n"
        "　　再说根源。\n　　抓得松了。总想着歇一歇。\n　　要求不严。凡事差不多就行。\n"
        "　　最后谈谈怎么改。\n　　1.每周学。\n　　2.每月查。\n"
    )
    assert said(report) == (READ[0], ["抓得松了", "要求不严"], READ[2])


@pytest.mark.parametrize("colon", ["", "："])
def test_aspects_on_lines_without_ordinals(colon: str):
    text = (
        f"个人检视材料\n学习方面{colon}\n1.学得浅。\n2.记得少。\n作风方面{colon}\n1.到车间不多。\n2.办事慢。\n"
        "原因\n1.抓得松。\n2.要求低。\n整改\n1.每周学。\n2.每月查。\n"
    )
    report = report_of(text)
    assert said(report) == (["学得浅", "记得少", "到车间不多", "办事慢"], ["抓得松", "要求低"], ["每周学", "每月查"])
    assert [aspect.heading for aspect in report.aspects] == ["学习方面", "作风方面"]


def test_a_line_of_two_characters_above_no_list_names_no_part():
    report = report_of("个人检视材料\n一、存在的问题\n1.学得浅。\n2.记得少。\n整改\n我会努力。\n")
    assert said(report) == (READ[0], [], [])


def test_labels_behind_ordinals_with_their_measures_below():
    one = "{0}.问题表述：学得浅。\n整改措施：（1）每周学；（2）每月查。\n责任领导：书记\n\n"
    report = report_of("二支部整改任务清单\n\n" + one.format(1) + one.format(2))
    assert said(report) == (["学得浅"] * 2, [], ["每周学", "每月查"] * 2)


def test_good_and_bad_sides():
    report = report_of(
        "党员自我评价\n优点：认真；热心。\n缺点：学习不深入；笔记记得少。\n改进：每周学一次；每月查一次。\n"
    )
    assert said(report) == (["学习不深入", "笔记记得少"], [], ["每周学一次", "每月查一次"])


@pytest.mark.parametrize("heading", ["支部班子检视问题情况", "领导班子查摆的问题", "支委会查找出的主要问题情况"])
def test_the_part_on_problems_below_the_part_on_the_meeting(heading: str):
    report = report_of(
        f"二支部组织生活会情况报告\n一、会前准备情况\n征求意见2条：一是下乡少；二是等得久。\n二、会议召开情况\n（一）{heading}\n1.学得浅。\n2.记得少。\n"
        "（二）党员发言情况\n12人发言。\n三、整改打算\n1.每周学。\n2.每月查。\n"
    )
    assert said(report) == (READ[0], [], READ[2])


@pytest.mark.parametrize(
    "opening", ["新的一年，我将从以下三个方面努力：", "为此，支部将做到以下几点：", "接下来，我这样改："]
)
def test_measures_announced_in_the_paragraph_of_the_problems(opening: str):
    report = report_of(
        f"科长述职报告\n一、主要工作\n一是接访。二是化解。\n二、存在不足\n主要有：一是学得浅；二是记得少。{opening}一是每周学；二是每月查。\n三、廉洁情况\n无。\n"
    )
    assert said(report) == (READ[0], [], READ[2])


NONE_OF_OURS = [
    "入党申请书\n敬爱的党组织：\n我还有一些缺点：一是学得浅；二是记得少。\n今后我将努力做到：一是学；二是记。\n",
    "思想汇报\n现将思想汇报如下。\n" + PARTS,
    "学习专题片观后感\n" + PARTS,
    "本报讯　1月22日，局里开了会。"
    "会议指出，还存在三个问题：一是学得浅；二是记得少。会议要求，下一步要做好两项工作：一要学；二要记。\n",
    "【党员如何查找差距】在新时代背景下，我们要认真查找自己的差距和不足。\n" + PARTS,
]


@pytest.mark.parametrize("text", NONE_OF_OURS)
def test_papers_of_others_kinds_hold_no_problems(text: str):
    report = report_of(text)
    assert (report.kind, said(report)) == ("其他", NOTHING)


def test_rows_of_a_table_are_no_paragraphs():
    report = report_of(
        "个人检视材料\n一、存在的问题\n"
        "| 项目 | 现状 |\n| 学习 | 不够深入 |\n| 作风 | 不够扎实 |\n二、整改措施\n1.每周学。\n2.每月查。\n"
    )
    assert said(report)[0] == []


def test_lines_that_wrap_are_told_with_marks_of_half_width_too():
    first = "(一)学得浅。虽然每月都学,但多是念文件,\n讨论得少,记得更少。"
    text = f"个人检视材料\n一、存在的问题\n{first}\n(二)记得少。\n二、整改措施\n(一)每周学。\n"
    problem = report_of(text).problems[0]
    assert text[problem.start : problem.end] == first


def test_square_brackets_number_headings_too():
    report = report_of(
        "资源描述\n书记述职报告\n一、存在问题\n〔一〕学得浅。\n〔二〕记得少。\n二、下一步思路\n〔一〕每周学。\n〔二〕每月查。\n"
    )
    assert (report.title, said(report)) == ("书记述职报告", (READ[0], [], READ[2]))


ALONE = {
    "（一）在带头强化政治忠诚方面\n一是学得浅。二是记得少。\n": READ[0],
    "（一）学习方面\n一是班子学得浅。二是我记得少。\n": ["班子学得浅", "我记得少"],
    "（一）学习方面\n一是学得浅。二是记得少。\n": [],
    "（一）在带头强化政治忠诚方面\n一是部分党员学得浅。二是记得少。\n": [],
}


@pytest.mark.parametrize("part", ALONE)
def test_a_part_on_problems_alone_is_ours_only_where_it_speaks_of_its_own(part: str):
    assert said(report_of("一、存在的突出问题\n" + part))[0] == ALONE[part]


def test_a_mending_plan_that_shows_how_each_fault_looks():
    report = report_of(
        "二支部组织生活会整改方案\n一、整改目标\n年底前全部完成。\n二、整改事项\n（一）会议材料送达晚\n具体表现：材料会上才发。\n整改措施：提前两天送达。\n"
        "（二）窗口排队时间长\n具体表现：最长两小时。\n整改措施：成立增援小组。\n三、组织保障\n书记负总责。\n"
    )
    assert said(report) == (["会议材料送达晚", "窗口排队时间长"], [], ["提前两天送达", "成立增援小组"])


@pytest.mark.parametrize("title", ["关于组织生活质量的调研报告", "支部组织生活会情况的调查报告", "加强支部建设的思考"])
def test_surveys_are_none_of_ours(title: str):
    assert said(report_of(f"{title}\n支部党员开了组织生活会，查摆了问题。\n" + PARTS)) == NOTHING


def test_a_cause_told_right_behind_a_problem_is_no_part_of_it():
    head = "一、存在的问题\n（一）学习方面。一是学得浅；二是记得少。"
    text = f"{head}究其原因，是图省事。\n（二）作风方面。一是下村少。究其根源，主要是怕苦；同时也有惰性。\n二、打算\n一是学。"
    report = report_of(text)
    assert [item.lead for item in report.causes] == ["是图省事", "主要是怕苦", "同时也有惰性"]
    assert [item.lead for item in report.problems] == ["学得浅", "记得少", "下村少"]
    assert report.problems[1].end == text.index("究其原因")
    assert text[report.aspects[0].start : report.aspects[0].end].endswith("图省事。")


def test_in_a_part_on_causes_the_same_words_open_nothing():
    text = "一、存在的问题\n一是学得浅。\n二、原因分析\n一是学习不主动。究其原因，是图省事。\n三、打算\n一是学。"
    assert [item.lead for item in report_of(text).causes] == ["学习不主动"]


def test_paragraphs_that_begin_with_what_they_are_about_are_aspects():
    text = (
        "一、存在差距\n在学习方面，一是学得浅；二是记得少。\n在联系群众方面，能做到随叫随到，但还不够：一是下村少。"
        "二是坐得住。\n二、打算\n一是学。"
    )
    report = report_of(text)
    found = [(aspect.heading, [item.lead for item in aspect.problems]) for aspect in report.aspects]
    assert found == [("在学习方面", ["学得浅", "记得少"]), ("在联系群众方面", ["下村少", "坐得住"])]


def test_below_a_heading_on_what_it_is_about_short_leads_open_paragraphs():
    text = (
        "一、查摆剖析\n（一）政治纪律方面\n学习浅尝辄止。会后很少再去消化，读本只看了五章。\n敏锐性不强。听之任之的时候多。\n"
        "（二）工作纪律方面\n对新要求学得慢。审核超过时限的有6件。\n二、打算\n一是学。"
    )
    assert [item.lead for item in report_of(text).problems] == ["学习浅尝辄止", "敏锐性不强", "对新要求学得慢"]


def test_labels_behind_numbers_below_one_heading_are_one_aspect():
    row = "1．问题：资料不易看懂。老人多。\n整改措施：做大字版。\n2．问题：到会少。不足一半。\n整改措施：改在周六。\n"
    report = report_of(
        f"支部整改清单\n一、学习教育方面\n{row}二、服务居民方面\n3．问题：走访有遗漏。\n整改措施：补登。\n"
    )
    found = [(aspect.heading, [item.lead for item in aspect.problems]) for aspect in report.aspects]
    assert found == [("学习教育方面", ["资料不易看懂", "到会少"]), ("服务居民方面", ["走访有遗漏"])]
    assert [item.lead for item in report.actions] == ["做大字版", "改在周六", "补登"]


def test_spoken_ordinals_of_other_words():
    causes = "二、原因\n其一，图省事。其二，怕苦。\n三、打算\n一是学。"
    report = report_of(f"一、存在的问题\n首先，学得浅。\n其次，记得少。\n另外，下村少。\n{causes}")
    assert [item.lead for item in report.problems] == ["学得浅", "记得少", "下村少"]
    assert [item.lead for item in report.causes] == ["图省事", "怕苦"]
    prose = "一、存在的问题\n一是学得浅。另外，记得少，其一，没有笔记。\n二、打算\n一是学。另外，问。"
    assert [item.lead for item in report_of(prose).problems] == ["学得浅"]


def test_a_list_whose_first_item_goes_without_an_ordinal():
    told = "主要还是放松了。学不学都一样。其次是规矩意识不强。再次是感情淡了。"
    text = f"一、存在的问题\n一是学得浅。\n二、原因\n{told}\n三、打算\n一是学。"
    causes = report_of(text).causes
    assert [item.lead for item in causes] == ["主要还是放松了", "规矩意识不强", "感情淡了"]
    assert text[causes[1].start :].startswith("其次是")


def test_the_year_that_a_member_looks_back_on():
    text = "发言提纲\n我把2025年度自己干的事从头想了一遍。\n一、存在的问题\n一是学得浅。\n二、打算\n一是学。"
    assert report_of(text).year == 2025


ONE_TWO = [
    ("第一个问题是", "第二个问题是"),
    ("第一件，", "第二件，"),
    ("其一，", "其二，"),
    ("——", "——"),
    ("● ", "● "),
]


@pytest.mark.parametrize(("one", "two"), ONE_TWO)
def test_ways_to_count(one: str, two: str):
    report = report_of(
        f"二支部对照检查材料\n一、存在的问题\n{one}学得浅。\n{two}记得少。\n二、整改措施\n{one}每周学。\n{two}每月查。\n"
    )
    assert said(report) == (READ[0], [], READ[2])


def test_counting_inside_one_paragraph():
    report = report_of(
        "二支部对照检查材料\n存在问题主要有：其一，学得浅；其二，记得少。整改措施：其一，每周学；其二，每月查。\n"
    )
    assert said(report) == (READ[0], [], READ[2])


def test_a_subtitle_is_no_bullet():
    report = report_of("讲给自己听\n——在支部组织生活会上的发言\n一、存在的问题\n1.学得浅。\n二、整改措施\n1.每周学。\n")
    assert (report.title, said(report)) == ("讲给自己听", (["学得浅"], [], ["每周学"]))


def test_on_the_one_hand_and_on_the_other_at_the_head_of_a_paragraph():
    text = "二支部对照检查材料\n一、存在的问题\n1.学得浅。\n2.记得少。\n二、产生的原因\n一方面，抓得不紧。另一方面，怕得罪人。\n"
    assert said(report_of(text))[1] == ["抓得不紧", "怕得罪人"]
    inside = text.replace("1.学得浅。", "1.学得浅。一方面，时间少，另一方面，方法旧。")
    assert said(report_of(inside))[0] == READ[0]


def test_clauses_behind_what_it_comes_down_to():
    report = report_of(
        "二支部对照检查材料\n一、存在的问题\n1.学得浅。\n2.记得少。\n二、原因\n究其原因，主要是思想上放松了；作风上怕麻烦；能力上没有跟上。\n"
    )
    assert said(report)[1] == ["思想上放松了", "作风上怕麻烦", "能力上没有跟上"]


def test_outcomes_of_the_meeting_are_parts():
    report = report_of(
        "二支部专题组织生活会情况报告\n一、主要做法\n（1）准备充分。（2）批评严肃。\n二、会议成果\n（一）查找出支部班子存在的问题\n（1）学得浅。\n（2）记得少。\n"
        "（二）剖析了问题根源\n（1）抓得松。\n（2）要求低。\n（三）明确了整改举措\n（1）每周学。\n（2）每月查。\n"
    )
    assert said(report) == (READ[0], ["抓得松", "要求低"], READ[2])


@pytest.mark.parametrize("where", ["根源在哪里", "毛病出在哪"])
def test_questions_about_oneself_are_aspects(where: str):
    report = report_of(
        "党员“三问”自查材料\n一、一问信念牢不牢\n1.学习不深入。\n2.立场不鲜明。\n二、二问服务真不真\n1.下乡少。\n"
        f"三、{where}\n1.抓得松。\n2.要求低。\n四、怎么办\n1.每周学。\n2.每月查。\n"
    )
    assert said(report) == (["学习不深入", "立场不鲜明", "下乡少"], ["抓得松", "要求低"], READ[2])
    assert [aspect.heading for aspect in report.aspects] == ["一问信念牢不牢", "二问服务真不真"]


@pytest.mark.parametrize("title", ["关于组织生活会情况的通报", "党支部工作调查问卷", "民主评议党员测评表"])
def test_circulars_and_forms_are_none_of_ours(title: str):
    report = report_of(f"{title}\n各党支部：\n" + PARTS)
    assert (report.kind, said(report)) == ("其他", NOTHING)


YEARS = {
    "书记述职报告\n（2025年度）\n": 2025,
    "二支部组织生活会情况报告\n我支部于2026年1月12日召开专题组织生活会。\n": None,
    "二支部组织生活会情况报告\n我支部召开2025年度组织生活会。\n": 2025,
}


@pytest.mark.parametrize("top", YEARS)
def test_the_year_a_paper_is_about_is_not_the_year_of_a_day(top: str):
    assert report_of(top + PARTS).year == YEARS[top]


def test_measures_that_each_say_what_they_are_for():
    report = report_of(
        "二支部对照检查材料\n一、存在的问题\n1.学习不深入。\n2.服务不主动。\n二、整改措施\n针对学习不深入的问题，每周学一次。针对服务不主动的问题，每月下乡两次。\n"
    )
    assert said(report)[2] == ["针对学习不深入的问题，每周学一次", "针对服务不主动的问题，每月下乡两次"]


def test_a_sentence_on_all_the_problems_announces_and_is_no_measure():
    report = report_of(
        "二支部对照检查材料\n一、存在的问题\n1.学习不深入。\n2.服务不主动。\n二、整改措施\n针对以上问题，支部认真研究。针对存在的问题，逐项整改。\n"
    )
    assert said(report)[2] == []


def test_a_list_of_labels_with_numbers_alone():
    report = report_of(
        "个人问题清单和整改承诺\n不足一：学得浅。\n改进一：每周学。\n不足二：记得少。\n改进二：每月查。\n"
    )
    assert said(report) == (READ[0], [], READ[2])


def test_the_cause_behind_each_problem():
    report = report_of(
        "书记述职报告\n一、存在问题及原因\n（一）学得浅。笔记少。原因是抓得松。\n（二）记得少。原因在于要求低。\n二、下一步思路\n（一）每周学。\n（二）每月查。\n"
    )
    assert said(report) == (READ[0], ["抓得松", "要求低"], READ[2])
    assert [len(problem.lead) for problem in report.problems] == [3, 3]


def test_lines_of_one_length_that_end_sentences_are_not_wrapped():
    lines = "".join(
        f"{label}学习笔记记得不完整，全年缺了四次。\n" for label in ("不足一：", "改进一：", "不足二：", "改进二：")
    )
    text = "个人问题清单和整改承诺\n姓名：王某　　支部：运管所机关第一党支部\n" + lines + lines
    assert report_of(text).problems[0].start == text.index("不足一：")


def test_owner_and_day_behind_a_measure_are_none_of_their_own():
    rows = "问题一：学习少。\n原因分析：不用心。\n整改措施：每月一课。责任人：宣传委员；完成时限：2023年3月起执行。\n"
    more = "问题二：办理慢。\n原因分析：怕得罪人。\n整改措施：每周调度。责任人：支部书记；完成时限：12月底前。\n"
    report = report_of(f"二支部对照检查材料\n一、理论学习方面\n{rows}二、担当作为方面\n{more}")
    assert said(report) == (["学习少", "办理慢"], ["不用心", "怕得罪人"], ["每月一课", "每周调度"])
    assert [aspect.heading for aspect in report.aspects] == ["理论学习方面", "担当作为方面"]


def test_lines_that_each_tell_one_thing_of_what_they_name():
    lines = "政治纪律方面：传达不及时。\n组织纪律方面：请示不规范。\n工作纪律方面：上班办私事。\n"
    report = report_of(f"六大纪律对照检查\n{lines}原因：学习不深入；要求不严格。\n措施：坚持每周学；严格请示报告。\n")
    assert said(report) == (
        ["传达不及时", "请示不规范", "上班办私事"],
        ["学习不深入", "要求不严格"],
        ["坚持每周学", "严格请示报告"],
    )
    assert [aspect.heading for aspect in report.aspects] == ["政治纪律方面", "组织纪律方面", "工作纪律方面"]


def test_lines_of_measures_that_name_what_they_are_about_stay_measures():
    report = report_of(
        "二支部对照检查材料\n一、存在的问题\n1.学得浅。\n2.记得少。\n二、整改措施\n学习方面：每周学一次。\n工作方面：每月查一次。\n作风方面：每季下乡一次。\n"
    )
    assert said(report)[0] == READ[0]
    assert len(report.actions) == 3


def test_measures_for_each_numbered_problem():
    report = report_of(
        "关于组织生活会查摆问题及整改情况的报告\n一、查摆出的问题\n问题1：学得浅。\n问题2：记得少。\n二、整改措施\n针对问题1：每周学。\n针对问题2：每月查。\n"
    )
    assert (report.kind, said(report)) == ("情况报告", (READ[0], [], READ[2]))


def test_a_sentence_that_announces_last_years_items_is_none_of_them():
    report = report_of(
        "二支部2024年度民主生活会对照检查材料\n一、上年度民主生活会整改措施落实情况\n针对2023年度查摆的2个问题，制定整改措施3项，已全部完成。"
        "一是针对学得浅的问题，补了课；二是针对记得少的问题，补了笔记。\n二、存在的问题\n1.服务不主动。\n"
    )
    assert [item.lead for item in report.prior] == ["针对学得浅的问题，补了课", "针对记得少的问题，补了笔记"]


def test_a_last_line_of_blanks_costs_no_more_than_it_is_long():
    text = "二支部对照检查材料\n一、存在的问题\n1.学得浅。\n2.记得少。\n" + " " * 100_000 + "完毕"
    assert said(report_of(text))[0] == READ[0]


def test_a_plan_that_labels_problem_and_measure_below_each_aspect():
    row = "问题：{}。\n措施：{}。\n责任人：组织委员\n完成时限：3月31日\n"
    first, second = row.format("没有纳入学习", "编入小组"), row.format("岗位流于形式", "当班签字")
    tasks = f"（一）政治学习方面\n{first}（二）安全生产方面\n{second}"
    report = report_of(
        f"二支部组织生活会查摆问题整改方案\n一、总体要求\n立行立改。\n二、整改任务\n{tasks}三、工作要求\n一要压实责任。\n"
    )
    found = [(aspect.heading, [item.lead for item in aspect.problems]) for aspect in report.aspects]
    assert found == [("政治学习方面", ["没有纳入学习"]), ("安全生产方面", ["岗位流于形式"])]
    assert [item.lead for item in report.actions] == ["编入小组", "当班签字"]


def test_aspects_that_run_into_their_only_fault():
    text = "一、存在的问题\n（一）学习方面：满足于读过。一学就忘。\n（二）作风方面：下村少。\n二、打算\n一是学。"
    found = [(aspect.heading, [item.lead for item in aspect.problems]) for aspect in report_of(text).aspects]
    assert found == [("学习方面", ["满足于读过"]), ("作风方面", ["下村少"])]


def test_heads_in_two_halves():
    text = "一、直面矛盾，把问题摆在桌面\n一是学得浅。\n二、深挖根源，把原因找准\n一是图省事。\n三、立行立改，把措施落到实处\n"
    assert said(report_of(text + "一是学。")) == (["学得浅"], ["图省事"], ["学"])


def test_whose_problems_they_are_is_an_aspect():
    problems = "二、存在的问题\n（一）支委会存在的问题\n1.学得浅。\n2.记得少。\n（二）党员存在的问题\n1.下村少。\n"
    report = report_of(f"二支部组织生活会情况报告\n一、会议情况\n开了会。\n{problems}三、整改措施\n一是学。")
    found = [(aspect.heading, [item.lead for item in aspect.problems]) for aspect in report.aspects]
    assert found == [("支委会存在的问题", ["学得浅", "记得少"]), ("党员存在的问题", ["下村少"])]
