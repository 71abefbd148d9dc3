"""Which year an organisation is busy with, and what its notice says."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from bihuan.cycle.models import Cycle, CycleKind, Notice, Step, Subject


def current_cycle(org: UUID) -> Cycle | None:
    """The newest year of the organisation that is not merely history brought in with last year's paper."""
    cycles = Cycle.objects.of(org).exclude(source="导入").select_related("org", "notice")
    return cycles.order_by("-year", "-recorded_at", "-seq").first()


def plan_of(cycle: Cycle) -> dict[str, Step]:
    """The year's plan: code → the step, for those that were planned."""
    return {step.code: step for step in Step.objects.of(cycle.org_id).filter(cycle=cycle).select_related("owner")}


def next_special(org: UUID, year: int) -> int:
    """The number a further 专题 of that year would have."""
    return Cycle.objects.of(org).filter(year=year, kind=CycleKind.SPECIAL).count() + 1


def years_of(org: UUID) -> list[Cycle]:
    """All years of an organisation, newest first, those that came with last year's paper too."""
    return list(Cycle.objects.of(org).select_related("notice").order_by("-year", "-recorded_at", "-seq"))


@dataclass(frozen=True)
class NoticePage:
    """A year's notice with its two lists, as the page fills them in."""

    notice: Notice | None
    committee: tuple[str, ...]
    members: tuple[str, ...]
    pack: str  # the mark of the sample that the lines still carry, or ""


def notice_page(cycle: Cycle) -> NoticePage:
    """The notice and its aspects in one look; empty where none came yet."""
    if cycle.notice is None:
        return NoticePage(None, (), (), "")
    aspects = list(cycle.notice.aspects.all())
    lines = {
        subject: tuple(a.text for a in aspects if a.subject == subject)
        for subject in (Subject.COMMITTEE, Subject.MEMBERS)
    }
    pack = next((a.pack for a in aspects if a.pack), "")
    return NoticePage(cycle.notice, lines[Subject.COMMITTEE], lines[Subject.MEMBERS], pack)
