"""Characters and words that stand twice by a slip (D28): 的的, 落实实, 自我自我批评."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .lexicon import SURNAMES, costs
from .parting import parted

_AROUND = 6
_TWO = re.compile(r"([\u4e00-\u9fff])\1")
# 他家的地里 is land, not a particle.
_PARTICLE_PAIR = re.compile("的[地得](?![里上下头边中面不没很也都就是有太])(?=[\u4e00-\u9fff])")
_TWICE = re.compile(r"([\u4e00-\u9fff]{2,6}?)\1")
_NUMERALS = frozenset("一二三四五六七八九十百千万亿零〇")
# 红红脸, 谈谈心: a verb doubled before its object.
_VERBS = frozenset(
    "开接红出排治洗照扯咬理聊散跑帮谈算亮唱走串拉说读看握点动交敲把充补松提鼓压试探见晒想问听写学查"
    "劝找瞧转练比评讲议摸数尝歇等品翻擦挠绕坐站钉"
)
_NOT_DOUBLED = ("学习", "提高", "提升", "评议", "理论", "点评", "查摆", "查找", "写明", "走访")
# 市市场监管局, 支部部长: a noun of place or office that ends one word and begins the next.
_PLACES = frozenset("班队会市县省区镇乡村局司股站院校所室厂科处部组社园店馆矿港团上下大小最老总")
# 在在职党员中, 对对照检查材料, 取得了了不起的成绩: a word of one character before a longer one that begins with the same.
_ALONE_BEFORE = frozenset("在对把为让给和与向从由将被以到比跟按了着过的地得是有不")
_ALONE_AFTER = frozenset("在对把为和与向从由将被到地")  # 反对对, 脚踏实地地
# 会议纪要要准, 职能能不能落地: nouns before a verb that begins with their last character.
_NOUNS = frozenset(("纪要", "概要", "摘要", "提要", "功能", "职能", "技能", "性能", "效能", "机会"))
# 王丽丽, 李强强: given names.
_NAMES = frozenset("丽婷莉娜芳媛璐露佳静洋阳亮晶楠萌蕾欣玲燕艳娟倩颖慧敏波涛龙飞磊鑫淼森焱垚圆爱宁星晨")
_PARTICLES = frozenset("的了是在和与对为把将")
_CALLED = re.compile("同志|书记|委员|主任|[组站所科队]长|代表|发言|提出|$")  # what follows a name
_COUNTED = frozenset("一二三四五六七八九十")
_MEASURES = frozenset("名次个件章封条份项户月天年页场位本张台")
_AFTER_PLACE = frozenset("长委政内里外场址区民属级办市县乡镇村部局")
_COMMON = 12.0  # cost of a word that anybody writes
_PARTS_OF_A_YEAR = frozenset("底初末中终")
_AFTER_NOUN = frozenset(("", *"的中上和与及等是要能"))
_AFTER_VERB = frozenset("了过着得到完成好起出")
_OFFICES = ("书记", "委员", "班子", "大会", "成员", "党员", "工作", "会议", "主任", "负责", "建设", "领导", "干部")
_ACTS = ("组织", "领导", "教育", "服务")
_REPEATABLE = re.compile(
    "[\u4e00-\u9fff]着|研究|讨论|商量|学习|了解|休息|考虑|交流|锻炼|调研|体验|反思|检查|"
    "活动|介绍|整理|准备|沟通|督促|很多|非常|永远|好多|许多|慢慢|一[\u4e00-\u9fff]|逐[\u4e00-\u9fff]|每[\u4e00-\u9fff]|[两三几][\u4e00-\u9fff]|哈哈|谢谢|"
    "千万|打扫|收拾|比划|琢磨|尝试|感受|参谋|评价|合计|掂量|走动|请教|总结|试试|看看"
)


def doubled_characters(run: str) -> Iterator[int]:
    """Places of the second of two equal characters of which one is too many."""
    for found in _TWO.finditer(run):
        at = found.end() - 1
        if run[at] in _NUMERALS:
            if run[at] in _COUNTED and run[at + 1 : at + 2] in _MEASURES and run[at - 2 : at - 1] not in _NUMERALS:
                yield at
        elif not _regular(run, at) and _is_odd(run, at):
            yield at


def _is_odd(run: str, at: int) -> bool:
    """Whether run[at - 1] or run[at] is left alone when the words around are told apart."""
    before, after = _alone(run, at)
    if after and not before and run[at + 1 : at + 2] in _AFTER_VERB and run[at] not in _PARTICLES:
        return False  # 笔记记了, 整改改到底: the second is a verb of its own
    return before or after


def _alone(run: str, at: int) -> tuple[bool, bool]:
    """Whether the cheapest parting leaves run[at - 1], and run[at], a word of its own."""
    first = max(0, at - 1 - _AROUND)
    row = parted(run[first : at + 1 + _AROUND])
    place, alone = first, [False, False]
    for word in row:
        for n in (0, 1):
            if place <= at - 1 + n < place + len(word):
                alone[n] = len(word) == 1
        place += len(word)
    return alone[0], alone[1]


def _regular(run: str, at: int) -> bool:
    """清清爽爽, 谈谈心, 市市场, 王丽丽, 目的的: doubling that the language makes itself."""
    if run[at - 2 : at - 1] == run[at] or run[at + 1 : at + 2] == run[at]:
        return True
    if run[at - 2 : at - 1] in SURNAMES and (_CALLED.match(run, at + 1) or _given(run, at)):
        return True
    if run[at - 2 : at] in _NOUNS:
        return True
    if run[at - 2 : at] == "工作" and run[at + 1 : at + 2] not in _AFTER_NOUN:
        return True  # 对前段工作作如下分析, 就下步工作作部署
    if _common(run[at - 2 : at]) and _common(run[at : at + 2]):
        return True  # 残疾人|人数, 商务座|座椅: the first ends a word, the second begins one
    if run[at] == "年" and run[at + 1 : at + 2] in _PARTS_OF_A_YEAR:
        return True  # 2025年年底前
    if run[at - 2 : at - 1] == "一" and run[at] not in _PARTICLES:
        return True  # 一批批, 一台台
    twice = run[at + 1 : at + 2] == run[at + 2 : at + 3] != "" or (at > 2 and run[at - 3] == run[at - 2])
    verb = run[at] in _VERBS and run[at : at + 2] not in _NOT_DOUBLED
    longer = any(run[at : at + size] in costs() for size in (2, 3, 4))
    if (run[at] in _ALONE_BEFORE and longer) or (run[at] in _ALONE_AFTER and _ends_a_word(run, at)):
        return True
    place = run[at] in _PLACES and (run[at + 1 : at + 2] in _AFTER_PLACE or (run[at] in "班队组会" and longer))
    return twice or verb or place or run[at] in _NAMES or run[at - 2 : at + 1] == "目的的"


def _common(word: str) -> bool:
    return costs().get(word, _COMMON) < _COMMON


def _ends_a_word(run: str, at: int) -> bool:
    """Whether the first of the two ends a longer word."""
    return any(run[at - size : at] in costs() for size in (2, 3, 4) if size <= at)


def _given(run: str, at: int) -> bool:
    """陈园园: after a surname that makes no word with the first of the two, which are no particles."""
    return run[at] not in _PARTICLES and run[at - 2 : at] not in costs() and run[at : at + 2] not in costs()


def doubled_particles(run: str) -> Iterator[int]:
    """Places of 地 or 得 right after 的 that begin no word: 认真的地学."""
    for found in _PARTICLE_PAIR.finditer(run):
        if found.start() and run[found.start() - 1] != "目" and run[found.end() - 1 : found.end() + 1] not in costs():
            first = max(0, found.start() - _AROUND)
            if _both_alone(parted(run[first : found.end() + _AROUND]), found.start() - first):
                yield found.start() + 1


def _both_alone(row: list[str], at: int) -> bool:
    place, alone = 0, 0
    for word in row:
        alone += len(word) == 1 and place in (at, at + 1)
        place += len(word)
    return alone == 2


def doubled_measures(run: str) -> Iterator[int]:
    """Places of 个 before another measure word: 三个名党员, but not 三个项目."""
    for found in re.finditer("[一二三四五六七八九十两几]个(?=[名位件项条次户份场])", run):
        if run[found.end() : found.end() + 2] not in costs():
            yield found.end() - 1


def doubled_words(run: str) -> Iterator[tuple[int, int]]:
    """[start, end) of the second of two equal words that follow one another."""
    for found in _TWICE.finditer(run):
        if _is_slip(run, found.start(), len(found[1])):
            yield found.end(1), found.end()


def _is_slip(run: str, at: int, size: int) -> bool:
    word, again = run[at : at + size], at + size
    begins = any(run[again : again + longer] in costs() for longer in (size + 1, size + 2))
    if begins and (word in _ACTS or any(run[at - more : again] in costs() for more in (1, 2) if more <= at)):
        return (
            False  # 支部组织组织生活会, 党组织组织力: the second begins a longer word, the first is a verb or ends one
        )
    if len(set(word)) == 1 or _REPEATABLE.match(word) or (size == 2 and word not in costs()):
        return False
    first = max(0, at - _AROUND)
    row = parted(run[first : at + 2 * size + _AROUND])
    place = first
    after = run[at + 2 * size : at + 2 * size + 2] in _OFFICES
    ends_longer = False  # 党支部支部书记, 党组织组织生活: the first ends a longer word, the second begins one
    for part in row:
        end = place + len(part)
        if place < at < end:
            if after or end != at + size:
                return False
            ends_longer = True
            place = end
            continue
        begins_longer = ends_longer and place == at + size and end > at + 2 * size
        if begins_longer or (place <= at and end > at + size) or (place < at + size < end):
            return False
        place = end
    return True
