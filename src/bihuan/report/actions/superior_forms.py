"""The verbs of the superior's forms: taking one in, changing it, pointing its blanks, putting it away and back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bihuan.core import audit, vault
from bihuan.core.access import Refused, verdict
from bihuan.core.acting import action, check_version
from bihuan.core.models import stamp
from bihuan.org.models import Seat
from bihuan.report.templating import access
from bihuan.report.templating.choices import read_choice
from bihuan.report.templating.models import BlankUse, SuperiorForm
from bihuan.report.templating.queries import template_of
from bihuan_text import Unreadable
from bihuan_text.blanks import Blank, Template, find_blanks

File = tuple[str, Sequence[bytes]]


def add_form(*, name: str, issuer: str, file: File, by: Seat, at: datetime) -> SuperiorForm:
    """收进上级的一张表。

    file: its name and its bytes in chunks. Raises `Refused` with one sentence for a file that is no form; nothing is kept.
    """
    # Looked through before the database is locked: a bad file must not keep others waiting.
    template = _read(file) if access.may_add(by) else None
    return _add(name=name, issuer=issuer, file=file, template=template, by=by, at=at)


@action("report.superior_form.added", "收进了上级的一张表")
def _add(*, name: str, issuer: str, file: File, template: Template | None, by: Seat, at: datetime) -> SuperiorForm:
    access.may_add(by).enforce()
    name = name.strip()
    verdict(
        (bool(name), "请写明这张表叫什么"),
        (not _is_taken(name, by), f"已经有一张叫“{name}”的表；上级换了表，请到那一张里换"),
    ).enforce()
    if template is None:
        raise Refused("文件没有传上来，请再选一次。")
    blob = vault.keep(file[1], name=file[0])
    form = SuperiorForm.objects.create(
        org_id=by.org_id,
        name=name,
        issuer=issuer.strip(),
        kind=template.form,
        blob=blob,
        file_name=file[0][-200:],
        **stamp(by=by, at=at),
    )
    audit.record(form, by=by, at=at)
    return form


def _is_taken(name: str, by: Seat, but: SuperiorForm | None = None) -> bool:
    """Whether another form in use has this name; one that was put away keeps its name and stands in nobody's way."""
    others = SuperiorForm.objects.of(by.org_id).filter(name=name, away_on__isnull=True)
    return (others.exclude(pk=but.pk) if but else others).exists()


def change_form(
    form: SuperiorForm, *, name: str, issuer: str, file: File | None, seen_version: int | None, by: Seat, at: datetime
) -> SuperiorForm:
    """改名称，或者换成上级改过的表；还在的地方照原来指的填。"""
    template = _read(file) if file and access.may_set(by, form) else None
    return _change(form, name=name, issuer=issuer, file=file, template=template, seen=seen_version, by=by, at=at)


@action("report.superior_form.changed", "改了上级的一张表")
def _change(
    form: SuperiorForm, *, name: str, issuer: str, file: File | None, template: Template | None, seen: int | None,
    by: Seat, at: datetime,
) -> SuperiorForm:  # fmt: skip
    held = _locked(form, by)
    check_version(held, seen)
    before, name = held.facts(), name.strip()
    taken = _is_taken(name, by, held)
    verdict((bool(name), "请写明这张表叫什么"), (not taken, f"已经有一张叫“{name}”的表，请换一个名称")).enforce()
    held.name, held.issuer = name, issuer.strip()
    if file is not None and template is not None:
        held.blob, held.kind = vault.keep(file[1], name=file[0]), template.form
        held.file_name = file[0][-200:]
    held.keep("name", "issuer", "blob", "kind", "file_name")
    audit.record(held, by=by, at=at, before=before)
    return held


@action("report.superior_form.retired", "把上级的一张表收了起来")
def retire_form(form: SuperiorForm, *, by: Seat, at: datetime) -> SuperiorForm:
    """把不用的表收起来。每一处指过什么都留着，填好的文件还能下载，随时可以放回来。"""
    held = _any(form, by)
    access.may_retire(by, held).enforce()
    verdict((held.away_on is None, "这张表已经收起来了")).enforce()
    return _set_away(held, at.date(), by=by, at=at)


@action("report.superior_form.brought_back", "把收起来的一张表放了回来")
def bring_back(form: SuperiorForm, *, by: Seat, at: datetime) -> SuperiorForm:
    """把收起来的表放回来，每一处还照原来指的填。"""
    held = _any(form, by)
    access.may_retire(by, held).enforce()
    taken = _is_taken(held.name, by, held)
    verdict(
        (held.away_on is not None, "这张表没有收起来"),
        (not taken, f"现在已经有一张叫“{held.name}”的表，请先给那一张换一个名称"),
    ).enforce()
    return _set_away(held, None, by=by, at=at)


def _set_away(held: SuperiorForm, on: date | None, *, by: Seat, at: datetime) -> SuperiorForm:
    before, held.away_on = held.facts(), on
    held.keep("away_on")
    audit.record(held, by=by, at=at, before=before)
    return held


@action("report.blank.pointed", "指定了表上一处填什么")
def point_blank(form: SuperiorForm, address: str, *, what: str, by: Seat, at: datetime) -> BlankUse:
    """指定一处填什么，以后每年照填。一行里只能放一份清单。"""
    held = _locked(form, by)
    template = template_of(held)
    blank = next((each for each in template.blanks if each.address == address), None)
    choice = read_choice(what)
    if blank is None or choice is None:
        raise Refused("表上没有这一处，或者没有这一项可以填；请回到这张表再选。")
    verdict(
        (choice.kind != "row" or bool(blank.line), "这一处不在表格的行里，不能逐行填；请选“写在这一处”的清单"),
        (
            choice.kind != "row" or _one_list(held, template, blank, choice.name),
            "这一行已经放了另一份清单；一行只放一份，请选同一份清单的另一列",
        ),
    ).enforce()
    return _point(held, blank, what, by=by, at=at)


def _point(form: SuperiorForm, blank: Blank, what: str, *, by: Seat, at: datetime) -> BlankUse:
    words = (
        blank.before + "＿" + blank.after
        if blank.mark or blank.before
        else "，".join(filter(None, (blank.row, blank.column)))
    )[:100]
    use = BlankUse.objects.of(form.org_id).select_for_update().filter(form=form, address=blank.address).first()
    if use is None:
        use = BlankUse.objects.create(form=form, address=blank.address, what=what, words=words, **stamp(by=by, at=at))
        audit.record(use, by=by, at=at)
        return use
    before = use.facts()
    use.what, use.words = what, words
    use.keep("what", "words")
    audit.record(use, by=by, at=at, before=before)
    return use


def _one_list(form: SuperiorForm, template: Template, blank: Blank, name: str) -> bool:
    """Whether the other blanks of this line show the same list or none."""
    others = {a for line in template.lines if line.key == blank.line for a in line.addresses} - {blank.address}
    uses = BlankUse.objects.of(form.org_id).filter(form=form, address__in=others, what__startswith="row:")
    return all(use.what.startswith(f"row:{name}.") for use in uses)


def _any(form: SuperiorForm, by: Seat) -> SuperiorForm:
    """The form as it is kept now, locked."""
    return SuperiorForm.objects.of(by.org_id).select_related("blob").select_for_update(of=("self",)).get(pk=form.pk)


def _locked(form: SuperiorForm, by: Seat) -> SuperiorForm:
    held = _any(form, by)
    access.may_set(by, held).enforce()
    return held


def _read(file: File) -> Template:
    """The template behind an upload, or `Refused`."""
    try:
        template = find_blanks(b"".join(file[1]), file[0])
    except Unreadable as refused:
        raise Refused(refused.reason_zh) from refused
    if not template.blanks:
        raise Refused("表上没有找到空着的地方，没有收；请传没有填过的原表，空的地方留成空格子、横线或括号。")
    return template
