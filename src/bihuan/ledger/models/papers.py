"""上年度的材料，和从里面读出来、等人逐条确认的话。"""

from __future__ import annotations

from django.db import models

from bihuan.core.models import Blob, Record
from bihuan.core.words import Words
from bihuan.cycle.models import Cycle


class PaperRole(Words):
    LAST_YEAR = "上年度材料"


class Paper(Record):
    """A paper that was taken in: its file, the text it was read as, and the structure found in it (contract of `read`)."""

    ORG_PATH = "cycle__org"

    cycle = models.ForeignKey(
        Cycle, models.PROTECT, related_name="papers"
    )  # the year in whose first step it is answered
    role = models.CharField(max_length=5, choices=PaperRole.choices, default=PaperRole.LAST_YEAR)
    blob = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+")  # none if it was pasted
    name = models.CharField("文件名", max_length=200)
    kind = models.CharField("文种", max_length=10, blank=True)
    year = models.PositiveSmallIntegerField("写的是哪个年度")
    text = models.TextField()
    structure = models.JSONField(default=dict)

    class Meta:
        verbose_name = "材料"

    def __str__(self) -> str:
        return self.name


class ProposalKind(Words):
    PROBLEM = "问题"
    CAUSE = "原因"
    MEASURE = "措施"


class Proposal(Record):
    """One thing read from a paper, with its span. A person says yes (perhaps with better words) or no."""

    ORG_PATH = "paper__cycle__org"

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="proposals")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=2, choices=ProposalKind.choices)
    under = models.CharField("所在标题", max_length=300, blank=True)
    lead = models.TextField("读出的话")
    example = models.TextField("读出的事例", blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    owner_words = models.CharField("原文写的责任人", max_length=100, blank=True)
    due_words = models.CharField("原文写的时限", max_length=100, blank=True)
    accepted = models.BooleanField(null=True, default=None)  # None: nobody has looked yet
    problem = models.ForeignKey("ledger.Problem", models.PROTECT, null=True, blank=True, related_name="proposals")
    measure = models.ForeignKey("ledger.Measure", models.PROTECT, null=True, blank=True, related_name="proposals")
    cause = models.ForeignKey("ledger.Cause", models.PROTECT, null=True, blank=True, related_name="proposals")

    class Meta:
        verbose_name = "读出的条目"
        ordering = ["paper", "order"]
        constraints = [models.UniqueConstraint(fields=["paper", "order"], name="one_proposal_a_place")]

    def __str__(self) -> str:
        return self.lead[:30]
