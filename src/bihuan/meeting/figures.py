"""The counts that a branch takes over from its paper records: their codes, and what each means in the branch's words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One count: its code, its label, its measure word, and where such a count usually stands."""

    code: str
    label: str
    unit: str
    stands_in: str
    group: str


BEFORE, AT, APPRAISAL = "会前", "会上", "民主评议"

KINDS: tuple[Kind, ...] = (
    Kind("opinions", "征求到的意见", "条", "征求意见汇总表", BEFORE),
    Kind("talks_committee", "支委之间的谈心谈话", "次", "谈心谈话记录表", BEFORE),
    Kind("talks_committee_member", "支委和党员的谈心谈话", "次", "谈心谈话记录表", BEFORE),
    Kind("talks_members", "党员之间的谈心谈话", "次", "谈心谈话记录表", BEFORE),
    Kind("criticisms", "提出的批评意见", "条", "批评意见汇总表", AT),
    Kind("polled", "定等次的党员", "人", "评议情况汇总表", APPRAISAL),
    Kind("excellent", "优秀", "人", "评议情况汇总表", APPRAISAL),
    Kind("qualified", "合格", "人", "评议情况汇总表", APPRAISAL),
    Kind("basically_qualified", "基本合格", "人", "评议情况汇总表", APPRAISAL),
    Kind("unqualified", "不合格", "人", "评议情况汇总表", APPRAISAL),
    Kind("probationary", "参加评议的预备党员（不定等次）", "人", "评议情况汇总表", APPRAISAL),
)
BY_CODE = {kind.code: kind for kind in KINDS}
GRADES = ("excellent", "qualified", "basically_qualified", "unqualified")
