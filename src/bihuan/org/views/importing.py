"""A roster taken in from a table: read, compared with today's, looked at, then kept."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from bihuan.core import clock
from bihuan.core.access import Refused
from bihuan.core.doors import SeatRequest, seated
from bihuan.org import access, actions, forms, heads, queries, roster, tables
from bihuan.org.comparing import Changed, Comparison, compare
from bihuan.org.models import Came, Person, Went
from bihuan.org.queries import Member
from bihuan.org.views.onwards import onwards

WAYS_IN = [way for way in Came.values if way != Came.MADE_FULL]


@seated
def paste(request: SeatRequest) -> HttpResponse:
    """Hand in a table, look at what it changes, save all of it or nothing."""
    form, said, lines = _form(request), "", list[roster.Line]()
    found, today = Comparison(), clock.today()
    present = queries.roster(request.seat.org_id, today)
    if request.method == "POST" and form.is_valid():
        form, said = _as_text(form, request)
        lines = roster.parse(form.data["roster"])
        found = compare(lines, present, queries.former_members(request.seat.org_id, today))
        if not form.errors and not lines:
            form.add_error("roster", "没有读出一个人，请连同表头一起复制再贴。")
        elif "save" in request.POST and not found.wrong:
            with form.refusals():
                count = actions.apply_roster(_changes(request, form, found, present), by=request.seat, at=clock.now())
                messages.success(request, _done(found, count, first=not present))
                return redirect(onwards(request))
    context = {
        "form": form, "lines": lines, "headed": _headed(form),
        "found": found, "said": said, "first": not present,
        "read": len(lines), "wrong": len(found.wrong), "leaving": _leavings(request, form, found),
        "arriving": _arrivals(request, found), "ways_in": WAYS_IN if present else [],
        "ways": [way for way in Went.values if way != Went.MADE_FULL],
        "verdict": access.may_keep_roster(request.seat),
        "next_page": request.GET.get("from") or request.POST.get("next_page", ""),
    }  # fmt: skip
    return render(request, "org/paste.html", context)


def _headed(form: forms.PasteForm) -> bool:
    """Whether the carried text has a head, below which a column can be put in."""
    return any(heads.head_of(line.split("\t")) for line in form.data.get("roster", "").splitlines())


def _form(request: SeatRequest) -> forms.PasteForm:
    if request.method != "POST":
        return forms.PasteForm(today=clock.today())
    return forms.PasteForm(request.POST, request.FILES, today=clock.today())


def _as_text(form: forms.PasteForm, request: SeatRequest) -> tuple[forms.PasteForm, str]:
    """The form with the workbook's text (or the pasted one) in place of the file, without ID numbers and without the
    columns that are not read; and a sentence about what was left out."""
    said, text, file = "", form.cleaned_data["roster"], form.cleaned_data["table"]
    refusal = ""
    if file:
        try:
            table = tables.read_workbook(file.read(), wanted=heads.NAME)
        except Refused as refused:
            text, refusal = "", str(refused)
        else:
            text = table.text
            hidden = f"；隐藏的{table.hidden}行没有读，要收就取消隐藏再传" if table.hidden else ""
            said = f"读的是“{table.sheet}”这一页{hidden}。"
    data = request.POST.copy()
    data["roster"] = heads.with_marks(roster.needed(text), marks) if (marks := _marks(request)) else roster.needed(text)
    carried = forms.PasteForm(data, today=clock.today())
    carried.is_valid()
    if refusal:
        carried.errors.clear()
        carried.add_error("table", f"{refusal}。")
    return carried, said


def _marks(request: SeatRequest) -> dict[int, str]:
    """What was written beside people of one name to tell them apart, by the number of the line."""
    typed = ((name.removeprefix("mark-"), words) for name, words in request.POST.items() if name.startswith("mark-"))
    return {int(n): " ".join(str(words).split())[:40] for n, words in typed if n.isdecimal() and str(words).strip()}


def _arrivals(request: SeatRequest, found: Comparison) -> list[tuple[roster.Line, Person | None, str, str]]:
    """Who is new, with how he came and by which paper as far as was written."""
    typed = request.POST
    return [
        (line, person, typed.get(f"came-{line.place}", ""), typed.get(f"letter-{line.place}", "").strip()[:60])
        for line, person in found.new
    ]


def _leavings(request: SeatRequest, form: forms.PasteForm, found: Comparison) -> list[tuple[Member, str, str]]:
    """Whom the table does not name, with how each went and by which paper as far as was written; nobody unless the table
    is all of it."""
    if not form.is_bound or not form.cleaned_data.get("complete"):
        return []
    typed = request.POST
    return [
        (member, typed.get(f"went-{member.person.pk}", ""), typed.get(f"paper-{member.person.pk}", "").strip()[:60])
        for member in found.missing
    ]


def _changes(
    request: SeatRequest, form: forms.PasteForm, found: Comparison, present: list[Member]
) -> actions.RosterChanges:
    since = form.cleaned_data["since"] or clock.today()
    ways = set(Went.values) - {Went.MADE_FULL.value}
    leaving = [
        actions.Leaving(member.membership, way if way in ways else "", paper)
        for member, way, paper in _leavings(request, form, found)
        if way != "stays"
    ]  # fmt: skip
    return actions.RosterChanges(
        since=since,
        new=[_new_member(*one, since if present else None) for one in _arrivals(request, found)],
        corrections=[_correction(changed, since) for changed in found.changed],
        leaving=leaving,
    )


def _new_member(
    line: roster.Line, person: Person | None, came: str, letter: str, usual: date | None
) -> actions.NewMember:
    """`usual`: from when somebody belongs here who joins a roster that stands already; None for the first roster."""
    return actions.NewMember(
        name=line.name,
        kind=line.kind,
        joined_party_on=line.joined,
        since=line.since or usual,
        mark=line.mark,
        title=line.title or "",
        came_by=came if came in WAYS_IN else "",
        came_paper=letter,
        person=person,
    )


def _correction(changed: Changed, since: date) -> actions.Correction:
    return actions.Correction(
        membership=changed.member.membership,
        full_on=(changed.line.full or since) if changed.made_full else None,
        joined_party_on=changed.line.joined if changed.joined else None,
        title=changed.title,
    )


def _done(found: Comparison, count: int, *, first: bool) -> str:
    if first:
        return f"收进了{count}名党员。"
    gone = count - len(found.new) - len(found.changed)
    parts = (("收进", len(found.new)), ("改了", len(found.changed)), ("走了", gone))
    return f"名册改好了：{'，'.join(f'{what}{many}名' for what, many in parts if many)}。"
