"""The clock is read here, at the edge of the system; everything inside is handed the time it acts at."""

from datetime import date, datetime, timedelta
from functools import cache

from django.conf import settings
from django.utils import timezone


@cache
def _offset() -> timedelta:
    """How far a demo's clock is set back, so that its invented year stays in the middle."""
    if not settings.DEMO:
        return timedelta()
    real = timezone.localtime()
    return datetime.combine(date.fromisoformat(settings.DEMO_DAY), real.time(), real.tzinfo) - real


def now() -> datetime:
    """The time now, aware, in the installation's time zone."""
    return timezone.localtime() + _offset()


def today() -> date:
    """The day now, in the installation's time zone."""
    return now().date()
