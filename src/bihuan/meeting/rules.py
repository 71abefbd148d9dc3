"""What the regulations say about a meeting. Plain values in; out comes a law: whether it holds, the sentence that says so
with the numbers of this very meeting, and the article. The same sentence stands on the page and in a refusal.

Hard laws refuse (R1–R4, R10). The others warn, and may be passed with a reason that stays in the record.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

GENERAL, COMMITTEE, GROUP = "党员大会", "支委会", "党小组会"

BRANCH_RULES = "《中国共产党支部工作条例（试行）》"
ARTICLE_11 = f"{BRANCH_RULES}第十一条"
ARTICLE_12 = f"{BRANCH_RULES}第十二条"
ARTICLE_13 = f"{BRANCH_RULES}第十三条"
LIFE_MEETING = f"{BRANCH_RULES}关于组织生活会的规定"
APPRAISAL = f"{BRANCH_RULES}关于民主评议党员的规定"
STUDY_FIRST = "组织生活会通知的一贯要求：没有组织集中学习的，不得召开组织生活会"
MINUTES = "会议记录的要求：写明应到、实到、缺席人员和事由"
TELLERS = "民主测评汇总的要求：各等次人数合起来等于定等次人数"
A_THIRD = "民主评议党员的要求：优秀等次一般不超过三分之一，本年度按口径里的比例算"


@dataclass(frozen=True)
class Law:
    """One rule about one meeting or one year: does it hold, in which words, by which article."""

    code: str  # R1, R26, …: the rule of docs/rules
    ok: bool
    sentence: str
    article: str
    hard: bool = False


def at_least_half(due: int) -> int:
    """The least number that is 半数以上 of those due: 9 → 5, 10 → 5."""
    return -(-due // 2)


def more_than_half(due: int) -> int:
    """The least number that is 超过半数 of those due: 9 → 5, 10 → 6."""
    return due // 2 + 1


def has_quorum(due: int, present: int) -> Law:
    """党员大会有半数以上有表决权的党员到会才能开（条例第十一条，R1、R3）。

    due, present: members with a vote only; 预备党员 and 留党察看 members are in neither.
    """
    least = at_least_half(due)
    ok = due > 0 and present >= least
    end = "可以开会和表决" if ok else "人数不够，不能开会表决"
    return Law(
        "R1", ok, f"有表决权的党员应到{due}人，实到{present}人，至少要到{least}人，{end}。", ARTICLE_11, hard=True
    )


def committee_has_quorum(due: int, present: int) -> Law:
    """支委会有半数以上委员到会才能作决定（条例第十二条，R4）。5 due → 3."""
    least = at_least_half(due)
    ok = due > 0 and present >= least
    end = "可以作决定" if ok else "人数不够，不能作决定"
    return Law("R4", ok, f"支委应到{due}人，实到{present}人，至少要到{least}人，{end}。", ARTICLE_12, hard=True)


def motion_passes(due: int, in_favour: int, *, committee: bool = False) -> Law:
    """赞成超过应到会有表决权人数的半数才算通过，不看到会多少（条例第十一条，R2）。10 due: 5 fails, 6 passes.

    committee: a 支委会. The article on it gives the quorum only; the same measure is applied, the stricter reading.
    """
    need = more_than_half(due)
    ok = due > 0 and in_favour >= need
    who = "应到支委" if committee else "应到会有表决权的党员"
    sentence = f"{who}{due}人，赞成要超过半数，也就是至少{need}票；赞成{in_favour}票，{'通过' if ok else '没有通过'}。"
    return Law("R2", ok, sentence, f"{ARTICLE_11}（支委会比照）" if committee else ARTICLE_11, hard=True)


def votes_fit(present: int, in_favour: int, against: int, abstained: int) -> Law:
    """票数不能比到会的有表决权的人多：预备党员、列席和缺席的没有票（条例第十一条，R3）。"""
    cast = in_favour + against + abstained
    ok = cast <= present
    sentence = f"赞成{in_favour}、反对{against}、弃权{abstained}，共{cast}票，到会有表决权的{present}人"
    return Law("R3", ok, f"{sentence}{'' if ok else '，票比人多，请核对'}。", ARTICLE_11, hard=True)


def counts_agree(due: int, present: int, absent: int) -> Law:
    """应到 = 实到 + 缺席（R5）。due: from the roster of that day; present, absent: from the attendance lines."""
    ok = due == present + absent
    end = "对得上" if ok else "对不上，请看是不是名册后来改过，或者有人没有登记到会"
    return Law("R5", ok, f"应到{due}人，实到{present}人，缺席{absent}人，{end}。", MINUTES)


def study_before_meeting(studies: Iterable[date], held_on: date) -> Law:
    """没有组织集中学习的，不得召开组织生活会（R10）: at least one study on or before the day."""
    before = [day for day in studies if day <= held_on]
    if before:
        sentence = f"组织生活会以前登记了{len(before)}次集中学习，最近一次在{_said(max(before))}。"
    else:
        sentence = f"{_said(held_on)}以前没有登记集中学习，不能登记组织生活会；请先登记一次集中学习。"
    return Law("R10", bool(before), sentence, STUDY_FIRST, hard=True)


def days_in_order(before: Iterable[date], held_on: date, report_on: date | None = None) -> Law:
    """学习、征求意见、谈话在会前，报告在会后（R13）。before: days of what belongs before the meeting."""
    late = sorted(day for day in before if day > held_on)
    early = report_on is not None and report_on < held_on
    if late:
        sentence = f"有{len(late)}次集中学习登记在开会（{_said(held_on)}）以后，最早的是{_said(late[0])}，请核对日期。"
    elif early and report_on is not None:
        sentence = f"报告写的日期{_said(report_on)}早于开会的{_said(held_on)}，请核对日期。"
    else:
        sentence = f"登记的学习都不晚于开会的{_said(held_on)}。"
    return Law("R13", not late and not early, sentence, LIFE_MEETING)


def excellent_ceiling(base: int, ratio: Fraction) -> int:
    """“优秀”最多几人：基数乘比例，舍去小数（R26）。10 × 1/3 → 3，12 × 1/3 → 4。"""
    return math.floor(base * ratio)


def excellent_within_ceiling(excellent: int, base: int, ratio: Fraction, base_name: str) -> Law:
    """优秀人数一般不超过比例（R26）；“一般”所以只提醒。"""
    most = excellent_ceiling(base, ratio)
    ok = excellent <= most
    end = "没有超过" if ok else f"多了{excellent - most}人，确要这样请写明理由"
    return Law("R26", ok, f"{base_name}{base}人，优秀最多{most}人，登记了{excellent}人，{end}。", A_THIRD)


def ballots_agree(polled: int, grades: Mapping[str, int]) -> Law:
    """四个等次的人数合起来等于定等次的人数（R28）。grades: 等次 → 人数。"""
    total = sum(grades.values())
    parts = "、".join(f"{name}{number}" for name, number in grades.items())
    end = "对得上" if total == polled else "对不上，请核对"
    return Law("R28", total == polled, f"{parts}，合起来{total}人，定等次的{polled}人，{end}。", TELLERS)


def probationary_apart(probationary: int, on_roster: int) -> Law:
    """预备党员参加评议，不定等次，人数单列（R25）。on_roster: 预备党员 on the roster of that day."""
    ok = probationary <= on_roster
    end = "单列，不定等次" if ok else "比名册上的多，请核对"
    sentence = f"参加评议的预备党员{probationary}人，名册上有{on_roster}人，{end}。"
    return Law("R25", ok, sentence, "民主评议党员的要求：预备党员参加评议，不定等次")


def absence_has_reason(absent: int, without_reason: int) -> Law:
    """缺席的人个个写明事由（R58）。"""
    if not absent:
        return Law("R58", True, "应到的都到了，没有人缺席。", MINUTES)
    ok = not without_reason
    end = "都写了事由" if ok else f"有{without_reason}人没有写事由，请补上；纸面上也没有的，写明为什么没有"
    return Law("R58", ok, f"缺席{absent}人，{end}。", MINUTES)


def appraised_at_general_meeting(is_general: bool) -> Law:
    """民主评议在党员大会上进行；党员多的支部，自评和互评可以在党小组，测评仍在大会。"""
    end = "在党员大会上进行。" if is_general else "不是在党员大会上进行的，测评要在党员大会上做。"
    return Law("大会", is_general, f"民主评议{end}", APPRAISAL)


def leader_convenes(leader: str, *, chairs: bool) -> Law:
    """党小组会由组长召集（条例第十三条）。leader: the 组长's name on that day, "" where there was none."""
    if not leader:
        sentence = "这个党小组那一天没有组长，党小组会由组长召集；请先定组长，确实没有的写明是谁召集的。"
    elif chairs:
        sentence = f"组长{leader}召集并主持。"
    else:
        sentence = f"党小组会由组长召集，组长是{leader}，登记的主持人是别人，请核对。"
    return Law("召集", bool(leader) and chairs, sentence, ARTICLE_13)


@dataclass(frozen=True)
class Sheet:
    """One meeting in numbers, from its attendance lines; `roster_due` from the roster of that day."""

    form: str
    held_on: date
    due: int
    present: int
    absent: int
    without_reason: int
    roster_due: int
    is_life_meeting: bool = False
    is_appraisal: bool = False
    decides: bool = False  # whether resolutions are recorded
    studies: tuple[date, ...] = ()
    leader: str = ""  # of the 党小组 that held it
    leader_chairs: bool = False


def weigh(sheet: Sheet) -> list[Law]:
    """Every law that speaks about this meeting, the hard ones first."""
    laws = [*_quorum(sheet)]
    if sheet.is_life_meeting:
        laws.append(study_before_meeting(sheet.studies, sheet.held_on))
    laws += [
        counts_agree(sheet.roster_due, sheet.present, sheet.absent),
        absence_has_reason(sheet.absent, sheet.without_reason),
    ]
    if sheet.form == GROUP:
        laws.append(leader_convenes(sheet.leader, chairs=sheet.leader_chairs))
    if sheet.is_life_meeting:
        laws.append(days_in_order(sheet.studies, sheet.held_on))
    if sheet.is_appraisal:
        laws.append(appraised_at_general_meeting(sheet.form == GENERAL))
    return laws


def _quorum(sheet: Sheet) -> list[Law]:
    """A 党员大会 needs its quorum to be held, a 支委会 to decide; on a 党小组会 the article gives no number."""
    if sheet.form == GENERAL:
        return [has_quorum(sheet.due, sheet.present)]
    return [committee_has_quorum(sheet.due, sheet.present)] if sheet.form == COMMITTEE else []


def refusing(sheet: Sheet, laws: Iterable[Law]) -> list[Law]:
    """The laws for which this meeting may not be registered. A 支委会 that decided nothing may have been too small."""
    return [law for law in laws if law.hard and not law.ok and (law.code != "R4" or sheet.decides)]


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
