"""措施和它的人、时限、进展、佐证。"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from bihuan.core.models import Blob, Record
from bihuan.core.words import Words
from bihuan.cycle.models import Cycle
from bihuan.ledger.states import MeasureState
from bihuan.org.models import Group, Org, Person, Spell, Title


class Measure(Record):
    """What will be done, and by which standards it counts as done (one a line)."""

    ORG_PATH = "cycle__org"

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="measures")
    action = models.TextField("措施")
    standard = models.TextField("完成标准", blank=True)
    state = models.CharField("状态", max_length=3, choices=MeasureState.choices, default=MeasureState.NOT_BEGUN)
    origin = models.ForeignKey("ledger.Origin", models.PROTECT, null=True, blank=True, related_name="measures")

    class Meta:
        verbose_name = "措施"

    def __str__(self) -> str:
        return self.action[:30]

    @property
    def standards(self) -> list[str]:
        """The standards of done, one each."""
        return [line.strip() for line in self.standard.splitlines() if line.strip()]

    def term(self) -> Term | None:
        """The term now in force: the one recorded last."""
        return self.terms.order_by("recorded_at", "id").last()

    def owners_on(self, day: date) -> list[Assignment]:
        return list(self.assignments.on(day).filter(role=AssignmentRole.OWNER).select_related(*HOLDER))


class AssignmentRole(Words):
    OWNER = "责任人"
    LEADER = "责任领导"
    HELPER = "协同"


HOLDER = ("person", "group", "org")  # what the words of an assignment are loaded with


class Assignment(Spell):
    """While it lasts, the measure rests with a person, a post, a 党小组 or a whole organisation. Changing hands closes one,
    opens one."""

    ORG_PATH = "measure__cycle__org"

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="assignments")
    role = models.CharField("角色", max_length=4, choices=AssignmentRole.choices, default=AssignmentRole.OWNER)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="assignments")
    post = models.CharField("岗位", max_length=6, choices=Title.choices, blank=True)
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="+")
    org = models.ForeignKey(Org, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Spell.Meta):
        abstract = False
        verbose_name = "分工"
        constraints = [
            *Spell.Meta.constraints,
            models.CheckConstraint(
                condition=Q(person__isnull=False, post="", group__isnull=True, org__isnull=True)
                | Q(person__isnull=True, group__isnull=True, org__isnull=True) & ~Q(post="")
                | Q(person__isnull=True, post="", group__isnull=False, org__isnull=True)
                | Q(person__isnull=True, post="", group__isnull=True, org__isnull=False),
                name="an_assignment_names_one_person_post_group_or_org",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.who}"

    @property
    def who(self) -> str:
        return str(self.person or self.group or self.org or self.post)


class Term(Record):
    """Until when: a day, or 长期坚持 with the days on which it is looked at. An extension is a new term with its reason."""

    ORG_PATH = "measure__cycle__org"

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="terms")
    due = models.DateField("时限", null=True, blank=True)
    reviews = models.JSONField("看的日子", default=list, blank=True)  # ISO days, for 长期坚持
    extends = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField("延期理由", max_length=300, blank=True)
    approved_by = models.CharField("谁同意的", max_length=100, blank=True)

    class Meta:
        verbose_name = "时限"
        constraints = [
            models.CheckConstraint(
                condition=Q(due__isnull=False) | ~Q(reviews=[]), name="a_term_has_a_day_or_days_of_review"
            ),
            models.CheckConstraint(
                condition=Q(extends__isnull=True) | (~Q(reason="") & ~Q(approved_by="")),
                name="an_extension_has_its_reason_and_approver",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.due:%Y-%m-%d}" if self.due else "长期坚持"

    @property
    def is_extension(self) -> bool:
        """It gave more time; the term before it is `extends`."""
        return self.extends_id is not None

    @property
    def runs_out(self) -> date | None:
        """The last day for which more time was given: the day itself, or the day to which the review was put off."""
        return self.next_day if self.is_extension else None

    @property
    def next_day(self) -> date | None:
        """The day it is due; for 长期坚持 the first day of review. Later days of review are asked with `next_after`."""
        return self.due or (date.fromisoformat(min(self.reviews)) if self.reviews else None)


class Progress(Record):
    """What was done on a day (`occurred_on`), in the owner's words."""

    ORG_PATH = "measure__cycle__org"

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="progress")
    words = models.TextField("进展")
    review = models.DateField("回头看的日子", null=True, blank=True)  # the day of review that this note answers

    class Meta:
        verbose_name = "进展"
        ordering = ["occurred_on", "recorded_at"]

    def __str__(self) -> str:
        return self.words[:30]


class EvidenceKind(Words):
    FILE = "文件"
    LINK = "链接"
    NUMBER = "编号"
    WORDS = "口述"


class Evidence(Record):
    """Proof of a day (`occurred_on` is what it is about, not when it was uploaded). A new revision replaces an old one."""

    ORG_PATH = "measure__cycle__org"

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="evidence")
    kind = models.CharField("形式", max_length=2, choices=EvidenceKind.choices)
    blob = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+")
    file_name = models.CharField("文件名", max_length=200, blank=True)
    words = models.TextField("内容", blank=True)
    shows = models.CharField("说明什么", max_length=300)
    standard = models.CharField("对应的完成标准", max_length=300, blank=True)
    revision = models.PositiveSmallIntegerField("第几版", default=1)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    class Meta:
        verbose_name = "佐证"
        ordering = ["occurred_on", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="文件") & Q(blob__isnull=False))
                | (~Q(kind="文件") & Q(blob__isnull=True) & ~Q(words="")),
                name="evidence_is_a_file_or_says_something",
            )
        ]

    def __str__(self) -> str:
        return self.shows[:30]
