"""The shorter forms: a study, the counts, a vote on one problem, a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField

from bihuan.core.access import Stale
from bihuan.core.forms import DayField, HouseForm, RecordChoice, StaleRow
from bihuan.meeting import rules
from bihuan.meeting.actions import Count
from bihuan.meeting.figures import BY_CODE, KINDS, Kind
from bihuan.meeting.models import Figure
from bihuan.meeting.queries import MeetingRow


class StudyForm(HouseForm):
    """One 集中学习."""

    held_on = DayField(label="哪一天学的")
    topic = forms.CharField(label="学习内容", max_length=300, help_text="文件和文章写全称")
    place = forms.CharField(label="地点", max_length=100, required=False)
    present = forms.IntegerField(label="参加多少人", required=False, min_value=0, max_value=9999)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("held_on", DayField).not_after = today


@dataclass(frozen=True)
class CountLine:
    """One count of the form: its kind, its two fields, and the version that was shown."""

    kind: Kind
    value: BoundField
    shown_by: BoundField
    seen: int


class FiguresForm(HouseForm):
    """All counts at once. A source left blank is the one of the line above, within its group."""

    doubts: tuple[rules.Law, ...] = ()

    def __init__(self, *args: Any, kept: Mapping[str, Figure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = kept
        for kind in KINDS:
            figure = kept.get(kind.code)
            self.fields[f"value-{kind.code}"] = forms.IntegerField(
                label=f"{kind.label}，多少{kind.unit}", required=False, min_value=0, max_value=999999,
                initial=figure.value if figure else None, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            )  # fmt: skip
            self.fields[f"from-{kind.code}"] = forms.CharField(
                label=f"{kind.label}，出自哪份记录", required=False, max_length=200,
                initial=figure.shown_by if figure else "", widget=forms.TextInput(attrs={"list": "records"}),
            )  # fmt: skip
            for name in ("value", "from"):
                attrs = self.fields[f"{name}-{kind.code}"].widget.attrs
                attrs |= {"class": "input figure" if name == "value" else "input", "autocomplete": "off"}
        self.fields["despite"] = forms.CharField(
            label="照记的理由",
            required=False,
            max_length=300,
            widget=forms.Textarea(attrs={"rows": "3", "class": "ruled"}),
        )
        for name, field in self.fields.items():
            field.error_messages.update(_NUMBER if name.startswith("value-") else {})

    def lines(self) -> Iterator[CountLine]:
        """The form's lines in order, for the page."""
        for kind in KINDS:
            figure = self.kept.get(kind.code)
            seen = figure.version if figure else 0
            yield CountLine(kind, self[f"value-{kind.code}"], self[f"from-{kind.code}"], seen)

    def values(self) -> dict[str, Count | None]:
        """Every count as the action takes it; a line left blank takes a kept one away."""
        found: dict[str, Count | None] = {}
        above: dict[str, str] = {}
        for kind in KINDS:
            value, source = self.cleaned_data[f"value-{kind.code}"], self.cleaned_data[f"from-{kind.code}"].strip()
            source = above[kind.group] = source or above.get(kind.group, "")
            found[kind.code] = None if value is None else Count(value, source)
        return found

    def ask_why(self, laws: tuple[rules.Law, ...]) -> None:
        """Show the warnings, and the field for the reason as one that is needed now."""
        self.doubts = laws
        self.fields["despite"].required = True

    def seen(self) -> dict[str, int]:
        """code → the version that the page showed."""
        sent = {kind.code: str(self.data.get(f"seen-{kind.code}", "")) for kind in KINDS}
        return {code: int(version) for code, version in sent.items() if version.isdecimal()}

    def show_stale(self, stale: Stale) -> None:
        super().show_stale(stale)
        figure = stale.subject
        if isinstance(figure, Figure):
            given = self.values()[figure.code]
            written = f"{given.value}，{given.shown_by}" if given else ""
            self.stale_rows.append(StaleRow(BY_CODE[figure.code].label, f"{figure.value}，{figure.shown_by}", written))


_NUMBER = {"invalid": "请写数字。", "min_value": "不能小于0。", "max_value": "这个数太大了，请核对。"}


class ResolveForm(HouseForm):
    """A meeting's vote on one problem: which meeting, and the sums."""

    meeting = RecordChoice(label="哪次会议决定的", widget=forms.RadioSelect)
    in_favour = forms.IntegerField(label="赞成", min_value=0, max_value=9999)
    against = forms.IntegerField(label="反对", min_value=0, max_value=9999, initial=0)
    abstained = forms.IntegerField(label="弃权", min_value=0, max_value=9999, initial=0)

    def __init__(self, *args: Any, meetings: Iterable[MeetingRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("meeting", RecordChoice).offer(meetings)


class ReasonForm(HouseForm):
    """Why a warning was passed."""

    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea, help_text="这条理由会留在记录里")
