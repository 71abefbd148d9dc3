"""The ledger as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from bihuan.core import clock, days
from bihuan.core.doors import SeatRequest, seated
from bihuan.cycle.models import Cycle
from bihuan.cycle.queries import current_cycle
from bihuan.ledger import access
from bihuan.ledger.models import OriginKind
from bihuan.ledger.queries import table as rows_of
from bihuan.ledger.queries.carries import answered_words
from bihuan.ledger.queries.recurring import still_there
from bihuan.ledger.queries.table import LATE, UNFINISHED, LedgerRow, Wanted
from bihuan.ledger.queries.upward import up_words

A_PAGE = 50


@dataclass(frozen=True)
class Line:
    """One row with what this reader may know of its lateness."""

    row: LedgerRow
    late: bool
    passed: bool  # past its day, without saying how long
    note: str  # 原3月5日，还有52天
    still: str  # 第三年仍在
    up: str  # 已上报
    answer: str  # 完成, as this year answered to an earlier one that is not closed
    heading: str  # under which it stands, when the table is grouped


@seated
def table(request: SeatRequest) -> HttpResponse:
    """The year's ledger: filtered, sorted, fifty a page; printed as form 22, all of it on one sheet.

    The sheet travels with the page where it fits one page, and is asked for (`?paper=1`) where it does not: two thousand
    rows that nobody prints are a megabyte on every look.
    """
    cycle = asked_year(request)
    if cycle is None:
        others = Cycle.objects.visible_to(request.seat).select_related("org").order_by("org__name", "-year")
        return render(request, "ledger/loop/no_year.html", {"cycles": others[:200]})
    wanted = _wanted(request)
    group = asked if (asked := request.GET.get("group", "")) in rows_of.GROUPS else ""
    rows = rows_of.brief_rows(cycle, request.seat, clock.today())
    lines = _lines(request, cycle, rows_of.grouped(rows_of.sorted_rows(rows, wanted.by), group), group)
    chosen = [line for line in lines if wanted.answers(line.row, line.late)]
    whole = len(chosen) <= A_PAGE or "paper" in request.GET
    chosen = _in_full(cycle, chosen) if whole else chosen
    shown = Paginator(chosen, A_PAGE).get_page(request.GET.get("page"))
    if not whole:
        shown.object_list = _in_full(cycle, list(shown.object_list))
    context = {
        "cycle": cycle,
        "wanted": wanted,
        "lines": shown,
        "whole": whole,
        "printed": [line for line in chosen if whole and not line.row.personal],
        "today": clock.today(),
        "group": group,
        "groups": rows_of.GROUPS,
        "group_word": rows_of.GROUPS.get(group, ""),
        "may": access.may_raise(request.seat, cycle),
        **_counts(rows, lines, chosen),
        **_choices(rows, lines),
        "query": _query(request),
    }
    return render(request, "ledger/loop/table.html", context)


def asked_year(request: SeatRequest) -> Cycle | None:
    """The year asked for, or the one the organisation is busy with."""
    asked = request.GET.get("cycle", "")
    if not asked:
        return current_cycle(request.seat.org_id)
    if not _is_key(asked):
        raise Http404
    found: Cycle = get_object_or_404(Cycle.objects.visible_to(request.seat).select_related("org", "notice"), pk=asked)
    return found


def _is_key(text: str) -> bool:
    plain = text.replace("-", "")
    return len(plain) == 32 and all(c in "0123456789abcdefABCDEF" for c in plain)


def _wanted(request: SeatRequest) -> Wanted:
    state, owner, origin, words = (request.GET.get(name, "").strip() for name in ("state", "owner", "origin", "words"))
    return Wanted(state, owner, origin, words, by="due" if request.GET.get("by") == "due" else "no")


def _lines(request: SeatRequest, cycle: Cycle, rows: list[LedgerRow], group: str) -> list[Line]:
    """The rows with what else is said of those that are not finished. Four queries."""
    open_ = [row for row in rows if not row.is_finished]
    still = still_there(cycle.org_id, [(row.pk, row.year) for row in open_], cycle.year)
    up, answers = up_words(cycle.org_id, [row.pk for row in open_]), answered_words(cycle)
    return [
        _line(
            row, request, still=still.get(row.pk, ""), up=up.get(row.pk, ""), heading=rows_of.group_of(row, group),
            answer="" if row.is_finished else answers.get(row.pk, ""),
        )
        for row in rows
    ]  # fmt: skip


def _line(row: LedgerRow, request: SeatRequest, **told: str) -> Line:
    """`told`: what else is said of the row (`still`, `up`, `answer`, `heading`)."""
    today = clock.today()
    late = row.is_late(today)
    past = row.due is not None and row.due < today and not row.is_finished  # also one that nobody works on yet
    seen = late and access.sees_lateness(request.seat, row.owner_ids)
    note = _term_note(row, today) if row.extended_from and (seen or not past) else ""
    return Line(row, late=seen, passed=past and not seen, note=note, **told)


def _in_full(cycle: Cycle, lines: Sequence[Line]) -> list[Line]:
    """The lines that are shown, with what only they need to be asked for."""
    rows = rows_of.in_full(cycle.org_id, [line.row for line in lines])
    return [replace(line, row=row) for line, row in zip(lines, rows, strict=True)]


def _term_note(row: LedgerRow, today: date) -> str:
    """What stands below a day that was put off: 原3月5日，还有52天; over, 第1次延期到期，原3月5日，已过3天."""
    assert row.extended_from is not None  # noqa: S101 - asked only of such rows
    if row.due is None:
        return ""
    over = f"第{row.extension}次延期到期，" if row.due < today else ""
    return f"{over}原{days.say_day(row.extended_from, today)}，{days.distance(row.due, today)}"


def _counts(rows: list[LedgerRow], lines: list[Line], chosen: list[Line]) -> dict[str, Any]:
    return {
        "tally": rows_of.tally(rows),
        "total": len(rows),
        "open": sum(not row.is_finished for row in rows),
        "closed": sum(row.is_finished for row in rows),
        "late": sum(line.late for line in lines),
        "again": sum(row.state == "再次出现" for row in rows),
        "chosen": len(chosen),
        "personal": sum(line.row.personal for line in chosen),
    }


def _choices(rows: list[LedgerRow], lines: list[Line]) -> dict[str, list[str]]:
    """What the filters offer: only what there is."""
    states = [UNFINISHED, *([LATE] if any(line.late for line in lines) else [])]
    kinds = {row.origin for row in rows}
    return {
        "states": [*states, *(word for word, _ in rows_of.tally(rows))],
        "owners": sorted({owner for row in rows for owner in row.owners}),
        "origins": [kind for kind in OriginKind.values if kind in kinds],
    }


def _query(request: SeatRequest) -> str:
    """The question asked, for the links to other pages and orders."""
    asked = request.GET.copy()
    for name in ("page", "by", "paper"):
        asked.pop(name, None)
    return asked.urlencode()
