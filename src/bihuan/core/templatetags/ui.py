"""The parts of a page, as tags with named arguments. They are builtins: a template does not load them.

All text handed to them is escaped; only what these tags write themselves is markup.
"""

from __future__ import annotations

import itertools
import re
import secrets
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from bihuan.core import clock, days
from bihuan.core.access import Verdict
from bihuan.core.models import Record
from bihuan.core.ui import drafts
from bihuan.core.ui.rings import ring_of

register = template.Library()

SEVERITY = {"block": "必须改：", "warn": "请看一看：", "info": "供参考："}


# --- the page --------------------------------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def block_again(context: Context, name: str) -> str:
    """What the page put into the block `name`, once more: the document's title is also the heading by default."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    return SafeString(block.render(context)) if block else ""


@register.simple_tag
def url_if_any(name: str, *args: object) -> str:
    """The address of that name, or "" if there is none; the page then leaves the link out."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


# --- forms -----------------------------------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def form_key(context: Context, *, draft: object = None) -> str:
    """The form's one-time key: a second tap of the same form is led to where the first went.

    draft: True when the form keeps what is typed (see core.ui.drafts), or which of several alike forms of a page it is.
    """
    key = format_html('<input type="hidden" name="form_key" value="{}">', secrets.token_hex(16))
    return key if draft is None else key + _draft_of(context, "" if draft is True else str(draft))


def _draft_of(context: Context, part: str) -> str:
    """Where the form's draft is kept, which one it was begun from, and the sentence that says so.

    A form that is shown once more, with what is wrong in it, goes on in its own draft."""
    request = context["request"]
    sent = request.POST if request.POST.get("draft_part") == part else {}
    old = next((one for one in getattr(request, "drafts", ()) if one.part == part), None)
    fields = format_html_join(
        "", '<input type="hidden" name="{}" value="{}">',
        [("draft", sent.get("draft") or secrets.token_hex(16)), ("draft_part", part),
         ("draft_from", sent.get("draft_from", "") or (old.pk if old else ""))],
    )  # fmt: skip
    return fields + (render_to_string("ui/draft.html", {"draft": old}) if old else SafeString())


@register.simple_tag
def version(record: Record) -> str:
    """Which version of the record this page shows, so that a second tab does not overwrite the first unseen. A draft
    goes on from the version that its writer saw."""
    words = drafts.restored() or drafts.restored(str(getattr(record, "pk", "")))
    typed_on = words.get("version", "") if words else ""
    return format_html('<input type="hidden" name="version" value="{}">', typed_on or record.version)


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, *, wide: bool = False, saved: str = "") -> dict[str, Any]:
    """One field with its label, hint and error. `saved`: when its draft was kept ("9:52")."""
    if not isinstance(bound, BoundField):
        raise template.TemplateSyntaxError("field: this form has no such field")
    return {"field": bound, "shape": _shape(bound), "wide": wide, "saved": saved}


def _shape(bound: BoundField) -> str:
    if bound.is_hidden:
        return "hidden"
    kind = getattr(bound.field.widget, "input_type", "")
    if getattr(bound.field.widget, "allow_multiple_selected", False) and kind == "checkbox":
        return "choices"
    return {"checkbox": "tick", "radio": "choices"}.get(kind, "line")


@register.inclusion_tag("ui/fields.html")
def fields(form: BaseForm, *, wide: bool = False) -> dict[str, Any]:
    """All fields, what is wrong with the whole, and after a second tab's change what is kept now beside what was written."""
    return {"form": form, "wide": wide}


@register.inclusion_tag("ui/errors.html")
def errors(form: BaseForm) -> dict[str, Any]:
    """What is wrong with the form as a whole; for pages that set their fields one by one. `fields` has it already."""
    return {"form": form}


@register.inclusion_tag("ui/button.html", takes_context=True)
def button(
    context: Context,
    text: str,
    *,
    main: bool = False,
    end: bool = False,
    link: bool = False,
    verdict: Verdict | None = None,
    name: str = "",
    value: object = "",
    form: str = "",
    action: str = "",
    asks: str = "",
) -> dict[str, Any]:
    """A button that sends its form. Forbidden, it stays where it is and says why.

    main: the page's one answer; end: cannot be undone; link: lesser, looks like a link; form: the id of a form elsewhere;
    action: another address for this button alone; asks: what cannot be taken back is said first, and pressed once more.
    """
    return {
        **_look(context, text, main=main, end=end, link=link, verdict=verdict),
        "name": name, "value": value, "form": form, "action": action, "asks": asks,
    }  # fmt: skip


@register.inclusion_tag("ui/go.html", takes_context=True)
def go(
    context: Context,
    text: str,
    url: str,
    *args: object,
    main: bool = False,
    end: bool = False,
    link: bool = False,
    verdict: Verdict | None = None,
    download: bool = False,
) -> dict[str, Any]:
    """A link that looks like a button, to an address or to a view's name with its arguments. Forbidden, it says why."""
    look = _look(context, text, main=main, end=end, link=link, verdict=verdict)
    return {**look, "url": _address(url, args), "download": download}


@register.inclusion_tag("ui/go.html", takes_context=True)
def more(context: Context, text: str, url: str, *args: object, verdict: Verdict | None = None) -> dict[str, Any]:
    """A lesser link, as high as a finger."""
    return {**_look(context, text, main=False, end=False, link=True, verdict=verdict), "url": _address(url, args)}


def _address(url: str, args: tuple[object, ...]) -> str:
    """An address as it stands, or the one of a view's name ("org:person") with its arguments."""
    return reverse(url, args=args) if re.fullmatch(r"[a-z_]+:[a-z_]+", url) else url


def _look(context: Context, text: str, *, main: bool, end: bool, link: bool, verdict: Verdict | None) -> dict[str, Any]:
    blocked = verdict is not None and not verdict
    classes = "link" if link and not blocked else " ".join(
        ["btn", *(["btn-main"] if main and not blocked else []), *(["btn-end"] if end and not blocked else [])]
    )  # fmt: skip
    return {
        "text": text,
        "classes": classes,
        "blocked": blocked,
        "why": _sentence(verdict.why) if verdict is not None and blocked else "",
        "why_id": f"why-{_next(context)}" if blocked else "",
    }


def _sentence(reason: str) -> str:
    return reason if reason.endswith(("。", "？", "”")) else f"{reason}。"


def _next(context: Context) -> int:
    """A number that is used once a page."""
    counter: Iterator[int] = context.dicts[0].setdefault("_why", itertools.count(1))
    return next(counter)


# --- words -----------------------------------------------------------------------------------------------------------
@register.simple_tag
def state(word: object, ring: str = "") -> str:
    """A state's word with its ring. A word that has no ring stands alone."""
    ring = ring or ring_of(str(word))
    return format_html('<span class="state{}">{}</span>', f" {ring}" if ring else " is-plain", word)


@register.filter
def ring(word: object) -> str:
    """The class of the ring that belongs to a state's word."""
    return ring_of(str(word))


@register.filter
def day(value: date | datetime | None) -> str:
    """3月12日; with the year when it is not this year."""
    if not value:
        return ""
    of = _date(value)
    return _time(of.isoformat(), days.say_day(of, clock.today()))


@register.filter
def fullday(value: date | datetime | None) -> str:
    """2026年3月12日."""
    if not value:
        return ""
    of = _date(value)
    return _time(of.isoformat(), days.say_full(of))


@register.filter
def moment(value: datetime | None) -> str:
    """3月6日16:20, in the installation's time zone."""
    if not value:
        return ""
    return _time(days.local(value).isoformat(timespec="minutes"), days.say_moment(value, clock.today()))


@register.filter
def lately(value: datetime | None) -> str:
    """10:32 when it was today, else 3月6日16:20."""
    if not value or days.local(value).date() != clock.today():
        return moment(value)
    here = days.local(value)
    return _time(here.isoformat(timespec="minutes"), f"{here.hour}:{here.minute:02d}")


@register.filter
def distance(value: date | None) -> str:
    """还有3天, 就在今天, 已过9天."""
    return days.distance(_date(value), clock.today()) if value else ""


@register.simple_tag
def when(value: date | None, *, done: bool = False, note: str = "", today: date | None = None) -> str:
    """A day with its distance below. done: only the day; note: words in place of the distance; no day: 还没有定."""
    if not value:
        return format_html('<span class="when"><span>{}</span></span>', note or "还没有定")
    of, now = _date(value), today or clock.today()
    near = "" if done or note else days.nearness(of, now)
    below = note or ("" if done else days.distance(of, now))
    return format_html(
        '<span class="when{}"><b>{}</b>{}</span>',
        f" {near}" if near else "",
        _time(of.isoformat(), days.say_day(of, now)),
        format_html("<span>{}</span>", below) if below else "",
    )


def _date(value: date | datetime) -> date:
    return days.local(value).date() if isinstance(value, datetime) else value


def _time(machine: str, words: str) -> str:
    return format_html('<time datetime="{}">{}</time>', machine, words)


@register.inclusion_tag("ui/finding.html")
def finding(
    severity: str, title: str, text: str = "", *, article: str = "", url: str = "", link: str = "去看看"
) -> dict[str, Any]:
    """A remark in the margin of what it is about. severity: block, warn or info."""
    if severity not in SEVERITY:
        raise template.TemplateSyntaxError(f"finding: no severity {severity}")
    return {
        "severity": severity, "rank": SEVERITY[severity], "title": title, "text": text,
        "article": article, "url": url, "link": link,
    }  # fmt: skip
