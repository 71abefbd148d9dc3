"""一个年度：通知、主题、对照方面、步骤。年度不是开会的那一年；没有等到通知，年度照样能走。"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from bihuan.core.models import Blob, Record
from bihuan.core.scope import ScopedManager, ScopedQuerySet
from bihuan.core.words import Words
from bihuan.cycle.plan import STEPS
from bihuan.org.models import Org, Person


class CycleKind(Words):
    YEARLY = "年度"
    SPECIAL = "专题"


class Notice(Record):
    """The superior's notice of a year, as the branch (or the committee that publishes it) entered it."""

    org = models.ForeignKey(Org, models.PROTECT, related_name="notices")
    issuer = models.CharField("发文单位", max_length=100)
    number = models.CharField("文号", max_length=60, blank=True)
    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("类别", max_length=2, choices=CycleKind.choices, default=CycleKind.YEARLY)
    title = models.CharField("标题", max_length=200, blank=True)
    theme = models.CharField("主题", max_length=300, blank=True)
    report_due = models.DateField("情况报告报送期限", null=True, blank=True)
    file = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "通知"

    def __str__(self) -> str:
        return self.number or f"{self.issuer}{self.year}年度通知"


class Subject(Words):
    """Whom an aspect is for: 班子 and 党员 have lists of their own."""

    COMMITTEE = "班子"
    MEMBERS = "党员"


class Aspect(Record):
    """One 对照方面, from the notice or from a pack (then `pack` names it with its version)."""

    ORG_PATH = "notice__org"

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="aspects")
    subject = models.CharField("对象", max_length=2, choices=Subject.choices)
    code = models.CharField(max_length=20)
    order = models.PositiveSmallIntegerField()
    text = models.CharField("对照方面", max_length=200)
    pack = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = "对照方面"
        ordering = ["subject", "order"]
        constraints = [models.UniqueConstraint(fields=["notice", "subject", "code"], name="one_aspect_a_code")]

    def __str__(self) -> str:
        return self.text


class CycleQuerySet(ScopedQuerySet["Cycle"]):
    def newest_first(self) -> CycleQuerySet:
        return self.order_by("-year", "-seq")


def standing_policy() -> dict[str, Any]:
    """The numbers a new cycle starts with; a notice may change them, and the old years keep their own."""
    return {
        "excellent_ratio": "1/3",  # 一般不超过三分之一
        "excellent_base": "正式党员",
        "closing_needs_meeting": True,
        "approval_needs_meeting": True,
        "report_length": 5000,
    }


class Cycle(Record):
    """One year (or one 专题) of one organisation. A 党小组 never owns one."""

    org = models.ForeignKey(Org, models.PROTECT, related_name="cycles")
    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("类别", max_length=2, choices=CycleKind.choices, default=CycleKind.YEARLY)
    seq = models.PositiveSmallIntegerField("第几次", default=1)
    name = models.CharField("名称", max_length=100, blank=True)
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, blank=True, related_name="cycles")
    policy = models.JSONField("口径", default=standing_policy)

    objects: ClassVar = ScopedManager.from_queryset(CycleQuerySet)()

    class Meta:
        verbose_name = "年度"
        constraints = [
            models.UniqueConstraint(fields=["org", "year", "kind", "seq"], name="one_cycle_a_year_kind_and_place")
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """As people call it: 2025年度, 2025年专题（第2次）."""
        if self.name:
            return self.name
        if self.kind == CycleKind.YEARLY and self.seq == 1:
            return f"{self.year}年度"
        return f"{self.year}年{self.kind}（第{self.seq}次）"

    def aspects(self, subject: str = Subject.COMMITTEE) -> list[Aspect]:
        """The aspects for the 班子 or the 党员; empty until the notice came."""
        return list(self.notice.aspects.filter(subject=subject)) if self.notice else []


class Step(Record):
    """One step of the year's plan with its day and who looks after it; whether it is done is said by the records."""

    ORG_PATH = "cycle__org"

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="steps")
    code = models.CharField(max_length=20)
    due = models.DateField("期限", null=True, blank=True)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "步骤"
        constraints = [models.UniqueConstraint(fields=["cycle", "code"], name="one_step_a_code")]

    def __str__(self) -> str:
        return STEPS.get(self.code, self.code)

    @property
    def words(self) -> str:
        """The plan of this step for the year's rail: 3月9日以前，赵一照看."""
        due = f"{self.due.month}月{self.due.day}日以前" if self.due else ""
        return "，".join(filter(None, (due, f"{self.owner}照看" if self.owner else "")))


class GateFact(Record):
    """What somebody stated about a gate of this cycle, with what shows it: the reason for which a warning was passed."""

    ORG_PATH = "cycle__org"

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="gate_facts")
    code = models.CharField(max_length=40)
    ok = models.BooleanField()
    shown_by = models.CharField("依据或理由", max_length=300)

    class Meta:
        verbose_name = "关口说明"

    def __str__(self) -> str:
        return f"{self.code}：{self.shown_by}"
