"""Drafts that keep themselves: what was typed and not handed in, and how it comes back.

`bihuan.js` sends a form with `data-autosave` to its own view (the report keeps its paragraphs that way), and a form with
`{% form_key draft=True %}` to its page, where `DraftMiddleware` keeps what was typed for the seat. When the page is opened
again, the house's forms begin with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import Resolver404, resolve

from bihuan.core import secrecy
from bihuan.core.models import FormDraft

if TYPE_CHECKING:
    from bihuan.org.models import Seat

# The pages whose forms keep drafts, by address name, with what is written there. Never where people, accounts, passwords
# or feedback are entered: a house test names every page with a long field that is not here, with the reason.
PAGES: dict[str, str] = {
    "cycle:notice": "今年的通知",
    "ledger:raise": "登记一个问题",
    "ledger:change_problem": "改问题的文字",
    "ledger:add_cause": "原因",
    "ledger:note_recurrence": "以前也有过",
    "ledger:hand_up": "上报",
    "ledger:answer_hand_up": "上级的答复",
    "ledger:add_measure": "措施",
    "ledger:change_measure": "改措施",
    "ledger:hand_over": "换责任人",
    "ledger:term": "时限",
    "ledger:note_progress": "进展",
    "ledger:add_evidence": "佐证",
    "ledger:link_measure": "连上已有的措施",
    "ledger:claim": "申请销号",
    "ledger:verify": "核验",
    "ledger:decide": "决定",
    "ledger:reopen": "再次出现",
    "ledger:look_back": "回头看",
    "ledger:carry": "上年度问题的答复",
    "meeting:study": "集中学习",
    "meeting:new": "登记会议",
    "meeting:edit": "改会议登记",
    "meeting:explain": "照记的理由",
    "meeting:resolve": "决议",
    "report:head": "报告的抬头和落款",
    "report:vote": "会议的决定",
    "report:approve": "同意报告",
    "report:pass_remark": "不采纳的理由",
    "report:answers": "答复上级的意见",
    "report:received_one": "对报告的意见",
}
LONGEST = 100_000  # characters of one draft, as a form sends them
_KEYS = ("csrfmiddlewaretoken", "form_key", "draft", "draft_part", "draft_from")

_restored: ContextVar[dict[str, QueryDict] | None] = ContextVar("restored", default=None)


def is_autosave(request: HttpRequest) -> bool:
    """Whether the page sent this by itself, a moment after the last key."""
    return request.method == "POST" and request.headers.get("X-Autosave") == "1"


def kept(version: int | None = None) -> HttpResponse:
    """The draft is kept; `version`: the record's version now, for the page's next sending."""
    answer = HttpResponse(status=204)
    if version is not None:
        answer["X-Version"] = str(version)
    return answer


# --- what was typed, on its way in -----------------------------------------------------------------------------------
def words_of(sent: QueryDict) -> str | None:
    """What is kept of a form that was not handed in; None when it may not be kept: too long, or marked as secret (R53)."""
    words = sent.copy()
    for key in _KEYS:
        words.pop(key, None)
    if any(secrecy.marking(value) for values in words.lists() for value in values[1]):
        return None
    text = words.urlencode()
    return text if len(text) <= LONGEST else None


def handed_in(sent: QueryDict) -> tuple[str, UUID | None]:
    """Which draft a form was kept in, and which one it was begun from."""
    try:
        return sent.get("draft", ""), UUID(sent.get("draft_from", ""))
    except ValueError:
        return sent.get("draft", ""), None


# --- and back --------------------------------------------------------------------------------------------------------
def newest(seat: Seat, page: str) -> list[FormDraft]:
    """The newest draft of each part of a page."""
    found: dict[str, FormDraft] = {}
    for draft in FormDraft.objects.filter(seat=seat.pk, page=page, dropped=False):
        found.setdefault(draft.part, draft)
    return [*found.values()]


def waiting(seat: Seat) -> list[tuple[str, FormDraft]]:
    """Every draft of a seat with the name of what is written there, the newest of each page."""
    found: dict[str, tuple[str, FormDraft]] = {}
    for draft in FormDraft.objects.filter(seat=seat.pk, dropped=False):
        try:
            name = resolve(draft.page.partition("?")[0]).view_name
        except Resolver404:
            continue
        found.setdefault(draft.page, (PAGES.get(name, "草稿"), draft))
    return [*found.values()]


def bring_back(drafts: Iterable[FormDraft]) -> Any:
    """From now on the forms of this request begin with these drafts; returns what `put_back` undoes."""
    return _restored.set({draft.part: QueryDict(draft.words) for draft in drafts})


def put_back(token: Any) -> None:
    """The request is over."""
    _restored.reset(token)


def restored(part: str = "") -> QueryDict | None:
    """What was typed into this page and not handed in, for a page that reads its form by hand."""
    return (_restored.get() or {}).get(part)


def begin_with_draft(form: forms.BaseForm, part: str) -> None:
    """Let an unbound form begin with what was typed; a tick that was taken away stays away."""
    words = restored(part)
    names = {name: form.add_prefix(name) for name in form.fields}
    if words is None or not any(sent in words for sent in names.values()):
        return
    for name, sent in names.items():
        form.initial[name] = _typed(form.fields[name].widget, words, sent, form.initial.get(name))


def _typed(widget: forms.Widget, words: QueryDict, sent: str, before: object) -> object:
    if isinstance(widget, forms.CheckboxInput):
        return sent in words
    if getattr(widget, "allow_multiple_selected", False):
        return words.getlist(sent)
    return words.get(sent, before)
