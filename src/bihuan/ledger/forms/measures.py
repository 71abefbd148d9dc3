"""What may be typed about a measure: who, until when, by which standard; what was done; what proves it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from bihuan.core import days
from bihuan.core.forms import DayField, HouseForm, PaperField, PeopleChoice, PersonChoice, RecordChoice, RecordsChoice
from bihuan.core.kinds import ACCEPTED
from bihuan.ledger.models import EvidenceKind
from bihuan.ledger.rules import shortened
from bihuan.org.models import Group, Org, Title

_BETWEEN_DAYS = re.compile(r"[、，,;；\n]+")


class DaysField(forms.CharField):
    """Several days, one a line or with 、 between them; cleaned to a list of dates."""

    widget = forms.Textarea

    def clean(self, value: Any) -> list[date]:
        parts = [part.strip() for part in _BETWEEN_DAYS.split(super().clean(value)) if part.strip()]
        try:
            return [days.read_day(part) for part in parts]
        except days.NoDay as sentence:
            raise ValidationError(str(sentence), code="no_day") from None


class MeasureWordsForm(HouseForm):
    """The words of a measure and its standards of done."""

    action = forms.CharField(label="措施", max_length=1000, widget=forms.Textarea, help_text="谁来做，做什么，怎么做")
    standard = forms.CharField(
        label="做到什么样才算完成",
        max_length=1000,
        widget=forms.Textarea,
        help_text="一行写一条，写看得见、查得到的；核验时一条一条对",
    )


@dataclass(frozen=True)
class PostOf:
    """A post as one of the bodies that can answer for a measure."""

    pk: str

    def __str__(self) -> str:
        return self.pk


class BodyChoice(RecordChoice):
    """A post, a 党小组 or the whole branch that answers for a measure; cleaned to a `PostOf`, `Group` or `Org`, or None."""

    def offer_bodies(self, groups: Sequence[Group], branch: Org) -> None:
        """Set what may be chosen: every post, the groups there are, and the branch itself."""
        kinds: list[tuple[str, list[Any]]] = [
            ("岗位", [PostOf(title) for title in Title.values]),
            ("党小组", list(groups)),
            ("整个支部", [branch]),
        ]
        self.offer([body for _, bodies in kinds for body in bodies])
        grouped = [(kind, [(str(body.pk), str(body)) for body in bodies]) for kind, bodies in kinds if bodies]
        self.choices = [("", self.nothing), *grouped]


_SAY_WHO = "请选责任人，或者选一个岗位、一个党小组、整个支部。"


def _owner_of(form: HouseForm, cleaned: dict[str, Any]) -> None:
    """Who answers, out of the two fields: `owner` a record or None, `owner_post` a post's word."""
    body = cleaned.pop("body", None)
    if cleaned.get("owner") and body:
        form.add_error("owner", "人和岗位、党小组、支部只选一样。")
    cleaned["owner_post"] = body.pk if isinstance(body, PostOf) else ""
    if body and not isinstance(body, PostOf):
        cleaned["owner"] = body


class MeasureForm(MeasureWordsForm):
    """A new measure: with its owner and its term (R22). `bodies`: the 党小组 there are, and the branch."""

    owner = PersonChoice(label="责任人", required=False, help_text="谁来做，就选谁；责任人以后不能自己核验")
    body = BodyChoice(
        label="或者，由岗位、党小组、整个支部负责",
        required=False,
        nothing="不选",
        help_text="由党小组负责的，组里的人都不能核验；由整个支部负责的，只能请上级来核验",
    )
    due = DayField(label="到哪天做完", required=False)
    reviews = DaysField(
        label="长期坚持的，哪几天回头看",
        required=False,
        help_text="没有做完那一天的才写，一行写一天，至少一天",
        max_length=300,
    )
    leader = PersonChoice(label="责任领导", required=False)
    helpers = PeopleChoice(label="协同的人", required=False)
    causes = RecordsChoice(label="针对哪条原因", required=False)

    def __init__(self, *args: Any, causes: Any = (), bodies: tuple[Sequence[Group], Org], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("causes", RecordsChoice).offer(causes)
        if not causes:
            del self.fields["causes"]
        self.field("body", BodyChoice).offer_bodies(*bodies)
        # one of two: the first is asked for unless the second was given
        self._ask("owner", unless="body", say=_SAY_WHO)
        self._ask("due", unless="reviews", say="请写到哪天做完，或者写哪几天回头看。")

    def _ask(self, name: str, *, unless: str, say: str) -> None:
        field = self.fields[name]
        field.required = not str(self.data.get(unless, "")).strip()
        field.error_messages["required"] = say

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        _owner_of(self, cleaned)
        if cleaned.get("due") and cleaned.get("reviews"):
            self.add_error("due", "做完的日子和回头看的日子只写一样。")
        return cleaned


class LinkMeasureForm(HouseForm):
    """A measure of another problem that answers this one too."""

    measure = RecordChoice(label="哪一条措施")

    def __init__(self, *args: Any, measures: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("measure", RecordChoice).offer(measures)


class HandOverForm(HouseForm):
    """Who has the measure from which day on. `bodies`: the 党小组 there are, and the branch."""

    owner = PersonChoice(label="新的责任人", required=False)
    body = BodyChoice(label="或者，由岗位、党小组、整个支部负责", required=False, nothing="不选")
    since = DayField(label="从哪天起")

    def __init__(self, *args: Any, bodies: tuple[Sequence[Group], Org], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("body", BodyChoice).offer_bodies(*bodies)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not cleaned.get("owner") and not cleaned.get("body"):
            self.add_error("owner", _SAY_WHO)
        _owner_of(self, cleaned)
        return cleaned


class TermForm(HouseForm):
    """The first term of a measure that has none."""

    due = DayField(label="到哪天做完", required=False)
    reviews = DaysField(
        label="长期坚持的，哪几天回头看", required=False, help_text="没有做完那一天的才写，一行写一天", max_length=300
    )


class ExtensionForm(HouseForm):
    """More time, until when it runs, with its reason and who agreed. `steady`: a day of review is put off."""

    due = DayField(label="延到哪天", help_text="写明年、月、日；到了这天没有做完，又算过期，要再延得再办一次")
    reason = forms.CharField(label="为什么要延", max_length=300, widget=forms.Textarea)
    approved_by = forms.CharField(label="谁同意的", max_length=100, help_text="哪一天的哪个会，或者哪一位")

    def __init__(self, *args: Any, steady: bool = False, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = self.field("due", DayField)
        day.not_before = today
        if steady:
            day.label = "这一次推到哪天看"
            day.help_text = "写明年、月、日；以后看的日子不变"


class ProgressForm(HouseForm):
    """What was done on a day."""

    words = forms.CharField(
        label="做了什么", max_length=2000, widget=forms.Textarea, help_text="说一件做了的事，不用写成文章"
    )
    on = DayField(label="哪一天做的")
    reviewed = forms.BooleanField(label="到了看的日子，这是一次回头看", required=False)

    def __init__(self, *args: Any, today: date, waiting: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = self.field("on", DayField)
        day.not_after = day.initial = today
        self.fields["reviewed"].initial = waiting
        if not waiting:
            del self.fields["reviewed"]


class EvidenceForm(HouseForm):
    """Proof: a file, or words, a number, an address. Nothing of it has to be a picture."""

    file = PaperField(label="文件", required=False, help_text=f"{ACCEPTED}；照片不是必须的")
    words = forms.CharField(
        label="没有文件的，写在这里",
        required=False,
        max_length=1000,
        widget=forms.Textarea,
        help_text="一句能查对的话，一个文号或编号，或者一个网址",
    )
    kind = forms.ChoiceField(
        label="写的是什么",
        required=False,
        choices=[(EvidenceKind.WORDS, "一句话"), (EvidenceKind.NUMBER, "编号"), (EvidenceKind.LINK, "网址")],
        initial=EvidenceKind.WORDS,
        help_text="传了文件的不用管这一项",
    )
    shows = forms.CharField(label="它说明什么", max_length=300)
    standard = forms.ChoiceField(label="对应哪一条完成标准", required=False)
    on = DayField(label="它说的是哪一天的事", help_text="事情发生的那天，不是上传的这天")
    replaces = RecordChoice(label="换掉原来的哪一份", required=False, nothing="不换，是新的一份")

    def __init__(self, *args: Any, standards: list[str], pieces: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "不对应哪一条"), *((s, shortened(s, 40)) for s in standards)]
        self.field("standard", forms.ChoiceField).choices = choices
        if not standards:
            del self.fields["standard"]
        self.field("on", DayField).not_after = today
        self.field("replaces", RecordChoice).offer(pieces)
        if not pieces:
            del self.fields["replaces"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("file"):
            cleaned["kind"] = EvidenceKind.FILE
        elif "file" not in self.errors and "words" not in self.errors and not cleaned.get("words", "").strip():
            self.add_error("words", "请传一个文件，或者在这里写一句话、一个编号。")
        return cleaned
