"""What may be typed about a problem."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import TextChoices

from bihuan.core.forms import DayField, HouseForm, PersonChoice, RecordChoice
from bihuan.ledger.models import OriginKind, Problem, ProblemSubject
from bihuan.ledger.queries.recurring import Before


def said(words: type[TextChoices]) -> list[tuple[str, str]]:
    """Choices shown by the very words that are stored (Django would show the English names of the members)."""
    return [(value, value) for value in words.values]


_NEW = "new"


class EarlierChoice(forms.ChoiceField):
    """Which of some earlier problems a new one is come back; cleaned to the `Problem`, or None for none of them."""

    widget = forms.RadioSelect

    def offer(self, found: Sequence[Before], none: str) -> None:
        """Set what may be chosen; `none`: the words of the last choice."""
        self._problems = {str(one.problem.pk): one.problem for one in found}
        shown = [(key, f"是{problem.cycle.label}的{problem.no}又出现") for key, problem in self._problems.items()]
        self.choices = [*shown, (_NEW, none)]

    def clean(self, value: Any) -> Problem | None:
        return self._problems.get(super().clean(value))


class RaiseForm(HouseForm):
    """A new problem: what it is, an example, whose it is, where it came from. `before`: earlier ones that it reads like, to
    which the person answers before it is written down."""

    statement = forms.CharField(
        label="问题是什么", max_length=500, widget=forms.Textarea, help_text="一句话说清一个问题；两个问题分两次登记"
    )
    example = forms.CharField(
        label="一件具体的事",
        max_length=2000,
        required=False,
        widget=forms.Textarea,
        help_text="哪一天、哪个岗位、在哪里、多少，至少说出两样",
    )
    origin_kind = forms.ChoiceField(label="从哪里来的", choices=[("", "请选一项"), *said(OriginKind)])
    origin_words = forms.CharField(
        label="原话", max_length=2000, required=False, widget=forms.Textarea, help_text="谁说的不用写，话照原样写"
    )
    origin_number = forms.CharField(
        label="它在那里的编号", max_length=60, required=False, help_text="督导、巡察、专项整治给过编号的，照写"
    )
    origin_paper = forms.CharField(label="哪一份文件", max_length=200, required=False, help_text="文件名称或文号")
    origin_on = DayField(label="哪一天提出的", required=False)
    aspect = RecordChoice(label="属于哪个对照方面", required=False, nothing="不选，或通知还没有来")
    subject = forms.ChoiceField(
        label="谁的问题", choices=said(ProblemSubject), initial=ProblemSubject.BRANCH, widget=forms.RadioSelect
    )
    person = PersonChoice(
        label="是哪一位的", required=False, help_text="只有个人问题才选；个人问题只有本人和几位支委看得到"
    )

    earlier = EarlierChoice(
        label="是不是同一件事",
        error_messages={"required": "以前有过像的，请看一看，选一下是不是同一件事。"},
    )

    def __init__(self, *args: Any, aspects: Any = (), before: Sequence[Before] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("aspect", aspects)
        self.field("earlier", EarlierChoice).offer(before, "都不是，是新的问题")
        if not before:
            del self.fields["earlier"]

    @property
    def only_asks(self) -> bool:
        """Everything else is in order, and it is the first time that the person is asked about the earlier ones: that is a
        question, no mistake, and stands without red."""
        if set(self.errors) != {"earlier"} or "earlier" in self.data:
            return False
        self.errors.clear()
        return True

    def offer(self, name: str, records: Any) -> None:
        """Set what a field offers; one that offers nothing is left out."""
        self.field(name, RecordChoice).offer(records)
        if not records:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        personal = cleaned.get("subject") == ProblemSubject.PERSON
        if personal and not cleaned.get("person"):
            self.add_error("person", "个人问题要选是哪一位的。")
        if not personal and cleaned.get("person"):
            self.add_error("person", "支部和支委会的问题不写个人，请不要选人，或把“谁的问题”改成个人。")
        return cleaned


class ProblemForm(HouseForm):
    """The words of a problem that is there already."""

    statement = forms.CharField(label="问题是什么", max_length=500, widget=forms.Textarea)
    example = forms.CharField(
        label="一件具体的事",
        max_length=2000,
        required=False,
        widget=forms.Textarea,
        help_text="哪一天、哪个岗位、在哪里、多少，至少说出两样",
    )


class RecurrenceForm(HouseForm):
    """Which earlier problem this one is."""

    earlier = RecordChoice(label="是以前的哪一个")

    def __init__(self, *args: Any, problems: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("earlier", RecordChoice).offer(problems)


class CauseForm(HouseForm):
    """A cause in words, or one that another problem has already."""

    text = forms.CharField(
        label="为什么会这样",
        max_length=1000,
        required=False,
        widget=forms.Textarea,
        help_text="从思想、制度、能力、习惯上找，不只说客观情况，也不重复问题本身",
    )
    existing = RecordChoice(label="或者，和别的问题同一个原因", required=False, nothing="不选")

    def __init__(self, *args: Any, causes: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("existing", RecordChoice).offer(causes)
        if not causes:
            del self.fields["existing"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and bool(cleaned.get("text", "").strip()) == bool(cleaned.get("existing")):
            both = bool(cleaned.get("existing"))
            self.add_error("text", "写一条，或者选一条，只办一样。" if both else "请写出原因。")
        return cleaned
