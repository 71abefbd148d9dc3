"""The year's rail: nine steps, each closed by records, and why a step is still shut."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from bihuan.cycle.models import Cycle, Step
from bihuan.cycle.queries import current_cycle
from bihuan.desk.yearfacts import YearFacts, facts_of
from bihuan.org.models import Seat

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
    planned: str = ""  # by which day, and who looks after it, as long as it is not done

    @property
    def word(self) -> str:
        return _WORDS[self.ring]

    @property
    def done(self) -> bool:
        return self.ring == DONE


def steps(cycle: Cycle) -> list[StepView]:
    """All steps of a year, in the order in which they are gone. One query, however long the year."""
    year = facts_of(cycle)
    return [step(year) for step in _STEPS]


def with_plan(rail: list[StepView], plan: Mapping[str, Step]) -> list[StepView]:
    """The rail with what the year's plan says about the steps that are not done."""
    return [
        replace(view, planned=plan[view.code].words) if view.code in plan and not view.done else view for view in rail
    ]


def thread(seat: Seat) -> list[StepView]:
    """The same for the head of every page, for whoever sits here; empty where there is no year yet."""
    cycle = current_cycle(seat.org_id)
    return steps(cycle) if cycle else []


def here(views: list[StepView]) -> int:
    """Which step the year has come to: the first that is not done, counted from 1."""
    return next((place for place, view in enumerate(views, 1) if not view.done), len(views))


def _notice(year: YearFacts) -> StepView:
    fact = str(year.notice) if year.notice else "还没有收到，不耽误别的"
    return StepView("notice", "通知与主题", DONE if year.notice else SET, fact, url=reverse("cycle:notice"))


def _last_year(year: YearFacts) -> StepView:
    name, url = "答复上年度问题", reverse("ledger:carries")
    if year.waiting:
        paper = reverse("ledger:reading", args=[year.paper_waiting])
        return StepView("last_year", name, DOING, f"还有{year.waiting}条等确认", url=paper)
    if year.carried:
        fact = f"{year.carried}条，已答复{year.carried - (year.unanswered or 0)}条"
        return StepView("last_year", name, DOING if year.unanswered else DONE, fact, url=url)
    if year.has_paper or year.no_paper:
        fact = "材料里没有要答复的问题" if year.has_paper else "上年度没有材料"
        return StepView("last_year", name, DONE, fact, url=url)
    return StepView("last_year", name, SET, "先把去年的报告传上来", url=reverse("ledger:take_paper"))


def _study(year: YearFacts) -> StepView:
    fact = f"{year.study_count}次" if year.study_count else ""
    return StepView("study", "集中学习", DONE if fact else SET, fact, url=reverse("meeting:register"))


def _opinions(year: YearFacts) -> StepView:
    fact = "" if year.opinions is None else f"登记了{year.opinions}条"
    return StepView("opinions", "征求意见", DONE if fact else SET, fact, url=reverse("meeting:register"))


def _talks(year: YearFacts) -> StepView:
    fact = "" if year.talks is None else f"登记了{year.talks}次"
    return StepView("talks", "谈心谈话", DONE if fact else SET, fact, url=reverse("meeting:register"))


def _life_meeting(year: YearFacts) -> StepView:
    name, url = "组织生活会", reverse("meeting:register")
    if year.met_on:
        return StepView("life_meeting", name, DONE, year.met_at or "", url=url, day=year.met_on)
    why = "" if year.study_count else "还没有登记集中学习。没有组织集中学习的，不得召开组织生活会。"
    return StepView("life_meeting", name, SHUT if why else SET, why=why, url=url)


def _appraisal(year: YearFacts) -> StepView:
    url = reverse("meeting:register")
    if year.polled:
        return StepView("appraisal", "民主评议", DONE, url=url)
    why = "" if year.met_on else "先登记组织生活会。"
    return StepView("appraisal", "民主评议", SHUT if why else SET, why=why, url=url)


def _closing(year: YearFacts) -> StepView:
    name, url, closed = "整改销号", reverse("ledger:table"), year.closed or 0
    if not year.problem_count:
        return StepView("closing", name, SHUT, why="台账里还没有问题。", url=url)
    ring = DONE if closed == year.problem_count else DOING
    return StepView("closing", name, ring, f"{year.problem_count}条，已销号{closed}条", url=url)


def _report(year: YearFacts) -> StepView:
    name, url, due = "情况报告", reverse("report:draft"), year.notice.report_due if year.notice else None
    if year.sent_to:
        return StepView("report", name, DONE, f"已报送{year.sent_to}", url=url, day=year.sent_on)
    if year.drafting:
        return StepView("report", name, DOING, "正在写", url=url, day=due)
    why = "" if year.met_on else "先登记组织生活会。"
    return StepView("report", name, SHUT if why else SET, why=why, url=url, day=due)


_STEPS: list[Callable[[YearFacts], StepView]] = [
    _notice,
    _last_year,
    _study,
    _opinions,
    _talks,
    _life_meeting,
    _appraisal,
    _closing,
    _report,
]
