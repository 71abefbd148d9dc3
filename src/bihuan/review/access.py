"""Who may: only the author. Nobody else's seat finds the manuscript at all, so there is nothing to refuse but a stale page."""

from __future__ import annotations

from bihuan.core.access import Verdict, verdict
from bihuan.review.models import Manuscript

MOST_KEPT = 20
MOST_STEPS = 1000
MOVED_ON = "您打开这一页以后，这份材料又改过，这一处没有动；请看现在的文字再改一次"


def may_take(kept: int) -> Verdict:
    """A seat keeps a handful of papers: this is a desk, not an archive."""
    return verdict((kept < MOST_KEPT, f"这里最多留{MOST_KEPT}份，请先把不用的删去"))


def may_change(manuscript: Manuscript, seen: int | None) -> Verdict:
    """A page that is behind points at places that have moved."""
    return verdict(
        (seen is None or seen == manuscript.version, MOVED_ON),
        (len(manuscript.steps) < MOST_STEPS, "改的次数太多了，请下载以后再传上来接着改"),
    )
