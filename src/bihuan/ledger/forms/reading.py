"""What may be typed about last year's paper: the paper itself, better words, its year, this year's answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from bihuan.core.forms import HouseForm, PaperField, RecordsChoice
from bihuan.ledger.forms.problems import EarlierChoice
from bihuan.ledger.models import Answer, Measure, Problem, Proposal, ProposalKind
from bihuan.ledger.queries.recurring import Before
from bihuan_text.endings import READ

PASTE_LIMIT = 200_000  # characters; a long report has ten thousand


class FileForm(HouseForm):
    file = PaperField(
        label="上年度的情况报告或整改台账",
        suffixes=(*READ, ".xlsx"),
        help_text="Word、WPS、有文字的 PDF、文本或 Excel 文件都行",
    )


class PasteForm(HouseForm):
    pasted = forms.CharField(
        label="把表格或文字粘贴在这里",
        max_length=PASTE_LIMIT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": "8"}),
        help_text="在 Excel 或 Word 里选中整张台账（连表头），复制，再到这里粘贴；报告的文字也可以",
    )

    def clean_pasted(self) -> str:
        pasted: str = self.cleaned_data["pasted"]
        if not pasted.strip():
            raise ValidationError("没有内容，请粘贴表格或文字。")
        return pasted


class NoneForm(HouseForm):
    reason = forms.CharField(
        label="为什么没有",
        max_length=300,
        help_text="比如支部是今年新成立的。写下来，以后有人问起就有据可查",
    )


class YearForm(HouseForm):
    year = forms.IntegerField(label="这份材料写的是哪个年度", min_value=1990, max_value=2100, help_text="写四位数")


class DecideForm(HouseForm):
    """Better words for a proposal, and for a measure or a cause the problems it belongs to."""

    lead = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": "2"}))
    example = forms.CharField(
        label="事例", max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": "4"})
    )  # fmt: skip
    problems = RecordsChoice(required=False)
    earlier = EarlierChoice(label="是不是同一件事", required=False, initial="new")

    def __init__(
        self, *args: Any, proposal: Proposal, problems: list[Problem], before: Sequence[Before] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.field("earlier", EarlierChoice).offer(before, "不是，或者现在还说不准")
        if not before:
            del self.fields["earlier"]
        self.fields["lead"].label = proposal.kind
        self.fields["lead"].error_messages["required"] = f"请写明{proposal.kind}，不能空着。"
        if proposal.kind != ProposalKind.PROBLEM:
            del self.fields["example"]
        chosen = self.field("problems", RecordsChoice)
        if problems:
            chosen.label = "它回应哪几条问题" if proposal.kind == ProposalKind.MEASURE else "它是哪几条问题的原因"
            chosen.offer(problems)
        else:
            del self.fields["problems"]


class MissedForm(HouseForm):
    kind = forms.ChoiceField(label="它是", choices=ProposalKind.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label="原文里的话",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text="从原文里照样复制过来，一个字也不要改",
    )


GROUNDS = {
    Answer.DONE: "做了什么，凭什么说完成了",
    Answer.MOSTLY: "做了什么，还剩什么",
    Answer.GOING_ON: "做到哪里了，接下来怎么做",
    Answer.NOT_DONE: "为什么没有完成，接下来怎么办",
}


class AnswerForm(HouseForm):
    answer = forms.ChoiceField(
        label="今年怎么样了",
        choices=[(answer.value, f"{answer.value}：{words}") for answer, words in GROUNDS.items()],
        widget=forms.RadioSelect,
    )
    ground = forms.CharField(
        label="佐证或理由",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": "5"}),
        help_text="写具体的事：哪天、谁、做了什么、在哪里查得到。这段话会写进今年的情况报告第一部分",
    )


class MeasuresForm(HouseForm):
    measures = RecordsChoice(label="材料里的措施", required=False)

    def __init__(self, *args: Any, offered: list[Measure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("measures", RecordsChoice).offer(offered)
