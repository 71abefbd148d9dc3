"""The product's addresses and two more: an empty page and an empty write, the limits that the real ones are held against.
Only benches serve them (`bench.server`)."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponse
from django.urls import path

from bihuan.core import clock
from bihuan.core.doors import SeatRequest, seated
from bihuan.core.models import FormKey
from bihuan.urls import urlpatterns as product


@seated
def empty(request: SeatRequest) -> HttpResponse:
    """Nothing, through the same middleware and the same door."""
    return HttpResponse("")


@seated
def empty_write(request: SeatRequest) -> HttpResponse:
    """The least that can be made to last: one row of one column, in one transaction, through the same door."""
    with transaction.atomic():
        FormKey.objects.create(key=request.POST["key"], used_at=clock.now())
    return HttpResponse("")


urlpatterns = [path("bench/empty/", empty, name="empty"), path("bench/write/", empty_write), *product]
