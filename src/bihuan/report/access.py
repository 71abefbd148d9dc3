"""Who writes the report, who has it decided, who hands it up."""

from __future__ import annotations

from collections.abc import Sequence

from bihuan.core.access import Verdict, verdict
from bihuan.cycle.models import Cycle
from bihuan.cycle.policy import Policy
from bihuan.meeting.models import Resolution
from bihuan.org.models import Capacity, Org, Seat
from bihuan.report.models import Approval, Draft, Submission, SubmissionState
from bihuan.report.remarks import Remark

_HANDS_UP = frozenset({Capacity.SECRETARY, Capacity.DEPUTY, Capacity.ORGANISATION})
_SIGNS = frozenset({Capacity.SECRETARY, Capacity.DEPUTY})


def may_start(seat: Seat, cycle: Cycle | None) -> Verdict:
    """报告由书记、副书记或委员起草。"""
    return verdict(
        (seat.on_committee, "情况报告由书记、副书记或委员起草，请他们来写"),
        (cycle is not None and cycle.org_id == seat.org_id, "还没有开始这个年度，请先开始年度"),
    )


def may_write(seat: Seat, draft: Draft) -> Verdict:
    """报告由书记、副书记或委员写。"""
    return verdict(
        (seat.on_committee, "情况报告由书记、副书记或委员写，请他们来改"),
        (draft.cycle.org_id == seat.org_id, "这份报告不是本支部的"),
    )


def may_decide_change(seat: Seat, draft: Draft, decision: str) -> Verdict:
    """改回的每一处，由写报告的人定收不收；定过的不再定。"""
    return may_write(seat, draft) & verdict((not decision, f"这一处已经定了：{decision}"))


def nothing_stops(remarks: Sequence[Remark]) -> Verdict:
    """A report with matters that stop it is not decided on."""
    open_ = [each for each in remarks if each.stops]
    first = open_[0].title if open_ else ""
    return verdict((not open_, f"还有{len(open_)}处要改，第一处：{first}"))


def may_approve(seat: Seat, draft: Draft, remarks: Sequence[Remark]) -> Verdict:
    """会议通过以后，由书记或副书记记下同意和签发。"""
    return (
        verdict((seat.capacity in _SIGNS, "会议通过以后，由书记或副书记记下签发，请找书记"))
        & may_write(seat, draft)
        & nothing_stops(remarks)
    )


def decides(draft: Draft, resolution: Resolution | None, digest: str, used: Sequence[Approval]) -> Verdict:
    """By default a recorded meeting decided it, and one decision stands for one content (decision 6)."""
    needs = Policy.read(draft.cycle.policy).approval_needs_meeting
    if resolution is None:
        return verdict((not needs, "要写明哪次会议通过了这份报告，请先登记那次会议的决定"))
    other = any(each.resolution_id == resolution.pk and each.digest != digest for each in used)
    return verdict(
        (resolution.about_kind == "report.draft" and resolution.about == draft.pk, "这个决定不是关于这份报告的"),
        (resolution.passed, "会上没有通过"),
        (not other, "这次会议通过的是原来的一稿；内容变了，请会议再看一次，另记一个决定"),
    )


def may_review(seat: Seat, submission: Submission) -> Verdict:
    """收到报告的上级，由经办看；还没有退回或者收下的，才能提意见。"""
    return verdict(
        (seat.capacity == Capacity.CLERK, "报上来的报告由上级经办看，请找经办"),
        (submission.to_id == seat.org_id, "这份报告不是报给本级的"),
        (submission.state == SubmissionState.SENT, f"这份报告{submission.state}，不能再改"),
    )


def may_return(seat: Seat, submission: Submission, points: int) -> Verdict:
    """退回要说出哪里要改。"""
    return may_review(seat, submission) & verdict((points > 0, "还没有写意见，请先写要改哪里，再退回"))


def may_accept(seat: Seat, submission: Submission, points: int) -> Verdict:
    """有意见的不收下：退回，或者先撤掉意见。"""
    return may_review(seat, submission) & verdict((not points, f"写了{points}条意见还没有退回，请退回，或者先撤掉"))


def may_answer(seat: Seat, submission: Submission) -> Verdict:
    """退回的意见由支部书记、副书记或委员答复。"""
    return may_write(seat, submission.draft) & verdict(
        (submission.state == SubmissionState.RETURNED, "这份报告没有被退回，不用答复")
    )


def may_submit(seat: Seat, draft: Draft, approval: Approval | None, fresh: bool, to: Org | None) -> Verdict:
    """同意的那一稿没有变过，才能报送；逐级报，只报上一级（R35）。"""
    return may_write(seat, draft) & verdict(
        (seat.capacity in _HANDS_UP, "由书记、副书记或组织委员报送"),
        (approval is not None, "会议还没有通过这份报告"),
        (approval is None or fresh, "会议通过以后内容又变了，请会议再看一次"),
        (to is not None, "还没有写本支部的上级，请先写上级"),
    )
