"""The branch in the middle of its year: last year's paper read and mostly answered, four problems at four stages."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from bihuan.cycle.actions import receive_notice
from bihuan.desk.demo import people
from bihuan.desk.demo.telling import Told, at, evening
from bihuan.ledger.actions import carry, closing, intake, measures, problems
from bihuan.ledger.models import Carry, Problem, Proposal
from bihuan.meeting.actions import Count, register_figures, register_study, resolve_closing


class MidYear(Told):
    """From 28 January to 9 March 2026."""

    def begin_the_year(self) -> None:
        receive_notice(
            self.cycle,
            issuer=people.COMMITTEE,
            number="青禾委组〔2026〕4号",
            title="关于召开2025年度组织生活会和开展民主评议党员的通知",
            theme="把为民服务的事办到田头",
            report_due=date(2026, 3, 31),
            aspects={
                "班子": ["履行支部职责", "联系服务群众", "改进工作作风"],
                "党员": ["理论学习", "联系群众", "作用发挥"],
            },
            by=self.secretary,
            at=at(1, 28, 10),
        )
        for day, topic, present in [
            ((2, 6), "《中国共产党章程》第五章、第六章", 20),
            ((2, 27), "《中国共产党支部工作条例（试行）》", 21),
        ]:
            register_study(
                self.cycle, held_on=date(2026, *day), topic=topic, place="二楼会议室", present=present,
                by=self.seat("程念秋"), at=at(*day, 17),
            )  # fmt: skip
        register_figures(
            self.cycle,
            values={
                "opinions": Count(24, "征求意见汇总表，程念秋整理"),
                "talks_committee": Count(8, "谈心谈话记录表"),
                "talks_committee_member": Count(26, "谈心谈话记录表"),
            },
            by=self.seat("程念秋"),
            at=at(3, 6, 15),
        )

    def answer_last_year(self) -> None:
        text = Path(__file__).with_name("last_year.txt").read_bytes()
        paper = intake.take_paper(
            cycle=self.cycle, name="2024年度组织生活会情况报告.txt", data=text, by=self.secretary, at=at(1, 29)
        )
        read = list(Proposal.objects.of(self.secretary.org_id).filter(paper=paper).order_by("order"))
        kept: list[Problem] = []
        for minute, proposal in enumerate(read):
            pair = [kept[_place(proposal, read)]] if proposal.kind != "问题" else []
            decided = intake.decide_proposal(
                proposal, accepted=True, lead=proposal.lead, example=proposal.example, problems=pair,
                by=self.secretary, at=at(1, 29, 9, 10 + minute),
            )  # fmt: skip
            if decided.problem:
                kept.append(decided.problem)
        grounds = [
            ("完成", "2025年两轮补贴名单都在核定后3个工作日内贴到8个村，公示起止登记表可查。"),
            ("基本完成", "2025年2月起开了11次支委会，10次逐人记了意见，7月一次漏记，已补记。"),
        ]
        for problem, (answer, ground) in zip(kept, grounds, strict=False):
            asked = Carry.objects.of(self.secretary.org_id).get(problem=problem)
            carry.answer_carry(asked, answer=answer, ground=ground, by=self.secretary, at=at(2, 2))

    def raise_problems(self) -> None:
        for statement, example, origin, words, aspect in _PROBLEMS:
            problem = problems.raise_problem(
                cycle=self.cycle, statement=statement, example=example, origin_kind=origin, origin_words=words,
                aspect=self.aspect(aspect), by=self.seat("程念秋"), at=at(2, 9),
            )  # fmt: skip
            for cause, action, standard, owner, due in _PLANS.get(statement, ()):
                why = problems.add_cause(problem, text=cause, by=self.secretary, at=at(2, 13))
                measures.add_measure(
                    problem, action=action, standard=standard, owner=self.person(owner), due=due, causes=[why],
                    by=self.secretary, at=at(2, 13),
                )  # fmt: skip
            if statement in _PLANS:
                problems.start_work(problem, by=self.secretary, at=at(2, 13))

    def work(self) -> None:
        for statement, name, acts in _WORK:
            doer = self.seat(name)
            for day, words in acts:
                measures.note_progress(self.measure(statement), words=words, on=day, by=doer, at=evening(day))
            measure = self.measure(statement)
            for standard, shows, words in _PROOF.get(statement, ()):
                measures.add_evidence(
                    measure, kind="编号", words=words, shows=shows, standard=standard, on=acts[-1][0], by=doer,
                    at=evening(acts[-1][0]),
                )  # fmt: skip
            if statement in _PROOF:
                closing.claim_closing(
                    self.problem(statement),
                    words="标准里的几样都做到了，请核验。",
                    by=doer,
                    at=evening(acts[-1][0]) + timedelta(minutes=20),
                )

    def hold_committee(self) -> None:
        """The first problem is checked and closed by the committee; the second waits for its checker."""
        first = self.problem(_PROBLEMS[0][0])
        closing.verify(
            first,
            result="通过",
            reason="两轮登记表和八个村的公示照片都对得上日期。",
            by=self.seat("柳青原"),
            at=at(3, 4),
        )
        meeting = self.committee_meets(date(2026, 3, 5), topic="研究整改销号", place="二楼会议室", recorder="陆小满")
        resolve_closing(meeting, self.problem(_PROBLEMS[0][0]), in_favour=5, by=self.seat("程念秋"), at=at(3, 5, 18))


def _place(proposal: Proposal, read: list[Proposal]) -> int:
    """The paper has one cause and one measure a problem, in the same order."""
    same = [other for other in read if other.kind == proposal.kind]
    return same.index(proposal)


_PROBLEMS = [
    (
        "农机购置补贴名单比核定晚贴了9个工作日",
        "2025年11月3日核定的农机购置补贴名单，11月14日才在柳湾村、渡口村贴出。",
        "意见",
        "名单啥时候贴的都不晓得，去镇里问了才说早就贴过了。",
        1,
    ),
    (
        "渡口村连着两个月没有农技员下田",
        "2025年10月、11月，包渡口村的2名农技员走访登记是空的。",
        "意见",
        "打电话说得清楚，可人没有来过田里。",
        2,
    ),
    (
        "农机维修点周末没有人值班",
        "2025年10月18日（星期六），石桥村农户送修插秧机，维修点锁着门。",
        "谈话",
        "",
        2,
    ),
    (
        "化肥抽检结果没有告诉送样农户",
        "2025年9月送检的12份样品，结果只存在站里，5户送样农户没有收到。",
        "意见",
        "样品送去两个多月，没有人告诉我合格不合格。",
        3,
    ),
]
_PLANS = {
    "农机购置补贴名单比核定晚贴了9个工作日": [
        (
            "核定、张贴、拍照归三个人管，没有一个人对哪天贴出来负责。",
            "名单核定、张贴、撤下归一个人管，从核定那天起3个工作日内贴到八个村。",
            "连续两轮在核定后3个工作日内贴出\n八个村全部贴到",
            "谷雨生",
            date(2026, 3, 10),
        )
    ],
    "渡口村连着两个月没有农技员下田": [
        (
            "分工只分到站，没有分到人，哪个村没有去，月底才看得出来。",
            "八个村分到人，每周三下田，各村走访登记每月看一次。",
            "渡口村2月走访登记满4次\n3户种粮大户都见到农技员",
            "石大川",
            date(2026, 3, 13),
        )
    ],
    "农机维修点周末没有人值班": [
        (
            "值班表只排到星期五，周末靠自觉。",
            "农忙季周六、周日各排1人值班，值班表贴在门口。",
            "2月起连续4个周末有人值班",
            "丁立夏",
            date(2026, 2, 28),
        )
    ],
}
_WORK = [
    (
        "农机购置补贴名单比核定晚贴了9个工作日",
        "谷雨生",
        [
            (date(2026, 2, 24), "第一轮名单2月20日核定，2月24日（第2个工作日）贴到八个村。"),
            (date(2026, 3, 2), "第二轮名单2月26日核定，3月2日（第2个工作日）贴到八个村。"),
        ],
    ),
    (
        "渡口村连着两个月没有农技员下田",
        "石大川",
        [
            (date(2026, 2, 18), "八个村分到8个人，渡口村归我，周三下田。"),
            (date(2026, 3, 6), "渡口村2月走访4次，3户大户都见了面。"),
        ],
    ),
    ("农机维修点周末没有人值班", "丁立夏", [(date(2026, 2, 21), "排了2月的周末值班表，还没有贴出去。")]),
]
_PROOF = {
    "农机购置补贴名单比核定晚贴了9个工作日": [
        ("连续两轮在核定后3个工作日内贴出", "两轮张贴和撤下的日期", "公示起止登记表，2026年第1、2号"),
        ("八个村全部贴到", "八个村公示栏都贴了", "村级公示回执8份，2026年3月2日归档"),
    ],
    "渡口村连着两个月没有农技员下田": [
        ("渡口村2月走访登记满4次", "2月每周三的走访", "渡口村走访登记表，2026年2月"),
        ("3户种粮大户都见到农技员", "3户大户的签字", "种粮大户指导记录3份，2026年2月"),
    ],
}
