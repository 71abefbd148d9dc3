"""What every page's head shows: whose seat, which rooms, where the year is. Nothing is asked before it is rendered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from bihuan.core import clock
from bihuan.desk import rulebook, steps

if TYPE_CHECKING:
    from bihuan.org.models import Account, Seat

WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
ROOMS = (
    ("今天", "desk:home", ("desk", "cycle")),
    ("台账", "ledger:table", ("ledger",)),
    ("会议", "meeting:register", ("meeting",)),
    ("报告", "report:draft", ("report",)),
    ("查材料", "review:papers", ("review",)),
    ("党员", "org:members", ("org",)),
)
# What each of the three offices may open; a branch's rooms are shut to them.
OFFICE_ROOMS = {
    "系统管理员": (("备份", "archive:keep"), ("三员", "org:offices"), ("投诉建议", "core:feedback_list")),
    "安全管理员": (("账号", "org:accounts"), ("登录记录", "archive:audit"), ("三员", "org:offices")),
    "审计管理员": (("审计记录", "archive:audit"), ("三员", "org:offices")),
}
NO_ROOM = frozenset({"org:seats", "org:login", "org:new_password", "org:invited"})  # of the account, not of the roster


@dataclass(frozen=True)
class Room:
    """One entry of the head's list; `current` is the value of aria-current, or ""."""

    name: str
    url: str
    current: str


class PageHead:
    """What the head shows, worked out when it is rendered."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def seat(self) -> Seat | None:
        return getattr(self._request, "seat", None)

    @cached_property
    def _account(self) -> Account | None:
        user = getattr(self._request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def who(self) -> str:
        """Name and capacity, or the account's name while no seat is chosen."""
        return self.seat.label if self.seat else str(self._account or "")

    @cached_property
    def org_name(self) -> str:
        return self.seat.org.name if self.seat else ""

    @cached_property
    def big(self) -> bool:
        return self._wish("big_type")

    @cached_property
    def night(self) -> bool:
        return self._wish("night")

    @property
    def look(self) -> str:
        """The classes of the page."""
        return " ".join(name for name, on in (("big", self.big), ("night", self.night)) if on)

    def _wish(self, name: str) -> bool:
        if self._account is not None:
            return bool(getattr(self._account, name))
        session = getattr(self._request, "session", None)
        return bool(session and session.get(name))

    @cached_property
    def rooms(self) -> list[Room]:
        """The rooms that exist, for whoever sits somewhere."""
        if self.seat is None:
            return []
        if self.seat.is_administrator:
            return [
                Room(name, reverse(view), self._current(view, ())) for name, view in OFFICE_ROOMS[self.seat.capacity]
            ]
        found = [Room(name, _address(view), self._current(view, spaces)) for name, view, spaces in ROOMS]
        return [room for room in found if room.url]

    def _current(self, view: str, spaces: tuple[str, ...]) -> str:
        match = getattr(self._request, "resolver_match", None)
        if match is None or match.view_name in NO_ROOM:
            return ""
        return "page" if match.view_name == view else "true" if match.app_name in spaces else ""

    @property
    def at_home(self) -> bool:
        match = getattr(self._request, "resolver_match", None)
        return match is not None and match.view_name == "desk:home"

    @cached_property
    def thread(self) -> list[steps.StepView]:
        """The steps of the year."""
        return steps.thread(self.seat) if self.seat and not self.seat.is_administrator else []

    @property
    def why(self) -> list[rulebook.Article]:
        """The rules behind this page, also where it says no; none for an address that is not there."""
        match = getattr(self._request, "resolver_match", None)
        return rulebook.why(match.view_name) if match else []

    @property
    def place(self) -> str:
        """Which step the year has come to, as the home page's rail says it."""
        return f"第{steps.here(self.thread)}步，共{len(self.thread)}步"

    @cached_property
    def today(self) -> date:
        return clock.today()

    @property
    def weekday(self) -> str:
        return WEEKDAYS[self.today.weekday()]

    @property
    def home(self) -> str:
        return _address("desk:home")

    @property
    def seats_url(self) -> str:
        """Where another seat is chosen; it leads back to this page if that page exists there too."""
        return f"{reverse('org:seats')}?{urlencode({'next': self._request.path})}"

    @property
    def logout_url(self) -> str:
        return _address("org:logout")


def _address(name: str) -> str:
    """The address of that name, or "" for a room that is not built."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def page(request: HttpRequest) -> dict[str, object]:
    """The context processor."""
    head = PageHead(request)
    return {"page": head, "page_head": head}  # a view may call something of its own "page"; the head must not care
