"""The organisation above looks at a report: points, returning, taking it; and the branch's answers."""

from __future__ import annotations

from datetime import date, datetime

from bihuan.core import audit
from bihuan.core.access import verdict
from bihuan.core.acting import action, check_version
from bihuan.core.models import stamp
from bihuan.org.models import Seat
from bihuan.report import access
from bihuan.report.models import Submission, SubmissionState, SuperiorRemark
from bihuan.report.queries import points_of

LONGEST = 1000  # characters of one point or answer


def _received(submission: Submission, by: Seat) -> Submission:
    """What was handed up, locked, as the organisation above may reach it."""
    found = Submission.objects.visible_to(by).select_related("draft__cycle").select_for_update(of=("self",))
    return found.get(pk=submission.pk)


@action("report.point.noted", "给报上来的报告写了一条意见")
def note_point(
    submission: Submission, *, about: str, point: str, due: date | None, by: Seat, at: datetime
) -> SuperiorRemark:
    """写一条意见：说的哪一段、什么意见、什么时候前答复。退回以前，支部看不到。"""
    held, point = _received(submission, by), point.strip()
    access.may_review(by, held).enforce()
    places = dict(places_in(held.approval.content))
    verdict(
        (bool(point), "请写出意见"),
        (len(point) <= LONGEST, f"一条意见最多{LONGEST}字"),
        (not about or about in places, "报告里没有这一段，请再选一次"),
        (due is None or due >= at.date(), "答复的日子不能早于今天"),
    ).enforce()
    remark = SuperiorRemark.objects.create(
        submission=held, from_org_id=by.org_id, about=about, about_words=places.get(about, "整份报告")[:120],
        point=point, due=due, **stamp(by=by, at=at),
    )  # fmt: skip
    audit.record(remark, by=by, at=at)
    return remark


def places_in(content: dict[str, object]) -> list[tuple[str, str]]:
    """(paragraph, its heading and first words) of what was handed up, for choosing what a point is about."""
    found: list[tuple[str, str]] = []
    for section in content["sections"]:  # type: ignore[attr-defined]
        for paragraph in section["paragraphs"]:
            if text := paragraph["text"].strip():
                found.append((paragraph["id"], f"{section['heading'] or '开头'}：{text[:24]}"))
    return found


@action("report.point.withdrawn", "撤掉了给报告写的一条意见")
def withdraw_point(remark: SuperiorRemark, *, by: Seat, at: datetime) -> None:
    """退回以前，写了的意见可以撤掉。"""
    held = _received(remark.submission, by)
    access.may_review(by, held).enforce()
    before = remark.facts()
    audit.record(remark, by=by, at=at, before=before, after={})
    remark.delete()


@action("report.submission.returned", "把报上来的报告退回了支部")
def return_report(submission: Submission, *, by: Seat, at: datetime) -> Submission:
    """连同意见退回支部；至少要有一条意见。"""
    held = _received(submission, by)
    access.may_return(by, held, len(points_of(held))).enforce()
    return _moved(held, SubmissionState.RETURNED, by=by, at=at)


@action("report.submission.accepted", "收下了报上来的报告")
def accept_report(submission: Submission, *, by: Seat, at: datetime) -> Submission:
    """没有意见，收下。"""
    held = _received(submission, by)
    access.may_accept(by, held, len(points_of(held))).enforce()
    return _moved(held, SubmissionState.ACCEPTED, by=by, at=at)


def _moved(held: Submission, state: str, *, by: Seat, at: datetime) -> Submission:
    before = held.facts()
    held.state = state
    held.keep("state")
    audit.record(held, by=by, at=at, before=before)
    return held


@action("report.point.answered", "答复了上级的一条意见")
def answer_point(
    remark: SuperiorRemark, *, answer: str, seen_version: int | None, by: Seat, at: datetime
) -> SuperiorRemark:
    """支部逐条答复：怎么改的，改在哪里；没有改的，说为什么。"""
    found = SuperiorRemark.objects.of(by.org_id).select_related("submission__draft__cycle")
    held = found.select_for_update(of=("self",)).get(pk=remark.pk)
    check_version(held, seen_version)
    access.may_answer(by, held.submission).enforce()
    answer = answer.strip()
    verdict((bool(answer), "请写出答复"), (len(answer) <= LONGEST, f"一条答复最多{LONGEST}字")).enforce()
    before = held.facts()
    held.answer, held.answered_on = answer, at.date()
    held.keep("answer", "answered_on")
    audit.record(held, by=by, at=at, before=before)
    return held
