"""What may be typed at 回头看."""

from __future__ import annotations

from typing import Any

from django import forms

from bihuan.core.forms import HouseForm
from bihuan.ledger.forms.problems import said
from bihuan.ledger.models import LookbackResult


class LookBackForm(HouseForm):
    """What was seen; the result is the button that was pressed."""

    words = forms.CharField(
        label="这次看到了什么", max_length=1000, widget=forms.Textarea, help_text="哪一天，在哪里，看了什么，问了谁"
    )
    result = forms.ChoiceField(required=False, choices=said(LookbackResult), widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("result"):
            self.add_error(None, "请按“还管用”或“又出现了，重新打开”。")
        return cleaned
