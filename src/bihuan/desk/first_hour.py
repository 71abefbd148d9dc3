"""The first hour: five questions, each left and resumed at will. What is answered is seen from the records alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from bihuan.cycle.models import Cycle
from bihuan.cycle.queries import current_cycle
from bihuan.ledger.models import Paper
from bihuan.org import queries
from bihuan.org.models import Seat, Title


@dataclass(frozen=True)
class Question:
    """One of the five: its words, where it is asked, whether it is answered and what is known; why it is shut."""

    title: str
    url: str
    answered: bool
    known: str
    why: str = ""

    @property
    def ring(self) -> str:
        if self.answered:
            return "is-closed"
        return "is-shut" if self.why else "is-set"


def questions(seat: Seat | None, day: date) -> list[Question]:
    """The five questions as they stand for whoever sits here (nobody yet: only the first is open)."""
    branch = Question("支部叫什么，上级是谁", reverse("desk:first_branch"), seat is not None, _branch(seat, day))
    if seat is None:
        shut = "先写下支部的名称。"
        rest = ["党员名册", "谁是书记，谁是委员", "去年的情况报告", "今年的通知"]
        return [branch, *(Question(title, "", False, "", shut) for title in rest)]
    cycle = current_cycle(seat.org_id)
    return [branch, _roster(seat, day), _posts(seat, day), _paper(cycle), _notice(cycle)]


def _branch(seat: Seat | None, day: date) -> str:
    if seat is None:
        return "写全称，报告的落款就用它"
    parent = seat.org.parent_on(day)
    return f"{seat.org.name}，上级是{parent.name if parent else '（没有写）'}"


def _roster(seat: Seat, day: date) -> Question:
    people = queries.roster(seat.org_id, day)
    known = f"{len(people)}人" if people else "组织委员手里一般有一张表"
    return Question("党员名册", reverse("org:paste") + "?from=first_hour", bool(people), known)


def _posts(seat: Seat, day: date) -> Question:
    people = queries.roster(seat.org_id, day)
    secretary = next((m.person.name for m in people if Title.SECRETARY in m.titles), "")
    if secretary and seat.account.person is None:
        url, known, answered = reverse("desk:who_am_i"), f"书记{secretary}；还要请您说说自己是哪一位", False
    else:
        url, known, answered = (
            reverse("org:posts") + "?from=first_hour",
            f"书记{secretary}" if secretary else "",
            bool(secretary),
        )
    return Question("谁是书记，谁是委员", url, answered, known, "" if people else "有了名册，点名字就行。")


def _paper(cycle: Cycle | None) -> Question:
    title, url = "去年的情况报告", reverse("ledger:take_paper")
    if cycle is None:
        return Question(title, url, False, "", "先开始一个年度。")
    paper = Paper.objects.of(cycle.org_id).filter(cycle=cycle).first()
    none = cycle.gate_facts.filter(code="last_year_paper", ok=True).first()
    known = paper.name if paper else none.shown_by if none else "有就传上来，没有就说没有"
    return Question(title, url, bool(paper or none), known)


def _notice(cycle: Cycle | None) -> Question:
    title, url = "今年的通知", reverse("cycle:notice") + "?from=first_hour"
    if cycle is None:
        return Question(title, url, False, "", "先开始一个年度。")
    return Question(title, url, cycle.notice is not None, str(cycle.notice or "还没有收到的，可以以后再填"))
