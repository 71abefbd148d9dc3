"""销号的三步：责任人申请，别人核验，会议决定。"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import models
from django.db.models import Q

from bihuan.core.models import Record
from bihuan.core.triggers import LAWS, Law
from bihuan.core.words import Words
from bihuan.ledger.models.problems import Problem
from bihuan.org.models import Person


class Claim(Record):
    """申请销号: an owner says that the standards are met."""

    ORG_PATH = "problem__cycle__org"

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="claims")
    words = models.TextField("说明", blank=True)

    class Meta:
        verbose_name = "销号申请"
        ordering = ["recorded_at"]

    def __str__(self) -> str:
        return f"{self.problem} 申请销号"


class VerificationResult(Words):
    PASSED = "通过"
    SENT_BACK = "退回"


class Verification(Record):
    """核验: somebody who never worked on it compares proof and standards. The doers are copied in, and the database holds
    that the checker is none of them (R23)."""

    ORG_PATH = "problem__cycle__org"

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="verifications")
    claim = models.OneToOneField(Claim, models.PROTECT, related_name="verification")
    checker = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="核验人")
    # Copied at the moment of checking, so that nobody can leave the list afterwards (see `doers_mark`).
    doers = models.TextField("做事的人")
    checker_mark = models.CharField(max_length=40)  # |key of the checker|, for the constraint below
    result = models.CharField("结果", max_length=2, choices=VerificationResult.choices)
    # Every standard of done as it was worded then, and whether the checker found it met: {"standard", "met"}.
    checked = models.JSONField("逐条对照", default=list)
    reason = models.TextField("意见")

    class Meta:
        verbose_name = "核验"
        ordering = ["recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(doers__contains=models.F("checker_mark")), name="the_checker_is_none_of_the_doers"
            )
        ]

    def __str__(self) -> str:
        return f"{self.problem} 核验{self.result}"

    @property
    def unmet(self) -> list[str]:
        """The standards that the checker did not find met."""
        return [str(line["standard"]) for line in self.checked if not line["met"]]


def mark(key: UUID) -> str:
    """A person's key as the constraint compares it: |hex|."""
    return f"|{key.hex}|"


def doers_mark(keys: Iterable[UUID]) -> str:
    """The keys of people as the constraint compares them: |a||b|, sorted; "" for nobody."""
    return "".join(sorted(mark(key) for key in keys))


class DecisionKind(Words):
    CLOSING = "销号"
    EXTENSION = "延期"


class Decision(Record):
    """What a recorded meeting decided about a problem. Written when the meeting room calls down; `meeting` is its key."""

    ORG_PATH = "problem__cycle__org"

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="decisions")
    verification = models.ForeignKey(Verification, models.PROTECT, null=True, blank=True, related_name="decisions")
    kind = models.CharField("决定什么", max_length=2, choices=DecisionKind.choices)
    meeting = models.UUIDField(null=True, blank=True)  # null where the branch's policy asks for no meeting
    label = models.CharField("哪次会议", max_length=200)
    passed = models.BooleanField("通过")

    class Meta:
        verbose_name = "决定"
        ordering = ["recorded_at"]

    def __str__(self) -> str:
        return f"{self.label}：{self.kind}"


class Reopening(Record):
    """A closed problem was opened again, and why. Not `Recurs`, which ties a new problem to an earlier one."""

    ORG_PATH = "problem__cycle__org"

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="reopenings")
    reason = models.TextField("为什么重新打开")

    class Meta:
        verbose_name = "重新打开"
        ordering = ["recorded_at"]

    def __str__(self) -> str:
        return f"{self.problem} 再次出现"


LAWS.extend(
    [
        Law(
            "verification_is_never_changed",
            "ledger_verification",
            "UPDATE",
            "1=1",
            "核验记录写下就不能改，请另做一次核验",
        ),
        Law("verification_is_never_deleted", "ledger_verification", "DELETE", "1=1", "核验记录写下就不能删"),
        Law(
            "checker_mark_is_the_checkers_own",
            "ledger_verification",
            "INSERT",
            "NEW.checker_mark <> '|' || replace(CAST(NEW.checker_id AS TEXT), '-', '') || '|'",
            "核验人和记下的核验人不是同一个人",
        ),
        Law(
            "a_problem_closes_on_proof_and_decision",
            "ledger_problem",
            "UPDATE",
            "NEW.state = '已销号' AND OLD.state <> '已销号' AND NOT EXISTS ("
            "SELECT 1 FROM ledger_decision d JOIN ledger_verification v ON v.id = d.verification_id "
            "WHERE d.problem_id = NEW.id AND d.kind = '销号' AND d.passed AND v.result = '通过' "
            # of the latest request: what was decided before a reopening closes nothing afterwards
            "AND v.claim_id = (SELECT c.id FROM ledger_claim c WHERE c.problem_id = NEW.id "
            "ORDER BY c.recorded_at DESC, c.id DESC LIMIT 1))",
            "没有通过的核验和决定，不能销号",
        ),
    ]
)
