"""The verbs of the room. The chain learns that a paper was looked through and dropped, and nothing of what was in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bihuan.core import audit
from bihuan.core.access import Refused, verdict
from bihuan.core.acting import action
from bihuan.org.models import Seat
from bihuan.review import access, checking, queries, reading
from bihuan.review.models import DAYS_KEPT, Manuscript
from bihuan.review.reading import Edit

_PRIVATE = "查出几处、改了几处只是作者自己的事，记下来就等于报了数"
_GONE = "这份材料已经删去了，请回到“查材料”看看"
_MOST_ASIDE = 500


@action("review.manuscript.taken", "查了一份自己的材料")
def take(*, name: str, data: bytes, by: Seat, at: datetime) -> Manuscript:
    """收下一份材料，查一遍，只给作者自己看。"""
    drop_old(at)
    access.may_take(queries.own(by, at).count()).enforce()
    name = name[-200:] or f"{reading.PASTED}.txt"
    document = reading.read(name, data)
    kind, remarks = checking.look_through(document, reading.layout_of(data, document), (), ())
    manuscript = Manuscript.objects.create(
        seat=by.pk, name=name, original=data, text=document.text, form=document.form, kind=kind,
        found=checking.kept(remarks), written_at=at,
    )  # fmt: skip
    audit.private(Manuscript, by=by, at=at)
    return manuscript


def drop_old(at: datetime) -> None:
    """Whatever nobody has touched for `DAYS_KEPT` goes, whosever it is: a step of taking a paper, and of every start."""
    Manuscript.objects.filter(written_at__lte=at - timedelta(days=DAYS_KEPT)).delete()


@action("review.manuscript.revised", "改了自己的材料，又查了一遍", audited=False, why_not=_PRIVATE)
def revise(
    manuscript: Manuscript, *, edits: Sequence[Edit], words: str, seen: int | None, by: Seat, at: datetime
) -> Manuscript:
    """照这几处改，再查一遍；没有要改的，只查一遍。`words`: what was done, for the button that takes it back."""
    found = _locked(manuscript, by)
    access.may_change(found, seen).enforce()
    apart = reading.apart(edits)
    if any(found.text[edit.start : edit.end] != edit.old for edit in apart):
        raise Refused(access.MOVED_ON)
    found.text = reading.changed(found.text, apart)
    reading.may_be_kept(found.text)
    if apart:
        found.steps = [*found.steps, {"words": words, "edits": [edit.plain() for edit in apart]}]
    return _looked_through(found, at)


@action("review.manuscript.undone", "撤销了自己材料里的一处改动", audited=False, why_not=_PRIVATE)
def undo(manuscript: Manuscript, *, by: Seat, at: datetime) -> Manuscript:
    """撤销最后一次改动，再查一遍。"""
    found = _locked(manuscript, by)
    verdict((found.steps, "没有可以撤销的改动了")).enforce()
    *before, last = found.steps
    found.text, found.steps = reading.taken_back(found.text, reading.edits_of(last)), before
    return _looked_through(found, at)


@action("review.manuscript.set_aside", "对自己的材料定了哪些这次不查", audited=False, why_not=_PRIVATE)
def set_aside(
    manuscript: Manuscript,
    *,
    aside: Sequence[dict[str, str]],
    off: Sequence[str],
    seen: int | None,
    by: Seat,
    at: datetime,
) -> Manuscript:
    """定下哪些意见这次不算（各有理由）、哪些规则这份不查，再查一遍。"""
    found = _locked(manuscript, by)
    unknown = set(off) - set(checking.rules())
    verdict(
        (seen is None or seen == found.version, access.MOVED_ON),
        (not unknown, "没有这条规则，请从列出的里面选"),
        (all(each["reason"].strip() for each in aside), "请写明为什么这次不算"),
        (len(aside) <= _MOST_ASIDE, "写了理由不算的太多了，请改掉一些"),
    ).enforce()
    found.aside, found.off = [*aside], sorted(set(off))
    return _looked_through(found, at)


@action("review.manuscript.dropped", "删去了一份自己查的材料")
def drop(manuscript: Manuscript, *, by: Seat, at: datetime) -> None:
    """删去这份材料，连同原文件和查出的意见。"""
    _locked(manuscript, by).delete()
    audit.private(Manuscript, by=by, at=at)


def _locked(manuscript: Manuscript, by: Seat) -> Manuscript:
    found = queries.locked(by, manuscript.pk).first()
    if found is None:
        raise Refused(_GONE)
    return found


def _looked_through(manuscript: Manuscript, at: datetime) -> Manuscript:
    """Check the text as it is now, and keep both."""
    document, layout = reading.as_it_is_now(
        manuscript.name, bytes(manuscript.original), manuscript.text, manuscript.form, manuscript.steps
    )
    manuscript.kind, remarks = checking.look_through(document, layout, manuscript.off, manuscript.aside)
    manuscript.found, manuscript.written_at = checking.kept(remarks), at
    manuscript.version += 1
    manuscript.save()
    return manuscript
