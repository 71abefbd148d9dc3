"""情况报告：支部自己的话，记录里的数，会议的同意，报送。"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bihuan.core.models import Record
from bihuan.core.words import Words
from bihuan.cycle.models import Cycle
from bihuan.meeting.models import Resolution
from bihuan.org.models import Org, Person
from bihuan.report.templating.models import BlankUse, SuperiorForm  # noqa: F401  (Django looks for models here)


class Shape(Words):
    PROCESS = "按过程写"
    ASPECTS = "按问题写"


class Layout(Words):
    PLAIN = "普通"
    RED = "红头"


class Draft(Record):
    """The report as it stands. `body`: {"sections": [{"key", "heading", "paragraphs": [{"id", "text"}]}]}, where a fact is
    written into the text by its name, {{应到}}, and can only be chosen, never typed."""

    ORG_PATH = "cycle__org"

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="drafts")
    shape = models.CharField("写法", max_length=4, choices=Shape.choices, default=Shape.PROCESS)
    title = models.CharField("标题", max_length=200)
    recipient = models.CharField("主送", max_length=100)
    signature = models.CharField("落款", max_length=100)
    dated = models.DateField("成文日期", null=True, blank=True)
    attachments = models.JSONField("附件", default=list, blank=True)  # names
    layout = models.CharField("版式", max_length=2, choices=Layout.choices, default=Layout.PLAIN)
    number = models.CharField("发文字号", max_length=40, blank=True)
    signer = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人")
    copies = models.JSONField("抄送", default=list, blank=True)  # names
    annexes = models.JSONField("从记录里生成的附件", default=list, blank=True)  # codes of report.annexes
    body = models.JSONField(default=dict)

    class Meta:
        verbose_name = "报告稿"
        constraints = [models.UniqueConstraint(fields=["cycle"], name="one_draft_a_cycle")]

    def __str__(self) -> str:
        return self.title


class Approval(Record):
    """A meeting's (or the policy's) yes to one exact content: its digest, and the content itself to compare with."""

    ORG_PATH = "draft__cycle__org"

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="approvals")
    digest = models.CharField(max_length=64)
    content = models.JSONField()
    resolution = models.ForeignKey(Resolution, models.PROTECT, null=True, blank=True, related_name="approvals")
    signer = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人")

    class Meta:
        verbose_name = "同意"
        ordering = ["recorded_at"]

    def __str__(self) -> str:
        return f"{self.draft} {self.digest[:8]}"


class FactUse(Record):
    """A figure as it stood when the content was approved: its value, and the digest of the rows behind it."""

    ORG_PATH = "approval__draft__cycle__org"

    approval = models.ForeignKey(Approval, models.PROTECT, related_name="uses")
    code = models.CharField(max_length=40)
    value = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = "用到的数"
        constraints = [models.UniqueConstraint(fields=["approval", "code"], name="a_fact_is_used_once_an_approval")]

    def __str__(self) -> str:
        return f"{self.code} {self.value}"


class Readback(Record):
    """A file edited elsewhere that came back: what it brought, and what was decided of each change. Until a change is
    accepted, the report knows nothing of it. `changes`: [{"change": …, "decision": "" | "收下" | "不收"}]."""

    ORG_PATH = "draft__cycle__org"

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="readbacks")
    name = models.CharField("文件名", max_length=200)
    changes = models.JSONField(default=list)
    figures = models.JSONField(default=list, blank=True)  # [name, the record's value, what the file says]
    notes = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = "改回的稿"
        ordering = ["recorded_at"]

    def __str__(self) -> str:
        return self.name


class SubmissionState(Words):
    SENT = "已报送"
    RETURNED = "已退回"
    ACCEPTED = "已收下"


class Submission(Record):
    """The approved content, handed up."""

    ORG_PATH = "draft__cycle__org"

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="submissions")
    approval = models.ForeignKey(Approval, models.PROTECT, related_name="submissions")
    to = models.ForeignKey(Org, models.PROTECT, related_name="submissions_received")
    state = models.CharField("状态", max_length=3, choices=SubmissionState.choices, default=SubmissionState.SENT)

    class Meta:
        verbose_name = "报送"
        ordering = ["recorded_at"]

    def __str__(self) -> str:
        return f"{self.draft} → {self.to}"


class SuperiorRemark(Record):
    """One point that the organisation above has about a report that was handed up: about which paragraph of it, what,
    until when; and the branch's answer. The branch is told of it when the report is returned."""

    ORG_PATH = "submission__draft__cycle__org"

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="superior_remarks")
    from_org = models.ForeignKey(Org, models.PROTECT, related_name="+", verbose_name="哪个党组织的意见")
    about = models.CharField(max_length=40, blank=True)  # a paragraph of what was handed up; "" for the whole
    about_words = models.CharField("说的哪里", max_length=120, blank=True)
    point = models.TextField("意见")
    due = models.DateField("什么时候前答复", null=True, blank=True)
    answer = models.TextField("支部的答复", blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)

    class Meta:
        verbose_name = "上级的意见"
        ordering = ["recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True) | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="an_answer_has_its_day",
            )
        ]

    def __str__(self) -> str:
        return self.point[:30]
