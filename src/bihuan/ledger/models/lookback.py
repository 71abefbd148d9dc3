"""回头看: what was closed some months ago is looked at again, for a sample whose drawing anybody can do over."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bihuan.core.models import Record
from bihuan.core.triggers import LAWS, Law
from bihuan.core.words import Words
from bihuan.cycle.models import Cycle
from bihuan.ledger.models.problems import Problem
from bihuan.org.models import Seat


class LookbackDraw(Record):
    """One drawing on a day (`occurred_on`): out of which problems, with which numbers of the year's policy."""

    ORG_PATH = "cycle__org"

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="lookback_draws")
    months = models.PositiveSmallIntegerField("销号满几个月")
    size = models.PositiveSmallIntegerField("抽几条")
    seed = models.CharField("抽签的种子", max_length=120)
    # Every problem that could have been drawn, in the order of the drawing: [number, digest]; the first `size` were.
    pool = models.JSONField("抽的顺序", default=list)

    class Meta:
        verbose_name = "回头看的抽取"
        ordering = ["-occurred_on", "-recorded_at"]
        constraints = [models.UniqueConstraint(fields=["cycle", "occurred_on"], name="one_drawing_a_day")]

    def __str__(self) -> str:
        return f"{self.occurred_on}抽的回头看"


class LookbackResult(Words):
    STILL_GOOD = "还管用"
    CAME_BACK = "又出现了"


class Lookback(Record):
    """One drawn problem; what was found when somebody looked again. Empty until then, and never changed after."""

    ORG_PATH = "draw__cycle__org"

    draw = models.ForeignKey(LookbackDraw, models.PROTECT, related_name="items")
    problem = models.ForeignKey(Problem, models.PROTECT, related_name="lookbacks")
    result = models.CharField("结果", max_length=4, choices=LookbackResult.choices, blank=True)
    words = models.TextField("看到的", blank=True)
    looked_on = models.DateField("哪天看的", null=True, blank=True)
    looker = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="谁看的")

    class Meta:
        verbose_name = "回头看"
        constraints = [
            models.UniqueConstraint(fields=["draw", "problem"], name="a_problem_is_drawn_once"),
            models.CheckConstraint(
                condition=Q(result="", looked_on__isnull=True, looker__isnull=True)
                | (~Q(result="") & ~Q(words="") & Q(looked_on__isnull=False) & Q(looker__isnull=False)),
                name="a_look_says_what_was_seen_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.problem.no}：{self.result or '还没有看'}"


LAWS.append(
    Law(
        "a_look_back_is_never_changed",
        "ledger_lookback",
        "UPDATE",
        "OLD.result <> ''",
        "回头看的结果写下就不能改，有变化请下次再看",
    )
)
