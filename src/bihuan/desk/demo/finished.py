"""The branch that has finished its year: met, graded, closed one problem, written its report, had it approved, sent it."""

from __future__ import annotations

from datetime import date, timedelta

from bihuan.cycle.actions import receive_notice
from bihuan.cycle.gates import state_gate
from bihuan.desk.demo import people
from bihuan.desk.demo.telling import Told, at, evening
from bihuan.ledger.actions import closing, measures, problems
from bihuan.meeting.actions import (
    Count,
    Line,
    register_figures,
    register_meeting,
    register_study,
    resolve_approval,
    resolve_closing,
)
from bihuan.org.queries import roster
from bihuan.report import actions as report
from bihuan.report.body import read_body
from bihuan.report.models import Draft
from bihuan.report.queries import standing

HELD = date(2026, 2, 12)
ROOM = "学校会议室"


class Finished(Told):
    """From 28 January to 6 March 2026."""

    def tell(self) -> None:
        self.prepare()
        self.meet()
        for place, (statement, example, cause, action, standard, owner, due) in enumerate(_PROBLEMS, 1):
            self.set_to_work(place, statement, example, cause, action, standard, owner, due)
        self.close_the_first()
        self.report()

    def prepare(self) -> None:
        by = self.secretary
        receive_notice(
            self.cycle, issuer=people.COMMITTEE, number="青禾委组〔2026〕4号",
            title="关于召开2025年度组织生活会和开展民主评议党员的通知", theme="把为民服务的事办到田头",
            report_due=date(2026, 3, 31),
            aspects={"班子": ["履行支部职责", "联系服务群众", "改进工作作风"], "党员": ["理论学习", "联系群众", "作用发挥"]},
            by=by, at=at(1, 28, 11),
        )  # fmt: skip
        none = "支部2025年4月新成立，没有上年度材料"
        state_gate(self.cycle, code="last_year_paper", ok=True, shown_by=none, by=by, at=at(1, 28, 12))
        register_study(
            self.cycle, held_on=date(2026, 2, 5), topic="《中国共产党支部工作条例（试行）》", place=ROOM, present=8,
            by=by, at=evening(date(2026, 2, 5)),
        )  # fmt: skip

    def meet(self) -> None:
        attendance = [
            Line(person=m.person.pk, present=True, not_counted=m.not_due) for m in roster(self.secretary.org_id, HELD)
        ]
        register_meeting(
            self.cycle, form="党员大会", held_on=HELD, topic="2025年度组织生活会，民主评议党员", place=ROOM,
            chair=self.person("薛春播"), recorder=self.person("邵谷生"), attendance=attendance,
            is_life_meeting=True, is_appraisal=True, by=self.secretary, at=evening(HELD),
        )  # fmt: skip
        opinions, talks, said, graded = "征求意见汇总表", "谈心谈话记录表", "批评意见汇总表", "评议情况汇总表"
        counts = {
            "opinions": (9, opinions), "talks_committee": (3, talks), "talks_committee_member": (12, talks),
            "talks_members": (5, talks), "criticisms": (14, said), "polled": (7, graded), "excellent": (2, graded),
            "qualified": (5, graded), "basically_qualified": (0, graded), "unqualified": (0, graded),
            "probationary": (1, graded),
        }  # fmt: skip
        values = {code: Count(value, shown_by) for code, (value, shown_by) in counts.items()}
        register_figures(self.cycle, values=values, by=self.seat("邵谷生"), at=at(2, 13))

    def set_to_work(
        self, place: int, statement: str, example: str, cause: str, action: str, standard: str, owner: str, due: date
    ) -> None:
        by = self.secretary
        problem = problems.raise_problem(
            cycle=self.cycle, statement=statement, example=example, origin_kind="批评", aspect=self.aspect(place),
            by=by, at=at(2, 14, 9, place),
        )  # fmt: skip
        why = problems.add_cause(problem, text=cause, by=by, at=at(2, 14, 10, place))
        measures.add_measure(
            problem, action=action, standard=standard, owner=self.person(owner), due=due, causes=[why],
            by=by, at=at(2, 14, 11, place),
        )  # fmt: skip
        problems.start_work(problem, by=by, at=at(2, 14, 12, place))

    def close_the_first(self) -> None:
        statement, _, _, _, standard, owner, _ = _PROBLEMS[0]
        day, doer = date(2026, 3, 2), self.seat(owner)
        measures.note_progress(
            self.measure(statement),
            words="1月、2月两次支委会都逐人记了意见，记录给支委看过。",
            on=day,
            by=doer,
            at=evening(day),
        )
        measures.add_evidence(
            self.measure(statement), kind="编号", words="支委会会议记录2026年第1、2号", shows="两次会议每位委员说了什么",
            standard=standard, on=day, by=doer, at=evening(day),
        )  # fmt: skip
        closing.claim_closing(self.problem(statement), by=doer, at=evening(day) + timedelta(minutes=10))
        closing.verify(
            self.problem(statement),
            result="通过",
            reason="两份记录都看了，每位委员的话都在。",
            by=self.seat("康小麦"),
            at=at(3, 3),
        )
        meeting = self.committee_meets(date(2026, 3, 4), topic="研究整改销号", place=ROOM, recorder="邵谷生")
        resolve_closing(meeting, self.problem(statement), in_favour=3, by=self.secretary, at=at(3, 4, 18))

    def report(self) -> None:
        draft = report.start_draft(self.cycle, by=self.secretary, at=at(3, 5))
        waiting = [p for _, p in read_body(draft.body).paragraphs() if p.is_open]
        for place, paragraph in enumerate(waiting):
            report.save_paragraph(
                draft, paragraph.id, text=_WORDS[paragraph.question], seen_version=paragraph.version,
                by=self.secretary, at=at(3, 5, 10, place),
            )  # fmt: skip
        draft = self._dated(Draft.objects.of(self.secretary.org_id).get(cycle=self.cycle))
        self._approve(draft)
        report.submit(draft, by=self.secretary, at=at(3, 6, 16))

    def _dated(self, draft: Draft) -> Draft:
        return report.set_head(
            draft, title=draft.title, recipient=draft.recipient, signature=draft.signature, dated=date(2026, 3, 6),
            attachments=draft.attachments, seen_version=None, by=self.secretary, at=at(3, 5, 11),
        )  # fmt: skip

    def _approve(self, draft: Draft) -> None:
        day = date(2026, 3, 6)
        meeting = self.committee_meets(day, topic="审议情况报告", place=ROOM, recorder="邵谷生")
        resolution = resolve_approval(
            meeting,
            about=draft.pk,
            item="同意2025年度组织生活会情况报告",
            in_favour=3,
            by=self.secretary,
            at=at(3, 6, 14),
        )
        report.approve(
            draft, digest=standing(draft, day).content.digest(), resolution=resolution, signer=self.person("薛春播"),
            by=self.secretary, at=at(3, 6, 15),
        )  # fmt: skip


_PROBLEMS = [
    (
        "支委会记录只写结论",
        "2025年9月至12月开了4次支委会，4次记录都没有写各位委员说了什么。",
        "支委以为有结论就够了，没有把逐人记录当成规矩。",
        "支委会逐人记录意见，会后请各位委员看过。",
        "2026年连续2次会议逐人记录",
        "叶知秋",
        date(2026, 3, 31),
    ),
    (
        "家访没有走到柳湾村",
        "2025年秋季学期，柳湾村11户学生家里没有一位党员教师去过。",
        "家访名单按就近排，远的村排在后面，学期末就没有排到。",
        "柳湾村11户分到7名党员教师，先远后近，去过一户登记一户。",
        "柳湾村11户都有家访登记",
        "丰润年",
        date(2026, 5, 29),
    ),
    (
        "课后服务收费单没有按月贴出",
        "2025年10月和11月的课后服务收费单，到12月5日才一起贴在校门口。",
        "收费单由经手人自己贴，没有说好哪一天。",
        "收费单每月5日以前贴到校门口，贴出后拍照存进台账。",
        "2026年3月、4月两个月都在5日以前贴出",
        "禾晚晴",
        date(2026, 4, 30),
    ),
]
_WORDS = {
    "请写：这次组织生活会的总体情况，支部自己的话，写一两句": "会上每位党员都作了自我批评，也听了别人的批评，没有人请假。",
    "请写：学了什么，怎么学的": "集中学习由书记领学，对着条例逐条看支部哪些没有做到。",
    "请写：谈了哪些方面，怎么谈的（不写个人的内容）": "谈话由书记先谈，谈教学、家访和支部记录，谈完当面说出要改的地方。",
    "请写：向谁、用什么办法征求意见": "向教师、学生家长和村民发意见卡征求意见，由组织委员收齐汇总。",
    "请写：会上的情况": "会上先由书记代表支委会作对照检查，再逐人作自我批评，最后民主评议。",
}
