"""来源、问题、原因，和上年度问题今年的答复。"""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from bihuan.core.models import Record
from bihuan.core.scope import ScopedManager, ScopedQuerySet
from bihuan.core.words import Words
from bihuan.cycle.models import Aspect, Cycle
from bihuan.ledger.states import AT_WORK, FINISHED, OPEN, RING, ProblemState
from bihuan.org.models import Capacity, Org, Person, Seat


class OriginKind(Words):
    SELF_EXAM = "自查"
    OPINION = "意见"
    TALK = "谈话"
    CRITICISM = "批评"
    OVERSIGHT = "督导"
    INSPECTION = "巡察"
    SPECIAL = "专题会"
    CAMPAIGN = "专项整治"
    LAST_YEAR = "上年度"


class Origin(Record):
    """Where a problem came from, in the words it was said in. For a paper: the very span it was read from."""

    ORG_PATH = "org"

    org = models.ForeignKey(Org, models.PROTECT, related_name="+")
    kind = models.CharField("来源", max_length=4, choices=OriginKind.choices)
    words = models.TextField("原话", blank=True)
    number = models.CharField("来源的编号", max_length=60, blank=True)  # the number that the source itself gave
    paper_name = models.CharField("来源的文件", max_length=200, blank=True)
    said_on = models.DateField("来源的日期", null=True, blank=True)
    paper = models.ForeignKey("ledger.Paper", models.PROTECT, null=True, blank=True, related_name="origins")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "来源"

    def __str__(self) -> str:
        return self.kind


class ProblemSubject(Words):
    COMMITTEE = "支委会"
    BRANCH = "支部"
    PERSON = "个人"


_SEE_PERSONAL = frozenset({
    Capacity.SECRETARY, Capacity.DEPUTY, Capacity.ORGANISATION, Capacity.DISCIPLINE
})  # fmt: skip


class ProblemQuerySet(ScopedQuerySet["Problem"]):
    def narrowed(self, seat: Seat) -> Self:
        """个人问题只给本人和书记、副书记、组织委员、纪检委员看；上级看不到。"""
        if seat.capacity in _SEE_PERSONAL:
            return self
        return self.filter(~Q(subject=ProblemSubject.PERSON) | Q(person_id=seat.person_id, person__isnull=False))

    def of_cycle(self, cycle: Cycle) -> Self:
        """This year's own problems and those carried into it."""
        return self.filter(Q(cycle=cycle) | Q(carries__into=cycle)).distinct()

    def unfinished(self) -> Self:
        return self.filter(state__in=OPEN)


class Problem(Record):
    """One concrete problem: who, when, what, and what became of it."""

    ORG_PATH = "cycle__org"

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="problems")
    no = models.CharField("编号", max_length=20)
    subject = models.CharField("谁的问题", max_length=3, choices=ProblemSubject.choices, default=ProblemSubject.BRANCH)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="problems")
    aspect = models.ForeignKey(Aspect, models.PROTECT, null=True, blank=True, related_name="problems")
    aspect_words = models.CharField("对照方面（原文）", max_length=300, blank=True)
    statement = models.TextField("问题")
    example = models.TextField("事例", blank=True)
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="problems")
    state = models.CharField("状态", max_length=6, choices=ProblemState.choices, default=ProblemState.RAISED)

    objects: ClassVar = ScopedManager.from_queryset(ProblemQuerySet)()

    class Meta:
        verbose_name = "问题"
        ordering = ["no"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "no"], name="one_problem_a_number"),
            models.CheckConstraint(
                condition=(Q(subject="个人") & Q(person__isnull=False)) | (~Q(subject="个人") & Q(person__isnull=True)),
                name="a_personal_problem_names_its_person_and_no_other_does",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.no} {self.statement[:30]}"

    @property
    def ring(self) -> str:
        """The class of its ring."""
        return RING[ProblemState(self.state)]

    @property
    def is_at_work(self) -> bool:
        return self.state in AT_WORK

    @property
    def is_finished(self) -> bool:
        return self.state in FINISHED


class Cause(Record):
    """Why: a reason in thought, rule, ability or habit, shared by one or several problems."""

    ORG_PATH = "cycle__org"

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="causes")
    text = models.TextField("原因")
    origin = models.ForeignKey(Origin, models.PROTECT, null=True, blank=True, related_name="causes")

    class Meta:
        verbose_name = "原因"

    def __str__(self) -> str:
        return self.text[:30]


class Answer(Words):
    """The four answers of R20."""

    DONE = "完成"
    MOSTLY = "基本完成"
    GOING_ON = "持续推进"
    NOT_DONE = "未完成"


class Carry(Record):
    """An earlier problem in this year's first step, and what is answered to it, with proof or reason (R20)."""

    ORG_PATH = "into__org"

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="carries")
    into = models.ForeignKey(Cycle, models.PROTECT, related_name="carries")
    answer = models.CharField("今年的答复", max_length=4, choices=Answer.choices, blank=True)
    ground = models.TextField("佐证或理由", blank=True)
    confirmed_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "上年度问题的答复"
        constraints = [
            models.UniqueConstraint(fields=["problem", "into"], name="one_answer_a_problem_and_year"),
            models.CheckConstraint(condition=Q(answer="") | ~Q(ground=""), name="an_answer_has_its_ground"),
        ]

    def __str__(self) -> str:
        return f"{self.problem.no}：{self.answer or '还没有答复'}"


class Recurs(Record):
    """`problem` is `earlier` come back."""

    ORG_PATH = "problem__cycle__org"

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="recurrences")
    earlier = models.ForeignKey(Problem, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "再次出现"
        constraints = [
            models.UniqueConstraint(fields=["problem", "earlier"], name="a_recurrence_is_said_once"),
            models.CheckConstraint(condition=~Q(problem=models.F("earlier")), name="a_problem_is_not_its_own_return"),
        ]

    def __str__(self) -> str:
        return f"{self.earlier} → {self.problem}"
