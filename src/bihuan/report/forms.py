"""What is typed about a report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from bihuan.core.forms import DayField, HouseForm, PaperField, PersonChoice, RecordChoice
from bihuan.report.annexes import ANNEXES
from bihuan.report.models import Layout, Shape

Groups = list[tuple[str, list[tuple[str, str]]]]


class ShapeForm(HouseForm):
    """How the report is built up."""

    shape = forms.ChoiceField(
        label="写法",
        choices=[
            (Shape.PROCESS, "按过程写：会前准备、会议情况、上年度整改、问题、原因、措施（一般用这种）"),
            (Shape.ASPECTS, "按问题写：上年度整改、问题、原因、措施四个部分，会议情况只写在开头"),
        ],
        widget=forms.RadioSelect,
        initial=Shape.PROCESS,
    )


class ParagraphForm(HouseForm):
    """One paragraph; `insert` puts a fact's name at its end, to be moved from there."""

    text = forms.CharField(
        label="这一段的话",
        error_messages={"required": "这一段还是空的。不要这一段的，用下面的“拿掉这一段”。"},
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": "7"}),
        help_text="双花括号里是数的名字，打印出来就是那个数。可以移到别处、可以删去，不用手写数字。",
    )
    insert = forms.ChoiceField(label="要用的数", required=False)

    def __init__(self, *args: Any, groups: Groups, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("insert", forms.ChoiceField).choices = [("", "请选一个"), *groups]


class SectionForm(HouseForm):
    """The words of a heading, without its ordinal."""

    heading = forms.CharField(label="标题", max_length=60, help_text="序号自动排，不用写。")


class HeadForm(HouseForm):
    """What stands above and below the body."""

    title = forms.CharField(label="标题", max_length=200)
    recipient = forms.CharField(label="主送", max_length=100, help_text="写上级党组织的全称，末尾的冒号排版时自动加。")
    signature = forms.CharField(label="落款", max_length=100)
    dated = DayField(label="成文日期", required=False)
    layout = forms.ChoiceField(
        label="版式", choices=[(Layout.PLAIN, "普通，没有红头（支部一般用这种）"), (Layout.RED, "红头，有发文字号和签发人")],
        required=False, widget=forms.RadioSelect, initial=Layout.PLAIN,
    )  # fmt: skip
    number = forms.CharField(
        label="发文字号", max_length=40, required=False, help_text="红头才印，年份用六角括号〔〕。"
    )
    signer = PersonChoice(label="签发人", required=False)
    copies = forms.CharField(
        label="抄送", required=False, widget=forms.Textarea(attrs={"rows": "2"}),
        help_text="一行写一个单位。上行的报告不抄送下级。",
    )  # fmt: skip
    annexes = forms.MultipleChoiceField(
        label="从记录里生成的附件",
        choices=[(code, code) for code in ANNEXES],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="表里的数和话都是记录里的，记录变了就跟着变，印在报告后面。",
    )
    attachments = forms.CharField(
        label="另附的附件",
        required=False,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text="一行写一个附件的名称，末尾不写标点。",
    )

    def clean_layout(self) -> str:
        return self.cleaned_data["layout"] or Layout.PLAIN

    def clean_copies(self) -> list[str]:
        """One name a line."""
        return [line.strip() for line in str(self.cleaned_data["copies"]).splitlines() if line.strip()]

    def clean_attachments(self) -> list[str]:
        """One name a line."""
        return [line.strip() for line in str(self.cleaned_data["attachments"]).splitlines() if line.strip()]


class PointForm(HouseForm):
    """One point of the superior's about a report."""

    about = forms.ChoiceField(label="说的哪里", required=False)
    point = forms.CharField(label="意见", max_length=1000, widget=forms.Textarea(attrs={"rows": "3"}))
    due = DayField(label="什么时候前答复", required=False)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("about", forms.ChoiceField).choices = [("", "整份报告"), *places]


class AnswerForm(HouseForm):
    """The branch's answer to one point."""

    answer = forms.CharField(label="答复", max_length=1000, widget=forms.Textarea(attrs={"rows": "3"}),
                             help_text="怎么改的，改在哪里；没有改的，说为什么。")  # fmt: skip


class VersionsForm(HouseForm):
    """Which two versions are compared."""

    old = forms.ChoiceField(label="左边")
    new = forms.ChoiceField(label="右边")

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("old", "new"):
            self.field(name, forms.ChoiceField).choices = offered


class ReadbackForm(HouseForm):
    """The Word file that was edited elsewhere."""

    file = PaperField(label="改过的 Word 文件", suffixes=(".docx",))


class ReasonForm(HouseForm):
    """Why a remark is passed."""

    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": "3"}))


class VoteForm(HouseForm):
    """How a registered meeting voted on the report."""

    meeting = RecordChoice(label="哪次会议", nothing="请选会议")
    in_favour = forms.IntegerField(label="赞成", min_value=0, max_value=9999)
    against = forms.IntegerField(label="反对", min_value=0, max_value=9999, initial=0)
    abstained = forms.IntegerField(label="弃权", min_value=0, max_value=9999, initial=0)

    def __init__(self, *args: Any, meetings: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("meeting", RecordChoice).offer(meetings)


class ApproveForm(HouseForm):
    """Which decision let it pass, who signs, and that what was looked at is what stands here."""

    resolution = RecordChoice(label="哪次会议通过的", nothing="请选会议的决定")
    signer = PersonChoice(label="签发人")
    same = forms.BooleanField(
        label="会上看的就是现在这一稿",
        error_messages={"required": "会上看的如果不是这一稿，请会议再看一次，再记同意。"},
    )

    def __init__(self, *args: Any, decisions: Iterable[Any], needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.field("resolution", RecordChoice)
        field.offer(decisions)
        field.required = needed
