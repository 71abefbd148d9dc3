"""The pages of the report: reading it, writing it paragraph by paragraph, having it decided, handing it up."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from bihuan.core import clock
from bihuan.core.access import Refused, Stale
from bihuan.core.doors import SeatRequest, seated
from bihuan.core.ui.drafts import is_autosave, kept
from bihuan.cycle.policy import Policy
from bihuan.cycle.queries import current_cycle
from bihuan.meeting import actions as meeting_actions
from bihuan.meeting import queries as meetings
from bihuan.org.queries import roster
from bihuan.report import access, actions, links
from bihuan.report.body import Paragraph, Section, read_body
from bihuan.report.content import content_of, list_of
from bihuan.report.forms import ApproveForm, HeadForm, ParagraphForm, ReasonForm, SectionForm, ShapeForm, VoteForm
from bihuan.report.lists import LISTS
from bihuan.report.models import Draft
from bihuan.report.paper import docx_of, file_name, paper_of_snapshot, pdf_of
from bihuan.report.queries import approvals_of, draft_of, drafts_open_to, resolutions_about, standing
from bihuan.report.sheets import choices_of, sheet_of
from bihuan_text.gbt9704 import Paper

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _draft(request: SeatRequest, pk: UUID) -> Draft:
    return get_object_or_404(drafts_open_to(request.seat), pk=pk)


def _found(draft: Draft, key: str) -> tuple[Section, Paragraph]:
    found = read_body(draft.body).find(key)
    if found is None:
        raise Http404
    return found


def _back(held: Draft, paragraph: str = "") -> HttpResponse:
    return redirect(reverse("report:one", args=[held.pk]) + (f"#p-{paragraph}" if paragraph else ""))


# --- the page --------------------------------------------------------------------------------------------------------
@seated
@require_GET
def draft(request: SeatRequest) -> HttpResponse:
    """The report of the present year, or the page that says how to begin."""
    cycle = current_cycle(request.seat.org_id)
    held = draft_of(cycle) if cycle else None
    if held is None:
        begin = {"cycle": cycle, "form": ShapeForm(), "verdict": access.may_start(request.seat, cycle)}
        return render(request, "report/begin.html", begin)
    return _shown(request, held)


@seated
@require_GET
def one(request: SeatRequest, pk: UUID) -> HttpResponse:
    """The report of whichever year."""
    return _shown(request, _draft(request, pk))


def _shown(request: SeatRequest, held: Draft) -> HttpResponse:
    day = clock.today()
    now = standing(held, day)
    sheet = sheet_of(now, request.seat, held.cycle.org.parent_on(day))
    others = drafts_open_to(request.seat).exclude(pk=held.pk).order_by("-cycle__year", "-recorded_at")
    return render(request, "report/draft.html", {"sheet": sheet, "standing": now, "draft": held, "others": others})


@seated
@require_POST
def start(request: SeatRequest) -> HttpResponse:
    cycle, form = current_cycle(request.seat.org_id), ShapeForm(request.POST)
    if cycle is None:
        raise Refused("还没有开始这个年度，请先开始年度。")
    if form.is_valid():
        actions.start_draft(cycle, shape=form.cleaned_data["shape"], by=request.seat, at=clock.now())
        messages.success(request, "起好了稿。数字和清单是记录里的，空着的地方请您写。")
    return redirect("report:draft")


# --- writing ---------------------------------------------------------------------------------------------------------
@seated
def paragraph(request: SeatRequest, pk: UUID, paragraph: str) -> HttpResponse:
    """One paragraph on a page of its own. `put`: put a fact's name at the end and go on writing."""
    held, day = _draft(request, pk), clock.today()
    (section, now), content = _found(held, paragraph), content_of(held, day)
    groups = choices_of(dict(content.facts))
    form = ParagraphForm(request.POST or None, groups=groups, initial={"text": now.text})
    form.fields["text"].required = "put" not in request.POST
    if request.method == "POST" and form.is_valid():
        if "put" in request.POST:
            form = _with_fact(form, groups)
        elif saved := _saved(request, held, paragraph, form):
            if is_autosave(request):
                return kept(saved.version)
            messages.success(request, "存下了。")
            return _back(held, paragraph)
    if is_autosave(request):
        return HttpResponse(status=409)
    context = {
        "draft": held,
        "paragraph": _found(_draft(request, pk), paragraph)[1] if form.stale_lines else now,
        "section": section,
        "place": {"up": section.paragraphs[0].id != paragraph, "down": section.paragraphs[-1].id != paragraph},
        "is_list": bool(list_of(now)),
        "list_url": LISTS[code].where() if (code := list_of(now)) else "",
        "form": form,
        "verdict": access.may_write(request.seat, held),
        "reads": [line.text for line in content.lines if line.paragraph == paragraph],
    }
    return render(request, "report/paragraph.html", context)


def _saved(request: SeatRequest, held: Draft, key: str, form: ParagraphForm) -> Paragraph | None:
    """The paragraph as it was kept, or None with the form saying why not."""
    text, seen = form.cleaned_data["text"], form.seen_version
    try:
        return actions.save_paragraph(held, key, text=text, seen_version=seen, by=request.seat, at=clock.now())
    except Stale as stale:
        form.show_stale(stale)
    except Refused as refusal:
        form.add_error("text", "；".join(refusal.reasons) + "。")
    return None


def _with_fact(form: ParagraphForm, groups: list[tuple[str, list[tuple[str, str]]]]) -> ParagraphForm:
    """The form with the chosen fact's name at the end of its text, not kept yet."""
    code = form.cleaned_data["insert"]
    text = form.cleaned_data["text"] + (f"{{{{{code}}}}}" if code else "")
    return ParagraphForm(groups=groups, initial={"text": text})


@seated
@require_POST
def add(request: SeatRequest, pk: UUID, key: str) -> HttpResponse:
    held = _draft(request, pk)
    added = actions.add_paragraph(held, key, by=request.seat, at=clock.now(), after=request.POST.get("after", ""))
    return redirect("report:paragraph", held.pk, added.id)


@seated
@require_POST
def move(request: SeatRequest, pk: UUID, paragraph: str) -> HttpResponse:
    held = _draft(request, pk)
    up = request.POST.get("way") == "up"
    actions.move_paragraph(held, paragraph, up=up, by=request.seat, at=clock.now())
    messages.success(request, "往前移了一段。" if up else "往后移了一段。")
    return _back(held, paragraph)


@seated
@require_POST
def remove(request: SeatRequest, pk: UUID, paragraph: str) -> HttpResponse:
    held = _draft(request, pk)
    actions.remove_paragraph(held, paragraph, by=request.seat, at=clock.now())
    messages.success(request, "拿掉了一段。要放回来，在下面“拿掉的段落”里。")
    return _back(held)


@seated
@require_POST
def restore(request: SeatRequest, pk: UUID, paragraph: str) -> HttpResponse:
    held = _draft(request, pk)
    actions.restore_paragraph(held, paragraph, by=request.seat, at=clock.now())
    messages.success(request, "放回来了。")
    return _back(held, paragraph)


@seated
@require_POST
def write_out(request: SeatRequest, pk: UUID, paragraph: str) -> HttpResponse:
    held = _draft(request, pk)
    actions.write_out(held, paragraph, by=request.seat, at=clock.now())
    messages.success(request, "清单变成了普通的段落，可以自己改。原来的清单在“拿掉的段落”里。")
    return _back(held)


@seated
def section(request: SeatRequest, pk: UUID, key: str) -> HttpResponse:
    held = _draft(request, pk)
    now = read_body(held.body).section(key)
    if now is None or not now.level:
        raise Http404
    form = SectionForm(request.POST or None, initial={"heading": now.heading})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.save_section(held, key, **form.cleaned_data, by=request.seat, at=clock.now())
            messages.success(request, "标题改好了。")
            return _back(held)
    context = {"draft": held, "form": form, "verdict": access.may_write(request.seat, held)}
    return render(request, "report/section.html", context)


@seated
def head(request: SeatRequest, pk: UUID) -> HttpResponse:
    """Title, 主送, 落款, 日期, 附件."""
    held = _draft(request, pk)
    initial = {name: getattr(held, name) for name in ("title", "recipient", "signature", "dated")}
    form = HeadForm(request.POST or None, initial={**initial, "attachments": "\n".join(held.attachments)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_head(held, **form.cleaned_data, seen_version=form.seen_version, by=request.seat, at=clock.now())
        except Stale as stale:
            form.show_stale(stale)
            held = _draft(request, pk)
        else:
            messages.success(request, "存下了。")
            return _back(held)
    context = {
        "draft": held,
        "form": form,
        "version": read_body(held.body).head_version,
        "verdict": access.may_write(request.seat, held),
    }
    return render(request, "report/head.html", context)


@seated
def shape(request: SeatRequest, pk: UUID) -> HttpResponse:
    held = _draft(request, pk)
    form = ShapeForm(request.POST or None, initial={"shape": held.shape})
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["shape"] != held.shape:
            actions.choose_shape(held, **form.cleaned_data, by=request.seat, at=clock.now())
            messages.success(request, "换了写法。多出来的话在“拿掉的段落”里，一句也没有丢。")
        return _back(held)
    context = {"draft": held, "form": form, "verdict": access.may_write(request.seat, held)}
    return render(request, "report/shape.html", context)


# --- deciding --------------------------------------------------------------------------------------------------------
@seated
def pass_remark(request: SeatRequest, pk: UUID, key: str) -> HttpResponse:
    """Not to mend, and why."""
    held = _draft(request, pk)
    remark = next((each for each in standing(held, clock.today()).remarks if each.key == key and each.passable), None)
    if remark is None:
        messages.info(request, "这一处已经改好了，或者内容变了，不用再写理由。")
        return _back(held)
    form = ReasonForm(request.POST or None, initial={"reason": remark.passed})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.pass_remark(held, remark, **form.cleaned_data, by=request.seat, at=clock.now())
            messages.success(request, "理由写下了，留在记录里。")
            return _back(held, remark.paragraph)
    context = {"draft": held, "remark": remark, "form": form, "verdict": access.may_write(request.seat, held)}
    return render(request, "report/pass_remark.html", context)


@seated
def vote(request: SeatRequest, pk: UUID) -> HttpResponse:
    """How a registered meeting voted on this report."""
    held = _draft(request, pk)
    rows = [row.meeting for row in meetings.deciding_meetings(held.cycle)]
    form = VoteForm(request.POST or None, meetings=rows)
    if request.method == "POST" and form.is_valid():
        given, item = dict(form.cleaned_data), f"《{held.title}》"
        with form.refusals():
            decided = meeting_actions.resolve_approval(
                given.pop("meeting"), about=held.pk, item=item, **given, by=request.seat, at=clock.now()
            )
            messages.success(request, f"记下了：{decided.rule}")
            return redirect("report:approve", held.pk) if decided.passed else _back(held)
    context = {
        "draft": held,
        "form": form,
        "meetings": rows,
        "register": links.registration(),
        "verdict": access.may_write(request.seat, held),
    }
    return render(request, "report/vote.html", context)


@seated
def approve(request: SeatRequest, pk: UUID) -> HttpResponse:
    """Which meeting let it pass, and who signs: bound to the content as it reads on this page."""
    held, day = _draft(request, pk), clock.today()
    now = standing(held, day)
    needed = Policy.read(held.cycle.policy).approval_needs_meeting
    decisions = resolutions_about(held)
    form = ApproveForm(
        request.POST or None,
        decisions=[_Decision(each.pk, f"{each.meeting.label}，赞成{each.in_favour}票") for each in decisions],
        needed=needed,
        roster=[member.person for member in roster(held.cycle.org_id, day)],
        initial={"signer": request.seat.person_id},
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["resolution"]
        actions.approve(
            held,
            digest=request.POST.get("digest", ""),
            resolution=next((each for each in decisions if chosen and each.pk == chosen.pk), None),
            signer=form.cleaned_data["signer"],
            by=request.seat,
            at=clock.now(),
        )
        messages.success(request, "记下了会议的同意和签发。")
        return _back(held)
    context = {
        "draft": held,
        "form": form,
        "needed": needed,
        "decisions": decisions,
        "digest": now.content.digest(),
        "verdict": access.may_approve(request.seat, held, now.remarks),
    }
    return render(request, "report/approve.html", context)


class _Decision:
    """A decision as the form offers it."""

    def __init__(self, pk: UUID, words: str) -> None:
        self.pk, self.words = pk, words

    def __str__(self) -> str:
        return self.words


@seated
@require_POST
def submit(request: SeatRequest, pk: UUID) -> HttpResponse:
    held = _draft(request, pk)
    sent = actions.submit(held, by=request.seat, at=clock.now())
    messages.success(request, f"已经报送{sent.to.name}。")
    return _back(held)


# --- files -----------------------------------------------------------------------------------------------------------
@seated
@require_GET
def docx(request: SeatRequest, pk: UUID) -> HttpResponse:
    """The report as a Word file; `?approved`: the very one that was approved last."""
    return _file(request, pk, "docx", WORD, docx_of)


@seated
@require_GET
def pdf(request: SeatRequest, pk: UUID) -> HttpResponse:
    """The report as PDF. Which typefaces had to stand in is printed on its pages."""
    return _file(request, pk, "pdf", "application/pdf", lambda paper: pdf_of(paper).data)


def _file(request: SeatRequest, pk: UUID, ending: str, kind: str, make: Callable[[Paper], bytes]) -> HttpResponse:
    held = _draft(request, pk)
    approvals = approvals_of(held) if "approved" in request.GET else []
    kept = approvals[-1].content if approvals else content_of(held, clock.today()).snapshot()
    response = HttpResponse(make(paper_of_snapshot(kept)), content_type=kind)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file_name(kept['title'], ending))}"
    return response
