"""The year's rail: nine steps, each closed by records, and why a step is still shut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from bihuan.cycle.models import Cycle
from bihuan.cycle.queries import current_cycle
from bihuan.ledger.models import Carry, Paper, Problem, Proposal
from bihuan.ledger.states import FINISHED
from bihuan.meeting.models import Figure, MeetingOrg, Study
from bihuan.org.models import Seat
from bihuan.report.models import Draft, Submission

DONE, DOING, SHUT, SET = "is-closed", "is-doing", "is-shut", "is-set"
_WORDS = {DONE: "已完成", DOING: "进行中", SHUT: "还不能办", SET: "可以开始"}


@dataclass(frozen=True)
class StepView:
    """One step as the rail shows it: its ring, what is known of it in a line, why it is shut, and where it is done."""

    code: str
    name: str
    ring: str
    fact: str = ""
    why: str = ""
    url: str = ""
    day: date | None = None

    @property
    def word(self) -> str:
        return _WORDS[self.ring]

    @property
    def done(self) -> bool:
        return self.ring == DONE


def steps(cycle: Cycle) -> list[StepView]:
    """All steps of a year, in the order in which they are gone."""
    return [step(cycle) for step in _STEPS]


def thread(seat: Seat) -> list[StepView]:
    """The same for the head of every page, for whoever sits here; empty where there is no year yet."""
    cycle = current_cycle(seat.org_id)
    return steps(cycle) if cycle else []


def here(views: list[StepView]) -> int:
    """Which step the year has come to: the first that is not done, counted from 1."""
    return next((place for place, view in enumerate(views, 1) if not view.done), len(views))


def _notice(cycle: Cycle) -> StepView:
    fact = str(cycle.notice) if cycle.notice else "还没有收到，不耽误别的"
    return StepView("notice", "通知与主题", DONE if cycle.notice else SET, fact, url=reverse("cycle:notice"))


def _last_year(cycle: Cycle) -> StepView:
    org, name, url = cycle.org_id, "答复上年度问题", reverse("ledger:carries")
    waiting = list(Proposal.objects.of(org).filter(paper__cycle=cycle, accepted__isnull=True).values_list("paper", flat=True))
    if waiting:
        paper = reverse("ledger:reading", args=[waiting[0]])
        return StepView("last_year", name, DOING, f"还有{len(waiting)}条等确认", url=paper)
    answers = list(Carry.objects.of(org).filter(into=cycle).values_list("answer", flat=True))
    if answers:
        open_ = answers.count("")
        fact = f"{len(answers)}条，已答复{len(answers) - open_}条"
        return StepView("last_year", name, DOING if open_ else DONE, fact, url=url)
    if Paper.objects.of(org).filter(cycle=cycle).exists():
        return StepView("last_year", name, DONE, "材料里没有要答复的问题", url=url)
    if cycle.gate_facts.filter(code="last_year_paper", ok=True).exists():
        return StepView("last_year", name, DONE, "上年度没有材料", url=url)
    return StepView("last_year", name, SET, "先把去年的报告传上来", url=reverse("ledger:take_paper"))


def _study(cycle: Cycle) -> StepView:
    held = Study.objects.of(cycle.org_id).filter(cycle=cycle).count()
    fact = f"{held}次" if held else ""
    return StepView("study", "集中学习", DONE if held else SET, fact, url=reverse("meeting:register"))


def _figure_step(code: str, name: str, unit: str, *codes: str) -> Callable[[Cycle], StepView]:
    def step(cycle: Cycle) -> StepView:
        found = list(Figure.objects.of(cycle.org_id).filter(cycle=cycle, code__in=codes).values_list("value", flat=True))
        fact = f"登记了{sum(found)}{unit}" if found else ""
        return StepView(code, name, DONE if found else SET, fact, url=reverse("meeting:register"))

    return step


def _met(cycle: Cycle) -> MeetingOrg | None:
    held = MeetingOrg.objects.of(cycle.org_id).filter(cycle=cycle, meeting__is_life_meeting=True)
    return held.select_related("meeting").first()


def _life_meeting(cycle: Cycle) -> StepView:
    held, url = _met(cycle), reverse("meeting:register")
    if held:
        return StepView("life_meeting", "组织生活会", DONE, held.meeting.place, url=url, day=held.meeting.occurred_on)
    studied = Study.objects.of(cycle.org_id).filter(cycle=cycle).exists()
    why = "" if studied else "还没有登记集中学习。没有组织集中学习的，不得召开组织生活会。"
    return StepView("life_meeting", "组织生活会", SET if studied else SHUT, why=why, url=url)


def _appraisal(cycle: Cycle) -> StepView:
    url = reverse("meeting:register")
    if Figure.objects.of(cycle.org_id).filter(cycle=cycle, code="polled").exists():
        return StepView("appraisal", "民主评议", DONE, url=url)
    met = _met(cycle)
    return StepView("appraisal", "民主评议", SET if met else SHUT, why="" if met else "先登记组织生活会。", url=url)


def _closing(cycle: Cycle) -> StepView:
    states = list(Problem.objects.of(cycle.org_id).of_cycle(cycle).values_list("state", flat=True))
    url, closed = reverse("ledger:table"), sum(state in FINISHED for state in states)
    if not states:
        return StepView("closing", "整改销号", SHUT, why="台账里还没有问题。", url=url)
    ring = DONE if closed == len(states) else DOING
    return StepView("closing", "整改销号", ring, f"{len(states)}条，已销号{closed}条", url=url)


def _report(cycle: Cycle) -> StepView:
    url, due = reverse("report:draft"), cycle.notice.report_due if cycle.notice else None
    sent = Submission.objects.of(cycle.org_id).filter(draft__cycle=cycle).select_related("to").last()
    if sent:
        return StepView("report", "情况报告", DONE, f"已报送{sent.to}", url=url, day=sent.occurred_on)
    if Draft.objects.of(cycle.org_id).filter(cycle=cycle).exists():
        return StepView("report", "情况报告", DOING, "正在写", url=url, day=due)
    met = _met(cycle)
    return StepView("report", "情况报告", SET if met else SHUT, why="" if met else "先登记组织生活会。", url=url, day=due)


_STEPS: list[Callable[[Cycle], StepView]] = [
    _notice,
    _last_year,
    _study,
    _figure_step("opinions", "征求意见", "条", "opinions"),
    _figure_step("talks", "谈心谈话", "次", "talks_committee", "talks_committee_member", "talks_members"),
    _life_meeting,
    _appraisal,
    _closing,
    _report,
]
