"""Which cause is behind which problem, which measure answers which problem and which cause: many to many, each link a record."""

from __future__ import annotations

from django.db import models

from bihuan.core.models import Record
from bihuan.ledger.models.measures import Measure
from bihuan.ledger.models.problems import Cause, Problem


class CauseLink(Record):
    ORG_PATH = "problem__cycle__org"

    cause = models.ForeignKey(Cause, models.PROTECT, related_name="links")
    problem = models.ForeignKey(Problem, models.PROTECT, related_name="cause_links")

    class Meta:
        verbose_name = "原因对应的问题"
        constraints = [models.UniqueConstraint(fields=["cause", "problem"], name="a_cause_is_linked_once")]

    def __str__(self) -> str:
        return f"{self.cause} → {self.problem}"


class MeasureLink(Record):
    ORG_PATH = "problem__cycle__org"

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="links")
    problem = models.ForeignKey(Problem, models.PROTECT, related_name="measure_links")

    class Meta:
        verbose_name = "措施对应的问题"
        constraints = [models.UniqueConstraint(fields=["measure", "problem"], name="a_measure_is_linked_once")]

    def __str__(self) -> str:
        return f"{self.measure} → {self.problem}"


class MeasureCause(Record):
    ORG_PATH = "cause__cycle__org"

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="cause_links")
    cause = models.ForeignKey(Cause, models.PROTECT, related_name="measure_links")

    class Meta:
        verbose_name = "措施针对的原因"
        constraints = [models.UniqueConstraint(fields=["measure", "cause"], name="a_measure_meets_a_cause_once")]

    def __str__(self) -> str:
        return f"{self.measure} → {self.cause}"
