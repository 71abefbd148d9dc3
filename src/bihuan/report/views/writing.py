"""Writing the report, paragraph by paragraph."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from bihuan.core import clock
from bihuan.core.access import Refused, Stale
from bihuan.core.doors import SeatRequest, seated
from bihuan.core.ui.drafts import is_autosave, kept
from bihuan.org.queries import roster
from bihuan.report import access, actions
from bihuan.report.body import Paragraph, read_body
from bihuan.report.content import content_of, list_of
from bihuan.report.forms import HeadForm, ParagraphForm, SectionForm, ShapeForm
from bihuan.report.lists import LISTS
from bihuan.report.models import Draft
from bihuan.report.sheets import choices_of
from bihuan.report.views.loading import back, draft_or_404, found_or_404


@seated
def paragraph(request: SeatRequest, pk: UUID, paragraph: str) -> HttpResponse:
    """One paragraph on a page of its own. `put`: put a fact's name at the end and go on writing."""
    held, day = draft_or_404(request, pk), clock.today()
    (section, now), content = found_or_404(held, paragraph), content_of(held, day)
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
            return back(held, paragraph)
    if is_autosave(request):
        return HttpResponse(status=409)
    context = {
        "draft": held,
        "paragraph": found_or_404(draft_or_404(request, pk), paragraph)[1] if form.stale_lines else now,
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
    held = draft_or_404(request, pk)
    added = actions.add_paragraph(held, key, by=request.seat, at=clock.now(), after=request.POST.get("after", ""))
    return redirect("report:paragraph", held.pk, added.id)


@seated
@require_POST
def move(request: SeatRequest, pk: UUID, paragraph: str) -> HttpResponse:
    held = draft_or_404(request, pk)
    up = request.POST.get("way") == "up"
    actions.move_paragraph(held, paragraph, up=up, by=request.seat, at=clock.now())
    messages.success(request, "往前移了一段。" if up else "往后移了一段。")
    return back(held, paragraph)


@seated
@require_POST
def remove(request: SeatRequest, pk: UUID, paragraph: str) -> HttpResponse:
    held = draft_or_404(request, pk)
    actions.remove_paragraph(held, paragraph, by=request.seat, at=clock.now())
    messages.success(request, "拿掉了一段。要放回来，在下面“拿掉的段落”里。")
    return back(held)


@seated
@require_POST
def restore(request: SeatRequest, pk: UUID, paragraph: str) -> HttpResponse:
    held = draft_or_404(request, pk)
    actions.restore_paragraph(held, paragraph, by=request.seat, at=clock.now())
    messages.success(request, "放回来了。")
    return back(held, paragraph)


@seated
@require_POST
def write_out(request: SeatRequest, pk: UUID, paragraph: str) -> HttpResponse:
    held = draft_or_404(request, pk)
    actions.write_out(held, paragraph, by=request.seat, at=clock.now())
    messages.success(request, "清单变成了普通的段落，可以自己改。原来的清单在“拿掉的段落”里。")
    return back(held)


@seated
def section(request: SeatRequest, pk: UUID, key: str) -> HttpResponse:
    held = draft_or_404(request, pk)
    now = read_body(held.body).section(key)
    if now is None or not now.level:
        raise Http404
    form = SectionForm(request.POST or None, initial={"heading": now.heading})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            actions.save_section(held, key, **form.cleaned_data, by=request.seat, at=clock.now())
            messages.success(request, "标题改好了。")
            return back(held)
    context = {"draft": held, "form": form, "key": key, "verdict": access.may_write(request.seat, held)}
    return render(request, "report/section.html", context)


@seated
@require_POST
def arrange(request: SeatRequest, pk: UUID, key: str) -> HttpResponse:
    """Move a part of the report, leave it out, put it back."""
    held, way = draft_or_404(request, pk), request.POST.get("way", "")
    if way in ("up", "down"):
        actions.move_section(held, key, up=way == "up", by=request.seat, at=clock.now())
        messages.success(request, "移好了，序号自动排。")
    elif way == "hide":
        actions.hide_section(held, key, by=request.seat, at=clock.now())
        messages.success(request, "报告里不写这一部分了。要放回来，在“改各部分的标题和次序”里。")
    elif way == "show":
        actions.show_section(held, key, by=request.seat, at=clock.now())
        messages.success(request, "放回来了。")
    else:
        raise Http404
    return back(held)


@seated
def head(request: SeatRequest, pk: UUID) -> HttpResponse:
    """Title, 主送, 落款, 日期, 附件."""
    held = draft_or_404(request, pk)
    initial = {
        name: getattr(held, name)
        for name in ("title", "recipient", "signature", "dated", "annexes", "layout", "number", "signer")
    }
    lines = {name: "\n".join(getattr(held, name)) for name in ("attachments", "copies")}
    people = [member.person for member in roster(held.cycle.org_id, clock.today())]
    form = HeadForm(request.POST or None, roster=people, initial={**initial, **lines})
    if request.method == "POST" and form.is_valid():
        try:
            with form.refusals():
                actions.set_head(
                    held, **form.cleaned_data, seen_version=form.seen_version, by=request.seat, at=clock.now()
                )
                messages.success(request, "存下了。")
                return back(held)
        except Stale as stale:
            form.show_stale(stale)
            held = draft_or_404(request, pk)
    context = {
        "draft": held,
        "form": form,
        "version": read_body(held.body).head_version,
        "verdict": access.may_write(request.seat, held),
    }
    return render(request, "report/head.html", context)


@seated
def shape(request: SeatRequest, pk: UUID) -> HttpResponse:
    held = draft_or_404(request, pk)
    form = ShapeForm(request.POST or None, initial={"shape": held.shape})
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["shape"] == held.shape:
            return back(held)
        with form.refusals():
            actions.choose_shape(held, **form.cleaned_data, by=request.seat, at=clock.now())
            messages.success(request, "换了写法。多出来的话在“拿掉的段落”里，一句也没有丢。")
            return back(held)
    context = {"draft": held, "form": form, "verdict": access.may_write(request.seat, held)}
    return render(request, "report/shape.html", context)
