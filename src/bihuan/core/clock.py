"""The clock is read here, at the edge of the system; everything inside is handed the time it acts at."""

from datetime import date, datetime, timedelta
from functools import cache
from threading import Lock

from django.conf import settings
from django.utils import timezone

STEP_BACK = timedelta(minutes=1)
"""A machine that corrects its clock steps back by less; what was recorded first must still sort first."""

_handing_out = Lock()
_last: list[datetime] = []


@cache
def _offset() -> timedelta:
    """How far a demo's clock is set back, so that its invented year stays in the middle."""
    if not settings.DEMO:
        return timedelta()
    real = timezone.localtime()
    return datetime.combine(date.fromisoformat(settings.DEMO_DAY), real.time(), real.tzinfo) - real


def now() -> datetime:
    """The time now, aware, in the installation's time zone; later than every time handed out within the last minute."""
    with _handing_out:
        moment = timezone.localtime() + _offset()
        if _last and _last[0] - STEP_BACK < moment <= _last[0]:
            moment = _last[0] + timedelta(microseconds=1)
        _last[:] = [moment]
        return moment


def today() -> date:
    """The day now, in the installation's time zone."""
    return now().date()
