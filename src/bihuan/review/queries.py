"""What the pages ask: the seat's own manuscripts, and nobody else's."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from bihuan.org.models import Seat
from bihuan.review.models import DAYS_KEPT, Manuscript


def own(seat: Seat, now: datetime) -> QuerySet[Manuscript]:
    """The seat's manuscripts that are still kept."""
    return Manuscript.objects.filter(seat=seat.pk, written_at__gt=now - timedelta(days=DAYS_KEPT))


def listed(seat: Seat, now: datetime) -> list[Manuscript]:
    """The same for a list, without their contents."""
    return [*own(seat, now).defer("original", "text", "steps", "found", "aside")]


def locked(seat: Seat, pk: UUID) -> QuerySet[Manuscript]:
    """One manuscript of the seat, locked by the action that asks."""
    return Manuscript.objects.select_for_update().filter(seat=seat.pk, pk=pk)
