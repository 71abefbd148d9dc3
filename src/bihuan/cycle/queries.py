"""Which year an organisation is busy with."""

from __future__ import annotations

from uuid import UUID

from bihuan.cycle.models import Cycle


def current_cycle(org: UUID) -> Cycle | None:
    """The newest year of the organisation that is not merely history brought in with last year's paper."""
    cycles = Cycle.objects.of(org).exclude(source="导入").select_related("org", "notice").newest_first()
    return cycles.first()
