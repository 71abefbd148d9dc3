"""The author's own page: upload, see, mend in place, check again."""

from __future__ import annotations

from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.core import clock
from bihuan.core.doors import SeatRequest, seated
from bihuan.core.ui.toasts import done
from bihuan.review import actions, checking, files, queries
from bihuan.review.forms import AsideForm, FileForm, PasteForm, SentenceForm
from bihuan.review.models import DAYS_KEPT, Manuscript
from bihuan.review.pages import PaperPage
from bihuan.review.reading import PASTED, Edit


@seated
def papers(request: SeatRequest) -> HttpResponse:
    """A file or a pasted text; which form was sent is told by the button that sent it."""
    way = request.POST.get("way", "")
    file = FileForm(request.POST, request.FILES) if way == "file" else FileForm()
    pasted = PasteForm(request.POST if way == "pasted" else None)
    form = file if way == "file" else pasted if way == "pasted" else None
    if form is not None and form.is_valid():
        with form.refusals():
            name, data = _handed_in(form)
            taken = actions.take(name=name, data=data, by=request.seat, at=clock.now())
            return redirect("review:paper", taken.pk)
    kept = queries.listed(request.seat, clock.now())
    context = {"file": file, "pasted": pasted, "way": way, "kept": kept, "days": DAYS_KEPT}
    return render(request, "review/papers.html", context)


def _handed_in(form: FileForm | PasteForm) -> tuple[str, bytes]:
    if isinstance(form, PasteForm):
        return f"{PASTED}.txt", form.cleaned_data["pasted"].encode()
    file: UploadedFile = form.cleaned_data["file"]
    return file.name or "", file.read()


@seated
def paper(request: SeatRequest, pk: UUID) -> HttpResponse:
    """The paper with its marks, and beside it what was found; `at`: the remark that is worked on."""
    held = _own(request, pk)
    page = PaperPage(held, _number(request))
    way = request.POST.get("way", "")
    sentence = SentenceForm(request.POST if way == "sentence" else None, initial={"words": page.sentence_words})
    aside = AsideForm(request.POST if way == "aside" else None)
    if way == "sentence" and sentence.is_valid():
        with sentence.refusals():
            return _reworded(request, page, sentence)
    if way == "aside" and aside.is_valid():
        with aside.refusals():
            return _not_this_time(request, page, aside)
    context = {"page": page, "manuscript": held, "sentence": sentence, "aside": aside, "way": way, "days": DAYS_KEPT,
               **_addresses(held)}  # fmt: skip
    return render(request, "review/paper.html", context)


def _reworded(request: SeatRequest, page: PaperPage, form: SentenceForm) -> HttpResponse:
    """The sentence in new words. A page that is behind is told so by the action, before any place is looked up."""
    held, edits = page.manuscript, []
    if page.sentence is not None:
        edits = [Edit(*page.sentence, form.cleaned_data["words"], page.sentence_words)]
    said = "改了一句"
    actions.revise(held, edits=edits, words=said, seen=form.seen_version, by=request.seat, at=clock.now())
    return _done(request, held, f"{said}，又查了一遍。", undo=True)


def _not_this_time(request: SeatRequest, page: PaperPage, form: AsideForm) -> HttpResponse:
    held, here = page.manuscript, page.here
    if here is None:
        raise Http404
    row = {"rule": here.rule, "excerpt": here.excerpt, "reason": form.cleaned_data["reason"]}
    actions.set_aside(
        held, aside=[*held.aside, row], off=held.off, seen=form.seen_version, by=request.seat, at=clock.now()
    )
    alike = sum((each.rule, each.excerpt) == (here.rule, here.excerpt) for each in page.open) - 1
    also = f"，同样的另外{alike}处也不算" if alike > 0 else ""
    return _done(request, held, f"第{here.number}处这次不算{also}，理由记下了。")


@seated
@require_POST
def mend(request: SeatRequest, pk: UUID) -> HttpResponse:
    """照此改, or all that a press can mend."""
    held, number = _own(request, pk), _number(request)
    if number is None and "all" not in request.POST:
        raise Http404
    edits = PaperPage(held).mend(number)
    said = "照提示改了一处" if number is not None else f"照提示改了{len(edits)}处"
    actions.revise(held, edits=edits, words=said, seen=_seen(request), by=request.seat, at=clock.now())
    return _done(request, held, f"{said}，又查了一遍。", undo=bool(edits))


@seated
@require_POST
def again(request: SeatRequest, pk: UUID) -> HttpResponse:
    """再查一遍."""
    held = _own(request, pk)
    actions.revise(held, edits=(), words="", seen=None, by=request.seat, at=clock.now())
    return _done(request, held, "又查了一遍。")


@seated
@require_POST
def undo(request: SeatRequest, pk: UUID) -> HttpResponse:
    """Take the last change back."""
    held = _own(request, pk)
    actions.undo(held, by=request.seat, at=clock.now())
    return _done(request, held, "撤销了上一次的改动，又查了一遍。")


@seated
@require_POST
def count_again(request: SeatRequest, pk: UUID) -> HttpResponse:
    """A remark that was set aside counts again."""
    held = _own(request, pk)
    here = PaperPage(held, _number(request)).here
    left = [each for each in held.aside if here is None or (each["rule"], each["excerpt"]) != (here.rule, here.excerpt)]
    actions.set_aside(held, aside=left, off=held.off, seen=_seen(request), by=request.seat, at=clock.now())
    return _done(request, held, "这一处又算上了。")


@seated
@require_POST
def rule_off(request: SeatRequest, pk: UUID) -> HttpResponse:
    """A rule this paper is not held to."""
    held, code = _own(request, pk), request.POST.get("rule", "")
    actions.set_aside(held, aside=held.aside, off=[*held.off, code], seen=None, by=request.seat, at=clock.now())
    return _done(request, held, "这份材料不再查这条规则。")


@seated
@require_POST
def rule_on(request: SeatRequest, pk: UUID) -> HttpResponse:
    """The rule is looked at again."""
    held, code = _own(request, pk), request.POST.get("rule", "")
    off = [each for each in held.off if each != code]
    actions.set_aside(held, aside=held.aside, off=off, seen=None, by=request.seat, at=clock.now())
    return _done(request, held, "这条规则又查上了。")


@seated
@require_POST
def drop(request: SeatRequest, pk: UUID) -> HttpResponse:
    """Dropped with everything in it."""
    held = _own(request, pk)
    actions.drop(held, by=request.seat, at=clock.now())
    done(request, f"删去了《{held.name}》，这里不再有它的任何内容。")
    return redirect("review:papers")


@seated
def word(request: SeatRequest, pk: UUID) -> HttpResponse:
    """The paper as it reads now, as a Word file."""
    held = _own(request, pk)
    return files.download(files.word(held), f"{files.stem(held)}.docx", files.WORD)


@seated
def remarked(request: SeatRequest, pk: UUID) -> HttpResponse:
    """The same with the remarks in its margin and the mends as tracked changes, to go through in Word or WPS."""
    held = _own(request, pk)
    name = f"{files.stem(held)}（带批注）.docx"
    return files.download(files.remarked(held, clock.now()), name, files.WORD)


@seated
def plain(request: SeatRequest, pk: UUID) -> HttpResponse:
    """The paper as it reads now, as a text that any notepad opens."""
    held = _own(request, pk)
    return files.download(files.plain(held), f"{files.stem(held)}.txt", "text/plain; charset=utf-8")


@seated
def rules(request: SeatRequest) -> HttpResponse:
    """为什么: what one rule looks at, why, where it stands, a wrong and a right example; without `of`, all of them."""
    code, known = request.GET.get("of"), checking.rules()
    if code is None:
        listed = [(word, [r for r in known.values() if r.severity == rank]) for rank, word in checking.WORDS.items()]
        return render(request, "review/rules.html", {"listed": listed, "total": len(known)})
    if code not in known:
        raise Http404
    found = known[code]
    return render(request, "review/rule.html", {"rule": found, "word": checking.WORDS[str(found.severity)]})


def _addresses(held: Manuscript) -> dict[str, str]:
    """Where the page's buttons lead, by the names the template uses."""
    names = {"again": "again", "undo": "undo", "count": "count_again", "off": "rule_off", "on": "rule_on",
             "word": "word", "remarked": "remarked", "text": "plain"}  # fmt: skip
    return {f"{short}_url": reverse(f"review:{name}", args=[held.pk]) for short, name in names.items()}


# --- what they share -------------------------------------------------------------------------------------------------
def _own(request: SeatRequest, pk: UUID) -> Manuscript:
    """The seat's own manuscript; for everybody else it is not there."""
    return get_object_or_404(queries.own(request.seat, clock.now()), pk=pk)


def _number(request: SeatRequest) -> int | None:
    written = request.POST.get("at") or request.GET.get("at") or ""
    return int(written) if written.isdecimal() and len(written) < 7 else None


def _seen(request: SeatRequest) -> int:
    written = request.POST.get("version", "")
    return int(written) if written.isdecimal() and len(written) < 10 else -1


def _done(request: SeatRequest, held: Manuscript, words: str, *, undo: bool = False) -> HttpResponse:
    done(request, words, undo=reverse("review:undo", args=[held.pk]) if undo else "")
    return redirect("review:paper", held.pk)
