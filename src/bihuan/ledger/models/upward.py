"""What a branch cannot solve by itself and hands up; the problem stays open."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bihuan.core.models import Record
from bihuan.ledger.models.problems import Problem
from bihuan.org.models import Org, Seat


class HandUp(Record):
    """To whom a problem was handed up, when (`occurred_on`), why, by which paper, and what came back."""

    ORG_PATH = "problem__cycle__org"

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="hand_ups")
    to = models.ForeignKey(Org, models.PROTECT, related_name="+", verbose_name="报给谁")
    reason = models.TextField("为什么自己解决不了")
    paper_no = models.CharField("文号", max_length=60, blank=True)
    answer = models.TextField("答复", blank=True)
    answered_on = models.DateField("哪天答复的", null=True, blank=True)
    answered_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "上报"
        ordering = ["occurred_on", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True, answered_by__isnull=True)
                | (~Q(answer="") & Q(answered_on__isnull=False, answered_by__isnull=False)),
                name="an_answer_from_above_has_its_words_day_and_writer",
            )
        ]

    def __str__(self) -> str:
        return f"{self.problem.no} → {self.to.name}"
