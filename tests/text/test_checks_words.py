"""Names and characters: what is wrong beyond doubt is found, and no name, quotation or set phrase is corrected."""

from __future__ import annotations

import pytest
from tests.text.makers import document_of
from tests.text.test_checks import found, mended

from bihuan_text import check
from bihuan_text.checks import Severity

WRONG_NAMES = {
    "学习习近平新时代中国特色主义思想": "习近平新时代中国特色社会主义思想",
    "学习习近平新时代中国特色的社会主义思想": "习近平新时代中国特色社会主义思想",
    "同以习近平总书记为核心的党中央一致": "以习近平同志为核心的党中央",
    "同以习近平同志为核心党中央一致": "以习近平同志为核心的党中央",
    "习近平总书计的讲话": "习近平总书记",
    "习进平同志": "习近平",
    "做到“四个维护”": "两个维护",
    "落实“四会一课”": "三会一课",
    "树牢“四个意思”": "四个意识",
    "落实科学发展关": "科学发展观",
    "落实中央六项规定精神": "中央八项规定",
    "协调推进“五个全面”战略布局": "四个全面",
    "开展“三学一做”学习教育": "两学一做",
    "学习“三个代表”思想、科学发展观": "“三个代表”重要思想",
    "学习毛泽东思、邓小平理论": "毛泽东思想",
    "学习毛泽东思想、邓小平论理": "邓小平理论",
    "学习邓小平理论、学发展观": "科学发展观",
    "构建人类命运共同休": "人类命运共同体",
    "落实中央八条规定": "中央八项规定",
    "做到牢记初心、不忘使命": "不忘初心、牢记使命",
    "协调推进“四个全面”总体布局": "“四个全面”战略布局",
    "社会主义核心价值观观": "社会主义核心价值观",
    "党的二十大三中全会": "届",
    "2020年召开的十九届六中全会": "2021",
    "二十届三中全会于2023年7月召开": "2024",
}
RIGHT_NAMES = [
    "学习习近平新时代中国特色社会主义思想",
    "增强“四个意识”、坚定“四个自信”、做到“两个维护”",
    "毛泽东思想、邓小平理论、“三个代表”重要思想、科学发展观",
    "社会主义核心价值体系",
    "中国特色社会主义进入新时代",
    "党的十九届六中全会、二十届三中全会",
    "习近平同志的重要文章",
    "弘扬伟大抗疫精神",
    "学习习近平总书记重要讲话",
    "实现中华民族伟大复兴中国梦",
    "2021年11月召开的十九届六中全会",
    "认真学习党的二十大和二十届四中全会精神",
    "用“三个代表”重要思想武装头脑",
    "开展“学思想、强党性、重实践、建新功”主题教育",
]


@pytest.mark.parametrize(("text", "right"), WRONG_NAMES.items(), ids=WRONG_NAMES)
def test_a_wrong_name_is_the_gravest_finding(text: str, right: str):
    findings = found(text, "D20")
    assert [(f.severity, f.suggestion) for f in findings] == [(Severity.BLOCK, right)]
    assert found(mended(text, findings), "D20") == []


@pytest.mark.parametrize("text", RIGHT_NAMES)
def test_right_names_are_left_alone(text: str):
    assert found(text, "D20") == []


def test_a_meeting_that_does_not_exist_or_is_written_wrongly():
    for text in ("党的十九届八中全会", "党的十九届六全会", "党的十九届中六全会"):
        assert [f.severity for f in found(text, "D20")] == [Severity.BLOCK]


def test_a_paper_about_a_year_knows_of_no_later_meeting():
    paper = "第二党支部2021年度组织生活会情况报告\n支部学习了{}精神。"
    assert [f.severity for f in found(paper.format("二十届三中全会"), "D20")] == [Severity.WARN]
    assert found(paper.format("二十大"), "D20") == []
    assert found(paper.format("十九届六中全会"), "D20") == []


def test_a_fixed_order_is_kept():
    assert [f.severity for f in found("增强“四个自信”、强化“四个意识”", "D20")] == [Severity.WARN]
    assert [f.severity for f in found("邓小平理论、毛泽东思想", "D20")] == [Severity.WARN]


def test_the_parts_of_a_formulation():
    (finding,) = found("“四个意识”（政治意识、大局意识、核心意识、看起意识）", "D20")
    assert (finding.excerpt, finding.suggestion) == ("看起意识", "看齐意识")


SLIPS = {
    "党员的的学习": "党员的学习",
    "严格格执行制度": "严格执行制度",
    "各位位同志": "各位同志",
    "组织织生活会": "组织生活会",
    "工作工作不实": "工作不实",
    "批评和自我自我批评": "批评和自我批评",
    "坚持民主集制": "坚持民主集中制",
    "始终攻克坚难": "始终攻坚克难",
    "认真贯撤落实": "认真贯彻落实",
    "工作按步就班": "工作按部就班",
    "再接再励": "再接再厉",
    "全心全意为人民务": "全心全意为人民服务",
    "制度行执不严": "制度执行不严",
    "始终理论学习摆上重要位置": "始终把理论学习摆上重要位置",
    "认识上，些同志还有差距": "认识上，有些同志还有差距",
    "教育引党员干部用理论武装头脑": "教育引导党员干部用理论武装头脑",
    "劲头变小了锐气变弱了": "劲头变小了，锐气变弱了",
    "三个名党员缺课": "三名党员缺课",
    "党员的宗旨意识淡泊，要改": "党员的宗旨意识淡薄，要改",
    "以上发言，请于评议。": "以上发言，请予评议。",
    "怕得罪人，好人主义做怪": "怕得罪人，好人主义作怪",
    "会上，即讲成绩也讲问题": "会上，既讲成绩也讲问题",
    "检查抓的不够紧，有两次没去": "检查抓得不够紧，有两次没去",
    "把经过写的明白": "把经过写得明白",
    "处境难勘": "处境难堪",
    "党员的责任意不强，值班脱岗": "党员的责任意识不强，值班脱岗",
    "现将有关事项通知下：": "现将有关事项通知如下：",
    "截止2025年12月，完成了三件": "截至2025年12月，完成了三件",
    "更好的履行职责": "更好地履行职责",
    "深人开展学习": "深入开展学习",
    "党员千部都参加": "党员干部都参加",
    "这件事他自已也清楚": "这件事他自己也清楚",
}
NO_SLIPS = [
    "为了了解情况",
    "学习习近平总书记重要讲话",
    "工作作风不实",
    "人民民主专政",
    "红红脸、出出汗、排排毒、治治病",
    "清清爽爽的同志关系",
    "第一党支部支部书记",
    "研究研究再说",
    "基层党组织组织生活会",
    "连续两个月没有巡护记录",
    "三个项目，一个位置",
    "县县委、市市场监管局",
    "支部委员两两谈心，村里年年修渠",
    "看着看着就懂了",
    "方面面对困难",
    "先用先学、急用急学、不用缓学",
    "把担当作为为官从政必备的品格",
    "“两个责任”“一岗双责”",
    "吸引党员干部参加",
    "始终坚持人民至上",
    "始终把学习摆在首位",
    "一些同志，有些同志，这些同志",
    "查摆的问题",
    "受群众赞扬的地方",
    "抓落实，攻坚难题，理论学者",
    "支部副书记、组织委员",
    "《关于贯撤落实的通知》",
    "他说“贯撤”两个字写错了",
    "笔记记了不少",
    "一项一项整改，一件一件落实",
    "目的的确立",
    "王丽丽、李强强同志",
    "提高党组织组织力，支部组织组织生活会",
    "在在职党员中开展，对对照检查材料逐字审阅",
    "取得了了不起的成绩，进行了了解",
    "脚踏实地地干，反对对群众冷漠",
    "村党支部股股长、司司长到场",
    "从那时起，即日起到年底，即使下雨也去",
    "请于周五前评议，请于3月5日审阅后交回",
    "他说的很好，写的文章不长",
    "满足于参加集体学习，自学抓得不紧",
    "跟踪问效不勤，群众观念淡了，抓得不紧",
    "以上检查，请党员和乡亲们看着",
    "现就有关事项通知如下，现将有关情况通报如下",
    "报名截止日期是3月5日，截止到昨天",
    "党内监督的自觉的人不多，感觉的差别，视觉的效果",
    "经厉行节约，省下三千部手机的钱",
    "把审视查摆的问题列出来",
    "这一举动得到群众好评",
    "会做业务不会做人，帮助职工做好转岗",
    "最早以煤致富，毕业以后回村",
    "會議記錄：黨員幹部學習習慣，還開了會，幹部們對這個問題為難，應該說過時現",
]


@pytest.mark.parametrize(("text", "right"), SLIPS.items(), ids=SLIPS)
def test_a_slip_is_found_and_mended(text: str, right: str):
    findings = found(text, "D28")
    assert len(findings) == 1
    assert mended(text, findings) == right


@pytest.mark.parametrize("text", NO_SLIPS)
def test_what_only_looks_like_a_slip_is_left_alone(text: str):
    assert found(text, "D28") == []


def test_a_character_that_makes_no_word_where_another_of_its_sound_would():
    (finding,) = found("学习笔记和记胪本要分开放", "D28")
    assert (finding.excerpt, finding.suggestion) == ("胪", "录")


def test_a_slip_inside_a_wrong_name_is_told_once():
    findings = check(document_of("增强“四个意识”（政治意识、大局意识、核心意识、看起意识）"))
    assert [f.rule for f in findings] == ["D20"]


TORN = ["组 织生活会开得好", "组##paidbegin##织生活会", "坚持民主集\n\n中制", "深入贯彻落 实", "党的 建设 工作"]


@pytest.mark.parametrize("text", TORN)
def test_words_torn_by_a_blank_or_a_web_page_are_no_slips(text: str):
    assert found(text, "D28") == []


def test_a_congress_to_come_is_no_wrong_name():
    assert found("迎接党的二十一大胜利召开", "D20") == []


def test_a_meeting_of_another_year_is_asked_about():
    text = "二支部2025年度组织生活会情况报告\n现将2023年度组织生活会情况报告如下。\n2024年度组织生活会以来"
    assert [(f.severity, f.excerpt) for f in found(text, "D20")] == [(Severity.WARN, "2023")]


IN_FREE_PROSE = {
    "请各责任但位按时整改到位。": "请各责任单位按时整改到位。",
    "大家在推进过成中遇到了困难。": "大家在推进过程中遇到了困难。",
    "会上三名同志作了法言。": "会上三名同志作了发言。",
    "支部要为单位发展贡献力两。": "支部要为单位发展贡献力量。",
    "认真落实中央八项规定神精。": "认真落实中央八项规定精神。",
    "加强党员队伍建，提升服务能力。": "加强党员队伍建设，提升服务能力。",
    "弘扬党的良传统，保持本色。": "弘扬党的优良传统，保持本色。",
    "支部坚定理想信，站稳立场。": "支部坚定理想信念，站稳立场。",
    "门诊排队拥济，家属有意见。": "门诊排队拥挤，家属有意见。",
    "由人大代和政协委员现场监督。": "由人大代表和政协委员现场监督。",
    "请纪检监部门提前介入。": "请纪检监察部门提前介入。",
    "会同检院开展公益诉讼。": "会同检察院开展公益诉讼。",
    "全年完成固定资投资项目3个。": "全年完成固定资产投资项目3个。",
    "每季度由责人通报一次，负责人都要到场。": "每季度由责任人通报一次，负责人都要到场。",
}
NEW_WORDS_AND_NAMES = [
    "培育一批批青年骨干，一台台机器修好了。",
    "支部书记陈园园说，要把学习抓实。",
    "校史讲解队队员和本科班班主任参加了活动。",
    "组织青年党员研学，厚植家国情怀，筑牢思想根基。",
    "提醒大家歇一歇，看一看，再想一想。",
    "在学思践悟中锤炼党性，行稳致远。",
    "有理想、敢担当、能吃苦，才能担使命。",
    "检院是老矿工的叫法，当年检院门口常有集市。",
]


@pytest.mark.parametrize(("text", "right"), IN_FREE_PROSE.items(), ids=IN_FREE_PROSE)
def test_a_slip_in_free_prose_is_told_by_the_words_around_it(text: str, right: str):
    findings = found(text, "D28")
    assert mended(text, findings) == right


@pytest.mark.parametrize("text", NEW_WORDS_AND_NAMES)
def test_new_words_and_given_names_are_no_slips(text: str):
    assert found(text, "D28") == []


def test_what_stands_twice_is_a_new_word():
    once = "活动的主题是研途有爱，大家都来了。"
    assert found(f"{once}第二天又办了研途讲座。", "D28") == []


NEW_FRAMES = {
    "3名委员没有看完就表了太。": "表了态",
    "建立台账14册，以完成。": "已",
    "3个只再车上看了一眼。": "在",
    "没有从粮食安全的高去认识。": "高度",
    "发现问当场指出。": "发现问题",
    "测评结果已监票人签字封存。": "已由",
    "制定整改措，由书记负责。": "整改措施",
    "全体党参加了评议。": "全体党员",
    "由组织委负责登记。": "组织委员",
    "本党支召开会议。": "党支部",
    "听取意12条。": "听取意见",
    "由3名党员没有参加。": "有",
    "每月一次，有组织委员负责。": "由",
    "必需按时完成。": "必须",
    "无论那个岗位都一样。": "哪",
    "佩带党徽。": "戴",
    "窗口转了三个料室。": "科室",
    "没有当厂指出。": "当场指",
    "把意见淡透。": "谈透",
}


@pytest.mark.parametrize(("text", "right"), NEW_FRAMES.items(), ids=NEW_FRAMES)
def test_a_frame_tells_what_is_lost_or_wrong(text: str, right: str):
    told = found(text, "D28")
    assert len(told) == 1
    assert right in (told[0].suggestion or "")
