"""会议登记：支部按纸面记录，一次登记，处处取用。"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bihuan.core.models import Record
from bihuan.core.words import Words
from bihuan.cycle.models import Cycle
from bihuan.org.models import Group, Org, Person


class MeetingForm(Words):
    ALL_MEMBERS = "党员大会"
    COMMITTEE = "支委会"
    GROUP = "党小组会"


def name_of(form: str, group: Group | None) -> str:
    """What such a meeting is called: 支委会, 第一党小组会."""
    if group is None:
        return form
    return f"{group}会" if group.name.endswith("小组") else f"{group}{form}"


class Meeting(Record):
    """One meeting that was held on `occurred_on`, as its paper record says. A 党小组会 names the group that held it."""

    org = models.ForeignKey(Org, models.PROTECT, related_name="meetings")
    form = models.CharField("形式", max_length=4, choices=MeetingForm.choices)
    group = models.ForeignKey(
        Group, models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name="哪个党小组"
    )
    is_life_meeting = models.BooleanField("是组织生活会", default=False)
    is_appraisal = models.BooleanField("同时民主评议党员", default=False)
    topic = models.CharField("议题", max_length=200)
    place = models.CharField("地点", max_length=100)
    chair = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="主持人")
    recorder = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="记录人")

    class Meta:
        verbose_name = "会议"
        ordering = ["-occurred_on", "-recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(group__isnull=True) | Q(form=MeetingForm.GROUP), name="only_a_group_meeting_names_a_group"
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def name(self) -> str:
        """What was held: 支委会, 第一党小组会, 组织生活会, 第一党小组组织生活会."""
        if self.is_life_meeting:
            return f"{self.group or ''}组织生活会"
        return name_of(self.form, self.group)

    @property
    def label(self) -> str:
        """As papers name it: 2026年3月9日支委会."""
        day = self.occurred_on
        return f"{day.year}年{day.month}月{day.day}日{self.name}"


class MeetingOrg(Record):
    """An organisation that holds the meeting, and the year it belongs to; two rows where branches meet jointly."""

    ORG_PATH = "org"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="orgs")
    org = models.ForeignKey(Org, models.PROTECT, related_name="meeting_orgs")
    cycle = models.ForeignKey(Cycle, models.PROTECT, null=True, blank=True, related_name="meeting_orgs")

    class Meta:
        verbose_name = "会议与党组织"
        constraints = [models.UniqueConstraint(fields=["meeting", "org"], name="an_org_meets_once_a_meeting")]

    def __str__(self) -> str:
        return f"{self.org}，{self.meeting}"


class Attendance(Record):
    """One person of the roster at one meeting: due or not and why, there or not and why."""

    ORG_PATH = "org"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendances")
    org = models.ForeignKey(Org, models.PROTECT, related_name="+")
    counted = models.BooleanField("计入应到")
    not_counted = models.CharField("不计入应到的理由", max_length=200, blank=True)
    present = models.BooleanField("到会")
    absent = models.CharField("缺席事由", max_length=200, blank=True)
    left_at = models.TimeField("离会时间", null=True, blank=True)

    class Meta:
        verbose_name = "到会情况"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="one_line_a_person_and_meeting"),
            models.CheckConstraint(condition=Q(counted=True) | ~Q(not_counted=""), name="not_counted_has_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.person}，{'到会' if self.present else '缺席'}"


class Guest(Record):
    """列席: somebody who sat in without being due."""

    ORG_PATH = "meeting__org"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="guests")
    name = models.CharField("姓名或称呼", max_length=60)
    capacity = models.CharField("身份", max_length=60, blank=True)

    class Meta:
        verbose_name = "列席"

    def __str__(self) -> str:
        return self.name


class Resolution(Record):
    """One item that was put to the vote: its sums, the rule that counts them, and whether it passed."""

    ORG_PATH = "meeting__org"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="resolutions")
    item = models.CharField("事项", max_length=300)
    in_favour = models.PositiveSmallIntegerField("赞成")
    against = models.PositiveSmallIntegerField("反对", default=0)
    abstained = models.PositiveSmallIntegerField("弃权", default=0)
    rule = models.CharField("口径", max_length=200)
    passed = models.BooleanField("通过")
    about_kind = models.CharField(max_length=20, blank=True)  # "ledger.problem", "report.draft"
    about = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = "决议"

    def __str__(self) -> str:
        return self.item[:30]


class Study(Record):
    """集中学习 before the meeting, held on `occurred_on`. Without one the 组织生活会 may not be held (R10)."""

    ORG_PATH = "cycle__org"

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="studies")
    place = models.CharField("地点", max_length=100, blank=True)
    topic = models.CharField("学习内容", max_length=300)
    present = models.PositiveSmallIntegerField("参加人数", null=True, blank=True)

    class Meta:
        verbose_name = "集中学习"
        ordering = ["occurred_on"]

    def __str__(self) -> str:
        return self.topic[:30]


class Figure(Record):
    """A count taken from the branch's paper records: how many opinions, talks, criticisms, grades. Entered once, with source."""

    ORG_PATH = "cycle__org"

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="figures")
    code = models.CharField(max_length=30)
    value = models.PositiveIntegerField("数")
    shown_by = models.CharField("出自哪份记录", max_length=200)

    class Meta:
        verbose_name = "登记的数"
        constraints = [models.UniqueConstraint(fields=["cycle", "code"], name="one_figure_a_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.value}"
