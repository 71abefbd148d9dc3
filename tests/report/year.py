"""An invented year of the cast's branch, reached through the house's own actions, for the tests of the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bihuan.cycle.actions import open_cycle, receive_notice
from bihuan.cycle.models import Cycle
from bihuan.ledger.actions import measures, problems
from bihuan.ledger.models import Measure, Problem
from bihuan.meeting import actions as meetings
from bihuan.meeting.models import Meeting, MeetingForm
from bihuan.meeting.queries import expected
from bihuan.report import actions
from bihuan.report.body import read_body
from bihuan.report.models import Draft
from tests.cast import DAY, Cast, at, person_named

HELD = date(2026, 3, 6)
ASPECTS = ("履行支部职责方面", "联系服务群众方面")
FIGURES = {
    "opinions": 7,
    "talks_committee": 3,
    "talks_committee_member": 12,
    "talks_members": 4,
    "criticisms": 14,
    "polled": 7,
    "excellent": 2,
    "qualified": 5,
    "basically_qualified": 0,
    "unqualified": 0,
    "probationary": 1,
}


@dataclass
class Year:
    cast: Cast
    cycle: Cycle

    @property
    def by(self) -> Any:
        return self.cast.secretary

    def study(self, on: date = date(2026, 2, 20)) -> None:
        meetings.register_study(self.cycle, held_on=on, topic="支部工作条例", by=self.by, at=at())

    def figures(self, **changed: int) -> None:
        counts = {code: meetings.Count(value, "样例记录表") for code, value in {**FIGURES, **changed}.items()}
        meetings.register_figures(self.cycle, values=counts, despite="样例理由", by=self.by, at=at())

    def lines(self, *, absent: dict[str, str], form: str = MeetingForm.ALL_MEMBERS, on: date = HELD) -> list[Any]:
        listed = expected(self.cast.branch.pk, form, on)
        return [meetings.Line(e.person.pk, e.person.name not in absent, absent.get(e.person.name, "")) for e in listed]

    def life_meeting(self, absent: dict[str, str] | None = None) -> Meeting:
        return meetings.register_meeting(
            self.cycle,
            form=MeetingForm.ALL_MEMBERS,
            held_on=HELD,
            topic="组织生活会",
            place="样例会议室",
            chair=person_named(self.cast.branch, "赵一"),
            recorder=person_named(self.cast.branch, "钱二"),
            attendance=self.lines(absent={"高七": "请病假"} if absent is None else absent),
            guests=[meetings.GuestLine("郑某人", "上级督导")],
            is_life_meeting=True,
            is_appraisal=True,
            despite="纸面上就是这样写的",
            by=self.by,
            at=at(),
        )

    def correct(self, meeting: Meeting, absent: dict[str, str]) -> None:
        minutes = meetings.Minutes(
            form=meeting.form,
            held_on=meeting.occurred_on,
            topic=meeting.topic,
            place=meeting.place,
            chair=meeting.chair_id,
            recorder=meeting.recorder_id,
            attendance=self.lines(absent=absent),
            is_life_meeting=True,
            is_appraisal=True,
            guests=[meetings.GuestLine("郑某人", "上级督导")],
        )
        despite = "纸面上就是这样写的"
        meetings.correct_meeting(meeting, minutes=minutes, seen_version=None, despite=despite, by=self.by, at=at(10))

    def committee_meeting(self, on: date = DAY) -> Meeting:
        return meetings.register_meeting(
            self.cycle,
            form=MeetingForm.COMMITTEE,
            held_on=on,
            topic="研究情况报告",
            place="样例会议室",
            chair=person_named(self.cast.branch, "赵一"),
            recorder=person_named(self.cast.branch, "钱二"),
            attendance=self.lines(absent={}, form=MeetingForm.COMMITTEE, on=on),
            by=self.by,
            at=at(),
        )

    def problem(self, aspect: int, statement: str, example: str = "", **more: Any) -> Problem:
        return problems.raise_problem(
            cycle=self.cycle,
            aspect=self.cycle.aspects()[aspect],
            statement=statement,
            example=example,
            origin_kind="自查",
            by=self.by,
            at=at(),
            **more,
        )

    def measure(
        self, problem: Problem, action: str, *, owner: str | None = "孙四", due: date | None = date(2026, 6, 30)
    ) -> Measure:
        return measures.add_measure(
            problem,
            action=action,
            standard="每季度有一份走访记录",
            owner=person_named(self.cast.branch, owner) if owner else None,
            due=due,
            by=self.by,
            at=at(),
        )

    def draft(self) -> Draft:
        return actions.start_draft(self.cycle, by=self.by, at=at())

    def answer_questions(self, draft: Draft) -> Draft:
        """Write something into every open paragraph, and a date below."""
        draft = Draft.objects.of(draft.cycle.org_id).get(pk=draft.pk)
        for _, paragraph in read_body(draft.body).paragraphs():
            if paragraph.is_open:
                actions.save_paragraph(
                    draft, paragraph.id, text="支部照样例的安排做了这项工作。", seen_version=None, by=self.by, at=at()
                )
        return actions.set_head(
            draft,
            title=draft.title,
            recipient=draft.recipient,
            signature=draft.signature,
            dated=DAY,
            attachments=[],
            seen_version=None,
            by=self.by,
            at=at(),
        )


def begin(cast: Cast) -> Year:
    """The year with its notice, and nothing else."""
    cycle = open_cycle(year=2025, by=cast.secretary, at=at())
    receive_notice(
        cycle,
        issuer="中共样例镇委员会",
        number="样委组〔2026〕1号",
        theme="样例主题",
        title="中共样例镇委员会关于召开组织生活会的通知",
        report_due=date(2026, 3, 31),
        aspects={"班子": ASPECTS, "党员": ("样例方面",)},
        file=None,
        by=cast.secretary,
        at=at(),
    )
    return Year(cast, Cycle.objects.of(cast.branch.pk).select_related("org", "notice").get(pk=cycle.pk))


def full(cast: Cast) -> Year:
    """A year with everything a report needs: study, meeting, figures, two problems with causes and measures."""
    year = begin(cast)
    year.study()
    year.life_meeting()
    year.figures()
    for aspect, words in enumerate(("支委会议事前没有调研", "走访困难群众不够经常")):
        problem = year.problem(aspect, words, "2025年9月的议题没有征求意见就上会")
        problems.add_cause(problem, text=f"{words[:2]}的办法不健全", by=cast.secretary, at=at())
        year.measure(problem, f"针对第{aspect + 1}个方面定出办法")
    return year
