"""Page-shaped reads of the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bihuan.core.scope import ScopedQuerySet
from bihuan.cycle.models import Cycle, GateFact
from bihuan.meeting.models import Resolution
from bihuan.org.models import Seat
from bihuan.report.checking import remarks_on
from bihuan.report.content import Content, content_of
from bihuan.report.freshness import Staleness, compare
from bihuan.report.models import Approval, Draft, FactUse, Readback, Submission, SubmissionState, SuperiorRemark
from bihuan.report.remarks import GATE, Remark


def drafts_open_to(seat: Seat) -> ScopedQuerySet[Draft]:
    """The drafts that this seat may open: its own organisation's. A superior sees what was handed up, elsewhere."""
    drafts = Draft.objects.visible_to(seat)
    return drafts.filter(cycle__org=seat.org_id).select_related("cycle__org", "cycle__notice", "signer")


def draft_of(cycle: Cycle) -> Draft | None:
    """The cycle's report, if it was started."""
    drafts = Draft.objects.of(cycle.org_id).filter(cycle=cycle)
    return drafts.select_related("cycle__org", "cycle__notice").first()


def approvals_of(draft: Draft) -> list[Approval]:
    """Every approval of the draft, the latest last."""
    approvals = Approval.objects.of(draft.scope_org_id).filter(draft=draft)
    return list(approvals.select_related("resolution__meeting", "signer").order_by("recorded_at", "pk"))


def submissions_of(draft: Draft) -> list[Submission]:
    """Every handing up of the draft, the latest last."""
    sent = Submission.objects.of(draft.scope_org_id).filter(draft=draft)
    return list(sent.select_related("to", "draft__cycle").order_by("recorded_at", "pk"))


def returned_points(submission: Submission) -> list[SuperiorRemark]:
    """The superior's points about a report that was returned; none before it is."""
    if submission.state != SubmissionState.RETURNED:
        return []
    return points_of(submission)


def points_of(submission: Submission) -> list[SuperiorRemark]:
    """The superior's points, told to the branch or not yet."""
    points = SuperiorRemark.objects.of(submission.draft.scope_org_id).filter(submission=submission)
    return list(points.order_by("recorded_at", "pk"))


def received_by(seat: Seat) -> ScopedQuerySet[Submission]:
    """The reports that were handed up to this seat's organisation, the latest first."""
    found = Submission.objects.visible_to(seat).filter(to=seat.org_id)
    return found.select_related("draft__cycle__org", "approval", "to").order_by("-recorded_at", "-pk")


def latest_readback(draft: Draft) -> Readback | None:
    """The file that came back last."""
    return Readback.objects.of(draft.scope_org_id).filter(draft=draft).order_by("recorded_at", "pk").last()


def resolutions_about(draft: Draft) -> list[Resolution]:
    """The recorded decisions about this report that passed, the latest first."""
    found = Resolution.objects.of(draft.scope_org_id).filter(about_kind="report.draft", about=draft.pk, passed=True)
    return list(found.select_related("meeting").order_by("-recorded_at", "-pk"))


def reasons_of(draft: Draft) -> dict[str, str]:
    """The reasons with which remarks about this year's report were passed: key of the remark → reason."""
    gates = GateFact.objects.of(draft.scope_org_id).filter(cycle=draft.cycle_id, code__startswith=GATE)
    return {each.code: each.shown_by if each.ok else "" for each in gates.order_by("recorded_at", "pk")}


def passed_remarks(content: Content, reasons: Mapping[str, str]) -> list[Remark]:
    """The remarks about a report, those with a reason marked as passed."""
    remarks = remarks_on(content)
    return [each.with_reason(reasons.get(each.key, "")) if each.passable else each for each in remarks]


def staleness(draft: Draft, day: date, content: Content | None = None) -> Staleness | None:
    """The latest approval against the report as it reads on that day; None where nothing was approved yet."""
    approvals = approvals_of(draft)
    return _staleness(approvals, content or content_of(draft, day), draft.scope_org_id)


def _staleness(approvals: Sequence[Approval], content: Content, org: UUID) -> Staleness | None:
    if not approvals:
        return None
    uses = list(FactUse.objects.of(org).filter(approval=approvals[-1]).order_by("pk"))
    return compare(approvals[-1], uses, content)


@dataclass(frozen=True)
class Standing:
    """Everything about a report at one moment: what it reads, what is remarked, what was approved and handed up."""

    draft: Draft
    content: Content
    remarks: tuple[Remark, ...]
    stale: Staleness | None
    submissions: tuple[Submission, ...]
    points: tuple[SuperiorRemark, ...] = ()

    @property
    def stops(self) -> list[Remark]:
        """What has to be mended first."""
        return [each for each in self.remarks if each.stops]

    @property
    def is_fresh(self) -> bool:
        return self.stale is not None and self.stale.is_fresh

    @property
    def sent(self) -> Submission | None:
        """The handing up of the latest approval, if it was handed up and not returned."""
        approved = self.stale.approval.pk if self.stale else None
        held = (each for each in reversed(self.submissions) if each.approval_id == approved)
        return next((each for each in held if each.state != SubmissionState.RETURNED), None)

    @property
    def returned(self) -> Submission | None:
        """The last handing up, if the superior returned it."""
        last = self.submissions[-1] if self.submissions else None
        return last if last and last.state == SubmissionState.RETURNED else None

    @property
    def unanswered(self) -> list[SuperiorRemark]:
        """The superior's points that wait for an answer."""
        return [each for each in self.points if not each.answer]


def standing(draft: Draft, day: date) -> Standing:
    """How the report stands on that day."""
    content = content_of(draft, day)
    remarks = passed_remarks(content, reasons_of(draft))
    stale = _staleness(approvals_of(draft), content, draft.scope_org_id)
    sent = submissions_of(draft)
    points = tuple(returned_points(sent[-1])) if sent else ()
    return Standing(draft, content, tuple(remarks), stale, tuple(sent), points)
