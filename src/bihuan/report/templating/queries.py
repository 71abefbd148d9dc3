"""Page-shaped reads of the superior's forms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count

from bihuan.core import vault
from bihuan.core.access import Refused
from bihuan.core.scope import ScopedQuerySet
from bihuan.org.models import Seat
from bihuan.report.facts import Records
from bihuan.report.templating.choices import Choice, read_choice
from bihuan.report.templating.filling import Filling, Lack, filling_of
from bihuan.report.templating.models import BlankUse, SuperiorForm
from bihuan_text import Unreadable
from bihuan_text.blanks import Blank, Template, find_blanks


def forms_open_to(seat: Seat) -> ScopedQuerySet[SuperiorForm]:
    """The forms of this seat's own organisation."""
    forms = SuperiorForm.objects.visible_to(seat).filter(org=seat.org_id)
    return forms.select_related("blob", "org").annotate(pointed=Count("uses"))


def template_of(form: SuperiorForm) -> Template:
    """The blanks of the form's file."""
    try:
        return _looked_through(form.blob.sha256, form.file_name)
    except Unreadable as refused:
        raise Refused(refused.reason_zh) from refused


@lru_cache(maxsize=32)
def _looked_through(sha256: str, name: str) -> Template:
    """What a digest stands for never changes, so it is looked through once."""
    return find_blanks(_bytes(sha256), name)


def bytes_of(form: SuperiorForm) -> bytes:
    """The file as it was given out."""
    return _bytes(form.blob.sha256)


def _bytes(sha256: str) -> bytes:
    path = vault.path_of(sha256)
    if not path.is_file():
        raise Refused("存着的原表找不到了，请把上级发的文件再传一次。")
    return path.read_bytes()


def uses_of(form: SuperiorForm) -> list[BlankUse]:
    """What its places were pointed at, also those that are gone."""
    return list(BlankUse.objects.of(form.org_id).filter(form=form))


@dataclass(frozen=True)
class Place:
    """One blank on the page: what it is pointed at, and what it reads now."""

    blank: Blank
    choice: Choice | None
    reads: str
    question: str = ""
    where: str = ""

    @property
    def mark(self) -> str:
        """What stands in it, where that can be seen."""
        return self.blank.mark.strip(" \u3000\u00a0") or "空"

    @property
    def beside(self) -> str:
        """What a cell's neighbours say."""
        return "，".join(filter(None, (self.blank.row, self.blank.column)))


@dataclass(frozen=True)
class FormSheet:
    """A form on its page. gone: what places were pointed at that the file no longer has."""

    form: SuperiorForm
    template: Template
    filling: Filling
    places: tuple[Place, ...]
    gone: tuple[tuple[str, str], ...]

    @property
    def undecided(self) -> list[Place]:
        return [place for place in self.places if place.choice is None]

    @property
    def questions(self) -> list[Lack]:
        """What the records would have to say, each question once."""
        return list({(lack.question, lack.where): lack for lack in self.filling.lacking}.values())


def form_sheet(form: SuperiorForm, records: Records | None) -> FormSheet:
    """Everything the page of a form shows; without a year nothing is read from records."""
    template = template_of(form)
    uses = {use.address: use for use in uses_of(form)}
    choices = {address: choice for address, use in uses.items() if (choice := read_choice(use.what)) is not None}
    filling = filling_of(template, choices, records) if records is not None else Filling()
    lacking = {lack.blank.address: lack for lack in filling.lacking}
    places = tuple(_place(blank, choices, filling, lacking.get(blank.address)) for blank in template.blanks)
    here = {blank.address for blank in template.blanks}
    gone = tuple((use.words, choices[a].words) for a, use in uses.items() if a not in here and a in choices)
    return FormSheet(form, template, filling, places, gone)


def _place(blank: Blank, choices: dict[str, Choice], filling: Filling, lack: Lack | None) -> Place:
    reads = filling.reads.get(blank.address, "")
    if lack is None:
        return Place(blank, choices.get(blank.address), reads)
    return Place(blank, choices.get(blank.address), reads, lack.question, lack.where)
