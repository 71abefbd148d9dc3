"""Passing a remark with a reason, having the report decided, handing it up."""

from __future__ import annotations

from datetime import datetime

from bihuan.core import audit
from bihuan.core.access import Refused, verdict
from bihuan.core.acting import action
from bihuan.core.models import stamp
from bihuan.cycle.models import GateFact
from bihuan.meeting.models import Resolution
from bihuan.org.models import Person, Seat
from bihuan.report import access
from bihuan.report.actions.writing import locked
from bihuan.report.content import content_of
from bihuan.report.models import Approval, Draft, FactUse, Layout, Submission, SubmissionState
from bihuan.report.queries import approvals_of, passed_remarks, reasons_of, returned_points, submissions_of
from bihuan.report.remarks import Remark


@action("report.remark.passed", "写明理由，通过了报告的一处提醒")
def pass_remark(draft: Draft, remark: Remark, *, reason: str, by: Seat, at: datetime) -> GateFact:
    """不改，写明理由；理由留在记录里，内容一变就要重新写。"""
    held = locked(draft, by)
    reason = reason.strip()
    verdict(
        (remark.passable, "这一处不能用理由通过，要改"),
        (bool(reason), "请写明理由"),
        (len(reason) <= 300, "理由最多300字"),
    ).enforce()
    gate = GateFact.objects.create(
        cycle_id=held.cycle_id, code=remark.key, ok=True, shown_by=reason, **stamp(by=by, at=at)
    )
    audit.record(gate, by=by, at=at)
    return gate


@action("report.draft.approved", "记下了报告通过和签发")
def approve(
    draft: Draft,
    *,
    digest: str,
    resolution: Resolution | None,
    signer: Person | None,
    by: Seat,
    at: datetime,
) -> Approval:
    """记下会议通过的是哪一稿：内容的摘要、全文、用到的每个数和它后面的记录。

    digest: the content's digest on the page from which this was sent; another one is not what was looked at.
    """
    held = locked(draft, by)
    content = content_of(held, at.date())
    remarks = passed_remarks(content, reasons_of(held))
    access.may_approve(by, held, remarks).enforce()
    verdict((digest == content.digest(), "您看过以后，报告的内容又变了，请再看一遍")).enforce()
    same = held.layout != Layout.RED or signer is None or signer.pk == held.signer_id
    verdict((same, "签发人和红头上写的不是一个人，请先改过来")).enforce()
    access.decides(held, resolution, digest, approvals_of(held)).enforce()
    head = stamp(by=by, at=at, occurred_on=resolution.meeting.occurred_on if resolution else None)
    approval = Approval.objects.create(
        draft=held, digest=digest, content=content.snapshot(), resolution=resolution, signer=signer, **head
    )
    for code, value in content.used().items():
        FactUse.objects.create(approval=approval, code=code, value=value.value[:200], digest=value.digest, **head)
    audit.record(approval, by=by, at=at)
    return approval


@action("report.draft.submitted", "报送了情况报告")
def submit(draft: Draft, *, by: Seat, at: datetime) -> Submission:
    """把会议通过的这一稿报给上一级党组织；通过以后变过的不能报。"""
    held = locked(draft, by)
    content = content_of(held, at.date())
    approvals = approvals_of(held)
    latest = approvals[-1] if approvals else None
    to = held.cycle.org.parent_on(at.date())
    fresh = latest is not None and latest.digest == content.digest()
    remarks = passed_remarks(content, reasons_of(held))
    (access.may_submit(by, held, latest, fresh, to) & access.nothing_stops(remarks)).enforce()
    if latest is None or to is None:
        raise Refused("还没有通过的稿子，或者没有上级。")  # may_submit has said so already
    before = submissions_of(held)
    open_points = [point for each in before for point in returned_points(each) if not point.answer]
    verdict(
        (not any(each.approval_id == latest.pk and each.state != SubmissionState.RETURNED for each in before),
         "这一稿已经报送过了"),
        (not open_points, f"上级的意见还有{len(open_points)}条没有答复，答了再报"),
    ).enforce()  # fmt: skip
    submission = Submission.objects.create(draft=held, approval=latest, to=to, **stamp(by=by, at=at))
    audit.record(submission, by=by, at=at)
    return submission
