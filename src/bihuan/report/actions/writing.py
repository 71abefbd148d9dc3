"""Starting the report and writing it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from bihuan.core import audit
from bihuan.core.access import Refused, Stale, verdict
from bihuan.core.acting import action
from bihuan.core.models import stamp
from bihuan.cycle.models import Cycle, CycleKind
from bihuan.org.models import Person, Seat
from bihuan.report import access
from bihuan.report.annexes import ANNEXES
from bihuan.report.body import Body, Paragraph, Removed, Section, new_paragraph, read_body
from bihuan.report.content import content_of, list_of
from bihuan.report.facts import FACTS, collect
from bihuan.report.lists import LISTS
from bihuan.report.models import Draft, Layout, Shape
from bihuan.report.rules import has_loose_braces, names_in
from bihuan.report.shapes import opening_body

LONGEST = 6000  # characters of one paragraph
KEPT_REMOVED = 20


# --- starting --------------------------------------------------------------------------------------------------------
@action("report.draft.started", "开始写情况报告")
def start_draft(cycle: Cycle, *, by: Seat, at: datetime, shape: str = Shape.PROCESS) -> Draft:
    """开始写情况报告：标题、主送、落款照本支部的名称，正文是记录里的话和还要写的问题。"""
    cycle = Cycle.objects.of(by.org_id).select_related("org", "notice").select_for_update(of=("self",)).get(pk=cycle.pk)
    access.may_start(by, cycle).enforce()
    verdict((not Draft.objects.of(by.org_id).filter(cycle=cycle).exists(), "这个年度的报告已经在写了")).enforce()
    draft = new_draft(cycle, at.date(), shape)
    for field, value in stamp(by=by, at=at).items():
        setattr(draft, field, value)
    draft.save(force_insert=True)
    audit.record(draft, by=by, at=at)
    return draft


def new_draft(cycle: Cycle, day: date, shape: str = Shape.PROCESS) -> Draft:
    """A draft as the records stand, not kept: for starting one, and for the command line where none was started."""
    facts = collect(cycle, day)
    parent = cycle.org.parent_on(day)
    special = "专题" if cycle.kind == CycleKind.SPECIAL else "年度"
    appraised = "" if facts["参评数"].missing else "和开展民主评议党员"
    return Draft(
        cycle=cycle,
        shape=shape,
        title=f"{cycle.org.name}关于{cycle.year}{'年' if special == '专题' else ''}{special}组织生活会{appraised}情况的报告",
        recipient=parent.name if parent else "",
        signature=cycle.org.name,
        body=opening_body(shape, facts).as_json(),
    )


# --- writing ---------------------------------------------------------------------------------------------------------
def locked(draft: Draft, by: Seat) -> Draft:
    """The draft as it is kept now, locked for a change that this seat may make."""
    held = Draft.objects.of(by.org_id).select_for_update().get(pk=draft.pk)
    access.may_write(by, held).enforce()
    return held


def change_body(draft: Draft, change: Callable[[Body], Body], *, by: Seat, at: datetime) -> Draft:
    """Lock, change the body, record: a step of framed verbs."""
    held = locked(draft, by)
    before = held.facts()
    held.body = change(read_body(held.body)).as_json()
    held.keep("body")
    audit.record(held, by=by, at=at, before=before)
    return held


def _found(body: Body, paragraph_id: str) -> tuple[Section, Paragraph]:
    found = body.find(paragraph_id)
    if found is None:
        raise Refused("这一段已经被别人拿掉了；请回到报告里看看，在“拿掉的段落”里可以放回来。")
    return found


def _proper(text: str) -> str:
    """The text as it is kept, or `Refused` with what is wrong about its named facts."""
    text = text.replace("\r\n", "\n").strip()
    names = names_in(text)
    unknown = [name for name in names if name not in FACTS and name not in LISTS]
    lists = [name for name in names if name in LISTS]
    verdict(
        (not unknown, f"没有叫“{unknown[0] if unknown else ''}”的数，请从“报告里的数字”里选"),
        (not has_loose_braces(text), "有一处“{{”或者“}}”没有配成对，请把那个数删掉再选一次"),
        (not lists or (len(names) == 1 and list_of(Paragraph("", text))), "清单要单独占一段，前后不写别的话"),
        (len(text) <= LONGEST, f"这一段超过{LONGEST}字，请分成几段"),
    ).enforce()
    return text


@action("report.paragraph.saved", "改了报告的一段话")
def save_paragraph(
    draft: Draft, paragraph_id: str, *, text: str, seen_version: int | None, by: Seat, at: datetime
) -> Paragraph:
    """存一段话。数只能用名字引用；两个人同时改同一段，后一个看到前一个改的。"""
    text = _proper(text)
    saved: list[Paragraph] = []

    def change(body: Body) -> Body:
        _, paragraph = _found(body, paragraph_id)
        if seen_version is not None and paragraph.version != seen_version:
            raise Stale(paragraph)
        saved.append(replace(paragraph, text=text, version=paragraph.version + 1))
        return body.with_paragraph(saved[0])

    change_body(draft, change, by=by, at=at)
    return saved[0]


@action("report.section.renamed", "改了报告的一个标题")
def save_section(draft: Draft, key: str, *, heading: str, by: Seat, at: datetime) -> Draft:
    """改一个部分的标题；序号自动排，不写。"""
    heading = (
        heading.strip().lstrip("一二三四五六七八九十、（）() ") if heading.strip()[1:2] == "、" else heading.strip()
    )
    verdict((bool(heading), "标题不能空着"), (len(heading) <= 60, "标题最多60字")).enforce()

    def change(body: Body) -> Body:
        section = body.section(key)
        if section is None or not section.level:
            raise Refused("没有这个部分，请回到报告里再选。")
        return body.with_section(replace(section, heading=heading))

    return change_body(draft, change, by=by, at=at)


@action("report.paragraph.added", "给报告加了一段")
def add_paragraph(
    draft: Draft, section_key: str, *, by: Seat, at: datetime, text: str = "", after: str = "", first: bool = False
) -> Paragraph:
    """在一个部分里加一段：在某一段后面，最前面，或者最后。"""
    added = new_paragraph(_proper(text), "" if text.strip() else "请写：这一段的话")

    def change(body: Body) -> Body:
        section = body.section(section_key)
        if section is None:
            raise Refused("没有这个部分，请回到报告里再选。")
        ids = [each.id for each in section.paragraphs]
        place = ids.index(after) + 1 if after in ids else 0 if first else len(ids)
        return body.with_section(_with(section, place, added))

    change_body(draft, change, by=by, at=at)
    return added


def _with(section: Section, place: int, paragraph: Paragraph) -> Section:
    held = section.paragraphs
    return replace(section, paragraphs=(*held[:place], paragraph, *held[place:]))


@action("report.paragraph.removed", "拿掉了报告的一段")
def remove_paragraph(draft: Draft, paragraph_id: str, *, by: Seat, at: datetime) -> Draft:
    """拿掉一段；写过字的留在“拿掉的段落”里，可以放回来。"""

    def change(body: Body) -> Body:
        section, paragraph = _found(body, paragraph_id)
        place = section.paragraphs.index(paragraph)
        left = replace(section, paragraphs=tuple(each for each in section.paragraphs if each.id != paragraph_id))
        removed = (Removed(section.key, place, paragraph), *body.removed)[:KEPT_REMOVED]
        return replace(body.with_section(left), removed=removed)

    return change_body(draft, change, by=by, at=at)


@action("report.paragraph.restored", "把拿掉的一段放了回来")
def restore_paragraph(draft: Draft, paragraph_id: str, *, by: Seat, at: datetime) -> Draft:
    """把拿掉的一段放回原来的地方；那个部分不在了，就放在最后一部分。"""

    def change(body: Body) -> Body:
        removed = next((each for each in body.removed if each.paragraph.id == paragraph_id), None)
        if removed is None:
            raise Refused("这一段已经放回来了。")
        section = body.section(removed.section) or body.sections[-1]
        rest = tuple(each for each in body.removed if each is not removed)
        return replace(body.with_section(_with(section, removed.place, removed.paragraph)), removed=rest)

    return change_body(draft, change, by=by, at=at)


@action("report.paragraph.moved", "移动了报告的一段")
def move_paragraph(draft: Draft, paragraph_id: str, *, up: bool, by: Seat, at: datetime) -> Draft:
    """把一段在它的部分里往前或者往后移一个位置。"""

    def change(body: Body) -> Body:
        section, paragraph = _found(body, paragraph_id)
        held = list(section.paragraphs)
        place = held.index(paragraph)
        other = place - 1 if up else place + 1
        verdict((0 <= other < len(held), "已经在这个部分的头上或者末尾了")).enforce()
        held[place], held[other] = held[other], held[place]
        return body.with_section(replace(section, paragraphs=tuple(held)))

    return change_body(draft, change, by=by, at=at)


@action("report.list.written_out", "把清单写成了自己的话")
def write_out(draft: Draft, paragraph_id: str, *, by: Seat, at: datetime) -> Draft:
    """把一份清单变成普通的段落，由支部自己改；从此不再跟着台账变。"""
    held = locked(draft, by)
    content = content_of(held, at.date())

    def change(body: Body) -> Body:
        section, paragraph = _found(body, paragraph_id)
        lines = [line.text for line in content.lines if line.paragraph == paragraph_id]
        verdict((bool(list_of(paragraph)) and bool(lines), "这一段不是清单")).enforce()
        place = section.paragraphs.index(paragraph)
        written = tuple(new_paragraph(text) for text in lines)
        rest = section.paragraphs
        changed = replace(section, paragraphs=(*rest[:place], *written, *rest[place + 1 :]))
        removed = (Removed(section.key, place, paragraph), *body.removed)[:KEPT_REMOVED]
        return replace(body.with_section(changed), removed=removed)

    return change_body(held, change, by=by, at=at)


@action("report.head.set", "改了报告的标题、主送或落款")
def set_head(
    draft: Draft,
    *,
    title: str,
    recipient: str,
    signature: str,
    dated: date | None,
    attachments: Sequence[str],
    seen_version: int | None,
    by: Seat,
    at: datetime,
    annexes: Sequence[str] | None = None,
    layout: str | None = None,
    number: str = "",
    signer: Person | None = None,
    copies: Sequence[str] = (),
) -> Draft:
    """写标题、主送、落款、成文日期和附件的名称。主送末尾的冒号、附件名后面的标点（R47），排版时自动理好。"""
    held = locked(draft, by)
    body = read_body(held.body)
    if seen_version is not None and body.head_version != seen_version:
        raise Stale(held)
    before = held.facts()
    held.title, held.signature, held.dated = title.strip(), signature.strip(), dated
    held.recipient = recipient.strip().rstrip("：: ")
    held.attachments = [name for each in attachments if (name := each.strip().rstrip("。；;，,、. "))]
    if annexes is not None:
        held.annexes = [code for code in ANNEXES if code in annexes]
    if layout is not None:
        verdict((layout in Layout.values, "没有这种版式")).enforce()
        held.layout, held.number, held.signer = layout, number.strip(), signer
        held.copies = [name for each in copies if (name := each.strip().rstrip("。；;，,、. "))]
    held.body = replace(body, head_version=body.head_version + 1).as_json()
    held.keep("title", "recipient", "signature", "dated", "attachments", "annexes", "layout", "number", "signer",
              "copies", "body")  # fmt: skip
    audit.record(held, by=by, at=at, before=before)
    return held


@action("report.shape.chosen", "换了报告的写法")
def choose_shape(draft: Draft, *, shape: str, by: Seat, at: datetime) -> Draft:
    """换一种写法：两种写法都有的部分照原来的，多出来的话放在“拿掉的段落”里，一句也不丢。"""
    held = locked(draft, by)
    verdict((shape in Shape.values, "没有这种写法"), (shape != held.shape, "现在就是这种写法")).enforce()
    before, old = held.facts(), read_body(held.body)
    new = opening_body(shape, collect(held.cycle, at.date()))
    kept = {section.key: section.paragraphs for section in old.sections}
    unwanted = {section.key for each in old.hidden for section in each.sections}
    new = replace(new, sections=tuple(each for each in new.sections if each.key not in unwanted))
    sections = tuple(replace(each, paragraphs=kept[each.key]) if each.key in kept else each for each in new.sections)
    gone = [
        Removed(section.key, place, paragraph)
        for section in old.sections
        if new.section(section.key) is None
        for place, paragraph in enumerate(section.paragraphs)
        if not paragraph.is_open
    ]
    held.shape = shape
    held.body = replace(old, sections=sections, removed=(*gone, *old.removed)[: max(KEPT_REMOVED, len(gone))]).as_json()
    held.keep("shape", "body")
    audit.record(held, by=by, at=at, before=before)
    return held
