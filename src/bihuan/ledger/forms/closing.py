"""What may be typed on the way to 销号."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from bihuan.core.forms import HouseForm
from bihuan.ledger.forms.problems import said
from bihuan.ledger.models import VerificationResult


class ClaimForm(HouseForm):
    """The owner's words; needed when a standard has no proof of its own. `open_standards`: those that have none."""

    words = forms.CharField(label="要说明的话", required=False, max_length=1000, widget=forms.Textarea)

    def __init__(self, *args: Any, open_standards: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if open_standards:
            self.fields["words"].required = True
            self.fields["words"].label = "没有佐证的标准，请说明为什么"
            self.fields["words"].error_messages["required"] = "还有标准没有佐证对上，请说明为什么，或者先去补佐证。"


class VerifyForm(HouseForm):
    """Which standards are met, the checker's words; the result is the button that was pressed. `standards`: in their words."""

    met = forms.MultipleChoiceField(label="达到了的标准", required=False)

    reason = forms.CharField(
        label="您看到的，或要补什么",
        required=False,
        max_length=1000,
        widget=forms.Textarea,
        help_text="退回的，写清要补什么；没有佐证的标准您到现场看过，写下看到的，也可以通过",
    )
    result = forms.ChoiceField(required=False, choices=said(VerificationResult), widget=forms.HiddenInput)

    def __init__(self, *args: Any, standards: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("met", forms.MultipleChoiceField).choices = [(standard, standard) for standard in standards]

    def ticked(self) -> list[str]:
        """What was ticked, whether or not the form was taken."""
        return [str(words) for words in self["met"].value() or []]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "met" in self.errors:
            self.add_error(None, "完成标准刚才改过，请再看一遍，重新打勾。")
        if not cleaned.get("result"):
            self.add_error(None, "请按“核验通过”或“退回补证”。")
        elif cleaned["result"] == VerificationResult.SENT_BACK and not cleaned.get("reason", "").strip():
            self.add_error("reason", "退回的要写清补什么。")
        return cleaned


class DecideForm(HouseForm):
    """Who decided, where the year's policy asks for no meeting; the answer is the button that was pressed."""

    label = forms.CharField(label="谁决定的，哪一天", max_length=200, help_text="比如哪一天由书记审定")
    passed = forms.ChoiceField(required=False, choices=[("1", "同意"), ("0", "不同意")], widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("passed"):
            self.add_error(None, "请按“同意销号”或“不同意，退回”。")
        return cleaned


class ReopenForm(HouseForm):
    """Why it is opened again."""

    reason = forms.CharField(
        label="又看到了什么", max_length=1000, widget=forms.Textarea, help_text="哪一天，在哪里，和上次是不是同一件事"
    )
