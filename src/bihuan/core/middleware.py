"""Two things every request goes through: a form acts once, and an error is a sentence."""

from __future__ import annotations

import errno
import re
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from bihuan.core.access import Refused
from bihuan.core.acting import AlreadyDone, Form, form
from bihuan.core.models import FormKey

Answer = Callable[[HttpRequest], HttpResponse]
_KEY = re.compile(r"[0-9a-f]{32}")


class OnceMiddleware:
    """Hands the form's key to the action, and remembers where the form led, so that a second tap leads there too."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return self.get_response(request)
        key = request.POST.get("form_key", "")
        present = Form(key) if _KEY.fullmatch(key) else None
        token = form.set(present)
        try:
            response = self.get_response(request)
        finally:
            form.reset(token)
        if present and present.used and response.status_code in {302, 303}:
            with transaction.atomic():
                FormKey.objects.filter(pk=key).update(location=response.headers["Location"][:500])
        return response


class SentenceMiddleware:
    """Turns what the house says no to into a page with the sentence, and a way back."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        match error:
            case AlreadyDone():
                return redirect(error.location or request.path)
            case Refused():
                return sentence(request, "这一步现在不能办", *error.reasons, status=403)
            case RequestDataTooBig():
                return sentence(request, "内容太长了", "一次填的字太多，没有存；请分几次填。", status=413)
            case OperationalError() if "full" in str(error):
                return full(request)
            case OSError() if error.errno in {errno.ENOSPC, errno.EDQUOT}:
                return full(request)
        return None


def full(request: HttpRequest) -> HttpResponse:
    """The disk is full: nothing was kept, and it says so."""
    return sentence(request, "磁盘满了", "磁盘写不下了，刚才的内容没有存；请腾出空间再存一次。", status=507)


def sentence(request: HttpRequest, title: str, *lines: str, status: int) -> HttpResponse:
    """A page that says one thing."""
    return render(request, "core/sentence.html", {"title": title, "lines": lines}, status=status)
