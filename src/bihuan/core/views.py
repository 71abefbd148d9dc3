"""Pages that belong to no room: a form that came too late, an address that is not there, a fault."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from bihuan.core.doors import open_to_all
from bihuan.core.middleware import sentence


@open_to_all
def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return sentence(request, "这一页放得太久了", "刚才的内容没有存；请退回上一页，刷新以后再存一次。", status=403)
