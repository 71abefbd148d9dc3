"""What every request goes through: a form acts once, an error is a sentence, a full disk can still be read, and what was
typed is not lost."""

from __future__ import annotations

import errno
import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.contrib.sessions import middleware as sessions
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect, render

from bihuan.core import actions, clock
from bihuan.core.access import Refused
from bihuan.core.acting import AlreadyDone, Form, form
from bihuan.core.models import FormKey
from bihuan.core.ui import drafts

if TYPE_CHECKING:
    from bihuan.org.models import Seat

Answer = Callable[[HttpRequest], HttpResponse]
_KEY = re.compile(r"[0-9a-f]{32}")


_WAIT = 3.0  # seconds that a second tap waits to hear where the first one led


class SessionMiddleware(sessions.SessionMiddleware):
    """Sessions that stand a full disk: what cannot be noted in the session is let go, the page is still shown."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except OperationalError as error:
            if not is_full(error):
                raise
            return response


class OnceMiddleware:
    """Hands the form's key to the action, and remembers where the form led, so that a second tap leads there too."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return self.get_response(request)
        try:
            key = request.POST.get("form_key", "")
        except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
            return too_long(request)
        except (MultiPartParserError, UnreadablePostError):
            return sentence(request, "没有传完", "内容在路上断了，没有存；请退回上一页再传一次。", status=400)
        except OSError as error:  # the pieces of a large file wait in the system's own folder for passing things
            if not is_full(error):
                raise
            return full(request)
        if led := FormKey.objects.filter(key=key).exclude(location="").first() if key else None:
            return second_tap(request, led.location)
        return self._once(request, Form(key) if _KEY.fullmatch(key) else None)

    def _once(self, request: HttpRequest, present: Form | None) -> HttpResponse:
        token = form.set(present)
        try:
            response = self.get_response(request)
        finally:
            form.reset(token)
        if present and present.used:
            led = response.headers["Location"] if response.status_code in {302, 303} else back(request)
            _remember(present.key, led[:500])
        return response


def _remember(key: str, location: str) -> None:
    """What was done is done and stays acknowledged, even where this cannot be noted any more."""
    try:
        with transaction.atomic():
            FormKey.objects.filter(pk=key).update(location=location)
    except OperationalError as error:
        if not is_full(error):
            raise


def second_tap(request: HttpRequest, location: str) -> HttpResponse:
    """Lead to where the first tap led, and say that this one changed nothing."""
    messages.info(request, "这张表刚才已经交过，没有再存一次；还要改，请重新打开那一页。")
    return redirect(location or _led(request.POST.get("form_key", "")) or back(request))


def _led(key: str) -> str:
    """Where the first tap led; it may still be on its way there."""
    deadline = time.monotonic() + _WAIT
    while time.monotonic() < deadline:
        found = FormKey.objects.filter(pk=key).values_list("location", flat=True).first()
        if found:
            return found
        time.sleep(0.05)
    return ""


def back(request: HttpRequest) -> str:
    """The page that the form stood on, if the browser says so and it is one of ours; else home."""
    there = urlsplit(request.headers.get("Referer", ""))
    here = there.netloc == request.get_host() and there.path.startswith("/") and not there.path.startswith("//")
    return f"{there.path}?{there.query}".removesuffix("?") if here else "/"


class SentenceMiddleware:
    """Turns what the house says no to into a page with the sentence, and a way back."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        return not_this_way(request, answer) if answer.status_code == 405 and not answer.content else answer

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        match error:
            case AlreadyDone():
                return second_tap(request, error.location)
            case Refused():
                return sentence(request, "这一步现在不能办", *error.reasons, status=403)
            case RequestDataTooBig():
                return too_long(request)
            case OperationalError() if "locked" in str(error):
                return sentence(
                    request, "系统正忙", "前面的一件事还没有做完，刚才的内容没有存；请等一会儿再存一次。", status=503
                )
            case _ if is_full(error):
                return full(request)
        return None


class DraftMiddleware:
    """Keeps what is typed into a form of `drafts.PAGES`, gives it back when the page is opened again, and forgets it when
    the form was handed in."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = drafts.bring_back([])
        try:
            response = self.get_response(request)
        finally:
            drafts.put_back(token)
        tab, came_from = drafts.handed_in(request.POST) if request.method == "POST" else ("", None)
        if tab and response.status_code in {302, 303} and (seat := getattr(request, "seat", None)):
            _forget(tab, came_from, seat)
        return response

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        match, seat = request.resolver_match, getattr(request, "seat", None)
        known = seat is not None and match is not None and match.view_name in drafts.PAGES
        if drafts.is_autosave(request) and "draft" in request.POST:
            return _keep(request) if known else HttpResponse(status=403)
        if known and seat is not None and request.method == "GET":
            request.drafts = drafts.newest(seat, request.get_full_path())  # type: ignore[attr-defined]
            drafts.bring_back(request.drafts)  # type: ignore[attr-defined]
        return None


def _keep(request: HttpRequest) -> HttpResponse:
    """204 when the draft is kept; anything else, and the page says that it is not."""
    words, page, tab = drafts.words_of(request.POST), request.get_full_path(), request.POST["draft"]
    if words is None or len(page) > 500 or not _KEY.fullmatch(tab):
        return HttpResponse(status=422)
    try:
        actions.keep_draft(
            page=page, part=request.POST.get("draft_part", "")[:64], tab=tab, words=words,
            by=request.seat, at=clock.now(),  # type: ignore[attr-defined]
        )  # fmt: skip
    except OperationalError:
        return HttpResponse(status=503)
    return drafts.kept()


def _forget(tab: str, came_from: UUID | None, seat: Seat) -> None:
    """What was handed in stays handed in, even where its draft cannot be taken away any more."""
    try:
        actions.forget_drafts(tab=tab, came_from=came_from, by=seat, at=clock.now())
    except OperationalError as error:
        if not is_full(error) and "locked" not in str(error):
            raise


def not_this_way(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """An address that only a button leads to, opened by itself, or the other way round."""
    answer = sentence(
        request,
        "这一步要从页面上的按钮办",
        "这个地址不能直接打开，什么也没有改；请从栏目里找到那一页再办。",
        status=405,
    )
    answer["Allow"] = refused["Allow"]
    return answer


def is_full(error: BaseException) -> bool:
    """Whether the disk, or the database on it, has no room left."""
    match error:
        case OperationalError():
            return "full" in str(error) or "No space left" in str(error)
        case OSError():
            return error.errno in {errno.ENOSPC, errno.EDQUOT}
    return False


def too_long(request: HttpRequest) -> HttpResponse:
    return sentence(request, "内容太长了", "一次填的字太多，没有存；请分几次填。", status=413)


def full(request: HttpRequest) -> HttpResponse:
    """The disk is full: nothing was kept, and it says so."""
    return sentence(request, "磁盘满了", "磁盘写不下了，刚才的内容没有存；请腾出空间再存一次。", status=507)


def sentence(request: HttpRequest, title: str, *lines: str, status: int) -> HttpResponse:
    """A page that says one thing, and leads back to the page that a form was sent from."""
    there = back(request) if request.method == "POST" else "/"
    context = {"title": title, "lines": lines, "back": "" if there == "/" else there}
    return render(request, "core/sentence.html", context, status=status)
