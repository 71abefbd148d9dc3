"""问题整改台账的名词：来源 → 问题 → 原因 → 措施 → 进展 → 佐证 → 核验 → 决定，和上年度问题的结转。"""

from bihuan.ledger.models.links import CauseLink, MeasureCause, MeasureLink
from bihuan.ledger.models.lookback import Lookback, LookbackDraw, LookbackResult
from bihuan.ledger.models.measures import (
    HOLDER,
    Assignment,
    AssignmentRole,
    Evidence,
    EvidenceKind,
    Measure,
    Progress,
    Term,
)
from bihuan.ledger.models.papers import Paper, PaperRole, Proposal, ProposalKind
from bihuan.ledger.models.problems import Answer, Carry, Cause, Origin, OriginKind, Problem, ProblemSubject, Recurs
from bihuan.ledger.models.proof import (
    Claim,
    Decision,
    DecisionKind,
    Reopening,
    Verification,
    VerificationResult,
    doers_mark,
    mark,
)
from bihuan.ledger.models.upward import HandUp

__all__ = [
    "HOLDER",
    "Answer",
    "Assignment",
    "AssignmentRole",
    "Carry",
    "Cause",
    "CauseLink",
    "Claim",
    "Decision",
    "DecisionKind",
    "Evidence",
    "EvidenceKind",
    "HandUp",
    "Lookback",
    "LookbackDraw",
    "LookbackResult",
    "Measure",
    "MeasureCause",
    "MeasureLink",
    "Origin",
    "OriginKind",
    "Paper",
    "PaperRole",
    "Problem",
    "ProblemSubject",
    "Progress",
    "Proposal",
    "ProposalKind",
    "Recurs",
    "Reopening",
    "Term",
    "Verification",
    "VerificationResult",
    "doers_mark",
    "mark",
]
