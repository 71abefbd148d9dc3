"""What is typed about a superior's form."""

from __future__ import annotations

from typing import Any

from django import forms

from bihuan.core.forms import HouseForm, PaperField
from bihuan.report.templating.choices import Groups

SUFFIXES = (".docx", ".xlsx")


class SuperiorFormForm(HouseForm):
    """A form as it comes from the superior."""

    name = forms.CharField(label="这张表叫什么", max_length=100)
    issuer = forms.CharField(label="哪个单位发的", max_length=100, required=False)
    file = PaperField(label="空白的原表", suffixes=SUFFIXES, help_text=".docx 或 .xlsx。请传没有填过的原表。")


class ChangedFormForm(SuperiorFormForm):
    """Its name, its issuer, and a changed file if there is one."""

    file = PaperField(
        label="改过的原表",
        suffixes=SUFFIXES,
        required=False,
        help_text="上级换了表才传。还在的地方照原来指的填，新的地方再指一次。",
    )


class BlankForm(HouseForm):
    """What one blank is filled with."""

    what = forms.ChoiceField(label="这一处填什么")

    def __init__(self, *args: Any, groups: Groups, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("what", forms.ChoiceField).choices = [("", "请选一项"), *groups]
