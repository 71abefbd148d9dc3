"""The house's forms: Chinese sentences, days in any style, people from a given roster, and two tabs that meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any, TypeVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from bihuan.core import days, secrecy
from bihuan.core.access import Refused, Stale
from bihuan.core.ui import drafts

_TOO_LONG = "最多%(limit_value)d个字，现在有%(show_value)d个字，请删短一些。"
_TOO_SHORT = "至少要%(limit_value)d个字，现在只有%(show_value)d个字，请再写一些。"
_TOO_BIG = "不能大于%(limit_value)s。"
_TOO_SMALL = "不能小于%(limit_value)s。"
_NOT_OFFERED = "这里没有您选的这一项，请从列出的里面选。"
MESSAGES = {
    "max_length": _TOO_LONG,
    "min_length": _TOO_SHORT,
    "max_value": _TOO_BIG,
    "min_value": _TOO_SMALL,
    "invalid_choice": _NOT_OFFERED,
    "invalid_list": _NOT_OFFERED,
    "null_characters_not_allowed": "里面有不能显示的字符，请删去再填。",
}


@dataclass(frozen=True)
class StaleRow:
    """One field after a second tab's change: what is kept now, and what was written here."""

    label: str
    kept: str
    written: str


F = TypeVar("F", bound=forms.Field)


class HouseForm(forms.Form):
    """A form of the house. `roster`: the people its person fields offer; `part`: which of several alike forms of a page
    it is, for its draft."""

    use_required_attribute = False  # the page's own sentence says it, not the browser's bubble

    def __init__(self, *args: Any, roster: Iterable[Any] | None = None, part: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            drafts.begin_with_draft(self, part)
        self.stale_rows: list[StaleRow] = []
        self.stale_lines: tuple[str, ...] = ()
        for field in self.fields.values():
            if roster is not None and isinstance(field, RecordChoice | RecordsChoice) and field.of_people:
                field.offer(roster)
            _dress(field)

    def field(self, name: str, kind: type[F]) -> F:
        """The form's own field of that name, as the kind it is: `self.field("on", DayField).not_after = today`."""
        found = self.fields[name]
        if not isinstance(found, kind):
            raise TypeError(f"{name} is no {kind.__name__}")
        return found

    @property
    def seen_version(self) -> int | None:
        """The version of the record that the page showed; None when the form carries none, -1 when it is no number."""
        written = self.data.get("version")
        if written is None:
            return None
        return int(written) if str(written).isdecimal() else -1

    def clean(self) -> dict[str, Any]:
        """Text with a marking of secrecy is not taken (R53)."""
        super().clean()
        for name, value in [*self.cleaned_data.items()]:  # add_error takes the value out
            if isinstance(value, str) and secrecy.marking(value):
                self.add_error(name, secrecy.SENTENCE)
        return self.cleaned_data

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """What an action inside says no to stands on the form, and nothing that was typed is lost: the page goes on
        behind the block and shows the form again."""
        try:
            yield
        except Stale:
            raise
        except Refused as refusal:
            for reason in refusal.reasons:
                self.add_error(None, reason if reason.endswith(("。", "）")) else f"{reason}。")

    def show_stale(self, stale: Stale) -> None:
        """Show, field by field, what somebody else kept meanwhile beside what was written here; nothing is lost."""
        self.stale_lines = stale.reasons
        for name, written in self.cleaned_data.items():
            if not hasattr(stale.subject, name):
                continue
            kept = _words(getattr(stale.subject, name))
            if kept != _words(written):
                self.stale_rows.append(StaleRow(str(self[name].label), kept, _words(written)))


def _words(value: object) -> str:
    """A value as the page would say it."""
    if value is None:
        return ""
    if isinstance(value, date):
        return days.say_full(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple | set | frozenset):
        return "、".join(_words(one) for one in value)
    return str(value)


def _dress(field: forms.Field) -> None:
    """Give a field the house's sentences and its widget the house's classes."""
    chosen = isinstance(field, forms.ChoiceField | RecordsChoice | forms.BooleanField)
    verb = "选择" if chosen else "传上" if isinstance(field, forms.FileField) else "填写"
    if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = f"请{verb}“{field.label}”。" if field.label else f"请{verb}这一项。"
    own = getattr(field, "house_messages", {})
    field.error_messages.update({code: text for code, text in MESSAGES.items() if code not in own})
    widget, attrs = field.widget, field.widget.attrs
    if isinstance(widget, forms.Textarea):
        attrs.setdefault("class", "ruled")
        if attrs.get("rows") == "10":  # Django's own default
            attrs["rows"] = "3"
        attrs.pop("cols", None)
    elif isinstance(widget, forms.TextInput) and not isinstance(widget, forms.PasswordInput):
        attrs.setdefault("autocomplete", "off")  # one office machine, many people
    if field.required and not isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        attrs.setdefault("aria-required", "true")


class DayInput(forms.TextInput):
    """A day is typed as people type it; a phone offers figures and the point, which is enough for 2026.3.5."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "class": "day-input", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return days.say_full(value) if isinstance(value, date) else super().format_value(value)


class DayField(forms.Field):
    """A day, in whatever style it is written; cleaned to a `date` or None. `not_before`, `not_after`: bounds, inclusive."""

    widget = DayInput

    def __init__(self, *, not_before: date | None = None, not_after: date | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "写明年、月、日，怎么写都认得")
        super().__init__(**kwargs)
        self.not_before, self.not_after = not_before, not_after

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return value or None
        if not str(value).strip():
            return None
        try:
            return days.read_day(str(value))
        except days.NoDay as sentence:
            raise ValidationError(str(sentence), code="no_day") from None

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and self.not_before and value < self.not_before:
            raise ValidationError(f"不能早于{days.say_full(self.not_before)}。", code="too_early")
        if value and self.not_after and value > self.not_after:
            raise ValidationError(f"不能晚于{days.say_full(self.not_after)}。", code="too_late")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class RecordChoice(forms.ChoiceField):
    """One of the records it was offered; cleaned to the record itself or None. What was not offered cannot be chosen.

    Offered anything with a `pk` and a text: `RecordChoice(offered=…)`, or later `form.fields["x"].offer(…)`.
    """

    of_people = False
    nothing = "请选一项"

    def __init__(self, *, offered: Iterable[Any] = (), nothing: str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.nothing = nothing if nothing is not None else type(self).nothing
        self.offer(offered)

    def offer(self, records: Iterable[Any]) -> None:
        """Set what may be chosen."""
        self._offered = {str(record.pk): record for record in records}
        empty = [] if isinstance(self.widget, forms.RadioSelect) else [("", self.nothing)]
        self.choices = [*empty, *((key, str(record)) for key, record in self._offered.items())]

    def prepare_value(self, value: Any) -> Any:
        return str(value.pk) if hasattr(value, "pk") else value

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        return self._offered.get(str(value), value)

    def validate(self, value: Any) -> None:
        if value is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if value is not None and value not in self._offered.values():
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")


class PersonChoice(RecordChoice):
    """One person of the form's roster: `MyForm(request.POST or None, roster=people)`."""

    of_people = True
    nothing = "请选一位"


class RecordsChoice(forms.MultipleChoiceField):
    """Some of the records it was offered, as ticks; cleaned to a list of them."""

    widget = forms.CheckboxSelectMultiple
    of_people = False

    def __init__(self, *, offered: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.offer(offered)

    def offer(self, records: Iterable[Any]) -> None:
        """Set what may be chosen."""
        self._offered = {str(record.pk): record for record in records}
        self.choices = [(key, str(record)) for key, record in self._offered.items()]

    def prepare_value(self, value: Any) -> Any:
        return [str(getattr(one, "pk", one)) for one in value] if isinstance(value, Iterable) else value

    def clean(self, value: Any) -> list[Any]:
        return [self._offered[key] for key in super().clean(value)]


class PeopleChoice(RecordsChoice):
    """Some people of the form's roster."""

    of_people = True


class PaperField(forms.FileField):
    """A file that people hand in. `suffixes`: the kinds that are taken, as (".docx", ".pdf"); empty takes any."""

    house_messages = frozenset({"max_length"})

    def __init__(self, *, suffixes: Sequence[str] = (), **kwargs: Any) -> None:
        self.suffixes = tuple(s.lower() for s in suffixes)
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("accept", ",".join(self.suffixes)) if self.suffixes else None
        self.error_messages |= {
            "invalid": "文件没有传上来，请再选一次。",
            "missing": "文件没有传上来，请再选一次。",
            "empty": "这个文件里面是空的，没有收；请换一个。",
            "max_length": "文件名太长了，请改短再传。",
        }

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if isinstance(file, UploadedFile):
            self._weigh(file)
        return file

    def _weigh(self, file: UploadedFile) -> None:
        size, limit = file.size or 0, settings.UPLOAD_LIMIT
        if size > limit:
            raise ValidationError(
                f"“{file.name}”有{_megabytes(size)}兆，最多收{limit // 2**20}兆，没有收；请压小或分开再传。",
                code="too_heavy",
            )
        if self.suffixes and PurePath(file.name or "").suffix.lower() not in self.suffixes:
            kinds = "、".join(self.suffixes)
            raise ValidationError(f"“{file.name}”这种文件读不了，请换成{kinds}再传。", code="other_kind")


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.1f}".removesuffix(".0")


def handed_in(file: UploadedFile | None) -> tuple[str, Iterator[bytes]] | None:
    """A file as actions take it: its name and its bytes in pieces; None when there was none."""
    return (file.name or "", iter(file.chunks())) if file else None
